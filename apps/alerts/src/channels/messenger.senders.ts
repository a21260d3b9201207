import { Inject, Injectable } from '@nestjs/common';
import {
  classifyMessengerAnswer,
  discordOfAlerts,
  discordOfNotice,
  post,
  slackOfAlerts,
  slackOfNotice,
} from '@themeline/delivery';
import { OutboundGuard } from '@themeline/outbound';
import type { DiscordChannel, SlackChannel } from '../alerts.collections';
import { DELIVERY_SETTINGS, type DeliverySettings } from '../deliveries/delivery.settings';
import type { ChannelSender, Message, Outcome } from './channel.sender';
import { noticeText, tellingsOf } from './message.words';

/** JSON to the incoming webhook of a messenger. */
@Injectable()
export class MessengerPost {
  constructor(
    private readonly guard: OutboundGuard,
    @Inject(DELIVERY_SETTINGS) private readonly settings: DeliverySettings,
  ) {}

  async send(url: string, message: object): Promise<Outcome> {
    const headers = (): Record<string, string> => ({ 'user-agent': 'Themeline/1' });
    const posted = { url, headers, body: JSON.stringify(message) };
    const answer = await post(this.guard, posted, () => new Date(), this.settings.timeoutMs);
    return { ...answer, verdict: classifyMessengerAnswer(answer) };
  }
}

/** Slack, and what takes messages as Slack does. */
@Injectable()
export class SlackSender implements ChannelSender<SlackChannel> {
  constructor(private readonly http: MessengerPost) {}

  send({ subscription: { name }, content }: Message, { url }: SlackChannel): Promise<Outcome> {
    const message =
      content.purpose === 'alerts'
        ? slackOfAlerts(name, tellingsOf(content))
        : slackOfNotice(name, noticeText(content));
    return this.http.send(url, message);
  }
}

@Injectable()
export class DiscordSender implements ChannelSender<DiscordChannel> {
  constructor(private readonly http: MessengerPost) {}

  send({ subscription: { name }, content }: Message, { url }: DiscordChannel): Promise<Outcome> {
    const message =
      content.purpose === 'alerts'
        ? discordOfAlerts(name, tellingsOf(content))
        : discordOfNotice(name, noticeText(content));
    return this.http.send(url, message);
  }
}
