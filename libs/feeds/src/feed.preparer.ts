import { Buffer, isUtf8 } from 'node:buffer';
import {
  elementsOf,
  isElement,
  localName,
  type MarkupElement,
  type MarkupNode,
  textOf,
  writeMarkup,
} from './markup.tree';

const ATOM_NAMES = /^http:\/\/(?:www\.w3\.org\/2005\/atom|purl\.org\/atom)/i;
/** Elements whose content is text or markup (RFC 4287 3.1, and what RSS puts HTML into). */
const TEXTS = new Set(
  'title subtitle tagline summary content info rights copyright description encoded body fullitem'.split(' '),
);
const ADDRESSES = new Set('link id guid url uri comments'.split(' '));
const XHTML_TYPES = /^(?:xhtml|application\/xhtml\+xml)$/i;
const PLAIN_TYPES = /^(?:text|text\/plain)$/i;
const RELATIVE_ADDRESS = /^(?:\/|\.{1,2}\/|\?)/;
/** An attribute with an address, in markup within a text. */
const RELATIVE = /(<[a-z][^<>]*?\s(?:href|src|cite|longdesc|poster)\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)')/gi;

interface Context {
  base: string | null;
  /** The base that the feed itself states: where it was fetched may change, ids must not. */
  stated: string | null;
  atom: boolean;
}

/**
 * Says in the tree what the parser would not see: inline markup becomes text, Atom's types and modes are undone so that every text is HTML,
 * addresses are made absolute by `xml:base` and the feed's own address.
 */
export function prepareFeed(root: MarkupElement, url: string | null, mostItems: number): void {
  const atom = localName(root) === 'feed';
  // One more tells that there were more.
  const entries = gather(root, atom ? 'entry' : 'item').slice(0, mostItems + 1);
  if (!atom) for (const item of [root, ...elementsOf(root), ...entries]) nameParts(item);
  for (const item of entries) raiseParts(item);
  const channels = elementsOf(root).filter((child) => localName(child) === 'channel');
  const inChannel = localName(root) === 'rss' && channels[0] !== undefined;
  (inChannel ? channels[0]! : root).children.push(...entries);
  prepare(root, { base: url, stated: null, atom });
  for (const item of entries) chooseLink(item, atom);
}

/** What entries may lie in: documents that were put together, and lists. */
const CONTAINERS = new Set(['rss', 'rdf', 'feed', 'channel', 'items', 'entries']);

/**
 * Takes the entries out of the tree. They lie in the channel or beside it, and in broken feeds in one another or in a second document.
 * RDF's table of contents goes: what it does not list is an item all the same.
 */
function gather(root: MarkupElement, name: 'item' | 'entry'): MarkupElement[] {
  const found: MarkupElement[] = [];
  const take = (parent: MarkupElement): void => {
    parent.children = parent.children.filter((child) => {
      if (!isElement(child)) return true;
      const local = localName(child);
      const isEntry = (local === name || (name === 'item' && local === 'entry')) && !/^media:/i.test(child.name);
      if (isEntry) found.push(child);
      // Atom's entries in an RSS channel
      if (isEntry && local !== name) child.name = name;
      if (isEntry || CONTAINERS.has(local)) take(child);
      return !isEntry && local !== 'items' && local !== 'entries';
    });
  };
  take(root);
  return found;
}

/** What RSS calls otherwise, in lower case: the whole text, dates, and what CDF has in attributes. */
const TEXT_NAMES = new Set(['body', 'fullitem', 'div']);
const DATE_NAMES = ['published', 'issued', 'date', 'created'];
const CHANGE_NAMES = ['updated', 'modified'];

function nameParts(element: MarkupElement): void {
  const parts = elementsOf(element);
  const has = (name: string): boolean => parts.some((part) => part.name.toLowerCase() === name);
  const bare = (names: readonly string[]): MarkupElement | undefined =>
    parts.find((part) => names.includes(part.name.toLowerCase()));
  if (!has('content:encoded') && localName(element) === 'item') {
    const whole = parts.find((part) => TEXT_NAMES.has(localName(part)));
    if (whole !== undefined) whole.name = 'content:encoded';
  }
  const date = has('pubdate') ? undefined : bare(DATE_NAMES);
  if (date !== undefined) date.name = 'pubDate';
  const change = bare(CHANGE_NAMES);
  if (change !== undefined) change.name = 'atom:updated';
  // Channel Definition Format: `<item href="…" lastmod="…">`
  for (const [attribute, name] of [
    ['href', 'link'],
    ['lastmod', 'pubDate'],
  ] as const) {
    const value = [...element.attributes].find(([written]) => written.toLowerCase() === attribute)?.[1];
    if (value !== undefined && !has(name.toLowerCase()))
      element.children.push({ name, attributes: new Map(), children: [value] });
  }
}

const PLAIN_PARTS = new Set(['title', 'link', 'guid', 'id', 'pubdate', 'published', 'updated', 'category', 'comments']);
const PARTS = new Set([...PLAIN_PARTS, 'description', 'summary', 'content', 'author', 'enclosure', 'content:encoded']);

/** `<title>A<link>…</link>`: what stands in a part that was never closed belongs beside it. */
function raiseParts(item: MarkupElement): void {
  item.children = item.children.flatMap((child) => {
    if (!isElement(child) || !PLAIN_PARTS.has(child.name.toLowerCase())) return [child];
    const at = child.children.findIndex((inner) => isElement(inner) && PARTS.has(inner.name.toLowerCase()));
    if (at < 0) return [child];
    const raised = { ...child, children: child.children.splice(at) };
    raiseParts(raised);
    return [child, ...raised.children];
  });
}

/** The address before a service that counts clicks counts, else of several links in an RSS item the last. */
function chooseLink(item: MarkupElement, atom: boolean): void {
  const original = elementsOf(item).find((part) => localName(part) === 'origlink');
  const links = elementsOf(item).filter(({ name }) => name.toLowerCase() === 'link');
  const address = original === undefined ? '' : textOf(original).trim();
  if (/^https?:/i.test(address)) {
    const made = {
      name: 'link',
      attributes: new Map(atom ? [['href', address]] : []),
      children: atom ? [] : [address],
    };
    const pages = atom
      ? links.filter(({ attributes }) => /^(?:alternate)?$/i.test(attributes.get('rel') ?? ''))
      : links;
    item.children = [...item.children.filter((child) => !pages.includes(child as MarkupElement)), made];
    return;
  }
  if (atom) return;
  const chosen = links.findLast((link) => textOf(link).trim() !== '');
  const dropped = new Set<MarkupNode>(chosen === undefined ? [] : links.filter((link) => link !== chosen));
  if (dropped.size > 0) item.children = item.children.filter((child) => !dropped.has(child));
}

function prepare(element: MarkupElement, outer: Context): void {
  const local = localName(element);
  const context = {
    base: baseOf(element, outer.base),
    stated: baseOf(element, outer.stated),
    atom: isAtom(element, outer.atom),
  };
  if (TEXTS.has(local) && !/^media:content$/i.test(element.name)) {
    prepareText(element, context);
    return;
  }
  const href = element.attributes.get('href');
  if (href !== undefined) element.attributes.set('href', absolute(href, context.base));
  if (ADDRESSES.has(local) && elementsOf(element).length === 0) prepareAddress(element, local, context);
  for (const child of elementsOf(element)) prepare(child, context);
}

/** An RSS link may stand in an attribute; an id is an address only where it looks like one. */
function prepareAddress(element: MarkupElement, local: string, { base, stated, atom }: Context): void {
  const text = textOf(element).trim();
  const href = element.attributes.get('href');
  if (local === 'link' && !atom && text === '' && href !== undefined) element.children = [href];
  else if (local === 'link') element.children = [absolute(text, base)];
  else if (local === 'id' || local === 'guid') {
    element.children = [(local === 'id' && atom) || RELATIVE_ADDRESS.test(text) ? absolute(text, stated) : text];
  } else if (RELATIVE_ADDRESS.test(text)) element.children = [absolute(text, base)];
}

function isAtom({ name, attributes }: MarkupElement, outer: boolean): boolean {
  const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : null;
  const declared = attributes.get(prefix === null ? 'xmlns' : `xmlns:${prefix}`);
  if (declared !== undefined) return ATOM_NAMES.test(declared);
  return prefix === null ? outer : prefix === 'atom' || prefix === 'a10';
}

function baseOf({ attributes }: MarkupElement, outer: string | null): string | null {
  const base = attributes.get('xml:base')?.trim();
  return base === undefined || base === '' ? outer : absolute(base, outer);
}

/** The address as it stands where no base is known, or it is none. */
export function absolute(address: string, base: string | null): string {
  const trimmed = address.trim().replace(/[\r\n\t]+/g, '');
  if (base === null || /^[a-z][a-z\d+.-]*:/i.test(trimmed) || !URL.canParse(trimmed, base)) return trimmed;
  return new URL(trimmed, base).href;
}

function prepareText(element: MarkupElement, { base, atom }: Context): void {
  const type = (element.attributes.get('type') ?? (atom ? 'text' : 'html')).trim();
  const mode = element.attributes.get('mode')?.trim().toLowerCase();
  const children = elementsOf(element);
  let html: string;
  if (children.length > 0) html = innerMarkup(element, XHTML_TYPES.test(type));
  else if (mode === 'base64' || isOpaque(type)) html = fromBase64(textOf(element)) ?? textOf(element);
  else if (XHTML_TYPES.test(type) && mode !== 'escaped') html = innerMarkup(element, true);
  else if (atom && mode === undefined && PLAIN_TYPES.test(type)) html = escaped(textOf(element));
  else html = textOf(element);
  element.attributes.delete('mode');
  if (atom) element.attributes.set('type', 'html');
  element.children = [base === null ? html : absoluteWithin(html, base)];
}

/** Atom 1.0: any other type than text, HTML and XML is Base64 (RFC 4287 4.1.3.3). */
const isOpaque = (type: string): boolean =>
  type === 'base64' || (/^[\w.+-]+\/[\w.+-]+$/.test(type) && !/^text\/|[+/]xml$/i.test(type));

/** Null where it is no Base64, or holds no text. */
function fromBase64(written: string): string | null {
  const text = written.replace(/\s+/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z\d+/]+={0,2}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The markup between the tags; the `div` that XHTML content is wrapped in is no part of it. */
function innerMarkup(element: MarkupElement, xhtml: boolean): string {
  const nodes = element.children.filter((child) => isElement(child) || child.trim() !== '');
  const [only] = nodes;
  if (xhtml && nodes.length === 1 && only !== undefined && isElement(only) && localName(only) === 'div') {
    return innerMarkup(only, false).trim();
  }
  return element.children.map((node) => writeMarkup(isElement(node) ? withoutNames(node) : node)).join('');
}

/** HTML as a reader of HTML knows it: no prefixes, no declarations of names. */
function withoutNames(element: MarkupElement): MarkupElement {
  return {
    name: localName(element),
    attributes: new Map([...element.attributes].filter(([name]) => !name.startsWith('xmlns'))),
    children: element.children.map((child) => (isElement(child) ? withoutNames(child) : child)),
  };
}

function absoluteWithin(html: string, base: string): string {
  return html.replace(RELATIVE, (_, start: string, double: string | undefined, single: string | undefined) => {
    return `${start}"${absolute(double ?? single ?? '', base)}"`;
  });
}
