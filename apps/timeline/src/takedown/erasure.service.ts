import { Injectable } from '@nestjs/common';
import { deriveId, type ReportErased, type ReportRemoved } from '@themeline/contracts';
import { eventReportOf } from '@themeline/merging';
import { done, Outbox, type Outcome, retry } from '@themeline/messaging';
import type { ClientSession } from '@themeline/persistence';
import { wordsOf } from '../events/search.fields';
import { TimelineWriter } from '../merge/timeline.writer';
import type { ClaimDocument, EventDocument, RevisionDocument } from '../timeline.collections';
import { erased, erasedRevision, type Kept, keptOf } from './erasure.rules';
import { ErasureRepository } from './erasure.repository';

/** Its withdrawal comes by another stream, and may come later. */
const WITHDRAWAL_WAIT_MS = 300;

/** Takes the words of a report that was taken down out of all that the timeline keeps. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly repository: ErasureRepository,
    private readonly writer: TimelineWriter,
    private readonly outbox: Outbox,
  ) {}

  async erase(
    session: ClientSession,
    { reportId, version, at }: ReportRemoved,
    correlationId: string,
  ): Promise<Outcome> {
    const claims = await this.repository.findClaims(session, reportId);
    const current = claims.find((claim) => claim.current);
    if (current === undefined || (current.withdrawnVersion ?? 0) < version) return retry(WITHDRAWAL_WAIT_MS);
    await this.repository.emptyClaims(session, reportId);
    const eventIds = [...new Set(claims.flatMap((claim) => claim.lastEventId ?? []))];
    const events: ReportErased['events'] = [];
    for (const eventId of eventIds) events.push(await this.eraseFrom(session, eventId, reportId, correlationId));
    await this.repository.forgetDeadLetters(session, reportId);
    await this.outbox.add(session, [
      {
        subject: 'report.erased',
        messageId: deriveId('msg', 'report.erased', reportId, String(version)),
        payload: { reportId, events, at },
        correlationId,
      },
    ]);
    return done();
  }

  private async eraseFrom(
    session: ClientSession,
    eventId: string,
    reportId: string,
    correlationId: string,
  ): Promise<ReportErased['events'][number]> {
    const event = await this.repository.findEvent(session, eventId);
    const others = await this.repository.findOtherClaims(session, eventId, reportId);
    const revisions = await this.repository.findRevisions(session, eventId);
    const edits = revisions.flatMap(({ edit }) => (edit?.type === 'correct' ? [edit.set, edit.was] : []));
    const kept = keptOf(others, [...edits, ...(event === null ? [] : [event.corrections])]);
    for (const revision of revisions) {
      const fields = erasedRevision(revision, kept);
      if (fields !== null) await this.repository.rewriteRevision(session, revision._id, fields);
    }
    await this.repository.rewriteUnsent(session, eventId, revisions.length, (told) => ({
      ...erased(told, kept),
      reports: told.reports.filter((report) => report.reportId !== reportId),
    }));
    const last = revisions.at(-1);
    const told = { eventId, revision: last?.revision ?? 0, ...kept };
    if (event === null || last === undefined || erased(event.snapshot, kept) === event.snapshot) return told;
    if (event.heir !== null) await this.repository.rewriteMergedAway(session, event._id, erased(event.snapshot, kept));
    else await this.revise(session, event, last, others, kept, reportId, correlationId);
    return told;
  }

  /** The newest state changes by a revision like any other, so that whoever was reading it starts again. */
  private async revise(
    session: ClientSession,
    before: EventDocument,
    last: RevisionDocument,
    others: readonly ClaimDocument[],
    kept: Kept,
    reportId: string,
    correlationId: string,
  ): Promise<void> {
    const now = new Date(Math.max(Date.now(), Date.parse(before.snapshot.updatedAt)));
    const revision = before.revision + 1;
    const snapshot = { ...erased(before.snapshot, kept), revision, updatedAt: now.toISOString() };
    const id = before._id;
    const {
      edit: _edit,
      fromSeq: _from,
      toSeq: _to,
      orderAt: _order,
      knownAt: _known,
      knownSeq: _place,
      ...search
    } = last;
    const holding = others.filter((claim) => claim.eventId === id).flatMap((claim) => claim.report ?? []);
    await this.writer.write(session, [
      {
        before,
        after: { ...before, revision, snapshot },
        revisions: [
          {
            ...search,
            _id: `${id}@${String(revision)}`,
            revision,
            at: now,
            developments: [],
            cause: { type: 'withdrawal', reportIds: [reportId], author: null, reason: 'taken down' },
            changes: [],
            snapshot,
            ...wordsOf(snapshot),
            pending: true,
          },
        ],
        messages: [
          {
            subject: 'event.revised',
            messageId: deriveId('msg', 'event.revised', id, String(revision)),
            payload: {
              eventId: id,
              revision,
              developments: [],
              before: { ...erased(before.snapshot, kept), reports: [] },
              after: { ...snapshot, reports: holding.map(eventReportOf) },
              lineage: before.lineage,
              backfill: true,
              at: now.toISOString(),
            },
            correlationId,
          },
        ],
      },
    ]);
  }
}
