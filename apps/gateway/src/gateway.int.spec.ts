import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Identity, KeyOut } from '@themeline/contracts';
import { createServiceApp, encodeCursor, verifyIdentity } from '@themeline/http';
import { Database } from '@themeline/persistence';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import request from 'supertest';
import { gatewayService } from './gateway.module';

const SECRET = 'integration-test-identity-secret-0002';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A service as the gateway sees one: a real HTTP server whose answers the test decides. */
class FakeService {
  handler: Handler = (_, response) => void response.end('{}');
  requests: IncomingMessage[] = [];
  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeService> {
    const server = createServer();
    const service = new FakeService(server);
    server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
      service.requests.push(incoming);
      void service.handler(incoming, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return service;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get last(): IncomingMessage {
    const last = this.requests.at(-1);
    if (last === undefined) throw new Error('nothing was asked');
    return last;
  }

  identity(): Identity | null {
    return verifyIdentity(String(this.last.headers['x-themeline-identity']), SECRET, Date.now());
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const answerJson =
  (body: unknown, status = 200): Handler =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

let folder: string;
let ingest: FakeService;
let timeline: FakeService;
let alerts: FakeService;
const apps: NestFastifyApplication[] = [];
let databases = 0;

async function startGateway(env: Record<string, string> = {}): Promise<{ app: NestFastifyApplication; url: string }> {
  Object.assign(process.env, {
    MONGODB_URI: process.env['TEST_MONGODB_URI'],
    DB_PREFIX: `test_gw_${process.pid}_${databases}`,
    IDENTITY_SECRET: SECRET,
    LOG_LEVEL: 'silent',
    INGEST_URL: ingest.origin,
    TIMELINE_URL: timeline.origin,
    ALERTS_URL: alerts.origin,
    ADMIN_KEY_FILE: join(folder, `admin-key-${databases}`),
    ADMIN_KEY: '',
    RATE_LIMIT_PER_MINUTE: '',
    RATE_LIMIT_BURST: '',
    ...env,
  });
  const app = await createServiceApp(gatewayService);
  apps.push(app);
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}

/** The next gateway begins with an empty database. */
const freshDatabase = (): void => void (databases += 1);
const adminKey = async (): Promise<string> => (await readFile(join(folder, `admin-key-${databases}`), 'utf8')).trim();

async function makeKey(url: string, admin: string, body: object): Promise<KeyOut & { secret: string }> {
  const answer = await request(url).post('/v1/keys').auth(admin, { type: 'bearer' }).send(body).expect(201);
  return answer.body as KeyOut & { secret: string };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'themeline-gateway-'));
  [ingest, timeline, alerts] = await Promise.all([FakeService.start(), FakeService.start(), FakeService.start()]);
});

afterEach(() => {
  for (const service of [ingest, timeline, alerts]) {
    service.handler = answerJson({});
    service.requests = [];
  }
});

afterAll(async () => {
  for (const app of apps) {
    await app.get(Database, { strict: false }).db.dropDatabase();
    await app.close();
  }
  await Promise.all([ingest, timeline, alerts].map((service) => service.stop()));
  await rm(folder, { recursive: true });
});

describe('the first admin key', () => {
  beforeEach(freshDatabase);

  test('is made once and written for its owner only', async () => {
    await startGateway();
    const key = await adminKey();
    expect((await stat(join(folder, `admin-key-${databases}`))).mode & 0o777).toBe(0o600);
    const { url } = await startGateway();
    expect(await adminKey()).toBe(key);
    await request(url).get('/v1/keys').auth(key, { type: 'bearer' }).expect(200);
  });

  test('is taken from the file when the database is empty', async () => {
    await startGateway();
    const key = await adminKey();
    freshDatabase();
    await writeFile(join(folder, `admin-key-${databases}`), `${key}\n`);
    const { url } = await startGateway();
    await request(url).get('/v1/keys').auth(key, { type: 'bearer' }).expect(200);
  });

  test.each(['', 'tl_cut'])('is not taken from a file that holds %j', async (content) => {
    await writeFile(join(folder, `admin-key-${databases}`), content);
    await expect(startGateway()).rejects.toThrow(/holds no key/);
  });

  test('that is given replaces the one that was given before', async () => {
    const [first, second] = ['first-given-admin-key-of-32-chars-', 'second-given-admin-key-of-32-char'];
    const before = await startGateway({ ADMIN_KEY: first });
    await request(before.url).get('/v1/keys').auth(first, { type: 'bearer' }).expect(200);
    const after = await startGateway({ ADMIN_KEY: second });
    await request(after.url).get('/v1/keys').auth(second, { type: 'bearer' }).expect(200);
    await request(after.url).get('/v1/keys').auth(first, { type: 'bearer' }).expect(401);
  });

  test('is asked for when there is none', async () => {
    await expect(startGateway({ ADMIN_KEY_FILE: '' })).rejects.toThrow(/^ADMIN_KEY_FILE is not set/);
  });
});

describe('with one gateway', () => {
  let url: string;
  let admin: string;
  let reader: KeyOut & { secret: string };

  beforeAll(async () => {
    freshDatabase();
    ({ url } = await startGateway());
    admin = await adminKey();
    reader = await makeKey(url, admin, { name: 'reader', owner: 'press', scopes: ['read', 'read'] });
  });

  const get = (path: string, key = reader.secret): request.Test => request(url).get(path).auth(key, { type: 'bearer' });

  describe('keys', () => {
    test('are shown once', async () => {
      expect(reader).toMatchObject({
        name: 'reader',
        owner: 'press',
        scopes: ['read'],
        expiresAt: null,
        lastUsedAt: null,
      });
      expect(reader.secret.startsWith(`tl_${reader.prefix}_`)).toBe(true);
      const list = await get('/v1/keys', admin).expect(200);
      expect(list.body.items.map(({ id }: KeyOut) => id)).toEqual([reader.id, 'key_first']);
      const one = await get(`/v1/keys/${reader.id}`, admin).expect(200);
      expect(one.body).not.toHaveProperty('secret');
      expect(JSON.stringify([list.body, one.body])).not.toMatch(/hash/);
    });

    test('are listed page by page', async () => {
      const first = await get('/v1/keys?limit=1', admin);
      const second = await get(`/v1/keys?limit=1&cursor=${first.body.nextCursor}`, admin);
      expect([...first.body.items, ...second.body.items].map(({ id }: KeyOut) => id)).toEqual([reader.id, 'key_first']);
      expect(second.body.nextCursor).toBeNull();
      await get('/v1/keys?cursor=nonsense', admin).expect(400);
    });

    test('need the scope admin to be made', async () => {
      const answer = await request(url)
        .post('/v1/keys')
        .auth(reader.secret, { type: 'bearer' })
        .send({ name: 'x', owner: 'x', scopes: ['admin'] });
      expect(answer).toMatchObject({ status: 403, body: { detail: "this key lacks the scope 'admin'" } });
    });

    test.each([
      [{ name: 'x', owner: 'x', scopes: [] }, 'scopes'],
      [{ name: 'x', owner: 'X Y', scopes: ['read'] }, 'owner'],
      [{ name: 'x', owner: 'x', scopes: ['write'] }, 'scopes[0]'],
      [{ name: 'x', owner: 'x', scopes: ['read'], expiresAt: '2020-01-01' }, 'expiresAt'],
      [{ name: 'x', owner: 'x', scopes: ['read'], key: 'mine' }, 'key'],
    ])('are refused: %j', async (body, path) => {
      const answer = await request(url).post('/v1/keys').auth(admin, { type: 'bearer' }).send(body).expect(400);
      expect(answer.body.errors).toEqual([expect.objectContaining({ path })]);
    });

    test('do not work after they were revoked', async () => {
      const key = await makeKey(url, admin, { name: 'brief', owner: 'press', scopes: ['read'] });
      await get('/v1/events', key.secret).expect(200);
      await request(url).delete(`/v1/keys/${key.id}`).auth(admin, { type: 'bearer' }).expect(204);
      await get('/v1/events', key.secret).expect(401);
      await request(url).delete(`/v1/keys/${key.id}`).auth(admin, { type: 'bearer' }).expect(404);
    });

    test('do not work after they have expired', async () => {
      const expiresAt = new Date(Date.now() + 300).toISOString();
      const key = await makeKey(url, admin, { name: 'brief', owner: 'press', scopes: ['read'], expiresAt });
      await get('/v1/events', key.secret).expect(200);
      await until(() => Date.now() > new Date(expiresAt).getTime());
      await get('/v1/events', key.secret).expect(401);
    });

    test('of which one admin remains', async () => {
      const answer = await request(url).delete('/v1/keys/key_first').auth(admin, { type: 'bearer' });
      expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/last key/) } });
    });

    test.each([
      ['none', undefined],
      ['another scheme', 'Basic dXNlcjpwYXNz'],
      ['an empty one', 'Bearer '],
      ['a mistyped one', 'Bearer tl_aaaaaaaa_0000000000000000000000000000000000'],
    ])('are asked for: %s', async (_, header) => {
      const asked = request(url).get('/v1/events');
      const answer = await (header === undefined ? asked : asked.set('authorization', header));
      expect(answer.status).toBe(401);
      expect(answer.headers['content-type']).toMatch(/problem\+json/);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="themeline"');
      expect(timeline.requests).toHaveLength(0);
    });
  });

  describe('requests', () => {
    test('reach their service with path, query, caller and correlation', async () => {
      timeline.handler = answerJson({ items: [] });
      const answer = await get('/v1/events?kind=ban&kind=fine&q=a%20b')
        .set('x-request-id', 'req-1')
        .set('x-themeline-identity', 'forged')
        .set('x-forwarded-for', '10.0.0.1');
      expect(answer).toMatchObject({ status: 200, body: { items: [] } });
      expect(timeline.last.url).toBe('/v1/events?kind=ban&kind=fine&q=a%20b');
      expect(timeline.identity()).toMatchObject({ keyId: reader.id, owner: 'press', scopes: ['read'] });
      expect(timeline.last.headers).toMatchObject({ 'x-request-id': 'req-1', 'x-forwarded-for': '127.0.0.1' });
      expect(timeline.last.headers).not.toHaveProperty('authorization');
      expect(answer.headers['x-request-id']).toBe('req-1');
      expect(answer.headers['ratelimit-limit']).toBe('6000');
    });

    test.each(['/v1/nothing', '/v1/dead-letters/other_1', '/v1/', '/elsewhere'])('%s is a 404', async (path) => {
      const answer = await get(path);
      expect(answer).toMatchObject({ status: 404, body: { title: 'Not Found', instance: path } });
    });

    test("a service's answer comes back as it is", async () => {
      timeline.handler = (_, response) => {
        response.writeHead(308, { location: '/v1/events/evt_2', 'cache-control': 'no-store', etag: '"7"' }).end();
      };
      const moved = await get('/v1/events/evt_1').redirects(0);
      expect(moved).toMatchObject({ status: 308, headers: { location: '/v1/events/evt_2', etag: '"7"' } });
      timeline.handler = (_, response) => {
        response
          .writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '7' })
          .end('{"status":503}');
      };
      const busy = await get('/v1/events');
      expect(busy).toMatchObject({ status: 503, body: { status: 503 }, headers: { 'retry-after': '7' } });
      timeline.handler = (_, response) => void response.writeHead(304, { etag: '"7"' }).end();
      await get('/v1/events/evt_1').set('if-none-match', '"7"').expect(304);
      expect(timeline.last.headers['if-none-match']).toBe('"7"');
    });

    test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s carries its body', async (method) => {
      ingest.handler = async (incoming, response) => {
        await answerJson({ method: incoming.method, body: await text(incoming) }, 202)(incoming, response);
      };
      const answer = await fetch(`${url}/v1/reports`, {
        method,
        headers: { authorization: `Bearer ${reader.secret}`, 'content-type': 'application/json' },
        body: '{"a":1,"a":2}',
      });
      expect(answer.status).toBe(202);
      expect(await answer.json()).toEqual({ method, body: '{"a":1,"a":2}' });
    });

    test('HEAD has no body', async () => {
      timeline.handler = (_, response) => void response.writeHead(200, { 'content-length': '17' }).end();
      const answer = await request(url).head('/v1/events').auth(reader.secret, { type: 'bearer' });
      expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '17' } });
    });

    test('an upload streams through line by line', async () => {
      let received = '';
      ingest.handler = async (incoming, response) => {
        incoming.setEncoding('utf8');
        for await (const chunk of incoming) received += String(chunk);
        response.end(String(received.length));
      };
      const upload = httpRequest(`${url}/v1/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${reader.secret}`, 'content-type': 'application/x-ndjson' },
      });
      upload.write('{"line":1}\n');
      await until(() => received === '{"line":1}\n');
      upload.end('{"line":2}\n');
      const [answer] = (await once(upload, 'response')) as [IncomingMessage];
      expect(await text(answer)).toBe('22');
    });

    test('an upload that its client breaks off is broken off for the service', async () => {
      let broken = false;
      ingest.handler = (incoming) => {
        incoming.resume();
        incoming.once('error', () => (broken = true));
      };
      const upload = httpRequest(`${url}/v1/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${reader.secret}`, 'content-type': 'application/x-ndjson' },
      });
      upload.on('error', () => undefined);
      upload.write('{"line":1}\n');
      await until(() => ingest.requests.length === 1);
      upload.destroy();
      await until(() => broken);
    });

    test('an answer that comes before the upload ends reaches the client', async () => {
      ingest.handler = (_, response) => {
        response
          .writeHead(413, { 'content-type': 'application/problem+json', connection: 'close' })
          .end('{"status":413}');
      };
      const upload = httpRequest(`${url}/v1/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${reader.secret}`, 'content-type': 'application/x-ndjson' },
      });
      upload.on('error', () => undefined);
      upload.write('x'.repeat(100_000));
      const [answer] = (await once(upload, 'response')) as [IncomingMessage];
      expect(answer.statusCode).toBe(413);
      expect(await json(answer)).toEqual({ status: 413 });
      upload.destroy();
    });

    test('an event stream opens at once, flows, and ends with its client', async () => {
      let stream: ServerResponse | undefined;
      timeline.handler = (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        stream = response;
      };
      const gone = new AbortController();
      const answer = await fetch(`${url}/v1/stream`, {
        headers: { authorization: `Bearer ${reader.secret}`, 'last-event-id': '41' },
        signal: gone.signal,
      });
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      expect(timeline.last.headers['last-event-id']).toBe('41');
      const events = answer.body?.getReader();
      stream?.write('id: 42\n\n');
      const first = await events?.read();
      expect(Buffer.from(first?.value ?? []).toString()).toBe('id: 42\n\n');
      const closed = once(stream as ServerResponse, 'close');
      gone.abort();
      await closed;
    });

    test('an answer that breaks off in the middle is broken for the client', async () => {
      timeline.handler = (_, response) => {
        response.writeHead(200, { 'content-type': 'text/csv' });
        response.write('a,b\n', () => response.destroy());
      };
      const answer = await fetch(`${url}/v1/export.csv`, { headers: { authorization: `Bearer ${reader.secret}` } });
      await expect(answer.text()).rejects.toThrow();
    });

    test('a service that breaks off without an answer is a 502', async () => {
      ingest.handler = (incoming) => void incoming.socket.destroy();
      const answer = await request(url).post('/v1/reports').auth(reader.secret, { type: 'bearer' }).send({});
      expect(answer).toMatchObject({
        status: 502,
        body: { title: 'Bad Gateway', detail: expect.stringMatching(/'ingest'/) },
      });
      expect(ingest.requests).toHaveLength(1);
    });
  });

  describe('dead letters', () => {
    const letter = (id: string, second: number): object => ({
      id,
      service: id.split('_')[0],
      durable: 'd',
      subject: 's',
      messageId: 'm',
      reason: 'r',
      attempts: 1,
      payload: null,
      correlationId: null,
      deadAt: `2026-01-01T00:00:0${second}.000Z`,
    });

    test('of all services are one list, newest first', async () => {
      ingest.handler = answerJson({ items: [letter('ingest_1', 5), letter('ingest_2', 1)], nextCursor: null });
      timeline.handler = answerJson({ items: [letter('timeline_1', 5)], nextCursor: null });
      alerts.handler = answerJson({ items: [letter('alerts_1', 3)], nextCursor: null });
      const answer = await get('/v1/dead-letters?limit=3', admin).expect(200);
      expect(answer.body.items.map(({ id }: { id: string }) => id)).toEqual(['timeline_1', 'ingest_1', 'alerts_1']);
      const cursor = encodeCursor({ deadAt: '2026-01-01T00:00:03.000Z', id: 'alerts_1' });
      expect(answer.body.nextCursor).toBe(cursor);
      await get(`/v1/dead-letters?cursor=${cursor}`, admin).expect(200);
      expect(alerts.last.url).toBe(`/v1/dead-letters?limit=50&cursor=${cursor}`);
      expect(alerts.identity()?.scopes).toEqual(['admin']);
    });

    test('one goes to the service that its id names', async () => {
      alerts.handler = (_, response) => void response.writeHead(202).end();
      await request(url).post('/v1/dead-letters/alerts_9/replay').auth(admin, { type: 'bearer' }).expect(202);
      expect(alerts.last.url).toBe('/v1/dead-letters/alerts_9/replay');
    });

    test('need the scope admin', async () => {
      await get('/v1/dead-letters').expect(403);
    });

    test("a service's refusal is told", async () => {
      timeline.handler = answerJson({ title: 'Bad Request', detail: 'no such cursor' }, 400);
      for (const service of [ingest, alerts]) service.handler = answerJson({ items: [], nextCursor: null });
      const answer = await get('/v1/dead-letters', admin);
      expect(answer).toMatchObject({ status: 400, body: { detail: 'timeline: no such cursor' } });
    });
  });

  describe('pages', () => {
    test('the index and the documentation are open and local', async () => {
      const index = await request(url).get('/').expect(200);
      expect(index.body).toMatchObject({ name: 'Themeline', openapi: '/openapi.json' });
      const docs = await request(url).get('/docs').expect(200);
      expect(docs.text).not.toMatch(/https?:\/\//);
      for (const [, path = ''] of docs.text.matchAll(/(?:src|href)="([^"]+)"/g))
        await request(url).get(path).expect(200);
      await request(url).get('/docs/package.json').expect(404);
    });

    test('the document is of all services', async () => {
      const described = (path: string): object => ({
        openapi: '3.1.0',
        info: {},
        paths: { [path]: {}, '/metrics': {} },
      });
      ingest.handler = answerJson(described('/v1/reports'));
      timeline.handler = answerJson(described('/v1/events'));
      alerts.handler = (_, response) => void response.destroy();
      const { body } = await request(url).get('/openapi.json').expect(200);
      expect(body.openapi).toBe('3.1.0');
      expect(Object.keys(body.paths)).toEqual(
        expect.arrayContaining(['/v1/events', '/v1/keys', '/v1/reports', '/v1/dead-letters']),
      );
      expect(body.paths['/v1/keys'].post.requestBody.content['application/json'].schema).toEqual({
        $ref: '#/components/schemas/KeyIn',
      });
      expect(body.components.schemas.KeyIn.required).toEqual(['name', 'owner', 'scopes']);
      expect(body.paths).not.toHaveProperty('/v1/{path}');
      alerts.handler = answerJson(described('/v1/subscriptions'));
      const again = await request(url).get('/openapi.json').expect(200);
      expect(again.body.paths).toHaveProperty('/v1/subscriptions');
    });

    test('readiness is that of all services', async () => {
      await request(url).get('/health/ready').expect(200);
      alerts.handler = answerJson({}, 503);
      const answer = await request(url).get('/health/ready').expect(503);
      expect(answer.body.checks.filter(({ ready }: { ready: boolean }) => !ready)).toMatchObject([
        { name: 'alerts', reason: 'answers 503' },
      ]);
    });
  });
});

describe('replicas', () => {
  test('take turns, and one that is gone is passed over', async () => {
    freshDatabase();
    const [one, two] = await Promise.all([FakeService.start(), FakeService.start()]);
    const { url } = await startGateway({ TIMELINE_URL: `${one.origin},${two.origin}` });
    const key = await adminKey();
    const ask = (): request.Test => request(url).get('/v1/events').auth(key, { type: 'bearer' });
    for (let count = 0; count < 4; count += 1) await ask().expect(200);
    expect([one.requests.length, two.requests.length]).toEqual([2, 2]);
    await one.stop();
    for (let count = 0; count < 4; count += 1) await ask().expect(200);
    expect(two.requests).toHaveLength(6);
    await two.stop();
    const answer = await ask();
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: { title: 'Service Unavailable' },
    });
    await request(url).get('/health/ready').expect(503);
  });
});

describe('limits', () => {
  test('a key has its rate, and other keys have their own', async () => {
    freshDatabase();
    const { url } = await startGateway({ RATE_LIMIT_PER_MINUTE: '60', RATE_LIMIT_BURST: '3' });
    const admin = await adminKey();
    const key = await makeKey(url, admin, { name: 'n', owner: 'o', scopes: ['read'] });
    const ask = (secret: string): request.Test => request(url).get('/v1/events').auth(secret, { type: 'bearer' });
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(key.secret)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused[0]).toMatchObject({
      body: { title: 'Too Many Requests' },
      headers: { 'retry-after': '1', 'ratelimit-limit': '3', 'ratelimit-remaining': '0' },
    });
    await ask(admin).expect(200);
  });

  test('wrong keys from one address are limited, good ones that are known are not', async () => {
    freshDatabase();
    const { url } = await startGateway();
    const admin = await adminKey();
    const ask = (secret: string): request.Test => request(url).get('/v1/events').auth(secret, { type: 'bearer' });
    await ask(admin).expect(200);
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) statuses.push((await ask(`guess-${count}`)).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(-1)).toEqual([429]);
    await ask(admin).expect(200);
  });
});

describe('a gateway that stops', () => {
  test('ends event streams and writes down when keys were used', async () => {
    freshDatabase();
    const first = await startGateway();
    const admin = await adminKey();
    timeline.handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    };
    const answer = await fetch(`${first.url}/v1/stream`, { headers: { authorization: `Bearer ${admin}` } });
    const ended = answer.text();
    apps.splice(apps.indexOf(first.app), 1);
    await first.app.close();
    await ended.catch(() => undefined);
    const second = await startGateway();
    const key = await request(second.url).get('/v1/keys/key_first').auth(admin, { type: 'bearer' }).expect(200);
    expect(key.body.lastUsedAt).not.toBeNull();
  });
});
