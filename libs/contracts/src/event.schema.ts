import { z } from 'zod';
import { amount, entityRef, evidence, eventDate, sourceRef, status } from './report.schema';
import { countryCode, slug, text, utc } from './text.schema';

/** Changes of the timeline that someone may want to hear of. */
export const DEVELOPMENTS = [
  'recorded',
  'corroborated',
  'date_narrowed',
  'amount_changed',
  'status_changed',
  'disputed',
  'corrected',
  'retracted',
  'merged',
  'split',
] as const;
export const development = z.enum(DEVELOPMENTS);
export type Development = z.infer<typeof development>;

/** One report as the event shows it: who said it, where, and what exactly was claimed. */
export const eventReport = z.object({
  reportId: z.string(),
  source: sourceRef,
  url: z.string().nullable(),
  publishedAt: utc,
  evidence: evidence.nullable(),
  claims: z.object({
    kind: slug,
    status,
    headline: z.string(),
    date: eventDate,
    amount: amount.nullable(),
  }),
});
export type EventReport = z.infer<typeof eventReport>;

export const timelineEvent = z.object({
  id: z.string(),
  kind: slug,
  status,
  headline: z.string(),
  summary: z.string().nullable(),
  date: eventDate.extend({ display: z.string() }),
  entities: z.array(entityRef),
  countries: z.array(countryCode),
  amount: amount.nullable(),
  themes: z.array(slug),
  importance: z.number().min(0).max(100),
  confidence: z.number().min(0).max(1),
  sourceCount: z.number().int(),
  /** In messages the earliest 50; `GET /v1/events/:id/reports` pages through all. */
  reports: z.array(eventReport),
  disputes: z.array(z.object({ field: z.string(), values: z.array(z.string()) })),
  retracted: z.boolean(),
  revision: z.number().int().min(1),
  recordedAt: utc,
  updatedAt: utc,
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

/** One step in an event's history. `seq` is its place in the one order of the timeline, null until the sequencer has given it. */
export const eventRevision = z.object({
  eventId: z.string(),
  revision: z.number().int().min(1),
  seq: z.number().int().nullable(),
  developments: z.array(development),
  cause: z.object({
    type: z.enum(['report', 'withdrawal', 'edit', 'theme']),
    reportIds: z.array(z.string()),
    author: z.string().nullable(),
    reason: z.string().nullable(),
    /** What an editor did, and with which other event. */
    edit: z.enum(['correct', 'retract', 'restore', 'merge', 'split', 'merged-away', 'split-off']).optional(),
    other: z.string().optional(),
    /** The revision that it undid. */
    undoes: z.number().int().optional(),
  }),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  at: utc,
});
export type EventRevision = z.infer<typeof eventRevision>;

/** The rule of a theme: an event belongs to it when any of the positive fields hits and nothing of `exclude` does. */
export const themeRule = z.strictObject({
  /** Whole words or phrases over headline, summary and evidence; case and accents folded. */
  phrases: z.array(text(100)).max(500).default([]),
  entities: z.array(text(200)).max(500).default([]),
  kinds: z.array(slug).max(50).default([]),
  exclude: z.array(text(100)).max(200).default([]),
});
export type ThemeRule = z.infer<typeof themeRule>;

export const themeIn = z.strictObject({
  id: slug,
  name: text(200),
  description: text(2_000).optional(),
  rule: themeRule,
});
export type ThemeIn = z.infer<typeof themeIn>;

export const themeOut = z.object({
  id: slug,
  name: z.string(),
  description: z.string().nullable(),
  rule: themeRule,
  version: z.number().int(),
  updatedAt: utc,
});
export type ThemeOut = z.infer<typeof themeOut>;

export const themePreviewIn = z.strictObject({ rule: themeRule });
export type ThemePreviewIn = z.infer<typeof themePreviewIn>;

export const themePreview = z.object({
  events: z.number().int(),
  /** False: estimated from the newest 2,000 that may fit. */
  exact: z.boolean(),
  /** The newest that fit. */
  samples: z.array(timelineEvent),
});

/** How far the rules of all themes, which are applied together, have been applied to the events that were there. */
export const themeProgress = z.object({
  theme: slug,
  events: z.number().int(),
  behind: z.number().int(),
  finished: z.boolean(),
});

export const themeSummary = z.object({
  theme: themeOut,
  events: z.number().int(),
  /** By status and by kind. */
  counts: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number().int() }))),
  /** New events of the last seven days against the mean of the eight weeks before; |z| above 2 is a trend. */
  momentum: z.object({
    thisWeek: z.number().int(),
    usual: z.number(),
    z: z.number(),
    trend: z.enum(['rising', 'steady', 'falling']),
  }),
  latest: z.array(timelineEvent),
  /** Planned and forecast, whose date can still be met, by date. */
  upcoming: z.array(timelineEvent),
  /** Planned and forecast, whose date is over, the last first. */
  overdue: z.array(timelineEvent),
});

export const entityMergeIn = z.strictObject({ with: slug });
export type EntityMergeIn = z.infer<typeof entityMergeIn>;
