import { createHash } from 'node:crypto';
import { z } from 'zod';
import { checkFilter, type EventFilter, filterShape, number } from './event.filter';
import { facetList } from './event.facets';
import { SORTS } from './event.order';
import { histogramShape } from '../histogram/histogram.query';

/** The query of `GET /v1/events`. */
export const eventQuery = z
  .object({
    ...filterShape,
    sort: z.enum(SORTS).default('-recorded'),
    limit: number(1, 200).pipe(z.number().int()).default(50),
    cursor: z.string().max(4_096).optional(),
    facets: facetList.optional(),
    /** With it a histogram of all that match is added. */
    interval: histogramShape.interval.optional(),
    imprecise: z.enum(['spread', 'apart']).optional(),
    by: histogramShape.by,
  })
  .superRefine((query, context) => {
    checkFilter(query, context);
    for (const name of ['imprecise', 'by'] as const) {
      if (query[name] !== undefined && query.interval === undefined) {
        context.addIssue({ code: 'custom', path: [name], message: 'needs interval' });
      }
    }
    if (query.sort === 'relevance' && query.q === undefined) {
      context.addIssue({ code: 'custom', path: ['sort'], message: "can be 'relevance' only with q" });
    }
  });
export type EventQuery = z.output<typeof eventQuery>;

/** The filters of a query alone. */
export function filterOf(query: EventQuery): EventFilter {
  const {
    sort: _sort,
    limit: _limit,
    cursor: _cursor,
    facets: _facets,
    interval: _interval,
    imprecise: _imprecise,
    by: _by,
    ...filter
  } = query;
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

/** A cursor goes on with the filters and the order that it came from; how many items it asks for at a time, and counts, may change. */
export function fingerprintOf(query: EventQuery): string {
  return createHash('sha256')
    .update(
      JSON.stringify(Object.entries({ ...filterOf(query), sort: query.sort }).sort(([a], [b]) => (a < b ? -1 : 1))),
    )
    .digest('base64url')
    .slice(0, 12);
}
