import { z } from 'zod';
import { text, utc, webUrl } from './text.schema';

/** Minutes between two polls that an owner may ask for. */
const pollMinutes = z.number().int().min(5).max(1_440);

const settings = {
  /** What its reports name as their source; the feed's own title by default. */
  name: text(200).optional(),
  /** Fixed; by default the interval follows the feed's rhythm. */
  pollMinutes: pollMinutes.nullable().optional(),
  /** `auto`: the page is fetched where the feed has no more than a summary. */
  fullText: z.enum(['auto', 'always', 'never']).optional(),
};

export const feedIn = z.strictObject({
  /** A feed, or a page that names one. */
  url: webUrl,
  ...settings,
  /** What the first poll finds: `history` alerts nobody, `live` counts as news. */
  firstPoll: z.enum(['history', 'live']).optional(),
});
export type FeedIn = z.infer<typeof feedIn>;

export const feedPatch = z.strictObject({ ...settings, url: webUrl.optional(), paused: z.boolean().optional() });
export type FeedPatch = z.infer<typeof feedPatch>;

/** `ended`: its address answered 410; nothing but a change of its address starts it again. */
export const FEED_STATES = ['active', 'paused', 'ended'] as const;
/** `failing`: the last polls went wrong. `dead`: no poll has gone well for a week. `silent`: nothing new for far longer than its rhythm. */
export const FEED_HEALTH = ['new', 'well', 'failing', 'dead', 'silent', 'paused', 'ended'] as const;

/** What a feed's owner should hear of. */
export const AILING = ['dead', 'silent', 'ended'] as const satisfies readonly (typeof FEED_HEALTH)[number][];

export const feedOut = z.object({
  id: z.string(),
  url: z.string(),
  /** The address that was given, where redirects or discovery led elsewhere. */
  givenUrl: z.string(),
  name: z.string().nullable(),
  title: z.string().nullable(),
  siteUrl: z.string().nullable(),
  format: z.string().nullable(),
  /** How the last answer departed from its format. */
  flaws: z.array(z.string()),
  state: z.enum(FEED_STATES),
  health: z.enum(FEED_HEALTH),
  fullText: z.enum(['auto', 'always', 'never']),
  pollMinutes: pollMinutes.nullable(),
  firstPoll: z.enum(['history', 'live']),
  /** Seconds between polls as it is now. */
  intervalSeconds: z.number().int(),
  lastPollAt: utc.nullable(),
  lastSuccessAt: utc.nullable(),
  nextPollAt: utc.nullable(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  failures: z.number().int(),
  lastItemAt: utc.nullable(),
  counts: z.object({ polls: z.number().int(), items: z.number().int(), changes: z.number().int() }),
  createdAt: utc,
});
export type FeedOut = z.infer<typeof feedOut>;

/** What a poll that was asked for brought. */
export const feedPolled = z.object({
  feed: feedOut,
  outcome: z.enum(['items', 'unchanged', 'failed', 'ended', 'busy']),
  items: z.number().int(),
  fresh: z.number().int(),
  changed: z.number().int(),
});
export type FeedPolled = z.infer<typeof feedPolled>;

export const feedHealthOut = z.object({
  counts: z.record(z.enum(FEED_HEALTH), z.number().int()),
  /** Feeds whose poll is overdue, and by how many seconds the longest. */
  overdue: z.number().int(),
  longestOverdueSeconds: z.number().int(),
  /** Those that want looking after, the longest dead or silent first. */
  ailing: z.array(feedOut),
});
export type FeedHealthOut = z.infer<typeof feedHealthOut>;
