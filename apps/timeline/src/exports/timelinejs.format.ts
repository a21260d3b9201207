import type { TimelineEvent } from '@themeline/contracts';
import { citationOf, spanOf } from './event.citations';
import type { ExportFormat } from './export.format';

/** The JSON that TimelineJS 3 draws. Undated events have no place in it; `display_date` says no more than is known. */
export const timelinejs: ExportFormat = {
  contentType: 'application/json; charset=utf-8',
  fileName: null,
  open: () => `${JSON.stringify({ title: { text: { headline: 'Themeline' } } }).slice(0, -1)},"events":[`,
  write: (batch, _context, isFirst) =>
    batch
      .events()
      .flatMap((event) => slide(event) ?? [])
      .map((shown, index) => `${isFirst && index === 0 ? '' : ','}\n${JSON.stringify(shown)}`)
      .join(''),
  close: () => '\n]}\n',
};

function slide(event: TimelineEvent): object | null {
  const span = spanOf(event);
  if (span === null) return null;
  const citations = event.reports.map((report) => `<li>${escapeHtml(citationOf(report))}</li>`).join('');
  return {
    unique_id: event.id,
    start_date: dateOf(span.first),
    ...(span.first === span.last ? {} : { end_date: dateOf(span.last) }),
    display_date: event.date.display,
    group: event.kind,
    text: {
      headline: escapeHtml(event.headline),
      text: `${event.summary === null ? '' : `<p>${escapeHtml(event.summary)}</p>`}<ul>${citations}</ul>`,
    },
  };
}

function dateOf(day: string): { year: number; month: number; day: number } {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  return { year, month, day: dayOfMonth };
}

/** Its texts are HTML to TimelineJS. */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
