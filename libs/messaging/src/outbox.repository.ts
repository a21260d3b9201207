import { Injectable } from '@nestjs/common';
import { consumersOf, Payload, StreamName, Subject, SUBJECTS } from '@themeline/contracts';
import { currentCorrelationId } from '@themeline/observability';
import { ClientSession, Database } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import { encode } from './message.codec';
import { IncarnationDocument, OutboxDocument } from './messaging.collections';

/** A fact to be told. `messageId` names the fact, so that telling it twice is noticed. */
export type OutboxMessage = {
  [S in Subject]: { subject: S; messageId: string; payload: Payload<S>; correlationId?: string };
}[Subject];

/** How long a relay may take to publish what it took before another relay may. */
const LEASE_MS = 30_000;

/** Marks and leases may be lost in a failover: the worst that follows is a second publish, which message ids absorb. */
const QUICK = { writeConcern: { w: 1 } } as const;

@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  private get rows() {
    return this.database.collection<OutboxDocument>('outbox');
  }

  async insert(session: ClientSession, messages: readonly OutboxMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const now = new Date();
    await this.rows.insertMany(
      messages.map((message) => ({
        _id: message.messageId,
        subject: message.subject,
        body: encode(message.subject, message.payload),
        correlationId: message.correlationId ?? currentCorrelationId(),
        createdAt: now,
        sentAt: null,
        leaseUntil: new Date(0),
        leaseToken: null,
        awaiting: consumersOf(message.subject),
      })),
      { session },
    );
  }

  /** A message for the broker as it stands, for which nobody owes a receipt (a replay of a dead letter). */
  async insertRaw(
    session: ClientSession,
    row: Pick<OutboxDocument, '_id' | 'subject' | 'body' | 'correlationId'>,
  ): Promise<void> {
    await this.rows.insertOne(
      { ...row, createdAt: new Date(), sentAt: null, leaseUntil: new Date(0), leaseToken: null, awaiting: [] },
      { session },
    );
  }

  /** Takes up to `limit` unsent rows for this relay alone. By lease and not by "newer than the last": ids do not commit in order. */
  async leaseDue(limit: number): Promise<OutboxDocument[]> {
    const due = { sentAt: null, leaseUntil: { $lte: new Date() } };
    const ids = await this.rows
      .find(due, { projection: { _id: 1 } })
      .sort({ createdAt: 1 })
      .limit(limit)
      .toArray();
    if (ids.length === 0) return [];
    const leaseToken = randomUUID();
    await this.rows.updateMany(
      { _id: { $in: ids.map((row) => row._id) }, ...due },
      { $set: { leaseToken, leaseUntil: new Date(Date.now() + LEASE_MS) } },
      QUICK,
    );
    return this.rows.find({ leaseToken }, { readConcern: { level: 'local' } }).toArray();
  }

  /** The broker has them. What nobody owes a receipt for is finished; receipts may already have come for the others. */
  async markSent(rows: readonly OutboxDocument[]): Promise<void> {
    const ids = rows.map((row) => row._id);
    if (ids.length === 0) return;
    await this.rows.updateMany(
      { _id: { $in: ids } },
      { $set: { sentAt: new Date() }, $unset: { leaseToken: 1 } },
      QUICK,
    );
    await this.rows.deleteMany({ _id: { $in: ids }, awaiting: [] }, QUICK);
  }

  async releaseFailed(rows: readonly OutboxDocument[], delayMs: number): Promise<void> {
    if (rows.length === 0) return;
    await this.rows.updateMany(
      { _id: { $in: rows.map((row) => row._id) }, sentAt: null },
      { $set: { leaseUntil: new Date(Date.now() + delayMs) }, $unset: { leaseToken: 1 } },
      QUICK,
    );
  }

  /** `consumer` has committed the effect of these messages. */
  async confirm(consumer: string, messageIds: readonly string[]): Promise<void> {
    const ids = { $in: [...messageIds] };
    await this.rows.updateMany({ _id: ids }, { $pull: { awaiting: consumer } as object });
    await this.rows.deleteMany({ _id: ids, awaiting: [], sentAt: { $ne: null } });
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
        { subject: { $in: subjects }, sentAt: { $ne: null } },
        { $set: { sentAt: null, leaseUntil: new Date(0) } },
      );
      resent = result.modifiedCount;
    }
    await incarnations.updateOne({ _id: name }, { $set: { created } }, { upsert: true });
    return resent;
  }
}
