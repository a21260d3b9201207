import { z } from 'zod';
import { development, themeOut, timelineEvent } from './event.schema';
import { AILING } from './feed.schema';
import { report } from './report.schema';
import { utc } from './text.schema';

export const articleSubmitted = z.object({ articleId: z.string(), version: z.number().int() });
export type ArticleSubmitted = z.infer<typeof articleSubmitted>;

export const reportAccepted = z.object({ report });
export type ReportAccepted = z.infer<typeof reportAccepted>;

/** A report that its article no longer supports, or that was taken down. */
export const reportWithdrawn = z.object({
  reportId: z.string(),
  version: z.number().int(),
  reason: z.string(),
  at: utc,
});
export type ReportWithdrawn = z.infer<typeof reportWithdrawn>;

/** A report was taken down: its withdrawal goes the usual way; this asks that nothing of its text stays anywhere. */
export const reportRemoved = z.object({ reportId: z.string(), version: z.number().int(), at: utc });
export type ReportRemoved = z.infer<typeof reportRemoved>;

/**
 * Nothing of a report's text is left in the timeline. Of each event that it was in: the last revision that may have had it, and the headlines
 * and summaries that others say and that may stay.
 */
export const reportErased = z.object({
  reportId: z.string(),
  events: z.array(
    z.object({
      eventId: z.string(),
      revision: z.number().int(),
      headlines: z.array(z.string()),
      summaries: z.array(z.string()),
    }),
  ),
  at: utc,
});
export type ReportErased = z.infer<typeof reportErased>;

/** Stands where a headline was that nobody else has told. */
export const REMOVED_HEADLINE = '(taken down)';

/** Which event a report went to. `eventId` null: it belongs to none any more. */
export const reportAssigned = z.object({
  reportId: z.string(),
  version: z.number().int(),
  eventId: z.string().nullable(),
  eventRevision: z.number().int(),
});
export type ReportAssigned = z.infer<typeof reportAssigned>;

/** One committed revision of one event. `before` is null for a new event. */
export const eventRevised = z.object({
  eventId: z.string(),
  revision: z.number().int(),
  developments: z.array(development),
  before: timelineEvent.nullable(),
  after: timelineEvent,
  /** Every id that is merged into this event, its own first. A split takes ids out again. */
  lineage: z.array(z.string()).min(1),
  /** The event that this one was merged into. */
  heir: z.string().optional(),
  /** Caused by loading history: told only to those who asked for history. */
  backfill: z.boolean(),
  at: utc,
});
export type EventRevised = z.infer<typeof eventRevised>;

/** `theme` null: removed. */
export const themeChanged = z.object({ themeId: z.string(), version: z.number().int(), theme: themeOut.nullable() });
export type ThemeChanged = z.infer<typeof themeChanged>;

/** A feed that has brought nothing for long, and why. Told once until it is well again. */
export const feedAiled = z.object({
  feedId: z.string(),
  owner: z.string(),
  name: z.string(),
  url: z.string(),
  health: z.enum(AILING),
  /** Its last good poll (`dead`, `ended`) or its last new item (`silent`); null: never. */
  since: utc.nullable(),
  reason: z.string().nullable(),
  at: utc,
});
export type FeedAiled = z.infer<typeof feedAiled>;

/** A durable's word to a producer that the effect of these outbox rows is committed. */
export const receipt = z.object({ durable: z.string(), messageIds: z.array(z.string()) });
export type Receipt = z.infer<typeof receipt>;

/** A message or delivery that was given up on. The dead letter itself, with its payload, is in the service's database. */
export const messageDied = z.object({
  id: z.string(),
  service: z.string(),
  durable: z.string(),
  subject: z.string(),
  reason: z.string(),
  at: utc,
});
export type MessageDied = z.infer<typeof messageDied>;
