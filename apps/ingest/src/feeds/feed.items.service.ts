import { Injectable } from '@nestjs/common';
import { deriveId } from '@themeline/contracts';
import type { FeedItem, ParsedFeed } from '@themeline/feeds';
import { canonicalUrl } from '../canonical.url';
import { sha256 } from '../report.normaliser';
import { FeedClock } from './feed.clock';
import { FeedItemsRepository } from './feed.items.repository';
import type { DateOrigin, FeedDocument, FeedItemDocument } from './feeds.collections';
import { type ItemTraits, type KnownTraits, recogniseItems } from './item.identity';

/** Clocks of publishers are not the best. */
const CLOCK_SLIP_MS = 10 * 60_000;
/** What appears in a feed so long after it was published, and before the last look at the feed, is no news. */
const LATE_MS = 7 * 86_400_000;
/** Dates before there were feeds are slips. */
const EARLIEST = '1990';
/** Fewer characters than this are a summary, whatever element they stand in. */
const FULL_TEXT_CHARACTERS = 1_200;

interface Incoming extends ItemTraits {
  source: FeedItem;
  text: string;
  full: boolean;
}

export interface TakenItems {
  items: number;
  fresh: number;
  changed: number;
}

/** Tells new and changed items from known ones and puts them in line to become articles. */
@Injectable()
export class FeedItemsService {
  constructor(
    private readonly items: FeedItemsRepository,
    private readonly clock: FeedClock,
  ) {}

  async take(feed: FeedDocument, parsed: ParsedFeed): Promise<TakenItems> {
    const incoming = parsed.items.map((item) => this.incomingOf(item)).filter(({ text }) => text !== '');
    const known = await this.knownOf(feed._id, incoming);
    const byId = new Map(known.map((item) => [item._id, item]));
    const recognised = recogniseItems(incoming, known.map(traitsOf));
    const fresh: FeedItemDocument[] = [];
    let changed = 0;
    // The oldest first, as they were published.
    for (const { item, known: old } of recognised.reverse()) {
      const row = old === null ? undefined : byId.get(old.id);
      if (row === undefined) fresh.push(this.newItem(feed, item));
      else if (await this.update(feed, row, item)) changed += 1;
    }
    await this.items.insertOnce(fresh);
    return { items: recognised.length, fresh: fresh.length, changed };
  }

  private incomingOf(source: FeedItem): Incoming {
    const { content, summary } = source;
    const longest = content.length >= summary.length ? content : summary;
    const text = longest === '' ? (source.title ?? '') : longest;
    return {
      source,
      guid: source.id,
      link: webAddress(source.link),
      contentHash: sha256(JSON.stringify([source.title, text])),
      title: source.title,
      publishedAt: source.publishedAt,
      text,
      full: longest.length >= FULL_TEXT_CHARACTERS,
    };
  }

  private async knownOf(feedId: string, incoming: readonly Incoming[]): Promise<FeedItemDocument[]> {
    const given = (values: (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];
    const bare = incoming.filter(({ guid, link }) => guid === null && link === null);
    const kin = await this.items.findKin(
      feedId,
      given(incoming.map(({ guid }) => guid)),
      given(incoming.map(({ link }) => link)),
      incoming.map(({ contentHash }) => contentHash),
    );
    const titled = bare.length === 0 ? [] : await this.items.findByTitle(feedId, given(bare.map(({ title }) => title)));
    return [...new Map([...kin, ...titled].map((item) => [item._id, item])).values()];
  }

  private newItem(feed: FeedDocument, item: Incoming): FeedItemDocument {
    const now = this.clock.now();
    const { publishedAt, dateOrigin } = this.dateOf(item.publishedAt, now);
    const late = feed.lastSuccessAt !== null && publishedAt.getTime() < feed.lastSuccessAt.getTime() - LATE_MS;
    const { guid, link, contentHash } = item;
    return {
      _id: deriveId('itm', feed._id, guid ?? '', link ?? '', guid === null && link === null ? contentHash : ''),
      feedId: feed._id,
      owner: feed.owner,
      guids: guid === null ? [] : [guid],
      links: link === null ? [] : [link],
      contentHash,
      title: item.title,
      writtenAt: item.publishedAt,
      publishedAt,
      dateOrigin,
      backfill: (!feed.primed && feed.firstPoll === 'history') || late,
      version: 1,
      reason: null,
      articleId: null,
      articleUrl: link,
      copyOf: null,
      sketch: [],
      sketchKeys: [],
      lease: { until: new Date(0), fence: 0 },
      ...this.inLine(feed, item, link, now),
    };
  }

  /** True when its words have changed. What else has changed is noted, so that it is recognised next time. */
  private async update(feed: FeedDocument, row: FeedItemDocument, item: Incoming): Promise<boolean> {
    const now = this.clock.now();
    const names = { guids: withLatest(row.guids, item.guid), links: withLatest(row.links, item.link) };
    const changed = row.contentHash !== item.contentHash;
    const sameNames = names.guids === row.guids && names.links === row.links;
    if (!changed && sameNames && row.writtenAt === item.publishedAt) return false;
    await this.items.change(row._id, {
      ...names,
      writtenAt: item.publishedAt,
      ...(changed
        ? {
            contentHash: item.contentHash,
            title: item.title,
            version: row.version + 1,
            ...this.inLine(feed, item, item.link, now),
          }
        : {}),
    });
    return changed;
  }

  private inLine(
    feed: FeedDocument,
    item: Incoming,
    link: string | null,
    now: Date,
  ): Pick<FeedItemDocument, 'state' | 'content' | 'pageHost' | 'attempts' | 'nextTryAt' | 'seenAt'> {
    const wanted = feed.fullText === 'always' || (feed.fullText === 'auto' && !item.full);
    return {
      state: 'waiting',
      content: { text: item.text, language: languageTag(item.source.language), full: item.full },
      pageHost: wanted && link !== null ? new URL(link).hostname : null,
      attempts: 0,
      nextTryAt: now,
      seenAt: now,
    };
  }

  private dateOf(written: string | null, now: Date): { publishedAt: Date; dateOrigin: DateOrigin } {
    if (written === null || written < EARLIEST) return { publishedAt: now, dateOrigin: 'assumed' };
    const publishedAt = new Date(written);
    if (publishedAt.getTime() > now.getTime() + CLOCK_SLIP_MS) return { publishedAt: now, dateOrigin: 'clamped' };
    return { publishedAt: publishedAt > now ? now : publishedAt, dateOrigin: 'given' };
  }
}

/** An item's later names come last; one that is there already changes nothing. */
function withLatest(names: string[], name: string | null): string[] {
  return name === null || names.includes(name) ? names : [...names, name].slice(-5);
}

function traitsOf({ _id, guids, links, contentHash, title, writtenAt }: FeedItemDocument): KnownTraits {
  return { id: _id, guids, links, contentHash, title, publishedAt: writtenAt };
}

/** The canonical address of a page, or null where the link is none that can be called. */
function webAddress(link: string | null): string | null {
  if (link === null || link.length > 2_000 || !URL.canParse(link)) return null;
  const url = new URL(link);
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  return canonicalUrl(link);
}

const languageTag = (language: string | null): string | null =>
  language !== null && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language) ? language : null;
