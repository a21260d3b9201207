import { dayNumber } from './day.math';

/**
 * First and last day inclusive, null = open; an undated thing is open on both sides. An {@link EdtfDate} is one.
 * What is approximate may lie a little outside its bounds: it can be possible, never certain.
 */
export interface DayInterval {
  lower: string | null;
  upper: string | null;
  approximate?: boolean;
}

/** Do they possibly have a day in common? Undated: always. */
export function overlaps(a: DayInterval, b: DayInterval): boolean {
  return lowest(a) <= highest(b) && lowest(b) <= highest(a);
}

/** Does `a` lie certainly inside `b`? Never for an approximate date, and for an open one only where `b` is open too. */
export function within(a: DayInterval, b: DayInterval): boolean {
  return certain(a, b) && lowest(b) <= lowest(a) && highest(a) <= highest(b);
}

/** Can `a` have been on an earlier day than `b`? */
export function possiblyBefore(a: DayInterval, b: DayInterval): boolean {
  return lowest(a) < highest(b);
}

/** Was the last day of `a` before the first of `b`, with neither approximate? */
export function certainlyBefore(a: DayInterval, b: DayInterval): boolean {
  return certain(a, b) && highest(a) < lowest(b);
}

/** Days from the end of the one to the start of the other, 0 when they overlap: 3 June and 5 June → 2. */
export function gapInDays(a: DayInterval, b: DayInterval): number {
  return Math.max(0, lowest(b) - highest(a), lowest(a) - highest(b));
}

/** Number of days, 1 for a single day, Infinity when open on a side. */
export function spanInDays(a: DayInterval): number {
  return highest(a) - lowest(a) + 1;
}

/** The bound that stands behind an undated event: what occurred did so by the day of publication, the rest comes from then on. */
export function fallbackBounds(status: 'occurred' | 'planned' | 'forecast', publishedDay: string): DayInterval {
  switch (status) {
    case 'occurred':
      return { lower: null, upper: publishedDay };
    case 'planned':
    case 'forecast':
      return { lower: publishedDay, upper: null };
  }
}

function certain(a: DayInterval, b: DayInterval): boolean {
  return a.approximate !== true && b.approximate !== true;
}

function lowest(a: DayInterval): number {
  return a.lower === null ? -Infinity : dayNumber(a.lower);
}

function highest(a: DayInterval): number {
  return a.upper === null ? Infinity : dayNumber(a.upper);
}
