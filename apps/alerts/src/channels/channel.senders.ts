import { Injectable } from '@nestjs/common';
import type { SendingChannel } from '../alerts.collections';
import type { ChannelSender, Message, Outcome } from './channel.sender';
import { EmailSender } from './email.sender';
import { DiscordSender, SlackSender } from './messenger.senders';
import { WebhookSender } from './webhook.sender';

/** The sender of each channel type. */
@Injectable()
export class ChannelSenders implements ChannelSender {
  constructor(
    private readonly webhook: WebhookSender,
    private readonly email: EmailSender,
    private readonly slack: SlackSender,
    private readonly discord: DiscordSender,
  ) {}

  send(message: Message, channel: SendingChannel): Promise<Outcome> {
    switch (channel.type) {
      case 'webhook':
        return this.webhook.send(message, channel);
      case 'email':
        return this.email.send(message, channel);
      case 'slack':
        return this.slack.send(message, channel);
      case 'discord':
        return this.discord.send(message, channel);
    }
  }
}
