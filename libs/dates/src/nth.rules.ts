import { type Unit, WEEKDAYS } from './calendar.lexicon';
import { calendarUnit, daySpan, monthSpan, shiftDay } from './calendar.units';
import { addMonths, calendarDay, dayNumber, dayOfNumber, daysInMonth, mondayOf, numberOf, weekdayOf } from './day.math';
import { type EdtfDate, parseEdtf, tryParseEdtf } from './edtf.parser';
import { readWhole } from './part.rules';
import type { Reading, Rule, Scan } from './phrase.scan';
import { nearestByTense } from './year.choice';
import { yearToken } from './year.reader';

const SATURDAY = 6;

/** "the first week of March", "last Friday of May", "first nine months of 2024", "the 15th day of next month", "the first day of 2025" */
export function makeNthRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    const last = scan.is(at, 'last', 'final', 'closing') && !scan.ordinal(at - 1);
    const ordinal = last
      ? { value: -1, end: at + 1 }
      : scan.is(at, 'opening')
        ? { value: 1, end: at + 1 }
        : scan.ordinal(at);
    if (!ordinal) return null;
    const count = scan.count(ordinal.end);
    const several = count && /s$/.test(scan.word(count.end)) && scan.unit(count.end) ? count : null;
    const noun = several?.end ?? ordinal.end;
    const weekend = scan.is(noun, 'weekend');
    const weekday = weekend ? SATURDAY : WEEKDAYS.get(scan.word(noun));
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
        ? withSunday(nthWeekday(bounds, weekday, ordinal.value), weekend)
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

/** A weekend is counted by its Saturday. */
function withSunday(saturday: string | null, weekend: boolean): string | null {
  return saturday !== null && weekend ? daySpan(dayNumber(saturday), dayNumber(saturday) + 1) : saturday;
}

/** Days 1–7 are the first week of a month and the last seven days its last; the nth in between follow on. The weeks of a year are those of ISO 8601. */
function nthUnit({ lower, upper }: Bounds, nth: number, unit: string, whole: EdtfDate): string | null {
  switch (unit) {
    case 'day': {
      const day = nth > 0 ? lower + nth - 1 : upper;
      return day <= upper || whole.precision === 'day' ? dayOfNumber(day) : null;
    }
    case 'week': {
      if (upper - lower < 27) return null;
      if (whole.precision === 'year') return isoWeek(Number(whole.edtf.slice(0, 4)), nth);
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
    case 'decade': {
      const day = nth > 0 ? addMonths(lower, 120 * (nth - 1)) : upper;
      return day <= upper && upper - lower > 4000 ? calendarUnit('decade', day, 0) : null;
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

/** "the week of April 10", "the week beginning 7 April", "the week ending 12 April", "the week to Friday" */
export function makeWeekOfRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    if (!scan.is(at, 'week')) return null;
    const ending = scan.is(at + 1, 'ending', 'ended') || (scan.is(at + 1, 'to', 'through') && scan.is(at - 1, 'the'));
    if (!ending && !scan.is(at + 1, 'of', 'beginning', 'commencing', 'starting')) return null;
    const on = ending && scan.is(at + 2, 'on') ? at + 3 : at + 2;
    const start = scan.is(on, 'the') ? on + 1 : on;
    const target = readDate(scan, start, depth + 1);
    if (!target || parseEdtf(target.edtf).precision !== 'day') return null;
    const day = dayNumber(target.edtf.slice(0, 10));
    const edtf = ending ? daySpan(day - 6, day) : calendarUnit('week', day, 0);
    return { end: target.end, edtf, rule: 'part.week-of' };
  };
}

/** The nth week of a year by ISO 8601, Monday to Sunday, of which week 1 holds 4 January; -1 = the last one, which holds 28 December */
function isoWeek(year: number, nth: number): string {
  const monday = nth > 0 ? mondayOf(numberOf(year, 1, 4)) + 7 * (nth - 1) : mondayOf(numberOf(year, 12, 28));
  return daySpan(monday, monday + 6);
}

/** "week 23 of 2024", "in week 31" */
export function isoWeekRule(scan: Scan, at: number): Reading | null {
  if (!scan.is(at, 'week') || !/^\d{1,2}$/.test(scan.word(at + 1))) return null;
  const number = Number(scan.word(at + 1));
  if (number < 1 || number > 53) return null;
  const year = yearToken(scan, scan.is(at + 2, 'of', ',') ? at + 3 : at + 2);
  if (year) return { end: year.end, edtf: isoWeek(year.value, number), rule: 'part.iso-week' };
  if (!scan.alone && !weekStands(scan, at)) return null;
  // Weeks are numbered within the current year, unless the verbs say that it must be another one.
  const edtf =
    scan.tense(at, at + 2) === 'unknown'
      ? isoWeek(scan.year, number)
      : nearestByTense(scan, at, at + 2, (value) => isoWeek(value, number));
  return edtf === null ? null : { end: at + 2, edtf, rule: 'part.iso-week' };
}

/** A number of a week without its year: "in week 31", not "Week 3 of the season" */
function weekStands(scan: Scan, at: number): boolean {
  const before = scan.is(at - 1, 'the') ? scan.word(at - 2) : scan.word(at - 1);
  if (inTrial(scan, at)) return false;
  return (
    /^(?:in|by|until|from|since|during|for|,)$/.test(before) &&
    !scan.token(at)?.capital &&
    !scan.is(at + 2, 'of') &&
    (!scan.glued(at + 2) || scan.is(at + 2, '.', ',', ';', ')'))
  );
}

const TRIAL_WORDS = new Set(
  'patients patient placebo dose doses dosing trial arm cohort baseline endpoint treated treatment participants mg therapy'.split(
    ' ',
  ),
);
/** How far from a week of treatment the words of a trial may stand, in tokens. */
const TRIAL_REACH = 20;

/** "by week 24, patients on placebo had": weeks of a trial are counted from its start. */
function inTrial(scan: Scan, at: number): boolean {
  const sentence = scan.token(at)?.sentence;
  for (let index = Math.max(0, at - TRIAL_REACH); index <= at + TRIAL_REACH; index += 1)
    if (TRIAL_WORDS.has(scan.word(index)) && scan.token(index)?.sentence === sentence) return true;
  return false;
}
