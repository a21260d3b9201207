import { Injectable } from '@nestjs/common';
import { type LinkPurpose, verifyLink } from '@themeline/delivery';
import type { EmailChannel, SubscriptionDocument } from '../alerts.collections';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { GatheringRepository } from '../digests/gathering.repository';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';

/** What a link in a mail meets with. `gone`: there is nothing left that it could be about. */
export type LinkStanding =
  | { state: 'good'; subscription: SubscriptionDocument; channel: EmailChannel }
  | { state: 'expired' | 'forged' | 'gone' };

/** What the reader of a mail can do without a login: agree, and leave. */
@Injectable()
export class MailService {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly gathering: GatheringRepository,
  ) {}

  async look(channelId: string, purpose: LinkPurpose, token: string): Promise<LinkStanding> {
    const subscription = await this.subscriptions.findByChannel(channelId);
    const channel = subscription?.channels.find(({ id }) => id === channelId);
    if (!subscription || channel?.type !== 'email' || channel.address === null) return { state: 'gone' };
    const { address, linkSecret } = channel;
    const state = verifyLink(linkSecret, { purpose, channelId, address }, token, new Date());
    return state === 'good' ? { state, subscription, channel } : { state };
  }

  /** The address agrees; again is as good as once. */
  async confirm(channelId: string, token: string): Promise<LinkStanding> {
    const standing = await this.look(channelId, 'confirm', token);
    if (standing.state === 'good' && standing.channel.state === 'unconfirmed') {
      await this.change(standing, (channel) =>
        channel.state === 'unconfirmed' ? { ...channel, state: 'active' as const } : channel,
      );
    }
    return standing;
  }

  /** The address wants no more: it is forgotten, and what waits for it is given up. */
  async unsubscribe(channelId: string, token: string): Promise<LinkStanding> {
    const standing = await this.look(channelId, 'unsubscribe', token);
    if (standing.state !== 'good') return standing;
    await this.change(standing, (channel) => ({
      ...channel,
      state: 'unsubscribed' as const,
      disabledReason: 'unsubscribed by its reader',
      address: null,
    }));
    await this.deliveries.cancelPending(standing.subscription._id, channelId);
    await this.gathering.stirAll(standing.subscription._id, new Date());
    return standing;
  }

  /** Another address under the same id is another reader's business. */
  private async change(
    { subscription, channel }: Extract<LinkStanding, { state: 'good' }>,
    change: (channel: EmailChannel) => EmailChannel,
  ): Promise<void> {
    await this.subscriptions.change({ id: subscription._id }, ({ channels }) => ({
      channels: channels.map((present) =>
        present.id === channel.id && present.type === 'email' && present.address === channel.address
          ? change(present)
          : present,
      ),
      updatedAt: new Date(),
    }));
  }
}
