import { dayOfNumber, daysInMonth, dayText, isCalendarDay, numberOf } from './day.math';

export type Precision = 'day' | 'month' | 'season' | 'quarter' | 'half' | 'year' | 'decade' | 'range' | 'none';

/**
 * A date as ISO 8601-2 (EDTF) writes it, with its bounds: first and last day inclusive, 'YYYY-MM-DD', null where open.
 * `{edtf: '2025-33', lower: '2025-01-01', upper: '2025-03-31', precision: 'quarter', approximate: false}`
 */
export interface EdtfDate {
  edtf: string;
  lower: string | null;
  upper: string | null;
  precision: Precision;
  /** qualified by `~`, `?` or `%`; the qualifier does not widen the bounds */
  approximate: boolean;
}

const FIRST_YEAR = 1000;
const LAST_YEAR = 2199;

/** `invalid EDTF date '2025-02-30': February 2025 has no day 30` */
export class EdtfError extends Error {
  readonly code = 'invalid-edtf';
  readonly value: string;

  constructor(value: string, reason: string) {
    super(`invalid EDTF date '${value}': ${reason}`);
    this.name = 'EdtfError';
    this.value = value;
  }
}

/** ISO 8601-2 codes in the place of the month, with the months that they span, counted from January of the year (12 = January of the next year). */
const GROUPINGS: ReadonlyMap<number, { first: number; last: number; precision: Precision }> = new Map([
  [21, { first: 2, last: 4, precision: 'season' }],
  [22, { first: 5, last: 7, precision: 'season' }],
  [23, { first: 8, last: 10, precision: 'season' }],
  [24, { first: 11, last: 13, precision: 'season' }],
  [33, { first: 0, last: 2, precision: 'quarter' }],
  [34, { first: 3, last: 5, precision: 'quarter' }],
  [35, { first: 6, last: 8, precision: 'quarter' }],
  [36, { first: 9, last: 11, precision: 'quarter' }],
  [40, { first: 0, last: 5, precision: 'half' }],
  [41, { first: 6, last: 11, precision: 'half' }],
]);

const LONGEST = 64;
const SINGLE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%])?$/;
const DECADE = /^(\d{3})X([~?%])?$/;

/**
 * Reads a date of the subset: day, month, year, season 21–24, quarter 33–36, half 40–41, decade `201X`, suffix `~ ? %`,
 * intervals `a/b`, `../b`, `a/..`. Throws {@link EdtfError}, which names the value.
 * `parseEdtf('../2028')` → `{edtf: '../2028', lower: null, upper: '2028-12-31', precision: 'range', approximate: false}`
 */
export function parseEdtf(text: string): EdtfDate {
  const read = readEdtf(text);
  if (typeof read === 'string') throw new EdtfError(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, read);
  return read;
}

/** {@link parseEdtf} with null in place of the error. */
export function tryParseEdtf(text: string): EdtfDate | null {
  const read = readEdtf(text);
  return typeof read === 'string' ? null : read;
}

/** The date, or the reason why it is none: readers of texts try far more than they keep, so that no error is made for those. */
function readEdtf(text: string): EdtfDate | string {
  if (text.length > LONGEST) return `longer than ${LONGEST} characters`;
  const slash = text.indexOf('/');
  if (slash < 0) return parseSingle(text);
  const [left, right] = [text.slice(0, slash), text.slice(slash + 1)];
  if (right.includes('/')) return 'an interval has two sides';
  if (left === '..' && right === '..') return 'an interval needs at least one bound';
  const from = left === '..' ? null : parseSingle(left);
  if (typeof from === 'string') return from;
  const to = right === '..' ? null : parseSingle(right);
  if (typeof to === 'string') return to;
  const lower = from?.lower ?? null;
  const upper = to?.upper ?? null;
  if (lower !== null && upper !== null && lower > upper) return 'it ends before it begins';
  const approximate = (from?.approximate ?? false) || (to?.approximate ?? false);
  return { edtf: text, lower, upper, precision: 'range', approximate };
}

function parseSingle(single: string): EdtfDate | string {
  const decade = DECADE.exec(single);
  if (decade) {
    return (
      yearError(Number(`${decade[1]}0`)) ??
      span(single, `${decade[1]}0-01-01`, `${decade[1]}9-12-31`, 'decade', decade[2])
    );
  }
  const match = SINGLE.exec(single);
  if (!match) return 'expected a form such as 2025-01-27, 2025-01, 2025, 2025-33, 201X or ../2028';
  const [, yearDigits = '', monthDigits, dayDigits, qualifier] = match;
  const year = Number(yearDigits);
  const wrongYear = yearError(year);
  if (wrongYear !== null) return wrongYear;
  if (monthDigits === undefined) return span(single, `${yearDigits}-01-01`, `${yearDigits}-12-31`, 'year', qualifier);
  const month = Number(monthDigits);
  if (dayDigits !== undefined) {
    const day = Number(dayDigits);
    if (!isCalendarDay(year, month, day)) return `there is no day ${single.slice(0, 10)}`;
    const text = dayText(year, month, day);
    return span(single, text, text, 'day', qualifier);
  }
  if (month >= 1 && month <= 12) {
    return span(single, dayText(year, month, 1), dayText(year, month, daysInMonth(year, month)), 'month', qualifier);
  }
  const grouping = GROUPINGS.get(month);
  if (!grouping) return `there is no month or grouping ${monthDigits}`;
  const lower = dayOfNumber(numberOf(year, grouping.first + 1, 1));
  const upper = dayOfNumber(numberOf(year, grouping.last + 2, 1) - 1);
  return span(single, lower, upper, grouping.precision, qualifier);
}

const yearError = (year: number): string | null =>
  year < FIRST_YEAR || year > LAST_YEAR ? `the year must be between ${FIRST_YEAR} and ${LAST_YEAR}` : null;

function span(
  edtf: string,
  lower: string,
  upper: string,
  precision: Precision,
  qualifier: string | undefined,
): EdtfDate {
  return { edtf, lower, upper, precision, approximate: qualifier !== undefined };
}
