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
