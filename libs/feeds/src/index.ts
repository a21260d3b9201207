export { readFeedDate } from './date.reader';
export { discoverFeeds } from './feed.discovery';
export { type FeedBytes, readFeed } from './feed.reader';
export {
  type FeedFlaw,
  type FeedFormat,
  type FeedItem,
  NotAFeed,
  type ParsedFeed,
  READING_LIMITS,
  type ReadingLimits,
} from './feed.types';
export { type PageHead, readPageHead } from './page.head';
export { plainText } from './plain.text';
