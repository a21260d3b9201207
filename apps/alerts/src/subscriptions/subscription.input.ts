import {
  match,
  previewIn as contractPreview,
  slug,
  subscriptionIn as contractIn,
  subscriptionPatch as contractPatch,
  text,
} from '@themeline/contracts';
import { queryWordsOf, wordsOf } from '@themeline/matching';
import { z } from 'zod';

/** Whatever could not be a theme's name is no theme: the same words as for one that does not exist. */
const themeName = z.string().refine((value) => slug.safeParse(value).success, {
  error: (issue) => noSuchTheme(String(issue.input)),
});

/** A keyword of signs only would never be found: better said at once. */
const keyword = text(100).refine((value) => wordsOf(value).length > 0, {
  error: (issue) => `holds no letter and no digit: '${String(issue.input)}'`,
});

const query = text(200).refine((value) => queryWordsOf(value).length > 0, { error: 'has no word in it' });

const checkedMatch = match.extend({
  q: query.optional(),
  themes: z.array(themeName).max(200).default([]),
  keywords: z
    .strictObject({
      all: z.array(keyword).max(50).default([]),
      any: z.array(keyword).max(200).default([]),
      none: z.array(keyword).max(200).default([]),
    })
    .default({ all: [], any: [], none: [] }),
});

/** The contract's schemas, with what only this service can say about a match. */
export const subscriptionIn = contractIn.extend({ match: checkedMatch.prefault({}) });
export const subscriptionPatch = contractPatch.extend({ match: checkedMatch.optional() });
export const previewIn = contractPreview.extend({ match: checkedMatch.prefault({}) });

export function noSuchTheme(name: string): string {
  return `no such theme: '${name}'`;
}
