import { deriveId } from '@themeline/contracts';
import { type DeliveryDocument, isSent, type SubscriptionDocument } from '../alerts.collections';
import { addressOf, referTo } from '../channels/channel.routes';
import { freshDelivery } from './fresh.delivery';

/** What there is to tell that is no alert. */
interface Occasion extends Pick<DeliveryDocument, 'notice' | 'correlationId' | 'revisedAt'> {
  /** Names it: the same again is told nobody twice. */
  name: string;
  /** A channel, and with it an address, that is not told. */
  except?: string;
}

/**
 * Deliveries of one notice to all channels of these subscriptions that may be sent to, each address once. Cadences and quiet
 * hours are for news; a notice is sent at once.
 */
export function noticesTo(
  subscriptions: readonly SubscriptionDocument[],
  { name, except, ...given }: Occasion,
  now: Date,
): DeliveryDocument[] {
  const channels = subscriptions.flatMap((subscription) =>
    subscription.channels.map((channel) => ({
      channel,
      subscriptionId: subscription._id,
      address: addressOf(channel),
    })),
  );
  const told = new Set(channels.filter(({ channel }) => channel.id === except).map(({ address }) => address));
  return channels.flatMap(({ channel, subscriptionId, address }) => {
    if (!isSent(channel) || channel.state !== 'active' || address === null || told.has(address)) return [];
    told.add(address);
    const { host } = referTo(channel, null);
    const id = deriveId('dlv', channel.id, name);
    return [freshDelivery(id, now, { ...given, purpose: 'notice', subscriptionId, channelId: channel.id, host })];
  });
}
