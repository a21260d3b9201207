import { z } from 'zod';
import { countryCode, currencyCode, day, edtf, instant, precision, slug, text, utc, webUrl } from './text.schema';

export const STATUSES = ['occurred', 'planned', 'forecast'] as const;
export const status = z.enum(STATUSES);
export type Status = z.infer<typeof status>;

export const ENTITY_TYPES = ['company', 'product', 'authority', 'person', 'place', 'organisation', 'other'] as const;
export const entityType = z.enum(ENTITY_TYPES);
export type EntityType = z.infer<typeof entityType>;

/** What an entity does in the event: `agent` acts, `patient` is acted on, `partner` acts with, `mention` is named. */
export const ENTITY_ROLES = ['agent', 'patient', 'partner', 'mention'] as const;
export const entityRole = z.enum(ENTITY_ROLES);
export type EntityRole = z.infer<typeof entityRole>;

export const MAX_REPORTS_PER_ARRAY = 1_000;

/** Less than its limit, not up to it: read into a double, the integer after the limit is the limit. */
export const amountIn = z.strictObject({ value: z.number().min(0).lt(1e18), currency: currencyCode });

/** A report as a client sends it (`POST /v1/reports`). */
export const reportIn = z.strictObject({
  kind: slug,
  status: status.default('occurred'),
  headline: text(500),
  summary: text(4_000).optional(),
  date: z
    .union([edtf, z.strictObject({ phrase: text(200), reference: instant })])
    .nullable()
    .optional(),
  entities: z
    .array(
      z.union([
        text(200),
        z.strictObject({ name: text(200), type: entityType.optional(), role: entityRole.optional() }),
      ]),
    )
    .max(50)
    .default([]),
  countries: z.array(countryCode).max(50).default([]),
  amount: amountIn.nullable().optional(),
  themes: z.array(slug).max(50).default([]),
  source: z.strictObject({ name: text(200), url: webUrl.optional() }),
  url: webUrl.optional(),
  publishedAt: instant.optional(),
  evidence: text(1_000).optional(),
  externalId: text(500).optional(),
  confidence: z.number().min(0).max(1).optional(),
  backfill: z.boolean().optional(),
});
export type ReportIn = z.infer<typeof reportIn>;

/** A date as it is kept and shown. Undated: `{edtf: null, lower: null, upper: null, precision: 'none'}`. */
export const eventDate = z.object({
  edtf: z.string().nullable(),
  lower: day.nullable(),
  upper: day.nullable(),
  precision,
  approximate: z.boolean(),
});
export type EventDate = z.infer<typeof eventDate>;

export const UNDATED: EventDate = { edtf: null, lower: null, upper: null, precision: 'none', approximate: false };

/** `id` is the slug of the canonical name, so the same entity has the same id in every service. */
export const entityRef = z.object({ id: slug, name: z.string(), type: entityType, role: entityRole });
export type EntityRef = z.infer<typeof entityRef>;

/** `value` in units of `currency`; `usd` by the dated rate table, null where no rate is known. */
export const amount = z.object({ value: z.number(), currency: currencyCode, usd: z.number().nullable() });
export type Amount = z.infer<typeof amount>;

/** The exact words; `start` and `end` are UTF-16 offsets into the article's text, null for reports that clients sent. */
export const evidence = z.object({
  text: z.string(),
  start: z.number().int().nullable(),
  end: z.number().int().nullable(),
});
export type Evidence = z.infer<typeof evidence>;

export const sourceRef = z.object({ id: z.string(), name: z.string(), url: z.string().nullable() });
export type SourceRef = z.infer<typeof sourceRef>;

/** What one source says about one event, normalised. The claim that the timeline merges. */
export const report = z.object({
  reportId: z.string(),
  version: z.number().int().min(1),
  owner: z.string(),
  articleId: z.string().nullable(),
  kind: slug,
  status,
  headline: z.string(),
  summary: z.string().nullable(),
  date: eventDate,
  datePhrase: z.string().nullable(),
  entities: z.array(entityRef),
  countries: z.array(countryCode),
  amount: amount.nullable(),
  themes: z.array(slug),
  source: sourceRef,
  url: z.string().nullable(),
  publishedAt: utc,
  receivedAt: utc,
  evidence: evidence.nullable(),
  mentions: z.array(evidence),
  importance: z.number().min(0).max(100),
  confidence: z.number().min(0).max(1),
  backfill: z.boolean(),
});
export type Report = z.infer<typeof report>;

/** `muted`: kept, but not told to the timeline, because its source is muted. `removed`: taken down, its text is gone. */
export const REPORT_STATES = ['accepted', 'assigned', 'withdrawn', 'muted', 'removed'] as const;

/** A report with its state and the event that it went into. */
export const reportOut = report.extend({ state: z.enum(REPORT_STATES), eventId: z.string().nullable() });
export type ReportOut = z.infer<typeof reportOut>;

export const rejection = z.object({
  index: z.number().int(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type Rejection = z.infer<typeof rejection>;

/** The answer to `POST /v1/reports`. `items` is left out for NDJSON over 1,000 lines. */
export const reportsAccepted = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.array(rejection),
  /** Of NDJSON, whose answer lists at most 1,000 of them. */
  rejectedTotal: z.number().int().optional(),
  items: z
    .array(
      z.object({ index: z.number().int(), reportId: z.string(), duplicate: z.boolean(), version: z.number().int() }),
    )
    .optional(),
});
export type ReportsAccepted = z.infer<typeof reportsAccepted>;
