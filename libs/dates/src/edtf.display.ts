import { calendarDay, dayNumber, daysInMonth } from './day.math';
import { parseEdtf } from './edtf.parser';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const SEASONS: Record<string, string> = { '21': 'spring', '22': 'summer', '23': 'autumn' };
const THIRDS_OF_YEAR: Record<string, string> = { '01/04': 'early ', '05/08': 'mid-', '09/12': 'late ' };

/**
 * A date for people, in British order: '29 January 2025', 'Q2 2025', 'first half of 2025', 'early March 2025', 'mid-2024', 'by 2028',
 * 'from 20 April 2025', 'about 2015', 'the 2010s', '3–7 June 2024'; null is 'undated'. Throws EdtfError for what is no EDTF date.
 */
export function displayDate(edtf: string | null): string {
  if (edtf === null) return 'undated';
  parseEdtf(edtf);
  const [left = '', right] = edtf.split('/');
  if (right === undefined) return displaySingle(left);
  if (left === '..') return `by ${displaySingle(right)}`;
  if (right === '..') return `from ${displaySingle(left)}`;
  return displayInterval(left, right);
}

function displaySingle(single: string): string {
  const qualifier = /[~?%]$/.exec(single)?.[0];
  const plain = displayPlain(qualifier ? single.slice(0, -1) : single);
  switch (qualifier) {
    case '~':
      return `about ${plain}`;
    case '?':
      return `possibly ${plain}`;
    case '%':
      return `possibly about ${plain}`;
    default:
      return plain;
  }
}

function displayPlain(single: string): string {
  if (single.endsWith('X')) return `the ${single.slice(0, 3)}0s`;
  const [year = '', code, day] = single.split('-');
  if (code === undefined) return year;
  const number = Number(code);
  if (day !== undefined) return `${Number(day)} ${monthName(number)} ${year}`;
  if (number <= 12) return `${monthName(number)} ${year}`;
  if (number === 24) return winter(Number(year));
  if (number < 24) return `${SEASONS[code] ?? ''} ${year}`;
  if (number < 40) return `Q${number - 32} ${year}`;
  return `${number === 40 ? 'first' : 'second'} half of ${year}`;
}

function displayInterval(left: string, right: string): string {
  return (
    (sameShape(left, right, 7) ? displayMonths(left, right) : null) ??
    (sameShape(left, right, 10) ? displayDays(left, right) : null) ??
    (sameShape(left, right, 4) ? `${left}–${right}` : `${displaySingle(left)} – ${displaySingle(right)}`)
  );
}

const sameShape = (left: string, right: string, length: number): boolean =>
  left.length === length && right.length === length && /^[\d-]+$/.test(left + right);

function displayMonths(left: string, right: string): string | null {
  const year = left.slice(0, 4);
  const third = THIRDS_OF_YEAR[`${left.slice(5)}/${right.slice(5)}`];
  if (third !== undefined && right.startsWith(year)) return `${third}${year}`;
  if (left.endsWith('-12') && right === `${Number(year) + 1}-02`) return winter(Number(year));
  return null;
}

function displayDays(left: string, right: string): string {
  const from = calendarDay(dayNumber(left));
  const to = calendarDay(dayNumber(right));
  if (from.year !== to.year) return `${displayPlain(left)} – ${displayPlain(right)}`;
  if (from.month !== to.month) return `${from.day} ${monthName(from.month)} – ${displayPlain(right)}`;
  const month = `${monthName(from.month)} ${from.year}`;
  if (from.day === 1 && to.day === 10) return `early ${month}`;
  if (from.day === 11 && to.day === 20) return `mid-${month}`;
  if (from.day === 21 && to.day === daysInMonth(from.year, from.month)) return `late ${month}`;
  return from.day === to.day ? displayPlain(left) : `${from.day}–${to.day} ${month}`;
}

function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

function winter(year: number): string {
  return `winter ${year}–${String(year + 1).slice(-2)}`;
}
