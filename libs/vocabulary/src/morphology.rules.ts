export type VerbForm = 'base' | 's' | 'past' | 'participle' | 'ing';

const VOWEL = /[aeiou]/;
/** Verbs of more than one syllable that double the last letter, and words in -c. */
const DOUBLING = new Set([
  'admit',
  'commit',
  'permit',
  'submit',
  'refer',
  'defer',
  'occur',
  'incur',
  'control',
  'compel',
  'cancel',
  'label',
  'propel',
  'shed',
  'shut',
  'plan',
  'ban',
  'bar',
  'embed',
  'equip',
  'forget',
  'omit',
  'outbid',
  'transfer',
]);
/** Both spellings are met: "cancelled" and "canceled". */
const EITHER = new Set(['cancel', 'label', 'travel', 'model', 'fuel', 'signal', 'channel', 'focus']);

/** The words after the first of a phrasal verb stay as they are: `roll out` → `rolled out` is matched word by word. */
export function inflect(lemma: string, irregular?: readonly [string, string]): { form: VerbForm; word: string }[] {
  const past = irregular ? [irregular[0]] : pastForms(lemma);
  const participle = irregular ? [irregular[1]] : past;
  const forms: { form: VerbForm; word: string }[] = [
    { form: 'base', word: lemma },
    { form: 's', word: thirdPerson(lemma) },
    ...past.map((word) => ({ form: 'past' as const, word })),
    ...participle.map((word) => ({ form: 'participle' as const, word })),
    ...ingForms(lemma).map((word) => ({ form: 'ing' as const, word })),
  ];
  if (lemma === 'be') {
    forms.push(...['is', 'are', 'am'].map((word) => ({ form: 's' as const, word })), { form: 'past', word: 'were' });
  }
  return forms;
}

function thirdPerson(lemma: string): string {
  if (lemma === 'have') return 'has';
  if (/(?:s|x|z|ch|sh|o)$/.test(lemma)) return `${lemma}es`;
  return /[^aeiou]y$/.test(lemma) ? `${lemma.slice(0, -1)}ies` : `${lemma}s`;
}

function doubles(lemma: string): boolean {
  if (DOUBLING.has(lemma)) return true;
  return /^[^aeiou]*[aeiou][bdgklmnprt]$/.test(lemma) && !/[wxy]$/.test(lemma);
}

function pastForms(lemma: string): string[] {
  if (lemma.endsWith('e')) return [`${lemma}d`];
  if (/[^aeiou]y$/.test(lemma)) return [`${lemma.slice(0, -1)}ied`];
  const doubled = `${lemma}${lemma.slice(-1)}ed`;
  if (EITHER.has(lemma)) return [`${lemma}ed`, doubled];
  return [doubles(lemma) ? doubled : `${lemma}ed`];
}

function ingForms(lemma: string): string[] {
  if (lemma.endsWith('ie')) return [`${lemma.slice(0, -2)}ying`];
  if (lemma.endsWith('e') && !/(?:ee|oe|ye)$/.test(lemma) && lemma !== 'be') return [`${lemma.slice(0, -1)}ing`];
  const doubled = `${lemma}${lemma.slice(-1)}ing`;
  if (EITHER.has(lemma)) return [`${lemma}ing`, doubled];
  const irregularDoubles = /^(?:begin|get|hit|let|put|quit|run|set|shut|sit|split|swim|win|cut|forbid|step|spin)$/.test(
    lemma,
  );
  return [irregularDoubles || doubles(lemma) ? doubled : `${lemma}ing`];
}

const INVARIANT = new Set(
  `series species news business gas bus virus chess analysis basis crisis thesis campus status census lens always perhaps less process access progress success
  consensus focus bonus chaos cosmos electronics economics physics mathematics politics robotics logistics headquarters kudos its this thus us was has does across
  plus versus as is diabetes aids mass class glass loss boss address press express congress wireless business witness fitness illness awareness dress
  princess excess mess pass grass cross toss kiss miss apparatus corpus stimulus prospectus nexus genius radius`.split(
    /\s+/,
  ),
);
const IRREGULAR_NOUNS: ReadonlyMap<string, string> = new Map([
  ['men', 'man'],
  ['women', 'woman'],
  ['children', 'child'],
  ['people', 'person'],
  ['data', 'data'],
  ['media', 'media'],
  ['criteria', 'criterion'],
  ['lives', 'life'],
  ['knives', 'knife'],
  ['chiefs', 'chief'],
  ['analyses', 'analysis'],
  ['crises', 'crisis'],
  ['theses', 'thesis'],
  ['buses', 'bus'],
  ['viruses', 'virus'],
  ['campuses', 'campus'],
  ['bonuses', 'bonus'],
  ['gases', 'gas'],
  ['lenses', 'lens'],
  ['moratoria', 'moratorium'],
  ['consortia', 'consortium'],
  ['memoranda', 'memorandum'],
  ['movies', 'movie'],
  ['cookies', 'cookie'],
  ['ties', 'tie'],
  ['aircraft', 'aircraft'],
]);

/** The singular of a lower-case noun by rule: `policies` → `policy`, `exchanges` → `exchange`. Words that are no plural come back unchanged. */
export function singular(word: string): string {
  const known = IRREGULAR_NOUNS.get(word);
  if (known) return known;
  if (word.length < 4 || !word.endsWith('s') || INVARIANT.has(word) || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|x|z|ss)es$/.test(word) && !/(?:ache|axe)s$/.test(word)) return word.slice(0, -2);
  if (/(?:[^aeiou]o)es$/.test(word)) return word.slice(0, -2);
  return VOWEL.test(word.slice(0, -1)) || word.length > 3 ? word.slice(0, -1) : word;
}

const BEYOND_ASCII = /[^\x00-\x7f]/;

/** Lower case, accents gone, typographic apostrophes plain: how words of texts and of the vocabulary are compared. */
export function fold(value: string): string {
  // Most words have neither accents nor typographic marks, and normalising is what costs.
  if (!BEYOND_ASCII.test(value)) return value.toLowerCase();
  return value
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’‘]/g, "'")
    .toLowerCase();
}
