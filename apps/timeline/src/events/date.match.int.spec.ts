import { dayNumber, dayOfNumber, fallbackBounds, overlaps, within } from '@themeline/dates';
import * as fc from 'fast-check';
import { accepted, report, TimelineReplicas } from '../../../../test/support/timeline-replicas';
import { SORTS } from './event.order';

const PUBLISHED = '2024-06-10';

let timeline: TimelineReplicas;
beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
});
afterAll(() => timeline.stop());

const two = (n: number): string => String(n).padStart(2, '0');
const year = fc.integer({ min: 2018, max: 2031 });
const month = fc.tuple(year, fc.integer({ min: 1, max: 12 })).map(([y, m]) => `${String(y)}-${two(m)}`);
const day = fc.tuple(month, fc.integer({ min: 1, max: 28 })).map(([m, d]) => `${m}-${two(d)}`);
const whole = fc.oneof(year.map(String), month, day);
const edtf = fc.oneof(
  { weight: 3, arbitrary: whole },
  whole.map((date) => `${date}~`),
  fc.tuple(year, fc.constantFrom(33, 34, 35, 36, 40, 41)).map((part) => part.join('-')),
  year.map((y) => `${String(y).slice(0, 3)}X`),
  fc.oneof(fc.tuple(day, day), fc.tuple(month, month), fc.tuple(month, day)).map((ends) => [...ends].sort().join('/')),
  whole.map((date) => `../${date}`),
  whole.map((date) => `${date}/..`),
  fc.constant(null),
);

test('possible and certain find what the intervals say, for any dates and any days, as brute force does', async () => {
  const stored = fc.sample(
    fc.record({ date: edtf, status: fc.constantFrom('occurred' as const, 'planned' as const) }),
    {
      seed: 20_240_610,
      numRuns: 180,
    },
  );
  const reports = stored.map(({ date, status }, n) =>
    report({ who: `Pine ${String(n)}`, date, status, at: PUBLISHED, headline: `Pine ${String(n)} sows cones` }),
  );
  await timeline.deliver(accepted(...reports));
  await timeline.sequenced();
  // Mostly days at which an interval begins or ends, or a day beside them: there it is decided.
  const edges = [...new Set(reports.flatMap(({ date: { lower, upper } }) => [lower, upper]))].flatMap((edge) =>
    edge === null ? [] : [-1, 0, 1].map((by) => dayOfNumber(dayNumber(edge) + by)),
  );
  const bound = fc.option(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...edges) }, day), {
    nil: undefined,
    freq: 3,
  });
  const asked = fc
    .record({
      days: fc.tuple(bound, bound),
      dateMatch: fc.constantFrom(undefined, 'possible', 'certain'),
      undated: fc.constantFrom(undefined, 'include', 'exclude'),
      sort: fc.constantFrom(...SORTS),
    })
    .filter(({ days: [from, to], dateMatch }) => dateMatch === undefined || from !== undefined || to !== undefined);
  await fc.assert(
    fc.asyncProperty(asked, async ({ days, dateMatch, undated, sort }) => {
      const [from, to] = days[0] !== undefined && days[1] !== undefined ? [...days].sort() : days;
      const query = new URLSearchParams({ q: 'cones', limit: '200', sort });
      for (const [name, value] of Object.entries({ from, to, dateMatch, undated })) {
        if (value !== undefined) query.set(name, value);
      }
      const found = (await timeline.list(`/v1/events?${query.toString()}`)).items
        .map(({ headline }) => headline)
        .sort();
      const range = { lower: from ?? null, upper: to ?? null };
      const included = undated ?? (from === undefined && to === undefined ? 'include' : 'exclude');
      const expected = reports
        .filter(({ date, status }) => {
          if (date.edtf === null && included === 'exclude') return false;
          const interval = date.edtf === null ? fallbackBounds(status, PUBLISHED) : date;
          return dateMatch === 'certain' ? within(interval, range) : overlaps(interval, range);
        })
        .map(({ headline }) => headline)
        .sort();
      expect(found).toEqual(expected);
    }),
    { numRuns: 300 },
  );
}, 120_000);
