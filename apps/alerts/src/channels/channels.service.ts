import { Injectable } from '@nestjs/common';
import type { ChannelOut } from '@themeline/contracts';
import { generateSecret } from '@themeline/delivery';
import { conflict, notFound } from '@themeline/http';
import type { ChannelDocument, SubscriptionDocument } from '../alerts.collections';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { fetchSecret, hashSecret, presentChannel } from './channel.factory';
import { Confirmations } from './confirmations';

/** What an owner does with one channel. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly confirmations: Confirmations,
  ) {}

  /** A new secret. Throws a 404 or, where there is none to change, a 409. */
  async rotate(owner: string, id: string, channelId: string): Promise<ChannelOut> {
    const { channel } = await this.owned(owner, id, channelId);
    if (!('secrets' in channel) && !('secretHash' in channel)) {
      throw conflict(`a channel of the type '${channel.type}' has no secret of ours`);
    }
    const now = new Date();
    const secret = channel.type === 'webhook' ? generateSecret() : fetchSecret();
    const changed = await this.subscriptions.change({ id, owner }, ({ channels }) => ({
      channels: channels.map((present) => (present.id === channelId ? withSecret(present, secret, now) : present)),
      updatedAt: now,
    }));
    const rotated = changed?.channels.find((present) => present.id === channelId);
    if (rotated === undefined) throw notFound(`no such channel: '${channelId}'`);
    return presentChannel(rotated, secret);
  }

  /** Another mail with a fresh link. Throws a 404, a 409 where nothing is to be confirmed, or a 429. */
  async askAgain(owner: string, id: string, channelId: string): Promise<ChannelOut> {
    const { channel } = await this.owned(owner, id, channelId);
    if (channel.type !== 'email' || channel.state !== 'unconfirmed') {
      throw conflict(`the channel '${channelId}' is ${channel.state}: there is nothing to confirm`);
    }
    await this.confirmations.allow([channel]);
    await this.confirmations.ask(id, [], [channel], String(Date.now()));
    return presentChannel(channel);
  }

  private async owned(
    owner: string,
    id: string,
    channelId: string,
  ): Promise<{ subscription: SubscriptionDocument; channel: ChannelDocument }> {
    const subscription = await this.subscriptions.findOwned(owner, id);
    if (subscription === null) throw notFound(`no such subscription: '${id}'`);
    const channel = subscription.channels.find((present) => present.id === channelId);
    if (channel === undefined) throw notFound(`no such channel: '${channelId}'`);
    return { subscription, channel };
  }
}

function withSecret(channel: ChannelDocument, secret: string, now: Date): ChannelDocument {
  switch (channel.type) {
    case 'webhook':
      return { ...channel, secrets: [secret, ...channel.secrets.slice(0, 1)], rotatedAt: now };
    case 'feed':
    case 'stream':
      return { ...channel, secretHash: hashSecret(secret) };
    case 'email':
    case 'slack':
    case 'discord':
      return channel;
  }
}
