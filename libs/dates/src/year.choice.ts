import { dayNumber, dayOfNumber } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import type { Scan } from './phrase.scan';

/** Years in which a date without a year may fall; wide enough for 29 February. */
const NEIGHBOURS = 8;

/** A date in a year as EDTF, null where it does not exist (29 February); a feast of a lunar calendar can come twice in one year, in order. */
type InYear = (year: number) => string | readonly string[] | null;

/** A date without a year: for the past the latest one that had begun by the reference day, for the future the first that is not over on it. */
export function nearestYear(scan: Scan, ahead: boolean, inYear: InYear): string | null {
  const reference = dayOfNumber(scan.reference);
  for (let distance = -1; distance <= NEIGHBOURS; distance += 1) {
    const found = inYear(ahead ? scan.year + distance : scan.year - distance) ?? [];
    const inOrder = typeof found === 'string' ? [found] : ahead ? found : [...found].reverse();
    for (const edtf of inOrder) {
      const date = tryParseEdtf(edtf);
      if (!date || date.lower === null || date.upper === null) continue;
      if (ahead ? date.upper >= reference : date.lower <= reference) return date.edtf;
    }
  }
  return null;
}

/** {@link nearestYear} with the direction taken from the verbs around the tokens. */
export function nearestByTense(scan: Scan, from: number, to: number, inYear: InYear): string | null {
  const tense = scan.tense(from, to);
  const past = tense === 'future' ? null : nearestYear(scan, false, inYear);
  if (tense === 'past' || tense === 'unknown') return past;
  const future = nearestYear(scan, true, inYear);
  if (tense === 'future' || past === null) return future;
  // "The deadline is June 17" means the nearer of the two
  const startOf = (edtf: string): number => dayNumber(tryParseEdtf(edtf)?.lower ?? edtf);
  return future !== null && startOf(future) - scan.reference < scan.reference - startOf(past) ? future : past;
}

/** Members after which a list is read no further for its year, so that time stays linear. */
export const LONGEST_LIST = 12;

/** The last token of what joins the members of a list, ", and" as well as "and"; null where none stands there. */
export function listJoint(scan: Scan, at: number): number | null {
  if (scan.is(at, ',')) return scan.is(at + 1, 'and', 'or', '&') ? at + 1 : at;
  return scan.is(at, 'and', 'or', '&') ? at : null;
}
