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
  'P DIV SECTION ARTICLE H1 H2 H3 H4 H5 H6 LI UL OL BLOCKQUOTE TABLE CAPTION TR PRE HEADER FOOTER DL DT DD HR MAIN ASIDE ADDRESS DETAILS SUMMARY'.split(
    ' ',
  ),
);
const SKIPPED = new Set(
  'HEAD SCRIPT STYLE NOSCRIPT TEMPLATE NAV FIGURE FIGCAPTION BUTTON FORM SELECT TEXTAREA IFRAME SVG VIDEO AUDIO OBJECT DIALOG'.split(
    ' ',
  ),
);
/** What surrounds the text of a page in which no article was found. */
const SURROUNDINGS = new Set('FOOTER ASIDE'.split(' '));
const TIME_NAMES = [
  'meta[property="article:published_time"]',
  'meta[name="article:published_time"]',
  'meta[itemprop="datePublished"]',
  'meta[name="date"]',
  'meta[name="pubdate"]',
  'meta[name="publish-date"]',
  'meta[name="parsely-pub-date"]',
  'meta[name="publication_date"]',
  'meta[name="sailthru.date"]',
  'meta[name="article.published"]',
  'meta[name="citation_publication_date"]',
  'meta[name="dc.date"]',
  'meta[name="DC.date"]',
  'meta[name="DC.date.issued"]',
  'meta[name="dcterms.created"]',
  'meta[property="og:published_time"]',
  'meta[property="og:article:published_time"]',
];
const TIME_ELEMENTS = [
  '[itemprop="datePublished"][datetime]',
  'time[pubdate]',
  'article time[datetime]',
  'time[datetime]',
];

/**
 * Reads an article out of an HTML page: Mozilla's Readability finds the body, metadata give the rest. Nothing is fetched; `url` only
 * serves to resolve what the page says. A page without a recognisable article gives the text of its body.
 */
export function readHtml(html: string, url?: string): ReadPage {
  if (isMonstrous(html))
    return { title: null, text: withoutMarkup(html), publishedAt: null, siteName: hostOf(url ?? null), language: null };
  const { document } = parseHTML(/<html[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`);
  const attribute = (selector: string, name: string): string | null => {
    const value = document.querySelector(selector)?.getAttribute(name)?.trim();
    return value ? value : null;
  };
  const declared = linkedData(document);
  const publishedAt = publicationTime(declared.published, attribute);
  const language = attribute('html', 'lang') ?? attribute('meta[http-equiv="content-language"]', 'content');
  const siteName =
    attribute('meta[property="og:site_name"]', 'content') ?? hostOf(url ?? attribute('link[rel="canonical"]', 'href'));
  const heading = [
    attribute('meta[property="og:title"]', 'content'),
    declared.headline,
    document.querySelector('article h1')?.textContent,
    document.querySelector('h1')?.textContent,
    document.title,
  ].find((value) => value && value.trim() !== '');
  const parsed = new Readability(document, { charThreshold: 200 }).parse();
  const body = parsed?.content ? parseHTML(`<html><body>${parsed.content}</body></html>`).document.body : document.body;
  const title = tidy(heading ?? parsed?.title ?? '');
  return {
    title: title === '' ? null : title,
    text: blocksOf(body as unknown as Node, parsed?.content ? SKIPPED : new Set([...SKIPPED, ...SURROUNDINGS])),
    publishedAt,
    siteName: siteName ?? parsed?.siteName ?? null,
    language,
  };
}

/** Pages beyond these are made to hurt: the libraries' recursion and argument lists would exhaust the stack. */
const DEEPEST = 300;
const MOST_PIECES = 30_000;
const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option'.split(' '),
);

/** Counted over the marks alone: elements open at one place, and all pieces (a stray `<` and an `&` cut a text as elements do). */
function isMonstrous(html: string): boolean {
  let depth = 0;
  let count = 0;
  for (const match of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9]*)|[<&]/g)) {
    const name = match[2]?.toLowerCase();
    if (match[1] !== '/') count += 1;
    if (name !== undefined && !VOID.has(name)) depth = match[1] === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > DEEPEST || count > MOST_PIECES) return true;
  }
  return false;
}

function withoutMarkup(html: string): string {
  return html
    .split(/<[^<>]*>/)
    .map(tidy)
    .filter((part) => part !== '')
    .join('\n');
}

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : null;
}

interface Declared {
  readonly published: string | null;
  readonly headline: string | null;
}

/** More than a page needs; each is looked at once. */
const MOST_NODES = 2_000;

/** What the page's JSON-LD says of the article itself, not of a video, a comment or another article in it. */
function linkedData(document: Page): Declared {
  let other: Declared = { published: null, headline: null };
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const content = script.textContent ?? '';
    const nodes: unknown[] = [];
    try {
      nodes.push(JSON.parse(content));
    } catch {
      // Broken JSON is common, and the date in it readable all the same.
      const published = /"datePublished"\s*:\s*"([^"]{8,40})"/.exec(content)?.[1];
      other = { ...other, published: other.published ?? published ?? null };
      continue;
    }
    for (let index = 0; index < nodes.length && index < MOST_NODES; index += 1) {
      const node = nodes[index];
      if (typeof node !== 'object' || node === null) continue;
      const values = new Map(Object.entries(node));
      const found = { published: stringOf(values.get('datePublished')), headline: stringOf(values.get('headline')) };
      const type = [values.get('@type')].flat().join(' ');
      if (/(?:Article|BlogPosting|Report)\b/.test(type) && instantOf(found.published)) return found;
      if (!/Comment|Video|Image|Review|Product/.test(type) && other.published === null) other = found;
      nodes.push(...[...values.values()].slice(0, MOST_NODES));
    }
  }
  return other;
}

const stringOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

function publicationTime(
  declared: string | null,
  attribute: (selector: string, name: string) => string | null,
): string | null {
  const candidates = [
    declared,
    ...TIME_NAMES.map((selector) => attribute(selector, 'content')),
    ...TIME_ELEMENTS.map((selector) => attribute(selector, 'datetime')),
  ];
  for (const candidate of candidates) {
    const time = instantOf(candidate);
    if (time) return time;
  }
  return null;
}

const MONTH = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i;

/** Forms that begin with the year, or name the month, are read: others are ambiguous. Without a zone the time is UTC. */
function instantOf(value: string | null): string | null {
  if (value === null || value.length > 60) return null;
  const compact = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(value);
  const written = compact
    ? `${compact.slice(1, 4).join('-')}${compact[4] === undefined ? '' : `T${compact.slice(4, 7).join(':')}Z`}`
    : value.replace(/^(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3');
  if (/^\d{4}-\d\d-\d\d/.test(written)) {
    const withZone = /^\d{4}-\d\d-\d\d$|[Zz]$|[+-]\d\d:?\d\d$/.test(written) ? written : `${written}Z`;
    return isoOf(withZone.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  }
  if (!MONTH.test(written) || !/\b\d{4}\b/.test(written)) return null;
  return isoOf(/(?:\b[A-Z]{2,4}|[+-]\d\d:?\d\d)$/.test(written.replace(/\b[AP]M$/, '')) ? written : `${written} UTC`);
}

function isoOf(value: string): string | null {
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** Soft hyphens and characters without width go; a hard blank stays only where it may group digits. */
const tidy = (text: string): string =>
  text
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))/g, '\u0000')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/\u0000/g, '\u00a0')
    .trim();

/** The text of a tree, one block a line; list items begin with "• ", cells of a row are parted by " | ". */
function blocksOf(root: Node, skipped: ReadonlySet<string>): string {
  const lines: string[] = [];
  let line = '';
  // Set before the first words of the line: "<li><p>One</p></li>" is one line.
  let prefix = '';
  const flush = (): void => {
    const text = tidy(line).replace(/^(?:\| ?)+/, '');
    line = '';
    if (text === '') return;
    lines.push(prefix + text);
    prefix = '';
  };
  let verbatim = 0;
  const addText = (text: string): void => {
    const [first = '', ...others] = verbatim > 0 ? text.split('\n') : [text];
    line += first;
    for (const other of others) {
      flush();
      line += other;
    }
  };
  // An explicit stack: pages nest deeper than the call stack allows.
  const stack: (Node | (() => void))[] = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'function') next();
    else if (next.nodeType === 3) addText(next.textContent ?? '');
    else if (next.nodeType === 1 && !skipped.has(next.nodeName.toUpperCase())) {
      const name = next.nodeName.toUpperCase();
      if (name === 'BR') flush();
      if (name === 'TD' || name === 'TH') line += ' | ';
      const block = BLOCKS.has(name);
      if (block) flush();
      if (name === 'PRE') {
        verbatim += 1;
        stack.push(() => (verbatim -= 1));
      }
      if (name === 'LI') {
        prefix = '• ';
        stack.push(() => (prefix = ''));
      }
      if (block) stack.push(flush);
      for (const child of [...next.childNodes].reverse()) stack.push(child);
    }
  }
  flush();
  return lines.join('\n');
}
