import type { Unit } from './calendar.lexicon';
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
import { tryParseEdtf } from './edtf.parser';

/** The calendar unit that holds day `n`, moved by `shift` units, as EDTF: ('month', 2025-04-20, -1) → '2025-03' */
export function calendarUnit(unit: Unit, n: number, shift: number): string {
  const { year, month } = calendarDay(n);
  switch (unit) {
    case 'day':
      return dayOfNumber(n + shift);
    case 'week':
      return daySpan(mondayOf(n) + 7 * shift, mondayOf(n) + 7 * shift + 6);
    case 'fortnight':
      return calendarUnit('week', n, 2 * shift);
    case 'month': {
      const moved = calendarDay(addMonths(numberOf(year, month, 1), shift));
      return monthText(moved.year, moved.month);
    }
    case 'quarter': {
      const index = year * 4 + Math.floor((month - 1) / 3) + shift;
      return groupText(Math.floor(index / 4), 33 + (((index % 4) + 4) % 4));
    }
    case 'half': {
      const index = year * 2 + (month > 6 ? 1 : 0) + shift;
      return groupText(Math.floor(index / 2), 40 + (((index % 2) + 2) % 2));
    }
    case 'year':
      return yearText(year + shift);
    case 'decade':
      return `${yearText(Math.floor(year / 10) * 10 + 10 * shift).slice(0, 3)}X`;
    case 'century': {
      const first = Math.floor(year / 100) * 100 + 100 * shift;
      return `${yearText(first)}/${yearText(first + 99)}`;
    }
  }
}

/** Moves a day by units without widening it: ('month', 31 January, 1) → 28 February */
export function shiftDay(unit: Unit, n: number, count: number): number {
  switch (unit) {
    case 'day':
      return n + count;
    case 'week':
      return n + 7 * count;
    case 'fortnight':
      return n + 14 * count;
    case 'month':
      return addMonths(n, count);
    case 'quarter':
      return addMonths(n, 3 * count);
    case 'half':
      return addMonths(n, 6 * count);
    case 'year':
      return addMonths(n, 12 * count);
    case 'decade':
      return addMonths(n, 120 * count);
    case 'century':
      return addMonths(n, 1200 * count);
  }
}

export function groupText(year: number, code: number): string {
  return `${yearText(year)}-${code}`;
}

/** The days `lower` to `upper` as EDTF, a single day or a whole month in the short form. */
export function daySpan(lower: number, upper: number): string {
  if (lower === upper) return dayOfNumber(lower);
  const from = calendarDay(lower);
  const to = calendarDay(upper);
  const wholeMonth =
    from.year === to.year && from.month === to.month && from.day === 1 && to.day === daysInMonth(to.year, to.month);
  return wholeMonth ? monthText(from.year, from.month) : `${dayOfNumber(lower)}/${dayOfNumber(upper)}`;
}

/** The months `first` to `last`, counted from January of `year` = 0; a single one in the short form. */
export function monthSpan(year: number, first: number, last: number): string {
  const month = (index: number): string => monthText(year + Math.floor(index / 12), (((index % 12) + 12) % 12) + 1);
  return first === last ? month(first) : `${month(first)}/${month(last)}`;
}

export function fromSide(edtf: string): string {
  return edtf.split('/')[0] ?? edtf;
}

export function toSide(edtf: string): string {
  return edtf.split('/')[1] ?? edtf;
}

/** One interval from the start of the first to the end of the second; null when that is none. */
export function joinDates(first: string, second: string): string | null {
  const left = fromSide(first);
  const right = toSide(second);
  if (left === '..' || right === '..') return null;
  if (first === second) return first;
  const joined = `${left}/${right}`;
  return tryParseEdtf(joined) ? joined : null;
}

/** The weekend next to a day, the day and a bridging Friday included: Labor Day → Saturday to Monday, Thanksgiving → Thursday to Sunday */
export function weekendWith(edtf: string): string | null {
  if (!/^\d{4}-\d\d-\d\d~?$/.test(edtf)) return null;
  const day = dayNumber(edtf);
  const weekday = weekdayOf(day);
  const saturday = weekday <= 2 ? day - weekday - 1 : day - weekday + 6;
  return daySpan(Math.min(day, saturday), Math.max(day, saturday + 1));
}
