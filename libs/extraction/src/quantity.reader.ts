/** A number as a text writes it, with its scale: `'1.2 billion'` → `{number: 1.2, scale: 1e9}`; offsets in the text. */
export interface Quantity {
  readonly start: number;
  readonly end: number;
  readonly number: number;
  /** 1 where none is written. */
  readonly scale: number;
  /** The digits as written, or null for a spelled number. */
  readonly digits: string | null;
  /** "a", "an" or "half" alone, which count only before a scale. */
  readonly article: boolean;
}

const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 1e2],
  ['thousand', 1e3],
  ['k', 1e3],
  ['lakh', 1e5],
  ['lac', 1e5],
  ['million', 1e6],
  ['mn', 1e6],
  ['mln', 1e6],
  ['mio', 1e6],
  ['mil', 1e6],
  ['mm', 1e6],
  ['m', 1e6],
  ['crore', 1e7],
  ['cr', 1e7],
  ['billion', 1e9],
  ['milliard', 1e9],
  ['mrd', 1e9],
  ['bn', 1e9],
  ['bln', 1e9],
  ['b', 1e9],
  ['trillion', 1e12],
  ['trn', 1e12],
  ['tn', 1e12],
  ['t', 1e12],
]);
const ONES = 'one two three four five six seven eight nine'.split(' ');
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SMALL: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ...[...ONES, ...TEENS].map((word, index): [string, number] => [word, index + 1]),
  ...TENS.map((word, index): [string, number] => [word, (index + 2) * 10]),
]);
const FRACTIONS: ReadonlyMap<string, number> = new Map([
  ['½', 0.5],
  ['¼', 0.25],
  ['¾', 0.75],
]);

const anyOf = (words: readonly string[]): string => `(?:${words.join('|')})`;

/** Groups of two occur in Indian numbers (1,00,000); blanks and points group only where they cannot end a number. */
const DIGITS = [
  String.raw`\d{1,3}(?:,\d{2,3}){1,6}(?:\.\d{1,4})?`,
  String.raw`\d{1,3}(?:[\u00a0\u202f'’]\d{3}){1,5}`,
  String.raw`\d{1,3}(?: \d{3}){2,5}`,
  String.raw`\d{1,3}(?:\.\d{3}){2,5}(?:,\d{1,2})?`,
  String.raw`\d{0,6}[½¼¾]`,
  String.raw`\d{1,15}(?:[.,]\d{1,4})?`,
].join('|');
const BELOW_HUNDRED = String.raw`(?:${anyOf(TENS)}(?:[ -]${anyOf(ONES)})?|${anyOf([...TEENS, ...ONES])})`;
const BELOW_THOUSAND = String.raw`(?:(?:an?|${BELOW_HUNDRED})[ -]hundred(?:(?: and)? ${BELOW_HUNDRED})?|${BELOW_HUNDRED})`;
const SPELLED = String.raw`(?:(?:a |one )?quarter[ -]of an?|three[ -]quarters[ -]of an?|half(?:[ -]an?)?|${BELOW_THOUSAND}(?: and a half)?|an?)`;
const WORD_SCALE =
  '(?:(?:hundred|thousand|lakh|lac)s? )?(?:thousand|million|billion|crore)s?|hundreds?|trillions?|lakhs?|lacs?|milliards?';
const SHORT_SCALE = 'mn|mln|mio\\.?|mrd\\.?|mil|bn|bln|trn|tn|cr|mm';
/** A single letter apart from its number may begin another word: "$20 T-shirts", "a $5 M&A fund". */
const SCALE = String.raw`(?:[ \u00a0-]?(?:${WORD_SCALE})(?![\p{L}\d])|[ \u00a0]?(?:${SHORT_SCALE})(?![\p{L}\d])|[kmbt](?![\p{L}\d])|[ \u00a0][kmbt](?![\p{L}\d'’&/-]))`;
const QUANTITY = new RegExp(
  String.raw`(?<!\d|\d[.,]|[$€£]\.)(${DIGITS})(?![\d½¼¾]|[.,]\d)(${SCALE})?|(?<![\p{L}\d'’-])(${SPELLED})(?![\p{L}\d])(${SCALE})?`,
  'giu',
);

/** A comma before three digits groups thousands; before one or two (and no other) it is a decimal sign. */
function numberOf(digits: string): number {
  const fraction = FRACTIONS.get(digits.slice(-1));
  if (fraction !== undefined) return Number(digits.slice(0, -1)) + fraction;
  if (/^\d+,\d{1,2}$/.test(digits)) return Number(digits.replace(',', '.'));
  if (/^\d{1,3}(?:\.\d{3}){2,}/.test(digits)) return Number(digits.replace(/\./g, '').replace(',', '.'));
  return Number(digits.replace(/[, \u00a0\u202f'’]/g, ''));
}

/** `'two hundred and fifty'` → 250, `'three quarters of a'` → 0.75 */
function spelledNumber(phrase: string): number {
  const plain = phrase.toLowerCase().replace(/-/g, ' ');
  const half = plain.endsWith(' and a half') ? 0.5 : 0;
  if (plain.startsWith('half')) return 0.5;
  if (plain.includes('quarter')) return plain.startsWith('three') ? 0.75 : 0.25;
  let total = 0;
  for (const word of plain.replace(/ and a half$/, '').split(' ')) {
    if (word === 'hundred') total *= 100;
    else total += SMALL.get(word) ?? 0;
  }
  return total + half;
}

/** `'lakh crore'` → 1e12 */
function scaleOf(written: string | undefined): number {
  return (written ?? '')
    .toLowerCase()
    .split(/[ \u00a0.-]+/)
    .reduce((scale, word) => scale * (SCALES.get(word) ?? SCALES.get(word.replace(/s$/, '')) ?? 1), 1);
}

/** All numbers of a text in order, spelled ones up to 999 with a scale behind them included. Vague ones ("tens of millions", "several hundred") are none. */
export function findQuantities(text: string): Quantity[] {
  return [...text.matchAll(QUANTITY)].map((match) => {
    const [, digits, digitScale, phrase = '', phraseScale] = match;
    return {
      start: match.index,
      end: match.index + match[0].length,
      number: digits === undefined ? spelledNumber(phrase) : numberOf(digits),
      scale: scaleOf(digitScale ?? phraseScale),
      digits: digits ?? null,
      article: /^(?:an?|half.*|.*quarters?[ -]of an?)$/i.test(phrase),
    };
  });
}
