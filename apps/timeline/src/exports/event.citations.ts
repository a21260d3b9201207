import type { EventReport, TimelineEvent } from '@themeline/contracts';

/** Where a report can be read: its own address, else its source's. */
export const addressOf = ({ url, source }: EventReport): string | null => url ?? source.url;

/** `Harbour Gazette: “banned the app” (https://gazette.example/1)` */
export function citationOf(report: EventReport): string {
  const address = addressOf(report);
  const words = report.evidence === null ? '' : `: “${report.evidence.text}”`;
  return `${report.source.name}${words}${address === null ? '' : ` (${address})`}`;
}

/** The date as it is known, what is said, and who says it, one to a line. */
export function describeEvent({ date, summary, reports }: TimelineEvent): string[] {
  return [date.display, ...(summary === null ? [] : [summary]), ...reports.map(citationOf)];
}

/** The days that an event takes up where it is drawn; an open side is not drawn. Null: undated. */
export function spanOf({ date: { lower, upper } }: TimelineEvent): { first: string; last: string } | null {
  const first = lower ?? upper;
  const last = upper ?? lower;
  return first === null || last === null ? null : { first, last };
}
