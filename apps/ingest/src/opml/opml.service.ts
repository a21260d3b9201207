import { Injectable } from '@nestjs/common';
import { FeedOut, feedIn, OpmlTaken } from '@themeline/contracts';
import { badRequest, issuesToErrors, ProblemError } from '@themeline/http';
import { generateOpml } from 'feedsmith';
import { FeedsService } from '../feeds/feeds.service';
import { readOutline } from './outline.reader';

const MAX_FEEDS = 5_000;
const PER_PAGE = 200;
/** Feeds that are written side by side: each waits for its own commit. */
const AT_ONCE = 50;

const TITLE = 'Feeds followed by Themeline';
const NOTHING = `<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0"><head><title>${TITLE}</title></head><body></body></opml>\n`;

/** Lists of feeds, as feed readers exchange them. */
@Injectable()
export class OpmlService {
  constructor(private readonly feeds: FeedsService) {}

  /** Follows what is listed and not followed yet; one address that is refused keeps none of the others out. */
  async take(owner: string, text: string): Promise<OpmlTaken> {
    const outline = readOutline(text);
    if (outline === null) throw badRequest('the body is no OPML document without DOCTYPE', []);
    if (outline.length > MAX_FEEDS) {
      throw badRequest(`a document lists at most ${String(MAX_FEEDS)} feeds: ${String(outline.length)}`, []);
    }
    const taken: OpmlTaken = { added: 0, known: 0, refused: [] };
    for (let at = 0; at < outline.length; at += AT_ONCE) {
      const results = await Promise.all(outline.slice(at, at + AT_ONCE).map(({ url }) => this.follow(owner, url)));
      for (const result of results) {
        if (typeof result === 'string') taken[result] += 1;
        else taken.refused.push(result);
      }
    }
    return taken;
  }

  private async follow(owner: string, url: string): Promise<'added' | 'known' | OpmlTaken['refused'][number]> {
    const wanted = feedIn.safeParse({ url });
    if (!wanted.success) return { url, message: issuesToErrors(wanted.error)[0]?.message ?? 'is refused' };
    try {
      return (await this.feeds.ensure(owner, wanted.data)).added ? 'added' : 'known';
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status >= 500) throw error;
      return { url, message: error.detail };
    }
  }

  /** Every feed of an owner. */
  async write(owner: string): Promise<string> {
    const feeds: FeedOut[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.feeds.list(owner, PER_PAGE, cursor ?? undefined);
      feeds.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    // The generator refuses a list of nothing.
    if (feeds.length === 0) return NOTHING;
    return generateOpml({
      head: { title: TITLE },
      body: {
        outlines: feeds.map(({ url, name, title, siteUrl }) => ({
          text: name ?? title ?? url,
          type: 'rss',
          xmlUrl: url,
          ...(siteUrl === null ? {} : { htmlUrl: siteUrl }),
        })),
      },
    });
  }
}
