import { Parser } from 'htmlparser2';
import { decodeText } from './charset.reader';
import { absolute } from './feed.preparer';
import type { FeedBytes } from './feed.reader';

const FEED_TYPES = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)\b|^(?:application|text)\/(?:xml|json)\b/i;
const COMMENTS = /comment|kommentar|comentario/i;
const MOST = 20;

/**
 * The feeds that a page names in its `<link rel="alternate">`, in its own order, those of comments last; absolute addresses. Empty for what is
 * no page. `<link rel="alternate" type="application/rss+xml" href="/feed">` → `['https://example.org/feed']`
 */
export function discoverFeeds({ bytes, contentType, url }: FeedBytes): string[] {
  const { text } = decodeText(bytes, contentType);
  let base = url;
  const found: { address: string; comments: boolean }[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'base' && attributes.href !== undefined) base = absolute(attributes.href, url);
      if (name !== 'link' || found.length >= MOST) return;
      const rel = (attributes.rel ?? '').toLowerCase().split(/\s+/);
      const isFeed =
        rel.includes('feed') || (rel.includes('alternate') && FEED_TYPES.test((attributes.type ?? '').trim()));
      if (!isFeed || attributes.href === undefined || attributes.href.trim() === '') return;
      const address = absolute(attributes.href, base);
      if (/^https?:/i.test(address))
        found.push({ address, comments: COMMENTS.test(`${attributes.title ?? ''} ${address}`) });
    },
  });
  parser.end(text);
  const sorted = [...found.filter(({ comments }) => !comments), ...found.filter(({ comments }) => comments)];
  return [...new Set(sorted.map(({ address }) => address))].filter((address) => address !== url);
}
