import { cleanLine } from './clean.text';
import { type DigestItem, layOut, type Telling } from './digest.layout';

/** What a webhook of Discord takes. */
export interface DiscordMessage {
  content?: string;
  embeds?: DiscordEmbed[];
  /** Whatever a text says, nobody is called. */
  allowed_mentions: { parse: [] };
}

interface DiscordEmbed {
  title: string;
  url?: string;
  description: string;
  author?: { name: string };
}

/** https://discord.com/developers/docs/resources/message: ten embeds of together 6,000 characters, and these of each. */
export const DISCORD_EMBEDS = 10;
const TITLE_LENGTH = 256;
const DESCRIPTION_LENGTH = 260;
const AUTHOR_LENGTH = 60;
const CONTENT_LENGTH = 2_000;

/** At most DISCORD_EMBEDS alerts. */
export function discordOfAlerts(subscription: string, tellings: readonly Telling[]): DiscordMessage {
  const embeds = layOut(tellings).flatMap(({ theme, items }) =>
    items.map((item) => ({
      ...embedOf(item),
      ...(theme === null ? {} : { author: { name: cleanLine(theme, AUTHOR_LENGTH) } }),
    })),
  );
  const title = tellings.length === 1 ? subscription : `${String(tellings.length)} developments: ${subscription}`;
  return { content: fit(title, 250), embeds, allowed_mentions: { parse: [] } };
}

export const discordOfNotice = (subscription: string, notice: string): DiscordMessage => ({
  content: fit(`${subscription}: ${notice}`, CONTENT_LENGTH),
  allowed_mentions: { parse: [] },
});

/** Text in which no sign of Discord's Markdown has its meaning. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_~`|>#\-[\]()@<:]/g, '\\$&');
}

function embedOf(item: DigestItem): DiscordEmbed {
  const url = item.sources.find((source) => source.url !== null)?.url ?? null;
  const names = [
    ...item.sources.map(({ name }) => name),
    ...(item.moreSources === 0 ? [] : [`and ${String(item.moreSources)} more`]),
  ];
  return {
    title: fit(`${item.label}: ${item.headline}`, TITLE_LENGTH),
    ...(url === null ? {} : { url }),
    description: `${fit(item.date, 110)}\n${fit(names.join(', '), DESCRIPTION_LENGTH - 111)}`,
  };
}

/** Escaped and, so, at most so long. */
function fit(text: string, max: number): string {
  for (let length = max; ; length -= 8) {
    const escaped = escapeMarkdown(cleanLine(text, length));
    if (escaped.length <= max) return escaped;
  }
}
