import { Injectable } from '@nestjs/common';
import { FeedOut, feedIn, OpmlTaken } from '@themeline/contracts';
import { badRequest, issuesToErrors, ProblemError } from '@themeline/http';
import { generateOpml } from 'feedsmith';
import { FeedsService } from '../feeds/feeds.service';
import { readOutline } from './outline.reader';

const MAX_FEEDS = 5_000;
const PER_PAGE = 200;

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
    for (const { url } of outline) {
      const wanted = feedIn.safeParse({ url });
      if (!wanted.success) {
        taken.refused.push({ url, message: issuesToErrors(wanted.error)[0]?.message ?? 'is refused' });
        continue;
      }
      try {
        const { added } = await this.feeds.ensure(owner, wanted.data);
        if (added) taken.added += 1;
        else taken.known += 1;
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status >= 500) throw error;
        taken.refused.push({ url, message: error.detail });
      }
    }
    return taken;
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
    return generateOpml({
      head: { title: 'Feeds followed by Themeline' },
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
