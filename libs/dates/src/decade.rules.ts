import { DECADE_WORDS } from './calendar.lexicon';
import { yearText } from './day.math';
import type { Reading, Scan } from './phrase.scan';

/** "the 2010s", "the '90s", "the nineties", "this decade", "the end of the decade" by way of the part rules */
export function decadeRule(scan: Scan, at: number): Reading | null {
  const named = DECADE_WORDS.get(scan.word(at));
  const article = scan.is(at - 1, 'the') || scan.is(at - 2, 'the') || scan.is(at - 1, 'early', 'mid', 'late', '-');
  if (named !== undefined) {
    return article && !scan.is(at - 1, 'in') ? { end: at + 1, edtf: decadeText(named), rule: 'decade' } : null;
  }
  const token = scan.token(at);
  if (scan.isApostrophe(at) && /^[1-9]0$/.test(scan.word(at + 1)) && scan.glued(at + 1))
    return suffixed(scan, at + 2, 1900 + Number(scan.word(at + 1)));
  if (token?.kind !== 'number') return null;
  if (/^1[5-9]00$/.test(token.text) && (scan.alone || scan.is(at - 1, 'the', 'early', 'mid', 'late', '-')))
    return centurySuffixed(scan, at);
  if (/^(19|20)\d0$/.test(token.text) && token.text !== '1900') return suffixed(scan, at + 1, Number(token.text));
  if (/^[2-9]0$/.test(token.text) && scan.is(at - 1, 'the', 'early', 'mid', 'late'))
    return suffixed(scan, at + 1, 1900 + Number(token.text));
  return null;
}

/** "the 1800s" */
function centurySuffixed(scan: Scan, at: number): Reading | null {
  const first = Number(scan.word(at));
  const decade = suffixed(scan, at + 1, first);
  return decade && { end: decade.end, edtf: centuryText(first), rule: 'century' };
}

function suffixed(scan: Scan, at: number, year: number): Reading | null {
  const s = scan.isApostrophe(at) && scan.glued(at) ? at + 1 : at;
  return scan.is(s, 's') && scan.glued(s) ? { end: s + 1, edtf: decadeText(year), rule: 'decade' } : null;
}

const decadeText = (year: number): string => `${String(year).slice(0, 3)}X`;

const centuryText = (first: number): string => `${yearText(first)}/${yearText(first + 99)}`;

const OF_AN_AGE = new Set(
  'in of during since from to through throughout into until by early mid middle late start end -'.split(' '),
);
const GOES_ON = new Set(
  'and but or it the a an he she they we was were is when as in to by with that which after before until'.split(' '),
);

/** "in the 19th century", "the late twentieth century", "the turn of the century"; "a 21st-century company" and "the 21st century economy" are none */
export function centuryRule(scan: Scan, at: number): Reading | null {
  if (scan.is(at, 'turn')) return turnOfCentury(scan, at);
  const ordinal = scan.ordinal(at);
  if (!ordinal || ordinal.value < 11 || ordinal.value > 21 || !scan.is(ordinal.end, 'century')) return null;
  const end = ordinal.end + 1;
  if (!scan.alone && !(OF_AN_AGE.has(scan.word(scan.is(at - 1, 'the') ? at - 2 : at - 1)) && clauseGoesOn(scan, end)))
    return null;
  return { end, edtf: centuryText((ordinal.value - 1) * 100), rule: 'century' };
}

/** "the turn of the century", "of the last century", "of the 20th century": about its first year */
function turnOfCentury(scan: Scan, at: number): Reading | null {
  if (!scan.is(at + 1, 'of') || !scan.is(at + 2, 'the', 'this')) return null;
  const current = Math.floor(scan.year / 100) * 100;
  const about = (year: number, end: number): Reading => ({ end, edtf: `${yearText(year)}~`, rule: 'century.turn' });
  if (scan.is(at + 3, 'century', 'millennium')) return about(current, at + 4);
  if (scan.is(at + 3, 'last', 'previous') && scan.is(at + 4, 'century')) return about(current - 100, at + 5);
  const ordinal = scan.ordinal(at + 3);
  return ordinal && ordinal.value >= 11 && ordinal.value <= 21 && scan.is(ordinal.end, 'century')
    ? about((ordinal.value - 1) * 100, ordinal.end + 1)
    : null;
}

function clauseGoesOn(scan: Scan, at: number): boolean {
  return scan.token(at)?.kind !== 'word' || GOES_ON.has(scan.word(at));
}
