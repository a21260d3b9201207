import { z } from 'zod';
import { amount, entityRef, evidence, eventDate, REPORT_STATES, status } from './report.schema';
import { countryCode, instant, isCleanText, slug, text, utc, webUrl } from './text.schema';

/** Bytes of UTF-8; above it the answer is 413. */
export const MAX_ARTICLE_BYTES = 1024 * 1024;

const body = z.string().min(1, 'must not be empty').refine(isCleanText, 'must be well-formed text without NUL bytes');

/** An article as a client sends it: exactly one of `text`, `html` and `url` must hold its content (`url` may go with the others as its address). */
export const articleIn = z
  .strictObject({
    text: body.optional(),
    html: body.optional(),
    url: webUrl.optional(),
    title: text(1_000).optional(),
    publishedAt: instant.optional(),
    source: z.strictObject({ name: text(200), url: webUrl.optional() }).optional(),
    language: z
      .string()
      .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 tag such as en or en-GB')
      .optional(),
    backfill: z.boolean().optional(),
  })
  .refine((article) => article.text === undefined || article.html === undefined, {
    path: ['html'],
    message: 'give either text or html, not both',
  })
  .refine((article) => article.text !== undefined || article.html !== undefined || article.url !== undefined, {
    path: ['text'],
    message: 'one of text, html and url is required',
  });
export type ArticleIn = z.infer<typeof articleIn>;

export const articleAccepted = z.object({
  articleId: z.string(),
  duplicate: z.boolean(),
  version: z.number().int(),
});
export type ArticleAccepted = z.infer<typeof articleAccepted>;

/** `removed`: taken down, its text is gone. */
export const ARTICLE_STATES = ['queued', 'read', 'unsupported-language', 'failed', 'removed'] as const;

/** A sum as a text gives it: `low` and `high` are its range, both `value` where there is none, null where open ("at least $5m" has no `high`). */
export const extractedAmount = amount.extend({
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** "about", "nearly": the text gives no exact sum. */
  approximate: z.boolean(),
});

/** What extraction makes of one sentence or clause. */
export const extractedReport = z.object({
  kind: slug,
  status,
  headline: z.string(),
  summary: z.string().nullable(),
  date: eventDate.extend({ phrase: z.string().nullable() }),
  entities: z.array(entityRef),
  countries: z.array(countryCode),
  amount: extractedAmount.nullable(),
  themes: z.array(slug),
  evidence: evidence.extend({ start: z.number().int(), end: z.number().int() }),
  /** Other sentences of the article that tell the same. */
  mentions: z.array(evidence),
  importance: z.number(),
  confidence: z.number(),
  /** By which pattern, from which words and by which date rule the report was made. */
  why: z.object({ kindRule: z.string(), words: z.array(z.string()), dateRule: z.string().nullable() }),
});
export type ExtractedReport = z.infer<typeof extractedReport>;

/** `?explain=true` adds `why` to each report. */
export const extractQuery = z.strictObject({ explain: z.stringbool().default(false) });
export type ExtractQuery = z.infer<typeof extractQuery>;

export const extractOut = z.object({
  state: z.enum(['read', 'unsupported-language']),
  reports: z.array(extractedReport.partial({ why: true })),
});
export type ExtractOut = z.infer<typeof extractOut>;

export const articleOut = z.object({
  articleId: z.string(),
  version: z.number().int(),
  state: z.enum(ARTICLE_STATES),
  reason: z.string().nullable(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  source: z.object({ id: z.string(), name: z.string(), url: z.string().nullable() }),
  publishedAt: utc,
  receivedAt: utc,
  reports: z.array(
    z.object({
      reportId: z.string(),
      kind: slug,
      headline: z.string(),
      evidence: evidence.nullable(),
      state: z.enum(REPORT_STATES),
      eventId: z.string().nullable(),
    }),
  ),
});
export type ArticleOut = z.infer<typeof articleOut>;

/** `POST /v1/dates` */
export const datesIn = z.strictObject({
  text: body,
  reference: instant,
  locale: z
    .string()
    .regex(/^[a-z]{2}(?:-[A-Z]{2})?$/, 'must be a locale such as en-GB')
    .optional(),
});
export type DatesIn = z.infer<typeof datesIn>;
