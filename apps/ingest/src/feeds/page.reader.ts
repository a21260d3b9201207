import { Inject, Injectable } from '@nestjs/common';
import { MAX_ARTICLE_BYTES } from '@themeline/contracts';
import { OutboundError } from '@themeline/outbound';
import { canonicalUrl } from '../canonical.url';
import { UnusableAnswer } from './answer.decoder';
import { FeedClock } from './feed.clock';
import { FeedHostsRepository, type HostPass } from './feed.hosts.repository';
import { FeedPool, FeedTooHard } from './feed.pool';
import { FEED_SETTINGS, type FeedSettings } from './feed.settings';
import { hostOf, PageFetcher } from './page.fetcher';
import { RobotsReader } from './robots.reader';

const ACCEPT = 'text/html, application/xhtml+xml;q=0.9';
const MAX_PAGE_BYTES = 3 * 1024 * 1024;

export type FullText =
  | { state: 'page'; html: string; text: string; url: string }
  /** Nobody may or can have it; what the feed says must do. */
  | { state: 'none'; reason: string }
  /** Somebody else calls the host. */
  | { state: 'busy' }
  | { state: 'failed'; reason: string };

/** The page behind an item, as politely as its feed: robots.txt is asked, one call of a host at a time, with time between. */
@Injectable()
export class PageReader {
  constructor(
    private readonly hosts: FeedHostsRepository,
    private readonly robots: RobotsReader,
    private readonly fetcher: PageFetcher,
    private readonly pool: FeedPool,
    private readonly clock: FeedClock,
    @Inject(FEED_SETTINGS) private readonly settings: FeedSettings,
  ) {}

  async fullText(url: string): Promise<FullText> {
    const pass = await this.hosts.enter(hostOf(url), this.clock.now());
    if (pass === null) return { state: 'busy' };
    const passes = [pass];
    let delayMs = this.settings.hostGapMs;
    try {
      const { allowed, delayMs: asked } = await this.robots.mayFetch(url);
      delayMs = Math.max(delayMs, asked);
      return allowed ? await this.fetched(url, passes) : { state: 'none', reason: 'its robots.txt asks not to' };
    } catch (error) {
      if (error instanceof HostTaken) return { state: 'busy' };
      if (![OutboundError, UnusableAnswer, FeedTooHard].some((kind) => error instanceof kind)) throw error;
      return { state: 'failed', reason: (error as Error).message };
    } finally {
      const now = this.clock.now();
      for (const one of passes) await this.hosts.leave(one, now, new Date(now.getTime() + delayMs));
    }
  }

  private async fetched(url: string, passes: HostPass[]): Promise<FullText> {
    const answer = await this.fetcher.get({
      url,
      accept: ACCEPT,
      maxBytes: MAX_PAGE_BYTES,
      enterHost: async (host) => {
        if (passes.some((pass) => pass.host === host)) return;
        const pass = await this.hosts.enter(host, this.clock.now());
        if (pass === null) throw new HostTaken(`${host} is being called`);
        passes.push(pass);
      },
    });
    const { status, headers, body } = answer;
    if (status === 429 || status >= 500) return { state: 'failed', reason: `it answered ${String(status)}` };
    if (status < 200 || status > 299) return { state: 'none', reason: `it answered ${String(status)}` };
    const type = headers['content-type'] ?? 'text/html';
    if (!/^(?:text\/html|application\/xhtml\+xml)/i.test(type))
      return { state: 'none', reason: `it is ${type}, no page` };
    if (hostOf(answer.url) !== hostOf(url) && !(await this.robots.mayFetch(answer.url)).allowed) {
      return { state: 'none', reason: 'the robots.txt of where it leads asks not to' };
    }
    const { html, text, canonical } = await this.pool.read('page', { bytes: body, contentType: type, url: answer.url });
    if (Buffer.byteLength(html) > MAX_ARTICLE_BYTES) return { state: 'none', reason: 'the page is too large' };
    return { state: 'page', html, text, url: canonicalUrl(canonical ?? answer.url) };
  }
}

class HostTaken extends Error {}
