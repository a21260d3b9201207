import { decodeHTMLStrict } from 'entities';
import { Parser } from 'htmlparser2';
import { type FeedFlaw, NotAFeed, type ReadingLimits } from './feed.types';
import type { MarkupElement } from './markup.tree';

export interface ReadMarkup {
  root: MarkupElement;
  flaws: Set<FeedFlaw>;
}

/** Characters that XML 1.0 does not have. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const REFERENCE = /&(?:#(?:\d{1,8}|[xX][\da-fA-F]{1,6})|[A-Za-z][\w.-]{0,40});/g;
/** A sign beyond U+FFFF as UTF-16 writes it, which XML does not allow. */
const SURROGATES = /&#(5[56]\d{3}|x[dD][89abAB][\da-fA-F]{2});&#(5[67]\d{3}|x[dD][c-fC-F][\da-fA-F]{2});/g;
const PREDEFINED = new Set(['&amp;', '&lt;', '&gt;', '&quot;', '&apos;']);
const PIECE = 64 * 1024;
/** A reference may go on in the next piece. */
const BEGUN_REFERENCE = /&[#\w.-]{0,42}$/;
const NAME = /^[\p{L}_:][\p{L}\p{Nd}_:.\-·]*$/u;
const ROOTS = /<(?:[\w.-]+:)?(?:rss|rdf|feed|channel)[\s>/]/i;

/**
 * Any XML, however broken, as a tree: what is not closed ends with its parent, end tags of nothing are passed over, undeclared entities and
 * bare ampersands stand for themselves. Nothing that a DOCTYPE declares is expanded. Reading stops at a limit, with what was read so far.
 *
 * @throws NotAFeed without any element
 */
export function readMarkup(text: string, limits: ReadingLimits): ReadMarkup {
  const flaws = new Set<FeedFlaw>();
  const clean = text.replace(FORBIDDEN, '');
  if (clean.length !== text.length) flaws.add('control-characters');
  const reader = new TreeReader(flaws, limits);
  reader.read(withCdataClosed(withoutDoctype(fromFirstTag(clean, flaws), flaws), flaws));
  if (reader.root === null) throw new NotAFeed('there is no element in it');
  return { root: reader.root, flaws };
}

/** Warnings of a server's scripts and blank lines stand before many a feed. */
function fromFirstTag(text: string, flaws: Set<FeedFlaw>): string {
  const start = /<(?:\?xml|!DOCTYPE|!--|[A-Za-z_])/i.exec(text)?.index ?? 0;
  const before = text.slice(0, start);
  if (before.trim() !== '' || (before !== '' && text.startsWith('<?xml', start))) flaws.add('text-outside-root');
  const from = text.slice(start);
  if (/^<(?:\?xml|!--|!DOCTYPE|(?:[\w.-]+:)?(?:rss|rdf|feed|channel)[\s>/])/i.test(from)) return from;
  const root = ROOTS.exec(from)?.index;
  // A page is no feed, though one may be quoted in it.
  if (root === undefined || /^\s*<(?:!doctype html|html)/i.test(from)) return from;
  flaws.add('text-outside-root');
  return from.slice(root);
}

/** With its internal subset: `<!DOCTYPE rss [ <!ENTITY … > ]>` */
function withoutDoctype(text: string, flaws: Set<FeedFlaw>): string {
  const start = text.search(/<!DOCTYPE/i);
  if (start < 0) return text;
  const root = text.search(ROOTS);
  if (root >= 0 && root < start) return text;
  flaws.add('doctype');
  let quote = '';
  let inSubset = false;
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '[') inSubset = true;
    else if (sign === ']') inSubset = false;
    else if (sign === '>' && !inSubset) return text.slice(0, start) + text.slice(at + 1);
  }
  return text.slice(0, start);
}

/** What one parser holds open; it takes longer for each the more there are. */
const MOST_UNENDED = 10_000;
const ENTRIES = new Set(['item', 'entry']);
const CDATA = '<![CDATA[';
/** Of CDATA sections that end nowhere; a feed with more is no slip. */
const MOST_REPAIRS = 2_000;

/**
 * A CDATA section that ends nowhere, or only where a later one ends, is taken to end with its element: else it would swallow the entries that
 * follow. `<title><![CDATA[A</title>` → `<title><![CDATA[A]]></title>`
 */
function withCdataClosed(text: string, flaws: Set<FeedFlaw>): string {
  const parts: string[] = [];
  let from = 0;
  let close = 0;
  for (let start = text.indexOf(CDATA), next = 0; start >= 0 && parts.length < MOST_REPAIRS; start = next) {
    next = text.indexOf(CDATA, start + CDATA.length);
    if (close >= 0 && close < start) close = text.indexOf(']]>', start);
    if (close >= 0 && (next < 0 || close < next)) continue;
    const name = /<([\w:.-]+)[^<>]*>\s*$/.exec(text.slice(Math.max(0, start - 200), start))?.[1];
    const section = text.slice(start, next < 0 ? text.length : next);
    const end = name === undefined ? -1 : section.indexOf(`</${name}>`);
    if (end < 0) continue;
    flaws.add('unclosed-element');
    parts.push(text.slice(from, start + end), ']]>');
    from = start + end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}

const codeOf = (written: string): number => (/^x/i.test(written) ? parseInt(written.slice(1), 16) : Number(written));

class TreeReader {
  root: MarkupElement | null = null;
  private readonly open: MarkupElement[] = [];
  /** Of the open elements, as written. */
  private readonly names: string[] = [];
  private elements = 0;
  /** Elements that the parser holds open, those of entries that were ended for it included. */
  private unended = 0;
  private references = 0;
  private endTags = 0;
  private inCdata = false;
  private carried = '';
  private full = false;

  constructor(
    private readonly flaws: Set<FeedFlaw>,
    private readonly limits: ReadingLimits,
  ) {}

  read(text: string): void {
    const parser = new Parser(
      {
        onopentagname: (name) => this.start(name),
        onattribute: (name, value) => this.attribute(name, value),
        onclosetag: (name, implied) => this.end(name, implied && !text.startsWith('/>', parser.endIndex - 1), implied),
        ontext: (data) => this.text(data),
        oncdatastart: () => {
          this.endText();
          this.inCdata = true;
        },
        oncdataend: () => (this.inCdata = false),
      },
      { xmlMode: true, decodeEntities: false },
    );
    // In pieces, so that a feed without end is left at the limit.
    for (let at = 0; at < text.length && !this.full; at += PIECE) parser.write(text.slice(at, at + PIECE));
    if (this.full) this.flaws.add('cut-short');
    else parser.end();
    if (!this.full && this.endTags < countEndTags(text)) this.flaws.add('stray-end-tag');
  }

  private start(name: string): void {
    this.endText();
    this.elements += 1;
    this.unended += 1;
    if (this.unended > MOST_UNENDED) this.full = true;
    if (ENTRIES.has(name.toLowerCase())) this.endUnclosed(name);
    if (this.open.length >= this.limits.depth || this.elements > this.limits.elements) this.full = true;
    if (this.full) return;
    const element: MarkupElement = { name: NAME.test(name) ? name : 'unnamed', attributes: new Map(), children: [] };
    const parent = this.open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (this.root === null) this.root = element;
    // What follows the root is kept within it: items stand after a channel or document that was closed too early.
    else {
      this.flaws.add('text-outside-root');
      this.root.children.push(element);
    }
    this.open.push(element);
    this.names.push(name);
  }

  /** An entry does not begin within another: that one was never closed. */
  private endUnclosed(name: string): void {
    const at = this.names.lastIndexOf(name);
    if (at < 0) return;
    this.flaws.add('unclosed-element');
    this.open.splice(at);
    this.names.splice(at);
  }

  private attribute(name: string, value: string): void {
    const attributes = this.open.at(-1)?.attributes;
    if (this.full || attributes === undefined) return;
    if (NAME.test(name) && !attributes.has(name) && attributes.size < this.limits.attributes) {
      attributes.set(name, this.decoded(value));
    } else this.flaws.add('bad-attribute');
  }

  /** `implied`: without an end tag of its own; `unclosed`: and not written as `<a/>`. */
  private end(name: string, unclosed: boolean, implied: boolean): void {
    this.endText();
    this.unended -= 1;
    // Ended already, when the next entry began within it.
    if (this.full || this.names.at(-1) !== name) return;
    this.open.pop();
    this.names.pop();
    if (unclosed) this.flaws.add('unclosed-element');
    if (!implied) this.endTags += 1;
  }

  private text(data: string): void {
    if (this.inCdata) {
      this.add(data);
      return;
    }
    const raw = this.carried + data;
    this.carried = BEGUN_REFERENCE.exec(raw)?.[0] ?? '';
    this.add(this.decoded(raw.slice(0, raw.length - this.carried.length)));
  }

  private endText(): void {
    const { carried } = this;
    this.carried = '';
    if (carried !== '') this.add(this.decoded(carried));
  }

  private add(text: string): void {
    if (this.full || text === '') return;
    const parent = this.open.at(-1);
    if (parent === undefined) {
      if (text.trim() !== '') this.flaws.add('text-outside-root');
      return;
    }
    const last = parent.children.at(-1);
    if (typeof last === 'string') parent.children[parent.children.length - 1] = last + text;
    else parent.children.push(text);
  }

  private decoded(text: string): string {
    if (!text.includes('&')) return text;
    let plain = 0;
    const joined = text.replace(SURROGATES, (pair, high: string, low: string) => {
      const sign = String.fromCharCode(codeOf(high), codeOf(low));
      if (!sign.isWellFormed()) return pair;
      this.flaws.add('unknown-entity');
      return sign;
    });
    const decoded = joined.replace(REFERENCE, (reference) => {
      plain += 1;
      const value = decodeHTMLStrict(reference);
      // Escaped HTML is full of these.
      if (PREDEFINED.has(reference)) return value;
      this.references += 1;
      if (this.references > this.limits.references) this.full = true;
      if (value === reference || !reference.startsWith('&#')) this.flaws.add('unknown-entity');
      return value.replace(FORBIDDEN, '');
    });
    if (plain < joined.split('&').length - 1) this.flaws.add('bare-ampersand');
    return decoded;
  }
}

/** End tags outside comments and CDATA. */
function countEndTags(text: string): number {
  let count = 0;
  for (const [match] of text.matchAll(/<!\[CDATA\[[^]*?(?:\]\]>|$)|<!--[^]*?(?:-->|$)|<\/[^\s<>]/g)) {
    if (match.startsWith('</')) count += 1;
  }
  return count;
}
