import { DEVELOPMENTS, type TimelineEvent } from '@themeline/contracts';
import { dayNumber } from '@themeline/dates';
import { eventually } from '../../../../test/support/message-bus';
import { seededRandom } from '../../../../test/support/seeded-random';
import { accepted, report, TimelineReplicas, withdrawn } from '../../../../test/support/timeline-replicas';
import { FACETS } from '../events/event.facets';
import { histogramOf } from '../histogram/histogram.buckets';
import type { HistogramOut } from '../histogram/histogram.query';
import type { FacetCounts } from './facets.service';
import { RollupsRepository } from './rollups.repository';
import { verifyRollups } from './rollups.verifier';

let timeline: TimelineReplicas;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
});

afterAll(() => timeline.stop());

/** Until nothing changes by itself: what reports bridge is joined in the background. */
async function settled(): Promise<void> {
  await eventually('what reports bridge to be joined', async () =>
    (await timeline.database.collection('bridges').countDocuments()) === 0 ? true : null,
  );
  await timeline.sequenced();
}

/** All events of a filter, by the list. */
async function listed(filter: string): Promise<TimelineEvent[]> {
  const events: TimelineEvent[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await timeline.list(`/v1/events?limit=200${filter}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    events.push(...page.items);
    cursor = page.nextCursor;
  }
  return events;
}

const valuesOf: Record<(typeof FACETS)[number], (event: TimelineEvent) => readonly string[]> = {
  kind: ({ kind }) => [kind],
  theme: ({ themes }) => themes,
  entity: ({ entities }) => entities.map(({ id }) => id),
  country: ({ countries }) => countries,
  status: ({ status }) => [status],
  // Not shown by events: what is told of them is looked at elsewhere.
  development: () => DEVELOPMENTS,
};

const FILTERS = [
  '',
  '&kind=ban',
  '&kind=ban&kind=pivot',
  '&entity=Rowan+Works+1',
  '&country=FR',
  '&theme=robotics',
  '&theme=robotics&country=FR',
  '&status=planned&kind=ban',
  '&q=harbour&kind=pivot',
  '&from=2024-02-01&to=2024-03-31',
  '&from=2024-02-10&to=2024-04-05&dateMatch=certain',
  '&from=2024-03-01&undated=include',
  '&minImportance=50',
];

async function compare(): Promise<void> {
  for (const filter of FILTERS) {
    const events = await listed(filter);
    const counts = (await timeline.get(`/v1/facets?facets=${FACETS.join()}${filter}`).expect(200)).body as FacetCounts;
    expect({ filter, total: counts.total, capped: counts.capped }).toEqual({
      filter,
      total: events.length,
      capped: false,
    });
    for (const facet of FACETS.filter((name) => name !== 'development')) {
      const expected = new Map<string, number>();
      for (const value of events.flatMap(valuesOf[facet])) expected.set(value, (expected.get(value) ?? 0) + 1);
      const found = counts.facets[facet]?.map(({ value, count }) => [value, count] as const);
      expect({ filter, facet, found: new Map(found) }).toEqual({ filter, facet, found: expected });
    }
    for (const [interval, imprecise] of [
      ['week', 'spread'],
      ['month', 'spread'],
      ['quarter', 'apart'],
    ] as const) {
      const path = `/v1/histogram?interval=${interval}&imprecise=${imprecise}${filter}`;
      const { buckets, apart, total } = (await timeline.get(path).expect(200)).body as HistogramOut;
      const days = new URLSearchParams(filter);
      const bound = (name: string): number | null => {
        const day = days.get(name);
        return day === null ? null : dayNumber(day);
      };
      const expected = histogramOf(
        events.map(({ date }) => ({
          lower: date.lower === null ? null : dayNumber(date.lower),
          upper: date.upper === null ? null : dayNumber(date.upper),
          undated: date.edtf === null,
          approximate: date.approximate,
          count: 1,
        })),
        { interval, imprecise, first: bound('from'), last: bound('to') },
      );
      expect({ path, total, starts: buckets.map(({ start }) => start) }).toEqual({
        path,
        total: expected.total,
        starts: expected.buckets.map(({ start }) => start),
      });
      buckets.forEach(({ count }, index) => expect(count).toBeCloseTo(expected.buckets[index]?.count ?? 0, 2));
      expect(apart.undated + apart.open).toBe(expected.apart.undated + expected.apart.open);
    }
  }
}

test('facets and histograms are those of the list, folded or not, while events come, change and go', async () => {
  const next = seededRandom(17);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const make = (n: number) => {
    const who = `Rowan Works ${String(n % 23)}`;
    return report({
      who,
      kind: pick(['ban', 'pivot', 'policy']),
      status: pick(['occurred', 'planned'] as const),
      headline: `${who} leaves harbour ${String(n)}`,
      date: pick([null, '2024', '2024-02', '2024-03-05', '2024-34', '2024-02/2024-04', '../2024-03', '2024-03~']),
      countries: pick([[], ['FR'], ['FR', 'IT']]),
      themes: pick([[], ['robotics']]),
      importance: Math.floor(next() * 100),
    });
  };
  const reports = Array.from({ length: 120 }, (_, n) => make(n));
  await timeline.deliver(accepted(...reports));
  await settled();
  await compare();
  await timeline.deliver(accepted(...reports.slice(0, 20).map((one) => ({ ...one, version: 2, countries: ['KR'] }))));
  for (const one of reports.slice(20, 30)) await timeline.deliver(withdrawn(one));
  await timeline.deliver(accepted(...Array.from({ length: 30 }, (_, n) => make(200 + n))));
  await settled();
  await compare();
  const rollups = timeline.replica(0).get(RollupsRepository, { strict: false });
  await eventually('everything to be folded', async () => (await rollups.fold(1_000)) === 0);
  await compare();
  expect(await verifyRollups(rollups)).toMatchObject({ differences: [] });
  // Else it has shown nothing.
  expect((await verifyRollups(rollups)).events).toBeGreaterThan(50);
}, 240_000);

test('a list brings its counts along, and a page further on those of where it began', async () => {
  const first = await timeline.list('/v1/events?limit=5&kind=ban&facets=kind&interval=month');
  await timeline.deliver(accepted(report({ who: 'Late', kind: 'ban', headline: 'Late is kept from the harbour' })));
  await settled();
  const second = await timeline.list(
    `/v1/events?limit=5&kind=ban&facets=kind&interval=month&cursor=${String(first.nextCursor)}`,
  );
  expect(second.facets).toEqual(first.facets);
  expect((await timeline.list('/v1/events?limit=5&kind=ban&facets=kind')).facets?.['kind']?.[0]?.count).toBe(
    (first.facets?.['kind']?.[0]?.count ?? 0) + 1,
  );
});

test('the verifier finds what is wrong', async () => {
  const rollups = timeline.replica(0).get(RollupsRepository, { strict: false });
  await timeline.database.collection<{ _id: string }>('rollups').updateOne({ _id: 'kind:ban' }, { $inc: { total: 1 } });
  expect((await verifyRollups(rollups)).differences).toEqual([
    { rollup: 'kind:ban', field: 'total', stored: expect.any(Number), counted: expect.any(Number) },
  ]);
});
