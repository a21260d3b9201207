import { discoverFeeds, type FeedBytes, NotAFeed, type ParsedFeed, readFeed } from '@themeline/feeds';

/** What is no feed is an answer, with the feeds that it names if it is a page; what the pool sees rejected is a thread that failed. */
export type FeedReading = { ok: true; feed: ParsedFeed } | { ok: false; reason: string; named: string[] };

/** The entry of a thread that reads feeds, called by the pool. */
export default function read(task: FeedBytes): FeedReading {
  try {
    return { ok: true, feed: readFeed(task) };
  } catch (error) {
    if (error instanceof NotAFeed) return { ok: false, reason: error.message, named: discoverFeeds(task) };
    throw error;
  }
}
