import { z } from 'zod';
import { checkFilter, filterShape } from '../events/event.filter';

const { asOf: _asOf, recordedSince: _recordedSince, ...shape } = filterShape;

/** A place in the one order of the timeline, as the stream's ids have it. */
export const place = z
  .string()
  .regex(/^\d{1,15}$/, 'must be an id that the stream gave out')
  .transform(Number);

/** The query of `GET /v1/stream`: the filters of events; `development` means what has just happened. */
export const streamQuery = z
  .object({
    ...shape,
    /** What the header `Last-Event-ID` says, for those who cannot send it the first time. */
    lastEventId: place.optional(),
  })
  .superRefine(checkFilter);
export type StreamQuery = z.output<typeof streamQuery>;
