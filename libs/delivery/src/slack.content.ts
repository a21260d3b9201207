import type { KnownBlock } from '@slack/types';
import { cleanLine } from './clean.text';
import { type DigestItem, layOut, type Telling } from './digest.layout';

/** What an incoming webhook of Slack takes. `text` is what notifications show. */
export interface SlackMessage {
  text: string;
  blocks: KnownBlock[];
  unfurl_links: false;
  unfurl_media: false;
}

/** https://docs.slack.dev/reference/block-kit/blocks: characters of a section and of a header. */
const SECTION_LENGTH = 3_000;
const HEADER_LENGTH = 150;
/** So many items are told with their sources, the others in a line each: with both a message stays under 50 blocks. */
const LINKED_ITEMS = 25;
const LINK_LENGTH = 500;

/** At most 100 alerts. */
export function slackOfAlerts(subscription: string, tellings: readonly Telling[]): SlackMessage {
  const sections: string[] = [];
  let place = 0;
  for (const { theme, items } of layOut(tellings)) {
    const parts = items.map((item) => ((place += 1) <= LINKED_ITEMS ? inFull(item) : inShort(item)));
    const [first = '', ...others] = parts;
    // A theme's name stays with what follows it.
    for (const part of [theme === null ? first : `*${escapeMrkdwn(theme)}*\n${first}`, ...others]) {
      const last = sections.at(-1);
      if (last === undefined || last.length + part.length + 1 > SECTION_LENGTH) sections.push(part);
      else sections[sections.length - 1] = `${last}\n${part}`;
    }
  }
  const title = tellings.length === 1 ? subscription : `${String(tellings.length)} developments: ${subscription}`;
  return slackMessage(title, sections);
}

export const slackOfNotice = (subscription: string, notice: string): SlackMessage =>
  slackMessage(subscription, [escapeMrkdwn(cleanLine(notice, 1_000))]);

/**
 * Text in which nothing is a mention, a link or a control sequence: those all begin with `<`.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function slackMessage(title: string, sections: readonly string[]): SlackMessage {
  const header = cleanLine(title, HEADER_LENGTH);
  return {
    text: escapeMrkdwn(header),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: header, emoji: false } },
      // Verbatim: bare names such as @here and addresses stay text.
      ...sections.map((text): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function inFull(item: DigestItem): string {
  const sources = item.sources.map(({ name, url }) =>
    url === null || url.length > LINK_LENGTH
      ? escapeMrkdwn(name)
      : `<${linkTarget(url)}|${escapeMrkdwn(name).replaceAll('|', '¦')}>`,
  );
  const more = item.moreSources === 0 ? [] : [`and ${String(item.moreSources)} more`];
  return [inShort(item), [...sources, ...more].join(', ')].filter((line) => line !== '').join('\n');
}

function inShort({ label, headline, date }: DigestItem): string {
  return `• ${label}: ${escapeMrkdwn(headline)} (${escapeMrkdwn(date)})`;
}

/** A parsed address has neither spaces nor angle brackets; a bar would end it. */
const linkTarget = (url: string): string => escapeMrkdwn(url.replaceAll('|', '%7C'));
