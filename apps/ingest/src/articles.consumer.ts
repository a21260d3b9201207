import { Controller, Logger } from '@nestjs/common';
import { deriveId, ExtractedReport, Report, ReportAccepted } from '@themeline/contracts';
import { BatchWork, Consume, Incoming } from '@themeline/messaging';
import { counter, currentCorrelationId, histogram, runWithCorrelation } from '@themeline/observability';
import { OutboundError } from '@themeline/outbound';
import { ArticleReader, Reading, UnreadableArticle } from './article.reader';
import { ArticlesRepository, ReadResult } from './articles.repository';
import { ArticleDocument, ReportDocument } from './ingest.collections';
import { canonicalJson, sha256 } from './report.normaliser';
import { ReadingTimeout } from './reading.pool';
import { ReportChange, ReportsRepository } from './reports.repository';

const MIN_OVERLAP = 0.5;

const read = counter('articles_read_total', 'Articles read, by what came of it', ['state']);
const extracted = counter('reports_extracted_total', 'Reports found in articles', ['kind']);
const seconds = histogram('article_read_seconds', 'Time to read one article');

/** What reading one article changes. */
interface ArticlePlan {
  article: ArticleDocument;
  result: ReadResult;
  changes: ReportChange[];
  vanished: ReportDocument[];
  correlationId: string;
}

/** Reads queued articles: the reports in them are stored and announced in the transaction that marks the article as read. */
@Controller()
export class ArticlesConsumer {
  private readonly logger = new Logger(ArticlesConsumer.name);

  constructor(
    private readonly articles: ArticlesRepository,
    private readonly reports: ReportsRepository,
    private readonly reader: ArticleReader,
  ) {}

  @Consume('ingest-articles')
  async readArticles(messages: Incoming<'article.submitted'>[]): Promise<BatchWork> {
    const wanted = new Map(messages.map((message) => [message.payload.articleId, message]));
    const articles = await this.articles.findMany([...wanted.keys()]);
    const plans = await Promise.all(
      articles.flatMap((article) => {
        // A newer version has its own message.
        const message = wanted.get(article._id);
        if (message === undefined || article.version > message.payload.version) return [];
        return [runWithCorrelation(message.correlationId, () => this.plan(article))];
      }),
    );
    return {
      commit: async (session) => {
        for (const { article, result, changes, vanished, correlationId } of plans) {
          if (!(await this.articles.finish(session, article._id, article.version, result))) continue;
          await this.reports.saveAndAnnounce(session, changes, correlationId);
          const reason = `no longer in version ${String(article.version)} of its article`;
          await this.reports.withdraw(session, vanished, reason, correlationId);
        }
      },
      committed: () => {
        this.reports.announced();
        for (const { result, changes } of plans) {
          read.inc({ state: result.state });
          for (const { report } of changes) extracted.inc({ kind: report.kind });
        }
      },
    };
  }

  private async plan(article: ArticleDocument): Promise<ArticlePlan> {
    const timer = seconds.startTimer();
    let reading: Reading;
    try {
      reading = await this.reader.read(article.input, article.receivedAt, 'background');
    } catch (error) {
      const hopeless = [OutboundError, UnreadableArticle, ReadingTimeout].some((kind) => error instanceof kind);
      if (!(error instanceof Error && hopeless)) throw error;
      this.logger.warn(`article ${article._id}: ${error.message}`);
      return this.unread(article, {
        state: 'failed',
        reason: error.message,
        title: article.title,
        publishedAt: article.publishedAt,
      });
    } finally {
      timer();
    }
    const { state, title, publishedAt } = reading;
    if (state !== 'read') return this.unread(article, { state, reason: reading.reason, title, publishedAt });
    const before = await this.reports.findByArticle(article._id);
    const { changes, vanished } = reconcile(article, publishedAt, reading.reports, before);
    return {
      article,
      result: { state, reason: null, title, publishedAt },
      changes,
      vanished,
      correlationId: currentCorrelationId(),
    };
  }

  private unread(article: ArticleDocument, result: ReadResult): ArticlePlan {
    return { article, result, changes: [], vanished: [], correlationId: currentCorrelationId() };
  }
}

/**
 * Fits a new reading to the reports that the article had before: the best overlap of evidence words keeps the id (and sends a new
 * version only where something changed), the rest is new, and what no longer stands in the article is withdrawn.
 */
export function reconcile(
  article: ArticleDocument,
  publishedAt: Date,
  found: readonly ExtractedReport[],
  before: readonly ReportDocument[],
): { changes: ReportChange[]; vanished: ReportDocument[] } {
  const pairs = before
    .flatMap((row) => found.map((extract) => ({ row, extract, overlap: evidenceOverlap(row.report, extract) })))
    .filter(({ overlap }) => overlap >= MIN_OVERLAP)
    .sort((a, b) => b.overlap - a.overlap);
  const kept = new Map<ExtractedReport, ReportDocument>();
  const used = new Set<ReportDocument>();
  for (const { row, extract } of pairs) {
    if (kept.has(extract) || used.has(row)) continue;
    kept.set(extract, row);
    used.add(row);
  }
  const changes: ReportChange[] = [];
  const taken = new Set(before.map((row) => row._id));
  for (const extract of found) {
    const row = kept.get(extract);
    const contentHash = sha256(canonicalJson({ extract, publishedAt, source: article.source, url: article.url }));
    if (row?.contentHash === contentHash) continue;
    const reportId = row?._id ?? freshId(article._id, extract, taken);
    taken.add(reportId);
    const from = row?.version ?? 0;
    changes.push({ from, contentHash, report: toReport(article, publishedAt, extract, reportId, from + 1) });
  }
  return { changes, vanished: before.filter((row) => !used.has(row) && row.state !== 'withdrawn') };
}

function freshId(articleId: string, extract: ExtractedReport, taken: ReadonlySet<string>): string {
  for (let copy = 0; ; copy++) {
    const id = deriveId('rep', articleId, extract.kind, extract.evidence.text, String(copy));
    if (!taken.has(id)) return id;
  }
}

const words = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? []);

/** Shared words of the evidence over all of them (Jaccard), 0 for another kind. */
function evidenceOverlap(report: Report, extract: ExtractedReport): number {
  if (report.kind !== extract.kind || report.evidence === null) return 0;
  const a = words(report.evidence.text);
  const b = words(extract.evidence.text);
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared || 1);
}

function toReport(
  article: ArticleDocument,
  publishedAt: Date,
  extract: ExtractedReport,
  reportId: string,
  version: number,
): ReportAccepted['report'] {
  const { phrase, ...date } = extract.date;
  return {
    reportId,
    version,
    owner: article.owner,
    articleId: article._id,
    kind: extract.kind,
    status: extract.status,
    headline: extract.headline,
    summary: extract.summary,
    date,
    datePhrase: phrase,
    entities: extract.entities,
    countries: extract.countries,
    amount: extract.amount,
    themes: extract.themes,
    source: article.source,
    url: article.url,
    publishedAt: publishedAt.toISOString(),
    receivedAt: article.receivedAt.toISOString(),
    evidence: extract.evidence,
    mentions: extract.mentions,
    importance: extract.importance,
    confidence: extract.confidence,
    backfill: article.input.backfill ?? false,
  };
}
