import { decodeHTMLStrict } from 'entities';

const BLOCK = /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|hr)\b[^>]*>/gi;
const TAG = /<!--[^]*?-->|<\/?[a-z][a-z0-9:-]*(?:\s[^<>]*)?\/?>/gi;

/** The words of a piece of HTML on one line: `5 &lt; 7 <b>now</b>` → `5 < 7 now`. Null when there are none. */
export function plainText(html: string | null | undefined): string | null {
  if (html === null || html === undefined) return null;
  const text = decodeHTMLStrict(html.replace(BLOCK, ' ').replace(TAG, ''));
  return text.replace(/\s+/g, ' ').trim() || null;
}

const PARAGRAPH = /<(?:\/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|hr|pre)\b[^>]*|br\s*\/?)>/gi;
const UNREAD = /<(script|style|template|noscript)\b[^>]*>[^]*?(?:<\/\1\s*>|$)/gi;

/** The text of a piece of HTML, a paragraph a line; '' when there is none. */
export function paragraphs(html: string | null): string {
  if (html === null) return '';
  return html
    .replace(UNREAD, ' ')
    .replace(/\s+/g, ' ')
    .split(PARAGRAPH)
    .map((part) => plainText(part))
    .filter((line) => line !== null)
    .join('\n');
}
