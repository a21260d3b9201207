import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ChannelOut, EventRevised, SubscriptionOut, TimelineEvent } from '@themeline/contracts';
import { createServiceApp, IDENTITY_HEADER, signIdentity } from '@themeline/http';
import { Database } from '@themeline/persistence';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { takeEffect } from '../../../../test/support/batch.effect';
import { eventually } from '../../../../test/support/message-bus';
import type { DeliveryDocument } from '../alerts.collections';
import type { SubscriptionDocument } from '../alerts.collections';
import { AlertsModule } from '../alerts.module';
import { DELIVERY_SETTINGS, type DeliverySettings } from '../deliveries/delivery.settings';
import { MatchingConsumer } from '../matching/matching.consumer';

const SECRET = 'integration-test-identity-secret-0003';
type Answering = (response: ServerResponse, count: number) => void;

let app: NestFastifyApplication;
let url: string;

/** A receiver of its own port, so its own host. */
class Receiver {
  readonly seen: { at: number; headers: IncomingHttpHeaders; body: string }[] = [];
  private constructor(private readonly server: Server) {}

  static async open(answer: Answering = (response) => response.end('ok')): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const count = receiver.seen.length;
        receiver.seen.push({ at: Date.now(), headers: incoming.headers, body: Buffer.concat(chunks).toString() });
        answer(response, count);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const identity = { keyId: 'key', owner: 'desk', scopes: ['subscribe' as const] };
const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object): request.Test =>
  request(url)
    [method](path)
    .set(IDENTITY_HEADER, signIdentity({ ...identity, expiresAt: Date.now() + 60_000 }, SECRET))
    .send(body);

async function subscribe(kind: string, channels: object[], more: object = {}): Promise<SubscriptionOut> {
  const answer = await call('post', '/v1/subscriptions', { name: 'desk', match: { kinds: [kind] }, channels, ...more });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.body as SubscriptionOut;
}

const deliveries = (made: SubscriptionOut): Promise<DeliveryDocument[]> =>
  app.get(Database).collection<DeliveryDocument>('deliveries').find({ subscriptionId: made.id }).toArray();

let kind: string;
const event = (headline = 'Norway keeps Zephyr off public phones'): TimelineEvent => ({
  id: `evt_${randomUUID().slice(0, 8)}`,
  kind,
  status: 'occurred',
  headline,
  summary: null,
  date: {
    edtf: '2026-09',
    lower: '2026-09-01',
    upper: '2026-09-30',
    precision: 'month',
    approximate: false,
    display: 'September 2026',
  },
  entities: [],
  countries: [],
  amount: null,
  themes: [],
  importance: 60,
  confidence: 0.8,
  sourceCount: 1,
  reports: [],
  disputes: [],
  retracted: false,
  revision: 1,
  recordedAt: '2026-02-02T10:00:00.000Z',
  updatedAt: '2026-02-02T10:00:00.000Z',
});

async function happen(...events: TimelineEvent[]): Promise<void> {
  const messages = events.map((after) => ({
    messageId: `msg_${after.id}`,
    subject: 'event.revised' as const,
    payload: {
      eventId: after.id,
      revision: 1,
      developments: ['recorded'],
      before: null,
      after,
      lineage: [after.id],
      backfill: false,
      at: new Date().toISOString(),
    } satisfies EventRevised,
    correlationId: 'test',
    deliveries: 1,
  }));
  for (const shard of [0, 1, 2, 3]) {
    await takeEffect(app.get(Database), (again) =>
      app.get(MatchingConsumer).match(messages, { durable: 'alerts-match', shard, again }),
    );
  }
}

beforeAll(async () => {
  Object.assign(process.env, {
    MONGODB_URI: process.env.TEST_MONGODB_URI,
    NATS_URL: process.env.TEST_NATS_URL,
    DB_PREFIX: `t${randomUUID().slice(0, 8)}`,
    NATS_NAMESPACE: `t${randomUUID().slice(0, 8)}`,
    IDENTITY_SECRET: SECRET,
    OUTBOUND_ALLOW: '127.0.0.1',
    DELIVERY_RETRY_SECONDS: '0.05,0.05',
    LOG_LEVEL: 'silent',
  });
  app = await createServiceApp({ name: 'alerts', module: AlertsModule });
  Object.assign(app.get<DeliverySettings>(DELIVERY_SETTINGS), { pollMs: 50 });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
beforeEach(() => {
  kind = `kind-${randomUUID().slice(0, 8)}`;
});
afterAll(async () => {
  await app?.get(Database).db.dropDatabase();
  await app?.close();
});

test('a rotated secret and the one before it both sign for a day, then the new one alone', async () => {
  const receiver = await Receiver.open();
  const made = await subscribe(kind, [{ type: 'webhook', url: receiver.url }]);
  const before = made.channels[0]?.secret ?? '';
  const answer = await call('post', `/v1/subscriptions/${made.id}/channels/${made.channels[0]?.id ?? ''}/rotate`);
  const { secret: after = '' } = answer.body as ChannelOut;
  expect(after).not.toBe(before);
  await happen(event());
  const { body, headers } = await eventually('a webhook', () => receiver.seen[0]);
  for (const secret of [before, after]) {
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'event.recorded',
    });
  }
  await app
    .get(Database)
    .collection<SubscriptionDocument>('subscriptions')
    .updateOne({ _id: made.id }, { $set: { 'channels.0.rotatedAt': new Date(Date.now() - 24 * 3_600_000 - 1_000) } });
  await happen(event());
  const later = await eventually('the next webhook', () => receiver.seen[1]);
  const verify = (secret: string) => new Webhook(secret).verify(later.body, later.headers as Record<string, string>);
  expect(verify(after)).toMatchObject({ type: 'event.recorded' });
  expect(() => verify(before)).toThrow();
  await receiver.close();
});

test('Slack and Discord get what they read; 429 is waited for and uses up no try; a webhook that is gone is left', async () => {
  const slack = await Receiver.open((response, count) =>
    count < 4 ? response.writeHead(429, { 'retry-after': '0' }).end() : response.end('ok'),
  );
  const discord = await Receiver.open();
  const gone = await Receiver.open((response) => response.writeHead(404).end('Unknown Webhook'));
  const made = await subscribe(kind, [
    { type: 'slack', url: slack.url },
    { type: 'discord', url: discord.url },
    { type: 'discord', url: gone.url },
  ]);
  await happen(event('<!channel> @everyone look'));
  // The two that are there are told of the third, too.
  await eventually('both delivered, and both notices', async () => {
    const states = (await deliveries(made)).map(({ purpose, state }) => `${purpose} ${state}`).sort();
    return states.join() === 'alerts cancelled,alerts delivered,alerts delivered,notice delivered,notice delivered';
  });
  expect(slack.seen.map(({ body }) => body).join()).toContain('&lt;!channel&gt;');
  for (const { body } of discord.seen) expect(JSON.parse(body)).toMatchObject({ allowed_mentions: { parse: [] } });
  const toSlack = (await deliveries(made)).filter(({ channelId }) => channelId === made.channels[0]?.id);
  expect(toSlack.flatMap(({ attempts }) => attempts.map(({ status }) => status)).sort()).toEqual([
    200, 200, 429, 429, 429, 429,
  ]);
  expect(toSlack.map(({ tries }) => tries)).toEqual([0, 0]);
  const read = (await call('get', `/v1/subscriptions/${made.id}`)).body as SubscriptionOut;
  expect(read.channels[2]).toMatchObject({ state: 'disabled', disabledReason: 'the receiver answered 404 Not Found' });
  await Promise.all([slack, discord, gone].map((one) => one.close()));
});

test('a feed is read by key or by its secret, and by nobody else', async () => {
  const made = await subscribe(kind, [{ type: 'feed' }]);
  const [feed] = made.channels;
  await happen(event());
  const path = `/v1/subscriptions/${made.id}/feed.atom`;
  const headers = { [IDENTITY_HEADER]: signIdentity({ ...identity, expiresAt: Date.now() + 60_000 }, SECRET) };
  const answer = await fetch(`${url}${path}`, { headers });
  expect(answer.headers.get('content-type')).toContain('application/atom+xml');
  expect(await answer.text()).toContain('New: Norway keeps Zephyr off public phones');
  expect((await call('get', path).set('if-none-match', answer.headers.get('etag') ?? '')).status).toBe(304);
  const open = (secret: string) => request(url).get(`/v1/open/feeds/${feed?.id ?? ''}/${secret}/feed.atom`);
  expect((await open(feed?.secret ?? '')).status).toBe(200);
  expect((await open('tls_wrong')).status).toBe(404);
  await call('post', `/v1/subscriptions/${made.id}/channels/${feed?.id ?? ''}/rotate`);
  expect((await open(feed?.secret ?? '')).status).toBe(404);
});

test('a stream goes on where its reader left, without a gap or a repeat', async () => {
  const made = await subscribe(kind, [{ type: 'stream' }]);
  const [stream] = made.channels;
  const read = async (lastEventId: string | null, count: number): Promise<{ id: string; headline: string }[]> => {
    const stop = new AbortController();
    const answer = await fetch(`${url}/v1/open/streams/${stream?.id ?? ''}/${stream?.secret ?? ''}`, {
      signal: stop.signal,
      headers: lastEventId === null ? {} : { 'last-event-id': lastEventId },
    });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const events = answer.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    const found: { id: string; headline: string }[] = [];
    for await (const { id = '', data } of events as unknown as AsyncIterable<{ id?: string; data: string }>) {
      found.push({ id, headline: (JSON.parse(data) as { data: { event: { headline: string } } }).data.event.headline });
      if (found.length === count) break;
    }
    stop.abort();
    return found;
  };
  await happen(event('a'), event('b'));
  await happen(event('c'));
  const first = await read('0', 2);
  await happen(event('d'));
  const rest = await read(first.at(-1)?.id ?? '', 2);
  const all = [...first, ...rest];
  expect(all.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
  expect(
    all
      .map(({ headline }) => headline)
      .sort()
      .join(''),
  ).toBe('abcd');
});

test('a dead endpoint with much waiting does not hold up a healthy one', async () => {
  const hanging: ServerResponse[] = [];
  const dead = await Receiver.open((response) => void hanging.push(response));
  const well = await Receiver.open();
  const settings = app.get<DeliverySettings>(DELIVERY_SETTINGS);
  const before = { ...settings };
  const healthy = `${kind}-well`;
  await subscribe(healthy, [{ type: 'webhook', url: well.url }]);
  /** From the event to the webhook's arrival, one at a time; the slowest but one, for one may meet another's work. */
  const latency = async (): Promise<number> => {
    const took: number[] = [];
    for (let count = 0; count < 30; count += 1) {
      const seen = well.seen.length;
      const started = performance.now();
      await happen({ ...event(), kind: healthy });
      await eventually('the webhook', () => well.seen.length > seen);
      took.push(performance.now() - started);
    }
    return took.toSorted((a, b) => a - b).at(-3) ?? 0;
  };
  try {
    await latency();
    const usual = await latency();
    Object.assign(settings, { timeoutMs: 30_000 });
    const made = await subscribe(kind, [{ type: 'webhook', url: dead.url }]);
    for (let batch = 0; batch < 4; batch += 1) await happen(...Array.from({ length: 500 }, () => event()));
    await eventually('some hang', () => hanging.length > 0);
    // The machine's own hiccups are not what is asked about: one round of three that is as quick will do.
    let beside = await latency();
    for (let round = 1; round < 3 && beside >= 2 * usual; round += 1) beside = await latency();
    process.stdout.write(
      `beside ${String((await deliveries(made)).length)} waiting: ${beside.toFixed(0)} ms, usually ${usual.toFixed(0)} ms\n`,
    );
    expect((await deliveries(made)).filter(({ state }) => state === 'pending')).toHaveLength(2_000);
    expect(beside).toBeLessThan(2 * usual);
    await call('delete', `/v1/subscriptions/${made.id}`);
  } finally {
    Object.assign(settings, before);
    await Promise.all([dead.close(), well.close()]);
  }
});
