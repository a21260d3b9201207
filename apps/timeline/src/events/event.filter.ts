import { countryCode, day, development, instant, slug, status, text } from '@themeline/contracts';
import { z } from 'zod';
import { readWords, WordQueryError } from './word.query';

const many = <T extends z.ZodType>(item: T) => z.array(item).max(50).optional();
/** A decimal number in a query string. */
export const number = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+(?:\.\d+)?$/, 'must be a number')
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** What decides which events are meant, wherever events are asked for. Filters of one name are any-of, of different names all-of. */
export const filterShape = {
  kind: many(slug),
  theme: many(slug),
  /** An id, a name or an alias. */
  entity: many(text(200)),
  country: many(countryCode),
  status: many(status),
  /** Those that ever had it. With `retracted` the retracted ones are listed too. */
  development: many(development),
  from: day.optional(),
  to: day.optional(),
  /** `possible`: the interval meets from–to; `certain`: it lies inside and is not approximate. */
  dateMatch: z.enum(['possible', 'certain']).optional(),
  /** Left out where `from` or `to` is given, unless included; then by the bound behind them. */
  undated: z.enum(['include', 'exclude']).optional(),
  /** Every word must occur: `chip*` any that begins so, `"export controls"` a phrase, `-rumour` none such. */
  q: text(200).optional(),
  minImportance: number(0, 100).optional(),
  minSources: number(1, 100_000).optional(),
  minAmountUsd: number(0, 1e18).optional(),
  /** Those that became known at that time or later. */
  recordedSince: instant.optional(),
  /** What the timeline said then. */
  asOf: instant.optional(),
};

/** For a schema that holds {@link filterShape}: `z.object({ ...filterShape, limit }).superRefine(checkFilter)`. Contradictions, by name. */
export function checkFilter(filter: EventFilter, context: z.RefinementCtx): void {
  const issue = (path: string, message: string): void => {
    context.addIssue({ code: 'custom', path: [path], message });
  };
  const { from, to, dateMatch, recordedSince, asOf, q } = filter;
  if (from !== undefined && to !== undefined && from > to) {
    issue('to', `lies before from: '${to}' is before '${from}'`);
  }
  if (dateMatch !== undefined && from === undefined && to === undefined) issue('dateMatch', 'needs from or to');
  if (recordedSince !== undefined && asOf !== undefined && recordedSince > asOf) {
    issue('recordedSince', `lies after asOf: '${recordedSince}' is after '${asOf}'`);
  }
  try {
    if (q !== undefined) readWords(q);
  } catch (error) {
    if (!(error instanceof WordQueryError)) throw error;
    issue('q', error.message);
  }
}

export type EventFilter = z.output<z.ZodObject<typeof filterShape>>;
