import { type ChannelDocument, type ChannelRef, isSent, type SendingChannel } from '../alerts.collections';

/** Messages an hour that a person should get at most, unless the subscription says otherwise. */
const LIMIT_FOR_PEOPLE = 30;

/** Messages an hour to a channel of this type; null: no limit. */
export function limitOf({ type }: Pick<ChannelDocument, 'type'>, maxAlertsPerHour: number | null): number | null {
  switch (type) {
    case 'webhook':
      return maxAlertsPerHour;
    case 'email':
    case 'slack':
    case 'discord':
      return maxAlertsPerHour ?? LIMIT_FOR_PEOPLE;
    case 'feed':
    case 'stream':
      return null;
  }
}

/** How alerts of a subscription with this limit reach the channel. */
export function referTo(channel: ChannelDocument, maxAlertsPerHour: number | null): ChannelRef {
  const { id } = channel;
  if (!isSent(channel)) return { id, host: '', route: channel.type === 'stream' ? 'gathered' : 'fetched' };
  const { cadence, quietHours } = channel;
  const atOnce = cadence.mode === 'immediate' && quietHours === null && limitOf(channel, maxAlertsPerHour) === null;
  return { id, host: hostOf(channel), route: atOnce ? 'direct' : 'gathered' };
}

/** `hooks.example:8443`; all mail goes to the operator's one server. */
function hostOf(channel: SendingChannel): string {
  return channel.type === 'email' ? 'mail' : new URL(channel.url).host;
}

/** Under another address it is another receiver. Null where nothing is sent, or nowhere any more. */
export function addressOf(channel: ChannelDocument): string | null {
  if (!isSent(channel)) return null;
  return channel.type === 'email' ? channel.address : channel.url;
}
