import type { Provider } from '@nestjs/common';
import { ArticleHandover } from './article.handover';
import { FeedClock } from './feed.clock';
import { FeedHostsRepository } from './feed.hosts.repository';
import { FeedItemsRepository } from './feed.items.repository';
import { FeedItemsService } from './feed.items.service';
import { FeedPoller } from './feed.poller';
import { FeedPool } from './feed.pool';
import { FeedScheduler } from './feed.scheduler';
import { FEED_SETTINGS, readFeedSettings } from './feed.settings';
import { FeedWatch } from './feed.watch';
import { FeedsRepository } from './feeds.repository';
import { FeedsService } from './feeds.service';
import { PageFetcher } from './page.fetcher';
import { PageReader } from './page.reader';
import { RobotsReader } from './robots.reader';

/** What polls feeds, for the service's module. */
export const feedProviders: Provider[] = [
  FeedsService,
  FeedsRepository,
  FeedItemsService,
  FeedItemsRepository,
  FeedHostsRepository,
  FeedPoller,
  FeedPool,
  FeedScheduler,
  FeedWatch,
  FeedClock,
  PageFetcher,
  PageReader,
  RobotsReader,
  ArticleHandover,
  { provide: FEED_SETTINGS, useFactory: () => readFeedSettings(process.env) },
];
