import { Inject, Injectable } from '@nestjs/common';
import { classifyAnswer, sendWebhook } from '@themeline/delivery';
import { OutboundGuard } from '@themeline/outbound';
import type { WebhookChannel } from '../alerts.collections';
import { DELIVERY_SETTINGS, type DeliverySettings } from '../deliveries/delivery.settings';
import type { ChannelSender, Message, Outcome } from './channel.sender';
import { webhookText } from './webhook.content';

/** Signed posts as Standard Webhooks has them. */
@Injectable()
export class WebhookSender implements ChannelSender<WebhookChannel> {
  constructor(
    private readonly guard: OutboundGuard,
    @Inject(DELIVERY_SETTINGS) private readonly settings: DeliverySettings,
  ) {}

  async send(message: Message, channel: WebhookChannel): Promise<Outcome> {
    const { url, secrets } = channel;
    const headers = Object.fromEntries(channel.headers.map(({ name, value }) => [name, value]));
    const body = webhookText(message, channel.id);
    const posted = { id: message.id, url, headers, secrets, body };
    const answer = await sendWebhook(this.guard, posted, () => new Date(), this.settings.timeoutMs);
    return { ...answer, verdict: classifyAnswer(answer) };
  }
}
