/** Days are 'YYYY-MM-DD' strings of the proleptic Gregorian calendar or numbers of days since 1970-01-01; no time zones anywhere. */

// Years are counted from March on, so that the day that not every year has is the last one.
// https://howardhinnant.github.io/date_algorithms.html
const DAYS_PER_ERA = 146_097;
const YEARS_PER_ERA = 400;
/** From 0000-03-01 to 1970-01-01. */
const EPOCH = 719_468;

/** Days since 1970-01-01: `dayNumber('1970-01-02')` → 1. */
export function dayNumber(day: string): number {
  return numberOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
}

/** The inverse of {@link dayNumber}: `dayOfNumber(1)` → '1970-01-02'. */
export function dayOfNumber(n: number): string {
  const { year, month, day } = calendarDay(n);
  return dayText(year, month, day);
}

/** A month or a day that the year or the month lacks counts on into the next: `numberOf(2023, 13, 1)` is 2024-01-01. */
export function numberOf(year: number, month: number, day: number): number {
  const sinceMarch = month - 3;
  const march = year + Math.floor(sinceMarch / 12);
  const era = Math.floor(march / YEARS_PER_ERA);
  const yearOfEra = march - era * YEARS_PER_ERA;
  const dayOfYear = firstOf(sinceMarch - (march - year) * 12) + day - 1;
  return era * DAYS_PER_ERA + daysBefore(yearOfEra) + dayOfYear - EPOCH;
}

/** The day of the year that the month begins on, counted from March. */
const firstOf = (month: number): number => Math.floor((153 * month + 2) / 5);
/** Of an era's days those before that year. */
const daysBefore = (year: number): number => year * 365 + Math.floor(year / 4) - Math.floor(year / 100);

export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

export function calendarDay(n: number): CalendarDay {
  const days = Math.floor(n) + EPOCH;
  const era = Math.floor(days / DAYS_PER_ERA);
  const day = days - era * DAYS_PER_ERA;
  const leapDays = Math.floor(day / 1_460) - Math.floor(day / 36_524) + Math.floor(day / 146_096);
  const yearOfEra = Math.floor((day - leapDays) / 365);
  const dayOfYear = day - daysBefore(yearOfEra);
  const sinceMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const march = yearOfEra + era * YEARS_PER_ERA;
  return {
    year: sinceMarch < 10 ? march : march + 1,
    month: sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9,
    day: dayOfYear - firstOf(sinceMarch) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export function isCalendarDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(n: number): number {
  return ((((n + 3) % 7) + 7) % 7) + 1;
}

/** The Monday of the week that holds the day; weeks run from Monday to Sunday. */
export function mondayOf(n: number): number {
  return n - weekdayOf(n) + 1;
}

/** Moves by whole months; a day that the month lacks becomes its last one: 31 January + 1 → 28 or 29 February. */
export function addMonths(n: number, months: number): number {
  const { year, month, day } = calendarDay(n);
  const index = year * 12 + (month - 1) + months;
  const y = Math.floor(index / 12);
  const m = index - y * 12 + 1;
  return numberOf(y, m, Math.min(day, daysInMonth(y, m)));
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

export const yearText = (year: number): string => pad(year, 4);
export const monthText = (year: number, month: number): string => `${pad(year, 4)}-${pad(month, 2)}`;
export const dayText = (year: number, month: number, day: number): string =>
  `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
