import type { Currency } from '@themeline/vocabulary';

/** A currency's sign, code or name at a place in a text. */
export interface CurrencyWord {
  readonly start: number;
  readonly end: number;
  /** ISO 4217; null when the word is shared by several currencies and no country decides. */
  readonly currency: string | null;
  /** A name ("yuan"), not a sign ("¥") or a code ("CNY"). */
  readonly name: boolean;
  readonly code: boolean;
  /** Also a common word, name or abbreviation: needs more than any number beside it. */
  readonly ambiguous: boolean;
  /** Cents and pence: hundredths. */
  readonly minor: boolean;
  /** A country nearby decided which of several currencies is meant. */
  readonly local: boolean;
  /** One sign of many currencies, such as "$", which a code behind the number makes precise. */
  readonly generic: boolean;
}

interface Meaning {
  readonly standard: string | null;
  readonly byCountry: ReadonlyMap<string, string>;
  readonly name: boolean;
  readonly code: boolean;
  readonly ambiguous: boolean;
  readonly minor: boolean;
}

/** Signs and codes as written, names in lower case. */
export interface CurrencyLexicon {
  readonly signs: ReadonlyMap<string, Meaning>;
  readonly names: ReadonlyMap<string, Meaning>;
  /** How long the words of money are that begin, and that end, with a character, the longest first: most numbers need no further look. */
  readonly lengthsByFirst: ReadonlyMap<string, readonly number[]>;
  readonly lengthsByLast: ReadonlyMap<string, readonly number[]>;
}

/** The countries spoken of around an offset (ISO codes, likeliest first). */
export type CountriesNear = (offset: number) => readonly string[];

const compiled = new WeakMap<readonly Currency[], CurrencyLexicon>();

export function lexiconOf(currencies: readonly Currency[]): CurrencyLexicon {
  const known = compiled.get(currencies);
  if (known) return known;
  const signs = new Map<string, Meaning>();
  const names = new Map<string, Meaning>();
  const ambiguous = new Set(currencies.flatMap((currency) => currency.ambiguous));
  for (const { code, symbols, words, localSymbols, localWords, minorWords, countries } of currencies) {
    const enter = (word: string, flags: { name: boolean; minor: boolean; standard: boolean }): void => {
      const table = flags.name ? names : signs;
      const key = flags.name ? word.toLowerCase() : word;
      const before = table.get(key);
      table.set(key, {
        standard: before?.standard ?? (flags.standard ? code : null),
        byCountry: new Map([...(before?.byCountry ?? []), ...countries.map((country) => [country, code] as const)]),
        name: flags.name,
        code: word === code,
        ambiguous: ambiguous.has(word),
        minor: flags.minor,
      });
    };
    for (const word of [code, ...symbols]) enter(word, { name: false, minor: false, standard: true });
    for (const word of localSymbols) enter(word, { name: false, minor: false, standard: false });
    for (const word of words) enter(word, { name: true, minor: false, standard: true });
    for (const word of localWords) enter(word, { name: true, minor: false, standard: false });
    for (const word of minorWords) enter(word, { name: true, minor: true, standard: true });
  }
  const all = [...signs.keys(), ...names.keys(), ...[...names.keys()].map((word) => word.toUpperCase())];
  const lexicon = {
    signs,
    names,
    lengthsByFirst: lengthsBy(all, (word) => word.charAt(0)),
    lengthsByLast: lengthsBy(all, (word) => word.charAt(word.length - 1)),
  };
  compiled.set(currencies, lexicon);
  return lexicon;
}

function lengthsBy(words: readonly string[], keyOf: (word: string) => string): Map<string, number[]> {
  const lengths = new Map<string, Set<number>>();
  for (const word of words) {
    const key = keyOf(word);
    lengths.set(key, (lengths.get(key) ?? new Set()).add(word.length));
  }
  return new Map([...lengths].map(([key, found]) => [key, [...found].sort((a, b) => b - a)]));
}

const NO_LENGTHS: readonly number[] = [];

const WORD_CHARACTER = /[\p{L}\d]/u;
const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\u00a0';

/** The sign, code or name that ends right before the number at `offset`: `'Rs. |20'`, `'US$|5'`, `'ringgit |42'`. */
export function currencyBefore(
  text: string,
  offset: number,
  lexicon: CurrencyLexicon,
  near: CountriesNear,
): CurrencyWord | null {
  const gap = isBlank(text[offset - 1]) ? 1 : 0;
  const end = offset - gap;
  for (const length of lexicon.lengthsByLast.get(text[end - 1] ?? '') ?? NO_LENGTHS) {
    if (length > end) continue;
    const start = end - length;
    const word = text.slice(start, end);
    const meaning = meaningOf(word, lexicon, gap > 0);
    if (!meaning) continue;
    if (WORD_CHARACTER.test(text[start] ?? '') && WORD_CHARACTER.test(text[start - 1] ?? ' ')) continue;
    // "XY$5": a dollar that is not known, not that of "$".
    if (/[$€£¥]/.test(text[start - 1] ?? '') || (word === '$' && /\p{L}/u.test(text[start - 1] ?? ''))) continue;
    return wordAt(meaning, start, end, near);
  }
  return null;
}

/** The sign, code or name that begins at the number's end: `'5 billion| yuan'`, `'20|€'`, `'60-billion|-yuan'`. */
export function currencyAfter(
  text: string,
  offset: number,
  lexicon: CurrencyLexicon,
  near: CountriesNear,
): CurrencyWord | null {
  const gap = isBlank(text[offset]) || text[offset] === '-' ? 1 : 0;
  const start = offset + gap;
  for (const length of lexicon.lengthsByFirst.get(text[start] ?? '') ?? NO_LENGTHS) {
    const end = start + length;
    if (end > text.length) continue;
    if (WORD_CHARACTER.test(text[end] ?? '') && !/^['’]s/.test(text.slice(end, end + 2))) continue;
    const meaning = meaningOf(text.slice(start, end), lexicon, gap > 0);
    if (meaning) return wordAt(meaning, start, end, near);
  }
  return null;
}

/** A name needs a blank or a hyphen between it and the number; a sign ("¢" too) does not. */
function meaningOf(word: string, lexicon: CurrencyLexicon, apart: boolean): Meaning | undefined {
  const sign = lexicon.signs.get(word);
  if (sign) return sign;
  return apart || word === '¢' ? lexicon.names.get(word.toLowerCase()) : undefined;
}

function wordAt(meaning: Meaning, start: number, end: number, near: CountriesNear): CurrencyWord {
  const { byCountry, standard, name, code, ambiguous, minor } = meaning;
  const country = byCountry.size > 0 && !code ? near(start).find((one) => byCountry.has(one)) : undefined;
  return {
    start,
    end,
    currency: (country === undefined ? undefined : byCountry.get(country)) ?? standard,
    name,
    code,
    ambiguous,
    minor,
    local: country !== undefined,
    generic: end - start === 1,
  };
}
