import type { WebhookBody, WebhookDigestBody } from '@themeline/contracts';
import type { AlertDocument } from '../alerts.collections';
import type { Message, ToldAlert } from './channel.sender';

/**
 * What a message says, as JSON. One alert: `{"type":"event.recorded","timestamp":"…","data":{"alert":…,"event":…,"subscription":…}}`;
 * several: `{"type":"digest", …,"data":{"alerts":[{"alert":…,"event":…}],"subscription":…}}`.
 */
export function webhookText(message: Message, channelId: string): string {
  return JSON.stringify(bodyOf(message, channelId));
}

function bodyOf({ content, subscription, at }: Message, channelId: string): object {
  const timestamp = at.toISOString();
  const from = { subscription: { id: subscription._id, name: subscription.name } };
  switch (content.purpose) {
    case 'alerts':
      return alertsBody(content.told, from, timestamp);
    case 'notice': {
      if ('feed' in content.notice)
        return { type: `feed.${content.notice.health}`, timestamp, data: { ...from, ...content.notice } };
      const { channel, reason } = content.notice;
      return { type: 'channel.disabled', timestamp, data: { ...from, channel, reason } };
    }
    case 'test':
    case 'confirmation':
      return { type: `subscription.${content.purpose}`, timestamp, data: { ...from, channel: { id: channelId } } };
  }
}

function alertsBody(
  told: readonly ToldAlert[],
  from: Pick<WebhookBody['data'], 'subscription'>,
  timestamp: string,
): WebhookBody | WebhookDigestBody {
  const [first, ...others] = told;
  if (first !== undefined && others.length === 0) {
    const { alert, event } = first;
    return {
      type: `event.${alert.development}`,
      timestamp: alert.at.toISOString(),
      data: { alert: outOf(alert), event, ...from },
    };
  }
  const alerts = told.map(({ alert, event }) => ({ alert: outOf(alert), event }));
  return { type: 'digest', timestamp, data: { alerts, ...from } };
}

const outOf = ({ _id: id, development, revision, why }: AlertDocument) => ({ id, development, revision, why });
