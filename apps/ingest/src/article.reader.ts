import { Inject, Injectable } from '@nestjs/common';
import { ArticleIn, ExtractedReport } from '@themeline/contracts';
import { OutboundGuard } from '@themeline/outbound';
import { OUTBOUND } from './ingest.tokens';
import { ReadingPool, Urgency } from './reading.pool';
import { ArticleTask } from './reading.task';

const FETCH_TIMEOUT_MS = 20_000;
const MAX_PAGE_BYTES = 5 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const USER_AGENT = 'Themeline/0.1 (article reader)';

/** The page could not be had or is no page: trying at once again would not help. */
export class UnreadableArticle extends Error {
  readonly code = 'unreadable-article';
}

export type Reading =
  | { state: 'read'; title: string | null; publishedAt: Date; reports: ExtractedReport[] }
  | { state: 'unsupported-language'; title: string | null; publishedAt: Date; reason: string };

/** From what was sent to what it says: fetches where only an address was given; a reading thread does the rest. */
@Injectable()
export class ArticleReader {
  constructor(
    private readonly pool: ReadingPool,
    @Inject(OUTBOUND) private readonly outbound: OutboundGuard,
  ) {}

  /**
   * @throws OutboundError when the address may not be called or does not answer
   * @throws UnreadableArticle when what it answers is no article
   * @throws ReadingTimeout when reading takes too long, and what else `ReadingPool.run` throws
   */
  async read(input: ArticleIn, fallbackDate: Date, urgency: Urgency): Promise<Reading> {
    const answer = await this.pool.run(
      {
        type: 'article',
        title: input.title ?? null,
        content: await this.contentOf(input),
        publishedAt: input.publishedAt === undefined ? null : new Date(input.publishedAt).toISOString(),
        fallbackDate: fallbackDate.toISOString(),
        language: input.language ?? null,
        source: input.source?.name ?? null,
      },
      urgency,
    );
    if (answer.state === 'unreadable') throw new UnreadableArticle(answer.reason);
    return { ...answer, publishedAt: new Date(answer.publishedAt) };
  }

  private async contentOf({ text, html, url }: ArticleIn): Promise<ArticleTask['content']> {
    if (text !== undefined) return { text };
    return { html: html ?? (await this.fetchPage(url ?? '')), url: url ?? null };
  }

  private async fetchPage(url: string): Promise<string> {
    const answer = await this.outbound.request({
      url,
      method: 'GET',
      headers: { 'user-agent': USER_AGENT, accept: 'text/html,application/xhtml+xml' },
      timeoutMs: FETCH_TIMEOUT_MS,
      maxResponseBytes: MAX_PAGE_BYTES,
      maxRedirects: MAX_REDIRECTS,
    });
    if (answer.status !== 200) throw new UnreadableArticle(`${url} answered ${String(answer.status)}`);
    if (answer.truncated) throw new UnreadableArticle(`${url} is larger than ${String(MAX_PAGE_BYTES)} bytes`);
    const type = String(answer.headers['content-type'] ?? 'text/html');
    if (!/^(text\/html|application\/xhtml\+xml|text\/plain)/i.test(type)) {
      throw new UnreadableArticle(`${url} is ${type}, not a page`);
    }
    const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
    try {
      return new TextDecoder(charset).decode(answer.body);
    } catch {
      throw new UnreadableArticle(`${url} is in an unknown character set: '${charset}'`);
    }
  }
}
