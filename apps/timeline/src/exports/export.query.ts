import { z } from 'zod';
import { checkFilter, type EventFilter, filterShape, number } from '../events/event.filter';
import { SORTS } from '../events/event.order';

/** The query of every export: the filters of `GET /v1/events`, without pages. */
export const exportQuery = z
  .object({
    ...filterShape,
    sort: z.enum(SORTS).default('-recorded'),
    /** All that match, unless told. */
    limit: number(1, 100_000_000).pipe(z.number().int()).optional(),
  })
  .superRefine(checkFilter);
export type ExportQuery = z.output<typeof exportQuery>;

/** The filters of a query alone. */
export function filterOf(query: ExportQuery): EventFilter {
  const { sort: _sort, limit: _limit, ...filter } = query;
  return filter;
}
