import { monthText } from './day.math';
import type { Measured, Reading, Scan } from './phrase.scan';

/** A month of a certain year, `value` from 1 to 12. */
export interface NamedMonth extends Measured {
  year: number;
}

/** "last March" is the latest one before this month, "next March" the first one after it. */
export function namedMonth(scan: Scan, at: number): NamedMonth | null {
  const name = scan.monthName(at + 1);
  if (!name || scan.token(name.end)?.kind === 'number' || !(scan.token(at + 1)?.capital ?? false)) return null;
  const year = yearOf(scan, scan.word(at), name.value);
  return year === null ? null : { ...name, year };
}

export function namedMonthRule(scan: Scan, at: number): Reading | null {
  const month = namedMonth(scan, at);
  return month && { end: month.end, edtf: monthText(month.year, month.value), rule: 'relative.named-month' };
}

function yearOf(scan: Scan, word: string, month: number): number | null {
  switch (word) {
    case 'last':
    case 'past':
    case 'previous':
      return month < scan.month ? scan.year : scan.year - 1;
    case 'next':
    case 'coming':
    case 'upcoming':
      return month > scan.month ? scan.year : scan.year + 1;
    case 'this':
      return scan.year;
    default:
      return null;
  }
}
