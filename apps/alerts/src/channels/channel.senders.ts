import { Injectable } from '@nestjs/common';
import type { SendingChannel } from '../alerts.collections';
import type { ChannelSender, Message, Outcome } from './channel.sender';
import { WebhookSender } from './webhook.sender';

/** The sender of each channel type. */
@Injectable()
export class ChannelSenders implements ChannelSender {
  constructor(private readonly webhook: WebhookSender) {}

  send(message: Message, channel: SendingChannel): Promise<Outcome> {
    switch (channel.type) {
      case 'webhook':
        return this.webhook.send(message, channel);
      case 'email':
      case 'slack':
      case 'discord':
        throw new Error(`no sender for the channel type '${channel.type}'`);
    }
  }
}
