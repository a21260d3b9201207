import { type Unit, WEEKDAYS } from './calendar.lexicon';
import {
  addMonths,
  calendarDay,
  dayNumber,
  dayOfNumber,
  daysInMonth,
  mondayOf,
  monthText,
  numberOf,
  weekdayOf,
  yearText,
} from './day.math';
import { type EdtfDate, parseEdtf, tryParseEdtf } from './edtf.parser';
import {
  calendarUnit,
  daySpan,
  type Measured,
  monthSpan,
  nearestByTense,
  type Reading,
  type Rule,
  type Scan,
  shiftDay,
} from './phrase.scan';
import { yearToken } from './year.reader';

type Part = 'early' | 'mid' | 'late' | 'start' | 'end' | 'first-half' | 'second-half';

const WORDS: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['early', 'early'],
  ['mid', 'mid'],
  ['middle', 'mid'],
  ['late', 'late'],
  ['start', 'start'],
  ['beginning', 'start'],
  ['outset', 'start'],
  ['end', 'end'],
  ['close', 'end'],
]);
const OF_NEEDED = new Set(['start', 'beginning', 'outset', 'middle', 'close']);

/** A part of a whole as days or months: ('early', '2024') → '2024-01/2024-04'; null where the part makes no sense. */
function partOf(part: Part, whole: string): string | null {
  const date = tryParseEdtf(whole);
  if (!date || date.lower === null || date.upper === null) return null;
  const year = Number(date.lower.slice(0, 4));
  const month = Number(date.lower.slice(5, 7));
  switch (date.precision) {
    case 'day':
      return date.edtf;
    case 'month':
      return partOfMonth(part, year, month);
    case 'year':
      return partOfYear(part, year);
    case 'decade':
      return partOfDecade(part, year);
    case 'quarter':
    case 'season':
    case 'half':
      return partOfMonths(part, date);
    case 'range':
      return partOfRange(part, date);
    case 'none':
      return null;
  }
}

function partOfYear(part: Part, year: number): string {
  switch (part) {
    case 'early':
      return monthSpan(year, 0, 3);
    case 'mid':
      return monthSpan(year, 4, 7);
    case 'late':
      return monthSpan(year, 8, 11);
    case 'start':
      return monthText(year, 1);
    case 'end':
      return monthText(year, 12);
    case 'first-half':
      return `${yearText(year)}-40`;
    case 'second-half':
      return `${yearText(year)}-41`;
  }
}

function partOfMonth(part: Part, year: number, month: number): string {
  const days = (first: number, last: number): string =>
    daySpan(numberOf(year, month, first), numberOf(year, month, last));
  const length = daysInMonth(year, month);
  switch (part) {
    case 'early':
    case 'start':
      return days(1, 10);
    case 'mid':
      return days(11, 20);
    case 'late':
    case 'end':
      return days(21, length);
    case 'first-half':
      return days(1, 15);
    case 'second-half':
      return days(16, length);
  }
}

function partOfDecade(part: Part, year: number): string {
  const years = (first: number, last: number): string => `${yearText(year + first)}/${yearText(year + last)}`;
  switch (part) {
    case 'early':
      return years(0, 3);
    case 'mid':
      return years(4, 6);
    case 'late':
      return years(7, 9);
    case 'start':
      return yearText(year);
    case 'end':
      return yearText(year + 9);
    case 'first-half':
      return years(0, 4);
    case 'second-half':
      return years(5, 9);
  }
}

/** Quarters, seasons and halves by whole months, a third of them for early, mid and late. */
function partOfMonths(part: Part, date: EdtfDate): string | null {
  if (date.lower === null || date.upper === null) return null;
  const year = Number(date.lower.slice(0, 4));
  const first = Number(date.lower.slice(5, 7)) - 1;
  const months = date.precision === 'half' ? 6 : 3;
  const third = months / 3;
  const slice = (from: number, count: number): string => monthSpan(year, first + from, first + from + count - 1);
  switch (part) {
    case 'early':
      return slice(0, third);
    case 'start':
      return slice(0, 1);
    case 'mid':
      return slice(third, third);
    case 'late':
      return slice(2 * third, third);
    case 'end':
      return slice(months - 1, 1);
    case 'first-half':
    case 'second-half':
      return null;
  }
}

/** A week stays whole; a fiscal year is cut like a year. */
function partOfRange(part: Part, date: EdtfDate): string | null {
  if (date.lower === null || date.upper === null) return null;
  const days = dayNumber(date.upper) - dayNumber(date.lower) + 1;
  if (days <= 7) return date.edtf;
  const from = calendarDay(dayNumber(date.lower));
  if (days < 360 || days > 370 || from.day !== 1) return null;
  const months = (first: number, last: number): string =>
    monthSpan(from.year, from.month - 1 + first, from.month - 1 + last);
  switch (part) {
    case 'early':
      return months(0, 3);
    case 'mid':
      return months(4, 7);
    case 'late':
      return months(8, 11);
    case 'start':
      return months(0, 0);
    case 'end':
      return months(11, 11);
    case 'first-half':
      return months(0, 5);
    case 'second-half':
      return months(6, 11);
  }
}

/** The last sub-unit that "the end of" names, for bounds: by the end of June is by June. */
export function isEndOf(scan: Scan, at: number): number | null {
  let next = scan.is(at, 'the', 'its') ? at + 1 : at;
  if (scan.is(next, 'very')) next += 1;
  if (!scan.is(next, 'end', 'close')) return null;
  next += 1;
  if (scan.is(next, 'of')) return next + 1;
  return scan.isDash(next) && scan.glued(next) ? next + 1 : scan.monthName(next) || yearToken(scan, next) ? next : null;
}

/** "early 2024", "mid-March", "late last year", "the start of March", "end-2024", "the middle of the decade" */
export function makePartRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    const head = partHead(scan, at);
    if (!head) return null;
    const target = readWhole(scan, head.end, depth, readDate);
    if (!target) return null;
    const edtf = partOf(head.part, target.edtf);
    if (edtf === null) return null;
    return { end: target.end, edtf, rule: `part.${head.part}` };
  };
}

function partHead(scan: Scan, at: number): { part: Part; end: number } | null {
  const part = WORDS.get(scan.word(at));
  if (part === undefined) return halfHead(scan, at);
  let next = at + 1;
  if (scan.isDash(next) && scan.glued(next)) next += 1;
  else if (OF_NEEDED.has(scan.word(at)) && !scan.is(next, 'of', 'to')) return null;
  // "will end in December" is a verb.
  if (scan.is(at, 'end') && scan.is(next, 'in', 'on')) return null;
  if (scan.is(next, 'to') && (scan.isDash(next + 1) || WORDS.has(scan.word(next + 1)))) return null;
  if (scan.is(next, 'of', 'in', 'on') || (scan.is(next, 'to') && scan.is(at, 'start', 'beginning', 'close'))) next += 1;
  return { part, end: next };
}

/** "first half of March"; halves of years are periods of their own. */
function halfHead(scan: Scan, at: number): { part: Part; end: number } | null {
  const ordinal = scan.ordinal(at);
  const second = scan.is(at, 'latter') || ordinal?.value === 2;
  if (!second && ordinal?.value !== 1) return null;
  const half = ordinal?.end ?? at + 1;
  return scan.is(half, 'half') && scan.is(half + 1, 'of')
    ? { part: second ? 'second-half' : 'first-half', end: half + 2 }
    : null;
}

/** The whole of which a part is named; "the year", "the month" and the like mean the current one. */
function readWhole(scan: Scan, at: number, depth: number, readDate: Rule): Reading | null {
  const start = scan.is(at, 'the') ? at + 1 : at;
  const unit = scan.unit(start);
  const bare =
    unit !== null &&
    unit !== 'fortnight' &&
    /s$/.test(scan.word(start)) === false &&
    (start > at || scan.is(at - 1, 'of'));
  if (bare && unit !== 'day') {
    const given = readDate(scan, start, depth + 1);
    if (given && given.end > start + 1) return given;
    return { end: start + 1, edtf: calendarUnit(unit, scan.reference, 0), rule: 'relative.this' };
  }
  return readDate(scan, start, depth + 1);
}

/** "mid-to-late 2024", "early to mid March" */
export function makePartSpanRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    const first = WORDS.get(scan.word(at));
    if (first === undefined) return null;
    let next = at + 1;
    if (scan.isDash(next)) next += 1;
    if (!scan.is(next, 'to', 'or')) return null;
    next += 1;
    if (scan.isDash(next)) next += 1;
    const second = WORDS.get(scan.word(next));
    if (second === undefined) return null;
    next += 1;
    if (scan.isDash(next)) next += 1;
    if (scan.is(next, 'of', 'in')) next += 1;
    const target = readDate(scan, scan.is(next, 'the') ? next + 1 : next, depth + 1);
    const from = target && tryParseEdtf(partOf(first, target.edtf) ?? '');
    const to = target && tryParseEdtf(partOf(second, target.edtf) ?? '');
    if (!target || !from?.lower || !to?.upper || from.lower > to.upper) return null;
    return { end: target.end, edtf: span(from.edtf, to.edtf), rule: 'part.span' };
  };
}

const span = (from: string, to: string): string => `${from.split('/')[0]}/${to.split('/').at(-1)}`;

/** "the first week of March", "last Friday of May", "first nine months of 2024", "the 15th day of next month", "the first day of 2025" */
export function makeNthRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    const last = scan.is(at, 'last', 'final', 'closing');
    const ordinal = last
      ? { value: -1, end: at + 1 }
      : scan.is(at, 'opening')
        ? { value: 1, end: at + 1 }
        : scan.ordinal(at);
    if (!ordinal) return null;
    const count = scan.count(ordinal.end);
    const several = count && /s$/.test(scan.word(count.end)) && scan.unit(count.end) ? count : null;
    const noun = several?.end ?? ordinal.end;
    const weekday = WEEKDAYS.get(scan.word(noun));
    const unit = scan.unit(noun);
    if (weekday === undefined && unit === null) return null;
    let next = noun + 1;
    if (scan.is(next, 'morning', 'evening', 'afternoon', 'night')) next += 1;
    if (several && unit === 'month' && ordinal.value === 1 && scan.is(at - 1, 'the')) {
      const ofYear = monthsOfTheYear(scan, at, next, several.value);
      if (ofYear) return ofYear;
    }
    if (!scan.is(next, 'of', 'in')) return null;
    next += 1;
    const whole = readWhole(scan, next, depth, readDate);
    const date = whole && tryParseEdtf(whole.edtf);
    if (!whole || !date || date.lower === null || date.upper === null) return null;
    const bounds = { lower: dayNumber(date.lower), upper: dayNumber(date.upper) };
    const edtf =
      weekday !== undefined
        ? nthWeekday(bounds, weekday, ordinal.value)
        : several
          ? severalUnits(bounds, ordinal.value, several.value, scan.unit(noun))
          : nthUnit(bounds, ordinal.value, scan.word(noun), date);
    return edtf === null ? null : { end: whole.end, edtf, rule: 'part.nth' };
  };
}

/** "in the first four months": of the latest year in which they had begun */
function monthsOfTheYear(scan: Scan, at: number, end: number, months: number): Reading | null {
  const open =
    scan.token(end)?.kind !== 'word' || scan.is(end, 'from', 'alone', 'compared', 'versus', 'and', 'up', 'down');
  if (!open || months > 11) return null;
  const edtf = nearestByTense(scan, at, end, (year) => monthSpan(year, 0, months - 1));
  return edtf === null ? null : { end, edtf, rule: 'part.nth' };
}

interface Bounds {
  lower: number;
  upper: number;
}

function nthWeekday({ lower, upper }: Bounds, weekday: number, nth: number): string | null {
  const day =
    nth > 0
      ? lower + ((weekday - weekdayOf(lower) + 7) % 7) + 7 * (nth - 1)
      : upper - ((weekdayOf(upper) - weekday + 7) % 7);
  return day >= lower && day <= upper ? dayOfNumber(day) : null;
}

/** Days 1–7 are the first week of a month and the last seven days its last; the nth in between follow on. */
function nthUnit({ lower, upper }: Bounds, nth: number, unit: string, whole: EdtfDate): string | null {
  switch (unit) {
    case 'day': {
      const day = nth > 0 ? lower + nth - 1 : upper;
      return day <= upper || whole.precision === 'day' ? dayOfNumber(day) : null;
    }
    case 'week': {
      if (upper - lower < 27) return null;
      const first = nth > 0 ? lower + 7 * (nth - 1) : upper - 6;
      return first <= upper ? daySpan(first, Math.min(first + 6, upper)) : null;
    }
    case 'month': {
      const day = nth > 0 ? addMonths(lower, nth - 1) : upper;
      return day <= upper && upper - lower > 31 ? calendarUnit('month', day, 0) : null;
    }
    case 'quarter': {
      const day = nth > 0 ? addMonths(lower, 3 * (nth - 1)) : upper;
      return day <= upper && upper - lower > 100 ? calendarUnit('quarter', day, 0) : null;
    }
    case 'year': {
      const day = nth > 0 ? addMonths(lower, 12 * (nth - 1)) : upper;
      return day <= upper && upper - lower > 400 ? calendarUnit('year', day, 0) : null;
    }
    default:
      return null;
  }
}

function severalUnits({ lower, upper }: Bounds, nth: number, count: number, unit: Unit | null): string | null {
  if (unit === null || (nth !== 1 && nth !== -1)) return null;
  const edge = nth === 1 ? shiftDay(unit, lower, count) : shiftDay(unit, upper + 1, -count);
  const [from, to] = nth === 1 ? [lower, edge - 1] : [edge, upper];
  if (from < lower || to > upper) return null;
  const [first, last] = [calendarDay(from), calendarDay(to)];
  const whole = first.day === 1 && last.day === daysInMonth(last.year, last.month);
  return whole
    ? monthSpan(first.year, first.month - 1, (last.year - first.year) * 12 + last.month - 1)
    : daySpan(from, to);
}

/** "the week of April 10", "the week beginning 7 April", "the week ending 12 April" */
export function makeWeekOfRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    if (!scan.is(at, 'week')) return null;
    const ending = scan.is(at + 1, 'ending', 'ended');
    if (!ending && !scan.is(at + 1, 'of', 'beginning', 'commencing', 'starting')) return null;
    const start = scan.is(at + 2, 'the') ? at + 3 : at + 2;
    const target = readDate(scan, start, depth + 1);
    if (!target || parseEdtf(target.edtf).precision !== 'day') return null;
    const day = dayNumber(target.edtf.slice(0, 10));
    const edtf = ending ? daySpan(day - 6, day) : calendarUnit('week', day, 0);
    return { end: target.end, edtf, rule: 'part.week-of' };
  };
}

/** "year-end", "the turn of the year 2024/25", "mid-year" */
export function yearEdgeRule(scan: Scan, at: number): Reading | null {
  if (scan.is(at, 'turn') && scan.is(at + 1, 'of') && scan.is(at + 2, 'the') && scan.is(at + 3, 'year'))
    return turnOfYear(scan, at);
  if (scan.is(at, 'mid') && scan.isDash(at + 1) && scan.is(at + 2, 'year')) return edgeOf(scan, at, at + 3, 'mid');
  if (!scan.is(at, 'year')) return null;
  const next = scan.isDash(at + 1) ? at + 2 : scan.skipPossessive(at + 1);
  return scan.is(next, 'end') ? edgeOf(scan, at, next + 1, 'end') : null;
}

function edgeOf(scan: Scan, at: number, end: number, part: Part): Reading | null {
  const year: Measured | null = yearToken(scan, end);
  const edtf = year
    ? partOf(part, yearText(year.value))
    : scan.is(at - 1, 'by')
      ? partOf(part, yearText(scan.year))
      : nearestByTense(scan, at, end, (value) => partOf(part, yearText(value)));
  return edtf === null ? null : { end: year?.end ?? end, edtf, rule: 'part.year-edge' };
}

function turnOfYear(scan: Scan, at: number): Reading | null {
  const turn = (year: number): string => monthSpan(year, 11, 12);
  const year = yearToken(scan, at + 4);
  if (year) {
    const second = scan.word(year.end + 1);
    const joined =
      (scan.is(year.end, '/') || scan.isDash(year.end)) && scan.glued(year.end + 1) && /^(\d\d|\d{4})$/.test(second);
    return joined
      ? { end: year.end + 2, edtf: turn(year.value), rule: 'part.turn-of-year' }
      : { end: year.end, edtf: turn(year.value - 1), rule: 'part.turn-of-year' };
  }
  const edtf = nearestByTense(scan, at, at + 4, turn);
  return edtf === null ? null : { end: at + 4, edtf, rule: 'part.turn-of-year' };
}

/** "week 23 of 2024": the ISO 8601 week, of which week 1 holds 4 January */
export function isoWeekRule(scan: Scan, at: number): Reading | null {
  if (!scan.is(at, 'week') || !/^\d{1,2}$/.test(scan.word(at + 1))) return null;
  const number = Number(scan.word(at + 1));
  const year = yearToken(scan, scan.is(at + 2, 'of', ',') ? at + 3 : at + 2);
  if (!year && !scan.alone) return null;
  if (number < 1 || number > 53) return null;
  const monday = mondayOf(numberOf(year?.value ?? scan.year, 1, 4)) + 7 * (number - 1);
  return { end: year?.end ?? at + 2, edtf: daySpan(monday, monday + 6), rule: 'part.iso-week' };
}
