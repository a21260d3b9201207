import { type LinkPurpose, signLink } from '@themeline/delivery';
import type { EmailChannel } from '../alerts.collections';
import type { MailSettings } from './mail.settings';

const DAY_MS = 86_400_000;

/** Agrees to the subscription; good for some days after the mail was asked for. */
export function confirmLink(settings: MailSettings, channel: EmailChannel, address: string, askedAt: Date): string {
  const until = new Date(askedAt.getTime() + settings.confirmDays * DAY_MS);
  return link(settings, channel, address, 'confirm', until);
}

/** Ends the subscription of this address; good for as long as there is one. */
export function unsubscribeLink(settings: MailSettings, channel: EmailChannel, address: string): string {
  return link(settings, channel, address, 'unsubscribe', null);
}

function link(
  { publicUrl }: MailSettings,
  { id: channelId, linkSecret }: EmailChannel,
  address: string,
  purpose: LinkPurpose,
  until: Date | null,
): string {
  return `${publicUrl}/v1/open/mail/${channelId}/${purpose}/${signLink(linkSecret, { purpose, channelId, address }, until)}`;
}
