import { calendarDay, numberOf } from '@themeline/dates';
import type { SearchFields } from '../timeline.collections';

/** What events are alike in for a histogram: their days. Day numbers, null where open. */
export interface DateCell {
  lower: number | null;
  upper: number | null;
  /** Without a date of its own: its bounds do not count. */
  undated: boolean;
  approximate: boolean;
}

export const UNDATED_CELL = 'u';

/** The cell to the day, and in which year it is filed: `{year: '2024', key: '19723_19753~'}`; `~` is approximate, an open side empty. */
export function dayCellOf(row: Pick<SearchFields, 'lower' | 'upper' | 'dated' | 'approximate'>): {
  year: string;
  key: string;
} {
  const { lower, upper, dated, approximate } = row;
  const begin = lower ?? upper;
  if (!dated || begin === null) return { year: UNDATED_CELL, key: UNDATED_CELL };
  return {
    year: String(calendarDay(begin).year),
    key: `${side(lower)}_${side(upper)}${approximate ? '~' : ''}`,
  };
}

/** The cell to the month: `m650` is all that lies within February 2024, whatever its days; wider intervals are as to the day. */
export function monthCellOf(row: Pick<SearchFields, 'lower' | 'upper' | 'dated' | 'approximate'>): string {
  const { lower, upper, dated, approximate } = row;
  if (dated && lower !== null && upper !== null) {
    const month = monthOf(lower);
    if (month === monthOf(upper)) return `m${String(month)}${approximate ? '~' : ''}`;
  }
  return dayCellOf(row).key;
}

/** The inverse of both. Of a month's cell the days are those of the month. */
export function readCell(key: string): DateCell {
  if (key === UNDATED_CELL) return { lower: null, upper: null, undated: true, approximate: false };
  const approximate = key.endsWith('~');
  const plain = approximate ? key.slice(0, -1) : key;
  if (plain.startsWith('m')) {
    const month = Number(plain.slice(1));
    return { lower: firstOfMonth(month), upper: firstOfMonth(month + 1) - 1, undated: false, approximate };
  }
  const [lower = '', upper = ''] = plain.split('_');
  return {
    lower: lower === '' ? null : Number(lower),
    upper: upper === '' ? null : Number(upper),
    undated: false,
    approximate,
  };
}

const side = (day: number | null): string => (day === null ? '' : String(day));

/** Months since January 1970. */
function monthOf(day: number): number {
  const { year, month } = calendarDay(day);
  return (year - 1970) * 12 + month - 1;
}

function firstOfMonth(month: number): number {
  const year = 1970 + Math.floor(month / 12);
  return numberOf(year, month - (year - 1970) * 12 + 1, 1);
}
