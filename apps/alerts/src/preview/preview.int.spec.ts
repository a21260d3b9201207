import type { AlertOut, EventRevised, PreviewOut, TimelineEvent } from '@themeline/contracts';
import { AlertsService, anEvent, aRevision } from '../../../../test/support/alerts-service';
import type { EventStateDocument } from '../alerts.collections';

jest.setTimeout(60_000);

let alerts: AlertsService;
const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
const WEBHOOK = { type: 'webhook', url: 'http://127.0.0.1:19999/' };

beforeAll(async () => {
  alerts = await AlertsService.start();
});
afterAll(() => alerts?.close());

const preview = async (body: object): Promise<PreviewOut> => {
  const answer = await alerts.call('anna', 'post', '/v1/subscriptions/preview', body);
  expect(answer.body).toMatchObject({ alerts: expect.any(Number) });
  expect(answer.status).toBe(200);
  return answer.body as PreviewOut;
};

/** A happening that grows a second source, is merged with another, and is taken back. */
function story(kind: string): EventRevised[] {
  const one = anEvent({ kind, importance: 40 });
  const two: TimelineEvent = { ...one, revision: 2, sourceCount: 2, importance: 70 };
  const other = anEvent({ kind, importance: 90 });
  const joined: TimelineEvent = { ...two, revision: 3, importance: 90 };
  const gone: TimelineEvent = { ...joined, revision: 4, retracted: true };
  return [
    aRevision(null, one, { at: daysAgo(9) }),
    aRevision(null, other, { at: daysAgo(8) }),
    aRevision(one, two, { developments: ['corroborated'], at: daysAgo(6) }),
    aRevision(two, joined, { developments: ['merged'], lineage: [one.id, other.id], at: daysAgo(5) }),
    aRevision(joined, gone, { developments: ['retracted'], lineage: [one.id, other.id], at: daysAgo(4) }),
    aRevision(null, anEvent({ kind }), { backfill: true, at: daysAgo(3) }),
  ];
}

const MATCHES = [
  {},
  { minImportance: 60 },
  { minSources: 2 },
  { countries: ['NL'], keywords: { all: ['chip tools'], any: [], none: [] } },
  { keywords: { all: [], any: [], none: ['chip'] } },
];

test.each(MATCHES)('tells what was told: %j', async (parts) => {
  const kind = `kind-${String(MATCHES.indexOf(parts))}`;
  const wanted = {
    match: { kinds: [kind], ...parts },
    developments: ['recorded', 'corroborated', 'merged', 'retracted'],
    channels: [WEBHOOK],
  };
  const subscription = await alerts.subscribe('anna', wanted);
  for (const revision of story(kind)) await alerts.hear(revision);
  const answer = await alerts.call('anna', 'get', `/v1/subscriptions/${subscription.id}/alerts?limit=200`);
  const told = (answer.body.items as AlertOut[]).map((alert) => [alert.eventId, alert.development, alert.why]);

  const rehearsed = await preview(wanted);

  expect(rehearsed.samples.map((sample) => [sample.event.id, sample.development, sample.why]).sort()).toEqual(
    told.sort(),
  );
  expect(rehearsed.alerts).toBe(told.length);
  expect(rehearsed.perDay).toHaveLength(31);
  expect(rehearsed.perDay.reduce((sum, { count }) => sum + count, 0)).toBe(told.length);
  expect(rehearsed.perDevelopment.reduce((sum, { count }) => sum + count, 0)).toBe(told.length);
  expect(rehearsed.channels).toEqual([
    { index: 0, type: 'webhook', messages: told.length, perDay: Number((told.length / 30).toFixed(2)) },
  ]);
});

test('counts by the day, and leaves out what lies before', async () => {
  const kind = 'kind-by-day';
  await alerts.hear(
    ...[20, 2.1, 2, 1].map((days) => aRevision(null, anEvent({ kind }), { at: daysAgo(days) })),
    aRevision(null, anEvent({ kind }), { at: daysAgo(0), backfill: true }),
  );
  const { perDay, alerts: count } = await preview({ match: { kinds: [kind] }, days: 7 });
  expect(count).toBe(3);
  expect(perDay.map(({ day }) => day)).toEqual(
    Array.from({ length: 8 }, (_, index) => daysAgo(7 - index).slice(0, 10)),
  );
  const history = await preview({ match: { kinds: [kind] }, days: 30, onBackfill: 'all' });
  expect(history.alerts).toBe(5);
});

test('says by which words of its rule a theme matched', async () => {
  await alerts.learnTheme('chips', { phrases: ['chip tools', 'wafers'], kinds: ['kind-themed'] });
  await alerts.hear(aRevision(null, anEvent({ kind: 'kind-themed', themes: ['chips'] })));
  const { samples } = await preview({ match: { themes: ['chips'] } });
  expect(samples[0]?.why).toEqual([
    { field: 'themes', values: ['chips'] },
    { field: 'themes.chips', values: ["phrase 'chip tools'", "kind 'kind-themed'"] },
  ]);
});

test('an unknown theme is refused by its name', async () => {
  const answer = await alerts.call('anna', 'post', '/v1/subscriptions/preview', { match: { themes: ['chip'] } });
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toEqual([{ path: 'match.themes[0]', message: "no such theme: 'chip'" }]);
});

describe('what is kept', () => {
  const states = () => alerts.database.collection<EventStateDocument>('event_states');

  test('revisions in any order and twice are each kept once, and the newest is current', async () => {
    const [first, , second, third] = story('kind-order');
    for (const revision of [third, first, second, first, third]) if (revision) await alerts.hear(revision);
    const kept = await states()
      .find({ eventId: first?.eventId ?? '' })
      .sort({ revision: 1 })
      .toArray();
    expect(kept.map(({ revision, current }) => [revision, current])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  test('evidence is kept with the newest revision only', async () => {
    const reports = [
      {
        reportId: 'rep_1',
        source: { id: 'src_1', name: 'Wire', url: null },
        url: null,
        publishedAt: daysAgo(1),
        evidence: { text: 'told in confidence', start: null, end: null },
        claims: {
          kind: 'ban',
          status: 'occurred' as const,
          headline: 'x',
          date: anEvent().date,
          amount: null,
        },
      },
    ];
    const before = anEvent({ reports });
    await alerts.hear(aRevision(null, before));
    await alerts.hear(aRevision(before, { ...before, revision: 2, reports: [] }));
    const kept = await states().find({ eventId: before.id }).toArray();
    expect(JSON.stringify(kept)).not.toContain('told in confidence');
  });

  test('90 days, and what is planned until 90 days after its date', async () => {
    const planned = anEvent({ status: 'planned', date: { ...anEvent().date, upper: '2031-05-31' } });
    await alerts.hear(aRevision(null, anEvent({ id: 'evt_past' }), { at: '2026-01-01T00:00:00.000Z' }));
    await alerts.hear(aRevision(null, planned));
    expect(await states().findOne({ eventId: planned.id })).toMatchObject({
      expiresAt: new Date('2031-08-29T00:00:00.000Z'),
    });
  });
});
