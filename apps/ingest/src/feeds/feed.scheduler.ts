import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ArticleHandover } from './article.handover';
import { FeedClock } from './feed.clock';
import { FeedHostsRepository } from './feed.hosts.repository';
import { FeedItemsRepository } from './feed.items.repository';
import { FeedPoller } from './feed.poller';
import { FEED_SETTINGS, type FeedSettings } from './feed.settings';
import { FeedsRepository } from './feeds.repository';

const TICK_MS = 1_000;
/** Candidates a slot: several may lie on one host. */
const CANDIDATES = 8;

/** Starts what is due, as much at once as the settings say. The database decides who does what, so that replicas share. */
@Injectable()
export class FeedScheduler implements OnApplicationShutdown {
  private readonly logger = new Logger(FeedScheduler.name);
  private readonly running = new Set<Promise<void>>();
  private choosing = false;
  private closing = false;

  constructor(
    private readonly feeds: FeedsRepository,
    private readonly items: FeedItemsRepository,
    private readonly hosts: FeedHostsRepository,
    private readonly poller: FeedPoller,
    private readonly handover: ArticleHandover,
    private readonly clock: FeedClock,
    @Inject(FEED_SETTINGS) private readonly settings: FeedSettings,
  ) {}

  @Interval(TICK_MS)
  async tick(): Promise<void> {
    if (this.choosing || this.closing) return;
    this.choosing = true;
    try {
      await this.choose();
    } catch (error) {
      this.logger.warn({ err: error }, 'choosing what to poll will be tried again');
    } finally {
      this.choosing = false;
    }
  }

  /** Everything that is due now, to its end. For whoever turns the clock by hand. */
  async runDue(): Promise<void> {
    while ((await this.choose()) > 0 || this.running.size > 0) await Promise.all(this.running);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await Promise.all(this.running);
  }

  /** How many pieces of work were started. */
  private async choose(): Promise<number> {
    const slots = this.settings.concurrency - this.running.size;
    if (slots <= 0) return 0;
    const now = this.clock.now();
    const busy = await this.hosts.busy(now);
    const waiting = await this.items.findWaiting(now, busy, slots * CANDIDATES);
    const due = await this.feeds.findDue(now, busy, slots * CANDIDATES);
    const hosts = new Set<string>();
    const work: (() => Promise<unknown>)[] = [];
    for (const item of waiting) {
      if (item.pageHost !== null && !isFirst(hosts, item.pageHost)) continue;
      work.push(() => this.handover.handOn(item._id));
    }
    // News that is known goes first, but leaves half of the slots to looking for more.
    const handing = work.splice(0, due.length === 0 ? slots : Math.ceil(slots / 2));
    for (const feed of due) {
      if (isFirst(hosts, feed.host)) handing.push(() => this.poller.poll(feed._id, feed.host));
    }
    const started = handing.slice(0, slots);
    for (const piece of started) this.start(piece);
    return started.length;
  }

  private start(piece: () => Promise<unknown>): void {
    const run = piece()
      .then(
        () => undefined,
        (error: unknown) => this.logger.warn({ err: error }, 'a poll will be tried again'),
      )
      .finally(() => {
        this.running.delete(run);
        void this.tick();
      });
    this.running.add(run);
  }
}

const isFirst = (seen: Set<string>, value: string): boolean => !seen.has(value) && seen.add(value) === seen;
