import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ArticleIn } from '@themeline/contracts';
import { ProblemError } from '@themeline/http';
import { isCopy, sketchOf } from '@themeline/merging';
import { counter } from '@themeline/observability';
import { ArticlesService } from '../articles.service';
import { ReportsService } from '../reports.service';
import { FeedClock } from './feed.clock';
import { FeedItemsRepository } from './feed.items.repository';
import type { FeedDocument, FeedItemDocument } from './feeds.collections';
import { FeedsRepository } from './feeds.repository';
import { PageReader } from './page.reader';

const RETRY_MS = 30_000;
const BUSY_MS = 2_000;
/** Then the feed's own text must do. */
const PAGE_ATTEMPTS = 3;
const MAX_TEXT_CHARACTERS = 250_000;
/** Copies appear within days. */
const COPIES_WITHIN_MS = 7 * 86_400_000;
/** Two texts alike for six tenths share one of so many smallest hashes in all but one of a thousand cases. */
const SKETCH_KEYS = 8;

const handed = counter('feed_items_total', 'Items of feeds, by what became of them', ['result']);

/** What an item's article is made of. */
interface Body {
  content: { text: string } | { html: string };
  /** For comparison with others. */
  text: string;
  articleUrl: string | null;
  note: string | null;
}

/** Makes articles of the items that wait: fetches the page where the feed has a summary, and leaves out what another feed of the publisher brought. */
@Injectable()
export class ArticleHandover {
  private readonly logger = new Logger(ArticleHandover.name);

  constructor(
    private readonly items: FeedItemsRepository,
    private readonly feeds: FeedsRepository,
    private readonly articles: ArticlesService,
    @Inject(ReportsService) private readonly reports: Pick<ReportsService, 'admit'>,
    private readonly pages: PageReader,
    private readonly clock: FeedClock,
  ) {}

  /** Once per version of an item: done twice it makes nothing twice, for an article with the same words is known. */
  async handOn(itemId: string): Promise<void> {
    const item = await this.items.lease(itemId, this.clock.now());
    if (item === null || item.content === null) return;
    const feed = await this.feeds.findById(item.feedId);
    if (feed === null) return this.items.removeOf(item.feedId);
    try {
      this.reports.admit();
      const body = await this.bodyOf(item, item.content);
      if (body === 'later') return;
      await this.submit(feed, item, item.content.language, body);
    } catch (error) {
      if (error instanceof ProblemError && error.status < 500) {
        this.logger.warn(`item ${item._id}: ${error.message}`);
        handed.inc({ result: 'failed' });
        await this.items.finish(item, { state: 'failed', reason: error.message, content: null });
        return;
      }
      await this.later(item, RETRY_MS, item.attempts);
      if (!(error instanceof ProblemError)) throw error;
    }
  }

  private async bodyOf(item: FeedItemDocument, own: NonNullable<FeedItemDocument['content']>): Promise<Body | 'later'> {
    const text = own.text.slice(0, MAX_TEXT_CHARACTERS);
    const ownBody = { content: { text }, text, articleUrl: item.articleUrl, note: null };
    const link = item.links.at(-1);
    if (item.pageHost === null || link === undefined) return ownBody;
    const page = await this.pages.fullText(link);
    switch (page.state) {
      case 'page': {
        // An item keeps the address under which its article is known.
        const articleUrl = item.articleId === null ? page.url : item.articleUrl;
        if (page.text.length <= text.length)
          return { ...ownBody, articleUrl, note: 'the page has no more than the feed' };
        return { content: { html: page.html }, text: page.text, articleUrl, note: null };
      }
      case 'none':
        return { ...ownBody, note: `the page was not read: ${page.reason}` };
      case 'busy':
        await this.later(item, BUSY_MS, item.attempts);
        return 'later';
      case 'failed':
        if (item.attempts + 1 >= PAGE_ATTEMPTS) return { ...ownBody, note: `the page was not read: ${page.reason}` };
        await this.later(item, RETRY_MS * 2 ** item.attempts, item.attempts + 1);
        return 'later';
    }
  }

  private async submit(feed: FeedDocument, item: FeedItemDocument, language: string | null, body: Body): Promise<void> {
    const { articleUrl, note } = body;
    const sketch = sketchOf(body.text);
    const known = { sketch, sketchKeys: sketch.slice(0, SKETCH_KEYS), articleUrl, content: null };
    const original = item.articleId === null ? await this.originalOf(item, articleUrl, sketch) : null;
    if (original !== null && isSamePublisher(original.articleUrl, articleUrl)) {
      handed.inc({ result: 'repeated' });
      const reason = `another feed brought it: ${original.articleId ?? ''}`;
      await this.items.finish(item, { ...known, state: 'repeated', reason, articleId: original.articleId });
      return;
    }
    const { articleId, duplicate } = await this.articles.submit(item.owner, articleOf(feed, item, language, body), {
      ...(articleUrl === null ? { name: item._id } : {}),
      dateAssumed: item.dateOrigin === 'assumed',
    });
    handed.inc({ result: duplicate ? 'known' : item.version === 1 ? 'new' : 'new-version' });
    const copyOf = original?.articleId ?? item.copyOf;
    await this.items.finish(item, { ...known, state: 'handed-on', articleId, reason: note, copyOf });
  }

  /** Another feed's item at the same address, or with nearly the same words. */
  private async originalOf(
    item: FeedItemDocument,
    articleUrl: string | null,
    sketch: number[],
  ): Promise<FeedItemDocument | null> {
    const same = articleUrl === null ? null : await this.items.findByAddress(item.owner, item.feedId, articleUrl);
    if (same !== null || sketch.length === 0) return same;
    const since = new Date(this.clock.now().getTime() - COPIES_WITHIN_MS);
    const alike = await this.items.findAlike(item.owner, item.feedId, sketch.slice(0, SKETCH_KEYS), since);
    return alike.find((other) => isCopy(other.sketch, sketch)) ?? null;
  }

  private async later(item: FeedItemDocument, waitMs: number, attempts: number): Promise<void> {
    await this.items.finish(item, { nextTryAt: new Date(this.clock.now().getTime() + waitMs), attempts });
  }
}

function isSamePublisher(a: string | null, b: string | null): boolean {
  const host = (url: string | null): string | null =>
    url === null ? null : new URL(url).hostname.replace(/^www\./, '');
  return host(a) !== null && host(a) === host(b);
}

function articleOf(
  feed: FeedDocument,
  item: FeedItemDocument,
  language: string | null,
  { content, articleUrl }: Body,
): ArticleIn {
  const name = (feed.name ?? feed.title ?? new URL(feed.url).hostname).trim().slice(0, 200);
  return {
    ...('text' in content
      ? { text: content.text.toWellFormed() }
      : { html: content.html.replaceAll('\0', '').toWellFormed() }),
    ...(item.title === null ? {} : { title: item.title.slice(0, 1_000).toWellFormed() }),
    ...(articleUrl === null ? {} : { url: articleUrl }),
    // Without a date of its own the article counts from when it was fetched.
    publishedAt: item.publishedAt.toISOString(),
    source: { name },
    ...(language === null ? {} : { language }),
    backfill: item.backfill,
  };
}
