import type { FEED_HEALTH } from '@themeline/contracts';
import type { FeedDocument } from './feeds.collections';

const DAY_MS = 86_400_000;
/** A feed that has not answered well for so long is dead until it does. */
const DEAD_MS = 7 * DAY_MS;
/** Nothing new for so many of its usual gaps, and for a month at least, is silence. */
const SILENT_GAPS = 10;
const SILENT_MS = 30 * DAY_MS;

export type FeedHealth = (typeof FEED_HEALTH)[number];

/** How a feed is doing, from what its polls found. Polls go on in every state but `paused` and `ended`. */
export function healthOf(feed: FeedDocument, now: Date): FeedHealth {
  if (feed.state !== 'active') return feed.state;
  const age = (since: Date): number => now.getTime() - since.getTime();
  if (feed.failures > 0) return age(feed.lastSuccessAt ?? feed.createdAt) >= DEAD_MS ? 'dead' : 'failing';
  if (feed.lastSuccessAt === null) return 'new';
  const quietMs = Math.max(SILENT_MS, SILENT_GAPS * (feed.rhythmMs ?? 0));
  return age(feed.lastItemAt ?? feed.createdAt) >= quietMs ? 'silent' : 'well';
}
