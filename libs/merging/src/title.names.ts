import { slugify } from '@themeline/contracts';
import { countryNamed, DEMONYM } from './country.names';
import { foldedWords, isEmptyWord, isWeakWord } from './title.words';

const MAX_NAMED = 40;
const MAX_NAMES = 8;
/** Words: "Democratic Republic of the Congo" is named by others too. */
const LONGEST_COUNTRY = 4;

/**
 * Where capitals mean something, runs that begin with one; never runs that begin or end with a word that any headline may have. A country's
 * name is one whatever its words, and they are none by themselves: of "New Zealand bans Swirl" `new-zealand` and `swirl`, not `zealand`.
 */
export function namedIn(headline: string): string[] {
  const written = headline.match(/\p{L}[\p{L}\p{Nd}]*/gu) ?? [];
  const capitals = written.filter((word) => /^\p{Lu}/u.test(word));
  const telling = capitals.length > 0 && capitals.length * 2 <= written.length;
  const names = new Set(capitals.flatMap((word) => foldedWords(word)));
  const words = foldedWords(headline);
  const isName = (word: string): boolean => !telling || names.has(word);
  const countries = countrySpans(words).filter(({ first }) => isName(words[first] ?? ''));
  const named = new Set(countries.map(({ first, last }) => words.slice(first, last).join('-')));
  const empty = (word: string): boolean => isEmptyWord(word) || isWeakWord(word);
  for (let size = 1; size <= 3; size += 1) {
    for (let i = 0; i + size <= words.length && named.size < MAX_NAMED; i += 1) {
      const run = words.slice(i, i + size);
      if (empty(run[0] ?? '') || empty(run[size - 1] ?? '')) continue;
      if (!isName(run[0] ?? '')) continue;
      if (size === 1 && /^\d+$/.test(run[0] ?? '')) continue;
      if (countries.some(({ first, last }) => first <= i && i + size <= last)) continue;
      named.add(run.join('-'));
    }
  }
  return [...named];
}

/** Where countries are named, the longest names first: `['united', 'arab', 'emirates']` → `[{first: 0, last: 3}]` */
function countrySpans(words: readonly string[]): { first: number; last: number }[] {
  const spans: { first: number; last: number }[] = [];
  for (let size = LONGEST_COUNTRY; size >= 1; size -= 1) {
    for (let first = 0; first + size <= words.length; first += 1) {
      const last = first + size;
      if (spans.some((span) => span.first < last && first < span.last)) continue;
      if (countryNamed(words.slice(first, last).join('-')) !== null) spans.push({ first, last });
    }
  }
  return spans;
}

/** Words with a capital behind the first word, where not every word has one: names, but of no country, day or month. */
export function properIn(headline: string): string[] {
  const words = [...headline.matchAll(/[\p{L}\p{Nd}][\p{L}\p{Nd}.’'-]*/gu)].map(([word]) => word.replace(/[’']s$/, ''));
  const capital = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  if (capital * 2 > words.length) return [];
  const names = words.slice(1).filter((word) => /^\p{Lu}\p{L}*[\p{Ll}\p{Lu}]{2,}/u.test(word));
  const ids = names.flatMap((name) => foldedWords(name)).filter((word) => word.length >= 4 && !isEmptyWord(word));
  return [...new Set(ids.filter((word) => countryNamed(word) === null && !DEMONYM.test(word)))];
}

const CALENDAR =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Q[1-4]|H[12])$/;
/** Capitals that name an office, a body that every country has, or no more than a sort of thing. */
const COMMON = new Set(
  `minister ministry president chancellor parliament senate congress cabinet government commission council court university institute department
  agency authority board union state central bank ceo cfo cto chief mr mrs ms dr series round act bill house street school city province county`.split(
    /\s+/,
  ),
);
/** "NEW DELHI - ", "DUBLIN, March 12 — " */
const DATELINE = /^\p{Lu}[\p{Lu} .'-]+(?:,[^-–—]{0,20})? [-–—] /u;
const NAME_TOKEN = /[\p{L}\p{Nd}][\p{L}\p{Nd}&.’'-]*/gu;

/**
 * Names that a sentence writes, as ids of entities: runs of words with capitals, numbers behind them included. None where most words have
 * capitals. `namesIn('Shares in Wessex Water fell after Ofwat fined it.')` → `['wessex-water', 'ofwat']`
 */
export function namesIn(sentence: string): string[] {
  const text = sentence.replace(DATELINE, '');
  const words = [...text.matchAll(NAME_TOKEN)].map(({ 0: word, index }) => ({ word, index }));
  const capital = ({ word }: { word: string }): boolean => /^\p{Lu}/u.test(word);
  if (words.filter(capital).length * 2 > words.length) return [];
  const names = new Set<string>();
  let run: string[] = [];
  let begins = true;
  let end = 0;
  const close = (): void => {
    for (const id of namesOf(run, begins)) names.add(id);
    run = [];
  };
  for (const [at, { word, index }] of words.entries()) {
    const between = text.slice(end, index);
    const starts = end === 0 || /[.!?:\n“”"]/.test(between) || text.slice(0, index).trimEnd().endsWith('.');
    if (between !== ' ' || starts) close();
    const bare = word.replace(/(?:[’']s?|[.-])+$/, '');
    const joins = /^\p{Lu}/u.test(bare) || (run.length > 0 && /^\d+(?:\.\d+)?$/.test(bare));
    if (joins && run.length === 0) begins = starts && !isTellTale(words[at + 1]?.word, words[at + 2]?.word);
    if (joins) run.push(bare);
    else close();
    if (bare !== word) {
      // A possessive ends a name, and what stands at a sentence's beginning with one is a name.
      if (/[’']/.test(word.slice(bare.length))) begins = false;
      close();
    }
    end = index + word.length;
  }
  close();
  return [...names].slice(0, MAX_NAMES);
}

/** "Nusatel has", "Nusatel said", "Nusatel and Sirius": a name, though any word begins a sentence with a capital. */
const isTellTale = (next = '', afterNext = ''): boolean =>
  next === 'has' || next === 'said' || next === 'says' || (next === 'and' && /^\p{Lu}/u.test(afterNext));

/** One name, or two where the first word may be an adjective of a country or belong to it: "Canadian Atomic", "Laurentian Atomic". */
function namesOf(run: readonly string[], begins: boolean): string[] {
  if (countryNamed(slugify(run.join(' '))) !== null) return [];
  const words = [...run];
  const idle = (word: string): boolean =>
    CALENDAR.test(word) || isEmptyWord(word.toLowerCase()) || countryNamed(slugify(word)) !== null;
  while (words[0] !== undefined && idle(words[0])) words.shift();
  while (words.length > 0 && CALENDAR.test(words[words.length - 1] ?? '')) words.pop();
  // Any word has a capital at the beginning; one with a second capital or a digit is a name also there.
  const bare = words.length === 1 && begins && run.length === 1 && !/^\p{L}+[\p{Lu}\p{Nd}]/u.test(words[0] ?? '');
  const readings = DEMONYM.test(words[0] ?? '') ? [...(words.length > 1 ? [words] : []), words.slice(1)] : [words];
  return bare ? [] : readings.flatMap((reading) => nameId(reading) ?? []);
}

function nameId(words: readonly string[]): string | null {
  if (words.every((word) => COMMON.has(word.toLowerCase()) || isWeakWord(word.toLowerCase()))) return null;
  const id = slugify(words.join(' '));
  return id.length < 4 || countryNamed(id) !== null || /^\d/.test(id) ? null : id;
}
