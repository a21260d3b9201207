import { Inject, Injectable } from '@nestjs/common';
import { ArticleIn, ExtractedReport } from '@themeline/contracts';
import { detectLanguage, extractReports, readHtml } from '@themeline/extraction';
import { OutboundGuard } from '@themeline/outbound';
import { Vocabulary } from '@themeline/vocabulary';
import { OUTBOUND, VOCABULARY } from './ingest.tokens';

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

interface ArticleText {
  title: string | null;
  text: string;
  publishedAt: Date;
  language: string | null;
}

/** From what was sent to what it says: fetches where only an address was given, cleans HTML, extracts. */
@Injectable()
export class ArticleReader {
  constructor(
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
    @Inject(OUTBOUND) private readonly outbound: OutboundGuard,
  ) {}

  /**
   * @throws OutboundError when the address may not be called or does not answer
   * @throws UnreadableArticle when what it answers is no article
   */
  async read(input: ArticleIn, fallbackDate: Date): Promise<Reading> {
    const { title, text, publishedAt, language } = await this.textOf(input, fallbackDate);
    const tag = language?.toLowerCase().split('-')[0] ?? null;
    const detected = detectLanguage(text);
    if (tag !== null ? tag !== 'en' && detected !== 'en' : detected === 'other') {
      return {
        state: 'unsupported-language',
        title,
        publishedAt,
        reason: `English is read, this is ${language ?? 'not'}`,
      };
    }
    const locale = input.language ?? language ?? undefined;
    const reports = extractReports(
      { title, text, publishedAt: publishedAt.toISOString(), ...(locale === undefined ? {} : { locale }) },
      this.vocabulary,
    );
    return { state: 'read', title, publishedAt, reports };
  }

  private async textOf(input: ArticleIn, fallbackDate: Date): Promise<ArticleText> {
    const given = input.publishedAt === undefined ? null : new Date(input.publishedAt);
    if (input.text !== undefined) {
      return {
        title: input.title ?? null,
        text: input.text,
        publishedAt: given ?? fallbackDate,
        language: input.language ?? null,
      };
    }
    const html = input.html ?? (await this.fetchPage(input.url ?? ''));
    const page = readHtml(html, input.url);
    if (page.text.trim() === '') throw new UnreadableArticle('the page holds no text');
    const own = page.publishedAt === null ? null : new Date(page.publishedAt);
    return {
      title: input.title ?? page.title,
      text: page.text,
      // A page that claims to be from the future is not believed.
      publishedAt: given ?? (own !== null && own <= fallbackDate ? own : fallbackDate),
      language: input.language ?? page.language,
    };
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
