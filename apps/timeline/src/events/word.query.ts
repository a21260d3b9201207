import { foldedWords } from '@themeline/merging';

/** A full-text query, folded as the words of events are. */
export interface WordQuery {
  /** Each must occur. */
  words: string[];
  /** A word that begins so must occur. */
  prefixes: string[];
  /** These words must follow one another. */
  phrases: string[][];
  /** None of these may occur. */
  without: { words: string[]; prefixes: string[]; phrases: string[][] };
}

/** A query that cannot be read; the message says why. */
export class WordQueryError extends Error {}

const PART = /(-?)(?:"([^"]*)"|([^\s"]+))/g;
const MIN_PREFIX = 2;

/**
 * Reads `chip* "export controls" -rumour`: words, beginnings of words, phrases in quotes, and any of these excluded by a minus.
 * Case, accents and the kind of quotation marks do not matter; what is neither letter nor digit separates words.
 *
 * @throws WordQueryError for an unpaired quotation mark, a beginning of one letter, or where there is no word
 */
export function readWords(q: string): WordQuery {
  const text = q.replace(/[“”„«»]/g, '"');
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) throw new WordQueryError('has a quotation mark without its pair');
  const query: WordQuery = { words: [], prefixes: [], phrases: [], without: { words: [], prefixes: [], phrases: [] } };
  // Neighbouring plain words are folded together, as those of events are: some are one only with the next.
  let plain: string[] = [];
  const endPlain = (): void => {
    query.words.push(...foldedWords(plain.join(' ')));
    plain = [];
  };
  for (const [, minus = '', quoted, bare = ''] of text.matchAll(PART)) {
    const into = minus === '-' ? query.without : query;
    if (minus === '' && quoted === undefined && !bare.endsWith('*')) {
      plain.push(bare);
      continue;
    }
    endPlain();
    const words = foldedWords(quoted ?? bare);
    if (quoted === undefined && bare.endsWith('*')) {
      const prefix = words.pop() ?? '';
      if (prefix.length < MIN_PREFIX) {
        throw new WordQueryError(`has '${bare}', which needs at least ${String(MIN_PREFIX)} letters before the '*'`);
      }
      into.prefixes.push(prefix);
      into.words.push(...words);
    } else if (words.length > 1) into.phrases.push(words);
    else into.words.push(...words);
  }
  endPlain();
  const { without } = query;
  const all = [query, without].flatMap(({ words, prefixes, phrases }) => [...words, ...prefixes, ...phrases]);
  if (all.length === 0) throw new WordQueryError('has no word in it');
  return query;
}

/** Every word or beginning that an index can be asked for, phrases by their words. */
export function requiredTerms({ words, prefixes, phrases }: WordQuery): { word: string; prefix: boolean }[] {
  return [
    ...[...new Set([...words, ...phrases.flat()])].map((word) => ({ word, prefix: false })),
    ...prefixes.map((word) => ({ word, prefix: true })),
  ];
}

/**
 * On revisions. Folded words are letters and digits only, so they need no escape. When one of the required terms bounds an index, the
 * others are put such that the database cannot bound it by them instead.
 */
export function wordConditions(query: WordQuery, lead?: number): object[] {
  const { without } = query;
  return [
    ...requiredTerms(query).map((term, index) =>
      lead === undefined || index === lead ? termCondition(term) : unindexedTerm(term),
    ),
    ...query.phrases.map((words) => ({ wording: { $regex: phrasePattern(words) } })),
    ...(without.words.length === 0 ? [] : [{ terms: { $nin: without.words } }]),
    ...without.prefixes.map((prefix) => ({ terms: { $not: new RegExp(`^${prefix}`) } })),
    ...without.phrases.map((words) => ({ wording: { $not: new RegExp(phrasePattern(words)) } })),
  ];
}

/** All that must occur does so in the headline. */
export function headlineConditions(query: WordQuery): object[] {
  return requiredTerms(query).map(({ word, prefix }) => termCondition({ word: `=${word}`, prefix }));
}

function termCondition({ word, prefix }: { word: string; prefix: boolean }): object {
  return { terms: prefix ? { $regex: `^${word}` } : word };
}

function unindexedTerm({ word, prefix }: { word: string; prefix: boolean }): object {
  return prefix ? { wording: { $regex: ` ${word}` } } : { $expr: { $in: [word, '$terms'] } };
}

const phrasePattern = (words: readonly string[]): string => ` ${words.join(' ')} `;
