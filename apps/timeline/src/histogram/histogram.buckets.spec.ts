import { calendarDay, dayNumber, dayOfNumber, mondayOf } from '@themeline/dates';
import fc from 'fast-check';
import { dayCellOf, monthCellOf, readCell } from '../rollups/date.cell';
import { histogramOf, type Interval, INTERVALS } from './histogram.buckets';

const cell = (lower: string | null, upper: string | null, count = 1) => ({
  lower: lower === null ? null : dayNumber(lower),
  upper: upper === null ? null : dayNumber(upper),
  undated: false,
  approximate: false,
  count,
});
const anyTime = { first: null, last: null } as const;

test.each<[Interval, string[]]>([
  ['day', ['2024-02-29']],
  ['week', ['2024-02-26']],
  ['month', ['2024-02-01']],
  ['quarter', ['2024-01-01']],
  ['year', ['2024-01-01']],
])('a day is in one %s', (interval, starts) => {
  const { buckets } = histogramOf([cell('2024-02-29', '2024-02-29', 3)], { interval, imprecise: 'apart', ...anyTime });
  expect(buckets).toEqual(starts.map((start) => ({ start, count: 3 })));
});

test('a quarter is spread over its months by days, or counted apart', () => {
  const quarter = [cell('2024-01-01', '2024-03-31', 91)];
  const spread = histogramOf(quarter, { interval: 'month', imprecise: 'spread', ...anyTime });
  expect(spread.buckets).toEqual([
    { start: '2024-01-01', count: 31 },
    { start: '2024-02-01', count: 29 },
    { start: '2024-03-01', count: 31 },
  ]);
  const apart = histogramOf(quarter, { interval: 'month', imprecise: 'apart', ...anyTime });
  expect(apart).toMatchObject({ total: 91, buckets: [], apart: { imprecise: 91 } });
  const clipped = histogramOf(quarter, {
    interval: 'month',
    imprecise: 'spread',
    first: dayNumber('2024-03-01'),
    last: null,
  });
  expect(clipped).toMatchObject({ buckets: [{ start: '2024-03-01', count: 31 }], apart: { outside: 60 } });
});

test('open, undated and far too wide ones are counted apart', () => {
  const cells = [
    cell(null, '2024-03-31', 2),
    cell('2024-03-31', null, 3),
    { ...cell(null, '2024-03-31', 5), undated: true },
    cell('1000-01-01', '2199-12-31', 7),
  ];
  expect(histogramOf(cells, { interval: 'day', imprecise: 'spread', ...anyTime })).toEqual({
    total: 17,
    buckets: [],
    apart: { undated: 5, open: 5, imprecise: 7, outside: 0 },
  });
});

const day = fc.integer({ min: dayNumber('2019-11-20'), max: dayNumber('2024-03-05') });
const interval = fc.constantFrom(...INTERVALS);

/** The bucket of a day, by another way than the code's. */
function startOf(n: number, by: Interval): string {
  const text = dayOfNumber(n);
  const { year, month } = calendarDay(n);
  switch (by) {
    case 'day':
      return text;
    case 'week':
      return dayOfNumber(mondayOf(n));
    case 'month':
      return `${text.slice(0, 7)}-01`;
    case 'quarter':
      return `${String(year)}-${String(Math.ceil(month / 3) * 3 - 2).padStart(2, '0')}-01`;
    case 'year':
      return `${text.slice(0, 4)}-01-01`;
  }
}

test('property: spreading is counting every day of every event by its weight', () => {
  const cells = fc.array(fc.tuple(day, fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 9 })), {
    maxLength: 8,
  });
  const range = fc.tuple(fc.option(day), fc.option(day));
  fc.assert(
    fc.property(cells, interval, range, (rows, by, [a, b]) => {
      const [first, last] = a !== null && b !== null && a > b ? [b, a] : [a, b];
      const expected = new Map<string, number>();
      let outside = 0;
      for (const [lower, width, count] of rows) {
        for (let at = lower; at <= lower + width; at += 1) {
          const weight = count / (width + 1);
          if ((first !== null && at < first) || (last !== null && at > last)) outside += weight;
          else expected.set(startOf(at, by), (expected.get(startOf(at, by)) ?? 0) + weight);
        }
      }
      const found = histogramOf(
        rows.map(([lower, width, count]) => ({
          lower,
          upper: lower + width,
          undated: false,
          approximate: false,
          count,
        })),
        { interval: by, imprecise: 'spread', first, last },
      );
      expect(found.buckets.map(({ start }) => start)).toEqual([...expected.keys()].sort());
      for (const { start, count } of found.buckets) expect(count).toBeCloseTo(expected.get(start) ?? 0, 3);
      expect(found.apart.outside).toBeCloseTo(outside, 3);
    }),
    { numRuns: 60 },
  );
});

test('property: by month and wider, cells to the month count like cells to the day', () => {
  const row = fc.record({
    lower: fc.option(day),
    width: fc.option(fc.integer({ min: 0, max: 500 })),
    dated: fc.boolean(),
    approximate: fc.boolean(),
  });
  const wide = fc.constantFrom<Interval>('month', 'quarter', 'year');
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), wide, fc.constantFrom('spread', 'apart'), (rows, by, imprecise) => {
      const fields = rows.map(({ lower, width, ...rest }) => ({
        lower,
        upper: width === null ? null : (lower ?? 19_000) + width,
        ...rest,
      }));
      const draw = (keys: readonly string[]) =>
        histogramOf(
          keys.map((key) => ({ ...readCell(key), count: 1 })),
          { interval: by, imprecise, ...anyTime },
        );
      const fine = draw(fields.map((field) => dayCellOf(field).key));
      const coarse = draw(fields.map(monthCellOf));
      expect(coarse.buckets.map(({ start }) => start)).toEqual(fine.buckets.map(({ start }) => start));
      coarse.buckets.forEach(({ count }, index) => expect(count).toBeCloseTo(fine.buckets[index]?.count ?? 0, 3));
      expect(coarse.apart).toEqual(fine.apart);
    }),
    { numRuns: 60 },
  );
});
