import type { AlertOut, DeliveryOut, SubscriptionOut } from '@themeline/contracts';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlertsService, anEvent, aRevision } from '../../../../test/support/alerts-service';
import { eventually } from '../../../../test/support/message-bus';
import type { DeliveryDocument, SubscriptionDocument } from '../alerts.collections';
import { SummariesService } from './summaries.service';

jest.setTimeout(60_000);

let alerts: AlertsService;
let receiver: Server;
/** Path → the ids of its messages, with the alerts that each carried. */
const received = new Map<string, { id: string; alerts: number }[]>();

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: { alerts?: unknown[] } };
      const path = request.url ?? '';
      const message = { id: String(request.headers['webhook-id']), alerts: data.alerts?.length ?? 1 };
      received.set(path, [...(received.get(path) ?? []), message]);
      response.end('the answer');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  alerts = await AlertsService.start();
});
afterAll(async () => {
  await alerts?.close();
  await new Promise((resolve) => receiver.close(resolve));
});

let kind: string;
let path: string;
beforeEach(() => {
  kind = `kind-${randomUUID()}`;
  path = `/${kind}`;
});

const subscribe = (parts: object = {}): Promise<SubscriptionOut> => {
  const url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}${path}`;
  return alerts.subscribe('hanna', { match: { kinds: [kind] }, channels: [{ type: 'webhook', url }], ...parts });
};
const told = async ({ id }: SubscriptionOut): Promise<AlertOut[]> =>
  (await alerts.call('hanna', 'get', `/v1/subscriptions/${id}/alerts?limit=200`)).body.items as AlertOut[];
const messages = () => received.get(path) ?? [];
const whenHistoryTold = ({ id }: SubscriptionOut) =>
  eventually('the history to be told', async () => {
    const row = await alerts.database.collection<SubscriptionDocument>('subscriptions').findOne({ _id: id });
    return row?.historyDue === null;
  });

/** Three that stand, one taken back, one merged away. */
async function past(): Promise<void> {
  const gone = anEvent({ kind });
  const merged = anEvent({ kind });
  await alerts.hear(
    ...[1, 2, 3].map(() => aRevision(null, anEvent({ kind }))),
    aRevision(null, gone),
    aRevision(gone, { ...gone, revision: 2, retracted: true }, { developments: ['retracted'] }),
    aRevision(null, merged),
    aRevision(merged, { ...merged, revision: 2, retracted: true }, { heir: 'evt_heir' }),
  );
}

describe('history asked for when subscribing', () => {
  test('none: nothing of the past', async () => {
    await past();
    const subscription = await subscribe();
    await alerts.hear(aRevision(null, anEvent({ kind })));
    await eventually('the live alert', () => messages().length === 1);
    expect(await told(subscription)).toHaveLength(1);
  });

  test('all: each event that stands by itself, and what happens later to it is no second alert', async () => {
    await past();
    const subscription = await subscribe({ history: 'all' });
    await whenHistoryTold(subscription);
    await eventually('three messages', () => messages().length === 3);
    const [first] = await told(subscription);
    if (first === undefined) throw new Error('no alert');
    const before = { ...first.event, importance: 0 };
    await alerts.hear(aRevision(before, { ...first.event, revision: 2, kind }, { developments: ['corroborated'] }));
    await alerts.hear(aRevision(null, first.event));
    expect((await told(subscription)).map(({ development }) => development)).toEqual(Array(3).fill('recorded'));
    expect(messages().map((message) => message.alerts)).toEqual([1, 1, 1]);
  });

  test('summary: all of them in one message, and live ones by themselves', async () => {
    await past();
    const subscription = await subscribe({ history: 'summary' });
    await whenHistoryTold(subscription);
    await eventually('the summary', () => messages().length === 1);
    expect(messages()[0]?.alerts).toBe(3);
    await alerts.hear(aRevision(null, anEvent({ kind })));
    await eventually('the live alert', () => messages().length === 2);
    expect(messages()[1]?.alerts).toBe(1);
    expect(await told(subscription)).toHaveLength(4);
  });
});

test('history loaded later is one message when it has come to rest, also when its messages come twice', async () => {
  const subscription = await subscribe({ onBackfill: 'summary' });
  const loaded = Array.from({ length: 5 }, () => aRevision(null, anEvent({ kind }), { backfill: true }));
  await alerts.hear(...loaded);
  await alerts.hear(...loaded);
  expect(messages()).toEqual([]);
  const summaries = alerts.app.get(SummariesService);
  await summaries.releaseSettled(new Date());
  expect(messages()).toEqual([]);
  await summaries.releaseSettled(new Date(Date.now() + 61_000));
  await eventually('the summary', () => messages().length === 1);
  expect(messages()[0]?.alerts).toBe(5);
  await alerts.hear(...loaded);
  await summaries.releaseSettled(new Date(Date.now() + 61_000));
  expect(await told(subscription)).toHaveLength(5);
  expect(messages()).toHaveLength(1);
});

test('a span is replayed under the same message ids, and only what has come to its end', async () => {
  const from = new Date().toISOString();
  const subscription = await subscribe();
  await alerts.hear(...[1, 2].map(() => aRevision(null, anEvent({ kind }))));
  const deliveries = async () =>
    (await alerts.call('hanna', 'get', `/v1/subscriptions/${subscription.id}/deliveries`)).body.items as DeliveryOut[];
  await eventually(
    'both to be delivered',
    async () => (await deliveries()).every(({ state }) => state === 'delivered') && messages().length === 2,
  );
  const replay = (body: object) => alerts.call('hanna', 'post', `/v1/subscriptions/${subscription.id}/replay`, body);
  expect((await replay({ from, to: from })).body).toEqual({ deliveries: 0 });
  expect((await replay({ from, state: ['dead'] })).body).toEqual({ deliveries: 0 });
  expect((await replay({ from, channelId: 'chn_nobody' })).status).toBe(404);
  const answer = await replay({ from });
  expect(answer.status).toBe(202);
  expect(answer.body).toEqual({ deliveries: 2 });
  await eventually('both again', () => messages().length === 4);
  expect(new Set(messages().map(({ id }) => id)).size).toBe(2);
});

test('what is removed leaves counts, and no address, name or answer', async () => {
  const subscription = await subscribe({ name: 'for Hanna Meyer' });
  await alerts.hear(aRevision(null, anEvent({ kind })));
  const rows = alerts.database.collection<DeliveryDocument>('deliveries');
  await eventually(
    'the delivery',
    async () => (await rows.countDocuments({ subscriptionId: subscription.id, state: 'delivered' })) === 1,
  );
  expect((await alerts.call('hanna', 'delete', `/v1/subscriptions/${subscription.id}`)).status).toBe(204);
  const kept = await rows.find({ subscriptionId: subscription.id }).toArray();
  expect(kept).toHaveLength(1);
  expect(kept[0]?.attempts).toMatchObject([{ status: 200, responseExcerpt: null }]);
  const row = await alerts.database.collection<SubscriptionDocument>('subscriptions').findOne({ _id: subscription.id });
  expect(JSON.stringify([kept, row])).not.toMatch(/127\.0\.0\.1|Meyer|the answer/);
});
