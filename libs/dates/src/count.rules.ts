import { ANCHOR_SPAN, anchorDay, shiftYears } from './anchor.reader';
import type { Unit } from './calendar.lexicon';
import { calendarUnit, daySpan, joinDates, shiftDay } from './calendar.units';
import { dayNumber, dayOfNumber } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import { countedRange } from './number.words';
import type { Measured, Reading, Rule, Scan } from './phrase.scan';

const HEDGES = new Set([
  'about',
  'around',
  'nearly',
  'almost',
  'roughly',
  'approximately',
  'over',
  'some',
  'than',
  'least',
  'under',
]);

const SUPERLATIVES =
  /^(first|only|highest|lowest|biggest|largest|worst|best|most|fastest|slowest|steepest|weakest|strongest|time|once|twice|times)$/;

/** "three weeks ago", "in two months", "a year later", "10 days from now", "two weeks before Christmas", "exactly one year later" */
export function makeCountRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    const special = unitBeside(scan, at, depth, readDate) ?? halvesAgo(scan, at) ?? summedAgo(scan, at);
    if (special) return special;
    const exactly = scan.is(at, 'exactly');
    const inFuture = scan.is(at, 'in');
    const start = exactly || inFuture ? at + 1 : at;
    const several = spanOfCounts(scan, at, start, inFuture);
    if (several) return several;
    const count = scan.count(start);
    if (!count || (count.value > 400 && !scan.is(count.end, 'days'))) return null;
    const unit = scan.unit(count.end);
    if (unit === null) return null;
    const next = count.end + 1;
    if (inFuture) return inUnits(scan, at, unit, count.value, next);
    return (
      spanStarting(scan, at, unit, count.value, next, depth, readDate) ??
      ago(scan, at, unit, count.value, next) ??
      counted(scan, at, unit, count.value, next, exactly) ??
      fromDate(scan, unit, count.value, next, depth, readDate, exactly, scan.is(at - 1, 'the'))
    );
  };
}

/** "the day after Christmas", "the week before 3 June" */
function unitBeside(scan: Scan, at: number, depth: number, readDate: Rule): Reading | null {
  const unit = scan.unit(at);
  if (unit === null || !scan.is(at - 1, 'the') || /s$/.test(scan.word(at)) || !scan.is(at + 1, 'after', 'before'))
    return null;
  return fromDate(scan, unit, 1, at + 1, depth, readDate, false, false);
}

const MONTHS_OF_HALF_A_DECADE = 60;
/** In months */
const FRACTIONS: ReadonlyMap<string, number> = new Map([
  ['half year', 6],
  ['half decade', 60],
  ['half century', 600],
  ['quarter century', 300],
]);

/** "half a century", "a quarter of a century", "a half-century" */
function fraction(scan: Scan, at: number): Measured | null {
  const head = scan.is(at, 'a') ? at + 1 : at;
  if (!scan.is(head, 'half', 'quarter')) return null;
  let noun = head + 1;
  if (scan.isDash(noun) || scan.is(noun, 'of')) noun += 1;
  if (scan.is(noun, 'a')) noun += 1;
  const months = FRACTIONS.get(`${scan.word(head)} ${scan.word(noun)}`);
  return months === undefined ? null : { value: months, end: noun + 1 };
}

/** "half a year ago", "a quarter of a century ago", "a year and a half ago", "two and a half years ago": about the month that far back */
function halvesAgo(scan: Scan, at: number): Reading | null {
  const months = halfMonths(scan, at);
  if (!months || !scan.is(months.end, 'ago', 'earlier') || (scan.is(months.end, 'earlier') && scan.anchor)) return null;
  const unit = months.value < MONTHS_OF_HALF_A_DECADE ? 'month' : 'year';
  const day = shiftDay('month', scan.reference, -months.value);
  return { end: months.end + 1, edtf: `${calendarUnit(unit, day, 0)}~`, rule: 'relative.ago' };
}

function halfMonths(scan: Scan, at: number): Measured | null {
  const part = fraction(scan, at);
  if (part) return part;
  const count = scan.count(at);
  if (!count) return null;
  const year = scan.is(count.end, 'year') ? count.end + 1 : count.end;
  if (!scan.is(year, 'and') || !scan.is(year + 1, 'a') || !scan.is(year + 2, 'half')) return null;
  const end = year > count.end ? year + 3 : scan.is(year + 3, 'years') ? year + 4 : null;
  return end === null ? null : { value: 12 * count.value + 6, end };
}

/** "two weeks and three days ago" to the day, "a year and two months ago" to the month */
function summedAgo(scan: Scan, at: number): Reading | null {
  const first = scan.count(at);
  const unit = first && scan.unit(first.end);
  if (!first || !unit || !scan.is(first.end + 1, 'and')) return null;
  const second = scan.count(first.end + 2);
  const smaller = second && scan.unit(second.end);
  if (!second || (smaller !== 'day' && smaller !== 'week' && smaller !== 'month') || !scan.is(second.end + 1, 'ago'))
    return null;
  const day = shiftDay(smaller, shiftDay(unit, scan.reference, -first.value), -second.value);
  return { end: second.end + 2, edtf: calendarUnit(smaller, day, 0), rule: 'relative.ago' };
}

function ago(scan: Scan, at: number, unit: Unit, count: number, next: number): Reading | null {
  let end = next;
  if (scan.is(end, 'ago')) end += 1;
  else if (scan.is(end, 'back') && scan.token(end + 1)?.kind !== 'word') end += 1;
  else if (scan.is(end, 'from') && scan.is(end + 1, 'now', 'today'))
    return hedged(scan, at, calendarUnit(unit, scan.reference, count), end + 2, 'relative.ahead');
  else if (scan.is(end, 'from') && scan.is(end + 1, 'tomorrow'))
    return { end: end + 2, edtf: dayFrom(unit, scan.reference + 1, count), rule: 'relative.ahead' };
  else if (scan.is(end, 'hence'))
    return { end: end + 1, edtf: calendarUnit(unit, scan.reference, count), rule: 'relative.ahead' };
  else if (scan.isApostrophe(end) || scan.is(end, 'time')) return timeAhead(scan, at, unit, count, end);
  else return null;
  const day = shiftDay(unit, scan.reference, -count);
  if (scan.is(end, 'today')) return { end: end + 1, edtf: dayOfNumber(day), rule: 'relative.ago' };
  // "a year ago this week"
  const within = scan.is(end, 'this') ? scan.unit(end + 1) : null;
  if (within === 'week' || (within === 'month' && unit !== 'week'))
    return { end: end + 2, edtf: calendarUnit(within, day, 0), rule: 'relative.ago' };
  if (unit === 'decade' || unit === 'century')
    return { end, edtf: `${calendarUnit('year', day, 0)}~`, rule: 'relative.ago' };
  return hedged(scan, at, calendarUnit(unit, scan.reference, -count), end, 'relative.ago');
}

/** "from tomorrow" counts in days exactly. */
function dayFrom(unit: Unit, base: number, count: number): string {
  return unit === 'day' ? dayOfNumber(base + count) : calendarUnit(unit, base, count);
}

/** "about two years ago" is that year, approximately. */
function hedged(scan: Scan, at: number, edtf: string, end: number, rule: string): Reading {
  const approximate = HEDGES.has(scan.word(at - 1)) && !edtf.includes('/');
  return { end, edtf: approximate ? `${edtf}~` : edtf, rule };
}

/** "three weeks' time" after "in" */
function timeAhead(scan: Scan, at: number, unit: Unit, count: number, apostrophe: number): Reading | null {
  let end = apostrophe;
  if (scan.isApostrophe(end)) end += 1;
  if (scan.is(end, 's')) end += 1;
  if (!scan.is(end, 'time') || !scan.is(at - 1, 'in')) return null;
  return { end: end + 1, edtf: calendarUnit(unit, scan.reference, count), rule: 'relative.ahead' };
}

/** "in two to three years", "two or three weeks ago": from the one unit to the other */
function spanOfCounts(scan: Scan, at: number, start: number, inFuture: boolean): Reading | null {
  const counts = countedRange(scan, start);
  const unit = counts && scan.unit(counts.end);
  if (!counts || !unit) return null;
  const next = counts.end + 1;
  const ago = !inFuture && scan.is(next, 'ago');
  if (!ago && !(inFuture && inUnits(scan, at, unit, counts.most, next))) return null;
  const [near, far] = ago ? [-counts.most, -counts.least] : [counts.least, counts.most];
  const edtf = joinDates(calendarUnit(unit, scan.reference, near), calendarUnit(unit, scan.reference, far));
  const end = ago ? next + 1 : next;
  return edtf === null ? null : { end, edtf, rule: ago ? 'relative.ago' : 'relative.ahead' };
}

/** "in two weeks" is a date only for what is to come: "built in two weeks" is a duration. */
function inUnits(scan: Scan, at: number, unit: Unit, count: number, next: number): Reading | null {
  const time = timeAhead(scan, at + 1, unit, count, next);
  if (time) return time;
  if (scan.is(next, 'of', 'when', 'that', 'where', 'which', 'marked', 'dominated', 'row')) return null;
  if (scan.is(next, 'since')) return null;
  for (let back = 1; back <= 5; back += 1) if (SUPERLATIVES.test(scan.word(at - back))) return null;
  const tense = scan.tense(at, next);
  if (tense === 'past' || (scan.is(at + 1, 'a', 'an') && tense !== 'future' && !scan.alone)) return null;
  if (scan.is(at - 1, 'years', 'months', 'weeks', 'days')) return null;
  return { end: next, edtf: calendarUnit(unit, scan.reference, count), rule: 'relative.ahead' };
}

/** "three days later", "a week earlier": from the last date that the text named, or the reference day */
function counted(scan: Scan, at: number, unit: Unit, count: number, next: number, exactly: boolean): Reading | null {
  const direction = scan.is(next, 'later', 'afterwards', 'after') ? 1 : scan.is(next, 'earlier', 'before') ? -1 : 0;
  if (
    direction === 0 ||
    (scan.is(next, 'after', 'before') && ['word', 'number'].includes(scan.token(next + 1)?.kind ?? ''))
  )
    return null;
  if (scan.is(next + 1, 'than', 'this')) return null;
  const compared =
    unit === 'year' && direction < 0 && scan.is(at - 1, 'from', 'than', 'with', 'to', 'versus', 'over', 'on');
  const rule = compared ? 'comparison.earlier' : 'relative.anchored';
  const end = next + 1;
  const anchor = scan.anchor;
  if (compared && anchor) {
    const edtf = shiftYears(anchor.edtf, -count);
    return edtf === null ? null : { end, edtf, rule };
  }
  if (!anchor) return { end, edtf: calendarUnit(unit, scan.reference, direction * count), rule };
  if (exactly) {
    const edtf = exactShift(anchor.edtf, unit, direction * count);
    return edtf === null ? null : { end, edtf, rule };
  }
  const base = anchorDay(scan, unit);
  return base === null ? null : { end, edtf: calendarUnit(unit, base, direction * count), rule };
}

/** "three days starting Monday", "for two weeks from 5 May": the whole span */
function spanStarting(
  scan: Scan,
  at: number,
  unit: Unit,
  count: number,
  next: number,
  depth: number,
  readDate: Rule,
): Reading | null {
  let start = scan.is(next, ',') ? next + 1 : next;
  if (scan.is(start, 'starting', 'beginning')) start += 1;
  else if (!(scan.is(start, 'from') && scan.is(at - 1, 'for'))) return null;
  if (scan.is(start, 'on', 'from')) start += 1;
  const target = readDate(scan, scan.is(start, 'the') ? start + 1 : start, depth + 1);
  if (!target || !/^\d{4}-\d\d-\d\d$/.test(target.edtf)) return null;
  const day = dayNumber(target.edtf);
  return { end: target.end, edtf: daySpan(day, shiftDay(unit, day, count) - 1), rule: 'range.starting' };
}

const YEARS: Partial<Record<Unit, number>> = { year: 1, decade: 10, century: 100 };

/** Keeps the precision of the date that it counts from: a month is moved to a month. */
function exactShift(edtf: string, unit: Unit, count: number): string | null {
  const date = tryParseEdtf(edtf);
  if (!date || date.lower === null || date.upper === null) return null;
  switch (date.precision) {
    case 'day':
      return dayOfNumber(shiftDay(unit, dayNumber(date.lower), count));
    case 'month':
      return unit === 'day' || unit === 'week' || unit === 'fortnight'
        ? null
        : calendarUnit('month', shiftDay(unit, dayNumber(date.lower), count), 0);
    default:
      return YEARS[unit] === undefined ? null : shiftYears(edtf, YEARS[unit] * count);
  }
}

/** `inTheUnits`: "the two weeks before Christmas" are all of them. "two weeks before Christmas", "ten days after 3 June 2024", "a week from Tuesday", "three days after the announcement" is none */
function fromDate(
  scan: Scan,
  unit: Unit,
  count: number,
  next: number,
  depth: number,
  readDate: Rule,
  exactly: boolean,
  inTheUnits: boolean,
): Reading | null {
  const direction = scan.is(next, 'after', 'from', 'following') ? 1 : scan.is(next, 'before') ? -1 : 0;
  if (direction === 0) return null;
  const target = readDate(scan, scan.is(next + 1, 'the') ? next + 2 : next + 1, depth + 1);
  const date = target && tryParseEdtf(target.edtf);
  if (!target || !date || date.lower === null || date.upper === null || scan.isPossessive(target.end)) return null;
  if (count > 1 && inTheUnits && !scan.is(next, 'from')) {
    const day = dayNumber(direction > 0 ? date.upper : date.lower);
    const far = shiftDay(unit, day, direction * count);
    const edtf = direction > 0 ? daySpan(day + 1, far) : daySpan(far, day - 1);
    return { end: target.end, edtf, rule: 'range.beside' };
  }
  if (exactly || scan.is(next, 'from')) {
    const edtf = exactShift(target.edtf, unit, direction * count);
    if (edtf !== null) return { end: target.end, edtf, rule: 'relative.from-date' };
  }
  if (dayNumber(date.upper) - dayNumber(date.lower) >= ANCHOR_SPAN[unit]) return null;
  return {
    end: target.end,
    edtf: calendarUnit(unit, dayNumber(date.upper), direction * count),
    rule: 'relative.from-date',
  };
}
