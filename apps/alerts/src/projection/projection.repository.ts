import { Injectable } from '@nestjs/common';
import type { EventRevised } from '@themeline/contracts';
import { type AnyBulkWriteOperation, Database } from '@themeline/persistence';
import type { EventStateDocument } from '../alerts.collections';
import { KEPT_DAYS, toState } from './event.state';

/** The last 90 days of the timeline as alerts has heard of them: bounded, and wanted by whoever looks back. */
@Injectable()
export class ProjectionRepository {
  constructor(private readonly database: Database) {}

  private get states() {
    return this.database.collection<EventStateDocument>('event_states');
  }

  /** Keeps revisions, in whatever order and however often they come. */
  async keep(revisions: readonly EventRevised[]): Promise<void> {
    if (revisions.length === 0) return;
    const newest = new Map<string, number>();
    const raise = (eventId: string, revision: number): void => {
      newest.set(eventId, Math.max(revision, newest.get(eventId) ?? 0));
    };
    for (const { eventId, revision } of revisions) raise(eventId, revision);
    const known = this.states.find(
      { eventId: { $in: [...newest.keys()] }, current: true },
      { projection: { eventId: 1, revision: 1 } },
    );
    for await (const { eventId, revision } of known) raise(eventId, revision);
    const kept = revisions.map((revised): AnyBulkWriteOperation<EventStateDocument> => {
      const { _id, ...state } = toState(revised, revised.revision === newest.get(revised.eventId));
      return { updateOne: { filter: { _id }, update: { $setOnInsert: state }, upsert: true } };
    });
    const superseded = [...newest]
      .filter(([, revision]) => revision > 1)
      .map(([eventId, revision]): AnyBulkWriteOperation<EventStateDocument> => ({
        updateMany: {
          filter: { eventId, revision: { $lt: revision } },
          update: [
            {
              $set: {
                current: false,
                // The newest has them; what was withdrawn from it must not live on here.
                'event.reports': [],
                expiresAt: { $dateAdd: { startDate: '$at', unit: 'day', amount: KEPT_DAYS } },
              },
            },
          ],
        },
      }));
    await this.states.bulkWrite([...kept, ...superseded], { ordered: true });
  }

  /** Every event that stands, as it is now, those first that changed longest ago. */
  standing(): AsyncIterable<EventStateDocument> {
    return this.states
      .find({ current: true, heir: null, 'event.retracted': false })
      .sort({ at: 1, eventId: 1, revision: 1 })
      .batchSize(200);
  }

  /** Events that are planned or forecast and whose last possible day is not before that of `from`. */
  expected(from: Date): AsyncIterable<EventStateDocument> {
    return this.states
      .find({
        'event.date.upper': { $gte: from.toISOString().slice(0, 10) },
        current: true,
        heir: null,
        'event.retracted': false,
        'event.status': { $in: ['planned', 'forecast'] },
      })
      .batchSize(200);
  }

  /** When the events of a theme became known, history apart, the latest last. */
  async births(theme: string, from: Date): Promise<{ eventId: string; at: Date; importance: number }[]> {
    const rows = await this.states
      .find(
        { 'event.themes': theme, at: { $gte: from }, revision: 1, backfill: false },
        { projection: { eventId: 1, at: 1, 'event.importance': 1 } },
      )
      .sort({ at: 1 })
      .toArray();
    return rows.map(({ eventId, at, event }) => ({ eventId, at, importance: event.importance }));
  }

  /** Since when anything is known; null: nothing is. */
  async knownSince(): Promise<Date | null> {
    const [first] = await this.states
      .find({}, { projection: { at: 1 } })
      .sort({ at: 1 })
      .limit(1)
      .toArray();
    return first?.at ?? null;
  }

  /** How those of the events stand that are retracted, where that was the last thing that happened to them. */
  async retractions(eventIds: readonly string[]): Promise<EventStateDocument[]> {
    if (eventIds.length === 0) return [];
    return this.states.find({ eventId: { $in: [...eventIds] }, current: true, developments: 'retracted' }).toArray();
  }

  async current(eventId: string): Promise<EventStateDocument | null> {
    return this.states.findOne({ eventId, current: true });
  }

  /** Every revision since then, in the order in which they were made; at most `limit`, the newest. */
  async *since(from: Date, limit: number): AsyncIterable<EventStateDocument> {
    const [oldest] = await this.states
      .find({ at: { $gte: from } }, { projection: { at: 1 } })
      .sort({ at: -1 })
      .skip(limit)
      .limit(1)
      .toArray();
    yield* (
      this.states
        .find({ at: oldest === undefined ? { $gte: from } : { $gt: oldest.at } })
        .sort({ at: 1, eventId: 1, revision: 1 })
        // Each batch is decoded in one go.
        .batchSize(200)
    );
  }
}
