import { z } from 'zod';
import { reportIn, status } from './report.schema';
import { currencyCode, slug, text, utc, webUrl } from './text.schema';

/** What a column may hold. `year` to `endDay` make a date out of several columns, as the spreadsheets of TimelineJS do. */
export const IMPORT_FIELDS = [
  'headline',
  'summary',
  'date',
  'endDate',
  'year',
  'month',
  'day',
  'endYear',
  'endMonth',
  'endDay',
  'kind',
  'status',
  'entities',
  'countries',
  'amount',
  'currency',
  'themes',
  'source',
  'sourceUrl',
  'url',
  'publishedAt',
  'evidence',
  'externalId',
  'confidence',
] as const;
export const importField = z.enum(IMPORT_FIELDS);
export type ImportField = z.infer<typeof importField>;

export const IMPORT_FORMATS = ['csv', 'ndjson', 'timelinejs'] as const;
export const importFormat = z.enum(IMPORT_FORMATS);
export type ImportFormat = z.infer<typeof importFormat>;

/** `receiving`: the upload is on its way. `queued`: it is stored whole and will be read, whatever happens to the service. */
export const IMPORT_STATES = ['receiving', 'queued', 'running', 'done', 'failed', 'cancelled'] as const;
export const importState = z.enum(IMPORT_STATES);
export type ImportState = z.infer<typeof importState>;

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** `headline:Title` → `{ field: 'headline', column: 'Title' }`; the column's name is all that follows the first colon. */
const columnMapping = z.string().transform((value, context) => {
  const [name = '', ...column] = value.split(':');
  const field = importField.safeParse(name);
  if (field.success && column.length > 0) return { field: field.data, column: column.join(':').trim() };
  context.addIssue({
    code: 'custom',
    message: `must be field:column, with a field of ${IMPORT_FIELDS.join(', ')}: '${value}'`,
  });
  return z.NEVER;
});

/** The query of `POST /v1/imports`. */
export const importQuery = z.strictObject({
  /** `headline:Title`, once for each column; columns that are not named are guessed by their headers. `field:` takes no column. */
  map: z.array(columnMapping).max(IMPORT_FIELDS.length).default([]),
  /** For rows that name no source of their own. */
  source: text(200).optional(),
  sourceUrl: webUrl.optional(),
  /** For rows without a kind. */
  kind: slug.default('other'),
  status: status.optional(),
  currency: currencyCode.optional(),
  /** How `03/04/2025` is read: en-US as March, en-GB as April. */
  locale: z
    .string()
    .regex(/^[a-z]{2}(?:-[A-Z]{2})?$/, 'must be a locale such as en-GB')
    .optional(),
  /** Found by the header unless given. */
  delimiter: z
    .enum([',', ';', '|', 'tab'])
    .transform((value) => (value === 'tab' ? '\t' : value))
    .optional(),
  /** History: the events that it makes alert nobody who has not asked for history. */
  backfill: flag.default(true),
  dryRun: flag.default(false),
  name: text(200).optional(),
});
export type ImportQuery = z.infer<typeof importQuery>;

/** A row that was refused. `line` counts from 1, the header included; null where the format has no lines. */
export const importError = z.object({
  row: z.number().int(),
  line: z.number().int().nullable(),
  /** `path` is the report's field, `column` the row's where it came from one. */
  errors: z.array(z.object({ path: z.string(), column: z.string().optional(), message: z.string() })),
});
export type ImportError = z.infer<typeof importError>;

const columns = z.object({
  /** Which column each field is read from. Empty where rows are reports as they stand. */
  columns: z.partialRecord(importField, z.string()),
  ignoredColumns: z.array(z.string()),
});

export const importOut = columns.extend({
  id: z.string(),
  name: z.string().nullable(),
  format: importFormat,
  state: importState,
  /** Why it failed, or why it waits. */
  reason: z.string().nullable(),
  backfill: z.boolean(),
  /** Of the upload, and how many of them have been read. */
  bytes: z.number().int(),
  bytesRead: z.number().int(),
  /** rows = accepted + duplicates + rejected */
  rows: z.number().int(),
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  createdAt: utc,
  updatedAt: utc,
  finishedAt: utc.nullable(),
});
export type ImportOut = z.infer<typeof importOut>;

/** The answer to a dry run; nothing is stored. */
export const importDryRun = columns.extend({
  dryRun: z.literal(true),
  format: importFormat,
  rows: z.number().int(),
  valid: z.number().int(),
  rejected: z.number().int(),
  /** The first 100. */
  errors: z.array(importError),
  /** The first three rows that would be taken, as `POST /v1/reports` would take them. */
  sample: z.array(reportIn),
});
export type ImportDryRun = z.infer<typeof importDryRun>;
