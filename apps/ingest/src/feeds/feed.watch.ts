import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AILING, deriveId, FEED_HEALTH } from '@themeline/contracts';
import { gauge } from '@themeline/observability';
import { Outbox, type OutboxMessage } from '@themeline/messaging';
import { Database, type Lease, Leases } from '@themeline/persistence';
import { FeedClock } from './feed.clock';
import { type FeedHealth, healthOf } from './feed.health';
import type { FeedDocument } from './feeds.collections';
import { FeedsRepository } from './feeds.repository';

const EVERY_MS = 5 * 60_000;
/** Beyond the next look, so that the same replica goes on. */
const LEASE_MS = EVERY_MS + 60_000;

const feedsBy = gauge('feeds', 'Feeds by how they do; on the replica that looks after them', ['health']);

/** Looks how all feeds do: the numbers go into the metrics, and of each feed that died, ended or fell silent its owner is told once, until it is well again. */
@Injectable()
export class FeedWatch {
  private readonly logger = new Logger(FeedWatch.name);
  private lease: Lease | null = null;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
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
      if (isAiling(health) === (feed.toldAt !== null)) continue;
      await this.tell(feed, health, now);
    }
    for (const [health, count] of counts) feedsBy.set({ health }, count);
  }

  /** Notes what is told in the transaction that tells it: a look that dies half-way loses nothing and repeats nothing. */
  private async tell(feed: FeedDocument, health: FeedHealth, now: Date): Promise<void> {
    const message = ailed(feed, health, now);
    const noted = await this.database.transaction(async (session) => {
      if (!(await this.feeds.note(session, feed, message === null ? null : now))) return false;
      if (message !== null) await this.outbox.add(session, [message]);
      return true;
    });
    if (!noted) return;
    const which = `feed ${feed._id} (${feed.url}) of ${feed.owner}`;
    if (message === null) this.logger.log(`${which} is ${health} again`);
    else
      this.logger.warn(
        `${which} is ${health} since ${message.payload.since ?? 'ever'}: ${feed.lastError ?? 'nothing new'}`,
      );
  }
}

const isAiling = (health: FeedHealth): health is (typeof AILING)[number] => AILING.some((one) => one === health);

/** Null for a feed that is well. */
function ailed(
  feed: FeedDocument,
  health: FeedHealth,
  now: Date,
): Extract<OutboxMessage, { subject: 'feed.ailed' }> | null {
  if (!isAiling(health)) return null;
  return {
    subject: 'feed.ailed',
    messageId: deriveId('msg', feed._id, 'ailed', now.toISOString()),
    payload: {
      feedId: feed._id,
      owner: feed.owner,
      name: feed.name ?? feed.title ?? feed.host,
      url: feed.url,
      health,
      since: (health === 'silent' ? feed.lastItemAt : feed.lastSuccessAt)?.toISOString() ?? null,
      reason: health === 'silent' ? null : feed.lastError,
      at: now.toISOString(),
    },
    correlationId: feed._id,
  };
}
