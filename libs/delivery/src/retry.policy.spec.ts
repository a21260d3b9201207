import * as fc from 'fast-check';
import { DEFAULT_RETRY_SECONDS, nextAttempt, parseRetryAfter, retryScheduleFromEnv } from './retry.policy';

const NOW = new Date('2026-02-02T12:00:00.000Z');
const secondsFrom = (date: Date | null): number | null =>
  date === null ? null : (date.getTime() - NOW.getTime()) / 1000;

describe('nextAttempt', () => {
  test.each([
    [1, 5],
    [2, 300],
    [3, 1_800],
    [4, 7_200],
    [5, 18_000],
    [6, 36_000],
    [7, 36_000],
    [8, null],
    [100, null],
  ])('after %i attempts: %s s', (attempts, seconds) => {
    expect(secondsFrom(nextAttempt(DEFAULT_RETRY_SECONDS, attempts, NOW, 0.5))).toBe(seconds);
  });

  test.each([
    [0, 240],
    [0.25, 270],
    [0.5, 300],
    [1, 360],
  ])('random %s: %i s', (random, seconds) => {
    expect(secondsFrom(nextAttempt(DEFAULT_RETRY_SECONDS, 2, NOW, random))).toBeCloseTo(seconds, 3);
  });

  test.each([
    ['later than planned', 600, 600],
    ['earlier than planned', 10, 300],
    ['in the past', -100, 300],
    ['too far ahead', 10 * 86_400, 86_400],
  ])('Retry-After %s', (_what, asked, seconds) => {
    const retryAfter = new Date(NOW.getTime() + asked * 1000);
    expect(secondsFrom(nextAttempt(DEFAULT_RETRY_SECONDS, 2, NOW, 0.5, retryAfter))).toBe(seconds);
  });

  test('Retry-After does not revive a dead delivery', () => {
    expect(nextAttempt([5], 2, NOW, 0.5, new Date(NOW.getTime() + 1000))).toBeNull();
  });

  test('lies within ±20 % of the schedule', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, random) => {
          const planned = DEFAULT_RETRY_SECONDS[attempts - 1] ?? 0;
          const seconds = secondsFrom(nextAttempt(DEFAULT_RETRY_SECONDS, attempts, NOW, random)) ?? 0;
          expect(seconds).toBeGreaterThanOrEqual(planned * 0.8 - 0.001);
          expect(seconds).toBeLessThanOrEqual(planned * 1.2 + 0.001);
        },
      ),
    );
  });
});

test.each([
  ['120', 120],
  [' 0 ', 0],
  ['Mon, 02 Feb 2026 12:05:00 GMT', 300],
  ['Mon, 02 Feb 2026 11:55:00 GMT', -300],
  [undefined, null],
  ['', null],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['2026-02-02', null],
  ['Monday', null],
  ['9999999999', null],
])('Retry-After: %s', (header, seconds) => {
  expect(secondsFrom(parseRetryAfter(header, NOW))).toBe(seconds);
});

describe('retryScheduleFromEnv', () => {
  test.each([
    [undefined, DEFAULT_RETRY_SECONDS],
    ['', []],
    ['5,300,1800', [5, 300, 1800]],
    [' 0.05 , 1', [0.05, 1]],
  ])('%s', (value, schedule) => {
    expect(retryScheduleFromEnv(value)).toEqual(schedule);
  });

  test.each([
    ['5,x', "'x'"],
    ['5,,6', "''"],
    ['-1', "'-1'"],
    ['5 6', "'5 6'"],
  ])('%s is refused', (value, named) => {
    expect(() => retryScheduleFromEnv(value)).toThrow(`DELIVERY_RETRY_SECONDS: not a number of seconds: ${named}`);
  });
});
