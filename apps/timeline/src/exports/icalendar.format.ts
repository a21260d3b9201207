import type { TimelineEvent } from '@themeline/contracts';
import ical, { foldLines, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { DateTime } from 'luxon';
import { addressOf, describeEvent, spanOf } from './event.citations';
import type { ExportFormat } from './export.format';

const BEGIN = 'BEGIN:VEVENT';
const END = 'END:VCALENDAR';

/** Calendars that subscribe look again after this long. */
const REFRESH_SECONDS = 3_600;

/**
 * RFC 5545. A date takes up all days of its interval, as all-day events do, whose end is the day after; undated events have no
 * place in a calendar. UIDs are event ids and `SEQUENCE` is the revision, so a subscribed calendar changes what it has.
 */
export const icalendar: ExportFormat = {
  contentType: 'text/calendar; charset=utf-8',
  fileName: null,
  open: () => emptyCalendar().slice(0, -END.length),
  write: (batch) => batch.events().map(entry).join(''),
  close: () => `${END}\r\n`,
};

function calendar() {
  return ical({ name: 'Themeline', prodId: { company: 'Themeline', product: 'Timeline' }, ttl: REFRESH_SECONDS });
}

/** With its last line, and without the break after it. */
const emptyCalendar = (): string => calendar().toString().trimEnd();

function entry(event: TimelineEvent): string {
  const span = spanOf(event);
  if (span === null) return '';
  const item = calendar().createEvent({
    id: `${event.id}@themeline`,
    sequence: event.revision,
    stamp: DateTime.fromISO(event.updatedAt, { zone: 'utc' }),
    created: DateTime.fromISO(event.recordedAt, { zone: 'utc' }),
    lastModified: DateTime.fromISO(event.updatedAt, { zone: 'utc' }),
    allDay: true,
    start: DateTime.fromISO(span.first, { zone: 'utc' }),
    end: DateTime.fromISO(span.last, { zone: 'utc' }).plus({ days: 1 }),
    summary: event.status === 'occurred' ? event.headline : `${event.headline} (${event.status})`,
    description: describeEvent(event).join('\n'),
    status: event.status === 'occurred' ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
    // News keeps nobody busy.
    transparency: ICalEventTransparency.TRANSPARENT,
    categories: [event.kind, ...event.themes].map((name) => ({ name })),
  });
  const address = event.reports.map(addressOf).find((url) => url !== null);
  if (address !== undefined && address !== null) item.url(address);
  const text = item.toString();
  return `${foldLines(text.slice(text.indexOf(BEGIN)).trimEnd())}\r\n`;
}
