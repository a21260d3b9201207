import type { TimelineEvent, WebhookBody } from '@themeline/contracts';
import type { AlertDocument, ChannelDocument, SubscriptionDocument } from '../alerts.collections';

/** The body of an alert's webhook. `{"type":"event.recorded","timestamp":"…","data":{"alert":…,"event":…,"subscription":…}}` */
export function alertBody(alert: AlertDocument, event: TimelineEvent, subscription: SubscriptionDocument): string {
  const body: WebhookBody = {
    type: `event.${alert.development}`,
    timestamp: alert.at.toISOString(),
    data: {
      alert: { id: alert._id, development: alert.development, revision: alert.revision, why: alert.why },
      event,
      subscription: { id: subscription._id, name: subscription.name },
    },
  };
  return JSON.stringify(body);
}

/** The body of a test message: signed and sent like any other, with no event in it. */
export function testBody(subscription: SubscriptionDocument, channel: ChannelDocument, now: Date): string {
  return JSON.stringify({
    type: 'subscription.test',
    timestamp: now.toISOString(),
    data: { subscription: { id: subscription._id, name: subscription.name }, channel: { id: channel.id } },
  });
}

/** Where and how a channel takes its messages. */
export function addressOf(channel: ChannelDocument) {
  return {
    url: channel.url,
    headers: Object.fromEntries(channel.headers.map(({ name, value }) => [name, value])),
    secrets: channel.secrets,
  };
}
