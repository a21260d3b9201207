import type { Cadence, QuietHours, TimelineEvent } from '@themeline/contracts';
import { messagingCollections } from '@themeline/messaging';
import { type Database, Sealer } from '@themeline/persistence';
import { openDatabase } from '../../../../test/support/message-bus';
import {
  type AlertDocument,
  alertsCollections,
  type DeliveryDocument,
  type LaneDocument,
  type SubscriptionDocument,
  type WaitingDocument,
  type WebhookChannel,
} from '../alerts.collections';
import { alertsMigrations } from '../alerts.migrations';
import { referTo } from '../channels/channel.routes';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { GatheringRepository } from './gathering.repository';
import { GatheringService } from './gathering.service';

// The claims as they run, on a real MongoDB; only the clock is ours.
let opened: Awaited<ReturnType<typeof openDatabase>>;
let database: Database;
let gathering: GatheringService;
let subscriptions: SubscriptionsRepository;

beforeAll(async () => {
  // The server's own clock is not ours: it must not take what is old by its own.
  const lasting = alertsCollections.map(({ name, indexes }) => ({
    name,
    indexes: indexes.filter(({ expireAfterSeconds }) => expireAfterSeconds === undefined),
  }));
  opened = await openDatabase('alerts', [...messagingCollections, ...lasting]);
  database = opened.database;
  for (const { up } of alertsMigrations) await up(database.db);
  subscriptions = new SubscriptionsRepository(database, new Sealer('gathering'));
  gathering = new GatheringService(
    new GatheringRepository(database),
    new DeliveriesRepository(database),
    subscriptions,
    database,
  );
});
afterAll(() => opened.close());
afterEach(async () => {
  for (const name of ['lanes', 'waiting', 'deliveries', 'subscriptions']) {
    await database.collection(name).deleteMany({});
  }
});

const lanes = () => database.collection<LaneDocument>('lanes');
const waiting = () => database.collection<WaitingDocument>('waiting');
const sent = (channelId?: string): Promise<DeliveryDocument[]> =>
  database
    .collection<DeliveryDocument>('deliveries')
    .find(channelId === undefined ? {} : { channelId })
    .sort({ createdAt: 1 })
    .toArray();

let count = 0;
const channel = (parts: Partial<WebhookChannel> & { cadence: Cadence }): WebhookChannel => ({
  id: `chn_${String((count += 1))}`,
  type: 'webhook',
  url: 'https://hooks.example/',
  headers: [],
  secrets: [],
  rotatedAt: null,
  state: 'active',
  disabledReason: null,
  failingSince: null,
  quietHours: null,
  ...parts,
});

async function subscribe(
  channels: WebhookChannel[],
  maxAlertsPerHour: number | null = null,
): Promise<SubscriptionDocument> {
  const now = new Date('2026-01-01T00:00Z');
  const _id = `sub_${String((count += 1))}`;
  const subscription = {
    _id,
    owner: 'desk',
    name: 'desk',
    state: 'active' as const,
    match: {} as SubscriptionDocument['match'],
    developments: ['recorded' as const],
    onBackfill: 'none' as const,
    history: 'none' as const,
    historyDue: null,
    watch: { silenceDays: null, approaching: [], overdue: false, momentum: false, feeds: false },
    maxAlertsPerHour,
    channels,
    createdAt: now,
    updatedAt: now,
    removedAt: null,
  };
  await subscriptions.insert(subscription, 1_000);
  return (await subscriptions.findMany([_id])).get(_id) as SubscriptionDocument;
}

const alertFor = ({ _id, channels, maxAlertsPerHour }: SubscriptionDocument, at: Date): AlertDocument => ({
  _id: `alr_${String((count += 1))}`,
  subscriptionId: _id,
  eventId: 'evt_1',
  development: 'recorded',
  revision: 1,
  snapshotId: 'evt_1@1',
  why: [],
  summary: false,
  channels: channels.map((one) => referTo(one, maxAlertsPerHour)),
  at,
  revisedAt: at,
  correlationId: '',
});

const tell = async (alerts: AlertDocument[], at: Date, importance: TimelineEvent['importance'] = 50): Promise<void> =>
  gathering.gather(alerts, new Map(alerts.map(({ _id }) => [_id, importance])), at);

async function releaseAll(now: Date): Promise<void> {
  while ((await gathering.release(now, 100)) > 0);
}

/** The next time at which a lane wants to be looked at. */
async function nextDue(): Promise<number> {
  const [next] = await lanes()
    .find({ dueAt: { $ne: null } })
    .sort({ dueAt: 1 })
    .limit(1)
    .toArray();
  return next?.dueAt?.getTime() ?? Infinity;
}

/** The same numbers at every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const wall = (at: Date, timeZone: string): string =>
  at.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });

test('two years in six zones: nothing missed, nothing told twice, one digest for each time', async () => {
  const quietHours: QuietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
  const daily = (timeZone: string, at: string) => channel({ cadence: { mode: 'daily', at, timeZone } });
  const channels = {
    berlin: daily('Europe/Berlin', '08:00'),
    // Left out once a year, and there twice once a year.
    night: daily('Europe/Berlin', '02:30'),
    newYork: daily('America/New_York', '01:30'),
    santiago: daily('America/Santiago', '00:00'),
    kathmandu: channel({ cadence: { mode: 'hourly', timeZone: 'Asia/Kathmandu' } }),
    lordHowe: channel({
      cadence: { mode: 'weekly', at: '02:00', weekday: 'sunday', timeZone: 'Australia/Lord_Howe' },
    }),
    resting: channel({ cadence: { mode: 'immediate' }, quietHours }),
  };
  const subscription = await subscribe(Object.values(channels));

  const start = Date.UTC(2026, 0, 1);
  const end = Date.UTC(2028, 0, 1);
  const random = numbers(7);
  const instants = Array.from({ length: 30 }, () => start + random.next().value * (end - start));
  // The nights when clocks change in these zones, and the ends of months, are worth more of them.
  for (const night of [
    '2026-03-29T00',
    '2026-10-25T00',
    '2026-11-01T04',
    '2027-03-28T00',
    '2026-04-04T14',
    '2026-09-06T03',
  ]) {
    for (let step = 0; step < 4; step += 1) instants.push(Date.parse(`${night}:20Z`) + step * HOUR);
  }
  for (const month of [1, 2, 5, 12, 14]) instants.push(Date.UTC(2026, month, 1) - 60_000, Date.UTC(2026, month, 1));
  instants.sort((a, b) => a - b);
  // Nobody is there to send: for nine days, and for a night in which clocks change.
  const away = [
    [Date.UTC(2026, 6, 3, 9, 30), Date.UTC(2026, 6, 12, 9, 30)],
    [Date.UTC(2027, 9, 30, 20), Date.UTC(2027, 9, 31, 12)],
  ] as const;
  instants.push(...away.flatMap(([from]) => [1, 2, 3].map((hours) => from + hours * HOUR)));
  instants.sort((a, b) => a - b);

  const alerts: AlertDocument[] = [];
  const awake = (at: number): number => away.find(([from, to]) => from <= at && at < to)?.[1] ?? at;
  for (let now = start; now < end + 8 * DAY;) {
    const [coming = Infinity] = instants;
    const due = awake(await nextDue());
    now = Math.min(coming, due);
    if (now === Infinity) break;
    if (coming <= due) {
      const alert = alertFor(subscription, new Date(now));
      alerts.push(alert);
      await tell([alert], new Date(now), Math.floor(random.next().value * 100));
      // Said again, as after a message that came twice.
      if (alerts.length % 10 === 0) await tell([alert], new Date(now));
      instants.shift();
    }
    if (awake(now) === now) await releaseAll(new Date(now));
  }

  expect(alerts).toHaveLength(70);
  const ids = alerts.map(({ _id }) => _id).sort();
  const times = new Map(alerts.map(({ _id, at }) => [_id, at.getTime()]));
  for (const [name, { id, cadence }] of Object.entries(channels)) {
    const digests = await sent(id);
    expect([name, digests.flatMap(({ alertIds }) => alertIds).sort()]).toEqual([name, ids]);
    for (const { createdAt, alertIds } of digests) {
      const timeZone = cadence.mode === 'immediate' ? quietHours.timeZone : cadence.timeZone;
      const shown = wall(createdAt, timeZone);
      const afterAway = away.some(([, to]) => to === createdAt.getTime());
      const waited = alertIds.map((alertId) => createdAt.getTime() - (times.get(alertId) ?? 0));
      expect(Math.min(...waited)).toBeGreaterThanOrEqual(0);
      if (afterAway) continue;
      expect(Math.max(...waited)).toBeLessThanOrEqual((cadence.mode === 'weekly' ? 7 * DAY : DAY) + HOUR);
      if (cadence.mode === 'immediate') expect(shown.slice(11) >= '07:00' && shown.slice(11) < '22:00').toBe(true);
      else if (cadence.mode === 'hourly') expect(shown.slice(14)).toBe('00');
      else if (shown.slice(11) !== cadence.at) expect(shown).toMatch(shownInstead(cadence));
    }
    // One for each day of the clock, and one alone for all that nobody was there to send.
    const days = digests.map(({ createdAt }) =>
      wall(createdAt, 'timeZone' in cadence ? cadence.timeZone : 'UTC').slice(0, 10),
    );
    if (cadence.mode === 'daily') expect(days.length - new Set(days).size).toBeLessThanOrEqual(away.length);
    for (const [from, to] of away) {
      const late = digests.filter(({ createdAt }) => createdAt.getTime() >= from && createdAt.getTime() <= to);
      // A week's time may fall on neither side of a night.
      if (cadence.mode !== 'weekly' || late.length > 0) expect([name, late.length]).toEqual([name, 1]);
    }
  }
}, 300_000);

/** Times of day that the clocks leave out, as they are shown instead. */
function shownInstead(cadence: Cadence): RegExp {
  if (cadence.mode === 'daily' && cadence.at === '02:30') return /^2026-03-29 03:30$|^2027-03-28 03:30$/;
  if (cadence.mode === 'daily' && cadence.at === '00:00') return /^2026-09-06 01:00$|^2027-09-05 01:00$/;
  if (cadence.mode === 'weekly') return /^2026-10-04 02:30$|^2027-10-03 02:30$/;
  return /^no other time$/;
}

test('a storm is folded: few are told one by one, the rest together once the hour allows it', async () => {
  const one = channel({ cadence: { mode: 'immediate' } });
  const subscription = await subscribe([one], 3);
  const at = (minutes: number): Date => new Date(Date.UTC(2026, 5, 1, 10, minutes));
  const alerts: AlertDocument[] = [];
  const storm = async (minutes: number, number: number): Promise<void> => {
    const made = Array.from({ length: number }, () => alertFor(subscription, at(minutes)));
    alerts.push(...made);
    await tell(made, at(minutes));
    await releaseAll(at(minutes));
  };
  await storm(0, 2);
  await storm(1, 40);
  await storm(2, 100);
  await storm(30, 100);
  await releaseAll(at(59));
  expect((await sent()).map(({ alertIds }) => alertIds.length)).toEqual([1, 1, 40]);
  await releaseAll(at(60));
  expect((await sent()).map(({ alertIds }) => alertIds.length)).toEqual([1, 1, 40, 200]);
  expect((await sent()).flatMap(({ alertIds }) => alertIds).sort()).toEqual(alerts.map(({ _id }) => _id).sort());
});

test('the most important comes first, and what is too much for one message goes in the next', async () => {
  const one = channel({ cadence: { mode: 'daily', at: '08:00', timeZone: 'UTC' } });
  const subscription = await subscribe([one]);
  const now = new Date('2026-06-01T07:00Z');
  const alerts = Array.from({ length: 620 }, () => alertFor(subscription, now));
  await gathering.gather(alerts, new Map(alerts.map(({ _id }, index) => [_id, index % 100])), now);
  await releaseAll(new Date('2026-06-01T08:00Z'));
  const digests = await sent();
  expect(digests.map(({ alertIds }) => alertIds.length).sort()).toEqual([120, 500]);
  const [first] = digests.filter(({ alertIds }) => alertIds.length === 500);
  const rank = new Map(alerts.map(({ _id }, index) => [_id, index % 100]));
  const ranks = first?.alertIds.map((id) => rank.get(id) ?? -1) ?? [];
  expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
});

test('replicas that look at once, and alerts that come while they do, make no message twice and lose none', async () => {
  const channels = Array.from({ length: 3 }, () => channel({ cadence: { mode: 'immediate' } }));
  const subscription = await subscribe(channels, 10_000);
  const alerts = Array.from({ length: 60 }, (_, index) =>
    alertFor(subscription, new Date(Date.UTC(2026, 5, 1) + index)),
  );
  const now = new Date(Date.UTC(2026, 5, 1, 0, 0, 1));
  const telling = (async () => {
    for (let from = 0; from < alerts.length; from += 5) await tell(alerts.slice(from, from + 5), now);
  })();
  let told = false;
  void telling.then(() => (told = true));
  const look = async (): Promise<void> => {
    while (!told || (await gathering.release(now, 100)) > 0) await gathering.release(now, 100);
  };
  await Promise.all([telling, look(), look()]);
  for (const { id } of channels) {
    const told = (await sent(id)).flatMap(({ alertIds }) => alertIds);
    expect(told.sort()).toEqual(alerts.map(({ _id }) => _id).sort());
  }
  expect(await waiting().countDocuments({ claimedBy: null })).toBe(0);
});

test('a channel that is changed is looked at anew; what waits for one that is gone is given up', async () => {
  const one = channel({ cadence: { mode: 'weekly', at: '08:00', weekday: 'monday', timeZone: 'UTC' } });
  const other = channel({ cadence: { mode: 'daily', at: '08:00', timeZone: 'UTC' } });
  const subscription = await subscribe([one, other]);
  const now = new Date('2026-06-02T10:00Z');
  await tell([alertFor(subscription, now)], now);
  await releaseAll(now);
  expect(await sent()).toEqual([]);
  await subscriptions.change({ id: subscription._id }, () => ({
    channels: [{ ...one, cadence: { mode: 'immediate' } }],
  }));
  await new GatheringRepository(database).stirAll(subscription._id, now);
  await releaseAll(now);
  expect((await sent()).map(({ channelId }) => channelId)).toEqual([one.id]);
  expect((await waiting().find({ channelId: other.id }).toArray()).map(({ claimedBy }) => claimedBy)).toEqual([
    'nowhere',
  ]);
  expect(await lanes().countDocuments({ _id: other.id })).toBe(0);
});
