import { Injectable } from '@nestjs/common';
import { OutboundError } from '@themeline/outbound';
import robotsParser, { type Robot } from 'robots-parser';
import { UnusableAnswer } from './answer.decoder';
import { FeedClock } from './feed.clock';
import { PageFetcher } from './page.fetcher';

/** As long as RFC 9309 2.4 lets a copy be used. */
const KEPT_MS = 24 * 3_600_000;
/** A server that could not be asked is asked again sooner. */
const UNREACHED_MS = 10 * 60_000;
const MOST_KEPT = 2_000;
/** RFC 9309 2.5 */
const MAX_BYTES = 500 * 1024;
const LONGEST_DELAY_MS = 60_000;
const NAME = 'Themeline';

interface Rules {
  robot: Robot | null;
  until: number;
}

export interface Permission {
  allowed: boolean;
  /** What the site asks to wait between two calls. */
  delayMs: number;
}

/** What a site's robots.txt lets us fetch (RFC 9309): without one everything, with one that cannot be had nothing. */
@Injectable()
export class RobotsReader {
  private readonly kept = new Map<string, Rules>();

  constructor(
    private readonly fetcher: PageFetcher,
    private readonly clock: FeedClock,
  ) {}

  /** Calls the page's host when its rules are not known: whoever asks holds the right to. */
  async mayFetch(url: string): Promise<Permission> {
    const { origin } = new URL(url);
    const now = this.clock.now().getTime();
    let rules = this.kept.get(origin);
    if (rules === undefined || rules.until <= now) {
      rules = await this.fetch(origin, now);
      this.kept.delete(origin);
      this.kept.set(origin, rules);
      const [oldest] = this.kept.keys();
      if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    }
    if (rules.robot === null) return { allowed: false, delayMs: 0 };
    const seconds = rules.robot.getCrawlDelay(NAME) ?? 0;
    return {
      allowed: rules.robot.isAllowed(url, NAME) ?? true,
      delayMs: Math.min(LONGEST_DELAY_MS, seconds * 1_000),
    };
  }

  private async fetch(origin: string, now: number): Promise<Rules> {
    const url = `${origin}/robots.txt`;
    try {
      const answer = await this.fetcher.get({ url, accept: 'text/plain, */*;q=0.1', maxBytes: MAX_BYTES });
      if (answer.status >= 500 || answer.status === 429) return { robot: null, until: now + UNREACHED_MS };
      const text = answer.status >= 200 && answer.status < 300 ? answer.body.toString('utf8') : '';
      return { robot: robotsParser(url, text), until: now + KEPT_MS };
    } catch (error) {
      if (error instanceof OutboundError || error instanceof UnusableAnswer)
        return { robot: null, until: now + UNREACHED_MS };
      throw error;
    }
  }
}
