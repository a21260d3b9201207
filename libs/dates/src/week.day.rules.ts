import { WEEKDAYS } from './calendar.lexicon';
import { dayNumber, dayOfNumber } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import { spanInDays } from './interval.algebra';
import type { Reading, Rule, Scan } from './phrase.scan';

/** "Friday two weeks ago", "in three weeks, on Monday", "two weeks after Easter on a Tuesday": the weekday of a week that is counted */
export function makeWeekdayOfCountRule(countRule: Rule): Rule {
  return (scan, at, depth) => {
    const weekday = fullWeekday(scan, at);
    if (weekday !== null) {
      const week = countRule(scan, scan.is(at + 1, ',') ? at + 2 : at + 1, depth);
      return week && dayOf(week, weekday, week.end);
    }
    const week = countRule(scan, at, depth);
    if (!week) return null;
    let next = scan.is(week.end, ',') ? week.end + 1 : week.end;
    if (!scan.is(next, 'on')) return null;
    next += scan.is(next + 1, 'a', 'the') ? 2 : 1;
    const behind = fullWeekday(scan, next);
    return behind === null || hasDate(scan, next + 1) ? null : dayOf(week, behind, next + 1);
  };
}

/** "Fri" and "sun" are left to their own rule. */
function fullWeekday(scan: Scan, at: number): number | null {
  const value = WEEKDAYS.get(scan.word(at));
  return value === undefined || !scan.word(at).endsWith('day') ? null : value;
}

/** "two weeks ago, on Friday 4 June": a day of its own */
const hasDate = (scan: Scan, at: number): boolean =>
  scan.token(at)?.kind === 'number' || scan.monthName(scan.is(at, ',') ? at + 1 : at) !== null;

/** Weeks run from Monday to Sunday; null where what was counted is no week. */
function dayOf(week: Reading, weekday: number, end: number): Reading | null {
  const date = tryParseEdtf(week.edtf);
  if (!date || date.lower === null || spanInDays(date) !== 7) return null;
  return { end, edtf: dayOfNumber(dayNumber(date.lower) + weekday - 1), rule: 'weekday.of-week' };
}
