import {
  backOff,
  jittered,
  LONGEST_MS,
  maxAgeMs,
  nextInterval,
  outsideSkipped,
  retryAfterMs,
  scattered,
  rhythmOf,
  SHORTEST_MS,
} from './poll.schedule';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const facts = { intervalMs: HOUR, rhythmMs: null, silentMs: null, fresh: false, publisherMs: null, ownerMs: null };

test.each([
  ['a third of the usual gap', { rhythmMs: 3 * HOUR }, HOUR],
  ['five minutes at least', { rhythmMs: MINUTE }, SHORTEST_MS],
  ['a day at most', { rhythmMs: 1_000 * HOUR }, LONGEST_MS],
  ['no sooner than the publisher wants', { rhythmMs: HOUR, publisherMs: 2 * HOUR }, 2 * HOUR],
  ['as the owner wants', { rhythmMs: HOUR, publisherMs: 2 * HOUR, ownerMs: 10 * MINUTE }, 10 * MINUTE],
  ['without dates shorter after news', { fresh: true }, HOUR / 2],
  ['without dates longer without news', {}, 1.5 * HOUR],
  ['ever longer where it is quiet', { rhythmMs: HOUR, silentMs: 100 * HOUR }, 5 * HOUR],
])('the next interval: %s', (_, changed, expected) => {
  expect(nextInterval({ ...facts, ...changed })).toBe(expected);
});

test('the rhythm is the median of the gaps between the newest dates, each counted once', () => {
  expect(rhythmOf([0, HOUR, 2 * HOUR, 2 * HOUR, 50 * HOUR])).toBe(HOUR);
  expect(rhythmOf([0, HOUR])).toBeNull();
});

test('failures double the interval up to a day, and Retry-After counts up to a week', () => {
  expect([1, 2, 3, 30].map((failures) => backOff(HOUR, failures, null))).toEqual([
    HOUR,
    2 * HOUR,
    4 * HOUR,
    LONGEST_MS,
  ]);
  expect(backOff(HOUR, 1, 12 * HOUR)).toBe(12 * HOUR);
  expect(backOff(HOUR, 1, 1_000_000 * HOUR)).toBe(7 * 24 * HOUR);
});

test('jitter is a tenth either way, but never before the time that was asked for', () => {
  expect([jittered(HOUR, 0), jittered(HOUR, 0.5)]).toEqual([0.9 * HOUR, HOUR]);
  expect(jittered(HOUR, 0, HOUR)).toBe(HOUR);
});

test('after its first poll a feed may be polled any time within its interval, but not before it asks', () => {
  expect([0, 0.5, 0.99].map((random) => scattered(HOUR, random))).toEqual([SHORTEST_MS, HOUR / 2, 0.99 * HOUR]);
  expect(scattered(HOUR, 0, HOUR)).toBe(HOUR);
});

test('skipped hours and days are left out', () => {
  const monday = new Date('2026-01-05T10:30:00Z');
  expect(outsideSkipped(monday, [10, 11], [])).toEqual(new Date('2026-01-05T12:00:00Z'));
  expect(outsideSkipped(monday, [], [1, 2])).toEqual(new Date('2026-01-07T00:00:00Z'));
  expect(outsideSkipped(monday, [], [0, 1, 2, 3, 4, 5, 6])).toEqual(monday);
});

test('what headers ask to wait', () => {
  const now = new Date('2026-01-05T10:00:00Z');
  expect(
    ['120', 'Mon, 05 Jan 2026 11:00:00 GMT', 'Mon, 05 Jan 2026 09:00:00 GMT', 'soon', undefined].map((value) =>
      retryAfterMs(value, now),
    ),
  ).toEqual([120_000, HOUR, 0, null, null]);
  expect(['public, max-age=3600', 'no-cache, max-age=60', undefined].map(maxAgeMs)).toEqual([HOUR, null, null]);
});
