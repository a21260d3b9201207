import { COUNTRY_PAIRS, COUNTRY_WORDS, type Country } from './country.lexicon';
import type { Scan } from './phrase.scan';

/** How far from the phrase a country is looked for, in tokens: the ones beside it, and the ones that the text is about. */
const REACH = 60;
const FAR = 400;

/** A country, and the token at which the text names it. */
interface Mention {
  at: number;
  country: Country;
}

/** The mentions of each text, found when one is first asked for. */
const mentionsOf = new WeakMap<Scan, readonly Mention[]>();

function mentions(scan: Scan): readonly Mention[] {
  let found = mentionsOf.get(scan);
  if (!found) {
    found = scan.tokens.flatMap((_, at) => {
      const country = countryAt(scan, at);
      return country ? [{ at, country }] : [];
    });
    mentionsOf.set(scan, found);
  }
  return found;
}

/** The mentions no farther from the token than `reach` and not at it, the nearest first; of two as near the one before. */
function* mentionsNear(scan: Scan, at: number, reach: number): Generator<Mention> {
  const all = mentions(scan);
  let after = firstFrom(all, at);
  let before = after - 1;
  if (all[after]?.at === at) after += 1;
  for (;;) {
    const [left, right] = [all[before], all[after]];
    const next = !right || (left && at - left.at <= right.at - at) ? left : right;
    if (!next || Math.abs(next.at - at) > reach) return;
    yield next;
    if (next === left) before -= 1;
    else after += 1;
  }
}

/** Index of the first mention at the token or behind it */
function firstFrom(all: readonly Mention[], at: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.at ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The country that the text names nearest to the token, null where it names none. */
export function countryNear(scan: Scan, at: number): Country | null {
  for (const { country } of mentionsNear(scan, at, REACH)) return country;
  return null;
}

/** The countries that a phrase may be about, the likeliest first: those named beside it, the one that the text comes from, those named farther away. */
export function countriesNear(scan: Scan, at: number): readonly Country[] {
  const found = new Set<Country>();
  for (const { at: place, country } of mentionsNear(scan, at, FAR)) {
    if (scan.home && Math.abs(place - at) > REACH) found.add(scan.home);
    found.add(country);
  }
  if (scan.home) found.add(scan.home);
  return [...found];
}

function countryAt(scan: Scan, at: number): Country | null {
  const token = scan.token(at);
  if (token?.kind !== 'word') return null;
  if (token.lower === 'us') return token.text === 'US' ? 'us' : null;
  if (token.lower === 'u') return scan.is(at + 2, 's') ? 'us' : scan.is(at + 2, 'k') ? 'uk' : null;
  const second = token.capital ? COUNTRY_PAIRS.get(`${token.lower} ${scan.word(at + 1)}`) : undefined;
  if (second) return second;
  return COUNTRY_WORDS.get(token.lower) ?? null;
}
