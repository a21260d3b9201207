import { amountIn, countryCode, edtf, entityRole, entityType, slug, status, text } from '@themeline/contracts';
import { z } from 'zod';

const reason = text(1_000);

/** `PATCH /v1/events/:id`: the fields that change, and why. Null says that there is none. */
export const correctionIn = z
  .strictObject({
    kind: slug.optional(),
    status: status.optional(),
    headline: text(500).optional(),
    summary: text(4_000).nullable().optional(),
    date: edtf.nullable().optional(),
    entities: z
      .array(
        z.union([
          text(200),
          z.strictObject({ name: text(200), type: entityType.optional(), role: entityRole.optional() }),
        ]),
      )
      .max(50)
      .optional(),
    countries: z.array(countryCode).max(50).optional(),
    amount: amountIn.nullable().optional(),
    themes: z.array(slug).max(50).optional(),
    importance: z.number().min(0).max(100).optional(),
    reason,
  })
  .refine((input) => Object.keys(input).length > 1, { message: 'nothing is to be corrected: give a field', path: [] });
export type CorrectionIn = z.infer<typeof correctionIn>;

export const retractIn = z.strictObject({ reason });

/** `with` is the event that goes; `withRevision`, where given, the revision of it that was seen. */
export const mergeIn = z.strictObject({
  with: z.string().min(1).max(100),
  withRevision: z.number().int().min(1).optional(),
  reason,
});
export type MergeIn = z.infer<typeof mergeIn>;

/** `reports` are the ids of those that tell of something else. */
export const splitIn = z.strictObject({ reports: z.array(z.string().min(1).max(100)).min(1).max(1_000), reason });
export type SplitIn = z.infer<typeof splitIn>;

export const undoIn = z.strictObject({ revision: z.number().int().min(1), reason });
export type UndoIn = z.infer<typeof undoIn>;
