import { Injectable } from '@nestjs/common';
import { ArticleAccepted, ArticleIn, ArticleOut, deriveId, MAX_ARTICLE_BYTES, SourceRef } from '@themeline/contracts';
import { badRequest, notFound, tooLarge } from '@themeline/http';
import { StaleBatch } from '@themeline/messaging';
import { counter } from '@themeline/observability';
import { isDuplicateKey } from '@themeline/persistence';
import { articleContent, ArticlesRepository } from './articles.repository';
import { canonicalUrl } from './canonical.url';
import { ArticleDocument } from './ingest.collections';
import { canonicalJson, sha256, sourceOf } from './report.normaliser';
import { ReportsRepository } from './reports.repository';

const DAY_MS = 86_400_000;
const MAX_RERUNS = 20;

const submitted = counter('articles_submitted_total', 'Articles taken in, by what came of it', ['result']);

/** What a reader of feeds knows of an article beyond its text. */
export interface ArticleOrigin {
  /** Names an article that has no address, so that a change of its text is a new version. */
  name?: string;
  /** Nobody has said when it was published: its reports deserve less trust. */
  dateAssumed?: boolean;
}

@Injectable()
export class ArticlesService {
  constructor(
    private readonly articles: ArticlesRepository,
    private readonly reports: ReportsRepository,
  ) {}

  /** Stores an article and queues its reading. The same content again is a duplicate, other content at the same address a new version. */
  async submit(owner: string, input: ArticleIn, origin: ArticleOrigin = {}): Promise<ArticleAccepted> {
    checkArticle(input);
    const receivedAt = new Date();
    const contentHash = sha256(canonicalJson(articleContent(input)));
    const url = input.url === undefined ? null : canonicalUrl(input.url);
    const articleId =
      url === null
        ? deriveId('art', owner, origin.name === undefined ? 'text' : 'name', origin.name ?? contentHash)
        : deriveId('art', owner, 'url', url);
    for (let run = 0; ; run++) {
      const known = await this.articles.find(articleId);
      // What was taken down stays down, whoever sends it again and in whatever version.
      if (known?.contentHash === contentHash || known?.state === 'removed') {
        submitted.inc({ result: 'duplicate' });
        return { articleId, duplicate: true, version: known.version };
      }
      const version = (known?.version ?? 0) + 1;
      const article: ArticleDocument = {
        _id: articleId,
        owner,
        version,
        contentHash,
        state: 'queued',
        reason: null,
        input,
        title: input.title ?? null,
        url: input.url ?? null,
        source: publisherOf(input, url, articleId),
        publishedAt: input.publishedAt === undefined ? receivedAt : new Date(input.publishedAt),
        receivedAt,
        ...(origin.dateAssumed === true ? { dateAssumed: true } : {}),
      };
      try {
        await this.articles.submit(article);
        submitted.inc({ result: version === 1 ? 'new' : 'new-version' });
        return { articleId, duplicate: false, version };
      } catch (error) {
        if (!(isDuplicateKey(error) || error instanceof StaleBatch) || run >= MAX_RERUNS) throw error;
      }
    }
  }

  async read(articleId: string): Promise<ArticleOut> {
    const article = await this.articles.find(articleId);
    if (article === null) throw notFound(`no such article: '${articleId}'`);
    const reports = await this.reports.findByArticle(articleId);
    return {
      articleId,
      version: article.version,
      state: article.state,
      reason: article.reason,
      title: article.title,
      url: article.url,
      source: article.source,
      publishedAt: article.publishedAt.toISOString(),
      receivedAt: article.receivedAt.toISOString(),
      reports: reports
        .map(({ _id, report, state, eventId }) => ({
          reportId: _id,
          kind: report.kind,
          headline: report.headline,
          evidence: report.evidence,
          state,
          eventId,
        }))
        .sort((a, b) => (a.evidence?.start ?? 0) - (b.evidence?.start ?? 0)),
    };
  }
}

/** The publisher as named, else the host; a text that names neither is a source of its own, for nothing says that two are of one. */
function publisherOf(input: ArticleIn, url: string | null, articleId: string): SourceRef {
  if (input.source !== undefined) return sourceOf(input.source.name, input.source.url);
  if (url !== null) return sourceOf(new URL(url).hostname.replace(/^www\./, ''));
  return { id: deriveId('src', 'article', articleId), name: 'unnamed source', url: null };
}

/** Too large is another answer (413) than wrong (400), so the schema leaves it to this. */
export function checkSize(input: { text?: string | undefined; html?: string | undefined }): void {
  for (const field of ['text', 'html'] as const) {
    if (Buffer.byteLength(input[field] ?? '') > MAX_ARTICLE_BYTES) {
      throw tooLarge(`${field} is larger than ${String(MAX_ARTICLE_BYTES)} bytes`);
    }
  }
}

/** What the schema cannot say: size, and the calendar. */
export function checkArticle(input: ArticleIn): void {
  checkSize(input);
  if (input.publishedAt !== undefined && Date.parse(input.publishedAt) > Date.now() + DAY_MS) {
    throw badRequest(`publishedAt lies in the future: '${input.publishedAt}'`, [
      { path: 'publishedAt', message: `lies in the future: '${input.publishedAt}'` },
    ]);
  }
}
