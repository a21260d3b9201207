import { daySpan, monthSpan } from './calendar.units';
import { dayNumber, monthText, yearText } from './day.math';
import { namedMonth } from './named.month';
import { formatParts, partialDate } from './partial.date';
import type { Measured, Reading, Scan } from './phrase.scan';
import { nearestByTense } from './year.choice';
import { yearToken } from './year.reader';

/** Weeks, months and years that are told by where they end: "the fiscal year ended March 2025", "the three months to June 2024" */
export function endingRule(scan: Scan, at: number): Reading | null {
  return monthsEnding(scan, at) ?? weeksEnding(scan, at) ?? yearsTo(scan, at);
}

/** "the five weeks to 4 January", "the 52 weeks ended 29 March 2025" */
function weeksEnding(scan: Scan, at: number): Reading | null {
  const count = scan.count(at);
  if (!count || !scan.is(count.end, 'weeks') || !scan.is(count.end + 1, 'to', 'ended', 'ending')) return null;
  const last = partialDate(scan, count.end + 2);
  if (!last || last.month === null || last.day === null) return null;
  const { month, day } = last;
  const inYear = (year: number): string | null => formatParts(year, month, day);
  const edtf = last.year === null ? nearestByTense(scan, at, last.end, inYear) : inYear(last.year);
  if (edtf === null) return null;
  const upper = dayNumber(edtf);
  return { end: last.end, edtf: daySpan(upper - 7 * count.value + 1, upper), rule: 'period.weeks-ending' };
}

/** "the two years to 2024" */
function yearsTo(scan: Scan, at: number): Reading | null {
  const count = scan.count(at);
  if (!count || count.value < 2 || count.value > 50 || !scan.is(count.end, 'years') || !scan.is(count.end + 1, 'to'))
    return null;
  const last = yearToken(scan, count.end + 2);
  return (
    last && {
      end: last.end,
      edtf: `${yearText(last.value - count.value + 1)}/${yearText(last.value)}`,
      rule: 'period.years-to',
    }
  );
}

/** "March", "31 March 2025", "next March": the month of a day, or a month, with its year as far as it is said */
function monthAt(scan: Scan, at: number): { month: number; year: number | null; end: number } | null {
  const shifted = namedMonth(scan, at);
  if (shifted) return { month: shifted.value, year: shifted.year, end: shifted.end };
  const date = partialDate(scan, at);
  return date && date.month !== null ? { month: date.month, year: date.year, end: date.end } : null;
}

/** "end-March", "end of March" */
function afterEnd(scan: Scan, at: number): number {
  if (!scan.is(at, 'end')) return at;
  return scan.isDash(at + 1) || scan.is(at + 1, 'of') ? at + 2 : at + 1;
}

/** "the year ending 31 March 2025", "the year to next March", "quarter ended June 30", "three months to June", "fiscal year that ended in March" */
function monthsEnding(scan: Scan, at: number): Reading | null {
  const length = lengthInMonths(scan, at);
  const edge = length && monthEdge(scan, length.end);
  const named = edge && monthAt(scan, edge.end);
  if (!edge || !named) return null;
  const { month } = named;
  const first = edge.starting ? month - 1 : month - length.value;
  const inYear = (value: number): string => monthText(value, month);
  const year = named.year ?? Number(nearestByTense(scan, at, named.end, inYear)?.slice(0, 4) ?? NaN);
  if (Number.isNaN(year)) return null;
  const rule = edge.starting ? 'period.months-starting' : 'period.months-ending';
  return { end: named.end, edtf: monthSpan(year, first, first + length.value - 1), rule };
}

/** "fiscal year" → 12, "half-year" → 6, "quarter" → 3, "nine months" → 9 */
function lengthInMonths(scan: Scan, at: number): Measured | null {
  const noun = scan.is(at, 'fiscal', 'financial') ? at + 1 : at;
  if (scan.is(noun, 'half') && scan.isDash(noun + 1) && scan.is(noun + 2, 'year')) return { value: 6, end: noun + 3 };
  if (scan.is(noun, 'year')) return { value: 12, end: noun + 1 };
  if (scan.is(noun, 'half')) return { value: 6, end: noun + 1 };
  if (scan.is(noun, 'quarter')) return { value: 3, end: noun + 1 };
  const count = noun === at ? scan.count(at) : null;
  return count && scan.is(count.end, 'months') && count.value <= 36 ? { value: count.value, end: count.end + 1 } : null;
}

/** "ended on", "that ends in", "starting", "to end-": what stands between a length and the month that ends or begins it */
function monthEdge(scan: Scan, at: number): { starting: boolean; end: number } | null {
  const relative = scan.is(at, 'that', 'which');
  const verb = relative ? at + 1 : at;
  const starting = scan.is(verb, 'starting', 'beginning', 'started', 'began');
  // "Its fiscal year ends in January" says nothing of one year.
  if (starting || scan.is(verb, 'ending', 'ended') || (relative && scan.is(verb, 'ends'))) {
    const on = scan.is(verb + 1, 'on', 'in') ? verb + 2 : verb + 1;
    const theEndOf = scan.is(on, 'the') && scan.is(on + 1, 'end') && scan.is(on + 2, 'of');
    return { starting, end: theEndOf ? on + 3 : on };
  }
  const end = afterEnd(scan, at + 1);
  return scan.is(at, 'to', 'through') && monthAt(scan, end) ? { starting: false, end } : null;
}
