import {
  discoverFeeds,
  type FeedBytes,
  NotAFeed,
  type PageHead,
  type ParsedFeed,
  readFeed,
  readPageHead,
} from '@themeline/feeds';

/** What is no feed is an answer, with the feeds that it names if it is a page; what the pool sees rejected is a thread that failed. */
export type FeedReading = { ok: true; feed: ParsedFeed } | { ok: false; reason: string; named: string[] };

export interface FeedAnswers {
  feed: FeedReading;
  page: PageHead;
}
export type FeedTask = FeedBytes & { type: keyof FeedAnswers };

/** The entry of a thread that reads feeds and the pages behind their items, called by the pool. */
export default function read({ type, ...bytes }: FeedTask): FeedAnswers[keyof FeedAnswers] {
  if (type === 'page') return readPageHead(bytes);
  try {
    return { ok: true, feed: readFeed(bytes) };
  } catch (error) {
    if (error instanceof NotAFeed) return { ok: false, reason: error.message, named: discoverFeeds(bytes) };
    throw error;
  }
}
