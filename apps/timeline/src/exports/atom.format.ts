import type { TimelineEvent } from '@themeline/contracts';
import { generateAtomFeed } from 'feedsmith';
import { addressOf, describeEvent } from './event.citations';
import type { ExportContext, ExportFormat } from './export.format';

const END = '</feed>';

/** RFC 4287. Entry ids are event ids, so a reader shows a changed event as changed. */
export const atom: ExportFormat = {
  contentType: 'application/atom+xml; charset=utf-8',
  fileName: null,
  open: (context) => feed([], context).split(END, 1)[0] ?? '',
  write: (batch, context) => {
    const text = feed(batch.events(), context);
    return text.slice(text.indexOf('<entry>'), text.lastIndexOf(END));
  },
  close: () => `${END}\n`,
};

function feed(events: readonly TimelineEvent[], { origin, self, at }: ExportContext): string {
  return generateAtomFeed({
    id: `${origin}/v1/events`,
    title: { value: 'Themeline' },
    updated: at,
    links: [{ href: self, rel: 'self', type: 'application/atom+xml' }],
    authors: [{ name: 'Themeline' }],
    entries: events.map((event) => ({
      id: `urn:themeline:event:${event.id}`,
      title: { value: xmlText(event.headline) },
      published: new Date(event.recordedAt),
      updated: new Date(event.updatedAt),
      content: { value: xmlText(describeEvent(event).join('\n')) },
      categories: [event.kind, ...event.themes].map((term) => ({ term })),
      links: [
        { href: `${origin}/v1/events/${event.id}`, rel: 'alternate', type: 'application/json' },
        ...event.reports.flatMap((report) => {
          const href = addressOf(report);
          return href === null ? [] : [{ href: xmlText(href), rel: 'related', title: xmlText(report.source.name) }];
        }),
      ],
    })),
  });
}

/** XML 1.0 has no way to write control characters, not even as references. */
const xmlText = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ');
