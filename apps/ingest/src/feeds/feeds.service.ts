import { Inject, Injectable } from '@nestjs/common';
import {
  deriveId,
  type FeedHealthOut,
  type FeedIn,
  type FeedOut,
  type FeedPatch,
  type FeedPolled,
  type Page,
} from '@themeline/contracts';
import { badRequest, conflict, decodeCursor, encodeCursor, notFound } from '@themeline/http';
import { type OutboundGuard, OutboundRefused } from '@themeline/outbound';
import { z } from 'zod';
import { OUTBOUND } from '../ingest.tokens';
import { FeedClock } from './feed.clock';
import { healthOf } from './feed.health';
import { FeedItemsRepository } from './feed.items.repository';
import { FeedPoller } from './feed.poller';
import type { FeedDocument } from './feeds.collections';
import { FeedsRepository } from './feeds.repository';
import { hostOf } from './page.fetcher';
import { FIRST_INTERVAL_MS } from './poll.schedule';

const cursorSchema = z.strictObject({ createdAt: z.iso.datetime(), id: z.string() });
/** Feeds that the health view names. */
const MOST_AILING = 100;

@Injectable()
export class FeedsService {
  constructor(
    private readonly feeds: FeedsRepository,
    private readonly items: FeedItemsRepository,
    private readonly poller: FeedPoller,
    private readonly clock: FeedClock,
    @Inject(OUTBOUND) private readonly outbound: OutboundGuard,
  ) {}

  /** Adds a feed, or the feed that a page names; it is polled at once in the background. @throws ProblemError 400, 409 */
  async add(owner: string, wanted: FeedIn): Promise<FeedOut> {
    const { feed, added } = await this.ensure(owner, wanted);
    if (!added)
      throw conflict(`the feed is there already: ${feed.id}`, [{ path: 'url', message: `is feed ${feed.id}` }]);
    return feed;
  }

  /** As `add`, but a feed that is there already is no error. */
  async ensure(owner: string, wanted: FeedIn): Promise<{ feed: FeedOut; added: boolean }> {
    const url = await this.checkedUrl(wanted.url);
    const known = await this.feeds.findByAddress(owner, url);
    if (known !== null) return { feed: this.out(known), added: false };
    const feed = this.newFeed(owner, url, wanted);
    const added = await this.feeds.insertOnce(feed);
    const stored = added ? feed : await this.feeds.find(owner, feed._id);
    return { feed: this.out(stored ?? feed), added };
  }

  async list(owner: string, limit: number, cursor: string | undefined): Promise<Page<FeedOut>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, cursorSchema);
    const rows = await this.feeds.list(
      owner,
      after === null ? null : { createdAt: new Date(after.createdAt), id: after.id },
      limit + 1,
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      items: items.map((feed) => this.out(feed)),
      nextCursor: more ? encodeCursor({ createdAt: last.createdAt.toISOString(), id: last._id }) : null,
    };
  }

  async read(owner: string, id: string): Promise<FeedOut> {
    return this.out(await this.found(owner, id));
  }

  /** A new address begins anew with its validators, and starts a feed again that had ended; its items stay known. */
  async change(owner: string, id: string, patch: FeedPatch): Promise<FeedOut> {
    const feed = await this.found(owner, id);
    const { url, paused, name, pollMinutes, fullText } = patch;
    const fields: Partial<FeedDocument> = {
      ...(name === undefined ? {} : { name }),
      ...(pollMinutes === undefined ? {} : { pollMinutes }),
      ...(fullText === undefined ? {} : { fullText }),
      ...(paused === undefined || feed.state === 'ended' ? {} : { state: paused ? 'paused' : 'active' }),
    };
    if (url !== undefined) {
      const address = await this.checkedUrl(url);
      const other = await this.feeds.findByAddress(owner, address);
      if (other !== null && other._id !== id) throw conflict(`another feed has that address: ${other._id}`);
      const begun = { etag: null, lastModified: null, bodyHash: null, discoveries: 0, failures: 0, lastError: null };
      const state = paused === true ? ('paused' as const) : ('active' as const);
      Object.assign(fields, begun, { url: address, givenUrl: address, host: hostOf(address), state });
    }
    if (url !== undefined || paused === false) fields.nextPollAt = this.clock.now();
    const changed = await this.feeds.change(owner, id, fields);
    if (changed === null) throw notFound(`no such feed: '${id}'`);
    return this.out(changed);
  }

  /** The feed goes, and what is known of its items; its articles and reports stay. */
  async remove(owner: string, id: string): Promise<void> {
    if (!(await this.feeds.remove(owner, id))) throw notFound(`no such feed: '${id}'`);
    await this.items.removeOf(id);
  }

  async poll(owner: string, id: string): Promise<FeedPolled> {
    let { host } = await this.found(owner, id);
    for (;;) {
      const polled = await this.poller.poll(id, host, true);
      if (polled?.outcome === 'discovered') {
        host = polled.feed.host;
        continue;
      }
      const feed = this.out(await this.found(owner, id));
      if (polled === null) return { feed, outcome: 'busy', items: 0, fresh: 0, changed: 0 };
      const { outcome, items, fresh, changed } = polled;
      return { feed, outcome, items, fresh, changed };
    }
  }

  async health(owner: string): Promise<FeedHealthOut> {
    const now = this.clock.now();
    const counts = { new: 0, well: 0, failing: 0, dead: 0, silent: 0, paused: 0, ended: 0 };
    const ailing: FeedDocument[] = [];
    let overdue = 0;
    let longestOverdueMs = 0;
    for await (const feed of this.feeds.all(owner)) {
      const health = healthOf(feed, now);
      counts[health] += 1;
      if (health === 'dead' || health === 'silent' || health === 'failing' || health === 'ended') ailing.push(feed);
      const lateMs = now.getTime() - feed.nextPollAt.getTime();
      if (feed.state !== 'active' || lateMs < OVERDUE_MS) continue;
      overdue += 1;
      longestOverdueMs = Math.max(longestOverdueMs, lateMs);
    }
    ailing.sort((a, b) => sinceOf(a) - sinceOf(b));
    return {
      counts,
      overdue,
      longestOverdueSeconds: Math.round(longestOverdueMs / 1_000),
      ailing: ailing.slice(0, MOST_AILING).map((feed) => this.out(feed)),
    };
  }

  private async found(owner: string, id: string): Promise<FeedDocument> {
    const feed = await this.feeds.find(owner, id);
    if (feed === null) throw notFound(`no such feed: '${id}'`);
    return feed;
  }

  private async checkedUrl(given: string): Promise<string> {
    const url = new URL(given);
    url.hash = '';
    try {
      await this.outbound.checkUrl(url.href);
    } catch (error) {
      if (!(error instanceof OutboundRefused)) throw error;
      throw badRequest(error.message, [{ path: 'url', message: error.message }]);
    }
    return url.href;
  }

  private newFeed(owner: string, url: string, { name, pollMinutes, fullText, firstPoll }: FeedIn): FeedDocument {
    const now = this.clock.now();
    return {
      _id: deriveId('fed', owner, url),
      owner,
      url,
      givenUrl: url,
      host: hostOf(url),
      name: name ?? null,
      title: null,
      siteUrl: null,
      format: null,
      flaws: [],
      state: 'active',
      fullText: fullText ?? 'auto',
      pollMinutes: pollMinutes ?? null,
      firstPoll: firstPoll ?? 'history',
      primed: false,
      etag: null,
      lastModified: null,
      bodyHash: null,
      rhythmMs: null,
      publisherMs: null,
      skipHours: [],
      skipDays: [],
      intervalMs: FIRST_INTERVAL_MS,
      nextPollAt: now,
      lastPollAt: null,
      lastSuccessAt: null,
      lastStatus: null,
      lastError: null,
      failures: 0,
      lastItemAt: null,
      counts: { polls: 0, items: 0, changes: 0 },
      discoveries: 0,
      lease: { until: new Date(0), fence: 0 },
      toldAt: null,
      createdAt: now,
    };
  }

  private out(feed: FeedDocument): FeedOut {
    const { _id, url, givenUrl, name, title, siteUrl, format, flaws, state, fullText, pollMinutes, firstPoll } = feed;
    const { lastStatus, lastError, failures, counts } = feed;
    return {
      id: _id,
      url,
      givenUrl,
      name,
      title,
      siteUrl,
      format,
      flaws,
      state,
      health: healthOf(feed, this.clock.now()),
      fullText,
      pollMinutes,
      firstPoll,
      intervalSeconds: Math.round(feed.intervalMs / 1_000),
      lastPollAt: feed.lastPollAt?.toISOString() ?? null,
      lastSuccessAt: feed.lastSuccessAt?.toISOString() ?? null,
      nextPollAt: state === 'active' ? feed.nextPollAt.toISOString() : null,
      lastStatus,
      lastError,
      failures,
      lastItemAt: feed.lastItemAt?.toISOString() ?? null,
      counts,
      createdAt: feed.createdAt.toISOString(),
    };
  }
}

/** A poll that is so late is late. */
const OVERDUE_MS = 5 * 60_000;

/** How long nothing has gone well. */
const sinceOf = (feed: FeedDocument): number => (feed.lastSuccessAt ?? feed.createdAt).getTime();
