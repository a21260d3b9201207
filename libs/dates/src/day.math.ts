/** Days are 'YYYY-MM-DD' strings of the proleptic Gregorian calendar or numbers of days since 1970-01-01; no time zones anywhere. */

const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01: `dayNumber('1970-01-02')` → 1. */
export function dayNumber(day: string): number {
  return numberOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
}

/** The inverse of {@link dayNumber}: `dayOfNumber(1)` → '1970-01-02'. */
export function dayOfNumber(n: number): string {
  const { year, month, day } = calendarDay(n);
  return dayText(year, month, day);
}

export function numberOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / MS_PER_DAY;
}

export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

export function calendarDay(n: number): CalendarDay {
  const date = new Date(n * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
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
