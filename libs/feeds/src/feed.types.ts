/** Where a feed departs from its format. Such a feed is read as far as it goes, and says so. */
export type FeedFlaw =
  | 'unknown-charset'
  | 'charset-mismatch'
  | 'invalid-bytes'
  | 'control-characters'
  | 'doctype'
  | 'bare-ampersand'
  | 'unknown-entity'
  | 'bad-attribute'
  | 'unclosed-element'
  | 'stray-end-tag'
  | 'undeclared-prefix'
  | 'text-outside-root'
  | 'invalid-json'
  | 'cut-short';

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'json';

/** One entry as the feed gives it. Addresses are absolute where a base is known; instants are RFC 3339 in UTC. */
export interface FeedItem {
  /** `guid`, `atom:id`, `rdf:about` or JSON Feed's `id`, trimmed. */
  id: string | null;
  link: string | null;
  /** Plain text. */
  title: string | null;
  /** The title as the feed has it: HTML. */
  titleHtml: string | null;
  /** What announces the item, and the whole text where the feed carries it: plain text, a paragraph a line; '' for none. */
  summary: string;
  content: string;
  /** The date of publication, else the date of the last change; and the other way round. */
  publishedAt: string | null;
  updatedAt: string | null;
  /** A date was given that could not be read. */
  unreadDate: string | null;
  author: string | null;
  language: string | null;
}

export interface ParsedFeed {
  format: FeedFormat;
  /** `atom:id`, `rdf:about` */
  id: string | null;
  /** Plain text. */
  title: string | null;
  /** The title as the feed has it: HTML. */
  titleHtml: string | null;
  /** Address of the site that the feed belongs to. */
  link: string | null;
  language: string | null;
  publishedAt: string | null;
  updatedAt: string | null;
  /** Minutes for which the feed says that it does not change. */
  ttlMinutes: number | null;
  /** Hours (0–23, UTC) and days (0 = Sunday) in which nobody should ask. */
  skipHours: number[];
  skipDays: number[];
  items: FeedItem[];
  charset: string;
  flaws: FeedFlaw[];
}

/** The bytes are no feed. `code` is stable. */
export class NotAFeed extends Error {
  readonly code = 'not-a-feed';

  constructor(reason: string) {
    super(reason);
    this.name = 'NotAFeed';
  }
}

export interface ReadingLimits {
  /** Elements within elements. */
  depth: number;
  /** Elements in all. */
  elements: number;
  /** Of one element. */
  attributes: number;
  /** Of one feed; those that stand first count. */
  items: number;
  /** Character and entity references in all, without `&lt;` and its like. */
  references: number;
}

/** Ten times what the largest honest feeds have. */
export const READING_LIMITS: ReadingLimits = {
  depth: 200,
  elements: 200_000,
  attributes: 100,
  items: 2_000,
  references: 100_000,
};
