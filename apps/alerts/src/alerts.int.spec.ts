import { Controller, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type Development,
  type EventRevised,
  type Identity,
  type Scope,
  type SubscriptionOut,
  type ThemeOut,
  type TimelineEvent,
  webhookBody,
} from '@themeline/contracts';
import { createServiceApp, IDENTITY_HEADER, signIdentity } from '@themeline/http';
import {
  type BatchWork,
  Consume,
  JetStreamStrategy,
  messagingCollections,
  MessagingModule,
  Outbox,
  type OutboxMessage,
} from '@themeline/messaging';
import { runWithCorrelation } from '@themeline/observability';
import { Database, PersistenceModule } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { takeEffect } from '../../../test/support/batch.effect';
import { eventually } from '../../../test/support/message-bus';
import type {
  AlertDocument,
  ClaimDocument,
  DeliveryDocument,
  SubscriptionDocument,
  WebhookChannel,
} from './alerts.collections';
import { deliveriesInFlight } from './alerts.metrics';
import { anEvent } from '../../../test/support/alerts-service';
import { AlertsModule } from './alerts.module';
import { DeliveriesRepository } from './deliveries/deliveries.repository';
import { DELIVERY_SETTINGS, type DeliverySettings } from './deliveries/delivery.settings';
import { LedgerRepository } from './ledger/ledger.repository';
import { MatchingConsumer } from './matching/matching.consumer';
import { ThemesConsumer } from './themes/themes.consumer';

const SECRET = 'integration-test-identity-secret-0002';
const SHARDS = [0, 1, 2, 3];

let app: NestFastifyApplication;
let receiver: Receiver;

/** What was posted to a path, and how the path answers. */
class Receiver {
  readonly seen: { path: string; headers: Record<string, string>; body: string }[] = [];
  private readonly answers = new Map<string, (response: ServerResponse, count: number) => void>();
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer((incoming, response) => void receiver.take(incoming, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Receiver(server);
  }

  /** An address of its own that answers as told, `ok` by default. `count`: how many came before. */
  path(answer?: (response: ServerResponse, count: number) => void): { path: string; url: string } {
    const path = `/${randomUUID()}`;
    if (answer !== undefined) this.answers.set(path, answer);
    return { path, url: `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}${path}` };
  }

  at(path: string): Receiver['seen'] {
    return this.seen.filter((message) => message.path === path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const path = incoming.url ?? '';
    const count = this.at(path).length;
    this.seen.push({
      path,
      headers: incoming.headers as Record<string, string>,
      body: Buffer.concat(chunks).toString(),
    });
    const answer = this.answers.get(path);
    if (answer === undefined) response.end('ok');
    else answer(response, count);
  }
}

const identity = (owner: string, scopes: Scope[] = ['subscribe']): Record<string, string> => {
  const caller: Identity = { keyId: 'key', owner, scopes, expiresAt: Date.now() + 60_000 };
  return { [IDENTITY_HEADER]: signIdentity(caller, SECRET) };
};

/** The API as one owner sees it; each test has an owner of its own. */
const as = (owner: string) => {
  const send = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) => {
    const call = request(app.getHttpServer())[method](path).set(identity(owner));
    return body === undefined ? call : call.send(body);
  };
  return {
    get: (path: string) => send('get', path),
    post: (path: string, body?: object) => send('post', path, body),
    patch: (path: string, body: object) => send('patch', path, body),
    delete: (path: string) => send('delete', path),
    subscribe: async (body: object): Promise<SubscriptionOut> => {
      const { url } = receiver.path();
      const answer = await send('post', '/v1/subscriptions', {
        name: 'test',
        channels: [{ type: 'webhook', url }],
        ...body,
      });
      expect(answer.body).toMatchObject({ id: expect.any(String) });
      expect(answer.status).toBe(201);
      return answer.body as SubscriptionOut;
    },
    alerts: async (
      subscription: SubscriptionOut,
    ): Promise<{ id: string; development: Development; revision: number; eventId: string; why: unknown }[]> => {
      const answer = await send('get', `/v1/subscriptions/${subscription.id}/alerts`);
      expect(answer.status).toBe(200);
      return answer.body.items;
    },
  };
};

const event = (parts: Partial<TimelineEvent> = {}): TimelineEvent => anEvent({ status: 'planned', ...parts });

/** The message of a revision from `before` to `after`. */
const revision = (
  before: TimelineEvent | null,
  after: TimelineEvent,
  parts: Partial<EventRevised> = {},
): EventRevised => ({
  eventId: after.id,
  revision: after.revision,
  developments: before === null ? ['recorded'] : [],
  before,
  after,
  lineage: [after.id],
  backfill: false,
  at: new Date().toISOString(),
  ...parts,
});

/** What every shard's consumer does with the messages. */
const handle = (...payloads: EventRevised[]): Promise<void> => handleIn(false, payloads);

/** `again`: step by step, as after a run that met a duplicate. `meanwhile`: once, between plan and commit of each shard. */
const handleIn = async (
  again: boolean,
  payloads: readonly EventRevised[],
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  const messages = payloads.map((payload) => ({
    messageId: `msg_${payload.eventId}_${String(payload.revision)}`,
    subject: 'event.revised' as const,
    payload,
    correlationId: `correlation-${payload.eventId}`,
    deliveries: 1,
  }));
  const results = await Promise.allSettled(
    SHARDS.map((shard) =>
      takeEffect(
        app.get(Database),
        async (anew) => {
          const work = await app.get(MatchingConsumer).match(messages, { durable: 'alerts-match', shard, again: anew });
          if (anew === again) await meanwhile();
          return work;
        },
        again,
      ),
    ),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
};

const handleTheme = async (themeId: string, version: number, removed = false): Promise<void> => {
  const theme: ThemeOut = {
    id: themeId,
    name: themeId,
    description: null,
    rule: { phrases: [], entities: [], kinds: [], exclude: [] },
    version,
    updatedAt: '2026-02-02T10:00:00.000Z',
  };
  const work = await app.get(ThemesConsumer).project([
    {
      messageId: `msg_${themeId}_${String(version)}`,
      subject: 'theme.changed',
      payload: { themeId, version, theme: removed ? null : theme },
      correlationId: 'themes',
      deliveries: 1,
    },
  ]);
  await app.get(Database).transaction((session) => work.commit(session));
};

const deliveries = () => app.get(Database).collection<DeliveryDocument>('deliveries');
const deliveriesOf = (subscription: SubscriptionOut): Promise<DeliveryDocument[]> =>
  deliveries().find({ subscriptionId: subscription.id }).toArray();
const settled = (
  subscription: SubscriptionOut,
  state: DeliveryDocument['state'],
  count = 1,
): Promise<DeliveryDocument[]> =>
  eventually(`${String(count)} ${state} of ${subscription.id}`, async () => {
    const found = (await deliveriesOf(subscription)).filter((delivery) => delivery.state === state);
    return found.length === count && found;
  });
const channelUrl = (url: string) => ({ channels: [{ type: 'webhook', url }] });

let owner: string;
let marker: string;
/** Only this test's events have it. */
const mine = () => ({ kinds: [marker] });

beforeAll(async () => {
  process.env.MONGODB_URI = process.env.TEST_MONGODB_URI;
  process.env.NATS_URL = process.env.TEST_NATS_URL;
  process.env.DB_PREFIX = `t${randomUUID().slice(0, 8)}`;
  process.env.NATS_NAMESPACE = process.env.DB_PREFIX;
  process.env.IDENTITY_SECRET = SECRET;
  process.env.OUTBOUND_ALLOW = '127.0.0.1';
  process.env.DELIVERY_RETRY_SECONDS = '0.05,0.05';
  process.env.LOG_LEVEL = 'silent';
  receiver = await Receiver.open();
  app = await createServiceApp({
    name: 'alerts',
    module: AlertsModule,
    // Starts the consumers too: a durable without a handler would end it here.
    configure: (made) => void made.connectMicroservice({ strategy: made.get(JetStreamStrategy) }),
  });
  const settings = app.get<DeliverySettings>(DELIVERY_SETTINGS);
  Object.assign(settings, { timeoutMs: 1_000, pollMs: 50, perHost: 50 });
});
beforeEach(() => {
  owner = `owner-${randomUUID().slice(0, 8)}`;
  marker = `kind-${randomUUID().slice(0, 8)}`;
});
afterAll(async () => {
  await app?.get(Database).db.dropDatabase();
  await app?.close();
  await receiver?.close();
});

describe('subscriptions', () => {
  test('are made, read, changed, paused, resumed and removed', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: { countries: ['NL'], minSources: 2 } });
    expect(made).toMatchObject({ state: 'active', developments: ['recorded', 'retracted'], onBackfill: 'none' });
    expect(made.channels[0]?.secret).toMatch(/^whsec_/);

    const read = (await api.get(`/v1/subscriptions/${made.id}`)).body;
    expect(read.match).toMatchObject({ countries: ['NL'], minSources: 2, themes: [] });
    expect(read.channels[0]).not.toHaveProperty('secret');

    const [channel] = made.channels;
    const patch = {
      name: 'renamed',
      channels: [
        { id: channel?.id, type: 'webhook', url: receiver.path().url, headers: { 'X.Team$': 'a' } },
        { type: 'webhook', url: receiver.path().url },
      ],
    };
    const changed = await api.patch(`/v1/subscriptions/${made.id}`, patch);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ name: 'renamed', match: { minSources: 2 } });
    expect(changed.body.channels[0]).toMatchObject({ id: channel?.id, headers: ['X.Team$'] });
    expect(changed.body.channels[0]).not.toHaveProperty('secret');
    expect(changed.body.channels[1].secret).toMatch(/^whsec_/);

    expect((await api.post(`/v1/subscriptions/${made.id}/pause`)).body.state).toBe('paused');
    expect((await api.post(`/v1/subscriptions/${made.id}/resume`)).body.state).toBe('active');
    expect((await api.delete(`/v1/subscriptions/${made.id}`)).status).toBe(204);
    expect((await api.get(`/v1/subscriptions/${made.id}`)).status).toBe(404);
    expect((await api.delete(`/v1/subscriptions/${made.id}`)).status).toBe(404);
  });

  test('are listed in pages that stay right while others come and go', async () => {
    const api = as(owner);
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) made.unshift((await api.subscribe({})).id);
    const first = (await api.get('/v1/subscriptions?limit=2')).body;
    await api.subscribe({});
    await api.delete(`/v1/subscriptions/${made[0] ?? ''}`);
    const second = (await api.get(`/v1/subscriptions?limit=2&cursor=${first.nextCursor}`)).body;
    const third = (await api.get(`/v1/subscriptions?limit=2&cursor=${second.nextCursor}`)).body;
    const ids = [first, second, third].flatMap((listed: { items: { id: string }[] }) =>
      listed.items.map(({ id }) => id),
    );
    expect(ids).toEqual(made);
    expect(third.nextCursor).toBeNull();
    expect((await api.get('/v1/subscriptions?cursor=nonsense')).body.errors[0].path).toBe('cursor');
  });

  test.each([
    [
      'private address',
      { channels: [{ type: 'webhook', url: 'http://10.0.0.8/hook' }] },
      'channels[0].url',
      '10.0.0.8 is refused: private',
    ],
    [
      'metadata address',
      { channels: [{ type: 'webhook', url: 'http://169.254.169.254/' }] },
      'channels[0].url',
      /link-local/,
    ],
    [
      'address in disguise',
      { channels: [{ type: 'webhook', url: 'http://0x7f.0.0.2/' }] },
      'channels[0].url',
      '127.0.0.2 is refused: loopback',
    ],
    ['unknown theme', { match: { themes: ['no-theme'] } }, 'match.themes[0]', "no such theme: 'no-theme'"],
    ['theme that could not be one', { match: { themes: ['chips '] } }, 'match.themes[0]', "no such theme: 'chips '"],
    [
      'keyword without a word',
      { match: { keywords: { any: ['ok', '+++'] } } },
      'match.keywords.any[1]',
      "holds no letter and no digit: '+++'",
    ],
    ['query without a word', { match: { q: '***' } }, 'match.q', 'has no word in it'],
    ['unknown field', { matches: {} }, 'matches', 'is not a known field'],
    ['no channel', { channels: [] }, 'channels', /./],
  ])('%s is a 400 that names it', async (_what, body, path, message) => {
    const valid = { name: 'test', channels: [{ type: 'webhook', url: receiver.path().url }] };
    const answer = await as(owner).post('/v1/subscriptions', { ...valid, ...body });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toContainEqual({
      path,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    expect((await as(owner).get('/v1/subscriptions')).body.items).toEqual([]);
  });

  test('a patch is verified like a subscription', async () => {
    const api = as(owner);
    const made = await api.subscribe({});
    const path = `/v1/subscriptions/${made.id}`;
    const url = receiver.path().url;
    const id = made.channels[0]?.id;
    expect((await api.patch(path, channelUrl('http://10.0.0.8/'))).body.errors[0].path).toBe('channels[0].url');
    expect((await api.patch(path, { match: { themes: ['no-theme'] } })).body.errors[0].path).toBe('match.themes[0]');
    expect((await api.patch(path, { channels: [{ id: 'chn_other', type: 'webhook', url }] })).body.errors[0]).toEqual({
      path: 'channels[0].id',
      message: "no such channel: 'chn_other'",
    });
    expect(
      (
        await api.patch(path, {
          channels: [
            { id, type: 'webhook', url },
            { id, type: 'webhook', url },
          ],
        })
      ).body.errors[0].path,
    ).toBe('channels[1].id');
  });

  test("another owner's are not there, and the scope is asked for", async () => {
    const made = await as(owner).subscribe({ match: mine() });
    await handle(revision(null, event({ kind: marker })));
    const [delivery] = await deliveriesOf(made);
    const stranger = as('stranger');
    const url = receiver.path().url;
    for (const answer of [
      await stranger.get(`/v1/subscriptions/${made.id}`),
      await stranger.patch(`/v1/subscriptions/${made.id}`, { name: 'x' }),
      await stranger.patch(`/v1/subscriptions/${made.id}`, channelUrl(url)),
      await stranger.delete(`/v1/subscriptions/${made.id}`),
      await stranger.post(`/v1/subscriptions/${made.id}/pause`),
      await stranger.post(`/v1/subscriptions/${made.id}/resume`),
      await stranger.post(`/v1/subscriptions/${made.id}/test`),
      await stranger.get(`/v1/subscriptions/${made.id}/alerts`),
      await stranger.get(`/v1/subscriptions/${made.id}/deliveries`),
      await stranger.get(`/v1/deliveries/${delivery?._id ?? ''}`),
      await stranger.post(`/v1/deliveries/${delivery?._id ?? ''}/retry`),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect((await as(owner).get(`/v1/subscriptions/${made.id}`)).body).toMatchObject({ name: 'test', state: 'active' });
    const reader = await request(app.getHttpServer())
      .get('/v1/subscriptions')
      .set(identity(owner, ['read']));
    expect(reader.status).toBe(403);
  });
});

describe('themes', () => {
  test('can be subscribed to from when they arrive until they go; an older version changes nothing', async () => {
    const theme = `theme-${marker}`;
    const api = as(owner);
    const status = async (): Promise<number> =>
      (
        await api.post('/v1/subscriptions', {
          name: 'x',
          match: { themes: [theme] },
          ...channelUrl(receiver.path().url),
        })
      ).status;
    expect(await status()).toBe(400);
    await handleTheme(theme, 2);
    expect(await status()).toBe(201);
    await handleTheme(theme, 1, true);
    expect(await status()).toBe(201);
    await handleTheme(theme, 2);
    await handleTheme(theme, 3, true);
    await handleTheme(theme, 2);
    expect(await status()).toBe(400);
    const ready = await request(app.getHttpServer()).get('/health/ready');
    expect(ready.body.checks).toContainEqual(expect.objectContaining({ name: 'themes', ready: true }));
  });
});

describe('who is told what', () => {
  test('a subscription that was answered 201 is told of the next event, and of no other', async () => {
    const api = as(owner);
    await handle(revision(null, event({ kind: marker })));
    const made = await api.subscribe({ match: { ...mine(), keywords: { any: ['Export Controls'] } } });
    const told = event({ kind: marker });
    await handle(revision(null, told), revision(null, event({ kind: marker, headline: 'Another matter' })));
    expect(await api.alerts(made)).toMatchObject([
      {
        eventId: told.id,
        development: 'recorded',
        revision: 1,
        subscriptionId: made.id,
        why: [
          { field: 'kinds', values: [marker] },
          { field: 'keywords.any', values: ['Export Controls'] },
        ],
        event: { id: told.id, headline: told.headline },
      },
    ]);
  });

  test('changes take effect with the next event', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: mine() });
    const path = `/v1/subscriptions/${made.id}`;
    const after = async (change: () => Promise<unknown>): Promise<number> => {
      await change();
      await handle(revision(null, event({ kind: marker })));
      return (await api.alerts(made)).length;
    };
    expect(await after(() => Promise.resolve())).toBe(1);
    expect(await after(() => api.post(`${path}/pause`))).toBe(1);
    expect(await after(() => api.post(`${path}/resume`))).toBe(2);
    expect(await after(() => api.patch(path, { match: { kinds: ['another'] } }))).toBe(2);
    expect(await after(() => api.patch(path, { match: mine() }))).toBe(3);
    expect(await after(() => api.patch(path, { developments: ['retracted'] }))).toBe(3);
    await api.delete(path);
    await handle(revision(null, event({ kind: marker })));
    expect(
      await app.get(Database).collection<AlertDocument>('alerts').countDocuments({ subscriptionId: made.id }),
    ).toBe(3);
  });

  test('the same message again is nothing new', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: mine() });
    const message = revision(null, event({ kind: marker }));
    await handle(message);
    await handle(message, message);
    expect(await api.alerts(made)).toHaveLength(1);
    expect(await deliveriesOf(made)).toHaveLength(1);
  });

  test.each([
    ['after the claim', 'keepSnapshots'],
    ['after the snapshot', 'insertAlerts'],
  ] as const)(
    'what goes step by step and breaks off %s is completed when the message comes again',
    async (_when, step) => {
      const api = as(owner);
      const made = await api.subscribe({ match: mine() });
      const message = revision(null, event({ kind: marker }));
      const broken = jest.spyOn(app.get(LedgerRepository), step).mockRejectedValue(new Error('power cut'));
      await expect(handleIn(true, [message])).rejects.toThrow('power cut');
      broken.mockRestore();
      expect(
        await app.get(Database).collection<ClaimDocument>('claims').countDocuments({ subscriptionId: made.id }),
      ).toBe(1);
      expect(await api.alerts(made)).toEqual([]);
      await handle(message);
      expect(await api.alerts(made)).toHaveLength(1);
      expect(await deliveriesOf(made)).toHaveLength(1);
    },
  );

  test('what breaks off between alert and delivery is completed, with the channels of then', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: mine() });
    const message = revision(null, event({ kind: marker }));
    await handle(message);
    await deliveries().deleteMany({ subscriptionId: made.id });
    const url = receiver.path().url;
    await api.patch(`/v1/subscriptions/${made.id}`, {
      channels: [
        { id: made.channels[0]?.id, type: 'webhook', url },
        { type: 'webhook', url },
      ],
    });
    await handle(message);
    expect((await deliveriesOf(made)).map(({ channelId }) => channelId)).toEqual([made.channels[0]?.id]);
  });

  test('matching for the first time at a later revision is recorded, once for ever', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: { ...mine(), minSources: 2 } });
    const one = event({ kind: marker });
    const two = { ...one, revision: 2, sourceCount: 2 };
    const three = { ...one, revision: 3, sourceCount: 1 };
    const four = { ...one, revision: 4, sourceCount: 2 };
    await handle(revision(null, one));
    expect(await api.alerts(made)).toEqual([]);
    await handle(revision(one, two, { developments: ['corroborated'] }));
    const url = receiver.path().url;
    await api.patch(`/v1/subscriptions/${made.id}`, {
      channels: [
        { id: made.channels[0]?.id, type: 'webhook', url },
        { type: 'webhook', url },
      ],
    });
    await handle(revision(two, three), revision(three, four));
    expect(await api.alerts(made)).toMatchObject([{ development: 'recorded', revision: 2 }]);
    // The channel that came later is not told of what was told before it.
    expect(await deliveriesOf(made)).toHaveLength(1);
  });

  test('other developments are told as often as they happen', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: mine(), developments: ['recorded', 'status_changed', 'date_narrowed'] });
    const one = event({ kind: marker });
    const two: TimelineEvent = { ...one, revision: 2, status: 'occurred' };
    const three: TimelineEvent = { ...two, revision: 3, status: 'planned' };
    await handle(
      revision(null, one),
      revision(one, two, { developments: ['status_changed', 'date_narrowed', 'corroborated'] }),
      revision(two, three, { developments: ['status_changed'] }),
    );
    const told = (await api.alerts(made)).map(
      ({ development, revision: number }) => `${development}:${String(number)}`,
    );
    expect(told.sort()).toEqual(['date_narrowed:2', 'recorded:1', 'status_changed:2', 'status_changed:3']);
  });

  test('an heir does not repeat what either side told', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: { ...mine(), minImportance: 50 }, developments: ['recorded', 'merged'] });
    const told = event({ kind: marker });
    const untold = event({ kind: marker, importance: 10 });
    await handle(revision(null, told), revision(null, untold));
    expect(await api.alerts(made)).toHaveLength(1);
    // The heir begins to match by what it inherits; its own id has no claim, that of the other has.
    const heir = { ...untold, revision: 2, importance: 60 };
    const lineage = [heir.id, told.id];
    await handle(revision(untold, heir, { developments: ['merged'], lineage }));
    expect((await api.alerts(made)).map(({ development }) => development).sort()).toEqual(['merged', 'recorded']);
    const claims = app.get(Database).collection<ClaimDocument>('claims');
    expect(await claims.countDocuments({ _id: `${made.id}|${heir.id}|recorded` })).toBe(0);
    // And an heir that neither side was told of is told, under every id that it has.
    const fresh = event({ kind: marker, importance: 60 });
    const old = event({ kind: marker, importance: 10 });
    await handle(revision(null, fresh, { lineage: [fresh.id, old.id] }));
    await handle(revision(null, { ...old, importance: 60 }));
    expect(
      (await api.alerts(made)).filter(({ development }) => development === 'recorded').map(({ eventId }) => eventId),
    ).toEqual([fresh.id, told.id]);
  });

  test('an heir and its forebear in one batch are told once', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: mine() });
    const one = event({ kind: marker });
    const heir = event({ kind: marker });
    await handle(revision(null, one), revision(null, heir, { lineage: [heir.id, one.id] }));
    expect((await api.alerts(made)).map(({ eventId }) => eventId)).toEqual([one.id]);
  });

  test('a retraction goes to those who were told, whatever they match by now', async () => {
    const api = as(owner);
    const told = await api.subscribe({ match: { ...mine(), countries: ['NL'] } });
    const one = event({ kind: marker });
    const gone = { ...one, revision: 2, retracted: true, countries: [] };
    await handle(revision(null, one));
    const untold = await api.subscribe({ match: mine() });
    const uninterested = await api.subscribe({ match: mine(), developments: ['recorded'] });
    await handle(revision(one, gone, { developments: ['retracted'] }));
    expect(await api.alerts(told)).toMatchObject([
      { development: 'retracted', revision: 2, why: [{ field: 'told', values: [one.id] }], event: { retracted: true } },
      { development: 'recorded' },
    ]);
    expect(await api.alerts(untold)).toEqual([]);
    expect(await api.alerts(uninterested)).toEqual([]);
  });

  test('recorded and retracted in one batch are both told; the retraction of an heir reaches those told of its forebear', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: mine() });
    const one = event({ kind: marker });
    const heir = event({ kind: `${marker}-b`, retracted: true, revision: 2 });
    await handle(
      revision(null, one),
      revision({ ...heir, retracted: false }, heir, { developments: ['retracted'], lineage: [heir.id, one.id] }),
    );
    expect((await api.alerts(made)).map(({ development }) => development).sort()).toEqual(['recorded', 'retracted']);
  });

  test('a retraction that came before what it retracts is told after it, and once', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: mine() });
    const uninterested = await api.subscribe({ match: mine(), developments: ['recorded'] });
    const one = event({ kind: marker });
    const recorded = revision(null, one);
    const gone = { ...one, revision: 2, retracted: true };
    const retracted = revision(one, gone, { developments: ['retracted'] });
    await handle(retracted);
    expect(await api.alerts(made)).toEqual([]);
    await handle(recorded);
    const told = [
      { development: 'retracted', revision: 2, why: [{ field: 'told', values: [one.id] }], event: { retracted: true } },
      { development: 'recorded', revision: 1 },
    ];
    expect(await api.alerts(made)).toMatchObject(told);
    await handle(recorded, retracted);
    expect(await api.alerts(made)).toMatchObject(told);
    expect(await api.alerts(uninterested)).toMatchObject([{ development: 'recorded' }]);
  });

  test('a retraction that another holder of the shard handles before a planned record is committed is told', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: mine() });
    const one = event({ kind: marker });
    const gone = { ...one, revision: 2, retracted: true };
    await handleIn(false, [revision(null, one)], () => handle(revision(one, gone, { developments: ['retracted'] })));
    expect(await api.alerts(made)).toMatchObject([
      { development: 'retracted', revision: 2, why: [{ field: 'told', values: [one.id] }], event: { retracted: true } },
      { development: 'recorded', revision: 1, event: { headline: one.headline, retracted: false } },
    ]);
  });

  test('loaded history is told only to those who asked; a live report on it makes no record of it', async () => {
    const api = as(owner);
    const none = await api.subscribe({ match: mine(), developments: ['recorded', 'corroborated'] });
    const all = await api.subscribe({ match: mine(), onBackfill: 'all', developments: ['recorded', 'corroborated'] });
    const strict = await api.subscribe({ match: { ...mine(), minSources: 2 }, developments: ['recorded'] });
    const one = event({ kind: marker });
    const two = { ...one, revision: 2, sourceCount: 2 };
    await handle(revision(null, one, { backfill: true, developments: [] }));
    expect(await api.alerts(none)).toEqual([]);
    expect(await api.alerts(all)).toMatchObject([{ development: 'recorded' }]);
    await handle(revision(one, two, { developments: ['corroborated'] }));
    expect((await api.alerts(none)).map(({ development }) => development)).toEqual(['corroborated']);
    expect((await api.alerts(all)).map(({ development }) => development)).toEqual(['corroborated', 'recorded']);
    // It is the live report that brought the second source.
    expect((await api.alerts(strict)).map(({ development }) => development)).toEqual(['recorded']);
  });

  test('a paused subscription that comes back finds its place in every shard', async () => {
    const api = as(owner);
    const made = await Promise.all(Array.from({ length: 12 }, () => api.subscribe({ match: mine() })));
    const rows = app.get(Database).collection<SubscriptionDocument>('subscriptions');
    const stored = await rows.find({ owner }).toArray();
    expect(new Set(stored.map(({ changeNumber }) => changeNumber)).size).toBe(12);
    expect(new Set(stored.map(({ shard }) => shard)).size).toBeGreaterThan(1);
    await handle(revision(null, event({ kind: marker })));
    for (const subscription of made) expect(await api.alerts(subscription)).toHaveLength(1);
  });

  test('alerts are listed in pages', async () => {
    const api = as(owner);
    const made = await api.subscribe({ match: mine() });
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const next = event({ kind: marker });
      ids.unshift(next.id);
      await handle(revision(null, next));
    }
    const first = (await api.get(`/v1/subscriptions/${made.id}/alerts?limit=2`)).body;
    const second = (await api.get(`/v1/subscriptions/${made.id}/alerts?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ eventId }: { eventId: string }) => eventId)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });
});

describe('deliveries', () => {
  const subscribeAt = (url: string, more: object = {}): Promise<SubscriptionOut> =>
    as(owner).subscribe({ match: mine(), ...channelUrl(url), ...more });

  test('arrive signed, with the alert, the event and the subscription', async () => {
    const { path, url } = receiver.path();
    const made = await as(owner).subscribe({
      match: mine(),
      channels: [{ type: 'webhook', url, headers: { Authorization: 'Bearer x' } }],
    });
    const told = event({ kind: marker, headline: 'Exportverbot für Chips – naïve' });
    await handle(revision(null, told));
    const [delivery] = await settled(made, 'delivered');
    const [message] = receiver.at(path);
    const body = webhookBody.parse(
      new Webhook(made.channels[0]?.secret ?? '').verify(message?.body ?? '', message?.headers ?? {}),
    );
    expect(body).toMatchObject({
      type: 'event.recorded',
      data: {
        alert: { development: 'recorded', revision: 1 },
        event: { id: told.id, headline: told.headline },
        subscription: { id: made.id, name: 'test' },
      },
    });
    expect(message?.headers).toMatchObject({ authorization: 'Bearer x', 'webhook-id': delivery?._id });
    expect(delivery?.correlationId).toBe(`correlation-${told.id}`);
    const out = (await as(owner).get(`/v1/deliveries/${delivery?._id ?? ''}`)).body;
    expect(out).toMatchObject({
      state: 'delivered',
      nextAttemptAt: null,
      messageId: delivery?._id,
      attempts: [{ status: 200, error: null, responseExcerpt: 'ok' }],
    });
    const listed = (await as(owner).get(`/v1/subscriptions/${made.id}/deliveries?state=delivered`)).body;
    expect(listed.items).toEqual([out]);
    expect((await as(owner).get(`/v1/subscriptions/${made.id}/deliveries?state=dead`)).body.items).toEqual([]);
  });

  test('that fail are tried again under the same id', async () => {
    const { path, url } = receiver.path((response, count) => response.writeHead(count === 0 ? 500 : 200).end('$set'));
    const made = await subscribeAt(url);
    await handle(revision(null, event({ kind: marker })));
    const [delivery] = await settled(made, 'delivered');
    expect(delivery?.attempts.map(({ status, responseExcerpt }) => [status, responseExcerpt])).toEqual([
      [500, '$set'],
      [200, '$set'],
    ]);
    expect(new Set(receiver.at(path).map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery?._id]));
    // The channel is cleared right after the delivery is settled, in a write of its own.
    await eventually('a channel that fails no longer', async () => {
      const row = await app.get(Database).collection<SubscriptionDocument>('subscriptions').findOne({ _id: made.id });
      return (row?.channels[0] as WebhookChannel | undefined)?.failingSince === null ? row : null;
    });
  });

  test.each([
    [
      'a redirect',
      (response: ServerResponse) => response.writeHead(302, { location: '/elsewhere' }).end(),
      { status: 302 },
    ],
    ['no answer', () => undefined, { status: null, error: 'outbound-timeout: no complete answer within 1000 ms' }],
    [
      'a broken connection',
      (response: ServerResponse) => response.socket?.destroy(),
      { status: null, error: expect.stringMatching(/^outbound-failed/) },
    ],
  ] as const)('%s is a failure; after the last try it is dead and can be replayed', async (_what, answer, attempt) => {
    let mended = false;
    const { path, url } = receiver.path((response) => (mended ? response.end('at last') : void answer(response)));
    const made = await subscribeAt(url);
    await handle(revision(null, event({ kind: marker })));
    const [dead] = await settled(made, 'dead');
    expect(dead?.attempts).toMatchObject([attempt, attempt, attempt]);
    expect(receiver.at(path)).toHaveLength(3);
    expect(receiver.at('/elsewhere')).toEqual([]);
    const admin = identity('operator', ['admin']);
    const server = app.getHttpServer();
    const letters = (await request(server).get('/v1/dead-letters?limit=200').set(admin)).body.items;
    const letter = letters.find(({ messageId }: { messageId: string }) => messageId === dead?._id);
    expect(letter).toMatchObject({
      service: 'alerts',
      durable: 'deliveries',
      attempts: 3,
      payload: { type: 'event.recorded' },
    });
    mended = true;
    expect((await request(server).post(`/v1/dead-letters/${letter.id}/replay`).set(admin)).status).toBe(202);
    await settled(made, 'delivered');
    expect((await request(server).get(`/v1/dead-letters/${letter.id}`).set(admin)).status).toBe(404);
  });

  test('Retry-After puts the next try off', async () => {
    const { url } = receiver.path((response) => response.writeHead(503, { 'retry-after': '3600' }).end());
    const made = await subscribeAt(url);
    await handle(revision(null, event({ kind: marker })));
    const delivery = await eventually('an attempt', async () =>
      (await deliveriesOf(made)).find(({ attempts }) => attempts.length === 1),
    );
    const wait = (delivery.nextAttemptAt?.getTime() ?? 0) - (delivery.attempts[0]?.at.getTime() ?? 0);
    expect(wait).toBeGreaterThanOrEqual(3_600_000);
    expect(wait).toBeLessThan(3_700_000);
  });

  test('410 disables the channel and cancels what waits; resume enables it', async () => {
    const { path, url } = receiver.path((response) => response.writeHead(410).end());
    const made = await subscribeAt(url);
    await handle(revision(null, event({ kind: marker })), revision(null, event({ kind: marker })));
    await settled(made, 'cancelled', 2);
    const channel = await eventually('disabled', async () => {
      const [found] = (await as(owner).get(`/v1/subscriptions/${made.id}`)).body.channels;
      return found.state === 'disabled' && found;
    });
    expect(channel.disabledReason).toBe('the receiver answered 410 Gone');
    const count = receiver.at(path).length;
    await handle(revision(null, event({ kind: marker })));
    expect(await as(owner).alerts(made)).toHaveLength(3);
    expect(await deliveriesOf(made)).toHaveLength(2);
    expect(receiver.at(path)).toHaveLength(count);
    const [delivery] = await deliveriesOf(made);
    expect((await as(owner).post(`/v1/deliveries/${delivery?._id ?? ''}/retry`)).status).toBe(409);
    expect((await as(owner).post(`/v1/subscriptions/${made.id}/resume`)).body.channels[0]).toMatchObject({
      state: 'active',
      disabledReason: null,
    });
  });

  test('that a channel was switched off is told once, by the others of its subscription, else by those of its owner', async () => {
    const gone = receiver.path((response) => response.writeHead(410).end());
    const alone = receiver.path((response) => response.writeHead(410).end());
    const beside = receiver.path();
    const elsewhere = receiver.path();
    const api = as(owner);
    const channels = [gone, beside].map(({ url }) => ({ type: 'webhook', url }));
    const both = await api.subscribe({ match: mine(), channels });
    const notices = ({ path }: { path: string }) =>
      receiver
        .at(path)
        .map(({ body }) => JSON.parse(body) as { type: string; data: { channel?: unknown; reason?: string } })
        .filter(({ type }) => type === 'channel.disabled');
    await handle(revision(null, event({ kind: marker })), revision(null, event({ kind: marker })));
    await eventually('the notice beside', () => notices(beside).length > 0);
    expect(notices(beside)).toEqual([
      expect.objectContaining({
        data: {
          subscription: { id: both.id, name: both.name },
          channel: { id: both.channels[0]?.id, type: 'webhook' },
          reason: 'the receiver answered 410 Gone',
        },
      }),
    ]);
    await api.delete(`/v1/subscriptions/${both.id}`);
    await api.subscribe({
      match: { kinds: ['nothing-of-the-kind'] },
      channels: [{ type: 'webhook', url: elsewhere.url }],
    });
    await subscribeAt(alone.url);
    await handle(revision(null, event({ kind: marker })), revision(null, event({ kind: marker })));
    await eventually('the notice elsewhere', () => notices(elsewhere).length > 0);
    expect(notices(elsewhere)).toHaveLength(1);
    expect(notices(beside)).toHaveLength(1);
  });

  test('five days of nothing but failures disable the channel', async () => {
    const { url } = receiver.path((response) => response.writeHead(500).end());
    const made = await subscribeAt(url);
    await app
      .get(Database)
      .collection<SubscriptionDocument>('subscriptions')
      .updateOne({ _id: made.id }, { $set: { 'channels.0.failingSince': new Date(Date.now() - 5 * 86_400_000 - 1) } });
    await handle(revision(null, event({ kind: marker })));
    await eventually(
      'disabled',
      async () => (await as(owner).get(`/v1/subscriptions/${made.id}`)).body.channels[0].state === 'disabled',
    );
  });

  test('a host that turned private is refused at delivery', async () => {
    const made = await subscribeAt(receiver.path().url);
    await app
      .get(Database)
      .collection<SubscriptionDocument>('subscriptions')
      .updateOne({ _id: made.id }, { $set: { 'channels.0.url': 'http://10.0.0.8/' } });
    await handle(revision(null, event({ kind: marker })));
    const [dead] = await settled(made, 'dead');
    expect(dead?.attempts[0]?.error).toBe('outbound-refused: 10.0.0.8 is refused: private');
  });

  test('a delivered one is sent again on demand, under the same id', async () => {
    const { path, url } = receiver.path();
    const made = await subscribeAt(url);
    await handle(revision(null, event({ kind: marker })));
    const [delivery] = await settled(made, 'delivered');
    const answer = await as(owner).post(`/v1/deliveries/${delivery?._id ?? ''}/retry`);
    expect(answer.status).toBe(202);
    await eventually('two attempts', async () => (await deliveriesOf(made))[0]?.attempts.length === 2);
    expect(receiver.at(path).map(({ headers }) => headers['webhook-id'])).toEqual([delivery?._id, delivery?._id]);
  });

  test('of a paused subscription wait, and of a removed one are cancelled', async () => {
    const { path, url } = receiver.path((response, count) =>
      response.writeHead(count < 1 ? 503 : 200, { 'retry-after': '1' }).end(),
    );
    const made = await subscribeAt(url);
    const removed = await subscribeAt(
      receiver.path((response) => response.writeHead(503, { 'retry-after': '3600' }).end()).url,
    );
    await handle(revision(null, event({ kind: marker })));
    await eventually('a failure each', async () => {
      const all = [...(await deliveriesOf(made)), ...(await deliveriesOf(removed))];
      return all.length === 2 && all.every(({ attempts, leaseUntil }) => attempts.length === 1 && leaseUntil === null);
    });
    await as(owner).post(`/v1/subscriptions/${made.id}/pause`);
    await as(owner).delete(`/v1/subscriptions/${removed.id}`);
    await settled(removed, 'cancelled');
    await eventually('held', async () => (await deliveriesOf(made))[0]?.held === true);
    expect(receiver.at(path)).toHaveLength(1);
    await as(owner).post(`/v1/subscriptions/${made.id}/resume`);
    await settled(made, 'delivered');
  });

  test('a lease that ran out is taken over, and its former holder writes nothing', async () => {
    let answerFirst: () => void = () => undefined;
    const { url } = receiver.path((response, count) => {
      if (count === 0) answerFirst = () => response.writeHead(500).end();
      else response.end('second');
    });
    const made = await subscribeAt(url);
    await handle(revision(null, event({ kind: marker })));
    await eventually('taken', async () => (await deliveriesOf(made))[0]?.fence === 1);
    await deliveries().updateOne({ subscriptionId: made.id }, { $set: { dueAt: new Date() } });
    await settled(made, 'delivered');
    answerFirst();
    await eventually('both have ended', async () => (await deliveriesInFlight.get()).values[0]?.value === 0);
    const [delivery] = await deliveriesOf(made);
    expect(delivery).toMatchObject({ state: 'delivered', fence: 2, attempts: [{ status: 200 }] });
  });

  test('an attempt is noted once, though it is written down again because the answer to the first writing was lost', async () => {
    const made = await subscribeAt(receiver.path((response) => response.end('taken')).url);
    await handle(revision(null, event({ kind: marker })));
    await settled(made, 'delivered');
    const [delivery] = await deliveriesOf(made);
    const [attempt] = delivery?.attempts ?? [];
    if (delivery === undefined || attempt === undefined) throw new Error('there was no attempt');
    expect(await app.get(DeliveriesRepository).conclude(delivery, attempt, { state: 'delivered' })).toBe(true);
    expect(await deliveriesOf(made)).toMatchObject([{ state: 'delivered', attempts: [attempt] }]);
  });

  test('a host that hangs does not hold up another', async () => {
    const settings = app.get<DeliverySettings>(DELIVERY_SETTINGS);
    const before = { ...settings };
    Object.assign(settings, { concurrency: 4, perHost: 2, timeoutMs: 10_000 });
    const hanging: ServerResponse[] = [];
    const other = createServer((incoming, response) => {
      incoming.resume();
      hanging.push(response);
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      const slow = await subscribeAt(`http://127.0.0.1:${String((other.address() as AddressInfo).port)}/`);
      await handle(...Array.from({ length: 20 }, () => revision(null, event({ kind: marker }))));
      await eventually('two hang', () => hanging.length === 2);
      const quick = await as(owner).subscribe({ match: { kinds: [`${marker}-quick`] } });
      await handle(revision(null, event({ kind: `${marker}-quick` })));
      await settled(quick, 'delivered');
      expect(hanging).toHaveLength(2);
      expect((await deliveriesOf(slow)).filter(({ attempts }) => attempts.length > 0)).toEqual([]);
      await as(owner).delete(`/v1/subscriptions/${slow.id}`);
    } finally {
      Object.assign(settings, before);
      other.closeAllConnections();
      await new Promise((resolve) => other.close(resolve));
    }
  });

  test('a worker that is stopped sees its attempts through', async () => {
    const settings = app.get<DeliverySettings>(DELIVERY_SETTINGS);
    const before = { ...settings };
    // This one takes nothing, so that the other has it all.
    Object.assign(settings, { concurrency: 0 });
    let answer: () => void = () => undefined;
    const { path, url } = receiver.path((response) => (answer = () => void response.end('late')));
    try {
      const made = await subscribeAt(url);
      await handle(revision(null, event({ kind: marker })));
      const other = await createServiceApp({ name: 'alerts', module: AlertsModule });
      await eventually('an attempt', () => receiver.at(path).length === 1);
      const closed = other.close();
      answer();
      await closed;
      expect(await deliveriesOf(made)).toMatchObject([{ state: 'delivered', leaseUntil: null }]);
    } finally {
      Object.assign(settings, before);
    }
  });

  test('the test message is signed, and its result is the answer', async () => {
    const good = receiver.path();
    const bad = receiver.path((response) => response.writeHead(403).end('no'));
    const made = await as(owner).subscribe({
      channels: [
        { type: 'webhook', url: good.url },
        { type: 'webhook', url: bad.url },
      ],
    });
    const answer = await as(owner).post(`/v1/subscriptions/${made.id}/test`);
    expect(answer.status).toBe(200);
    expect(answer.body.channels).toMatchObject([
      { channelId: made.channels[0]?.id, delivered: true, status: 200, responseExcerpt: 'ok' },
      { channelId: made.channels[1]?.id, delivered: false, status: 403, responseExcerpt: 'no' },
    ]);
    const [message] = receiver.at(good.path);
    const body = new Webhook(made.channels[0]?.secret ?? '').verify(message?.body ?? '', message?.headers ?? {});
    expect(body).toMatchObject({ type: 'subscription.test', data: { subscription: { id: made.id } } });
  });
});

describe('from timeline', () => {
  /** As much of timeline as sends. */
  @Controller()
  class Sender {
    @Consume('timeline-reports')
    ignore(): Promise<BatchWork> {
      return Promise.resolve({ commit: () => Promise.resolve() });
    }

    @Consume('timeline-removals')
    keep(): Promise<BatchWork> {
      return this.ignore();
    }
  }

  @Module({
    imports: [
      PersistenceModule.forRoot({ service: 'timeline', collections: messagingCollections }),
      MessagingModule.forRoot({ service: 'timeline' }),
    ],
    controllers: [Sender],
  })
  class SenderModule {}

  test('a theme and an event arrive over the streams, and the alert goes out under their correlation id', async () => {
    const timeline = await createServiceApp({
      name: 'timeline',
      module: SenderModule,
      configure: (made) => void made.connectMicroservice({ strategy: made.get(JetStreamStrategy) }),
    });
    try {
      const send = async (message: OutboxMessage): Promise<void> => {
        const outbox = timeline.get(Outbox);
        const add = () => timeline.get(Database).transaction((session) => outbox.add(session, [message]));
        await runWithCorrelation(`correlation-${marker}`, add);
      };
      const themeId = `theme-${marker}`;
      const theme = {
        id: themeId,
        name: 'x',
        description: null,
        rule: { phrases: [], entities: [], kinds: [], exclude: [] },
        version: 1,
        updatedAt: '2026-02-02T10:00:00.000Z',
      };
      await send({ subject: 'theme.changed', messageId: `msg_${themeId}`, payload: { themeId, version: 1, theme } });
      const { path, url } = receiver.path();
      const made = await eventually('the theme', async () => {
        const answer = await as(owner).post('/v1/subscriptions', {
          name: 'x',
          match: { themes: [themeId] },
          ...channelUrl(url),
        });
        return answer.status === 201 && (answer.body as SubscriptionOut);
      });
      const told = event({ themes: [themeId] });
      await send({ subject: 'event.revised', messageId: `msg_${told.id}`, payload: revision(null, told) });
      const [delivery] = await settled(made, 'delivered');
      expect(delivery?.correlationId).toBe(`correlation-${marker}`);
      expect(receiver.at(path)).toHaveLength(1);
    } finally {
      await timeline.get(Database).db.dropDatabase();
      await timeline.close();
    }
  });
});

test('the OpenAPI document and the metrics name what is here', async () => {
  const document = (await request(app.getHttpServer()).get('/openapi.json')).body;
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/v1/subscriptions',
      '/v1/subscriptions/{id}/alerts',
      '/v1/deliveries/{id}/retry',
      '/v1/subscriptions/{id}/test',
    ]),
  );
  const metrics = (await request(app.getHttpServer()).get('/metrics')).text;
  for (const name of [
    'alerts_told_total',
    'alerts_suppressed_total',
    'delivery_attempts_total',
    'delivery_seconds',
    'delivery_overdue_seconds',
  ]) {
    expect(metrics).toContain(`themeline_${name}`);
  }
});
