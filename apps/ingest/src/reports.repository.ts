import { Injectable } from '@nestjs/common';
import { deriveId, Report, ReportAssigned } from '@themeline/contracts';
import { Outbox, StaleBatch } from '@themeline/messaging';
import { currentCorrelationId } from '@themeline/observability';
import { AnyBulkWriteOperation, ClientSession, Database } from '@themeline/persistence';
import { ReportDocument } from './ingest.collections';

/** A report to be written over the version that was read; `from` 0 where there was none. */
export interface ReportChange {
  from: number;
  contentHash: string;
  report: Report;
  /** Its source is muted: it is kept, and the timeline is not told. */
  muted?: boolean;
  /** Of the request that it came with; else the one that is being worked on. */
  correlationId?: string;
}

const stateOf = (muted: boolean | undefined): 'muted' | 'accepted' => (muted === true ? 'muted' : 'accepted');

@Injectable()
export class ReportsRepository {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  private get reports() {
    return this.database.collection<ReportDocument>('reports');
  }

  async findMany(ids: readonly string[]): Promise<Map<string, ReportDocument>> {
    const rows = await this.reports.find({ _id: { $in: [...ids] } }).toArray();
    return new Map(rows.map((row) => [row._id, row]));
  }

  /** What tells whether reports are known: nothing of what they say. */
  async findStanding(
    ids: readonly string[],
  ): Promise<Map<string, Pick<ReportDocument, 'version' | 'contentHash' | 'state'>>> {
    const rows = await this.reports
      .find({ _id: { $in: [...ids] } }, { projection: { version: 1, contentHash: 1, state: 1 } })
      .toArray();
    return new Map(rows.map((row) => [row._id, row]));
  }

  findByArticle(articleId: string): Promise<ReportDocument[]> {
    return this.reports.find({ articleId }).sort({ _id: 1 }).toArray();
  }

  /**
   * Writes new and changed reports and tells the timeline, in the caller's transaction. Throws StaleBatch (or a duplicate
   * key) when somebody else wrote one of them since it was read.
   */
  async saveAndAnnounce(session: ClientSession, changes: readonly ReportChange[]): Promise<void> {
    if (changes.length === 0) return;
    const updatedAt = new Date();
    const fresh = changes.filter((change) => change.from === 0);
    if (fresh.length > 0) {
      await this.reports.insertMany(
        fresh.map(({ report, contentHash, muted }) => ({
          _id: report.reportId,
          owner: report.owner,
          version: report.version,
          contentHash,
          articleId: report.articleId,
          report,
          state: stateOf(muted),
          eventId: null,
          updatedAt,
        })),
        { session },
      );
    }
    const changed = changes.filter((change) => change.from > 0);
    if (changed.length > 0) {
      const result = await this.reports.bulkWrite(
        changed.map(({ from, report, contentHash, muted }): AnyBulkWriteOperation<ReportDocument> => ({
          updateOne: {
            filter: { _id: report.reportId, version: from },
            update: { $set: { version: report.version, contentHash, report, state: stateOf(muted), updatedAt } },
          },
        })),
        { session },
      );
      if (result.matchedCount !== changed.length) throw new StaleBatch('a report was changed by somebody else');
    }
    await this.outbox.add(
      session,
      changes
        .filter(({ muted }) => muted !== true)
        .map(({ report, correlationId = currentCorrelationId() }) => ({
          subject: 'report.accepted' as const,
          messageId: deriveId('msg', report.reportId, String(report.version)),
          payload: { report },
          correlationId,
        })),
    );
  }

  /** What a re-read article no longer says, or what was taken down. */
  async withdraw(
    session: ClientSession,
    rows: readonly ReportDocument[],
    reason: string,
    correlationId: string,
  ): Promise<void> {
    if (rows.length === 0) return;
    const at = new Date();
    for (const row of rows) {
      const result = await this.reports.updateOne(
        { _id: row._id, version: row.version },
        { $set: { state: 'withdrawn', contentHash: '', updatedAt: at }, $inc: { version: 1 } },
        { session },
      );
      if (result.matchedCount === 0) throw new StaleBatch('a report was changed by somebody else');
    }
    await this.outbox.add(
      session,
      rows.map((row) => ({
        subject: 'report.withdrawn' as const,
        messageId: deriveId('msg', row._id, String(row.version + 1)),
        payload: { reportId: row._id, version: row.version + 1, reason, at: at.toISOString() },
        correlationId,
      })),
    );
  }

  /** Notes where the timeline put reports; word of an older version than ours changes nothing. */
  async assign(session: ClientSession, assignments: readonly ReportAssigned[]): Promise<void> {
    if (assignments.length === 0) return;
    await this.reports.bulkWrite(
      assignments.map(({ reportId, version, eventId }): AnyBulkWriteOperation<ReportDocument> => ({
        updateOne: {
          filter: { _id: reportId, version: { $lte: version }, state: { $nin: ['withdrawn', 'muted', 'removed'] } },
          update: { $set: { eventId, state: eventId === null ? 'accepted' : 'assigned' } },
        },
      })),
      { session },
    );
  }
}
