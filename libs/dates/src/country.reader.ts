import { COUNTRY_PAIRS, COUNTRY_WORDS, type Country } from './country.lexicon';
import type { Scan } from './phrase.scan';

/** How far from the phrase a country is looked for, in tokens: the ones beside it, and the ones that the text is about. */
const REACH = 60;
const FAR = 400;

/** The country that the text names nearest to the token, null where it names none. */
export function countryNear(scan: Scan, at: number): Country | null {
  for (let distance = 1; distance <= REACH; distance += 1) {
    const country = countryAt(scan, at - distance) ?? countryAt(scan, at + distance);
    if (country) return country;
  }
  return null;
}

/** The countries that a phrase may be about, the likeliest first: those named beside it, the one that the text comes from, those named farther away. */
export function countriesNear(scan: Scan, at: number): readonly Country[] {
  const found = new Set<Country>();
  for (let distance = 1; distance <= FAR; distance += 1) {
    if (distance === REACH + 1 && scan.home) found.add(scan.home);
    for (const country of [countryAt(scan, at - distance), countryAt(scan, at + distance)])
      if (country) found.add(country);
  }
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
