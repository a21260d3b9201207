import { type AnyFeed, parseAtomFeed, parseJsonFeed, parseRdfFeed, parseRssFeed } from 'feedsmith';
import { decodeText } from './charset.reader';
import { mapFeed } from './feed.mapper';
import { prepareFeed } from './feed.preparer';
import {
  type FeedFlaw,
  type FeedFormat,
  NotAFeed,
  type ParsedFeed,
  READING_LIMITS,
  type ReadingLimits,
} from './feed.types';
import { readJson } from './json.repair';
import { settleNames } from './markup.names';
import { readMarkup } from './markup.reader';
import { elementsOf, localName, type MarkupElement, writeMarkup } from './markup.tree';

export interface FeedBytes {
  bytes: Uint8Array;
  /** The answer's `Content-Type`, for the character set. */
  contentType: string | null;
  /** Where it was fetched: the base of relative addresses. */
  url: string | null;
}

/**
 * What a feed says: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed. Broken feeds are read as far as they go; `flaws` tells how they are
 * broken. A function of its arguments; the time that it takes grows with the number of bytes alone.
 *
 * @throws NotAFeed
 */
export function readFeed({ bytes, contentType, url }: FeedBytes, limits: ReadingLimits = READING_LIMITS): ParsedFeed {
  const { text, charset, flaws } = decodeText(bytes, contentType);
  if (/^\s*[{[]/.test(text)) {
    const json = readJson(text);
    const feed = parsedOrNull(() => parseJsonFeed(json.value));
    if (feed === null) throw new NotAFeed('a JSON document, but no JSON Feed');
    return bounded(mapFeed({ format: 'json', feed }, url, charset, [...flaws, ...json.flaws]), limits);
  }
  const { root, flaws: markupFlaws } = readMarkup(text, limits);
  const all: FeedFlaw[] = [...flaws, ...markupFlaws];
  const { format, element } = feedElement(root);
  if (settleNames(element)) all.push('undeclared-prefix');
  prepareFeed(element, url, limits.items);
  return bounded(mapFeed(parsed(format, writeMarkup(element)), url, charset, all), limits);
}

function bounded(feed: ParsedFeed, { items }: ReadingLimits): ParsedFeed {
  if (feed.items.length <= items) return feed;
  return { ...feed, items: feed.items.slice(0, items), flaws: [...new Set<FeedFlaw>([...feed.flaws, 'cut-short'])] };
}

function parsed(format: Exclude<FeedFormat, 'json'>, xml: string): AnyFeed {
  // A feed that says nothing is refused by the parser; it is an empty feed all the same.
  switch (format) {
    case 'rss':
      return { format, feed: parsedOrNull(() => parseRssFeed(xml)) ?? {} };
    case 'atom':
      return { format, feed: parsedOrNull(() => parseAtomFeed(xml)) ?? {} };
    case 'rdf':
      return { format, feed: parsedOrNull(() => parseRdfFeed(xml)) ?? {} };
  }
}

function parsedOrNull<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}

const FORMATS: Record<string, Exclude<FeedFormat, 'json'>> = { rss: 'rss', feed: 'atom', rdf: 'rdf' };

/** The element that makes it a feed: the root, or one that somebody has wrapped. A channel alone is RSS without its root. */
function feedElement(root: MarkupElement): { format: Exclude<FeedFormat, 'json'>; element: MarkupElement } {
  for (const element of [root, ...elementsOf(root)]) {
    const local = localName(element);
    const format = FORMATS[local];
    if (format !== undefined) return { format, element: { ...element, name: renamed(element, format) } };
    if (local === 'channel' && root === element) {
      return {
        format: 'rss',
        element: { name: 'rss', attributes: new Map([['version', '2.0']]), children: [element] },
      };
    }
  }
  throw new NotAFeed(`its root is '${root.name}', which is no feed`);
}

/** As the parser looks for it: `<RSS>` is rss, whatever prefix it has. */
function renamed({ name }: MarkupElement, format: FeedFormat): string {
  return format === 'rss' ? 'rss' : name;
}
