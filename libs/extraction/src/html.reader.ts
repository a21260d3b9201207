import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

type Page = ReturnType<typeof parseHTML>['document'];

export interface ReadPage {
  title: string | null;
  /** Paragraphs, headings and list items, one a line; '' when nothing readable is there. */
  text: string;
  /** RFC 3339 in UTC, or null. */
  publishedAt: string | null;
  siteName: string | null;
  /** As the page declares it, such as `en-GB`. */
  language: string | null;
}

interface Node {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<Node>;
}

const BLOCKS = new Set(
  'P DIV SECTION ARTICLE H1 H2 H3 H4 H5 H6 LI UL OL BLOCKQUOTE TABLE TR PRE FIGURE FIGCAPTION HEADER FOOTER DL DT DD HR MAIN ASIDE'.split(
    ' ',
  ),
);
const SKIPPED = new Set('SCRIPT STYLE NOSCRIPT FIGURE FIGCAPTION BUTTON FORM IFRAME SVG'.split(' '));
const TIME_NAMES = [
  'meta[property="article:published_time"]',
  'meta[name="article:published_time"]',
  'meta[itemprop="datePublished"]',
  'meta[name="date"]',
  'meta[name="pubdate"]',
  'meta[name="publish-date"]',
  'meta[name="parsely-pub-date"]',
  'meta[name="dc.date"]',
  'meta[name="DC.date.issued"]',
  'meta[property="og:published_time"]',
];

/**
 * Reads an article out of an HTML page: Mozilla's Readability finds the body, metadata give the rest. Nothing is fetched; `url` only
 * serves to resolve what the page says. A page without a recognisable article gives the text of its body.
 */
export function readHtml(html: string, url?: string): ReadPage {
  if (depthOf(html) > DEEPEST)
    return { title: null, text: withoutMarkup(html), publishedAt: null, siteName: hostOf(url ?? null), language: null };
  const { document } = parseHTML(/<html[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`);
  const attribute = (selector: string, name: string): string | null => {
    const value = document.querySelector(selector)?.getAttribute(name)?.trim();
    return value ? value : null;
  };
  const publishedAt = publicationTime(document, attribute);
  const language = attribute('html', 'lang') ?? attribute('meta[http-equiv="content-language"]', 'content');
  const siteName =
    attribute('meta[property="og:site_name"]', 'content') ?? hostOf(url ?? attribute('link[rel="canonical"]', 'href'));
  const heading =
    attribute('meta[property="og:title"]', 'content') ?? document.querySelector('h1')?.textContent ?? document.title;
  const parsed = new Readability(document, { charThreshold: 200 }).parse();
  const body = parsed?.content ? parseHTML(`<html><body>${parsed.content}</body></html>`).document.body : document.body;
  const title = (heading || parsed?.title || '').replace(/\s+/g, ' ').trim();
  return {
    title: title === '' ? null : title,
    text: blocksOf(body as unknown as Node),
    publishedAt,
    siteName: siteName ?? parsed?.siteName ?? null,
    language,
  };
}

/** Deeper pages than this are made to hurt: the reader's own recursion would exhaust the stack. */
const DEEPEST = 300;
const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option'.split(' '),
);

/** The most elements that are open at one place, counted over the tags alone. */
function depthOf(html: string): number {
  let depth = 0;
  let deepest = 0;
  for (const match of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9]*)/g)) {
    if (VOID.has((match[2] ?? '').toLowerCase())) continue;
    depth = match[1] === '/' ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function withoutMarkup(html: string): string {
  return html
    .split(/<[^<>]*>/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join('\n');
}

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : null;
}

function publicationTime(document: Page, attribute: (selector: string, name: string) => string | null): string | null {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const written = /"datePublished"\s*:\s*"([^"]{8,40})"/.exec(script.textContent ?? '')?.[1];
    const time = written ? instantOf(written) : null;
    if (time) return time;
  }
  for (const selector of TIME_NAMES) {
    const time = instantOf(attribute(selector, 'content'));
    if (time) return time;
  }
  return instantOf(
    attribute('time[pubdate]', 'datetime') ??
      attribute('article time[datetime]', 'datetime') ??
      attribute('time[datetime]', 'datetime'),
  );
}

/** Only forms that begin with the year are read: others are ambiguous. */
function instantOf(value: string | null): string | null {
  if (value === null || !/^\d{4}-\d\d-\d\d/.test(value)) return null;
  const withZone = /^\d{4}-\d\d-\d\d$|[Zz]$|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`;
  const time = new Date(withZone.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function blocksOf(root: Node): string {
  const lines: string[] = [];
  let line = '';
  const flush = (): void => {
    const text = line.replace(/[ \t\r\n\u00a0]+/g, ' ').trim();
    if (text !== '') lines.push(text);
    line = '';
  };
  // An explicit stack: pages nest deeper than the call stack allows.
  const stack: (Node | 'flush')[] = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next === 'flush') flush();
    else if (next.nodeType === 3) line += next.textContent ?? '';
    else if (next.nodeType === 1 && !SKIPPED.has(next.nodeName.toUpperCase())) {
      const name = next.nodeName.toUpperCase();
      if (name === 'BR') flush();
      const block = BLOCKS.has(name);
      if (block) {
        flush();
        stack.push('flush');
      }
      if (name === 'LI') line += '• ';
      stack.push(...[...next.childNodes].reverse());
    }
  }
  flush();
  return lines.join('\n');
}
