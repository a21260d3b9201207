import type { Unit } from './calendar.lexicon';
import { calendarUnit } from './calendar.units';
import { dayNumber } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import type { Reading, Scan } from './phrase.scan';

/** Longest span in days of an anchor from which a unit can be counted. */
export const ANCHOR_SPAN: Record<Unit, number> = {
  day: 1,
  week: 7,
  fortnight: 7,
  month: 31,
  quarter: 92,
  half: 184,
  year: 366,
  decade: 3660,
  century: 36_600,
};

export function fromAnchor(scan: Scan, unit: Unit, shift: number, end: number): Reading | null {
  const base = anchorDay(scan, unit);
  return base === null ? null : { end, edtf: calendarUnit(unit, base, shift), rule: 'relative.anchored' };
}

/** The day from which a unit is counted: null when the last date is too coarse for it. */
export function anchorDay(scan: Scan, unit: Unit): number | null {
  const anchor = scan.anchor;
  if (!anchor) return null;
  const lower = anchor.lower ?? anchor.upper;
  const upper = anchor.upper ?? anchor.lower;
  if (lower === null || upper === null) return null;
  return dayNumber(upper) - dayNumber(lower) < ANCHOR_SPAN[unit] ? dayNumber(upper) : null;
}

/** The same date in another year, of the same precision: ('2025-33', -1) → '2024-33' */
export function shiftYears(edtf: string, years: number): string | null {
  const moved = edtf
    .split('/')
    .map((side) =>
      side === '..' ? side : `${String(Number(side.slice(0, 4)) + years).padStart(4, '0')}${side.slice(4)}`,
    )
    .join('/')
    .replace(/-02-29/g, '-02-28');
  return /NaN/.test(moved) ? null : (tryParseEdtf(moved)?.edtf ?? null);
}
