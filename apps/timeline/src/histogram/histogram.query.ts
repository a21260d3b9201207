import { z } from 'zod';
import { checkFilter, filterShape } from '../events/event.filter';
import { FACETS } from '../events/event.facets';
import { INTERVALS } from './histogram.buckets';

/** What a histogram is asked by, in its own call and beside a list. */
export const histogramShape = {
  interval: z.enum(INTERVALS),
  /** A date wider than a bucket is spread over its days by weight, or counted apart. */
  imprecise: z.enum(['spread', 'apart']).default('spread'),
  /** One histogram more for each of the facet's most frequent values. */
  by: z.enum(FACETS).optional(),
};

/** The query of `GET /v1/histogram`. */
export const histogramQuery = z.object({ ...filterShape, ...histogramShape }).superRefine(checkFilter);
export type HistogramQuery = z.output<typeof histogramQuery>;
export type HistogramOptions = Pick<HistogramQuery, 'interval' | 'imprecise' | 'by'>;

const histogram = z.object({
  total: z.number(),
  /** By their first days; those without events are left out. */
  buckets: z.array(z.object({ start: z.iso.date(), count: z.number() })),
  apart: z.object({ undated: z.number(), open: z.number(), imprecise: z.number(), outside: z.number() }),
});

export const histogramOut = histogram.extend({
  interval: z.enum(INTERVALS),
  /** Only the newest 10,000 were counted. */
  capped: z.boolean(),
  series: z.array(histogram.extend({ value: z.string() })).optional(),
});
export type HistogramOut = z.infer<typeof histogramOut>;
