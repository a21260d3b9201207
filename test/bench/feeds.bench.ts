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

const HELP = `npm run bench:feeds [-- options]   Many feeds polled against a local server: the first poll of all, then hours of the schedule.

  --feeds N    feeds registered (default 10000)
  --hosts N    hosts that they lie on, addresses of 127.0.0.0/8 (default 2000)
  --minutes N  of the schedule that are played after the first polls (default 100)
  --articles   hand the items on as articles too; else polls alone are measured
  --help       this text

What must hold: each poll that falls due goes well, no host is called twice at once, the heap does not grow after the first polls by
more than 16 MB, and no ten minutes have more than one and a half times the polls of the mean.`;

const options = process.argv.slice(2);
const number = (name: string, fallback: number): number => {
  const at = options.indexOf(name);
  return at < 0 ? fallback : Number(options[at + 1]);
};
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const mb = (bytes: number): string => `${String(Math.round(bytes / 1_048_576))} MB`;
/** The schedule is played in steps of this; feeds that fall due within one are polled together. */
const STEP_MS = 10 * 60_000;
const MOST_GROWTH = 16 * 1_048_576;
const MOST_UNEVEN = 1.5;

function verdict(what: string, passed: boolean): void {
  print(`${passed ? 'PASS' : 'FAIL'}  ${what}`);
  if (!passed) process.exitCode = 1;
}

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
  const [count, hosts, minutes] = [number('--feeds', 10_000), number('--hosts', 2_000), number('--minutes', 100)];
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
    for (let at = 0; at < count; at += 200) {
      const numbers = Array.from({ length: Math.min(200, count - at) }, (_, index) => at + index);
      await Promise.all(numbers.map((n) => service.add('bench', { url: site.url(n % hosts, n), fullText: 'never' })));
    }
    print(
      `${String(count)} feeds on ${String(hosts)} hosts registered in ${((performance.now() - start) / 1_000).toFixed(1)} s`,
    );

    /** Polls all that is due, and says what that took. Bytes of heap afterwards. */
    const pollDue = async (what: string): Promise<{ polls: number; heap: number }> => {
      const [began, cpu, before] = [performance.now(), process.cpuUsage(), site.requests];
      const watch = setInterval(() => print(`  ${what}: ${String(site.requests - before)} polls so far`), 15_000);
      await scheduler.runDue();
      clearInterval(watch);
      const seconds = (performance.now() - began) / 1_000;
      const { user, system } = process.cpuUsage(cpu);
      const polls = site.requests - before;
      globalThis.gc?.();
      const { rss, heapUsed } = process.memoryUsage();
      print(
        `${what}: ${String(polls)} polls in ${seconds.toFixed(0)} s, ${((user + system) / 1_000 / Math.max(1, polls)).toFixed(1)} ms processor time each; resident ${mb(rss)}, heap ${mb(heapUsed)}`,
      );
      return { polls, heap: heapUsed };
    };

    const first = await pollDue('the first polls');
    const steps: { polls: number; heap: number }[] = [];
    for (const end = now + minutes * 60_000; now < end;) {
      now += STEP_MS;
      steps.push(await pollDue(`minute ${String(steps.length * 10)} to ${String(steps.length * 10 + 10)}`));
    }

    const [polls, failing] = [
      site.requests,
      await feeds.countDocuments({ $or: [{ failures: { $gt: 0 } }, { lastSuccessAt: null }] }),
    ];
    const late = await feeds.countDocuments({ nextPollAt: { $lte: new Date(now) } });
    verdict(
      `${String(polls)} polls, ${String(failing)} feeds failing, ${String(late)} late`,
      failing === 0 && late === 0 && first.polls === count,
    );
    verdict(
      `most calls of one host at once ${String(site.mostOnOneHost)}, of all hosts ${String(site.mostAtOnce)}`,
      site.mostOnOneHost === 1,
    );
    const growth = Math.max(...steps.map(({ heap }) => heap)) - first.heap;
    verdict(`heap grows by ${mb(growth)} after the first polls`, growth < MOST_GROWTH);
    const mean = steps.reduce((sum, step) => sum + step.polls, 0) / steps.length;
    const peak = Math.max(...steps.map((step) => step.polls)) / mean;
    verdict(
      `${mean.toFixed(0)} polls in ten minutes, ${peak.toFixed(2)} times that in the busiest`,
      peak < MOST_UNEVEN,
    );
    print(`all of it took ${((performance.now() - start) / 1_000).toFixed(0)} s`);
  } finally {
    await pool.onApplicationShutdown();
    await outbound.close();
    await close();
    await site.stop();
    await servers.stop();
  }
}

if (options.includes('--help')) print(HELP);
else void run();
