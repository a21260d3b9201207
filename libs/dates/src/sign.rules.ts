import { yearText } from './day.math';
import type { Reading, Scan } from './phrase.scan';

/** What a sign makes of the year behind it. */
const SIGNS: ReadonlyMap<string, (year: number) => string> = new Map([
  ['=', yearText],
  ['>', (year: number) => `${yearText(year + 1)}/..`],
  ['>=', (year: number) => `${yearText(year)}/..`],
  ['<', (year: number) => `../${yearText(year - 1)}`],
  ['<=', (year: number) => `../${yearText(year)}`],
]);
const WORDS: ReadonlyMap<string, string> = new Map([
  ['greater', '>'],
  ['higher', '>'],
  ['larger', '>'],
  ['less', '<'],
  ['lower', '<'],
  ['smaller', '<'],
]);

/** "year >= 2019", "the year is greater than 2015", and "=2019" as the whole of a text; "(n = 2019)" is a number */
export function signRule(scan: Scan, at: number): Reading | null {
  const sign = signAt(scan, at) ?? signInWords(scan, at);
  const year = sign && /^(?:1[5-9]|20|21)\d\d$/.test(scan.word(sign.end)) ? Number(scan.word(sign.end)) : null;
  if (!sign || year === null) return null;
  const end = sign.end + 1;
  if (!saysYear(scan, at) && !(sign.written && scan.isWhole(at, end))) return null;
  return { end, edtf: sign.make(year), rule: 'bound.sign' };
}

interface Sign {
  end: number;
  make: (year: number) => string;
  written: boolean;
}

/** ">=", "> =", "≥" */
function signAt(scan: Scan, at: number): Sign | null {
  const first = scan.word(at).replace('≥', '>=').replace('≤', '<=');
  const pair = scan.is(at + 1, '=') ? SIGNS.get(`${first}=`) : undefined;
  if (pair) return { end: at + 2, make: pair, written: true };
  const make = SIGNS.get(first);
  return make ? { end: at + 1, make, written: true } : null;
}

/** "greater than", "less than or equal to" */
function signInWords(scan: Scan, at: number): Sign | null {
  const sign = WORDS.get(scan.word(at));
  if (sign === undefined || !scan.is(at + 1, 'than')) return null;
  const equal = scan.is(at + 2, 'or') && scan.is(at + 3, 'equal') && scan.is(at + 4, 'to');
  const make = SIGNS.get(equal ? `${sign}=` : sign);
  return make ? { end: equal ? at + 5 : at + 2, make, written: false } : null;
}

/** "year", "year is", "years" before the sign */
const saysYear = (scan: Scan, at: number): boolean =>
  scan.is(scan.is(at - 1, 'is', 'was') ? at - 2 : at - 1, 'year', 'years');
