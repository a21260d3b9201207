import { Inject, Injectable } from '@nestjs/common';
import { OutboundGuard, OutboundTooManyRedirects } from '@themeline/outbound';
import { OUTBOUND } from '../ingest.tokens';
import { ACCEPT_ENCODING, decodeBody, UnusableAnswer } from './answer.decoder';
import { FEED_SETTINGS, type FeedSettings } from './feed.settings';

const MAX_REDIRECTS = 5;
const PERMANENT = new Set([301, 308]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface Fetched {
  status: number;
  headers: Record<string, string>;
  /** Unpacked. */
  body: Buffer;
  /** Where it came from. */
  url: string;
  /** What relative addresses in it start from. */
  base: string;
  /** The address to ask from now on, where the way there began with permanent redirects. */
  movedTo: string | null;
}

export interface FetchWish {
  url: string;
  accept: string;
  /** `If-None-Match` and the like. */
  headers?: Record<string, string>;
  maxBytes: number;
  /** Asked before each host other than the first is called. Throws to end the exchange. */
  enterHost?: (host: string) => Promise<void>;
}

/** One GET, its redirects hop by hop: every address goes through the outbound guard, and all of it is within one deadline. */
@Injectable()
export class PageFetcher {
  constructor(
    @Inject(OUTBOUND) private readonly outbound: OutboundGuard,
    @Inject(FEED_SETTINGS) private readonly settings: FeedSettings,
  ) {}

  /**
   * @throws OutboundError when an address may not be called or does not answer
   * @throws UnusableAnswer when the answer is too large or cannot be unpacked
   */
  async get(wish: FetchWish): Promise<Fetched> {
    const deadline = performance.now() + this.settings.timeoutMs;
    let { url } = wish;
    let movedTo: string | null = null;
    let permanentSoFar = true;
    for (let hop = 0; ; hop += 1) {
      const answer = await this.outbound.request({
        url,
        method: 'GET',
        headers: {
          'user-agent': this.settings.userAgent,
          accept: wish.accept,
          'accept-encoding': ACCEPT_ENCODING,
          ...wish.headers,
        },
        timeoutMs: Math.max(1, Math.round(deadline - performance.now())),
        maxResponseBytes: wish.maxBytes,
      });
      const { location } = answer.headers;
      if (!REDIRECTS.has(answer.status) || location === undefined || location === '') {
        if (answer.truncated) throw new UnusableAnswer(`it is larger than ${String(wish.maxBytes)} bytes`);
        const body = await decodeBody(answer.body, answer.headers['content-encoding'], wish.maxBytes);
        return {
          status: answer.status,
          headers: answer.headers,
          body,
          url,
          base: baseOf(answer.headers, url),
          movedTo,
        };
      }
      if (hop === MAX_REDIRECTS) throw new OutboundTooManyRedirects(url, MAX_REDIRECTS);
      const next = redirectTarget(location, url);
      permanentSoFar &&= PERMANENT.has(answer.status);
      if (permanentSoFar) movedTo = next;
      if (hostOf(next) !== hostOf(url)) await wish.enterHost?.(hostOf(next));
      url = next;
    }
  }
}

function redirectTarget(location: string, from: string): string {
  if (!URL.canParse(location, from)) throw new UnusableAnswer(`it redirects to what is no address: '${location}'`);
  const target = new URL(location, from);
  target.hash = '';
  return target.href;
}

function baseOf(headers: Record<string, string>, url: string): string {
  const location = headers['content-location'];
  return location !== undefined && URL.canParse(location, url) ? new URL(location, url).href : url;
}

/** What may have one connection at a time: `feeds.example`, whatever the port. */
export const hostOf = (url: string): string => new URL(url).hostname;
