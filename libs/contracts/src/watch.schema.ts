import { z } from 'zod';

/** What a subscription wants to be told of that nobody reports. */
export const watch = z.strictObject({
  /** A theme of the match that is usually busy and of which nothing was heard for so many days. */
  silenceDays: z.number().int().min(1).max(60).nullable().default(null),
  /** So many days before the first possible day of what is planned or forecast. */
  approaching: z.array(z.number().int().min(0).max(365)).max(10).default([]),
  /** When the last possible day of what is planned or forecast has passed. */
  overdue: z.boolean().default(false),
  /** A theme of the match whose week is far above its usual. */
  momentum: z.boolean().default(false),
  /** When a feed of the owner's has been dead or silent for long, or has ended. */
  feeds: z.boolean().default(false),
});
export type Watch = z.infer<typeof watch>;

/** What is found by looking rather than reported. */
export const WATCHED = ['approaching', 'overdue', 'quiet', 'momentum'] as const;
