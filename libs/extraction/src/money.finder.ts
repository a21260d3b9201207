import type { Currency } from '@themeline/vocabulary';

/** An amount in a text; `value` in units of `currency`. `'25 billion yuan'` → `{value: 25e9, currency: 'CNY', start: 0, end: 15, text: '25 billion yuan'}` */
export interface FoundAmount {
  readonly value: number;
  readonly currency: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 1e2],
  ['thousand', 1e3],
  ['k', 1e3],
  ['lakh', 1e5],
  ['lakhs', 1e5],
  ['million', 1e6],
  ['millions', 1e6],
  ['mn', 1e6],
  ['mln', 1e6],
  ['mio', 1e6],
  ['mil', 1e6],
  ['m', 1e6],
  ['crore', 1e7],
  ['crores', 1e7],
  ['cr', 1e7],
  ['billion', 1e9],
  ['billions', 1e9],
  ['bn', 1e9],
  ['bln', 1e9],
  ['b', 1e9],
  ['lakh crore', 1e12],
  ['trillion', 1e12],
  ['trn', 1e12],
  ['tn', 1e12],
  ['t', 1e12],
]);
const WORDS: ReadonlyMap<string, number> = new Map([
  ['half a', 0.5],
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['eleven', 11],
  ['twelve', 12],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['seventy', 70],
  ['eighty', 80],
  ['ninety', 90],
]);
/** Currency words that are common English words too: they need a scale or a long number before them. */
const CAUTIOUS = new Set(['won', 'real', 'rand', 'dong', 'pounds', 'pound', 'crown', 'crowns']);

const NUMBER = String.raw`\d{1,3}(?:,\d{2,3}){1,6}(?:\.\d{1,4})?|\d{1,15}(?:[.,]\d{1,4})?`;
const SCALE = String.raw`[ \u00a0-]?(?:lakh crore|lakhs?|crores?|hundred|thousand|millions?|billions?|trillion|mln|bln|trn|mio)|[ \u00a0]?(?:mn|bn|tn|cr|mil)|[kmbt]`;
const RANGE = String.raw`(?:[ \u00a0]{0,2}(?:-|–|—|to)[ \u00a0]{0,2})`;

interface Patterns {
  readonly before: RegExp;
  readonly after: RegExp;
  readonly symbols: ReadonlyMap<string, string>;
  readonly words: ReadonlyMap<string, string>;
  /** Shared words: the currency by country. */
  readonly local: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const compiled = new WeakMap<readonly Currency[], Patterns>();

const escaped = (value: string): string => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const alternatives = (values: Iterable<string>): string =>
  [...values]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');

function patternsOf(currencies: readonly Currency[]): Patterns {
  const known = compiled.get(currencies);
  if (known) return known;
  const symbols = new Map<string, string>();
  const words = new Map<string, string>();
  const local = new Map<string, Map<string, string>>();
  for (const { code, symbols: signs, words: names, localWords, countries } of currencies) {
    for (const sign of [code, ...signs]) symbols.set(sign, code);
    for (const name of [code, ...names]) words.set(name.toLowerCase(), code);
    for (const name of localWords) {
      const table = local.get(name) ?? new Map<string, string>();
      for (const country of countries) table.set(country, code);
      local.set(name, table);
    }
  }
  const sign = alternatives(symbols.keys());
  const name = alternatives(new Set([...words.keys(), ...local.keys()]));
  const counted = alternatives(WORDS.keys());
  const patterns: Patterns = {
    before: new RegExp(
      String.raw`(?<![\p{L}\d$€£¥])(${sign})[ \u00a0]?(${NUMBER})(${SCALE})?(?:${RANGE}(?:${sign})?(${NUMBER})(${SCALE})?)?(?![\p{L}\d])`,
      'gu',
    ),
    after: new RegExp(
      String.raw`(?<![\p{L}\d.,$€£¥₹])(?:(${NUMBER})(${SCALE})?(?:${RANGE}(${NUMBER})(${SCALE})?)?|(${counted})[ \u00a0-](hundred|thousand|million|billion|trillion|crore|lakh))(?:[ \u00a0-](${name}))(?![\p{L}\d])`,
      'giu',
    ),
    symbols,
    words,
    local,
  };
  compiled.set(currencies, patterns);
  return patterns;
}

/** A comma before three digits groups thousands; before one or two (and no other) it is a decimal sign. */
function numberOf(text: string): number {
  const value = /^\d+,\d{1,2}$/.test(text) ? text.replace(',', '.') : text.replace(/,/g, '');
  return Number(value);
}

function scaleOf(text: string | undefined): number {
  return SCALES.get((text ?? '').toLowerCase().replace(/^[ \u00a0-]/, '')) ?? 1;
}

/**
 * All amounts of money in order, none overlapping. A range gives its first value, which takes the scale of the second where it has none
 * (`$1-2 billion` → 1e9). "¥" is yen unless the text speaks of yuan. Vague sums ("billions of yuan") give nothing.
 * A word that several countries use ("shillings") is the currency of the first of `countriesNear(offset)` (ISO codes, likeliest first) that has
 * one, else what it means by default, else the sum is left out.
 */
export function findAmounts(
  text: string,
  currencies: readonly Currency[],
  countriesNear: (offset: number) => readonly string[] = () => [],
): FoundAmount[] {
  const { before, after, symbols, words, local } = patternsOf(currencies);
  const currencyOf = (word: string, offset: number): string | undefined => {
    const shared = local.get(word);
    const country = shared ? countriesNear(offset).find((code) => shared.has(code)) : undefined;
    return country === undefined ? words.get(word) : shared?.get(country);
  };
  // "between 3 and 5 billion" is read as "between 3 - 5 billion", at the same places.
  const plain = text.replace(/(\bbetween \S{1,20}(?: [a-z]{1,8})?) and /gi, '$1  -  ');
  const chinese = /\b(?:yuan|renminbi|RMB)\b/i.test(text);
  const found: FoundAmount[] = [];
  const add = (match: RegExpMatchArray, currency: string | undefined, value: number): void => {
    if (!currency || !Number.isFinite(value) || value <= 0 || value > 1e18) return;
    found.push({
      value: Number(value.toPrecision(12)),
      currency,
      start: match.index ?? 0,
      end: (match.index ?? 0) + match[0].length,
      text: text.slice(match.index ?? 0, (match.index ?? 0) + match[0].length),
    });
  };
  for (const match of plain.matchAll(before)) {
    const [, sign = '', number = '', scale, upper, upperScale] = match;
    const yuan = (sign === '¥' || sign === '￥') && chinese;
    add(match, yuan ? 'CNY' : symbols.get(sign), numberOf(number) * scaleOf(scale ?? (upper ? upperScale : undefined)));
  }
  for (const match of plain.matchAll(after)) {
    const [, number, scale, upper, upperScale, counted, countedScale, name = ''] = match;
    const word = name.toLowerCase();
    if (counted) {
      add(match, currencyOf(word, match.index), (WORDS.get(counted.toLowerCase()) ?? 1) * scaleOf(countedScale));
      continue;
    }
    const factor = scaleOf(scale ?? (upper ? upperScale : undefined));
    const value = numberOf(number ?? '');
    if (CAUTIOUS.has(word) && factor === 1 && value < 1000) continue;
    add(match, currencyOf(word, match.index), value * factor);
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter((amount, index) => index === 0 || amount.start >= (found[index - 1]?.end ?? 0));
}
