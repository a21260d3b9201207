import { Injectable } from '@nestjs/common';
import { Outbox, type OutboxMessage, StaleBatch } from '@themeline/messaging';
import { type ClientSession, Database } from '@themeline/persistence';
import type { EventDocument, RevisionDocument } from '../timeline.collections';

/** One event's way from the state that was read to the one that is to be. */
export interface EventChange {
  before: EventDocument | null;
  after: EventDocument;
  revisions: RevisionDocument[];
  messages: OutboxMessage[];
}

/** Writes new states of events: for merging, for editors and for themes alike. */
@Injectable()
export class TimelineWriter {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** In the caller's transaction, with what else there is to tell. Throws StaleBatch when an event is no longer as it was read. */
  async write(
    session: ClientSession,
    changes: readonly EventChange[],
    others: readonly OutboxMessage[] = [],
  ): Promise<void> {
    const events = this.database.collection<EventDocument>('events');
    const created = changes.filter((change) => change.before === null).map((change) => change.after);
    const changed = changes.flatMap(({ before, after }) => (before === null ? [] : [{ before, after }]));
    if (changed.length > 0) {
      const result = await events.bulkWrite(
        changed
          .sort((a, b) => (a.after._id < b.after._id ? -1 : 1))
          .map(({ before, after }) => ({
            replaceOne: { filter: { _id: before._id, revision: before.revision }, replacement: after },
          })),
        { session },
      );
      if (result.matchedCount !== changed.length) throw new StaleBatch('an event was revised in the meantime');
    }
    if (created.length > 0) await events.insertMany(created, { session });
    const revisions = changes.flatMap((change) => change.revisions);
    if (revisions.length > 0) {
      await this.database.collection<RevisionDocument>('revisions').insertMany(revisions, { session });
    }
    await this.outbox.add(session, [...changes.flatMap((change) => change.messages), ...others]);
  }
}
