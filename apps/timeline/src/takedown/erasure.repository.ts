import { Injectable } from '@nestjs/common';
import { deriveId, type TimelineEvent } from '@themeline/contracts';
import { DeadLetters, OutboxRepository } from '@themeline/messaging';
import { type ClientSession, Database } from '@themeline/persistence';
import type { ClaimDocument, EventDocument, RevisionDocument, Snapshot } from '../timeline.collections';

@Injectable()
export class ErasureRepository {
  constructor(
    private readonly database: Database,
    private readonly outbox: OutboxRepository,
    private readonly deadLetters: DeadLetters,
  ) {}

  private get claims() {
    return this.database.collection<ClaimDocument>('claims');
  }

  private get events() {
    return this.database.collection<EventDocument>('events');
  }

  private get revisions() {
    return this.database.collection<RevisionDocument>('revisions');
  }

  /** All versions of a report, in all events that it was in. */
  findClaims(session: ClientSession, reportId: string): Promise<ClaimDocument[]> {
    return this.claims.find({ _id: versionsOf(reportId) }, { session }).toArray();
  }

  async emptyClaims(session: ClientSession, reportId: string): Promise<void> {
    await this.claims.updateMany({ _id: versionsOf(reportId) }, { $set: { report: null, merge: null } }, { session });
  }

  findEvent(session: ClientSession, id: string): Promise<EventDocument | null> {
    return this.events.findOne({ _id: id }, { session });
  }

  /** What other reports have said in an event, whether it still holds or not. */
  findOtherClaims(session: ClientSession, eventId: string, reportId: string): Promise<ClaimDocument[]> {
    return this.claims
      .find({ lastEventId: eventId, reportId: { $ne: reportId }, report: { $ne: null } }, { session })
      .toArray();
  }

  findRevisions(session: ClientSession, eventId: string): Promise<RevisionDocument[]> {
    return this.revisions.find({ eventId }, { session }).sort({ revision: 1 }).toArray();
  }

  async rewriteRevision(
    session: ClientSession,
    id: string,
    fields: Pick<RevisionDocument, 'snapshot' | 'changes' | 'terms' | 'wording'>,
  ): Promise<void> {
    await this.revisions.updateOne({ _id: id }, { $set: fields }, { session });
  }

  /** Of an event that was merged into another: nobody revises it but an undo, which collides with this. */
  async rewriteMergedAway(session: ClientSession, id: string, snapshot: Snapshot): Promise<void> {
    await this.events.updateOne({ _id: id }, { $set: { snapshot } }, { session });
  }

  /** What was told of an event and is still kept for someone who has not confirmed it. */
  async rewriteUnsent(
    session: ClientSession,
    eventId: string,
    revisions: number,
    rewrite: (told: TimelineEvent) => TimelineEvent,
  ): Promise<void> {
    const ids = Array.from({ length: revisions }, (_, n) => deriveId('msg', 'event.revised', eventId, String(n + 1)));
    await this.outbox.rewrite(session, 'event.revised', ids, (payload) => ({
      ...payload,
      before: payload.before === null ? null : rewrite(payload.before),
      after: rewrite(payload.after),
    }));
  }

  forgetDeadLetters(session: ClientSession, reportId: string): Promise<void> {
    return this.deadLetters.forget(session, reportId);
  }
}

/** `rep_1@1`, `rep_1@2>evt_1@7`: all ids that begin with the report's and the sign that follows it. */
const versionsOf = (reportId: string) => ({ $gte: `${reportId}@`, $lt: `${reportId}A` });
