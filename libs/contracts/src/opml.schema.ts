import { z } from 'zod';

/** The answer to `POST /v1/feeds/opml`. */
export const opmlTaken = z.object({
  added: z.number().int(),
  known: z.number().int(),
  refused: z.array(z.object({ url: z.string(), message: z.string() })),
});
export type OpmlTaken = z.infer<typeof opmlTaken>;
