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

/**
 * Events by time. `[{lower, upper of February 2024, count: 29}]` by week, spread → 4 on the week from 29 January, 7 on each of the
 * next three, and so on. A function of its arguments.
 */
export function histogramOf(cells: Iterable<DateCell & { count: number }>, options: BucketOptions): Histogram {
  const { interval, imprecise } = options;
  const first = options.first ?? -Infinity;
  const last = options.last ?? Infinity;
  const counts = new Map<number, number>();
  const apart = { undated: 0, open: 0, imprecise: 0, outside: 0 };
  const add = (start: number, count: number): void => void counts.set(start, (counts.get(start) ?? 0) + count);
  const buckets = bucketsOf(interval);
  let total = 0;
  for (const { lower, upper, undated, count } of cells) {
    total += count;
    if (undated) apart.undated += count;
    else if (lower === null || upper === null) apart.open += count;
    else if (upper < first || lower > last) apart.outside += count;
    else {
      const start = buckets.of(lower);
      const whole = upper < buckets.after(start) && lower >= first && upper <= last;
      if (whole) add(start, count);
      else if (imprecise === 'apart' || isTooWide(lower, upper, interval)) apart.imprecise += count;
      else apart.outside += spread({ lower, upper, count }, buckets, first, last, add);
    }
  }
  return {
    total,
    buckets: [...counts]
      .filter(([, count]) => count !== 0)
      .sort(([a], [b]) => a - b)
      .map(([start, count]) => ({ start: dayOfNumber(start), count: round(count) })),
    apart: {
      undated: apart.undated,
      open: apart.open,
      imprecise: apart.imprecise,
      outside: round(apart.outside),
    },
  };
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

/** Gives each bucket its share of the days, and answers the share that lies outside. */
function spread(
  { lower, upper, count }: { lower: number; upper: number; count: number },
  buckets: Buckets,
  first: number,
  last: number,
  add: (start: number, count: number) => void,
): number {
  const perDay = count / (upper - lower + 1);
  const from = Math.max(lower, first);
  const to = Math.min(upper, last);
  for (let start = buckets.of(from); start <= to;) {
    const next = buckets.after(start);
    add(start, perDay * (Math.min(to, next - 1) - Math.max(from, start) + 1));
    start = next;
  }
  return count - perDay * (to - from + 1);
}

const DAYS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const;
const isTooWide = (lower: number, upper: number, interval: Interval): boolean =>
  (upper - lower) / DAYS[interval] > MAX_SPREAD;

const round = (count: number): number => Math.round(count * DECIMALS) / DECIMALS;
