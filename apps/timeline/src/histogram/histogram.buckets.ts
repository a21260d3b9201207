import { addMonths, calendarDay, dayOfNumber, mondayOf, numberOf } from '@themeline/dates';
import type { DateCell } from '../rollups/date.cell';

export const INTERVALS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];

export interface BucketOptions {
  interval: Interval;
  /** A date wider than a bucket is spread over its days by weight, or counted apart. */
  imprecise: 'spread' | 'apart';
  /** Day numbers between which buckets are wanted; null where open. */
  first: number | null;
  last: number | null;
}

/** `total` is the sum of all others, to rounding. */
export interface Histogram {
  total: number;
  /** By first day; those without events are left out. Counts of what is spread are not whole. */
  buckets: { start: string; count: number }[];
  apart: {
    undated: number;
    /** Open on a side. */
    open: number;
    /** Wider than a bucket, when not spread; when spread, wider than a thousand. */
    imprecise: number;
    /** What lies before the first day asked for, or after the last. */
    outside: number;
  };
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
/** What is wider than so many buckets says nothing of any of them. */
const MAX_SPREAD = 1_000;
const DECIMALS = 1e4;

/** The first day of the bucket that holds the day; weeks begin on Monday. */
export function bucketOf(day: number, interval: Interval): number {
  switch (interval) {
    case 'day':
      return day;
    case 'week':
      return mondayOf(day);
    case 'month':
    case 'quarter':
    case 'year': {
      const { year, month } = calendarDay(day);
      const months = MONTHS[interval];
      return numberOf(year, month - ((month - 1) % months), 1);
    }
  }
}

/** The first day of the bucket after the one that begins there. */
export function nextBucket(start: number, interval: Interval): number {
  switch (interval) {
    case 'day':
      return start + 1;
    case 'week':
      return start + 7;
    case 'month':
    case 'quarter':
    case 'year':
      return addMonths(start, MONTHS[interval]);
  }
}

type Apart = keyof Histogram['apart'];

/** Where events of the same days go: so much of each to buckets, by first day, and what is left of it apart. */
export interface Place {
  shares: readonly { start: number; share: number }[];
  apart: Apart;
  /** What of one event is in no bucket: 0 to 1. */
  left: number;
}

/** Finds the places of days: many events ask for the same buckets, whose ends are worked out once. */
export function placing(options: BucketOptions): (cell: DateCell) => Place {
  const { interval, imprecise } = options;
  const first = options.first ?? -Infinity;
  const last = options.last ?? Infinity;
  const buckets = bucketsOf(interval);
  return ({ lower, upper, undated }) => {
    if (undated) return allApart('undated');
    if (lower === null || upper === null) return allApart('open');
    if (upper < first || lower > last) return allApart('outside');
    const start = buckets.of(lower);
    const whole = upper < buckets.after(start) && lower >= first && upper <= last;
    if (whole) return { shares: [{ start, share: 1 }], apart: 'outside', left: 0 };
    if (imprecise === 'apart' || isTooWide(lower, upper, interval)) return allApart('imprecise');
    return spread({ lower, upper }, buckets, first, last);
  };
}

const allApart = (apart: Apart): Place => ({ shares: [], apart, left: 1 });

/** What so many events at their places come to. */
export function drawn(placed: Iterable<{ place: Place; count: number }>): Histogram {
  const counts = new Map<number, number>();
  const apart = { undated: 0, open: 0, imprecise: 0, outside: 0 };
  let total = 0;
  for (const { place, count } of placed) {
    total += count;
    apart[place.apart] += count * place.left;
    for (const { start, share } of place.shares) counts.set(start, (counts.get(start) ?? 0) + count * share);
  }
  return {
    total,
    buckets: [...counts]
      .filter(([, count]) => count !== 0)
      .sort(([a], [b]) => a - b)
      .map(([start, count]) => ({ start: dayOfNumber(start), count: round(count) })),
    apart: { ...apart, outside: round(apart.outside) },
  };
}

/**
 * Events by time. `[{lower, upper of February 2024, count: 29}]` by week, spread → 4 on the week from 29 January, 7 on each of the
 * next three, and so on. A function of its arguments.
 */
export function histogramOf(cells: Iterable<DateCell & { count: number }>, options: BucketOptions): Histogram {
  const placeOf = placing(options);
  return drawn(Array.from(cells, (cell) => ({ place: placeOf(cell), count: cell.count })));
}

interface Buckets {
  /** The first day of the bucket that a day lies in. */
  of(day: number): number;
  /** The first day of the bucket after the one that begins there. */
  after(start: number): number;
}

/** The buckets of one histogram: many cells ask for the same ends, which are worked out once. */
function bucketsOf(interval: Interval): Buckets {
  const ends = new Map<number, number>();
  return {
    of: (day) => bucketOf(day, interval),
    after: (start) => {
      const known = ends.get(start);
      if (known !== undefined) return known;
      const end = nextBucket(start, interval);
      ends.set(start, end);
      return end;
    },
  };
}

/** Gives each bucket its share of the days; what lies outside is left. */
function spread(
  { lower, upper }: { lower: number; upper: number },
  buckets: Buckets,
  first: number,
  last: number,
): Place {
  const days = upper - lower + 1;
  const from = Math.max(lower, first);
  const to = Math.min(upper, last);
  const shares: { start: number; share: number }[] = [];
  for (let start = buckets.of(from); start <= to;) {
    const next = buckets.after(start);
    shares.push({ start, share: (Math.min(to, next - 1) - Math.max(from, start) + 1) / days });
    start = next;
  }
  return { shares, apart: 'outside', left: 1 - (to - from + 1) / days };
}

const DAYS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const;
const isTooWide = (lower: number, upper: number, interval: Interval): boolean =>
  (upper - lower) / DAYS[interval] > MAX_SPREAD;

const round = (count: number): number => Math.round(count * DECIMALS) / DECIMALS;
