import { daySpan, monthSpan } from './calendar.units';
import { calendarDay, dayNumber, daysInMonth, monthText, numberOf, yearText } from './day.math';
import { type EdtfDate, tryParseEdtf } from './edtf.parser';

export type Part = 'early' | 'mid' | 'late' | 'start' | 'end' | 'first-half' | 'second-half';

/** A part of a whole as days or months: ('early', '2024') → '2024-01/2024-04'; null where the part makes no sense. */
export function partOf(part: Part, whole: string): string | null {
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

function partOfCentury(part: Part, year: number): string {
  const years = (first: number, last: number): string => `${yearText(year + first)}/${yearText(year + last)}`;
  switch (part) {
    case 'early':
      return years(0, 32);
    case 'mid':
      return years(33, 66);
    case 'late':
      return years(67, 99);
    case 'start':
      return years(0, 9);
    case 'end':
      return years(90, 99);
    case 'first-half':
      return years(0, 49);
    case 'second-half':
      return years(50, 99);
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
  if (days > 36_500 && days < 36_530) return partOfCentury(part, from.year);
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
