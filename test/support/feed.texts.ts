export interface FeedTextItem {
  guid?: string;
  link?: string;
  title?: string;
  text?: string;
  /** RFC 822 */
  date?: string;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`;

/** An RSS 2.0 feed of invented items. `extra` goes into the channel: `<ttl>60</ttl>` */
export function rss(items: readonly FeedTextItem[], extra = ''): string {
  const written = items.map(
    ({ guid, link, title, text, date }) =>
      `<item>${element('title', title)}${element('link', link)}${guid === undefined ? '' : `<guid isPermaLink="false">${escaped(guid)}</guid>`}` +
      `${element('description', text)}${element('pubDate', date)}</item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title><link>http://feeds.example/</link>${extra}${written.join('')}</channel></rss>`;
}
