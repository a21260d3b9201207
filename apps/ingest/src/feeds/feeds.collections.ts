import type { FEED_STATES } from '@themeline/contracts';
import type { CollectionSpec } from '@themeline/persistence';

export interface FeedDocument {
  _id: string;
  owner: string;
  url: string;
  givenUrl: string;
  /** Of `url`: one poll of a host at a time. */
  host: string;
  name: string | null;
  title: string | null;
  siteUrl: string | null;
  format: string | null;
  flaws: string[];
  state: (typeof FEED_STATES)[number];
  fullText: 'auto' | 'always' | 'never';
  pollMinutes: number | null;
  firstPoll: 'history' | 'live';
  /** The first poll that went well is over: what comes now is news. */
  primed: boolean;
  etag: string | null;
  lastModified: string | null;
  /** SHA-256 of the last answer, for servers without validators. */
  bodyHash: string | null;
  rhythmMs: number | null;
  /** What the feed itself asked for when it was last read. */
  publisherMs: number | null;
  skipHours: number[];
  skipDays: number[];
  intervalMs: number;
  nextPollAt: Date;
  lastPollAt: Date | null;
  lastSuccessAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
  failures: number;
  /** When the newest item appeared. */
  lastItemAt: Date | null;
  counts: { polls: number; items: number; changes: number };
  /** How often a page led on to its feed. */
  discoveries: number;
  /** Grows with every holder: the word of a former one does not count. */
  lease: { until: Date; fence: number };
  /** When it was told that the feed is dead, silent or at its end; null while it is well. */
  toldAt: Date | null;
  createdAt: Date;
}

/** Whether an item's date is the feed's, was later than the fetch, or is the time of the fetch for want of one. */
export type DateOrigin = 'given' | 'clamped' | 'assumed';

export interface FeedItemDocument {
  _id: string;
  feedId: string;
  owner: string;
  guids: string[];
  links: string[];
  contentHash: string;
  title: string | null;
  /** The feed's date as it stood, for recognising it. */
  writtenAt: string | null;
  publishedAt: Date;
  dateOrigin: DateOrigin;
  backfill: boolean;
  version: number;
  /** `waiting`: to be handed on. `repeated`: another feed of its publisher brought it already. */
  state: 'waiting' | 'handed-on' | 'repeated' | 'failed';
  reason: string | null;
  articleId: string | null;
  /** The address under which its article is kept, whatever the item's link becomes. */
  articleUrl: string | null;
  /** The article whose words it repeats. */
  copyOf: string | null;
  sketch: number[];
  /** The smallest hashes of the sketch, by which copies are looked up. */
  sketchKeys: number[];
  /** What waits to be handed on. */
  content: { text: string; language: string | null; full: boolean } | null;
  /** Of the page to fetch; null where the feed's own text will do. */
  pageHost: string | null;
  attempts: number;
  nextTryAt: Date;
  lease: { until: Date; fence: number };
  seenAt: Date;
}

/** Who may call a host, and from when on. */
export interface FeedHostDocument {
  _id: string;
  fence: number;
  until: Date;
  nextAt: Date;
}

export const feedCollections: CollectionSpec[] = [
  {
    name: 'feeds',
    indexes: [
      { key: { state: 1, nextPollAt: 1 } },
      { key: { owner: 1, url: 1 } },
      { key: { owner: 1, givenUrl: 1 } },
      { key: { owner: 1, createdAt: 1, _id: 1 } },
    ],
  },
  {
    name: 'feed_items',
    indexes: [
      { key: { feedId: 1, guids: 1 } },
      { key: { feedId: 1, links: 1 } },
      { key: { feedId: 1, contentHash: 1 } },
      { key: { owner: 1, sketchKeys: 1 } },
      { key: { owner: 1, articleUrl: 1 } },
      { key: { articleId: 1 } },
      { key: { nextTryAt: 1 }, partialFilterExpression: { state: 'waiting' } },
    ],
  },
  { name: 'feed_hosts', indexes: [{ key: { until: 1 }, expireAfterSeconds: 7 * 86_400 }] },
];
