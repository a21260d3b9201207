import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { FEED_HEALTH } from '@themeline/contracts';
import { gauge } from '@themeline/observability';
import { type Lease, Leases } from '@themeline/persistence';
import { FeedClock } from './feed.clock';
import { healthOf } from './feed.health';
import type { FeedDocument } from './feeds.collections';
import { FeedsRepository } from './feeds.repository';

const EVERY_MS = 5 * 60_000;
/** Beyond the next look, so that the same replica goes on. */
const LEASE_MS = EVERY_MS + 60_000;

const feedsBy = gauge('feeds', 'Feeds by how they do; on the replica that looks after them', ['health']);

/** Looks how all feeds do: the numbers go into the metrics, and each feed that died, ended or fell silent is named once, until it is well again. */
@Injectable()
export class FeedWatch {
  private readonly logger = new Logger(FeedWatch.name);
  private lease: Lease | null = null;

  constructor(
    private readonly feeds: FeedsRepository,
    private readonly leases: Leases,
    private readonly clock: FeedClock,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    try {
      if (this.lease !== null && !(await this.lease.renew())) this.lease = null;
      this.lease ??= await this.leases.acquire('feed-watch', LEASE_MS);
      if (this.lease === null) feedsBy.reset();
      else await this.look();
    } catch (error) {
      this.logger.warn({ err: error }, 'feeds will be looked at again');
    }
  }

  async look(): Promise<void> {
    const now = this.clock.now();
    const counts = new Map(FEED_HEALTH.map((health) => [health, 0]));
    for await (const feed of this.feeds.all()) {
      const health = healthOf(feed, now);
      counts.set(health, (counts.get(health) ?? 0) + 1);
      const ails = health === 'dead' || health === 'silent' || health === 'ended';
      if (ails === (feed.toldAt !== null)) continue;
      await this.feeds.note(feed._id, { toldAt: ails ? now : null });
      if (ails) this.tell(feed, health);
      else this.logger.log(`feed ${feed._id} (${feed.url}) is ${health} again`);
    }
    for (const [health, count] of counts) feedsBy.set({ health }, count);
  }

  private tell(feed: FeedDocument, health: string): void {
    const since = (health === 'silent' ? feed.lastItemAt : feed.lastSuccessAt)?.toISOString() ?? 'ever';
    const why = feed.lastError === null ? '' : `: ${feed.lastError}`;
    this.logger.warn(`feed ${feed._id} (${feed.url}) of ${feed.owner} is ${health} since ${since}${why}`);
  }
}
