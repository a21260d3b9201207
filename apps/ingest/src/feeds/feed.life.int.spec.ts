import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServiceApp } from '@themeline/http';
import { JetStreamStrategy } from '@themeline/messaging';
import { Database } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import { FeedServer, type FeedServerAnswer } from '../../../../test/support/feed.server';
import { type FeedTextItem, rss } from '../../../../test/support/feed.texts';
import type { ArticleDocument } from '../ingest.collections';
import { IngestModule } from '../ingest.module';
import { FeedClock } from './feed.clock';
import { FeedScheduler } from './feed.scheduler';
import type { FeedDocument, FeedItemDocument } from './feeds.collections';
import { FeedsService } from './feeds.service';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5);
const EVERY = 8 * HOUR;
const SHOWN = 10;
const WORDS =
  'harbour lantern meadow copper violin granite ribbon saddle thistle walnut anchor bishop candle dragon ember falcon garnet hammer'.split(
    ' ',
  );

/** Days after the start at which things happen to the feed. */
const EDIT = 2;
const FLIP = 4;
const SHARED_GUID = 6;
const OUTAGE = 8;
const BACK = 10;
const MOVE = 12;
const THROTTLE = 14;
const GONE_ITEM = 16;
const RETURN = 18;
const ODD_DATES = 19;
const END = 22;

/** Three weeks of a publisher: what its server says depends on the time alone. */
class Publisher {
  now = START;
  readonly answered: { at: number; path: string; status: number; conditional: boolean }[] = [];

  private get day(): number {
    return (this.now - START) / DAY;
  }

  /** Items 0 … n-1 exist by now; the first ten are older than the feed's first poll. */
  get published(): number {
    return SHOWN + Math.floor((this.now - START) / EVERY);
  }

  answer(path: string, etag: string | undefined): FeedServerAnswer {
    const answer = this.say(path, etag);
    this.answered.push({ at: this.now, path, status: answer.status ?? 200, conditional: etag !== undefined });
    return answer;
  }

  private say(path: string, etag: string | undefined): FeedServerAnswer {
    const { day } = this;
    if (day >= END) return { status: 410 };
    if (day >= OUTAGE && day < BACK) return { status: 500, body: 'down' };
    if (path === '/old.xml' && day >= MOVE) return { status: 301, headers: { location: '/new.xml' } };
    if (day >= THROTTLE && day < THROTTLE + 0.5) return { status: 429, headers: { 'retry-after': String(12 * 3_600) } };
    const body = rss(this.items());
    const tag = `"${String(body.length)}-${String(this.published)}-${String([EDIT, FLIP, SHARED_GUID, GONE_ITEM, RETURN].filter((at) => day >= at).length)}"`;
    return etag === tag ? { status: 304 } : { headers: { etag: tag, 'content-type': 'application/rss+xml' }, body };
  }

  private items(): FeedTextItem[] {
    const first = Math.max(0, this.published - SHOWN);
    const numbers = Array.from({ length: this.published - first }, (_, at) => first + at).reverse();
    const hidden = this.day >= GONE_ITEM && this.day < RETURN ? GONE : -1;
    return numbers.filter((number) => number !== hidden).map((number) => this.item(number));
  }

  private item(number: number): FeedTextItem {
    const word = (step: number): string => WORDS[(number * step + step) % WORDS.length] ?? '';
    const edited = number === EDITED && this.day >= EDIT ? ' Corrected: the sum was wrong.' : '';
    const guid = this.day >= FLIP ? `https://news.example/?p=${String(number)}` : `post-${String(number)}`;
    const date = new Date(START + (number - SHOWN + 1) * EVERY).toUTCString();
    return {
      guid: this.day >= SHARED_GUID && SHARING.includes(number) ? 'the-same-for-two' : guid,
      link: `https://news.example/${String(number)}`,
      title: `Number ${String(number)} on ${word(1)} and ${word(5)}`,
      text: `Item ${String(number)} tells of the ${word(7)}, the ${word(11)} and the ${word(13)}.${edited}`,
      ...(number === UNDATED ? {} : { date: number === FUTURE ? 'Tue, 01 Jan 2030 00:00:00 GMT' : date }),
    };
  }
}

const numberAt = (day: number): number => SHOWN + Math.ceil((day * DAY) / EVERY);
const EDITED = numberAt(EDIT) - 3;
const SHARING = [numberAt(SHARED_GUID), numberAt(SHARED_GUID) + 1];
const GONE = numberAt(GONE_ITEM) - 2;
const UNDATED = numberAt(ODD_DATES);
const FUTURE = UNDATED + 1;

describe('a feed’s life over three weeks', () => {
  let app: NestFastifyApplication;
  let site: FeedServer;
  const publisher = new Publisher();
  let feed: FeedDocument;
  let items: FeedItemDocument[];
  let articles: Map<string, ArticleDocument>;

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
      OUTBOUND_ALLOW: '127.0.0.0/8',
      FEED_HOST_GAP_MS: '0',
      READING_THREADS: '1',
    });
    app = await createServiceApp({
      name: 'ingest',
      module: IngestModule,
      configure: (service) => {
        service.connectMicroservice({ strategy: service.get(JetStreamStrategy) });
      },
    });
    const clock = app.get(FeedClock);
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(publisher.now));
    site = await FeedServer.start();
    for (const path of ['/old.xml', '/new.xml']) {
      site.answer(path, ({ headers }) => publisher.answer(path, headers['if-none-match']));
    }
    const database = app.get(Database);
    const feeds = database.collection<FeedDocument>('feeds');
    const { id } = await app.get(FeedsService).add('anna', { url: site.url('/old.xml'), fullText: 'never' });
    const scheduler = app.get(FeedScheduler);
    // From one poll to the next, as the schedule says, until the feed has ended.
    for (;;) {
      await scheduler.runDue();
      const state = await feeds.findOne({ _id: id });
      if (state === null) throw new Error('the feed is gone');
      feed = state;
      if (state.state === 'ended' || publisher.now > START + 40 * DAY) break;
      publisher.now = Math.max(publisher.now + 1_000, state.nextPollAt.getTime());
    }
    items = await database.collection<FeedItemDocument>('feed_items').find({ feedId: id }).toArray();
    const rows = await database.collection<ArticleDocument>('articles').find({ owner: 'anna' }).toArray();
    articles = new Map(rows.map((row) => [row.url ?? '', row]));
  }, 240_000);
  afterAll(async () => {
    await app.close();
    await site.stop();
  });

  const at = (day: number): number => START + day * DAY;
  const between = (from: number, to: number) =>
    publisher.answered.filter((one) => one.at >= at(from) && one.at < at(to));
  const article = (number: number): ArticleDocument | undefined =>
    articles.get(`https://news.example/${String(number)}`);

  test('every item is one article, whatever happened to its guid; what was there at the first poll is history', () => {
    const last = SHOWN + Math.floor((END * DAY) / EVERY) - 1;
    // The last one may have appeared after the last poll that went well.
    expect([last, last + 1]).toContain(articles.size);
    expect(items).toHaveLength(articles.size);
    for (let number = 0; number < articles.size; number += 1) {
      expect(article(number)).toMatchObject({
        version: number === EDITED ? 2 : 1,
        input: { backfill: number < SHOWN },
      });
    }
    expect(article(EDITED)?.input.text).toContain('Corrected');
    expect(feed.counts).toMatchObject({ items: articles.size, changes: 1 });
  });

  test('an item that went and came back stays what it was, and two with one guid are two', () => {
    expect(article(GONE)?.version).toBe(1);
    expect(SHARING.map((number) => article(number)?.title)).toEqual(
      SHARING.map((number) => expect.stringContaining(`Number ${String(number)}`) as string),
    );
  });

  test('an undated item has the time of its fetch, a future one is clamped, and both say so', () => {
    const item = (number: number) => items.find(({ articleId }) => articleId === article(number)?._id);
    expect(item(UNDATED)).toMatchObject({ dateOrigin: 'assumed', publishedAt: item(UNDATED)?.seenAt });
    expect(article(UNDATED)).toMatchObject({ dateAssumed: true });
    expect(item(FUTURE)).toMatchObject({ dateOrigin: 'clamped', publishedAt: item(FUTURE)?.seenAt });
    expect(item(FUTURE)?.publishedAt.getTime()).toBeLessThan(at(END));
  });

  test('asks with validators, at the feed’s rhythm, less and less in an outage, not at all when told to wait or after its end', () => {
    const { answered } = publisher;
    expect(answered.slice(1).every(({ conditional, status }) => conditional || status >= 300 || status === 200)).toBe(
      true,
    );
    expect(answered.filter(({ status }) => status === 304).length).toBeGreaterThan(20);
    // A third of eight hours, give or take a tenth.
    const normal = between(1, OUTAGE).length;
    expect(normal).toBeGreaterThanOrEqual(50);
    expect(normal).toBeLessThanOrEqual(80);
    const outage = between(OUTAGE, BACK);
    expect(outage.length).toBeGreaterThanOrEqual(3);
    expect(outage.length).toBeLessThanOrEqual(6);
    const gaps = outage.slice(1).map((one, index) => one.at - (outage[index]?.at ?? 0));
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    const throttled = answered.filter(({ status }) => status === 429);
    expect(throttled).toHaveLength(1);
    const next = answered[answered.indexOf(throttled[0]!) + 1];
    expect(next!.at - throttled[0]!.at).toBeGreaterThanOrEqual(12 * HOUR);
    expect(answered.filter(({ status }) => status === 410)).toHaveLength(1);
    expect(feed).toMatchObject({ state: 'ended', lastStatus: 410 });
  });

  test('a permanent redirect is followed once and stored', () => {
    expect(feed.url).toBe(site.url('/new.xml'));
    expect(publisher.answered.filter(({ status }) => status === 301)).toHaveLength(1);
  });
});
