import { fold, singular, type VerbForm, type Vocabulary } from '@themeline/vocabulary';
import {
  ADJECTIVES,
  ADVERBS,
  AUXILIARIES,
  COORDINATORS,
  DETERMINERS,
  MODALS,
  NEGATIONS,
  NUMBERS,
  PREPOSITIONS,
  PRONOUNS,
  RELATIVES,
  SUBORDINATORS,
} from './english.lexicon';

export type Tag =
  | 'punct'
  | 'num'
  | 'cur'
  | 'det'
  | 'pron'
  | 'prep'
  | 'sub'
  | 'conj'
  | 'modal'
  | 'aux'
  | 'neg'
  | 'adv'
  | 'adj'
  | 'to'
  | 'poss'
  | 'verb'
  | 'noun';

export interface Token {
  readonly text: string;
  /** Folded: lower case, accents gone. */
  readonly lower: string;
  /** Singular of `lower`, for words of rules. */
  readonly lemma: string;
  /** Offsets in the article. */
  readonly start: number;
  readonly end: number;
  readonly capital: boolean;
  tag: Tag;
  /** "Ltd", "Co., Ltd.", "AS" behind a capital: one token, part of the name before it. */
  readonly legal: boolean;
  /** What it could be as a verb; empty for other words. */
  readonly forms: readonly { readonly lemma: string; readonly form: VerbForm }[];
}

const WORD = /(?:\p{L}\.){2,}\p{L}?|[\p{L}\p{N}](?:[\p{L}\p{N}_·]|[-.'’&/](?=[\p{L}\p{N}])|(?<=\d),(?=\d\d))*\+?|\S/gu;

/** Legal forms of companies in the spellings of their countries; case counts, as "as" and "se" are words too. */
const LEGAL_FORMS = String.raw`(?:Ltd|LTD|Inc|INC|Corp|CORP|Corporation|plc|PLC|Plc|AG|GmbH|GMBH|KGaA|SE|SA|S\.A|SAS|SARL|AS|A/S|ASA|AB|Oyj|OYJ|Oy|NV|N\.V|BV|B\.V|SpA|S\.p\.A|SPA|KK|K\.K|Pte|PTE|Pvt|PVT|Pty|PTY|LLC|LLP|L\.L\.C|Co|CO|Limited|Sdn|Bhd|Berhad|PJSC|JSC|Tbk)`;
const LEGAL = new RegExp(
  String.raw`^(?:(?:,[ \u00a0]|[ \u00a0])${LEGAL_FORMS}(?![\p{L}\p{N}&/-])(?:\.(?=[ \u00a0]*[\p{L}\p{N},;:()–—'’]))?){1,3}`,
  'u',
);
const BEGINS_LIKE_LEGAL = /^,?[ \u00a0][LICpPAGKSONBJT]/;
/** Behind a comma only what cannot be a place or another word: "Pretoria, SA". */
const LEGAL_AFTER_COMMA =
  /^,[ \u00a0](?:Ltd|LTD|Inc|INC|Corp|LLC|LLP|L\.L\.C|Co|Limited|Pte|Pvt|Pty|GmbH|S\.A|N\.V|plc|PLC)/;
const SHORT_LEGAL = /^(?:AG|SE|SA|SAS|AS|ASA|AB|NV|BV|SPA|KK|CO|INC|CORP)$/;

/** The length of the legal form that stands right behind a capitalised word, 0 where there is none. `Acme| Co., Ltd. said` → 10 */
function legalLength(before: string, rest: string): number {
  // Few words are followed by anything like one, and this is asked of all.
  if (!BEGINS_LIKE_LEGAL.test(rest)) return 0;
  if (
    !/^\p{Lu}|^\p{N}+\p{Lu}|^\p{Ll}\p{Lu}/u.test(before) ||
    DETERMINERS.has(fold(before)) ||
    PREPOSITIONS.has(fold(before))
  )
    return 0;
  const found = LEGAL.exec(rest)?.[0] ?? '';
  if (found === '' || (found.startsWith(',') && !LEGAL_AFTER_COMMA.test(found))) return 0;
  const next = /^[ \u00a0]+([\p{L}\p{N}]+)/u.exec(rest.slice(found.length))?.[1] ?? '';
  // A line in capitals: "ACME AS PARTNER".
  if (SHORT_LEGAL.test(found.trim()) && /^\p{Lu}{2,}$/u.test(before) && /^\p{Lu}{2,}$/u.test(next)) return 0;
  // "Acme Limited Edition", "Bolt Co Founder": the word belongs to what follows.
  if (/^ (?:Limited|Corporation|Co)$/.test(found) && /^\p{Lu}\p{Ll}/u.test(next)) return 0;
  return found.length;
}

type Change = (item: Token, tokens: readonly Token[], index: number) => void;

/** "firms' profits" */
const changeApostrophe: Change = (item, tokens, index) => {
  const previous = tokens[index - 1];
  if (/s$/i.test(previous?.text ?? '') && previous?.end === item.start && /^\p{L}/u.test(tokens[index + 1]?.text ?? ''))
    item.tag = 'poss';
};

/** "is due to vote" says when, "due to the strike" says why. */
const changeDue: Change = (item, tokens, index) => {
  if (isWord(tokens[index + 1], 'to') && (tokens[index + 2]?.forms ?? []).some(({ form }) => form === 'base'))
    item.tag = 'adj';
};

/** "at least 48", "up to $5 million": no prepositions before a number. */
const changeBoth =
  (fits: (tokens: readonly Token[], index: number) => boolean): Change =>
  (item, tokens, index) => {
    const next = tokens[index + 1];
    if (!next || !fits(tokens, index)) return;
    item.tag = 'adv';
    next.tag = 'adv';
  };

/** "over 48", "some $5 million" */
const changeBeforeNumber: Change = (item, tokens, index) => {
  const next = tokens[index + 1];
  if (next && (/^[\d$€£¥₹]/.test(next.text) || NUMBERS.has(next.lower))) item.tag = 'adv';
};

/** "as much as a fifth", "as early as March": no clause and no comparison opens with it. */
const changeAsMuchAs: Change = (item, tokens, index) => {
  const [measure, second] = [tokens[index + 1], tokens[index + 2]];
  if (!isWord(second, 'as') || !measure || !AS_MEASURES.has(measure.lower)) return;
  for (const each of [item, measure, second]) if (each) each.tag = 'adv';
};
const isMultiplied = (item: Token | undefined): boolean =>
  item !== undefined && /^(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:e|ed|es|ing)$/.test(item.lower);
const AS_MEASURES: ReadonlySet<string> = new Set(
  'much many few little early late soon long high low far recently well large small'.split(' '),
);

/** Words whose tag depends on the words around them, looked up so that the other words cost nothing. */
const CHANGED_BY_NEIGHBOURS: ReadonlyMap<string, Change> = new Map([
  ["'", changeApostrophe],
  ['due', changeDue],
  ['as', changeAsMuchAs],
  // "more than tripled its profit"
  ['more', changeBoth((tokens, index) => isWord(tokens[index + 1], 'than') && isMultiplied(tokens[index + 2]))],
  [
    'according',
    (item, tokens, index): void => {
      const next = tokens[index + 1];
      if (!next || !isWord(next, 'to')) return;
      item.tag = 'prep';
      next.tag = 'prep';
    },
  ],
  // "have since arraigned"
  [
    'since',
    (item, tokens, index): void => {
      if (
        tokens[index - 1]?.tag === 'aux' &&
        (tokens[index + 1]?.forms ?? []).some(({ form }) => form === 'participle')
      )
        item.tag = 'adv';
    },
  ],
  // "which once accounted for a third"
  [
    'once',
    (item, tokens, index): void => {
      const previous = tokens[index - 1];
      if (previous?.tag === 'aux' || isWord(previous, 'which', 'who', 'that')) item.tag = 'adv';
    },
  ],
  // "goes live"
  [
    'live',
    (item, tokens, index): void => {
      if (/^(?:go|goes|going|gone|went)$/.test(tokens[index - 1]?.lower ?? '')) item.tag = 'adv';
    },
  ],
  // "no longer sells": the negation is in the adverb, and tells that something has ended.
  ['no', changeBoth((tokens, index) => isWord(tokens[index + 1], 'longer'))],
  ['at', changeBoth((tokens, index) => isWord(tokens[index + 1], 'least', 'most'))],
  [
    'up',
    changeBoth((tokens, index) => isWord(tokens[index + 1], 'to') && /^[\d$€£¥₹]/.test(tokens[index + 2]?.text ?? '')),
  ],
  ...['over', 'about', 'around', 'under', 'nearly', 'near', 'some'].map((word): [string, Change] => [
    word,
    changeBeforeNumber,
  ]),
]);

/** The tokens of `text.slice(start, end)`, tagged by themselves; which words are verbs is decided by `tagVerbs`. */
export function tokenise(text: string, start: number, end: number, vocabulary: Vocabulary): Token[] {
  let kept = keptWords.get(vocabulary);
  if (!kept) keptWords.set(vocabulary, (kept = new Map()));
  const tokens: Token[] = [];
  const part = text.slice(start, end);
  let read = 0;
  for (const match of part.matchAll(WORD)) {
    const word = match[0];
    if (match.index < read) {
      // "Acme Corp's": the genitive of a legal form.
      if (/['’][sS]$/.test(word) && match.index + word.length === read + 2)
        tokens.push(token(word.slice(-2), start + read, vocabulary, kept));
      continue;
    }
    const from = start + match.index;
    const genitive = /[sS]$/.test(word) ? /^(.+)(['’][sS])$/u.exec(word) : null;
    if (genitive?.[1] && !/^(?:it|he|she|that|there|what|who|let)$/i.test(genitive[1])) {
      tokens.push(
        token(genitive[1], from, vocabulary, kept),
        token(genitive[2] ?? "'s", from + genitive[1].length, vocabulary, kept),
      );
    } else {
      tokens.push(token(word, from, vocabulary, kept));
      const stop = match.index + word.length;
      const length = legalLength(word, part.slice(stop, stop + 40));
      if (length > 0) {
        const gap = /^[ \u00a0]/.test(part.slice(stop, stop + 1)) ? 1 : 0;
        tokens.push(legalToken(part.slice(stop + gap, stop + length), start + stop + gap));
        read = stop + length;
      }
    }
  }
  tokens.forEach((item, index) => {
    const change = CHANGED_BY_NEIGHBOURS.get(item.lower);
    if (change) change(item, tokens, index);
  });
  return tokens;
}

function legalToken(word: string, start: number): Token {
  const lower = fold(word);
  return {
    text: word,
    lower: `${lower}.`,
    lemma: `${lower}.`,
    start,
    end: start + word.length,
    capital: true,
    tag: 'noun',
    legal: true,
    forms: [],
  };
}

type Word = Omit<Token, 'start' | 'end' | 'legal'>;

const MOST_KEPT_WORDS = 20_000;
/** Longer ones are slices of their article and would keep all of it in memory. */
const LONGEST_KEPT_WORD = 12;
const keptWords = new WeakMap<Vocabulary, Map<string, Word>>();

function token(word: string, start: number, vocabulary: Vocabulary, kept: Map<string, Word>): Token {
  const { lower, lemma, capital, tag, forms } = wordOf(word, vocabulary, kept);
  return { text: word, lower, lemma, start, end: start + word.length, capital, tag, legal: false, forms };
}

/** What a word is by itself: the same in every text, so it is found out once. */
function wordOf(word: string, vocabulary: Vocabulary, kept: Map<string, Word>): Word {
  if (word.length > LONGEST_KEPT_WORD) return readWord(word, vocabulary);
  let found = kept.get(word);
  if (!found) {
    if (kept.size >= MOST_KEPT_WORDS) kept.clear();
    kept.set(word, (found = readWord(word, vocabulary)));
  }
  return found;
}

function readWord(word: string, vocabulary: Vocabulary): Word {
  const lower = fold(word);
  const letters = /\p{L}/u.test(word);
  return {
    text: word,
    lower,
    lemma: letters ? singular(lower) : lower,
    capital: /^\p{Lu}/u.test(word) || /^[a-z]\p{Lu}/u.test(word),
    tag: firstTag(word, lower, letters),
    forms: letters ? formsOf(lower, vocabulary) : [],
  };
}

/** Verbs that no list holds are told by their endings. */
function formsOf(lower: string, vocabulary: Vocabulary): Token['forms'] {
  const known = vocabulary.verbForms.get(lower);
  if (known) return known;
  // "pencilled", "signalling"
  if (/[a-z]ll(?:ed|ing)$/.test(lower)) {
    const single = vocabulary.verbForms.get(lower.replace(/l(?=(?:ed|ing)$)/, ''));
    if (single) return single;
  }
  if (/^re[a-z]{4,}/.test(lower)) {
    const again = vocabulary.verbForms.get(lower.slice(2));
    if (again)
      return again.filter(({ form }) => form !== 'base' && form !== 's').map(({ form }) => ({ lemma: lower, form }));
  }
  if (
    /^[a-z]{3,}ed$/.test(lower) &&
    !/(?:need|seed|speed|feed|indeed|hundred|naked|sacred|breed|bleed|-led|-based|-backed|-funded|-owned|-listed|-issued)$/.test(
      lower,
    )
  ) {
    return [
      { lemma: lower.slice(0, -2), form: 'past' },
      { lemma: lower.slice(0, -2), form: 'participle' },
    ];
  }
  if (
    /^[a-z]{3,}ing$/.test(lower) &&
    !/(?:thing|during|king|ring|spring|string|morning|evening|ceiling|billing|wing|-making|sterling|beijing|including)$/.test(
      lower,
    )
  ) {
    return [{ lemma: lower.slice(0, -3), form: 'ing' }];
  }
  return [];
}

function firstTag(word: string, lower: string, letters: boolean): Tag {
  if (!letters) {
    if (/^[$€£¥₹₩₪₺₽₴₫₦₱₸฿%]$/u.test(word)) return 'cur';
    return /\d/.test(word) ? 'num' : 'punct';
  }
  if (/^['’]s$/i.test(word)) return 'poss';
  if (lower === 'to') return 'to';
  if (NEGATIONS.has(lower)) return 'neg';
  // The month.
  if (MODALS.has(lower) && word !== 'May') return 'modal';
  if (AUXILIARIES.has(lower)) return 'aux';
  if (lower === 'us' && word !== 'us') return 'noun';
  if (PRONOUNS.has(lower) && lower !== 'one') return 'pron';
  if (COORDINATORS.has(lower)) return 'conj';
  if (DETERMINERS.has(lower)) return 'det';
  if (RELATIVES.has(lower) || (SUBORDINATORS.has(lower) && !PREPOSITIONS.has(lower))) return 'sub';
  if (PREPOSITIONS.has(lower)) return 'prep';
  if (/^\d/.test(word) || NUMBERS.has(lower)) return 'num';
  if (
    ADVERBS.has(lower) ||
    (/[a-z]{3}ly$/.test(lower) &&
      !/^(?:family|supply|assembly|italy|july|daily|weekly|monthly|quarterly|anomaly|monopoly|ally|rally|reply|early|apply|costly|comply|multiply|friendly|rely|imply)$/.test(
        lower,
      ))
  )
    return 'adv';
  if (ADJECTIVES.has(lower)) return 'adj';
  return 'noun';
}

export const isWord = (item: Token | undefined, ...words: readonly string[]): boolean =>
  item !== undefined && words.includes(item.lower);

/** Third persons that are hardly ever plural nouns. */
const SURE_VERBS = new Set(
  'takes comes goes enters begins becomes says remains makes gives includes requires allows applies brings follows intends seeks expects believes wants means lets sells acquires raises unveils bans adopts acquires sues'.split(
    ' ',
  ),
);
const NOMINAL: ReadonlySet<Tag> = new Set(['noun', 'num', 'pron']);
const OPENS_OBJECT: ReadonlySet<Tag> = new Set(['det', 'num', 'cur']);

/**
 * Decides which words are verbs, from left to right, by their neighbours: "price cuts have", "to cut", "cuts the price". `inName` are
 * the places that belong to names, which are never verbs.
 */
export function tagVerbs(
  tokens: readonly Token[],
  inName: ReadonlySet<number>,
  headline: boolean,
  vocabulary: Vocabulary,
): void {
  let finiteSeen = false;
  tokens.forEach((item, index) => {
    if (item.tag === 'sub' || /^[;:—–]$/.test(item.text)) finiteSeen = false;
    if (item.tag === 'conj' || item.text === ',') finiteSeen = false;
    if (item.tag === 'modal' || item.tag === 'aux') finiteSeen = true;
    if (inName.has(index)) return;
    if (item.forms.length === 0) {
      if (modalBefore(tokens, index) && /^[a-z][a-z-]{2,}$/.test(item.text) && item.tag === 'noun') item.tag = 'verb';
      return;
    }
    if (item.tag !== 'noun' && item.tag !== 'adj' && item.tag !== 'prep' && item.tag !== 'adv') return;
    if ((item.tag === 'prep' || item.tag === 'adv') && !/(?:ing|ed)$/.test(item.lower)) return;
    if (/^(?:including|regarding|concerning|during|following|based|according)$/.test(item.lower)) return;
    if (lacksParticle(tokens, index, vocabulary)) return;
    if (isVerb(tokens, index, inName, headline, finiteSeen)) {
      item.tag = 'verb';
      if (item.forms.some(({ form }) => form === 'past' || form === 's' || form === 'base')) finiteSeen = true;
    } else if (item.tag === 'noun' && /(?:ed)$/.test(item.lower)) item.tag = 'adj';
  });
  findMissingVerb(tokens, inName);
}

/** How far a particle may stand from its verb: "chipped another $5 million in". */
const PARTICLE_REACH = 5;

/** "less-advanced Nvidia chips at a cost": a verb only where its particle follows. */
function lacksParticle(tokens: readonly Token[], index: number, { particles }: Vocabulary): boolean {
  const forms = tokens[index]?.forms ?? [];
  if (!forms.every(({ lemma }) => particles.has(lemma))) return false;
  const behind = tokens.slice(index + 1, index + 1 + PARTICLE_REACH);
  return !forms.some(({ lemma }) => behind.some(({ lower }) => particles.get(lemma)?.has(lower)));
}

/** "will electrolyse": behind a modal, a word that no list holds is its verb, unless another one follows. */
function modalBefore(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1];
  return (
    tokens[previousWord(tokens, index)]?.tag === 'modal' &&
    (next === undefined || next.forms.length === 0 || next.tag !== 'noun')
  );
}

const AFTER_VERB: ReadonlySet<Tag> = new Set(['prep', 'det', 'num', 'cur', 'adv', 'to', 'pron', 'sub', 'adj', 'noun']);
const BEFORE_VERB: ReadonlySet<Tag> = new Set(['noun', 'num', 'adv']);

/**
 * A stretch without any finite verb whose subject ends in a comma or an ambiguous noun: "Ms Gray, its founder, takes over on 1 March", "Regular
 * service starts on Monday". The word that can only be its verb is the first third person that a subject precedes and an object, an adverbial or a
 * date follows.
 */
function findMissingVerb(tokens: readonly Token[], inName: ReadonlySet<number>): void {
  let from = 0;
  for (let at = 0; at <= tokens.length; at += 1) {
    const token = tokens[at];
    if (token !== undefined && !/^[;:]$/.test(token.text)) continue;
    const part = { first: from, last: at };
    from = at + 1;
    let candidate: number | null = null;
    for (let index = part.first; index < part.last; index += 1) {
      const item = tokens[index];
      // What a conjunction or a relative opens has its own verb; behind the candidate it does not matter.
      if (item?.tag === 'sub' && candidate === null && tokens[index - 1]?.text === ',') {
        // "Ms Gray, who has run it since 2019, becomes …": what stands between the commas has its own verb.
        const close = tokens.findIndex(({ text }, at) => at > index && at < part.last && text === ',');
        if (close < 0) break;
        index = close;
        continue;
      }
      if (!item || item.tag === 'sub') break;
      // "told staff that it would …": the verb beyond is another clause's.
      if (candidate !== null && isWord(item, 'that') && /^(?:pron|det|noun)$/.test(tokens[index + 1]?.tag ?? '')) break;
      const finite =
        item.tag === 'modal' ||
        (item.tag === 'aux' && !/^(?:be|been|being|having)$/.test(item.lower)) ||
        (item.tag === 'verb' &&
          tokens[index - 1]?.tag !== 'to' &&
          item.forms.some(({ form }) => form === 'past' || form === 's'));
      if (finite) {
        candidate = null;
        break;
      }
      const word =
        item.tag === 'noun' || (item.tag === 'adj' && /ed$/.test(item.lower) && tokens[index - 1]?.text === ',');
      if (candidate !== null || inName.has(index) || index === part.first || !word) continue;
      const could = item.forms.some(({ form }) => form === 's' || form === 'past') || beginsOrEnds(tokens, index);
      if (could && canStandAsVerb(tokens, index, part.last, inName)) candidate = index;
    }
    const verb = candidate === null ? undefined : tokens[candidate];
    if (verb) verb.tag = 'verb';
  }
}

/** "standards take effect on", "applications close on": the base form of a few verbs, behind a plural. */
const beginsOrEnds = (tokens: readonly Token[], index: number): boolean =>
  (/(?:[^s]s|people|children)$/.test(tokens[index - 1]?.lower ?? '') || pluralOf(tokens, index)) &&
  (/^(?:apply|close|open|start|begin|end|expire|lapse|come|enter|go|kick|become|cease|follow|run|resume|last|land|vote|meet|gather|return|arrive|depart|leave|decide|rise|fall|drop|increase|double|ship)$/.test(
    tokens[index]?.lower ?? '',
  )
    ? tokens[index + 1]?.tag === 'prep'
    : isWord(tokens[index], 'take') && isWord(tokens[index + 1], 'effect', 'force'));

/** "deliveries of the pickup": the plural stands before "of". */
function pluralOf(tokens: readonly Token[], index: number): boolean {
  for (let back = index - 1; back >= Math.max(0, index - 7); back -= 1) {
    const token = tokens[back];
    if (!token || token.tag === 'punct' || token.tag === 'verb') return false;
    if (isWord(token, 'of')) return /[^s]s$/.test(tokens[back - 1]?.lower ?? '');
  }
  return false;
}

function canStandAsVerb(tokens: readonly Token[], index: number, last: number, inName: ReadonlySet<number>): boolean {
  const previous = tokens[index - 1];
  const next = index + 1 < last ? tokens[index + 1] : undefined;
  if (!previous || !next || isWord(next, 'of', 'and', 'or') || next.tag === 'punct') return false;
  const closesApposition = previous.text === ',' && tokens.slice(0, index - 1).some(({ text }) => text === ',');
  if (!closesApposition && !inName.has(index - 1) && !BEFORE_VERB.has(previous.tag)) return false;
  // "its new products in Europe": the object of a preposition or a determiner is no verb.
  for (let back = index - 1; back >= Math.max(0, index - 4) && !closesApposition; back -= 1) {
    const word = tokens[back];
    if (!word || word.text === ',') break;
    if (word.tag === 'noun' || word.tag === 'num' || word.tag === 'adv') continue;
    if (word.tag === 'det' || word.tag === 'adj') break;
    if (word.tag === 'poss') return false;
    break;
  }
  return (
    AFTER_VERB.has(next.tag) &&
    (next.tag !== 'noun' || inName.has(index + 1) || closesApposition || isWord(next, 'effect', 'force'))
  );
}

/** "goes to trial", "was put to a vote": where things go, not what is done. */
const TO_NOUN = new Set(['trial', 'vote', 'auction', 'tender', 'press', 'appeal', 'ballot', 'market', 'review']);
const GOING =
  /^(?:go|goes|went|gone|going|come|comes|came|head|heads|headed|bring|brought|put|proceeds?|moved?|moves)$/;

function previousWord(tokens: readonly Token[], index: number): number {
  let back = index - 1;
  while (
    back >= 0 &&
    (tokens[back]?.tag === 'adv' || tokens[back]?.tag === 'neg' || /^["“”‘’()]$/.test(tokens[back]?.text ?? ''))
  )
    back -= 1;
  return back;
}

function isVerb(
  tokens: readonly Token[],
  index: number,
  inName: ReadonlySet<number>,
  headline: boolean,
  finiteSeen: boolean,
): boolean {
  const item = tokens[index];
  if (!item) return false;
  const before = previousWord(tokens, index);
  const previous = tokens[before];
  const next = tokens[index + 1];
  const forms = new Set(item.forms.map(({ form }) => form));
  const tag = previous?.tag;
  const afterName = inName.has(before);
  if (tag === 'modal') return true;
  if (tag === 'aux')
    return (
      forms.has('participle') ||
      forms.has('ing') ||
      (forms.has('base') && /^(?:do|does|did|don't|doesn't|didn't)$/.test(previous?.lower ?? ''))
    );
  if (tag === 'to' && TO_NOUN.has(item.lower) && GOING.test(tokens[before - 1]?.lower ?? '') && next?.tag !== 'det')
    return false;
  if (tag === 'to')
    return (
      forms.has('base') ||
      (forms.has('ing') && /^(?:commit|pivot|mov|transition|shift|clos|turn)/.test(tokens[before - 1]?.lower ?? ''))
    );
  const opensObject =
    next !== undefined &&
    (OPENS_OBJECT.has(next.tag) || next.tag === 'pron' || next.tag === 'adj' || inName.has(index + 1));
  if (forms.has('past') || forms.has('participle')) {
    const same = forms.has('base');
    if (tag === 'det' || tag === 'poss' || tag === 'adj' || tag === 'cur') return false;
    if (isWord(previous, 'as') && next?.tag === 'noun' && !inName.has(index + 1)) return false;
    if (item.lower === 'let') return true;
    if (/^(?:called|dubbed|codenamed|nicknamed|named)$/.test(item.lower) && tag === 'noun' && !afterName && finiteSeen)
      return false;
    if (same) {
      if (previous?.text === ',')
        return !finiteSeen && (opensObject || isWord(next, 'down', 'up', 'out', 'off')) && !laterFinite(tokens, index);
      if (tag === 'prep' || tag === 'num') return false;
      if (tag === undefined || tag === 'punct') return false;
      return (
        !finiteSeen &&
        (opensObject || (next?.tag === 'noun' && (afterName || tag === 'noun')) || next?.tag === 'prep') &&
        !laterFinite(tokens, index)
      );
    }
    if (tag === 'prep')
      return /^(?:after|when|as|once|while|if|until|by)$/.test(previous?.lower ?? '') && next?.tag === 'prep';
    if (tag === 'num' && !afterName)
      return next?.tag === 'prep' || next?.tag === 'punct' || next === undefined || opensObject;
    if (tag === 'verb') return !['noun', 'adj'].includes(next?.tag ?? '') || opensObject;
    if (next?.tag === 'noun' && !inName.has(index + 1) && tag === 'punct') return closesInset(tokens, before);
    return true;
  }
  if (forms.has('ing')) {
    // "a memorandum of understanding with"
    if (item.lower === 'understanding' && tag === 'prep') return false;
    if (tag === 'det' || tag === 'poss' || tag === 'adj') return false;
    if ((tag === 'noun' || tag === 'num') && next?.tag === 'noun' && !inName.has(index + 1)) return false;
    if (
      tag === 'prep' &&
      next?.tag === 'noun' &&
      /^(?:operating|leading|emerging|existing|growing|computing|manufacturing|remaining|processing|gaming|banking|shipping|mining|testing|pricing|training|funding|licensing|engineering|advertising|consulting)$/.test(
        item.lower,
      )
    )
      return false;
    // "Training took 19 days": what a finite verb follows is its subject.
    if (
      tag === undefined &&
      next !== undefined &&
      next.forms.length > 0 &&
      next.forms.every(({ form }) => form === 'past')
    )
      return false;
    if (tag === 'prep' || tag === undefined || tag === 'punct' || tag === 'conj' || tag === 'sub') {
      return opensObject || next?.tag === 'prep' || next?.tag === 'to' || next?.tag === 'noun' || next?.tag === 'adv';
    }
    // "its model pretraining in May" is a noun; "a startup operating in Berlin" is not.
    if (tag === 'noun' && (next === undefined || next.tag === 'prep' || next.tag === 'punct')) {
      return item.forms.some(({ lemma }) =>
        /^(?:operate|work|live|specialise|specialize|focus|base|aim|range|start|rely|compete|depend|belong|result|come|lead|look|consist|seek)$/.test(
          lemma,
        ),
      );
    }
    return opensObject || next?.tag === 'prep' || next?.tag === 'to' || next?.tag === 'adv' || next?.tag === 'noun';
  }
  if (forms.has('s')) {
    if (
      tag === undefined ||
      tag === 'det' ||
      tag === 'prep' ||
      tag === 'adj' ||
      tag === 'poss' ||
      tag === 'cur' ||
      tag === 'num'
    )
      return false;
    if (next === undefined || isWord(next, 'of') || (next.tag === 'punct' && !/^["“‘]$/.test(next.text))) return false;
    if (finiteSeen && tag !== 'sub' && tag !== 'pron') return false;
    if (laterFinite(tokens, index) && !(headline && afterName)) return tag === 'sub' || tag === 'pron';
    if (tag === 'sub' || tag === 'pron' || tag === 'conj') return true;
    if (afterName || headline) return true;
    return (
      tag === 'noun' &&
      (opensObject ||
        next.tag === 'to' ||
        isWord(next, 'that') ||
        SURE_VERBS.has(item.lower) ||
        (item.lower === 'calls' && isWord(next, 'for')))
    );
  }
  if (tag === 'pron') return !isWord(previous, 'it', 'he', 'she', 'one');
  // "Brazil and China plan to": two names are a plural.
  if (
    afterName &&
    next?.tag === 'to' &&
    !laterFinite(tokens, index) &&
    tokens.slice(Math.max(0, before - 5), before).some((word) => isWord(word, 'and'))
  )
    return true;
  if (
    headline &&
    !finiteSeen &&
    (afterName || (tag === 'noun' && /s$/.test(previous?.lower ?? ''))) &&
    !laterFinite(tokens, index)
  ) {
    return opensObject || next?.tag === 'noun' || next?.tag === 'adj';
  }
  if (tag === 'conj') {
    const other = tokens.slice(Math.max(0, before - 8), before).findLast((earlier) => earlier.tag === 'verb');
    return opensObject && other?.forms.some(({ form }) => form === 'base') === true;
  }
  return (
    tag === 'noun' &&
    !finiteSeen &&
    /[^s]s$|people|children/.test(previous?.lower ?? '') &&
    opensObject &&
    !laterFinite(tokens, index)
  );
}

/** "The auditors, from Arizona, started work": the comma closes what the one before opened, and nothing before is a verb. */
const closesInset = (tokens: readonly Token[], comma: number): boolean =>
  tokens[comma]?.text === ',' &&
  tokens.slice(1, comma).some(({ text }) => text === ',') &&
  tokens.slice(0, comma).every(({ tag }) => tag !== 'verb' && tag !== 'aux' && tag !== 'modal' && tag !== 'sub') &&
  !laterFinite(tokens, comma + 1);

/** A verb that cannot be anything else later in the same clause makes this word a noun: "price cuts in March have hurt". */
function laterFinite(tokens: readonly Token[], index: number): boolean {
  for (let at = index + 1; at < Math.min(tokens.length, index + 14); at += 1) {
    const item = tokens[at];
    if (
      !item ||
      item.lower === 'that' ||
      item.tag === 'conj' ||
      item.tag === 'sub' ||
      item.tag === 'to' ||
      /^[,;:—–]$/.test(item.text) ||
      /^(?:after|before|because|since)$/.test(item.lower)
    )
      return false;
    if (item.tag === 'modal' || (item.tag === 'aux' && !/^(?:being|been|having|'s)$/.test(item.lower))) return true;
    const previous = tokens[at - 1];
    if (
      item.forms.length > 0 &&
      item.forms.some(({ form }) => form === 'past') &&
      item.forms.every(({ form }) => form === 'past' || form === 'participle') &&
      previous !== undefined &&
      NOMINAL.has(previous.tag) &&
      tokens[at + 1]?.tag !== 'prep'
    ) {
      return true;
    }
  }
  return false;
}

/** Do these words, from that one on, stand at a token? Asked for every cue and name of every word, so it makes no closure. */
export function standAt(
  tokens: readonly Token[],
  at: number,
  words: readonly string[],
  form: 'lemma' | 'lower',
  from = 0,
): boolean {
  for (let place = from; place < words.length; place += 1)
    if (tokens[at + place - from]?.[form] !== words[place]) return false;
  return true;
}
