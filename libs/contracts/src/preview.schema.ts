import { z } from 'zod';
import { development, timelineEvent } from './event.schema';
import { subscriptionIn, why } from './subscription.schema';
import { day, utc } from './text.schema';

/** How far back a preview can look: so long the alerts service remembers. */
export const MAX_PREVIEW_DAYS = 90;

/** `POST /v1/subscriptions/preview`: a subscription as it would be made, its name and channels optional. */
export const previewIn = subscriptionIn
  .partial({ name: true, channels: true })
  .extend({ days: z.number().int().min(1).max(MAX_PREVIEW_DAYS).default(30) });
export type PreviewIn = z.infer<typeof previewIn>;

export const previewOut = z.object({
  from: utc,
  to: utc,
  /** How many revisions of events were gone through. */
  revisions: z.number().int(),
  /** False: there were more revisions than are gone through at once, and `from` is where they begin. */
  complete: z.boolean(),
  alerts: z.number().int(),
  /** Days in UTC, those without an alert too. */
  perDay: z.array(z.object({ day, count: z.number().int() })),
  perDevelopment: z.array(z.object({ development, count: z.number().int() })),
  /** The newest, with why each would have been told. */
  samples: z.array(
    z.object({ development, why, at: utc, revision: z.number().int(), event: timelineEvent.omit({ reports: true }) }),
  ),
  /** How many messages each channel would have had, by its cadence: a digest is one. */
  channels: z.array(
    z.object({ index: z.number().int(), type: z.string(), messages: z.number().int(), perDay: z.number() }),
  ),
});
export type PreviewOut = z.infer<typeof previewOut>;
