import type { ImportField } from '@themeline/contracts';
import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { parseHTML } from 'linkedom';
import { z } from 'zod';

const scalar = z.union([z.string(), z.number()]).nullish();
const date = z.looseObject({ year: scalar, month: scalar, day: scalar }).nullish();

/** What of a slide is read; https://timeline.knightlab.com/docs/json-format.html lists the rest. */
const slide = z.looseObject({
  start_date: date,
  end_date: date,
  text: z.looseObject({ headline: z.string().nullish(), text: z.string().nullish() }).nullish(),
  media: z
    .looseObject({ url: z.string().nullish(), link: z.string().nullish(), credit: z.string().nullish() })
    .nullish(),
  unique_id: scalar,
});

export type SlideRow = { line: number } & ({ cells: Partial<Record<ImportField, unknown>> } | { error: string });

/** The slides of a TimelineJS document as rows with a field's name for each column; null where it is no such document. */
export function readSlides(text: string): SlideRow[] | null {
  const tree = parseTree(text);
  const events = tree === undefined ? undefined : findNodeAtLocation(tree, ['events']);
  if (events?.type !== 'array') return null;
  let line = 1;
  let at = 0;
  return (events.children ?? []).map((node): SlideRow => {
    for (let next = text.indexOf('\n', at); next !== -1 && next < node.offset; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    const read = slide.safeParse(getNodeValue(node));
    return read.success ? { line, cells: cellsOf(read.data) } : { line, error: 'is not a TimelineJS slide' };
  });
}

function cellsOf({
  start_date,
  end_date,
  text,
  media,
  unique_id,
}: z.infer<typeof slide>): Partial<Record<ImportField, unknown>> {
  const address = media?.link ?? media?.url ?? '';
  return {
    headline: plainText(text?.headline ?? ''),
    summary: plainText(text?.text ?? ''),
    year: start_date?.year,
    month: start_date?.month,
    day: start_date?.day,
    endYear: end_date?.year,
    endMonth: end_date?.month,
    endDay: end_date?.day,
    // Pictures may be given as data or as a path on the publisher's own site.
    url: /^https?:\/\//.test(address) ? address : undefined,
    source: plainText(media?.credit ?? ''),
    externalId: unique_id,
  };
}

/** Headlines and texts may hold HTML. */
function plainText(html: string): string {
  const bare = /[<&]/.test(html) ? parseHTML(`<html><body>${html}</body></html>`).document.body.textContent : html;
  return bare.replace(/\s+/g, ' ').trim();
}
