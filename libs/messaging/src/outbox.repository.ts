import { Injectable } from '@nestjs/common';
import { consumersOf, Payload, StreamName, Subject, SUBJECTS } from '@themeline/contracts';
import { currentCorrelationId, traceparentOf } from '@themeline/observability';
import { AnyBulkWriteOperation, ClientSession, Database } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import { decode, encode } from './message.codec';
import { IncarnationDocument, OutboxDocument } from './messaging.collections';

/** A fact to be told. `messageId` names the fact, so that telling it twice is noticed. */
export type OutboxMessage = {
  [S in Subject]: { subject: S; messageId: string; payload: Payload<S>; correlationId?: string };
}[Subject];

/** How long a relay may take to publish what it took before another relay may. */
const LEASE_MS = 30_000;
/** The same for rows that are handed to it by the transaction that writes them: it begins at once. */
const OWN_LEASE_MS = 5_000;

/** No lease is as long: what is leased for longer was leased by a clock that was wrong, or is wrong itself by now. */
const FARTHEST_MS = 2 * LEASE_MS;

/** Marks, leases and receipts may be lost in a failover: the worst that follows is a second publish, which message ids absorb. */
const QUICK = { writeConcern: { w: 1 } } as const;

/** The end of the lease of what nobody has taken, or what is to be sent whoever took it. */
const UNLEASED = new Date(0);
const NOT_TAKEN_BACK = { leaseUntil: { $gt: UNLEASED } };

@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  private get rows() {
    return this.database.collection<OutboxDocument>('outbox');
  }

  /** `leased`: the caller carries them itself as soon as they are committed. */
  async insert(session: ClientSession, messages: readonly OutboxMessage[], leased: boolean): Promise<OutboxDocument[]> {
    const now = new Date();
    const leaseUntil = leased ? new Date(now.getTime() + OWN_LEASE_MS) : UNLEASED;
    const rows = messages.map((message): OutboxDocument => {
      const correlationId = message.correlationId ?? currentCorrelationId();
      const traceparent = traceparentOf(correlationId);
      return {
        _id: message.messageId,
        subject: message.subject,
        body: encode(message.subject, message.payload),
        correlationId,
        ...(traceparent === undefined ? {} : { traceparent }),
        createdAt: now,
        sentAt: null,
        leaseUntil,
        leaseToken: null,
        awaiting: consumersOf(message.subject),
      };
    });
    await this.rows.insertMany(rows, { session });
    return rows;
  }

  /** A message for the broker as it stands, for which nobody owes a receipt (a replay of a dead letter). */
  async insertRaw(
    session: ClientSession,
    row: Pick<OutboxDocument, '_id' | 'subject' | 'body' | 'correlationId'>,
  ): Promise<void> {
    await this.rows.insertOne(
      { ...row, createdAt: new Date(), sentAt: null, leaseUntil: UNLEASED, leaseToken: null, awaiting: [] },
      { session },
    );
  }

  /** Changes what is said by those of these messages that somebody has not confirmed yet; what is with the broker already stays. */
  async rewrite<S extends Subject>(
    session: ClientSession,
    subject: S,
    messageIds: readonly string[],
    change: (payload: Payload<S>) => Payload<S>,
  ): Promise<void> {
    const rows = await this.rows.find({ _id: { $in: [...messageIds] }, subject }, { session }).toArray();
    for (const { _id, body } of rows) {
      const changed = encode(subject, change(decode(subject, body)));
      if (changed !== body) await this.rows.updateOne({ _id }, { $set: { body: changed } }, { session });
    }
  }

  /** Takes messages back: those that are not with the broker yet are never told. */
  async forget(session: ClientSession, messageIds: readonly string[]): Promise<void> {
    await this.rows.deleteMany({ _id: { $in: [...messageIds] } }, { session });
  }

  /** Takes up to `limit` unsent rows for this relay alone. By lease and not by "newer than the last": ids do not commit in order. */
  async leaseDue(limit: number): Promise<OutboxDocument[]> {
    const now = Date.now();
    const due = {
      sentAt: null,
      $or: [{ leaseUntil: { $lte: new Date(now) } }, { leaseUntil: { $gt: new Date(now + FARTHEST_MS) } }],
    };
    const rows = await this.rows.find(due).sort({ createdAt: 1 }).limit(limit).toArray();
    if (rows.length === 0) return [];
    const leaseToken = randomUUID();
    const taken = await this.rows.updateMany(
      { _id: { $in: rows.map((row) => row._id) }, ...due },
      { $set: { leaseToken, leaseUntil: new Date(Date.now() + LEASE_MS) } },
      QUICK,
    );
    // Usually nobody else wanted any of them, and what was read is what was taken.
    if (taken.modifiedCount === rows.length) return rows;
    return this.rows.find({ leaseToken }, { readConcern: { level: 'local' } }).toArray();
  }

  /**
   * The broker has them, unless they were taken back meanwhile (see {@link noteIncarnation}). What nobody owes a receipt for is
   * finished; the others go with the last receipt.
   */
  async markSent(rows: readonly OutboxDocument[]): Promise<void> {
    const finished = rows.filter((row) => row.awaiting.length === 0).map((row) => row._id);
    const awaited = rows.filter((row) => row.awaiting.length > 0).map((row) => row._id);
    if (finished.length > 0) await this.rows.deleteMany({ _id: { $in: finished }, ...NOT_TAKEN_BACK }, QUICK);
    if (awaited.length > 0) {
      await this.rows.updateMany(
        { _id: { $in: awaited }, ...NOT_TAKEN_BACK },
        { $set: { sentAt: new Date() }, $unset: { leaseToken: 1 } },
        QUICK,
      );
    }
  }

  async releaseFailed(rows: readonly OutboxDocument[], delayMs: number): Promise<void> {
    if (rows.length === 0) return;
    await this.rows.updateMany(
      { _id: { $in: rows.map((row) => row._id) }, sentAt: null },
      { $set: { leaseUntil: new Date(Date.now() + delayMs) }, $unset: { leaseToken: 1 } },
      QUICK,
    );
  }

  /** Consumers have committed the effect of these messages; a row that all have confirmed is done with. */
  async confirm(receipts: ReadonlyMap<string, readonly string[]>): Promise<void> {
    if (receipts.size === 0) return;
    await this.rows.bulkWrite(
      [...receipts].map(([consumer, messageIds]): AnyBulkWriteOperation<OutboxDocument> => ({
        updateMany: { filter: { _id: { $in: [...messageIds] } }, update: { $pull: { awaiting: consumer } as object } },
      })),
      { ordered: false, ...QUICK },
    );
    // Whoever confirmed it had it: the mark of having been sent may still be on its way.
    await this.rows.deleteMany({ _id: { $in: [...new Set([...receipts.values()].flat())] }, awaiting: [] }, QUICK);
  }

  /** All of `consumers` have confirmed these messages: rows that await nobody else are done with. */
  async finish(messageIds: readonly string[], consumers: readonly string[]): Promise<void> {
    await this.rows.deleteMany(
      { _id: { $in: [...messageIds] }, awaiting: { $not: { $elemMatch: { $nin: [...consumers] } } } },
      QUICK,
    );
  }

  /** Rows that the broker has not confirmed yet, counted up to `limit`. */
  async countUnsent(limit: number): Promise<number> {
    return this.rows.countDocuments({ sentAt: null }, { limit, readConcern: { level: 'local' } });
  }

  /**
   * Notes when a stream was made. When it turns out to be another stream than before, everything that was sent to the old one and
   * has no receipt from all its consumers is to be sent again. Answers with the number of such rows.
   */
  async noteIncarnation(stream: StreamName, name: string, created: string): Promise<number> {
    const incarnations = this.database.collection<IncarnationDocument>('stream_incarnations');
    const before = await incarnations.findOne({ _id: name });
    if (before?.created === created) return 0;
    let resent = 0;
    if (before !== null) {
      const subjects = (Object.keys(SUBJECTS) as Subject[]).filter((subject) => SUBJECTS[subject].stream === stream);
      const result = await this.rows.updateMany(
        // Those that were sent and are not marked yet too: a relay that has not noticed must not mark them any more.
        { subject: { $in: subjects } },
        { $set: { sentAt: null, leaseUntil: UNLEASED } },
      );
      resent = result.modifiedCount;
    }
    await incarnations.updateOne({ _id: name }, { $set: { created } }, { upsert: true });
    return resent;
  }
}
