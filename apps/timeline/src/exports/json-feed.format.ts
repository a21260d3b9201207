import type { TimelineEvent } from '@themeline/contracts';
import { addressOf, describeEvent } from './event.citations';
import type { ExportContext, ExportFormat } from './export.format';

/** JSON Feed 1.1, with the event itself in `_themeline`. */
export const jsonFeed: ExportFormat = {
  contentType: 'application/feed+json; charset=utf-8',
  fileName: null,
  open: ({ origin, self }) =>
    `${JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Themeline',
      home_page_url: origin,
      feed_url: self,
    }).slice(0, -1)},"items":[`,
  write: (batch, context, isFirst) =>
    batch
      .events()
      .map((event, index) => `${isFirst && index === 0 ? '' : ','}\n${JSON.stringify(item(event, context))}`)
      .join(''),
  close: () => '\n]}\n',
};

function item(event: TimelineEvent, { origin }: ExportContext): object {
  const external = event.reports.map(addressOf).find((url) => url !== null);
  return {
    id: event.id,
    url: `${origin}/v1/events/${event.id}`,
    ...(external === undefined ? {} : { external_url: external }),
    title: event.headline,
    content_text: describeEvent(event).join('\n'),
    ...(event.summary === null ? {} : { summary: event.summary }),
    date_published: event.recordedAt,
    date_modified: event.updatedAt,
    authors: [...new Set(event.reports.map(({ source }) => source.name))].map((name) => ({ name })),
    tags: [event.kind, ...event.themes],
    _themeline: event,
  };
}
