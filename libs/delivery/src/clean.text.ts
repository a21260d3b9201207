/** Control characters, line and paragraph separators, and the marks that turn the direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/**
 * Any text as one line of at most `max` characters (UTF-16 units), nothing in it that could end a line or turn it round.
 * `cleanLine('A\r\nBcc: x', 20)` → `A Bcc: x`
 */
export function cleanLine(text: string, max: number): string {
  const line = text.toWellFormed().replace(UNPRINTABLE, ' ').replace(/\s+/gu, ' ').trim();
  if (line.length <= max) return line;
  // Not through the middle of a pair of surrogates.
  return `${line
    .slice(0, max - 1)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd()}…`;
}

/** An address that may be put into a link: http or https, at most `max` characters as it is sent. Null otherwise. */
export function safeLink(url: string | null | undefined, max = 2_000): string | null {
  if (url === null || url === undefined || !URL.canParse(url)) return null;
  const { href, protocol } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && href.length <= max ? href : null;
}
