import { countryCode, day, development, instant, slug, status, text } from '@themeline/contracts';
import { dayNumber } from '@themeline/dates';
import { foldedWords } from '@themeline/merging';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RevisionDocument } from '../timeline.collections';

export const SORTS = ['-recorded', 'recorded', '-date', 'date', 'importance'] as const;
export const FACETS = ['kind', 'theme', 'entity', 'country', 'status', 'development'] as const;
export type Facet = (typeof FACETS)[number];

const many = <T extends z.ZodType>(item: T) => z.array(item).max(50).optional();
const number = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+(?:\.\d+)?$/, 'must be a number')
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** The query of `GET /v1/events`. Filters of one name are any-of, of different names all-of. */
export const eventQuery = z
  .object({
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
    /** Every word must occur; `chip*` stands for all words that begin so. */
    q: text(200).optional(),
    minImportance: number(0, 100).optional(),
    minSources: number(1, 100_000).optional(),
    minAmountUsd: number(0, 1e18).optional(),
    /** Those that became known at that time or later. */
    recordedSince: instant.optional(),
    /** What the timeline said then. */
    asOf: instant.optional(),
    sort: z.enum(SORTS).default('-recorded'),
    limit: number(1, 200).pipe(z.number().int()).default(50),
    cursor: z.string().max(4_096).optional(),
    /** Names separated by commas: counts by value over all that match. */
    facets: z
      .string()
      .transform((list) => list.split(','))
      .pipe(z.array(z.enum(FACETS)).max(FACETS.length))
      .optional(),
  })
  .superRefine((query, context) => {
    const issue = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (query.from !== undefined && query.to !== undefined && query.from > query.to) {
      issue('to', `lies before from: '${query.to}' is before '${query.from}'`);
    }
    if (query.dateMatch !== undefined && query.from === undefined && query.to === undefined) {
      issue('dateMatch', 'needs from or to');
    }
    if (query.recordedSince !== undefined && query.asOf !== undefined && query.recordedSince > query.asOf) {
      issue('recordedSince', `lies after asOf: '${query.recordedSince}' is after '${query.asOf}'`);
    }
    if (query.q !== undefined && foldedWords(query.q).length === 0) issue('q', 'has no word in it');
  });
export type EventQuery = z.output<typeof eventQuery>;

/** Where a walk is: the place in the one order that it reads at, and the last item's key. `for`: of which query it is. */
export const eventCursor = z.object({
  seq: z.number().int().min(0),
  key: z.number(),
  id: z.string().max(100),
  for: z.string().max(100),
});
export type EventCursor = z.infer<typeof eventCursor>;

/** A cursor goes on with the query that it came from; how many items it asks for at a time, and facets, may change. */
export function fingerprintOf(query: EventQuery): string {
  const { cursor: _cursor, limit: _limit, facets: _facets, ...rest } = query;
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64url')
    .slice(0, 12);
}

export const SORT_FIELDS: Record<
  (typeof SORTS)[number],
  { field: 'recordedAt' | 'dateKey' | 'importance'; by: 1 | -1 }
> = {
  recorded: { field: 'recordedAt', by: 1 },
  '-recorded': { field: 'recordedAt', by: -1 },
  date: { field: 'dateKey', by: 1 },
  '-date': { field: 'dateKey', by: -1 },
  importance: { field: 'importance', by: -1 },
};

/** The number that an item is sorted by. */
export function sortKeyOf(
  row: Pick<RevisionDocument, 'recordedAt' | 'dateKey' | 'importance'>,
  sort: EventQuery['sort'],
): number {
  const value = row[SORT_FIELDS[sort].field];
  return value instanceof Date ? value.getTime() : value;
}

/** The conditions of a query on revisions, without its place in the order. `entities` are ids. */
export function conditionsOf(query: EventQuery, entities: readonly string[] | undefined): object[] {
  const conditions: object[] = [{ heir: null }];
  const tagged = (name: string, values: readonly string[] | undefined): void => {
    if (values === undefined || values.length === 0) return;
    const tags = [...new Set(values)].map((value) => `${name}:${value}`);
    conditions.push({ tags: tags.length === 1 ? tags[0] : { $in: tags } });
  };
  tagged('kind', query.kind);
  tagged('theme', query.theme);
  tagged('entity', entities);
  tagged('country', query.country);
  tagged('status', query.status);
  tagged('development', query.development);
  if (query.development?.includes('retracted') !== true) conditions.push({ retracted: false });
  conditions.push(...dateConditions(query));
  if (query.q !== undefined) conditions.push(...wordConditions(query.q));
  if (query.minImportance !== undefined) conditions.push({ importance: { $gte: query.minImportance } });
  if (query.minSources !== undefined) conditions.push({ sourceCount: { $gte: query.minSources } });
  if (query.minAmountUsd !== undefined) conditions.push({ amountUsd: { $gte: query.minAmountUsd } });
  if (query.recordedSince !== undefined) conditions.push({ knownAt: { $gte: new Date(query.recordedSince) } });
  return conditions;
}

function dateConditions(query: EventQuery): object[] {
  const { from, to } = query;
  const ranged = from !== undefined || to !== undefined;
  const conditions: object[] = [];
  if ((query.undated ?? (ranged ? 'exclude' : 'include')) === 'exclude') conditions.push({ dated: true });
  if (!ranged) return conditions;
  const first = from === undefined ? null : dayNumber(from);
  const last = to === undefined ? null : dayNumber(to);
  // Null compares equal to a missing bound only: an open side meets every range, and is certain only where the range is open too.
  if (query.dateMatch === 'certain') {
    conditions.push({ approximate: false });
    if (first !== null) conditions.push({ lower: { $gte: first } });
    if (last !== null) conditions.push({ upper: { $lte: last } });
    return conditions;
  }
  if (last !== null) conditions.push({ $or: [{ lower: null }, { lower: { $lte: last } }] });
  if (first !== null) conditions.push({ $or: [{ upper: null }, { upper: { $gte: first } }] });
  return conditions;
}

function wordConditions(q: string): object[] {
  return q
    .split(/\s+/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const words = foldedWords(part);
      return words.map((word, index) =>
        part.endsWith('*') && index === words.length - 1 ? { terms: { $regex: `^${word}` } } : { terms: word },
      );
    });
}
