import { Injectable } from '@nestjs/common';
import { deriveId, Report } from '@themeline/contracts';
import { DeadLetters, Outbox, OutboxRepository, StaleBatch } from '@themeline/messaging';
import { ClientSession, Database } from '@themeline/persistence';
import { FeedItemDocument } from '../feeds/feeds.collections';
import { ArticleDocument, ReportDocument } from '../ingest.collections';

/** Erases what was taken in, and tells the others to. */
@Injectable()
export class TakedownRepository {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly messages: OutboxRepository,
    private readonly deadLetters: DeadLetters,
  ) {}

  /** @throws StaleBatch when it has changed since it was read */
  async removeArticle(session: ClientSession, { _id, version, owner, source }: ArticleDocument): Promise<void> {
    const result = await this.database.collection<ArticleDocument>('articles').updateOne(
      { _id, version },
      {
        $set: {
          version: version + 1,
          owner,
          contentHash: '',
          state: 'removed',
          reason: 'taken down',
          input: {},
          title: null,
          url: null,
          source: { ...source, url: null },
        },
      },
      { session },
    );
    if (result.matchedCount === 0) throw new StaleBatch(`article ${_id} was changed by somebody else`);
    // Its ids and addresses stay: by them a feed that still carries it is known to bring nothing new.
    await this.database
      .collection<FeedItemDocument>('feed_items')
      .updateMany(
        { articleId: _id },
        { $set: { title: null, content: null, sketch: [], sketchKeys: [] } },
        { session },
      );
  }

  /** @throws StaleBatch when one has changed since it was read */
  async removeReports(session: ClientSession, rows: readonly ReportDocument[]): Promise<void> {
    const at = new Date();
    for (const { _id, version, report } of rows) {
      const next = version + 1;
      const result = await this.database
        .collection<ReportDocument>('reports')
        .updateOne(
          { _id, version },
          { $set: { version: next, contentHash: '', state: 'removed', report: emptied(report, next), updatedAt: at } },
          { session },
        );
      if (result.matchedCount === 0) throw new StaleBatch('a report was changed by somebody else');
      const told = Array.from({ length: version }, (_, n) => deriveId('msg', _id, String(n + 1)));
      await this.messages.forget(session, told);
      await this.deadLetters.forget(session, _id);
      await this.outbox.add(session, [
        {
          subject: 'report.withdrawn',
          messageId: deriveId('msg', _id, String(next)),
          payload: { reportId: _id, version: next, reason: 'taken down', at: at.toISOString() },
        },
        {
          subject: 'report.removed',
          messageId: deriveId('msg', 'report.removed', _id, String(next)),
          payload: { reportId: _id, version: next, at: at.toISOString() },
        },
      ]);
    }
  }
}

/** That there was a report, and whose: nothing of what it said. */
function emptied(
  { reportId, owner, articleId, kind, status, source, publishedAt, receivedAt, backfill }: Report,
  version: number,
): Report {
  return {
    reportId,
    version,
    owner,
    articleId,
    kind,
    status,
    headline: '',
    summary: null,
    date: { edtf: null, lower: null, upper: null, precision: 'none', approximate: false },
    datePhrase: null,
    entities: [],
    countries: [],
    amount: null,
    themes: [],
    source: { ...source, url: null },
    url: null,
    publishedAt,
    receivedAt,
    evidence: null,
    mentions: [],
    importance: 0,
    confidence: 0,
    backfill,
  };
}
