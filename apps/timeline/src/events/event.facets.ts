import { z } from 'zod';

export const FACETS = ['kind', 'theme', 'entity', 'country', 'status', 'development'] as const;
export type Facet = (typeof FACETS)[number];

/** Names separated by commas: counts by value over all that match. */
export const facetList = z
  .string()
  .transform((list) => list.split(','))
  .pipe(z.array(z.enum(FACETS)).max(FACETS.length));

export const facetsOut = z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number().int() })));
