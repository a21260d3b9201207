import * as fc from 'fast-check';
import {
  certainlyBefore,
  type DayInterval,
  dayNumber,
  dayOfNumber,
  fallbackBounds,
  gapInDays,
  overlaps,
  parseEdtf,
  possiblyBefore,
  spanInDays,
  within,
} from './index';

const UNDATED: DayInterval = { lower: null, upper: null };

test.each([
  ['2025', '2025-01', true],
  ['2025-01', '2025-02', false],
  ['../2028', '2025-01', true],
  ['../2024', '2025-01', false],
  ['2031/..', '2040', true],
  ['2031/..', '../2030', false],
  ['2015~', '2015-06', true],
])('%s overlaps %s: %s', (a, b, expected) => {
  expect(overlaps(parseEdtf(a), parseEdtf(b))).toBe(expected);
});

test.each([
  ['2025-01', '2025', true],
  ['2025', '2025-01', false],
  ['2025', '2025', true],
  ['2025-01~', '2025', false],
  ['2025-01', '2025~', false],
  ['../2024', '../2025', true],
  ['../2024', '2020/2025', false],
])('%s within %s: %s', (a, b, expected) => {
  expect(within(parseEdtf(a), parseEdtf(b))).toBe(expected);
});

test.each([
  ['2024', '2025', true, true],
  ['2024', '2024-06', true, false],
  ['2025', '2024', false, false],
  ['2024~', '2025', true, false],
  ['../2024', '2025', true, true],
  ['2024/..', '2025', true, false],
])('%s before %s: possibly %s, certainly %s', (a, b, possibly, certainly) => {
  expect(possiblyBefore(parseEdtf(a), parseEdtf(b))).toBe(possibly);
  expect(certainlyBefore(parseEdtf(a), parseEdtf(b))).toBe(certainly);
});

test.each([
  ['2025-01-01', '2025-01-01', 0],
  ['2025-01-01', '2025-01-02', 1],
  ['2025-06-05', '2025-06-03', 2],
  ['2025-01', '2025-01-20', 0],
  ['../2024', '2025-01-10', 10],
])('from %s to %s: %i days', (a, b, days) => {
  expect(gapInDays(parseEdtf(a), parseEdtf(b))).toBe(days);
});

test('an undated thing overlaps everything and is certain of nothing', () => {
  const day = parseEdtf('2025-01-27');
  expect(overlaps(UNDATED, day)).toBe(true);
  expect(within(UNDATED, day)).toBe(false);
  expect(certainlyBefore(UNDATED, day)).toBe(false);
  expect(gapInDays(UNDATED, day)).toBe(0);
  expect(spanInDays(UNDATED)).toBe(Infinity);
});

test('spans count both ends', () => {
  expect(spanInDays(parseEdtf('2025-01-27'))).toBe(1);
  expect(spanInDays(parseEdtf('2024-02'))).toBe(29);
  expect(spanInDays(parseEdtf('../2024'))).toBe(Infinity);
});

test('an undated event is bounded by its publication', () => {
  expect(fallbackBounds('occurred', '2025-04-20')).toEqual({ lower: null, upper: '2025-04-20' });
  expect(fallbackBounds('planned', '2025-04-20')).toEqual({ lower: '2025-04-20', upper: null });
  expect(fallbackBounds('forecast', '2025-04-20')).toEqual({ lower: '2025-04-20', upper: null });
});

const interval: fc.Arbitrary<DayInterval> = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 60 }), fc.boolean(), fc.boolean())
  .map(([first, length, openLeft, openRight]) => ({
    lower: openLeft ? null : dayOfNumber(first),
    upper: openRight ? null : dayOfNumber(first + length),
  }));

test('the relations agree with each other', () => {
  fc.assert(
    fc.property(interval, interval, (a, b) => {
      expect(overlaps(a, b)).toBe(overlaps(b, a));
      expect(gapInDays(a, b)).toBe(gapInDays(b, a));
      expect(gapInDays(a, b) === 0).toBe(overlaps(a, b));
      expect(certainlyBefore(a, b) && overlaps(a, b)).toBe(false);
      if (within(a, b)) expect(overlaps(a, b)).toBe(true);
      if (certainlyBefore(a, b)) expect(possiblyBefore(a, b)).toBe(true);
      expect(overlaps(a, b) || certainlyBefore(a, b) || certainlyBefore(b, a)).toBe(true);
    }),
  );
});

test('lying within and lying before carry over', () => {
  fc.assert(
    fc.property(interval, interval, interval, (a, b, c) => {
      if (within(a, b) && within(b, c)) expect(within(a, c)).toBe(true);
      if (within(a, b) && overlaps(a, c)) expect(overlaps(b, c)).toBe(true);
      if (certainlyBefore(a, b) && certainlyBefore(b, c)) {
        expect(certainlyBefore(a, c)).toBe(true);
        expect(gapInDays(a, c)).toBe(gapInDays(a, b) + spanInDays(b) - 1 + gapInDays(b, c));
      }
      expect(spanInDays(a)).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 2_000 },
  );
});

test('days and their numbers are inverse', () => {
  expect(dayNumber('1970-01-02')).toBe(1);
  fc.assert(fc.property(fc.integer({ min: -300_000, max: 80_000 }), (n) => dayNumber(dayOfNumber(n)) === n));
});
