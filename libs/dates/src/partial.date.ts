import { MONTHS, WEEKDAYS } from './calendar.lexicon';
import { dayText, isCalendarDay, monthText, yearText } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import { spelledYear } from './number.words';
import type { Measured, Scan } from './phrase.scan';
import { statedYear, yearToken } from './year.reader';
import { checked, endsApart, existsInSomeYear, numericDate, type PartialDate, twoDigitYear } from './numeric.date';

/** Words that let an ambiguous month (May, March, …) stand alone. */
export const BEFORE_MONTH = new Set(
  `in since by until till from before after during of early mid late this last next for to through between and or around about end beginning start middle previous
  following coming past only than starting effective`.split(/\s+/),
);

const AFTER_SPELLED_DAY = new Set('at in of and or from to until when as it he she they we the was is'.split(' '));

/** Reads as much of a calendar date as stands at the token; says nothing on whether it may be one. */
export function partialDate(scan: Scan, at: number): PartialDate | null {
  const weekday = weekdayBefore(scan, at);
  if (weekday) {
    const rest = plainPartial(scan, weekday.end);
    if (rest && rest.day !== null && rest.month !== null) return { ...rest, weekday: weekday.value };
    return null;
  }
  return plainPartial(scan, at);
}

function plainPartial(scan: Scan, at: number): PartialDate | null {
  return (
    numericDate(scan, at) ?? yearFirst(scan, at) ?? dayFirst(scan, at) ?? monthFirst(scan, at) ?? loneYear(scan, at)
  );
}

/** "Tuesday," "Tue." "Tuesday the" before a day and month */
function weekdayBefore(scan: Scan, at: number): Measured | null {
  const value = WEEKDAYS.get(scan.word(at));
  if (value === undefined) return null;
  let end = at + 1;
  while (scan.is(end, ',', '.', '(')) end += 1;
  if (scan.is(end, 'morning', 'afternoon', 'evening', 'night')) end += scan.is(end + 1, ',') ? 2 : 1;
  if (scan.is(end, 'on')) end += 1;
  if (scan.is(end, 'the')) end += 1;
  return { value, end };
}

/** "2017 April", "2019 March 5", 2019/Aug/01 */
function yearFirst(scan: Scan, at: number): PartialDate | null {
  const year = yearToken(scan, at);
  if (!year) return null;
  const slash = (index: number): number => (scan.is(index, '/', '-') && scan.glued(index) ? index + 1 : index);
  const name = scan.monthName(slash(year.end));
  if (!name || (scan.token(slash(year.end))?.lower === 'may' && !scan.token(slash(year.end))?.capital)) return null;
  const day = dayNumberAt(scan, slash(name.end));
  if (day && isCalendarDay(year.value, name.value, day.value)) {
    return { year: year.value, month: name.value, day: day.value, weekday: null, end: day.end };
  }
  return { year: year.value, month: name.value, day: null, weekday: null, end: name.end };
}

/** "3 June 2024", "the 3rd of June", "3-Jun-2024", "15 April of 87" */
function dayFirst(scan: Scan, at: number): PartialDate | null {
  const day = dayNumberAt(scan, at) ?? spelledDayBefore(scan, at);
  if (!day || day.value > 31) return null;
  let end = day.end;
  if (scan.is(end, 'day')) end += 1;
  if (scan.is(end, 'of')) end += 1;
  else if (scan.is(end, '/', '-') && scan.glued(end) && scan.glued(end + 1)) end += 1;
  const name = scan.monthName(end);
  if (!name || lowerCaseVerb(scan, end, false)) return null;
  return withYear(scan, name.value, day.value, name.end, end > day.end && !scan.is(end - 1, 'of', 'day'));
}

/** "June 3, 2024", "June the 3rd", "June 2024", "June" */
function monthFirst(scan: Scan, at: number): PartialDate | null {
  const name = scan.monthName(at);
  if (!name) return null;
  let next = name.end;
  if (scan.is(next, '/', '-') && scan.glued(next) && scan.glued(next + 1)) next += 1;
  const joinedDay = next > name.end;
  const day = dayNumberAt(scan, scan.is(next, 'the') ? next + 1 : next) ?? spelledDay(scan, next);
  if (day) {
    const joined = scan.word(day.end) === '.' && scan.token(day.end + 1)?.kind === 'number' && scan.glued(day.end + 1);
    const time = scan.word(day.end) === ':' && scan.token(day.end + 1)?.kind === 'number' && scan.glued(day.end + 1);
    if (!joined && !time && day.value >= 1 && day.value <= 31) {
      const dated = withYear(scan, name.value, day.value, day.end, joinedDay);
      if (dated) return dated;
    }
    if (!time) return null;
  }
  if (lowerCaseVerb(scan, at, BEFORE_MONTH.has(scan.word(at - 1)))) return null;
  const year = yearAfterMonth(scan, next);
  if (year) return { year: year.value, month: name.value, day: null, weekday: null, end: year.end };
  return { year: null, month: name.value, day: null, weekday: null, end: name.end };
}

/** CY25 */
function shortCalendarYear(scan: Scan, at: number): Measured | null {
  return /^\d\d$/.test(scan.word(at)) && scan.glued(at)
    ? { value: twoDigitYear(scan, Number(scan.word(at))), end: at + 1 }
    : null;
}

/** "2024", "the year 2024", "calendar year 2024", "CY2024", "nineteen ninety-six" */
function loneYear(scan: Scan, at: number): PartialDate | null {
  const calendar = scan.is(at, 'calendar') ? at + 1 : at;
  const named = scan.is(at, 'cy') || scan.is(calendar, 'year') ? calendar + 1 : at;
  const year =
    yearToken(scan, named) ?? (scan.is(at, 'cy') ? shortCalendarYear(scan, named) : spelledYear(scan, named));
  return year && { year: year.value, month: null, day: null, weekday: null, end: year.end };
}

/** "May twenty nine", of which no things are counted: "In May twenty people" */
function spelledDay(scan: Scan, at: number): Measured | null {
  const day = scan.cardinal(at);
  if (!day || day.value > 31) return null;
  const next = scan.token(day.end);
  const free =
    next?.kind !== 'word' ||
    next.sentence !== scan.token(at)?.sentence ||
    AFTER_SPELLED_DAY.has(next.lower) ||
    spelledYear(scan, day.end) !== null;
  return free ? day : null;
}

/** "twenty five January", a year or nothing behind it */
function spelledDayBefore(scan: Scan, at: number): Measured | null {
  const day = scan.cardinal(at);
  const month = day && day.value <= 31 ? scan.monthName(day.end) : null;
  if (!day || !month || !scan.token(day.end)?.capital) return null;
  return yearToken(scan, month.end) || spelledYear(scan, month.end) ? day : null;
}

/** A day of the month: "3", "3rd", "third" */
export function dayNumberAt(scan: Scan, at: number): Measured | null {
  const ordinal = scan.ordinal(at);
  if (ordinal) return ordinal.value <= 31 ? ordinal : null;
  const token = scan.token(at);
  if (token?.kind !== 'number' || token.text.length > 2 || '$€£¥₹#'.includes(scan.word(at - 1) || ' ')) return null;
  if (token.glued && [':', '.', ','].includes(scan.word(at - 1)) && scan.token(at - 2)?.kind === 'number') return null;
  const after = scan.token(at + 1);
  if (after?.glued && ((after.kind === 'word' && !MONTHS.has(after.lower)) || '%'.includes(after.text))) return null;
  return { value: Number(token.text), end: at + 1 };
}

function withYear(scan: Scan, month: number, day: number, end: number, joined = false): PartialDate | null {
  const named = scan.is(end, ',') ? WEEKDAYS.get(scan.word(end + 1)) : undefined;
  const weekdayEnd = named === undefined ? end : end + 2;
  const year = yearAfterDay(scan, weekdayEnd, joined);
  if (year) return checked(year.value, month, day, year.end);
  return existsInSomeYear(month, day) ? { year: null, month, day, weekday: named ?? null, end: weekdayEnd } : null;
}

function yearAfterMonth(scan: Scan, at: number): Measured | null {
  const start = scan.is(at, ',', 'of', 'in') ? at + 1 : at;
  const year = yearToken(scan, start) ?? shortYear(scan, start) ?? spelledYear(scan, start) ?? statedYear(scan, at);
  if (year || !lastCentury(scan, at) || scan.glued(at)) return year;
  return { value: twoDigitYear(scan, Number(scan.word(at))), end: at + 1 };
}

/** `joined`: the parts before are joined by dashes or slashes, 31-Oct-74 */
function yearAfterDay(scan: Scan, at: number, joined: boolean): Measured | null {
  let start = at;
  if (joined && scan.is(start, '/', '-') && scan.glued(start)) start += 1;
  else if (scan.is(start, ',')) start += 1;
  const preposition = scan.is(start, 'of', 'in');
  if (preposition) start += 1;
  const year = yearToken(scan, start) ?? shortYear(scan, start) ?? spelledYear(scan, start);
  if (year) return year;
  const digits = scan.word(start);
  const bare =
    (preposition && scan.is(start - 1, 'of')) || (joined && scan.is(start - 1, '/', '-')) || lastCentury(scan, start);
  if (bare && /^\d\d$/.test(digits) && endsApart(scan, start + 1))
    return { value: twoDigitYear(scan, Number(digits)), end: start + 1 };
  return statedYear(scan, at);
}

/** "3 Aug 96", at the end of a clause */
function lastCentury(scan: Scan, at: number): boolean {
  return /^[5-9]\d$/.test(scan.word(at)) && scan.token(at + 1)?.kind !== 'word' && !scan.is(at + 1, '%', ':');
}

/** "'24" */
function shortYear(scan: Scan, at: number): Measured | null {
  if (!scan.isApostrophe(at) || !/^\d\d$/.test(scan.word(at + 1)) || !scan.glued(at + 1)) return null;
  return { value: twoDigitYear(scan, Number(scan.word(at + 1))), end: at + 2 };
}

/** "may" and "march" in lower case are verbs, unless a day or year stands beside them. */
function lowerCaseVerb(scan: Scan, at: number, afterPreposition: boolean): boolean {
  const token = scan.token(at);
  if (!token || token.capital) return false;
  if (token.lower === 'may' || token.lower === 'mar')
    return (
      !(afterPreposition && scan.alone) && !/\d/.test(scan.word(at - 1) + scan.word(at + 1)) && !scan.ordinal(at - 1)
    );
  return false;
}

export function formatParts(year: number, month: number | null, day: number | null): string | null {
  const edtf = month === null ? yearText(year) : day === null ? monthText(year, month) : dayText(year, month, day);
  return tryParseEdtf(edtf) ? edtf : null;
}
