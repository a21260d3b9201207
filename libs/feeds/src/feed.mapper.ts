import type { AnyFeed, AtomFeed, DcNs, DcTermsNs, JsonFeed, RdfFeed, RssFeed } from 'feedsmith';
import { readFeedDate } from './date.reader';
import type { FeedFlaw, FeedItem, ParsedFeed } from './feed.types';
import { absolute } from './feed.preparer';
import { paragraphs, plainText } from './plain.text';

type Rss = RssFeed.Feed<string>;
type RssItem = RssFeed.Item<string>;
type AtomEntry = AtomFeed.Entry<string>;
type RdfItem = RdfFeed.Item<string>;
type JsonItem = JsonFeed.Item<string>;

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const PERIOD_MINUTES: Record<string, number> = {
  hourly: 60,
  daily: 1_440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

/** What the parser found, in the words of one model. */
export function mapFeed(parsed: AnyFeed, url: string | null, charset: string, flaws: FeedFlaw[]): ParsedFeed {
  const common = { format: parsed.format, charset, flaws: [...new Set(flaws)] };
  switch (parsed.format) {
    case 'rss':
      return { ...common, ...fromRss(parsed.feed) };
    case 'atom':
      return { ...common, ...fromAtom(parsed.feed) };
    case 'rdf':
      return { ...common, ...fromRdf(parsed.feed) };
    case 'json':
      return { ...common, ...fromJson(parsed.feed, url) };
  }
}

type Fields = Omit<ParsedFeed, 'format' | 'charset' | 'flaws'>;

function fromRss(feed: Rss): Fields {
  return {
    id: feed.atom?.id ?? null,
    ...titleOf(feed.title ?? feed.dc?.titles?.[0] ?? feed.atom?.title?.value),
    link: feed.link ?? alternate(feed.atom?.links),
    language: feed.language ?? feed.dc?.languages?.[0] ?? null,
    publishedAt: firstDate(feed.pubDate, feed.dc?.dates?.[0]).instant,
    updatedAt: firstDate(feed.lastBuildDate, feed.dc?.dates?.[0], feed.atom?.updated, feed.pubDate).instant,
    ttlMinutes: feed.ttl ?? periodOf(feed.sy?.updatePeriod, feed.sy?.updateFrequency),
    skipHours: hoursOf(feed.skipHours),
    skipDays: (feed.skipDays ?? []).map((day) => DAYS.indexOf(day.toLowerCase())).filter((day) => day >= 0),
    items: (feed.items ?? []).map(rssItem),
  };
}

function rssItem(item: RssItem): FeedItem {
  const { dc, dcterms, atom } = item;
  const permalink = item.guid?.isPermaLink !== false && isWeb(item.guid?.value) ? item.guid?.value : undefined;
  const content = item.content?.encoded ?? atom?.content?.value;
  return {
    id: item.guid?.value ?? atom?.id ?? dc?.identifiers?.[0] ?? null,
    link: item.link ?? alternate(atom?.links) ?? permalink ?? null,
    ...titleOf(item.title ?? dc?.titles?.[0] ?? dcterms?.titles?.[0] ?? atom?.title?.value ?? item.media?.title?.value),
    summary: paragraphs(
      item.description ?? atom?.summary?.value ?? dc?.descriptions?.[0] ?? item.itunes?.summary ?? null,
    ),
    content: paragraphs(content ?? null),
    ...datesOf(
      [item.pubDate, atom?.published, ...dublinPublished(dc, dcterms)],
      [...dublinUpdated(dc, dcterms), atom?.updated],
    ),
    author:
      item.authors?.[0]?.name ?? item.authors?.[0]?.email ?? dc?.creators?.[0] ?? atom?.authors?.[0]?.name ?? null,
    language: item.xml?.lang ?? dc?.languages?.[0] ?? null,
  };
}

function fromAtom(feed: AtomFeed.Feed<string>): Fields {
  return {
    id: feed.id ?? null,
    ...titleOf(feed.title?.value),
    link: alternate(feed.links),
    language: feed.xml?.lang ?? feed.dc?.languages?.[0] ?? null,
    publishedAt: firstDate(feed.dc?.dates?.[0]).instant,
    updatedAt: firstDate(feed.updated, feed.dc?.dates?.[0]).instant,
    ttlMinutes: periodOf(feed.sy?.updatePeriod, feed.sy?.updateFrequency),
    skipHours: [],
    skipDays: [],
    items: (feed.entries ?? []).map(atomEntry),
  };
}

function atomEntry(entry: AtomEntry): FeedItem {
  const { dc, dcterms } = entry;
  const link = alternate(entry.links) ?? (entry.content?.src === undefined ? null : entry.content.src);
  return {
    id: entry.id ?? null,
    link: link ?? (isWeb(entry.id) ? (entry.id ?? null) : null),
    ...titleOf(entry.title?.value ?? dc?.titles?.[0] ?? entry.media?.title?.value),
    summary: paragraphs(entry.summary?.value ?? dc?.descriptions?.[0] ?? null),
    content: paragraphs(entry.content?.value ?? null),
    ...datesOf([entry.published, ...dublinPublished(dc, dcterms)], [entry.updated, ...dublinUpdated(dc, dcterms)]),
    author: entry.authors?.[0]?.name ?? dc?.creators?.[0] ?? null,
    language: entry.xml?.lang ?? null,
  };
}

function fromRdf(feed: RdfFeed.Feed<string>): Fields {
  return {
    id: feed.rdf?.about ?? null,
    ...titleOf(feed.title ?? feed.dc?.titles?.[0]),
    link: feed.link ?? null,
    language: feed.dc?.languages?.[0] ?? null,
    publishedAt: firstDate(feed.dc?.dates?.[0]).instant,
    updatedAt: firstDate(feed.dc?.dates?.[0], feed.atom?.updated).instant,
    ttlMinutes: periodOf(feed.sy?.updatePeriod, feed.sy?.updateFrequency),
    skipHours: [],
    skipDays: [],
    items: (feed.items ?? []).map(rdfItem),
  };
}

function rdfItem(item: RdfItem): FeedItem {
  const { dc, dcterms, atom } = item;
  return {
    id: item.rdf?.about ?? dc?.identifiers?.[0] ?? atom?.id ?? null,
    link: item.link ?? alternate(atom?.links) ?? (isWeb(item.rdf?.about) ? (item.rdf?.about ?? null) : null),
    ...titleOf(item.title ?? dc?.titles?.[0] ?? dcterms?.titles?.[0]),
    summary: paragraphs(item.description ?? dc?.descriptions?.[0] ?? null),
    content: paragraphs(item.content?.encoded ?? null),
    ...datesOf([...dublinPublished(dc, dcterms), atom?.published], [...dublinUpdated(dc, dcterms), atom?.updated]),
    author: dc?.creators?.[0] ?? null,
    language: item.xml?.lang ?? dc?.languages?.[0] ?? null,
  };
}

function fromJson(feed: JsonFeed.Feed<string>, url: string | null): Fields {
  const base = feed.home_page_url ?? url;
  return {
    id: null,
    ...titleOf(escapedOrNull(feed.title)),
    link: feed.home_page_url ?? null,
    language: feed.language ?? null,
    publishedAt: null,
    updatedAt: null,
    ttlMinutes: null,
    skipHours: [],
    skipDays: [],
    items: (feed.items ?? []).map((item) => jsonItem(item, base, feed.language ?? null)),
  };
}

function jsonItem(item: JsonItem, base: string | null, language: string | null): FeedItem {
  const link = item.url ?? item.external_url ?? (isWeb(item.id) ? item.id : undefined);
  return {
    id: item.id ?? null,
    link: link === undefined ? null : absolute(link, base),
    ...titleOf(escapedOrNull(item.title)),
    summary: paragraphs(escapedOrNull(item.summary)),
    content: paragraphs(item.content_html ?? escapedOrNull(item.content_text)),
    ...datesOf([item.date_published], [item.date_modified]),
    author: item.authors?.[0]?.name ?? null,
    language: item.language ?? language,
  };
}

const escapedOrNull = (text: string | undefined): string | null =>
  text
    ?.replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/\n\s*\n/g, '<p>') ?? null;

const titleOf = (html: string | null | undefined): { title: string | null; titleHtml: string | null } => ({
  title: plainText(html),
  titleHtml: html ?? null,
});

const isWeb = (address: string | undefined): boolean => address !== undefined && /^https?:\/\//i.test(address);

type Links = readonly { href?: string | undefined; rel?: string | undefined; type?: string | undefined }[];

/** The page: `rel="alternate"` or none, an HTML page before anything else. */
function alternate(links: Links | undefined): string | null {
  const pages = (links ?? []).filter(
    ({ href, rel }) => href !== undefined && /^(?:alternate|.*\/alternate)?$/i.test(rel ?? ''),
  );
  return (pages.find(({ type }) => type === undefined || /html/i.test(type)) ?? pages[0])?.href ?? null;
}

const dublinPublished = (
  dc: DcNs.ItemOrFeed<string> | undefined,
  terms: DcTermsNs.ItemOrFeed<string> | undefined,
): (string | undefined)[] => [dc?.dates?.[0], terms?.issued?.[0], terms?.created?.[0], terms?.dates?.[0]];
const dublinUpdated = (
  dc: DcNs.ItemOrFeed<string> | undefined,
  terms: DcTermsNs.ItemOrFeed<string> | undefined,
): (string | undefined)[] => [terms?.modified?.[0], dc?.dates?.[0]];

function firstDate(...written: (string | undefined)[]): { instant: string | null; unread: string | null } {
  let unread: string | null = null;
  for (const text of written) {
    if (text === undefined) continue;
    const instant = readFeedDate(text);
    if (instant !== null) return { instant, unread: null };
    unread ??= text;
  }
  return { instant: null, unread };
}

function datesOf(
  published: (string | undefined)[],
  updated: (string | undefined)[],
): Pick<FeedItem, 'publishedAt' | 'updatedAt' | 'unreadDate'> {
  const first = firstDate(...published);
  const last = firstDate(...updated);
  return {
    publishedAt: first.instant ?? last.instant,
    updatedAt: last.instant ?? first.instant,
    unreadDate: (first.instant ?? last.instant === null) ? (first.unread ?? last.unread) : null,
  };
}

/** `<hour>24</hour>` is midnight too (RSS 0.91). */
const hoursOf = (hours: readonly number[] | undefined): number[] =>
  (hours ?? []).filter((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 24).map((hour) => hour % 24);

function periodOf(period: string | undefined, frequency: number | undefined): number | null {
  const minutes = PERIOD_MINUTES[period?.toLowerCase() ?? ''];
  return minutes === undefined ? null : minutes / Math.max(1, frequency ?? 1);
}
