import { messagingCollections, Outbox, OutboxRepository } from '@themeline/messaging';
import { OutboundGuard } from '@themeline/outbound';
import { connectDatabase, type Database } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import { ArticlesRepository } from '../../apps/ingest/src/articles.repository';
import { ArticlesService } from '../../apps/ingest/src/articles.service';
import { ArticleHandover } from '../../apps/ingest/src/feeds/article.handover';
import { FeedClock } from '../../apps/ingest/src/feeds/feed.clock';
import { FeedHostsRepository } from '../../apps/ingest/src/feeds/feed.hosts.repository';
import { FeedItemsRepository } from '../../apps/ingest/src/feeds/feed.items.repository';
import { FeedItemsService } from '../../apps/ingest/src/feeds/feed.items.service';
import { FeedPoller } from '../../apps/ingest/src/feeds/feed.poller';
import { FeedPool } from '../../apps/ingest/src/feeds/feed.pool';
import { FeedScheduler } from '../../apps/ingest/src/feeds/feed.scheduler';
import { readFeedSettings } from '../../apps/ingest/src/feeds/feed.settings';
import { type FeedDocument, feedCollections } from '../../apps/ingest/src/feeds/feeds.collections';
import { FeedsRepository } from '../../apps/ingest/src/feeds/feeds.repository';
import { FeedsService } from '../../apps/ingest/src/feeds/feeds.service';
import { PageFetcher } from '../../apps/ingest/src/feeds/page.fetcher';
import { PageReader } from '../../apps/ingest/src/feeds/page.reader';
import { RobotsReader } from '../../apps/ingest/src/feeds/robots.reader';
import { ingestCollections } from '../../apps/ingest/src/ingest.collections';
import { ReportsRepository } from '../../apps/ingest/src/reports.repository';
import { startTestServers } from '../support/real-servers';
import { ManyHosts } from './feeds.hosts';

const HELP = `npm run bench:feeds [-- options]   Many feeds polled against a local server, an hour of the schedule after another.

  --feeds N    feeds registered (default 10000)
  --hosts N    hosts that they lie on, addresses of 127.0.0.0/8 (default 2000)
  --rounds N   polls of each feed (default 3)
  --articles   hand the items on as articles too; else polls alone are measured
  --help       this text`;

const options = process.argv.slice(2);
const number = (name: string, fallback: number): number => {
  const at = options.indexOf(name);
  return at < 0 ? fallback : Number(options[at + 1]);
};
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const mb = (bytes: number): string => `${String(Math.round(bytes / 1_048_576))} MB`;
const HOUR = 3_600_000;
/** Polls after which a line is printed. */
const PART = 2_000;

/** Items are filed, and none waits to be made into an article. */
class Unread extends FeedItemsRepository {
  override findWaiting(): Promise<never[]> {
    return Promise.resolve([]);
  }
}

/** The service's own parts, put together by hand: scripts are run without the metadata that Nest goes by. */
function polling(database: Database, outbound: OutboundGuard, clock: FeedClock) {
  const settings = readFeedSettings({ FEED_HOST_GAP_MS: '0', FEED_CONCURRENCY: '32' });
  const outbox = new Outbox(new OutboxRepository(database));
  const [feeds, items, hosts] = [
    new FeedsRepository(database),
    new (options.includes('--articles') ? FeedItemsRepository : Unread)(database),
    new FeedHostsRepository(database),
  ];
  const articles = new ArticlesService(
    new ArticlesRepository(database, outbox),
    new ReportsRepository(database, outbox),
  );
  const fetcher = new PageFetcher(outbound, settings);
  const pool = new FeedPool();
  const pages = new PageReader(hosts, new RobotsReader(fetcher, clock), fetcher, pool, clock, settings);
  const poller = new FeedPoller(feeds, hosts, new FeedItemsService(items, clock), fetcher, pool, clock, settings);
  const handover = new ArticleHandover(items, feeds, articles, { admit: () => undefined }, pages, clock);
  return {
    service: new FeedsService(feeds, items, poller, clock, outbound),
    scheduler: new FeedScheduler(feeds, items, hosts, poller, handover, clock, settings),
    pool,
  };
}

async function run(): Promise<void> {
  const [count, hosts, rounds] = [number('--feeds', 10_000), number('--hosts', 2_000), number('--rounds', 3)];
  const servers = await startTestServers();
  Object.assign(process.env, { MONGODB_URI: servers.mongoUri, DB_PREFIX: `b${randomUUID().slice(0, 8)}` });
  const site = await ManyHosts.start();
  const outbound = new OutboundGuard({ allow: ['127.0.0.0/8'] });
  const collections = [...messagingCollections, ...ingestCollections, ...feedCollections];
  const { database, close } = await connectDatabase({ service: 'ingest', collections });
  let now = Date.UTC(2026, 0, 5);
  const clock = new FeedClock();
  clock.now = () => new Date(now);
  const { service, scheduler, pool } = polling(database, outbound, clock);
  try {
    const feeds = database.collection<FeedDocument>('feeds');
    const start = performance.now();
    for (let at = 0; at < count; at += 50) {
      const numbers = Array.from({ length: Math.min(50, count - at) }, (_, index) => at + index);
      await Promise.all(numbers.map((n) => service.add('bench', { url: site.url(n % hosts, n), fullText: 'never' })));
    }
    print(
      `${String(count)} feeds on ${String(hosts)} hosts registered in ${((performance.now() - start) / 1_000).toFixed(1)} s`,
    );
    let began = performance.now();
    let cpu = process.cpuUsage();
    let before = site.requests;
    const report = (what: string): void => {
      const seconds = (performance.now() - began) / 1_000;
      const { user, system } = process.cpuUsage(cpu);
      const polls = site.requests - before;
      globalThis.gc?.();
      const { rss, heapUsed } = process.memoryUsage();
      print(
        `${what}: ${String(polls)} polls in ${seconds.toFixed(0)} s, ${((user + system) / 1_000 / polls).toFixed(1)} ms processor time each; ` +
          `resident ${mb(rss)}, heap ${mb(heapUsed)}; most at once on one host ${String(site.mostOnOneHost)}, in all ${String(site.mostAtOnce)}`,
      );
      [began, cpu, before] = [performance.now(), process.cpuUsage(), site.requests];
    };
    for (let round = 1; round <= rounds; round += 1) {
      const last = await feeds
        .find({}, { projection: { nextPollAt: 1 } })
        .sort({ nextPollAt: -1 })
        .limit(1)
        .next();
      now = Math.max(now, last?.nextPollAt.getTime() ?? now);
      const watch = setInterval(() => {
        if (site.requests - before >= PART) report(`round ${String(round)}`);
      }, 50);
      await scheduler.runDue();
      clearInterval(watch);
      if (site.requests > before) report(`round ${String(round)}`);
      await spread(feeds, now);
    }
  } finally {
    await pool.onApplicationShutdown();
    await outbound.close();
    await close();
    await site.stop();
    await servers.stop();
  }
}

/** How evenly the next polls lie: polls a minute from the first to the last tenth of the time that they take. */
async function spread(
  feeds: { find(filter: object, options: object): { toArray(): Promise<Pick<FeedDocument, 'nextPollAt'>[]> } },
  now: number,
): Promise<void> {
  const times = (await feeds.find({}, { projection: { nextPollAt: 1 } }).toArray())
    .map(({ nextPollAt }) => nextPollAt.getTime() - now)
    .sort((a, b) => a - b);
  const [first, last] = [times[Math.floor(times.length * 0.01)] ?? 0, times[Math.floor(times.length * 0.99)] ?? HOUR];
  const width = (last - first) / 10;
  const tenths = Array.from(
    { length: 10 },
    (_, at) => times.filter((time) => time >= first + at * width && time < first + (at + 1) * width).length,
  );
  print(
    `next polls lie from ${(first / 60_000).toFixed(0)} to ${(last / 60_000).toFixed(0)} minutes away; in each tenth of that time: ${tenths.join(' ')}`,
  );
}

if (options.includes('--help')) print(HELP);
else void run();
