import { z } from 'zod';
import { utc } from './text.schema';

export const sourceOut = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string().nullable(),
  /** 0 to 1. The confidence of each report is multiplied by it, and with that its weight where reports differ. */
  trust: z.number(),
  muted: z.boolean(),
  firstSeenAt: utc,
  updatedAt: utc,
});
export type SourceOut = z.infer<typeof sourceOut>;

/** `PATCH /v1/sources/:id` */
export const sourcePatch = z
  .strictObject({ trust: z.number().min(0).max(1).optional(), muted: z.boolean().optional() })
  .refine(({ trust, muted }) => trust !== undefined || muted !== undefined, 'give trust, muted or both');
export type SourcePatch = z.infer<typeof sourcePatch>;
