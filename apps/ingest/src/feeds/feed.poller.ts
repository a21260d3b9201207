import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ParsedFeed } from '@themeline/feeds';
import { counter, histogram } from '@themeline/observability';
import { OutboundError } from '@themeline/outbound';
import { createHash } from 'node:crypto';
import { UnusableAnswer } from './answer.decoder';
import { FeedClock } from './feed.clock';
import { FeedHostsRepository, type HostPass } from './feed.hosts.repository';
import { FeedItemsService, type TakenItems } from './feed.items.service';
import { FeedPool, FeedTooHard } from './feed.pool';
import { FEED_SETTINGS, type FeedSettings } from './feed.settings';
import type { FeedDocument } from './feeds.collections';
import { FeedsRepository } from './feeds.repository';
import { type Fetched, hostOf, PageFetcher } from './page.fetcher';
import {
  backOff,
  jittered,
  maxAgeMs,
  nextInterval,
  outsideSkipped,
  retryAfterMs,
  rhythmOf,
  scattered,
} from './poll.schedule';

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.3';
const MAX_FEED_BYTES = 8 * 1024 * 1024;

const polls = counter('feed_polls_total', 'Polls of feeds, by what came of them', ['outcome']);
const seconds = histogram('feed_poll_seconds', 'Time for one poll, fetch and reading');

export interface Polled extends TakenItems {
  feed: FeedDocument;
  outcome: 'items' | 'unchanged' | 'failed' | 'ended' | 'discovered';
}

/** The answer is no feed that can be had. */
class BadAnswer extends Error {
  constructor(
    message: string,
    readonly answer: Fetched | null,
  ) {
    super(message);
  }
}

/** Somebody else calls the host that a feed redirects to. */
class HostBusy extends Error {
  constructor(host: string) {
    super(`${host} is being called`);
  }
}

/** Until a feed is tried again whose host is being called, at least. */
const BUSY_MS = 2_000;
/** A page may name a page that names a feed. */
const MOST_DISCOVERIES = 3;
const NOTHING: TakenItems = { items: 0, fresh: 0, changed: 0 };

/** Polls feeds whose time has come. Any number of replicas share the work: a feed and its host are leased to one of them at a time. */
@Injectable()
export class FeedPoller {
  private readonly logger = new Logger(FeedPoller.name);

  constructor(
    private readonly feeds: FeedsRepository,
    private readonly hosts: FeedHostsRepository,
    private readonly items: FeedItemsService,
    private readonly fetcher: PageFetcher,
    private readonly pool: FeedPool,
    private readonly clock: FeedClock,
    @Inject(FEED_SETTINGS) private readonly settings: FeedSettings,
  ) {}

  /**
   * One poll now, whether due or not if it was asked for. Null when somebody else polls the feed or its host. What goes wrong is written
   * down with the feed and tried again later.
   */
  async poll(id: string, host: string, asked = false): Promise<Polled | null> {
    const now = this.clock.now();
    const pass = await this.hosts.enter(host, now);
    if (pass === null) return null;
    const feed = await this.feeds.lease(id, now, asked);
    if (feed === null) {
      await this.hosts.leave(pass, now, now);
      return null;
    }
    const passes = [pass];
    const end = seconds.startTimer();
    try {
      const polled = await this.exchange(feed, passes);
      if (polled !== null) polls.inc({ outcome: polled.outcome });
      return polled;
    } finally {
      end();
      const left = this.clock.now();
      for (const one of passes) await this.hosts.leave(one, left, new Date(left.getTime() + this.settings.hostGapMs));
    }
  }

  private async exchange(feed: FeedDocument, passes: HostPass[]): Promise<Polled | null> {
    try {
      const answer = await this.fetcher.get({
        url: feed.url,
        accept: ACCEPT,
        headers: {
          ...(feed.etag === null ? {} : { 'if-none-match': feed.etag }),
          ...(feed.lastModified === null ? {} : { 'if-modified-since': feed.lastModified }),
        },
        maxBytes: MAX_FEED_BYTES,
        enterHost: async (host) => {
          if (passes.some((pass) => pass.host === host)) return;
          const pass = await this.hosts.enter(host, this.clock.now());
          if (pass === null) throw new HostBusy(host);
          passes.push(pass);
        },
      });
      return await this.answered(feed, answer);
    } catch (error) {
      if (error instanceof HostBusy) return this.postponed(feed);
      const expected = [OutboundError, UnusableAnswer, FeedTooHard, BadAnswer].some((kind) => error instanceof kind);
      if (!(error instanceof Error)) throw error;
      // A fault of our own must not stop the feed either.
      if (!expected) this.logger.error({ err: error }, `feed ${feed._id} could not be taken in`);
      return this.failed(feed, error);
    }
  }

  private async answered(feed: FeedDocument, answer: Fetched): Promise<Polled | null> {
    if (answer.status === 304) return this.succeeded(feed, answer, null, NOTHING);
    if (answer.status === 410) return this.ended(feed, answer);
    if (answer.status < 200 || answer.status > 299) throw new BadAnswer(`it answered ${String(answer.status)}`, answer);
    const bodyHash = createHash('sha256').update(answer.body).digest('hex');
    if (bodyHash === feed.bodyHash) return this.succeeded(feed, answer, null, NOTHING);
    const reading = await this.pool.read('feed', {
      bytes: answer.body,
      contentType: answer.headers['content-type'] ?? null,
      url: answer.base,
    });
    if (reading.ok) {
      const taken = await this.items.take(feed, reading.feed);
      return this.succeeded(feed, answer, { parsed: reading.feed, bodyHash }, taken);
    }
    const [named] = reading.named;
    // A page that stands for a feed for a while names other feeds: only a new feed is looked for.
    if (named === undefined || feed.lastSuccessAt !== null)
      throw new BadAnswer(`it is no feed: ${reading.reason}`, answer);
    return this.discovered(feed, named);
  }

  private async succeeded(
    feed: FeedDocument,
    answer: Fetched,
    read: { parsed: ParsedFeed; bodyHash: string } | null,
    taken: TakenItems,
  ): Promise<Polled | null> {
    const now = this.clock.now();
    const lastItemAt = taken.fresh > 0 ? now : feed.lastItemAt;
    const { publisherMs, skipHours, skipDays, rhythmMs } = read === null ? feed : wishesOf(read.parsed);
    const asked = Math.max(publisherMs ?? 0, maxAgeMs(answer.headers['cache-control']) ?? 0) || null;
    const intervalMs = nextInterval({
      intervalMs: feed.intervalMs,
      rhythmMs,
      silentMs: lastItemAt === null ? null : now.getTime() - lastItemAt.getTime(),
      fresh: taken.fresh > 0,
      publisherMs: asked,
      ownerMs: feed.pollMinutes === null ? null : feed.pollMinutes * 60_000,
    });
    const spread = feed.lastSuccessAt === null ? scattered : jittered;
    const wait = spread(intervalMs, this.clock.random(), Math.min(asked ?? 0, intervalMs));
    const moved = answer.movedTo === null ? {} : { url: answer.movedTo, host: hostOf(answer.movedTo) };
    const finished = await this.feeds.finish(
      feed,
      {
        ...moved,
        ...(read === null ? {} : described(read.parsed, read.bodyHash)),
        // A 304 may leave its validators out.
        etag: answer.headers.etag ?? (answer.status === 304 ? feed.etag : null),
        lastModified: answer.headers['last-modified'] ?? (answer.status === 304 ? feed.lastModified : null),
        publisherMs,
        skipHours,
        skipDays,
        rhythmMs,
        primed: true,
        intervalMs: Math.round(intervalMs),
        nextPollAt: outsideSkipped(new Date(now.getTime() + wait), skipHours, skipDays),
        lastPollAt: now,
        lastSuccessAt: now,
        lastStatus: answer.status,
        lastError: null,
        failures: 0,
        lastItemAt,
      },
      { polls: 1, items: taken.fresh, changes: taken.changed },
    );
    return finished && { feed: finished, outcome: read === null ? 'unchanged' : 'items', ...taken };
  }

  private async failed(feed: FeedDocument, error: Error): Promise<Polled | null> {
    const now = this.clock.now();
    const failures = feed.failures + 1;
    const answer = error instanceof BadAnswer ? error.answer : null;
    const askedMs = retryAfterMs(answer?.headers['retry-after'], now);
    const wait = jittered(backOff(feed.intervalMs, failures, askedMs), this.clock.random(), askedMs ?? 0);
    this.logger.warn(`feed ${feed._id} (${feed.url}): ${error.message}`);
    const finished = await this.feeds.finish(
      feed,
      {
        nextPollAt: new Date(now.getTime() + wait),
        lastPollAt: now,
        lastStatus: answer?.status ?? (error instanceof OutboundError ? error.status : null),
        lastError: error.message,
        failures,
      },
      { polls: 1 },
    );
    return finished && { feed: finished, outcome: 'failed', ...NOTHING };
  }

  private async ended(feed: FeedDocument, answer: Fetched): Promise<Polled | null> {
    const now = this.clock.now();
    this.logger.warn(`feed ${feed._id} (${feed.url}) has ended: it answered 410`);
    const fields = {
      state: 'ended' as const,
      lastPollAt: now,
      lastStatus: answer.status,
      lastError: 'it answered 410: gone for good',
    };
    const finished = await this.feeds.finish(feed, fields, { polls: 1 });
    return finished && { feed: finished, outcome: 'ended', ...NOTHING };
  }

  /** The page names a feed: that is what is polled from now on, at once. */
  private async discovered(feed: FeedDocument, url: string): Promise<Polled | null> {
    if (feed.discoveries >= MOST_DISCOVERIES) throw new BadAnswer(`it is a page that leads to pages`, null);
    const fields = { url, host: hostOf(url), discoveries: feed.discoveries + 1, nextPollAt: this.clock.now() };
    const finished = await this.feeds.finish(feed, fields, {});
    return finished && { feed: finished, outcome: 'discovered', ...NOTHING };
  }

  /** No failure of the feed: the host that it redirects to is being called. */
  private async postponed(feed: FeedDocument): Promise<null> {
    const wait = BUSY_MS * (1 + this.clock.random());
    await this.feeds.finish(feed, { nextPollAt: new Date(this.clock.now().getTime() + wait) }, {});
    return null;
  }
}

/** How often a feed asks to be polled, and the rhythm of its items. */
function wishesOf(parsed: ParsedFeed): Pick<FeedDocument, 'publisherMs' | 'skipHours' | 'skipDays' | 'rhythmMs'> {
  const dates = parsed.items.flatMap(({ publishedAt }) => (publishedAt === null ? [] : [Date.parse(publishedAt)]));
  const { ttlMinutes, skipHours, skipDays } = parsed;
  const publisherMs = ttlMinutes === null || ttlMinutes <= 0 ? null : Math.round(ttlMinutes * 60_000);
  return { publisherMs, skipHours, skipDays, rhythmMs: rhythmOf(dates) };
}

const described = (parsed: ParsedFeed, bodyHash: string): Partial<FeedDocument> => ({
  title: parsed.title?.slice(0, 500) ?? null,
  siteUrl: parsed.link,
  format: parsed.format,
  flaws: parsed.flaws,
  bodyHash,
});
