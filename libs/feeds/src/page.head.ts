import { Parser } from 'htmlparser2';
import { decodeText } from './charset.reader';
import { absolute } from './feed.preparer';
import type { FeedBytes } from './feed.reader';
import { paragraphs, withoutCode } from './plain.text';

export interface PageHead {
  /** The page decoded, without scripts and styles. */
  html: string;
  /** All of its text, a paragraph a line. */
  text: string;
  /** What the page calls its address, absolute; null when it says nothing, or names another site. */
  canonical: string | null;
}

const META_CHARSET = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i;

/** Text and address of an HTML page. Its own address is believed within its site only: nobody may speak for another's articles. */
export function readPageHead({ bytes, contentType, url }: FeedBytes): PageHead {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4_096)).toString('latin1');
  const named = /charset/i.test(contentType ?? '') ? undefined : META_CHARSET.exec(start)?.[1];
  const { text } = decodeText(bytes, named === undefined ? contentType : `text/html; charset=${named}`);
  let linked: string | undefined;
  let shared: string | undefined;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'link' && /\bcanonical\b/i.test(attributes.rel ?? '')) linked ??= attributes.href;
      if (name === 'meta' && attributes.property === 'og:url') shared ??= attributes.content;
    },
  });
  parser.end(text);
  const given = (linked ?? shared ?? '').trim();
  const address = given === '' ? null : absolute(given, url);
  const html = withoutCode(text);
  return { html, text: paragraphs(html), canonical: address !== null && isSameSite(address, url) ? address : null };
}

/** `www.`, `m.` and `amp.` are one site with the bare name. */
function isSameSite(address: string, url: string | null): boolean {
  if (url === null || !URL.canParse(address) || !URL.canParse(url)) return false;
  const bare = (of: string): string => new URL(of).hostname.replace(/^(?:www|m|mobile|amp)\./, '');
  return /^https?:$/.test(new URL(address).protocol) && bare(address) === bare(url);
}
