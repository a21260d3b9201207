import { MONTHS, WEEKDAYS } from './calendar.lexicon';
import { dayText, isCalendarDay, monthText, yearText } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import { spelledYear } from './number.words';
import type { Measured, Scan } from './phrase.scan';
import { statedYear, yearToken } from './year.reader';

/** A calendar date of which some parts may be missing: "3", "3 June", "June 2024", "Monday, 3 June". */
export interface PartialDate {
  year: number | null;
  month: number | null;
  day: number | null;
  /** 1 = Monday */
  weekday: number | null;
  end: number;
}

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

function numericDate(scan: Scan, at: number): PartialDate | null {
  if (!standsApart(scan, at)) return null;
  const compact = compactDay(scan, at);
  if (compact) return compact;
  const separator = scan.word(at + 1);
  if (!['/', '-', '.', '‑'].includes(separator) || !scan.glued(at + 1)) return null;
  const [first, second, third] = [scan.token(at), scan.token(at + 2), scan.token(at + 4)];
  if (first?.kind !== 'number' || second?.kind !== 'number' || !second.glued) return null;
  const whole = scan.word(at + 3) === separator && scan.glued(at + 3) && third?.kind === 'number' && third.glued;
  if (!whole) return separator === '/' || separator === '-' ? (monthAndYear(scan, at) ?? monthAndDay(scan, at)) : null;
  if (!endsApart(scan, at + 5)) return null;
  const numbers = [first, second, third].map((token) => Number(token.text)) as [number, number, number];
  const widths = [first, second, third].map((token) => token.text.length);
  if (widths.some((width) => width > 4)) return null;
  if (widths[0] === 4 && (widths[1] ?? 0) <= 2 && (widths[2] ?? 0) <= 2)
    return checked(numbers[0], numbers[1], numbers[2], at + 5);
  if ((widths[0] ?? 0) > 2 || (widths[1] ?? 0) > 2) return null;
  const year = widths[2] === 4 ? numbers[2] : widths[2] === 2 ? twoDigitYear(scan, numbers[2]) : null;
  if (year === null || (separator === '.' && widths[2] !== 4)) return null;
  const european = checked(year, numbers[1], numbers[0], at + 5);
  const american = checked(year, numbers[0], numbers[1], at + 5);
  return scan.dayFirst || separator === '.' ? (european ?? american) : (american ?? european);
}

/** 20240603, as ISO 8601 writes it without hyphens; only near the reference year, being mostly a number of another kind */
function compactDay(scan: Scan, at: number): PartialDate | null {
  const digits = scan.word(at);
  if (
    digits.length !== 8 ||
    (scan.glued(at + 1) && scan.token(at + 1)?.kind === 'word') ||
    LABEL.has(scan.word(at - 1))
  )
    return null;
  const year = Number(digits.slice(0, 4));
  if (Math.abs(year - scan.year) > COMPACT_REACH) return null;
  return checked(year, Number(digits.slice(4, 6)), Number(digits.slice(6)), at + 1);
}

/** 05/2024, 2024/05 and 2024-05, which is no span of years as 2010-11 is */
function monthAndYear(scan: Scan, at: number): PartialDate | null {
  const [first, second] = [scan.word(at), scan.word(at + 2)];
  if (!endsApart(scan, at + 3)) return null;
  const [year, month] = first.length === 4 ? [first, second] : [second, first];
  if (year.length !== 4 || month.length > 2) return null;
  if (first.length === 4 && (month.length !== 2 || Number(month) === (Number(year) % 100) + 1)) return null;
  if (first.length !== 4 && scan.word(at + 1) !== '/') return null;
  const monthNumber = Number(month);
  if (monthNumber < 1 || monthNumber > 12 || !plausibleYear(Number(year))) return null;
  return { year: Number(year), month: monthNumber, day: null, weekday: null, end: at + 3 };
}

/** How many years from the reference year a date without separators may lie. */
const COMPACT_REACH = 20;
const LABEL = new Set('no number id case patent order file ref reference code serial isbn #'.split(' '));
const BEFORE_SLASHED_DAY = new Set('on by from until since before to between this next'.split(' '));

/** "on 11/20"; 9/11 is an event more often than a day */
function monthAndDay(scan: Scan, at: number): PartialDate | null {
  if (
    scan.word(at + 1) !== '/' ||
    !endsApart(scan, at + 3) ||
    scan.monthName(at + 3) !== null ||
    !(scan.alone || BEFORE_SLASHED_DAY.has(scan.word(at - 1)) || followsSlashedDay(scan, at))
  )
    return null;
  const [first, second] = [Number(scan.word(at)), Number(scan.word(at + 2))];
  if (scan.word(at).length > 2 || scan.word(at + 2).length > 2 || (first === 9 && second === 11)) return null;
  const [month, day] = scan.dayFirst ? [second, first] : [first, second];
  return existsInSomeYear(month, day) ? { year: null, month, day, weekday: null, end: at + 3 } : null;
}

/** "on 11/20, 11/22 or 11/25" */
function followsSlashedDay(scan: Scan, at: number): boolean {
  if (!scan.is(at - 1, ',', 'or', 'and') || scan.word(at - 3) !== '/') return false;
  return /^\d{1,2}$/.test(scan.word(at - 2)) && /^\d{1,2}$/.test(scan.word(at - 4));
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

/** How many years ahead of the reference year a year of two digits may lie. */
const AHEAD_YEARS = 20;

export function twoDigitYear(scan: Scan, digits: number): number {
  const century = Math.floor(scan.year / 100) * 100;
  return century + digits > scan.year + AHEAD_YEARS ? century - 100 + digits : century + digits;
}

export const plausibleYear = (year: number): boolean => year >= 1900 && year <= 2100;

function existsInSomeYear(month: number, day: number): boolean {
  return isCalendarDay(2000, month, day);
}

function checked(year: number, month: number, day: number, end: number): PartialDate | null {
  return isCalendarDay(year, month, day) ? { year, month, day, weekday: null, end } : null;
}

/** No digit, dash or slash is glued to the front, so that 133-03-03-2020 and 80/12/1 hold no date. */
export function standsApart(scan: Scan, at: number): boolean {
  const token = scan.token(at);
  if (token?.kind !== 'number') return false;
  if (!token.glued) return true;
  return (
    ['(', '[', '"', '“', '‘', "'", ',', ';', ':', '–', '—'].includes(scan.word(at - 1)) ||
    (scan.is(at - 1, '-', '_') && !/\d/.test(scan.word(at - 2))) ||
    (scan.isDash(at - 1) && slashedDate(scan, at - 6) && slashedDate(scan, at))
  );
}

/** 10/1/2018, the tokens of which are glued: with a dash between two of them, they are a span */
function slashedDate(scan: Scan, at: number): boolean {
  if (scan.word(at + 1) !== '/' || scan.word(at + 3) !== '/') return false;
  return (
    [at, at + 2].every((index) => /^\d{1,2}$/.test(scan.word(index))) && /^(?:\d\d|\d{4})$/.test(scan.word(at + 4))
  );
}

export function endsApart(scan: Scan, at: number): boolean {
  const token = scan.token(at);
  if (!token?.glued) return true;
  if (token.kind === 'number') return false;
  if (scan.isDash(at) && slashedDate(scan, at - 5) && slashedDate(scan, at + 1)) return true;
  if (token.kind === 'word') return token.lower === 't' || token.lower === 's';
  return !(['/', '-', '.', '%'].includes(token.text) && scan.token(at + 1)?.kind === 'number' && scan.glued(at + 1));
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
