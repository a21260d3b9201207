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
  if (text.length > LONGEST) throw new EdtfError(`${text.slice(0, LONGEST)}…`, `longer than ${LONGEST} characters`);
  const sides = text.split('/');
  if (sides.length === 1) return parseSingle(text, text);
  const [left, right] = sides;
  if (sides.length !== 2 || left === undefined || right === undefined) {
    throw new EdtfError(text, 'an interval has two sides');
  }
  if (left === '..' && right === '..') throw new EdtfError(text, 'an interval needs at least one bound');
  const from = left === '..' ? null : parseSingle(left, text);
  const to = right === '..' ? null : parseSingle(right, text);
  const lower = from?.lower ?? null;
  const upper = to?.upper ?? null;
  if (lower !== null && upper !== null && lower > upper) throw new EdtfError(text, 'it ends before it begins');
  const approximate = (from?.approximate ?? false) || (to?.approximate ?? false);
  return { edtf: text, lower, upper, precision: 'range', approximate };
}

/** {@link parseEdtf} with null in place of the error. */
export function tryParseEdtf(text: string): EdtfDate | null {
  try {
    return parseEdtf(text);
  } catch (error) {
    if (error instanceof EdtfError) return null;
    throw error;
  }
}

function parseSingle(single: string, whole: string): EdtfDate {
  const decade = DECADE.exec(single);
  if (decade) {
    const first = Number(`${decade[1]}0`);
    checkYear(first, whole);
    return span(single, `${decade[1]}0-01-01`, `${decade[1]}9-12-31`, 'decade', decade[2]);
  }
  const match = SINGLE.exec(single);
  if (!match) throw new EdtfError(whole, 'expected a form such as 2025-01-27, 2025-01, 2025, 2025-33, 201X or ../2028');
  const [, yearDigits = '', monthDigits, dayDigits, qualifier] = match;
  const year = Number(yearDigits);
  checkYear(year, whole);
  if (monthDigits === undefined) return span(single, `${yearDigits}-01-01`, `${yearDigits}-12-31`, 'year', qualifier);
  const month = Number(monthDigits);
  if (dayDigits !== undefined) {
    const day = Number(dayDigits);
    if (!isCalendarDay(year, month, day)) throw new EdtfError(whole, `there is no day ${single.slice(0, 10)}`);
    const text = dayText(year, month, day);
    return span(single, text, text, 'day', qualifier);
  }
  if (month >= 1 && month <= 12) {
    return span(single, dayText(year, month, 1), dayText(year, month, daysInMonth(year, month)), 'month', qualifier);
  }
  const grouping = GROUPINGS.get(month);
  if (!grouping) throw new EdtfError(whole, `there is no month or grouping ${monthDigits}`);
  const lower = dayOfNumber(numberOf(year, grouping.first + 1, 1));
  const upper = dayOfNumber(numberOf(year, grouping.last + 2, 1) - 1);
  return span(single, lower, upper, grouping.precision, qualifier);
}

function checkYear(year: number, whole: string): void {
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    throw new EdtfError(whole, `the year must be between ${FIRST_YEAR} and ${LAST_YEAR}`);
  }
}

function span(
  edtf: string,
  lower: string,
  upper: string,
  precision: Precision,
  qualifier: string | undefined,
): EdtfDate {
  return { edtf, lower, upper, precision, approximate: qualifier !== undefined };
}
