import type { AlertOut, SubscriptionOut } from '@themeline/contracts';
import { randomUUID } from 'node:crypto';
import { eventually } from '../../../../test/support/message-bus';
import { AlertsService, anEvent, aRevision } from '../../../../test/support/alerts-service';
import { WebhookReceiver } from '../../../../test/support/webhook-receiver';
import { AilingFeedsConsumer } from './ailing-feeds.consumer';
import { WatchService } from './watch.service';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const NOW = new Date('2026-06-10T09:00:00Z');
const at = (daysAgo: number): string => new Date(NOW.getTime() - daysAgo * DAY_MS).toISOString();
const later = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

let alerts: AlertsService;
beforeAll(async () => {
  alerts = await AlertsService.start();
});
afterAll(() => alerts?.close());

const subscribe = (parts: object): Promise<SubscriptionOut> =>
  alerts.subscribe('wanda', { channels: [{ type: 'webhook', url: 'http://127.0.0.1:19999/' }], ...parts });
const told = async ({ id }: SubscriptionOut): Promise<AlertOut[]> =>
  (await alerts.call('wanda', 'get', `/v1/subscriptions/${id}/alerts?limit=200`)).body.items as AlertOut[];
const look = (now: Date): Promise<void> => alerts.app.get(WatchService).look(now);
const planned = (kind: string, day: string) =>
  anEvent({
    kind,
    status: 'planned',
    date: { ...anEvent().date, edtf: day, lower: day, upper: day, precision: 'day' },
  });

test('a planned day comes near, is put off, comes near again and passes: each is told once, however often one looks', async () => {
  const kind = `kind-${randomUUID()}`;
  const subscription = await subscribe({
    match: { kinds: [kind] },
    developments: ['retracted'],
    watch: { approaching: [7, 1], overdue: true },
  });
  const event = planned(kind, '2026-06-20');
  await alerts.hear(aRevision(null, event, { at: at(1) }), aRevision(null, planned('another-kind', '2026-06-12')));
  for (const day of [0, 2, 3, 3, 5]) await look(later(day));
  expect((await told(subscription)).map(({ development }) => development)).toEqual(['approaching']);
  const putOff = { ...event, revision: 2, date: { ...planned(kind, '2026-06-21').date } };
  await alerts.hear(aRevision(event, putOff, { developments: ['corrected'] }));
  for (const day of [5, 10, 11, 12, 13, 30]) await look(later(day));
  const all = (await told(subscription)).toReversed();
  expect(all.map(({ development, why }) => [development, why[0]?.values[0]])).toEqual([
    ['approaching', '2026-06-20'],
    ['approaching', '2026-06-21'],
    ['approaching', '2026-06-21'],
    ['overdue', '2026-06-21'],
  ]);
  expect(all.every(({ eventId }) => eventId === event.id)).toBe(true);
});

test('a theme gathers momentum, then goes quiet; one silence is told once, and history loaded meanwhile is no movement', async () => {
  const theme = `theme-${randomUUID()}`;
  await alerts.learnTheme(theme);
  const subscription = await subscribe({
    match: { themes: [theme] },
    developments: ['retracted'],
    watch: { silenceDays: 14, momentum: true },
  });
  const heard = async (daysAgo: number, parts: { importance?: number; backfill?: boolean } = {}): Promise<string> => {
    const event = anEvent({ themes: [theme], importance: parts.importance ?? 50 });
    await alerts.hear(aRevision(null, event, { at: at(daysAgo), backfill: parts.backfill ?? false }));
    return event.id;
  };
  for (let week = 1; week <= 10; week += 1) await heard(week * 7 + 1);
  for (let n = 0; n < 9; n += 1) await heard(2, { backfill: true });
  await look(NOW);
  expect(await told(subscription)).toEqual([]);
  for (let n = 0; n < 8; n += 1) await heard(3);
  const weightiest = await heard(2, { importance: 95 });
  await look(NOW);
  await look(later(1));
  const [surge, ...others] = await told(subscription);
  expect(others).toEqual([]);
  expect(surge).toMatchObject({ development: 'momentum', eventId: weightiest });
  expect(surge?.why).toEqual([
    { field: 'momentum', values: [theme, '9 in 7 days', 'usually 1.0 a week'] },
    { field: 'themes', values: [theme] },
  ]);
  for (const day of [5, 11, 13, 20]) await look(later(day));
  expect((await told(subscription)).map(({ development }) => development)).toEqual(['quiet', 'momentum']);
});

test('a course can be watched only of themes', async () => {
  const answer = await alerts.call('wanda', 'post', '/v1/subscriptions', {
    name: 'x',
    channels: [{ type: 'webhook', url: 'http://127.0.0.1:19999/' }],
    watch: { silenceDays: 7 },
  });
  expect(answer.status).toBe(400);
  expect(answer.body.errors[0].path).toBe('watch');
});

test('a feed that is dead is told to its owner once, at each address of the subscriptions that watch feeds, and to nobody else', async () => {
  const receiver = new WebhookReceiver();
  await receiver.start();
  const channels = [
    { type: 'webhook', url: receiver.url('/ops'), cadence: { mode: 'daily', at: '08:00', timeZone: 'UTC' } },
  ];
  const watching = { developments: [], watch: { feeds: true } };
  const { channels: made } = await alerts.subscribe('farah', { channels, ...watching });
  receiver.trust('/ops', made[0]?.secret ?? '');
  await alerts.subscribe('farah', { channels, ...watching });
  await alerts.subscribe('farah', { channels: [{ type: 'webhook', url: receiver.url('/news') }] });
  await alerts.subscribe('boris', { channels: [{ type: 'webhook', url: receiver.url('/other') }], ...watching });
  const message = {
    messageId: `msg_${randomUUID()}`,
    subject: 'feed.ailed' as const,
    payload: {
      feedId: 'fed_1',
      owner: 'farah',
      name: 'Harbour Gazette',
      url: 'https://gazette.example/feed',
      health: 'dead' as const,
      since: '2026-06-01T08:00:00.000Z',
      reason: 'it answered 500',
      at: '2026-06-08T08:00:00.000Z',
    },
    correlationId: 'fed_1',
    deliveries: 1,
  };
  // A message that is handed out again after its effect was committed.
  for (let time = 0; time < 2; time += 1) {
    const work = await alerts.app.get(AilingFeedsConsumer).tell([message]);
    await alerts.database.transaction((session) => work.commit(session));
  }
  const [told] = await eventually('a notice', () => (receiver.at('/ops').length > 0 ? receiver.at('/ops') : null));
  expect(told?.body).toMatchObject({
    type: 'feed.dead',
    data: {
      feed: { id: 'fed_1', name: 'Harbour Gazette' },
      since: '2026-06-01T08:00:00.000Z',
      reason: 'it answered 500',
    },
  });
  expect(await alerts.database.collection('deliveries').countDocuments({ purpose: 'notice' })).toBe(1);
  expect([...receiver.at('/news'), ...receiver.at('/other'), ...receiver.forged]).toEqual([]);
  await receiver.stop();
});
