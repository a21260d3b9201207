import { Controller } from '@nestjs/common';
import { deriveId } from '@themeline/contracts';
import { type BatchWork, Consume, type Incoming } from '@themeline/messaging';
import { type DeliveryDocument, isSent } from '../alerts.collections';
import { addressOf, referTo } from '../channels/channel.routes';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { freshDelivery } from '../deliveries/fresh.delivery';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';

/**
 * Tells a feed's owner that it brings nothing: by the channels of those of her subscriptions that watch feeds, each address once. Cadences
 * and quiet hours are for news; a notice is sent at once.
 */
@Controller()
export class AilingFeedsConsumer {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly deliveries: DeliveriesRepository,
  ) {}

  @Consume('alerts-feeds')
  async tell(messages: Incoming<'feed.ailed'>[]): Promise<BatchWork> {
    const notices: DeliveryDocument[] = [];
    for (const message of messages) notices.push(...(await this.noticesOf(message)));
    return {
      commit: async (session) => {
        for (const notice of notices) await this.deliveries.insertWith(session, notice);
      },
    };
  }

  private async noticesOf({ messageId, payload, correlationId }: Incoming<'feed.ailed'>): Promise<DeliveryDocument[]> {
    const { feedId, owner, name, url, health, since, reason, at } = payload;
    const now = new Date();
    const told = new Set<string>();
    const notices: DeliveryDocument[] = [];
    for (const subscription of await this.subscriptions.watchingFeeds(owner)) {
      for (const channel of subscription.channels) {
        const address = addressOf(channel);
        if (!isSent(channel) || channel.state !== 'active' || address === null || told.has(address)) continue;
        told.add(address);
        notices.push(
          freshDelivery(deriveId('dlv', channel.id, 'feed', messageId), now, {
            purpose: 'notice',
            notice: { feed: { id: feedId, name, url }, health, since, reason },
            subscriptionId: subscription._id,
            channelId: channel.id,
            host: referTo(channel, null).host,
            correlationId,
            revisedAt: new Date(at),
          }),
        );
      }
    }
    return notices;
  }
}
