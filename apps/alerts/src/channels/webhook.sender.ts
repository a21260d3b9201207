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
    const { url } = channel;
    const secrets = inForce(channel, new Date());
    const headers = Object.fromEntries(channel.headers.map(({ name, value }) => [name, value]));
    const body = webhookText(message, channel.id);
    const posted = { id: message.id, url, headers, secrets, body };
    const answer = await sendWebhook(this.guard, posted, () => new Date(), this.settings.timeoutMs);
    return { ...answer, verdict: classifyAnswer(answer) };
  }
}

/** How long a receiver has to take the new secret in. */
const OVERLAP_MS = 24 * 3_600_000;

function inForce({ secrets, rotatedAt }: WebhookChannel, now: Date): string[] {
  const isOver = rotatedAt === null || now.getTime() - rotatedAt.getTime() > OVERLAP_MS;
  return isOver ? secrets.slice(0, 1) : secrets;
}
