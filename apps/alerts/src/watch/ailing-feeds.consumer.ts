import { Controller } from '@nestjs/common';
import { type BatchWork, Consume, type Incoming } from '@themeline/messaging';
import type { DeliveryDocument } from '../alerts.collections';
import { noticesTo } from '../deliveries/channel.notices';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';

/** Tells a feed's owner that it brings nothing: by the channels of those of her subscriptions that watch feeds. */
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
    const occasion = {
      name: `feed|${messageId}`,
      notice: { feed: { id: feedId, name, url }, health, since, reason },
      correlationId,
      revisedAt: new Date(at),
    };
    return noticesTo(await this.subscriptions.watchingFeeds(owner), occasion, new Date());
  }
}
