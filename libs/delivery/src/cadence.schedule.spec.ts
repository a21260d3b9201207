import type { Cadence, QuietHours } from '@themeline/contracts';
import fc from 'fast-check';
import { nextRelease, quietUntil, releaseAt } from './cadence.schedule';

const ZONES = [
  'UTC',
  'America/New_York',
  'America/Santiago',
  'Europe/Berlin',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
];

/** What the clock on the wall shows, by another calendar than the one under test. `2026-03-29 08:00` */
const clocks = new Map<string, Intl.DateTimeFormat>();
function wall(at: Date, timeZone: string): { day: string; time: string; weekday: string } {
  let format = clocks.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      dateStyle: undefined,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'long',
      hourCycle: 'h23',
    });
    clocks.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    day: `${part['year'] ?? ''}-${part['month'] ?? ''}-${part['day'] ?? ''}`,
    time: `${part['hour'] ?? ''}:${part['minute'] ?? ''}`,
    weekday: (part['weekday'] ?? '').toLowerCase(),
  };
}

const next = (cadence: Cadence, since: string): string => nextRelease(cadence, new Date(since)).toISOString();

test.each<[string, Cadence, string, string]>([
  ['an ordinary day', { mode: 'daily', at: '08:00', timeZone: 'UTC' }, '2026-05-05T07:59:59.999Z', '2026-05-05T08:00'],
  ['the very time', { mode: 'daily', at: '08:00', timeZone: 'UTC' }, '2026-05-05T08:00:00Z', '2026-05-06T08:00'],
  [
    'clocks forward',
    { mode: 'daily', at: '08:00', timeZone: 'Europe/Berlin' },
    '2026-03-28T08:00Z',
    '2026-03-29T06:00',
  ],
  ['clocks back', { mode: 'daily', at: '08:00', timeZone: 'Europe/Berlin' }, '2026-10-24T08:00Z', '2026-10-25T07:00'],
  [
    'a time left out',
    { mode: 'daily', at: '02:30', timeZone: 'Europe/Berlin' },
    '2026-03-28T08:00Z',
    '2026-03-29T01:30',
  ],
  [
    'twice, first',
    { mode: 'daily', at: '01:30', timeZone: 'America/New_York' },
    '2026-10-31T18:00Z',
    '2026-11-01T05:30',
  ],
  [
    'twice, no second',
    { mode: 'daily', at: '01:30', timeZone: 'America/New_York' },
    '2026-11-01T05:30Z',
    '2026-11-02T06:30',
  ],
  ['month end', { mode: 'daily', at: '23:30', timeZone: 'Asia/Tokyo' }, '2028-02-28T14:30Z', '2028-02-29T14:30'],
  ['year end', { mode: 'daily', at: '00:00', timeZone: 'America/New_York' }, '2026-12-31T12:00Z', '2027-01-01T05:00'],
  [
    'a skipped Friday',
    { mode: 'weekly', at: '08:00', weekday: 'friday', timeZone: 'Pacific/Apia' },
    '2011-12-24T18:30Z',
    '2012-01-05T18:00',
  ],
  [
    'a week',
    { mode: 'weekly', at: '08:00', weekday: 'monday', timeZone: 'UTC' },
    '2026-05-04T08:00Z',
    '2026-05-11T08:00',
  ],
  ['half an hour off', { mode: 'hourly', timeZone: 'Asia/Kolkata' }, '2026-05-04T08:00Z', '2026-05-04T08:30'],
  ['at once', { mode: 'immediate' }, '2026-05-04T08:00:00.123Z', '2026-05-04T08:00:00.123Z'],
])('%s', (_what, cadence, since, expected) => {
  expect(next(cadence, since)).toBe(new Date(expected.endsWith('Z') ? expected : `${expected}:00Z`).toISOString());
});

const instants = fc.date({ min: new Date('2024-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });
const zones = fc.constantFrom(...ZONES);
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

test('a day has one time to send: not before it, not twice, on the clock where the clock shows it', () => {
  fc.assert(
    fc.property(zones, times, instants, (timeZone, at, since) => {
      const cadence: Cadence = { mode: 'daily', at, timeZone };
      const release = nextRelease(cadence, since);
      expect(release.getTime()).toBeGreaterThan(since.getTime());
      expect(nextRelease(cadence, new Date(release.getTime() - 1))).toEqual(release);
      const shown = wall(release, timeZone);
      if (shown.time !== at) {
        // Left out that day: the clock shows less shortly before.
        expect(wall(new Date(release.getTime() - 3_600_000), timeZone).time < at).toBe(true);
        expect(shown.time > at).toBe(true);
      }
      const following = nextRelease(cadence, release);
      expect(wall(following, timeZone).day > shown.day).toBe(true);
      expect(following.getTime() - release.getTime()).toBeLessThanOrEqual(25.5 * 3_600_000);
    }),
    { numRuns: 100 },
  );
});

test.each(ZONES)('two years of days in %s: one for each date', (timeZone) => {
  const cadence: Cadence = { mode: 'daily', at: '02:15', timeZone };
  let at = new Date('2026-01-01T12:00Z');
  const days: string[] = [];
  for (let count = 0; count < 731; count += 1) {
    at = nextRelease(cadence, at);
    days.push(wall(at, timeZone).day);
  }
  const first = Date.parse(days[0] ?? '');
  expect(days).toEqual(days.map((_, index) => new Date(first + index * 86_400_000).toISOString().slice(0, 10)));
});

test('weeks and hours keep to their clocks', () => {
  fc.assert(
    fc.property(zones, instants, (timeZone, since) => {
      const week = nextRelease({ mode: 'weekly', at: '12:00', weekday: 'wednesday', timeZone }, since);
      expect(wall(week, timeZone)).toMatchObject({ weekday: 'wednesday', time: '12:00' });
      expect(week.getTime() - since.getTime()).toBeLessThanOrEqual(7 * 86_400_000 + 3 * 3_600_000);
      const hour = nextRelease({ mode: 'hourly', timeZone }, since);
      expect(wall(hour, timeZone).time.slice(3)).toBe('00');
      expect(hour.getTime() - since.getTime()).toBeGreaterThan(0);
      expect(hour.getTime() - since.getTime()).toBeLessThanOrEqual(2 * 3_600_000);
    }),
    { numRuns: 100 },
  );
});

test('quiet hours end at their end, and are quiet exactly between', () => {
  fc.assert(
    fc.property(zones, times, times, instants, (timeZone, from, to, now) => {
      fc.pre(from !== to);
      const quiet: QuietHours = { from, to, timeZone };
      const { time } = wall(now, timeZone);
      const within = from < to ? from <= time && time < to : time >= from || time < to;
      const until = quietUntil(quiet, now);
      // Within hours of a change of the clock, what the wall shows is not the whole truth.
      const steady = wall(new Date(now.getTime() + 86_400_000), timeZone).time === time;
      const was = wall(new Date(now.getTime() - 86_400_000), timeZone).time === time;
      if (steady && was) expect(until !== null).toBe(within);
      if (until === null) return;
      expect(until.getTime()).toBeGreaterThan(now.getTime());
      expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(25.5 * 3_600_000);
      expect(quietUntil(quiet, until)).toBeNull();
    }),
    { numRuns: 100 },
  );
});

test('what is due in quiet hours, or late in them, goes at their end', () => {
  const quietHours: QuietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
  const timing = { cadence: { mode: 'immediate' as const }, quietHours, limitedUntil: null };
  const at = (waiting: string, now: string): string =>
    releaseAt({ ...timing, waitingSince: new Date(waiting) }, new Date(now)).toISOString();
  expect(at('2026-03-28T21:00:00Z', '2026-03-28T21:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
  expect(at('2026-03-28T12:00:00Z', '2026-03-28T21:30:00Z')).toBe('2026-03-29T05:00:00.000Z');
  expect(at('2026-03-28T12:00:00Z', '2026-03-28T12:00:01Z')).toBe('2026-03-28T12:00:00.000Z');
});
