import type { EventRevised, TimelineEvent } from '@themeline/contracts';
import type { EventStateDocument } from '../alerts.collections';

export const KEPT_DAYS = 90;
/** Of an event's reports so many are kept, the earliest: enough to link to. */
const KEPT_REPORTS = 5;
const DAY_MS = 86_400_000;

/** What may decide whether a subscription wants an event. */
const DECISIVE = [
  'kind',
  'status',
  'headline',
  'summary',
  'entities',
  'countries',
  'amount',
  'themes',
  'importance',
  'sourceCount',
  'retracted',
] as const satisfies readonly (keyof TimelineEvent)[];

/** A revision as it is kept. `current` is the writer's to decide. */
export function toState(revised: EventRevised, current: boolean): EventStateDocument {
  const { eventId, revision, developments, backfill, lineage, heir, before, after } = revised;
  const at = new Date(revised.at);
  return {
    _id: `${eventId}@${String(revision)}`,
    eventId,
    revision,
    developments,
    backfill,
    lineage,
    heir: heir ?? null,
    event: { ...after, reports: after.reports.slice(0, KEPT_REPORTS) },
    was: before === null ? null : differences(before, after),
    current,
    at,
    expiresAt: expiryOf(at, after),
  };
}

/** The event as it was before the revision; null for a new one. */
export function previousOf({ event, was }: Pick<EventStateDocument, 'event' | 'was'>): TimelineEvent | null {
  return was === null ? null : { ...event, ...was };
}

/** 90 days after the revision, and for what is still to come not before 90 days after its date. */
function expiryOf(at: Date, { status, date }: TimelineEvent): Date {
  const ahead = status === 'occurred' || date.upper === null ? NaN : Date.parse(date.upper);
  return new Date((ahead > at.getTime() ? ahead : at.getTime()) + KEPT_DAYS * DAY_MS);
}

function differences(before: TimelineEvent, after: TimelineEvent): Partial<TimelineEvent> {
  return Object.fromEntries(
    DECISIVE.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])).map((field) => [
      field,
      before[field],
    ]),
  );
}
