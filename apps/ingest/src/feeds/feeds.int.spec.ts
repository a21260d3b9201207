import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ArticleOut, FeedOut, FeedPolled } from '@themeline/contracts';
import { createServiceApp, IDENTITY_HEADER, signIdentity } from '@themeline/http';
import { JetStreamStrategy } from '@themeline/messaging';
import { metricsText } from '@themeline/observability';
import { Database } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { FeedServer } from '../../../../test/support/feed.server';
import { rss } from '../../../../test/support/feed.texts';
import { eventually } from '../../../../test/support/message-bus';
import { IngestModule } from '../ingest.module';
import type { ArticleDocument } from '../ingest.collections';
import { FeedWatch } from './feed.watch';
import type { FeedDocument, FeedItemDocument } from './feeds.collections';
import { FeedsRepository } from './feeds.repository';

const SECRET = 'a secret of at least thirty-two characters';
const BAN = 'The government of Norway banned the Zephyr chat app from public phones on 20 February 2025.';

/** Threads that read start from sources here, beside everything else that a machine does. */
const PATIENCE_MS = 180_000;

describe('feeds', () => {
  let app: NestFastifyApplication;
  let database: Database;
  let site: FeedServer;

  beforeAll(async () => {
    const prefix = `t${randomUUID().slice(0, 8)}`;
    Object.assign(process.env, {
      MONGODB_URI: process.env.TEST_MONGODB_URI,
      NATS_URL: process.env.TEST_NATS_URL,
      DB_PREFIX: prefix,
      NATS_NAMESPACE: prefix,
      STREAM_MAX_BYTES: '50000000',
      IDENTITY_SECRET: SECRET,
      LOG_LEVEL: 'fatal',
      READING_THREADS: '1',
      OUTBOUND_ALLOW: '127.0.0.0/8',
      FEED_HOST_GAP_MS: '0',
      FEED_CONTACT: 'https://themeline.example/bot',
      READING_TIMEOUT_SECONDS: '120',
    });
    app = await createServiceApp({
      name: 'ingest',
      module: IngestModule,
      configure: (service) => {
        service.connectMicroservice({ strategy: service.get(JetStreamStrategy) });
      },
    });
    database = app.get(Database);
    site = await FeedServer.start();
  });
  afterAll(async () => {
    await app.close();
    await site.stop();
  });

  const signed = (owner: string): string =>
    signIdentity({ keyId: 'k', owner, scopes: ['ingest', 'read'], expiresAt: Date.now() + 60_000 }, SECRET);
  const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object, owner = 'anna') =>
    request(app.getHttpServer())[method](path).set(IDENTITY_HEADER, signed(owner)).send(body);
  const add = async (body: object): Promise<FeedOut> => {
    const answer = await call('post', '/v1/feeds', body);
    expect(answer.status).toBe(201);
    return answer.body as FeedOut;
  };
  const poll = async (id: string): Promise<FeedPolled> => {
    const answer = await call('post', `/v1/feeds/${id}/poll`);
    expect(answer.status).toBe(200);
    return answer.body as FeedPolled;
  };
  const polledOnce = (id: string): Promise<FeedOut> =>
    eventually('a poll', async () => {
      const feed = (await call('get', `/v1/feeds/${id}`)).body as FeedOut;
      return feed.counts.polls > 0 ? feed : null;
    });
  const items = (feedId: string) => database.collection<FeedItemDocument>('feed_items').find({ feedId }).toArray();

  test(
    'a feed is polled by itself; its item becomes an article that is read into reports, as history',
    async () => {
      site.answer('/ban.xml', {
        headers: { 'content-type': 'application/rss+xml', etag: '"1"' },
        body: rss([{ guid: 'a', link: site.url('/ban'), title: 'Norway bans Zephyr', text: BAN }]),
      });
      const feed = await add({ url: site.url('/ban.xml'), name: 'Harbour Gazette', fullText: 'never' });
      expect(feed).toMatchObject({ state: 'active', health: 'new', firstPoll: 'history', lastPollAt: null });
      expect(await polledOnce(feed.id)).toMatchObject({
        health: 'well',
        title: 'A feed',
        format: 'rss',
        counts: { polls: 1, items: 1, changes: 0 },
      });
      expect(site.asked('/ban.xml')[0]?.headers['user-agent']).toContain('https://themeline.example/bot');
      const [item] = await eventually('an article', async () => {
        const rows = await items(feed.id);
        return typeof rows[0]?.articleId === 'string' ? rows : null;
      });
      const article = await eventually(
        'the article to be read',
        async () => {
          const read = (await call('get', `/v1/articles/${item?.articleId ?? ''}`)).body as ArticleOut;
          if (read.state === 'failed') throw new Error(String(read.reason));
          return read.state === 'read' ? read : null;
        },
        PATIENCE_MS,
      );
      expect(article).toMatchObject({ title: 'Norway bans Zephyr', source: { name: 'Harbour Gazette' } });
      expect(article.reports.map(({ kind }) => kind)).toContain('ban');
      const [report] = await database.collection('reports').find({ articleId: item?.articleId }).toArray();
      expect(report).toMatchObject({ report: { backfill: true } });
    },
    2 * PATIENCE_MS,
  );

  test('a page leads to its feed; the second poll asks with validators and is told that nothing changed', async () => {
    site.answer('/', {
      headers: { 'content-type': 'text/html' },
      body: '<html><head><link rel="alternate" type="application/rss+xml" href="/news.xml"></head><body>News</body></html>',
    });
    site.answer('/news.xml', (asked) =>
      asked.headers['if-none-match'] === '"7"'
        ? { status: 304 }
        : { headers: { etag: '"7"' }, body: rss([{ guid: 'n', title: 'News', text: 'Some news.' }]) },
    );
    const { id } = await add({ url: site.url('/'), pollMinutes: 30 });
    const feed = await polledOnce(id);
    expect(feed).toMatchObject({ url: site.url('/news.xml'), givenUrl: site.url('/'), intervalSeconds: 1_800 });
    expect(await poll(id)).toMatchObject({
      outcome: 'unchanged',
      feed: { lastStatus: 304, counts: { polls: 2, items: 1 } },
    });
  });

  test('what goes wrong is told and counted, and the health view names the feed', async () => {
    const { id } = await add({ url: site.url('/nowhere.xml') });
    expect(await polledOnce(id)).toMatchObject({
      health: 'failing',
      lastStatus: 404,
      lastError: 'it answered 404',
      failures: 1,
    });
    const health = await call('get', '/v1/feeds/health');
    expect(health.body).toMatchObject({ counts: { failing: 1 }, ailing: [{ id }] });
  });

  test('a feed that has been dead for a week is told of once, counted, and told of again when it is well', async () => {
    const { id } = await add({ url: site.url('/dying.xml') });
    await polledOnce(id);
    const feeds = database.collection<FeedDocument>('feeds');
    const told = async () => (await feeds.findOne({ _id: id }))?.toldAt;
    const watch = app.get(FeedWatch);
    await watch.look();
    expect(await told()).toBeNull();
    await feeds.updateOne({ _id: id }, { $set: { createdAt: new Date(Date.now() - 8 * 86_400_000) } });
    await watch.look();
    const first = await told();
    expect(first).toBeInstanceOf(Date);
    await watch.look();
    expect(await told()).toEqual(first);
    const messages = await database.collection('outbox').find({ subject: 'feed.ailed' }).toArray();
    expect(messages.map(({ body }) => JSON.parse(String(body)) as unknown)).toMatchObject([
      { feedId: id, owner: 'anna', health: 'dead', since: null, reason: 'it answered 404' },
    ]);
    expect((await metricsText()).body).toMatch(/themeline_feeds\{health="dead"[^}]*\} 1/);
    expect((await call('get', '/v1/feeds/health')).body).toMatchObject({ counts: { dead: 1 } });
    site.answer('/dying.xml', { body: rss([]) });
    expect(await poll(id)).toMatchObject({ outcome: 'items', feed: { health: 'well', failures: 0, lastError: null } });
    await watch.look();
    expect(await told()).toBeNull();
  });

  test(
    'the page behind a summary is fetched once robots.txt allows it; its own address names the article',
    async () => {
      const words = Array.from({ length: 60 }, (_, at) => `Sentence ${String(at)} tells of the harbour.`).join(' ');
      site.answer('/robots.txt', { body: 'User-agent: *\nDisallow: /private/\n' });
      site.answer('/story?utm_source=feed', {
        headers: { 'content-type': 'text/html' },
        body: `<html><head><link rel="canonical" href="/story"></head><body><article><p>${BAN}</p><p>${words}</p></article></body></html>`,
      });
      site.answer('/private/note', { headers: { 'content-type': 'text/html' }, body: '<p>Secret</p>' });
      const summaries = [
        { guid: 's1', link: site.url('/story?utm_source=feed'), title: 'A story', text: 'A summary.' },
        { guid: 's2', link: site.url('/private/note'), title: 'A note', text: 'No more than this.' },
      ];
      site.answer('/story', {
        headers: { 'content-type': 'text/html' },
        body: `<article><p>${BAN}</p><p>${words}</p></article>`,
      });
      for (const path of ['/summaries.xml', '/section.xml']) site.answer(path, { body: rss(summaries) });
      const { id } = await add({ url: site.url('/summaries.xml') });
      const handed = (feedId: string) =>
        eventually(
          'items to be handed on',
          async () => {
            const rows = await items(feedId);
            return rows.length === 2 && rows.every(({ state }) => state !== 'waiting') ? rows : null;
          },
          PATIENCE_MS,
        );
      const rows = await handed(id);
      const story = rows.find(({ guids }) => guids[0] === 's1');
      expect(story).toMatchObject({ state: 'handed-on', articleUrl: site.url('/story'), reason: null });
      expect(rows.find(({ guids }) => guids[0] === 's2')).toMatchObject({
        reason: 'the page was not read: its robots.txt asks not to',
      });
      expect(site.asked('/private/note')).toHaveLength(0);
      const article = await database.collection<ArticleDocument>('articles').findOne({ url: site.url('/story') });
      expect(article?.input.html).toContain('Sentence 59');
      // Another feed of the same site brings the same story: it is no second article and no new version.
      const section = await add({ url: site.url('/section.xml') });
      const again = await handed(section.id);
      expect(again.find(({ guids }) => guids[0] === 's1')).toMatchObject({
        state: 'repeated',
        articleId: story?.articleId,
      });
      expect(
        (await database.collection<ArticleDocument>('articles').findOne({ url: site.url('/story') }))?.version,
      ).toBe(1);
    },
    3 * PATIENCE_MS,
  );

  test(
    'a poll that dies between taking the items in and saying so is done again, and nothing is there twice',
    async () => {
      site.answer('/dies.xml', { body: rss([{ guid: 'd', title: 'A thing', text: 'One thing happened.' }]) });
      const { id } = await add({ url: site.url('/dies.xml'), fullText: 'never' });
      const repository = app.get(FeedsRepository);
      await polledOnce(id);
      await database.collection<FeedItemDocument>('feed_items').deleteMany({ feedId: id });
      await database.collection<FeedDocument>('feeds').updateOne({ _id: id }, { $set: { bodyHash: null, etag: null } });
      const finish = jest.spyOn(repository, 'finish').mockRejectedValue(new Error('gone'));
      expect((await call('post', `/v1/feeds/${id}/poll`)).status).toBe(500);
      finish.mockRestore();
      expect(await items(id)).toHaveLength(1);
      expect(await poll(id)).toMatchObject({ outcome: 'busy' });
      await database.collection('feeds').updateOne({ _id: id as never }, { $set: { 'lease.until': new Date(0) } });
      expect(await poll(id)).toMatchObject({ outcome: 'items', items: 1, fresh: 0, changed: 0 });
      expect(await items(id)).toHaveLength(1);
    },
    PATIENCE_MS,
  );

  test(
    'nearly the same words on another site are an article of their own that is known as a copy; other languages are told apart',
    async () => {
      const other = await FeedServer.start('127.0.0.9');
      const wire = `${BAN} The ministry said that schools and hospitals have until the summer to remove it from their devices, and that it would publish a list of what may be used instead.`;
      const german =
        'Die Regierung hat am Montag angekündigt, dass die Nutzung der App in allen Behörden des Landes ab dem kommenden Jahr nicht mehr erlaubt ist.';
      site.answer('/wire.xml', { body: rss([{ guid: 'w', link: site.url('/wire'), title: 'A ban', text: wire }]) });
      other.answer('/paper.xml', {
        body: rss([
          {
            guid: 'p',
            link: other.url('/paper'),
            title: 'Norway’s ban',
            text: wire.replace('said that', 'told reporters that'),
          },
          { guid: 'g', link: other.url('/german'), title: 'Verbot', text: german },
        ]),
      });
      const handedOn = async (feedId: string) =>
        eventually(
          'items to be handed on',
          async () => {
            const rows = await items(feedId);
            return rows.length > 0 && rows.every(({ state }) => state === 'handed-on') ? rows : null;
          },
          PATIENCE_MS,
        );
      const first = await add({ url: site.url('/wire.xml'), fullText: 'never' });
      const [original] = await handedOn(first.id);
      const second = await add({ url: other.url('/paper.xml'), fullText: 'never' });
      const rows = await handedOn(second.id);
      const copy = rows.find(({ guids }) => guids[0] === 'p');
      expect(copy?.copyOf).toBe(original?.articleId);
      expect(copy?.articleId).not.toBe(original?.articleId);
      const foreign = rows.find(({ guids }) => guids[0] === 'g');
      expect(foreign?.copyOf).toBeNull();
      await eventually(
        'the language to be told',
        async () => {
          const read = (await call('get', `/v1/articles/${foreign?.articleId ?? ''}`)).body as ArticleOut;
          return read.state === 'unsupported-language';
        },
        PATIENCE_MS,
      );
      await other.stop();
    },
    2 * PATIENCE_MS,
  );

  test('changing, pausing, listing and removing; nobody else’s', async () => {
    site.answer('/mine.xml', { body: rss([]) });
    const { id } = await add({ url: site.url('/mine.xml') });
    expect((await call('post', '/v1/feeds', { url: site.url('/mine.xml') })).status).toBe(409);
    expect((await call('get', `/v1/feeds/${id}`, undefined, 'boris')).status).toBe(404);
    expect((await call('patch', `/v1/feeds/${id}`, { paused: true, name: 'Mine' })).body).toMatchObject({
      state: 'paused',
      name: 'Mine',
      nextPollAt: null,
    });
    const listed = (await call('get', '/v1/feeds?limit=200')).body as { items: FeedOut[] };
    expect(listed.items.map((feed) => feed.id)).toContain(id);
    expect((await call('delete', `/v1/feeds/${id}`)).status).toBe(204);
    expect((await call('get', `/v1/feeds/${id}`)).status).toBe(404);
  });

  test('an address within the own network is refused with the reason', async () => {
    const answer = await call('post', '/v1/feeds', { url: 'http://169.254.169.254/latest' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ path: 'url' }] });
  });
});
