import { groupText } from './calendar.units';
import type { Measured, Reading, Scan } from './phrase.scan';
import { periodHead, periodOrdinal } from './period.rules';
import { listJoint, LONGEST_LIST, nearestByTense } from './year.choice';
import { statedYear, yearToken } from './year.reader';

/** "Q2 and Q3 2024", "the first to third quarters of 2024", "the third and fourth quarters": the year stands behind the last of them */
export function periodListRule(scan: Scan, at: number): Reading | null {
  return shortList(scan, at) ?? ordinalList(scan, at);
}

function yearBehind(scan: Scan, at: number): Measured | null {
  return yearToken(scan, scan.is(at, 'of', 'in', ',') ? at + 1 : at) ?? statedYear(scan, at);
}

/** Neighbours, and what "to" or a dash joins, are one span; the first of others takes the year of the last, which is read by itself. */
function shortList(scan: Scan, at: number): Reading | null {
  const first = periodHead(scan, at);
  if (!first?.short) return null;
  const through = scan.isDash(first.end) || scan.is(first.end, 'to', 'through');
  let last = first;
  let listed = 1;
  let year: Measured | null = null;
  for (
    let joint = through ? first.end : listJoint(scan, first.end);
    joint !== null && !year && listed < LONGEST_LIST;
  ) {
    const next = periodHead(scan, joint + 1);
    if (!next?.short) return null;
    [last, listed, year] = [next, listed + 1, yearBehind(scan, next.end)];
    joint = through ? null : listJoint(scan, next.end);
  }
  if (!year) return null;
  const neighbours = listed === 2 && last.code === first.code + 1 && !scan.is(first.end, 'or');
  const [own, end] = [groupText(year.value, first.code), groupText(year.value, last.code)];
  if (through ? last.code > first.code && last.code - first.code < 4 : neighbours)
    return { end: year.end, edtf: `${own}/${end}`, rule: 'period.list' };
  return through ? null : { end: first.end, edtf: own, rule: 'period.list' };
}

function ordinalList(scan: Scan, at: number): Reading | null {
  const first = periodOrdinal(scan, at);
  if (!first) return null;
  const throughout = scan.is(first.end, 'to', 'through') || scan.isDash(first.end);
  if (!throughout && !scan.is(first.end, 'and', 'or', '&')) return null;
  const start = scan.is(first.end + 1, 'the') ? first.end + 2 : first.end + 1;
  const last = periodOrdinal(scan, start);
  if (!last || !scan.is(last.end, 'quarters', 'quarter', 'halves')) return null;
  const halves = scan.is(last.end, 'halves');
  const [from, to] = [first.value, last.value === 9 ? 4 : last.value];
  if (from >= to || to > (halves ? 2 : 4) || (!throughout && to !== from + 1)) return null;
  const code = (value: number): number => (halves ? 39 : 32) + value;
  const span = (year: number): string => `${groupText(year, code(from))}/${groupText(year, code(to))}`;
  const year = yearBehind(scan, last.end + 1);
  const edtf = year ? span(year.value) : nearestByTense(scan, at, last.end, span);
  return edtf === null ? null : { end: year?.end ?? last.end + 1, edtf, rule: 'period.list' };
}
