import { createHash } from 'node:crypto';
import { z } from 'zod';
import { checkFilter, type EventFilter, filterShape, number } from './event.filter';
import { SORTS } from './event.order';

export const FACETS = ['kind', 'theme', 'entity', 'country', 'status', 'development'] as const;
export type Facet = (typeof FACETS)[number];

/** The query of `GET /v1/events`. */
export const eventQuery = z
  .object({
    ...filterShape,
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
  .superRefine(checkFilter);
export type EventQuery = z.output<typeof eventQuery>;

/** The filters of a query alone. */
export function filterOf(query: EventQuery): EventFilter {
  const { sort: _sort, limit: _limit, cursor: _cursor, facets: _facets, ...filter } = query;
  return filter;
}

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
