import { MONTHS, WEEKDAYS } from './calendar.lexicon';
import { tryParseEdtf } from './edtf.parser';
import { endsApart, numericSpan, type PartialDate, plausibleYear, standsApart } from './numeric.date';
import { dayNumberAt, formatParts, partialDate } from './partial.date';
import type { Reading, Scan } from './phrase.scan';
import { nearestByTense } from './year.choice';
import { yearStands, yearToken } from './year.reader';

/**
 * Two dates of which one lends the other what it lacks: "3–7 June 2024", "June 3 to 7", "Jan-Feb 2017", "from 28 May to 3 June 2024", "2018–20";
 * with `and`, for "between … and …", "3 and 4 June".
 */
export function partialSpan(scan: Scan, at: number, mayUseAnd: boolean): Reading | null {
  return spanInDigits(scan, at) ?? spanInWords(scan, at, mayUseAnd);
}

function spanInDigits(scan: Scan, at: number): Reading | null {
  const span = numericSpan(scan, at);
  const edtf = span && joinPartials(scan, at, span.first, span.second);
  return span && edtf ? { end: span.end, edtf, rule: 'range.span' } : null;
}

function spanInWords(scan: Scan, at: number, mayUseAnd: boolean): Reading | null {
  const first = partialOrDay(scan, at);
  if (!first) return null;
  let next = first.end;
  if (mayUseAnd && scan.is(next, 'and')) next += 1;
  else if (scan.is(next, 'to', 'through', 'thru', 'until', 'till')) next += 1;
  else if (scan.isDash(next)) next += scan.isDash(next + 1) ? 2 : 1;
  else if (dayByDay(scan, first, next)) next += 1;
  else if (
    scan.is(next, '/') &&
    first.month === null &&
    first.year !== null &&
    abbreviatedYear(scan, first, next + 1)?.year === first.year + 1
  )
    next += 1;
  else return null;
  if (scan.is(next, 'the')) next += 1;
  const second = abbreviatedYear(scan, first, next) ?? partialOrDay(scan, next);
  if (!second) return null;
  if (!endsApart(scan, second.end)) return null;
  const edtf = joinPartials(scan, at, first, second);
  return edtf === null ? null : { end: second.end, edtf, rule: 'range.span' };
}

/** "2/3 April" */
function dayByDay(scan: Scan, first: PartialDate, at: number): boolean {
  return (
    scan.is(at, '/') && first.month === null && first.year === null && scan.glued(at) && scan.monthName(at + 2) !== null
  );
}

function partialOrDay(scan: Scan, at: number): PartialDate | null {
  const start = scan.is(at, 'the') ? at + 1 : at;
  const partial = partialDate(scan, start);
  if (partial) return partial;
  const weekday = WEEKDAYS.has(scan.word(start)) && scan.is(start + 1, ',') ? start + 2 : start;
  const day = dayNumberAt(scan, weekday);
  if (!day || day.value < 1 || day.value > 31) return null;
  const year = scan.is(day.end, ',') ? yearToken(scan, day.end + 1) : null;
  return { year: year?.value ?? null, month: null, day: day.value, weekday: null, end: year?.end ?? day.end };
}

/** The second side of 2018–20 and 2024/25 */
function abbreviatedYear(scan: Scan, first: PartialDate, at: number): PartialDate | null {
  if (
    first.year === null ||
    first.month !== null ||
    !/^\d\d$/.test(scan.word(at)) ||
    !scan.glued(at) ||
    !endsApart(scan, at + 1)
  )
    return null;
  if (MONTHS.has(scan.word(at + 1))) return null;
  const year = Math.floor(first.year / 100) * 100 + Number(scan.word(at));
  return year > first.year && year - first.year <= 15
    ? { year, month: null, day: null, weekday: null, end: at + 1 }
    : null;
}

function joinPartials(scan: Scan, at: number, first: PartialDate, second: PartialDate): string | null {
  const [left, right] = [{ ...first }, { ...second }];
  if (left.day !== null && right.month !== null && right.day === null) return null;
  if (left.day !== null && left.month === null) left.month = right.month;
  if (right.day !== null && right.month === null) right.month = left.month;
  if (left.month === null && left.day === null && left.year === null) return null;
  if (left.month === null && left.day !== null) return null;
  if ((left.day === null) !== (right.day === null) || (left.month === null) !== (right.month === null)) {
    if (left.year === null || right.year === null) return null;
  }
  const wraps = order(left) > order(right);
  if (left.year === null && right.year !== null) left.year = right.year - (wraps ? 1 : 0);
  else if (right.year === null && left.year !== null) right.year = left.year + (wraps ? 1 : 0);
  else if (left.year === null && right.year === null) {
    const year = openYear(scan, at, left, right, wraps);
    if (year === null) return null;
    left.year = year;
    right.year = year + (wraps ? 1 : 0);
  }
  if (left.year === null || right.year === null) return null;
  if (left.month === null && nothingElse(scan, at, second.end)) return null;
  const named = scan.is(at, 'year', 'calendar');
  if (
    left.month === null &&
    !named &&
    !yearStands(scan, at, first.end) &&
    !plausibleSpan(scan, at, left.year, right.year)
  )
    return null;
  const [lower, upper] = [
    formatParts(left.year, left.month, left.day),
    formatParts(right.year, right.month, right.day),
  ];
  if (lower === null || upper === null) return null;
  return tryParseEdtf(`${lower}/${upper}`) ? `${lower}/${upper}` : null;
}

/** Years without any word beside them may be any numbers: "2012-14" */
function nothingElse(scan: Scan, at: number, end: number): boolean {
  return !scan.alone && at === 0 && end === scan.tokens.length;
}

/** "2014-2018" on its own: two plausible years in order, no telephone number */
function plausibleSpan(scan: Scan, at: number, from: number, to: number): boolean {
  return plausibleYear(from) && plausibleYear(to) && from < to && to - from <= 60 && standsApart(scan, at);
}

const order = (partial: PartialDate): number => (partial.month ?? 0) * 100 + (partial.day ?? 0);

function openYear(scan: Scan, at: number, left: PartialDate, right: PartialDate, wraps: boolean): number | null {
  if (left.month === null) return null;
  const found = nearestByTense(scan, at, right.end, (year) => {
    const from = formatParts(year, left.month, left.day);
    const to = formatParts(year + (wraps ? 1 : 0), right.month, right.day);
    return from !== null && to !== null ? `${from}/${to}` : null;
  });
  return found === null ? null : Number(found.slice(0, 4));
}
