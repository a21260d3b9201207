import { Injectable } from '@nestjs/common';
import { REMOVED_HEADLINE, type ReportErased, type TimelineEvent } from '@themeline/contracts';
import { DeadLetters } from '@themeline/messaging';
import { type ClientSession, Database } from '@themeline/persistence';
import type { AlertDocument, DeliveryDocument, EventStateDocument, SnapshotDocument } from '../alerts.collections';
import type { ErasureDocument } from './takedown.collections';

type Erased = ReportErased['events'][number];

@Injectable()
export class ErasuresRepository {
  constructor(
    private readonly database: Database,
    private readonly deadLetters: DeadLetters,
  ) {}

  private get erasures() {
    return this.database.collection<ErasureDocument>('erasures');
  }

  private get snapshots() {
    return this.database.collection<SnapshotDocument>('snapshots');
  }

  async note(session: ClientSession, { reportId, events }: ReportErased): Promise<void> {
    for (const event of events) {
      // What an earlier one let stay may be what goes now.
      await this.erasures.updateMany(
        { 'events.eventId': event.eventId },
        { $set: { 'events.$[same].headlines': event.headlines, 'events.$[same].summaries': event.summaries } },
        { session, arrayFilters: [{ 'same.eventId': event.eventId }] },
      );
    }
    await this.erasures.replaceOne({ _id: reportId }, { events, at: new Date() }, { session, upsert: true });
  }

  findSince(at: Date): Promise<ErasureDocument[]> {
    return this.erasures.find({ at: { $gte: at } }).toArray();
  }

  /** Takes a report's words out of every state of its events that somebody was told of, and out of what receivers answered. */
  async erase(session: ClientSession, reportId: string, events: ReportErased['events']): Promise<void> {
    for (const { eventId, revision, headlines, summaries } of events) {
      const told = await this.snapshots
        .find({ _id: { $gte: `${eventId}@`, $lt: `${eventId}A` } }, { session })
        .toArray();
      const changed = told.flatMap(({ _id, event }) => {
        if (event === null || event.revision > revision) return [];
        const erased = eraseFrom(event, reportId, { eventId, revision, headlines, summaries });
        return erased === event ? [] : [{ _id, event: erased }];
      });
      for (const { _id, event } of changed) await this.snapshots.updateOne({ _id }, { $set: { event } }, { session });
      await this.eraseStates(session, reportId, { eventId, revision, headlines, summaries });
      await this.forgetAnswers(
        session,
        changed.map(({ _id }) => _id),
      );
    }
    await this.deadLetters.forget(session, reportId);
  }

  private async eraseStates(session: ClientSession, reportId: string, erased: Erased): Promise<void> {
    const states = this.database.collection<EventStateDocument>('event_states');
    const { eventId, revision } = erased;
    for (const { _id, event, was } of await states
      .find({ eventId, revision: { $lte: revision } }, { session })
      .toArray()) {
      const next = eraseFrom(event, reportId, erased);
      const before = was === null ? null : eraseWas(was, erased);
      if (next !== event || before !== was) {
        await states.updateOne({ _id }, { $set: { event: next, was: before } }, { session });
      }
    }
  }

  /** A receiver may have answered with what it was sent. */
  private async forgetAnswers(session: ClientSession, snapshotIds: readonly string[]): Promise<void> {
    if (snapshotIds.length === 0) return;
    const eventIds = [...new Set(snapshotIds.map((id) => id.split('@', 1)[0] ?? id))];
    const alerts = await this.database
      .collection<AlertDocument>('alerts')
      .find({ eventId: { $in: eventIds } }, { session, projection: { _id: 1, subscriptionId: 1 } })
      .toArray();
    if (alerts.length === 0) return;
    await this.database.collection<DeliveryDocument>('deliveries').updateMany(
      {
        subscriptionId: { $in: [...new Set(alerts.map((alert) => alert.subscriptionId))] },
        alertIds: { $in: alerts.map((alert) => alert._id) },
        'attempts.0': { $exists: true },
      },
      { $set: { 'attempts.$[].responseExcerpt': null } },
      { session },
    );
  }
}

const keptHeadline = (headline: string, { headlines }: Erased): string =>
  headlines.includes(headline) ? headline : REMOVED_HEADLINE;

const keptSummary = (summary: string | null, { summaries }: Erased): string | null =>
  summary !== null && summaries.includes(summary) ? summary : null;

function eraseFrom(event: TimelineEvent, reportId: string, erased: Erased): TimelineEvent {
  const reports = event.reports.filter((report) => report.reportId !== reportId);
  const headline = keptHeadline(event.headline, erased);
  const summary = keptSummary(event.summary, erased);
  const same = reports.length === event.reports.length && headline === event.headline && summary === event.summary;
  return same ? event : { ...event, headline, summary, reports };
}

/** What an event was before a revision: only the fields that it changed. */
function eraseWas(was: Partial<TimelineEvent>, erased: Erased): Partial<TimelineEvent> {
  const headline = was.headline === undefined ? undefined : keptHeadline(was.headline, erased);
  const summary = was.summary === undefined ? undefined : keptSummary(was.summary, erased);
  if (headline === was.headline && summary === was.summary) return was;
  return {
    ...was,
    ...(headline === undefined ? {} : { headline }),
    ...(summary === undefined ? {} : { summary }),
  };
}
