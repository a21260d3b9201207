import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServiceApp } from '@themeline/http';
import { JetStreamStrategy } from '@themeline/messaging';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { FeedServer, type FeedServerAnswer } from '../../../../test/support/feed.server';
import { rss } from '../../../../test/support/feed.texts';
import { IngestModule } from '../ingest.module';
import { FeedPool } from './feed.pool';
import { FeedsService } from './feeds.service';

const MB = 1024 * 1024;
const MOST_GROWTH = 50 * MB;
const TIMEOUT_SECONDS = 3;

const laughs = (): string => {
  const entities = Array.from(
    { length: 9 },
    (_, at) => `<!ENTITY l${String(at + 1)} "${`&l${String(at)};`.repeat(10)}">`,
  );
  return `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">${entities.join('')}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>`;
};
const references = (): string =>
  `<rss version="2.0"><channel><title>${'&#65;'.repeat(1_000_000)}</title></channel></rss>`;
const depth = (): string => `<rss version="2.0"><channel>${'<a>'.repeat(100_000)}</channel></rss>`;
const attributes = (): string =>
  `<rss version="2.0" ${Array.from({ length: 200_000 }, (_, at) => `a${String(at)}="x"`).join(' ')}><channel/></rss>`;
/** Five megabytes that unpack to five gigabytes. */
const bomb = (): Buffer => {
  const member = gzipSync(Buffer.alloc(10 * MB));
  return Buffer.concat(Array.from({ length: Math.floor((5 * MB) / member.length) }, () => member));
};
const drip: FeedServerAnswer = {
  headers: { 'content-type': 'application/rss+xml' },
  drip: (write) => setInterval(() => write('<item>'), 100),
};

/** What is served, and what must come of it. */
const hostile: [string, () => FeedServerAnswer, RegExp | 'taken'][] = [
  ['entities that multiply', () => ({ body: laughs() }), 'taken'],
  ['a million character references', () => ({ body: references() }), 'taken'],
  ['a hundred thousand elements in one another', () => ({ body: depth() }), 'taken'],
  ['two hundred thousand attributes', () => ({ body: attributes() }), 'taken'],
  ['JSON of a hundred thousand brackets', () => ({ body: '{"items":'.concat('['.repeat(100_000)) }), /no JSON Feed/],
  ['a gzip bomb', () => ({ headers: { 'content-encoding': 'gzip' }, body: bomb() }), /unpacks to more than/],
  [
    'a bomb in a bomb',
    () => ({ headers: { 'content-encoding': 'gzip, gzip' }, body: gzipSync(bomb()) }),
    /unpacks to more than/,
  ],
  ['more bytes than a feed has', () => ({ body: Buffer.alloc(9 * MB, '<item/>') }), /larger than/],
  ['an answer that never ends', () => drip, /no complete answer/],
  ['a redirect to loopback', () => ({ status: 302, headers: { location: 'http://127.1.0.1/' } }), /loopback/],
  [
    'a redirect to the metadata service',
    () => ({ status: 301, headers: { location: 'http://169.254.169.254/latest/meta-data/' } }),
    /link-local/,
  ],
  ['a redirect to a file', () => ({ status: 302, headers: { location: 'file:///etc/passwd' } }), /only http and https/],
  ['redirects without end', () => ({ status: 302, headers: { location: '?again' } }), /redirects/],
];

describe('hostile feeds', () => {
  let app: NestFastifyApplication;
  let feeds: FeedsService;
  let site: FeedServer;
  let good: FeedServer;

  beforeAll(async () => {
    const prefix = `t${randomUUID().slice(0, 8)}`;
    Object.assign(process.env, {
      MONGODB_URI: process.env.TEST_MONGODB_URI,
      NATS_URL: process.env.TEST_NATS_URL,
      DB_PREFIX: prefix,
      NATS_NAMESPACE: prefix,
      STREAM_MAX_BYTES: '50000000',
      IDENTITY_SECRET: 'a secret of at least thirty-two characters',
      LOG_LEVEL: 'fatal',
      // Enough for the test's servers and nothing else.
      OUTBOUND_ALLOW: '127.0.0.0/28',
      FEED_HOST_GAP_MS: '0',
      FEED_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS),
      FEED_CONCURRENCY: '0',
    });
    app = await createServiceApp({
      name: 'ingest',
      module: IngestModule,
      configure: (service) => {
        service.connectMicroservice({ strategy: service.get(JetStreamStrategy) });
      },
    });
    feeds = app.get(FeedsService);
    [site, good] = await Promise.all([FeedServer.start('127.0.0.2'), FeedServer.start('127.0.0.3')]);
    // The thread that reads feeds is there before memory is looked at.
    await app.get(FeedPool).read('feed', { bytes: Buffer.from(rss([])), contentType: null, url: null });
  }, 120_000);
  afterAll(async () => {
    await app.close();
    await Promise.all([site.stop(), good.stop()]);
    for (const name of ['FEED_CONCURRENCY', 'FEED_TIMEOUT_SECONDS', 'OUTBOUND_ALLOW']) delete process.env[name];
  });

  test.each(hostile)('%s', async (name, answer, expected) => {
    const path = `/${encodeURIComponent(name)}`;
    const given = answer();
    const served = typeof given.body === 'string' ? { ...given, body: Buffer.from(given.body) } : given;
    for (const asked of [path, `${path}?again`]) site.answer(asked, served);
    let polls = 0;
    good.answer(path, () => {
      polls += 1;
      return { body: rss([{ guid: String(polls), title: `News ${String(polls)}`, text: name }]) };
    });
    const bad = await feeds.add('anna', { url: site.url(path) });
    const other = await feeds.add('anna', { url: good.url(path) });
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10);
    const [polled, beside] = await Promise.all([feeds.poll('anna', bad.id), feeds.poll('anna', other.id)]);
    clearInterval(watch);
    expect(beside).toMatchObject({ outcome: 'items', fresh: 1 });
    if (expected === 'taken') expect(polled.outcome).toBe('items');
    else expect(polled.feed.lastError).toMatch(expected);
    expect((most - before) / MB).toBeLessThan(MOST_GROWTH / MB);
  });
});
