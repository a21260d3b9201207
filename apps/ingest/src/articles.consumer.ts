import { Controller, Inject, Logger } from '@nestjs/common';
import { deriveId, ExtractedReport, Report, ReportAccepted } from '@themeline/contracts';
import { type KindFamily, scoreReports } from '@themeline/merging';
import { BatchWork, Consume, Incoming } from '@themeline/messaging';
import { counter, currentCorrelationId, histogram, runWithCorrelation } from '@themeline/observability';
import { OutboundError } from '@themeline/outbound';
import type { Vocabulary } from '@themeline/vocabulary';
import { ArticleReader, Reading, UnreadableArticle } from './article.reader';
import { ArticlesRepository, ReadResult } from './articles.repository';
import { ArticleDocument, ReportDocument } from './ingest.collections';
import { canonicalJson, sha256 } from './report.normaliser';
import { ReadingTimeout } from './reading.pool';
import { VOCABULARY } from './ingest.tokens';
import { ReportChange, ReportsRepository } from './reports.repository';
import { SourcesService } from './sources/sources.service';

const MIN_OVERLAP = 0.5;
/** What is left of a report's confidence where nobody has said when its article was published. */
const ASSUMED_DATE_TRUST = 0.5;

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
  private readonly sameHappening: SameHappening;

  constructor(
    private readonly articles: ArticlesRepository,
    private readonly reports: ReportsRepository,
    private readonly reader: ArticleReader,
    private readonly sources: SourcesService,
    @Inject(VOCABULARY) vocabulary: Vocabulary,
  ) {
    const kindFamily: KindFamily = (kind) => vocabulary.kindById.get(kind)?.family ?? kind;
    // What one article tells of twice is two happenings; here the two are one article's before and after.
    const apart = (report: Report, articleId: string): Report => ({ ...report, articleId, url: 'same' });
    this.sameHappening = (a, b) => scoreReports(apart(a, 'before'), apart(b, 'after'), kindFamily).merge;
  }

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
          await this.reports.saveAndAnnounce(
            session,
            changes.map((change) => ({ ...change, correlationId })),
          );
          const reason = `no longer in version ${String(article.version)} of its article`;
          await this.reports.withdraw(session, vanished, reason, correlationId);
        }
      },
      committed: () => {
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
    const { changes, vanished } = reconcile(article, publishedAt, reading.reports, before, this.sameHappening);
    const weigh = await this.sources.weigher(changes.map(({ report }) => report));
    return {
      article,
      result: { state, reason: null, title, publishedAt },
      changes: changes.map(weigh),
      vanished,
      correlationId: currentCorrelationId(),
    };
  }

  private unread(article: ArticleDocument, result: ReadResult): ArticlePlan {
    return { article, result, changes: [], vanished: [], correlationId: currentCorrelationId() };
  }
}

/** Do two reports tell of one happening, if two articles told them? */
export type SameHappening = (a: Report, b: Report) => boolean;

/**
 * Fits a new reading to the reports that the article had before; who keeps the id makes a new version where something changed, the rest is
 * new, and what no longer stands in the article is withdrawn. The id goes by the best overlap of evidence words, first among reports of
 * one kind, then of any (a reader that knows better takes the same words for something else); then to what tells of the same happening in
 * other words, so that its event stays and nobody is told again.
 */
export function reconcile(
  article: ArticleDocument,
  publishedAt: Date,
  found: readonly ExtractedReport[],
  before: readonly ReportDocument[],
  sameHappening: SameHappening,
): { changes: ReportChange[]; vanished: ReportDocument[] } {
  const kept = new Map<ExtractedReport, ReportDocument>();
  const used = new Set<ReportDocument>();
  const keep = (
    rows: readonly ReportDocument[],
    weigh: (row: ReportDocument, extract: ExtractedReport) => number,
  ): void => {
    const pairs = rows
      .flatMap((row) => found.map((extract) => ({ row, extract, weight: weigh(row, extract) })))
      .filter(({ weight }) => weight >= MIN_OVERLAP)
      .sort((a, b) => b.weight - a.weight);
    for (const { row, extract } of pairs) {
      if (kept.has(extract) || used.has(row)) continue;
      kept.set(extract, row);
      used.add(row);
    }
  };
  const standing = before.filter((row) => row.state !== 'withdrawn' && row.state !== 'removed');
  const removed = new Set(before.filter((row) => row.state === 'removed').map((row) => row._id));
  keep(before, ({ report }, extract) => (report.kind === extract.kind ? evidenceOverlap(report, extract) : 0));
  keep(standing, ({ report }, extract) => evidenceOverlap(report, extract));
  keep(
    standing.filter((row) => !used.has(row)),
    ({ report }, extract) => {
      if (kept.has(extract)) return 0;
      return sameHappening(report, toReport(article, publishedAt, extract, report.reportId, report.version)) ? 1 : 0;
    },
  );
  const changes: ReportChange[] = [];
  const taken = new Set(before.map((row) => row._id));
  for (const extract of found) {
    const row = kept.get(extract);
    // The words of a report that was taken down make no other.
    if (row === undefined && removed.has(reportIdOf(article._id, extract, 0))) continue;
    const contentHash = sha256(canonicalJson({ extract, publishedAt, source: article.source, url: article.url }));
    if (row?.contentHash === contentHash) continue;
    const reportId = row?._id ?? freshId(article._id, extract, taken);
    taken.add(reportId);
    const from = row?.version ?? 0;
    changes.push({ from, contentHash, report: toReport(article, publishedAt, extract, reportId, from + 1) });
  }
  return { changes, vanished: standing.filter((row) => !used.has(row)) };
}

function freshId(articleId: string, extract: ExtractedReport, taken: ReadonlySet<string>): string {
  for (let copy = 0; ; copy++) {
    const id = reportIdOf(articleId, extract, copy);
    if (!taken.has(id)) return id;
  }
}

const reportIdOf = (articleId: string, { kind, evidence }: ExtractedReport, copy: number): string =>
  deriveId('rep', articleId, kind, evidence.text, String(copy));

const words = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? []);

/** Shared words of the evidence over all of them (Jaccard). */
function evidenceOverlap(report: Report, extract: ExtractedReport): number {
  if (report.evidence === null) return 0;
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
  const { amount } = extract;
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
    amount: amount && { value: amount.value, currency: amount.currency, usd: amount.usd },
    themes: extract.themes,
    source: article.source,
    url: article.url,
    publishedAt: publishedAt.toISOString(),
    receivedAt: article.receivedAt.toISOString(),
    evidence: extract.evidence,
    mentions: extract.mentions,
    importance: extract.importance,
    confidence: article.dateAssumed === true ? extract.confidence * ASSUMED_DATE_TRUST : extract.confidence,
    backfill: article.input.backfill ?? false,
  };
}
