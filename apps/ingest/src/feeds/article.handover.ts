import { Injectable, Logger } from '@nestjs/common';
import type { ArticleIn } from '@themeline/contracts';
import { ProblemError } from '@themeline/http';
import { counter } from '@themeline/observability';
import { ArticlesService } from '../articles.service';
import { ReportsService } from '../reports.service';
import { FeedClock } from './feed.clock';
import { FeedItemsRepository } from './feed.items.repository';
import type { FeedDocument, FeedItemDocument } from './feeds.collections';
import { FeedsRepository } from './feeds.repository';

const RETRY_MS = 30_000;
const MAX_TEXT_CHARACTERS = 250_000;

const handed = counter('feed_items_total', 'Items of feeds, by what became of them', ['result']);

/** Makes articles of the items that wait. */
@Injectable()
export class ArticleHandover {
  private readonly logger = new Logger(ArticleHandover.name);

  constructor(
    private readonly items: FeedItemsRepository,
    private readonly feeds: FeedsRepository,
    private readonly articles: ArticlesService,
    private readonly reports: ReportsService,
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
      const input = articleOf(feed, item, item.content);
      const { articleId, duplicate } = await this.articles.submit(item.owner, input, {
        ...(item.articleUrl === null ? { name: item._id } : {}),
        dateAssumed: item.dateOrigin === 'assumed',
      });
      handed.inc({ result: duplicate ? 'known' : item.version === 1 ? 'new' : 'new-version' });
      await this.items.finish(item, { state: 'handed-on', articleId, content: null, reason: null });
    } catch (error) {
      if (error instanceof ProblemError && error.status < 500) {
        this.logger.warn(`item ${item._id}: ${error.message}`);
        handed.inc({ result: 'failed' });
        await this.items.finish(item, { state: 'failed', reason: error.message, content: null });
        return;
      }
      const nextTryAt = new Date(this.clock.now().getTime() + RETRY_MS);
      await this.items.finish(item, { nextTryAt, attempts: item.attempts + 1 });
      if (!(error instanceof ProblemError)) throw error;
    }
  }
}

function articleOf(
  feed: FeedDocument,
  item: FeedItemDocument,
  content: NonNullable<FeedItemDocument['content']>,
): ArticleIn {
  const name = (feed.name ?? feed.title ?? new URL(feed.url).hostname).trim().slice(0, 200);
  return {
    text: content.text.slice(0, MAX_TEXT_CHARACTERS).toWellFormed(),
    ...(item.title === null ? {} : { title: item.title.slice(0, 1_000).toWellFormed() }),
    ...(item.articleUrl === null ? {} : { url: item.articleUrl }),
    // Without a date of its own the article counts from when it was fetched.
    publishedAt: item.publishedAt.toISOString(),
    source: { name },
    ...(content.language === null ? {} : { language: content.language }),
    backfill: item.backfill,
  };
}
