import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ArticleOut, SCOPES } from '@themeline/contracts';
import { createServiceApp, IDENTITY_HEADER, signIdentity } from '@themeline/http';
import { Backpressure, JetStreamStrategy } from '@themeline/messaging';
import { Database } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { happening } from '../../../test/support/happenings';
import { eventually } from '../../../test/support/message-bus';
import { IngestModule } from './ingest.module';
import { ReportDocument } from './ingest.collections';

const SECRET = 'a secret of at least thirty-two characters';

describe('the ingest service', () => {
  let app: NestFastifyApplication;
  let database: Database;

  beforeAll(async () => {
    const prefix = `t${randomUUID().slice(0, 8)}`;
    Object.assign(process.env, {
      MONGODB_URI: process.env.TEST_MONGODB_URI,
      NATS_URL: process.env.TEST_NATS_URL,
      DB_PREFIX: prefix,
      NATS_NAMESPACE: prefix,
      STREAM_MAX_BYTES: '50000000',
      IDENTITY_SECRET: SECRET,
      LOG_LEVEL: 'error',
      READING_THREADS: '1',
      READING_QUEUE: '2',
    });
    app = await createServiceApp({
      name: 'ingest',
      module: IngestModule,
      configure: (service) => {
        service.connectMicroservice({ strategy: service.get(JetStreamStrategy) });
      },
    });
    database = app.get(Database);
  });
  afterAll(() => app.close());

  const signed = (owner: string, scopes: readonly (typeof SCOPES)[number][] = ['ingest', 'read']): string =>
    signIdentity({ keyId: 'k', owner, scopes: [...scopes], expiresAt: Date.now() + 60_000 }, SECRET);
  const post = (path: string, body: object | string, owner = 'local', type = 'application/json') =>
    request(app.getHttpServer())
      .post(path)
      .set(IDENTITY_HEADER, signed(owner))
      .set('content-type', type)
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  const outboxCount = (messageIds: object) => database.collection('outbox').countDocuments(messageIds);
  const reports = () => database.collection<ReportDocument>('reports');

  test('takes nothing without the gateway’s signature', async () => {
    expect((await request(app.getHttpServer()).post('/v1/reports').send(happening(1))).status).toBe(401);
    const forged = signIdentity(
      { keyId: 'k', owner: 'x', scopes: ['admin'], expiresAt: Date.now() + 60_000 },
      'another secret of thirty-two characters',
    );
    expect(
      (await request(app.getHttpServer()).post('/v1/reports').set(IDENTITY_HEADER, forged).send(happening(1))).status,
    ).toBe(401);
  });

  test('a report, the same again, and a changed one: new, duplicate, version 2', async () => {
    const first = await post('/v1/reports', happening(1));
    expect(first.status).toBe(202);
    expect(first.body).toMatchObject({
      accepted: 1,
      duplicates: 0,
      rejected: [],
      items: [{ index: 0, duplicate: false, version: 1 }],
    });
    const { reportId } = (first.body as { items: { reportId: string }[] }).items[0] ?? { reportId: '' };
    expect((await post('/v1/reports', happening(1))).body).toMatchObject({
      accepted: 0,
      duplicates: 1,
      items: [{ reportId, duplicate: true, version: 1 }],
    });
    expect((await post('/v1/reports', { ...happening(1), summary: 'Told otherwise' })).body).toMatchObject({
      accepted: 1,
      items: [{ reportId, version: 2 }],
    });
    expect(await outboxCount({ subject: 'report.accepted', body: { $regex: reportId } })).toBe(2);
  });

  test('the same report sent twenty times at once is stored once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/v1/reports', happening(2))));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(202));
    expect(answers.filter((answer) => (answer.body as { accepted: number }).accepted === 1)).toHaveLength(1);
    expect(await reports().countDocuments({ 'report.headline': happening(2).headline })).toBe(1);
  });

  test('owners do not share reports', async () => {
    const mine = await post('/v1/reports', happening(3), 'a');
    const theirs = await post('/v1/reports', happening(3), 'b');
    expect(theirs.body).toMatchObject({ accepted: 1 });
    expect((mine.body as { items: object[] }).items).not.toEqual((theirs.body as { items: object[] }).items);
  });

  test('an array and a stream of lines', async () => {
    const array = await post(
      '/v1/reports',
      Array.from({ length: 50 }, (_, n) => happening(100 + n)),
    );
    expect(array.body).toMatchObject({ accepted: 50, duplicates: 0 });
    const lines = Array.from({ length: 1_200 }, (_, n) => JSON.stringify(happening(100 + n))).join('\n');
    const stream = await post('/v1/reports', lines, 'local', 'application/x-ndjson');
    expect(stream.body).toMatchObject({ accepted: 1_150, duplicates: 50, rejected: [] });
    expect(stream.body).not.toHaveProperty('items');
  });

  test('Idempotency-Key works for streams too: the first answer, or 422 for other lines', async () => {
    const send = (line: object) =>
      post('/v1/reports', JSON.stringify(line), 'local', 'application/x-ndjson').set('idempotency-key', 'stream-1');
    const first = await send(happening(5_000));
    expect((await send(happening(5_000))).body).toEqual(first.body);
    expect((await send(happening(5_001))).status).toBe(422);
    expect(await reports().countDocuments({ 'report.headline': happening(5_001).headline })).toBe(0);
  });

  test('when its backlog is over the limit: 503 with Retry-After, and nothing is stored', async () => {
    const refusal = jest
      .spyOn(app.get(Backpressure), 'refusal')
      .mockReturnValue({ retryAfterSeconds: 5, reason: 'too deep' });
    try {
      const answer = await post('/v1/reports', happening(6_000));
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.headers['content-type']).toMatch(/problem\+json/);
    } finally {
      refusal.mockRestore();
    }
    expect(await reports().countDocuments({ 'report.headline': happening(6_000).headline })).toBe(0);
  });

  test('an article is read in the background; an edit keeps the ids of what stayed and withdraws what went', async () => {
    const url = 'https://news.example/a?utm_source=x';
    const text = (second: string): string => `Norland banned the Zephyr app on Tuesday.\n\n${second}`;
    const submit = async (body: string) =>
      (await post('/v1/articles', { url, text: body, publishedAt: '2025-03-07', source: { name: 'Example' } }))
        .body as {
        articleId: string;
        duplicate: boolean;
        version: number;
      };
    const read = async (id: string): Promise<ArticleOut> =>
      (await request(app.getHttpServer()).get(`/v1/articles/${id}`).set(IDENTITY_HEADER, signed('local')))
        .body as ArticleOut;
    const whenRead = (id: string, version: number): Promise<ArticleOut> =>
      eventually('the article to be read', async () => {
        const article = await read(id);
        return article.state === 'read' && article.version === version ? article : null;
      });

    const first = await submit(text('Ostrava Labs acquired Pinewood Robotics for $30 million last month.'));
    expect(first).toMatchObject({ duplicate: false, version: 1 });
    const before = await whenRead(first.articleId, 1);
    expect(before.reports.map((report) => report.kind)).toEqual(['ban', 'acquisition']);
    expect(await submit(text('Ostrava Labs acquired Pinewood Robotics for $30 million last month.'))).toMatchObject({
      duplicate: true,
      version: 1,
    });

    const second = await submit(text('Nothing else was known.'));
    expect(second).toMatchObject({ articleId: first.articleId, duplicate: false, version: 2 });
    const after = await whenRead(first.articleId, 2);
    expect(after.reports.map(({ reportId, state }) => [reportId, state])).toEqual(
      before.reports.map(({ reportId }, index) => [reportId, index === 0 ? 'accepted' : 'withdrawn']),
    );
    expect(await outboxCount({ subject: 'report.withdrawn' })).toBe(1);
  });

  test('the source of an article is its name, else its host, else the article itself', async () => {
    const sourceOf = async (article: object): Promise<ArticleOut['source']> => {
      const { articleId } = (await post('/v1/articles', article)).body as { articleId: string };
      const got = await request(app.getHttpServer())
        .get(`/v1/articles/${articleId}`)
        .set(IDENTITY_HEADER, signed('local'));
      return (got.body as ArticleOut).source;
    };
    const named = await sourceOf({ text: 'One.', source: { name: 'Example Times' } });
    expect(await sourceOf({ text: 'Two.', source: { name: 'example  times' } })).toMatchObject({ id: named.id });
    expect(await sourceOf({ text: 'Three.', url: 'https://www.example.org/three' })).toMatchObject({
      name: 'example.org',
    });
    expect((await sourceOf({ text: 'Four.' })).id).not.toBe((await sourceOf({ text: 'Five.' })).id);
  });

  test('extract stores nothing, dates resolves phrases', async () => {
    const before = await reports().countDocuments();
    const extract = await post('/v1/extract', {
      text: 'Norland banned the Quillet app on Monday.',
      publishedAt: '2025-03-07',
    });
    expect(extract.body).toMatchObject({ state: 'read', reports: [{ kind: 'ban', date: { edtf: '2025-03-03' } }] });
    expect(JSON.stringify(extract.body)).not.toContain('kindRule');
    const explained = await post('/v1/extract?explain=true', {
      text: 'Norland Labs raised about $5 million to $7 million in seed funding on Monday.',
      publishedAt: '2025-03-07',
    });
    expect(explained.body).toMatchObject({
      reports: [
        {
          amount: { low: 5e6, high: 7e6, approximate: true, currency: 'USD' },
          why: { kindRule: 'raised-money (verb)', dateRule: 'weekday.plain' },
        },
      ],
    });
    expect((await post('/v1/extract?explain=perhaps', { text: 'A' })).status).toBe(400);
    expect(await reports().countDocuments()).toBe(before);
    const dates = await post('/v1/dates', { text: 'It opened in mid-2024.', reference: '2025-01-01' });
    expect(dates.body).toMatchObject({
      dates: [{ phrase: 'mid-2024', edtf: '2024-05/2024-08', lower: '2024-05-01', upper: '2024-08-31' }],
    });
    const text = '🚀 “Filed” on 12/03/2025.';
    for (const [locale, edtf] of [
      ['en-GB', '2025-03-12'],
      ['en-US', '2025-12-03'],
    ]) {
      const filed = await post('/v1/dates', { text, reference: '2026-01-01T08:00:00+09:00', locale });
      const start = text.indexOf('12/');
      expect(filed.body).toMatchObject({ dates: [{ phrase: '12/03/2025', start, end: start + 10, edtf }] });
    }
  });

  test('a long text is read in a thread, with the same dates as a short one', async () => {
    const line = 'It opened in mid-2024.';
    const dates = await post('/v1/dates', { text: `${line}\n`.repeat(100), reference: '2025-01-01' });
    expect(dates.status).toBe(200);
    const found = (dates.body as { dates: { edtf: string; start: number }[] }).dates;
    expect(found.map(({ edtf, start }) => [edtf, start])).toEqual(
      Array.from({ length: 100 }, (_, n) => ['2024-05/2024-08', n * (line.length + 1) + line.indexOf('mid')]),
    );
  });

  test('when too many wait for a thread: 503 with Retry-After, health answers at once, and the others are read', async () => {
    const text = 'Norland banned the Quillet app on Monday.\n'.repeat(2_000);
    const sent = Array.from({ length: 8 }, () =>
      post('/v1/extract', { text, publishedAt: '2025-03-07' }).then((a) => a),
    );
    const live = await request(app.getHttpServer()).get('/health/live');
    expect(live.status).toBe(200);
    const answers = await Promise.all(sent);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
    for (const answer of answers.filter(({ status }) => status === 503)) {
      expect(answer.headers['retry-after']).toBe('2');
      expect(answer.headers['content-type']).toMatch(/problem\+json/);
    }
  });

  test('a page behind an address is fetched only where the guard lets it', async () => {
    const answer = await post('/v1/extract', { url: 'http://127.0.0.1:1/private' });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toMatch(/127\.0\.0\.1/);
  });

  test('an article in another language says so', async () => {
    const { body } = await post('/v1/articles', {
      text: 'Le gouvernement a interdit l’application dans les écoles du pays. La décision est entrée en vigueur lundi dernier, a dit le ministre.',
    });
    const { articleId } = body as { articleId: string };
    const article = await eventually('its state', async () => {
      const got = (
        await request(app.getHttpServer()).get(`/v1/articles/${articleId}`).set(IDENTITY_HEADER, signed('local'))
      ).body as ArticleOut;
      return got.state === 'queued' ? null : got;
    });
    expect(article.state).toBe('unsupported-language');
  });
});
