/** Fills `length` characters with what `part` gives for 0, 1, 2, … */
function fill(length: number, part: (n: number) => string): string {
  const parts: string[] = [];
  for (let n = 0, size = 0; size < length; n += 1) {
    const next = part(n);
    parts.push(next);
    size += next.length;
  }
  return parts.join('').slice(0, length);
}

const again = (text: string) => (): string => text;

const SYLLABLES = ['ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'se', 'ti', 'vo', 'za'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** 0 → 'Baba', 1 → 'Bake', …: another word for every number. */
function invented(n: number): string {
  let word = '';
  for (let rest = n + 100; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word = `${SYLLABLES[rest % SYLLABLES.length] ?? ''}${word}`;
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

const cyclic =
  (parts: readonly string[]) =>
  (n: number): string =>
    parts[n % parts.length] ?? '';

const pick = (parts: readonly string[], n: number): string => cyclic(parts)(n);

/**
 * Texts that no newspaper prints: each asks too much of one part of the reader when its cost is not linear. By name, made for a length
 * in characters, the same at every call.
 */
export const NASTY_TEXTS: Readonly<Record<string, (length: number) => string>> = {
  'a sentence without a stop': (length) => fill(length, again('the firm that runs the port near the old town ')),
  'a clause on a clause': (length) => fill(length, again('which the board that Acme bought sold because ')),
  'and and and': (length) => fill(length, again('and ')),
  'the ban on the ban on': (length) => fill(length, again('the ban on ')),
  'said that said that': (length) => fill(length, (n) => `${invented(n)} said that `),
  'of of of': (length) => fill(length, again('the head of the office of the ')),
  'verbs only': (length) => fill(length, cyclic(['acquired ', 'launched ', 'banned ', 'raised ', 'signed '])),
  'capitals only': (length) => fill(length, again('ACME BUYS BOLT AS PARTNER FOR CASH ')),
  'capitals and stops': (length) => fill(length, again('ACME BUYS BOLT AS PARTNER FOR CASH. ')),
  'title case': (length) => fill(length, again('Acme Robotics Plans To Buy Bolt Motors\n')),
  commas: (length) => fill(length, again(',')),
  'words and commas': (length) => fill(length, again('robots, chips, ')),
  stops: (length) => fill(length, again('.')),
  'stops and blanks': (length) => fill(length, again('. ')),
  abbreviations: (length) => fill(length, again('U.S. Inc. e.g. Dr. No. ')),
  initials: (length) => fill(length, again('A.B.C.D.')),
  'legal forms': (length) => fill(length, again('Acme Co., Ltd. ')),
  'only legal forms': (length) => fill(length, again('Ltd Inc Corp AG ')),
  'quotes never closed': (length) => fill(length, again('"“It bought ')),
  apostrophes: (length) => fill(length, again("Acme's firms' ")),
  'only apostrophes': (length) => fill(length, again("'’")),
  'nested brackets': (length) => fill(length, again('(a [b {c ')),
  'open brackets': (length) => fill(length, again('(')),
  'brackets in names': (length) => fill(length, again('Acme (ACM) (')),
  digits: (length) => fill(length, again('7')),
  'digits and commas': (length) => fill(length, again('123,')),
  'digits and dots': (length) => fill(length, again('12.')),
  'digits and dashes': (length) => fill(length, again('12-')),
  'digits and slashes': (length) => fill(length, again('1/2/')),
  'digits and blanks': (length) => fill(length, again('12 ')),
  'digits and colons': (length) => fill(length, again('12:')),
  'signs of money': (length) => fill(length, again('$')),
  'signs and blanks': (length) => fill(length, again('$ € £ ')),
  sums: (length) => fill(length, again('$5 million and €3bn to ')),
  'words of numbers': (length) => fill(length, again('two hundred million and ')),
  'numbers and words of money': (length) => fill(length, again('5 million dollars yuan won ')),
  'a sum after a sum': (length) => fill(length, again('$1-$2-$3 ')),
  dates: (length) => fill(length, (n) => `${pick(MONTHS, n)} ${String((n % 28) + 1)}, ${String(1990 + (n % 60))} `),
  'days without months': (length) => fill(length, again('on the 5th ')),
  'months only': (length) => fill(length, again('May ')),
  'months and dashes': (length) => fill(length, again('May-June–')),
  years: (length) => fill(length, (n) => `${String(1990 + (n % 60))} `),
  'years and dashes': (length) => fill(length, again('2020-')),
  'ranges of dates': (length) => fill(length, again('from May to June between 2020 and 2024 ')),
  'the day after the day after': (length) => fill(length, again('two days after the day before ')),
  'relative dates': (length) => fill(length, again('last week of the first quarter of last year ')),
  names: (length) => fill(length, (n) => `${invented(n)} `),
  'names and stops': (length) => fill(length, (n) => `The firm ${invented(n)} bought ${invented(n * 7 + 3)}. `),
  'names of firms': (length) => fill(length, (n) => `${invented(n)} Ltd bought ${invented(n * 7 + 3)} AG. `),
  'a list of names': (length) => fill(length, (n) => `${invented(n)}, `),
  'names and and': (length) => fill(length, (n) => `${invented(n)} and `),
  'one event over and over': (length) => fill(length, again('Acme acquired Bolt for $5 million on Monday. ')),
  'the same event of many': (length) => fill(length, (n) => `${invented(n)} acquired Bolt for $5 million on Monday. `),
  'many events': (length) =>
    fill(length, (n) => `${invented(n)} acquired ${invented(n * 3)} for $${String(n + 1)} million last month.\n`),
  'many events in one line': (length) =>
    fill(length, (n) => `${invented(n)} banned ${invented(n * 3)}, and it launched ${invented(n * 5)}. `),
  'many lines': (length) => fill(length, again('a\n')),
  'empty lines': (length) => fill(length, again('\n')),
  'lines of Windows': (length) => fill(length, again('Acme bought Bolt.\r\n\r\n')),
  blanks: (length) => fill(length, again(' ')),
  'a word in blanks': (length) => fill(length, (n) => (n % 40 === 0 ? 'ban' : ' ')),
  tabs: (length) => fill(length, again('Acme\tbought\t')),
  bullets: (length) => fill(length, again('• - 1. Acme\n')),
  labels: (length) => fill(length, again('Market impact: Acme: Bolt: ')),
  'labels in lines': (length) => fill(length, again('Acme: It bought Bolt in May.\n')),
  datelines: (length) => fill(length, again('BERLIN, May 5 (Wire) -- LONDON (Desk) — ')),
  'almost datelines': (length) => fill(length, again('Berlin London Paris Rome Oslo ')),
  'a long word': (length) => fill(length, again('a')),
  'a long name': (length) => fill(length, (n) => (n === 0 ? 'A' : 'a')),
  'a long word in dashes': (length) => fill(length, again('state-of-the-art-')),
  'a long word in dots': (length) => fill(length, again('a.')),
  'a long word in accents': (length) => fill(length, (n) => (n === 0 ? 'E' : '\u0301')),
  'a long participle': (length) => `${fill(length - 2, again('a'))}ed`,
  addresses: (length) => fill(length, again('https://news.example/a?b=c&d=e#f ')),
  'one address': (length) => `https://${fill(length - 8, again('a/'))}`,
  mails: (length) => fill(length, again('anna@news.example ')),
  'crumbs of HTML': (length) => fill(length, again('<p>&amp;<b>Acme</b> bought &nbsp;<br/>')),
  'open tags': (length) => fill(length, again('<a ')),
  emoji: (length) => fill(length, again('🚀👩‍👩‍👧‍👦 Acme 🇳🇴 ')),
  'halves of pairs': (length) => fill(length, again('\ud83d Acme \ude80 ')),
  'right to left': (length) => fill(length, again('\u202eشركة Acme \u200fחברה ')),
  'no width': (length) => fill(length, again('Ac\u200bme\ufeff bought\u200d Bo\u00adlt ')),
  'wide letters': (length) => fill(length, again('Ａｃｍｅ　ｂｏｕｇｈｔ　')),
  'without blanks': (length) => fill(length, again('アクメ社は中国の工場を買収した。')),
  'signs of control': (length) => fill(length, again('Acme\u0001\u001f\u007f\u0085\u2028bought ')),
  'Turkish letters': (length) => fill(length, again('İstanbul ıI ŞİRKETİ ')),
  ligatures: (length) => fill(length, again('oﬃce ﷺ ½ ㎏ Ⅷ ')),
  'dashes of all kinds': (length) => fill(length, again('—–-‐‑‒―')),
  'marks of all kinds': (length) => fill(length, again('!?…;:.,')),
  percentages: (length) => fill(length, again('5% 3 percent up 7 per cent from 2% ')),
  furniture: (length) => fill(length, again('Read more about it\nShare this\nBy Ann Lee\n')),
  'almost furniture': (length) => fill(length, again('reporting editing source updated published ')),
};

/** Sentences and lines beyond some length are passed over unread, so that a nasty text is also told in pieces of this length. */
const PIECE = 500;

/** How a nasty text is laid out. */
export const LAYOUTS: Readonly<Record<string, (text: string) => string>> = {
  'in one line': (text) => text,
  'in sentences': (text) => joined(text, '. The '),
  'in lines': (text) => joined(text, '\n'),
  'among words': (text) => joined(text, '. In May the ministry banned Acme Robotics, which it said had '),
};

function joined(text: string, between: string): string {
  const paragraph = PIECE * 8;
  return fill(text.length, (n) => {
    const piece = text.slice(n * PIECE, (n + 1) * PIECE);
    return `${piece}${(n * PIECE) % paragraph === paragraph - PIECE ? '.\n' : between}`;
  });
}
