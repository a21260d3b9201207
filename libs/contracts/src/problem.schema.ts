import { z } from 'zod';

/** RFC 9457 problem details, with the offending fields of bad input. Path in dots and brackets: `[3].date.phrase`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

/** A page of a list. `nextCursor` is null on the last page. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export const deadLetterOut = z.object({
  id: z.string(),
  service: z.string(),
  durable: z.string(),
  subject: z.string(),
  messageId: z.string(),
  reason: z.string(),
  attempts: z.number().int(),
  /** The decoded payload, or its text where it could not be decoded. */
  payload: z.unknown(),
  correlationId: z.string().nullable(),
  deadAt: z.string(),
});
export type DeadLetterOut = z.infer<typeof deadLetterOut>;
