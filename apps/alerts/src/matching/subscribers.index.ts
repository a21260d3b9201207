import type { Development, Why } from '@themeline/contracts';
import { GradualMap, type MatchableEvent, SubscriptionIndex } from '@themeline/matching';
import { referTo } from '../channels/channel.routes';
import type { ChannelRef, SubscriptionDocument } from '../alerts.collections';

/** What of a subscription is needed to make its alerts. */
export interface Subscriber {
  id: string;
  developments: readonly Development[];
  onBackfill: SubscriptionDocument['onBackfill'];
  channels: ChannelRef[];
}

/** With those of its channels that are open. */
export function subscriberOf(subscription: SubscriptionDocument): Subscriber {
  const { _id: id, developments, onBackfill, maxAlertsPerHour, channels } = subscription;
  return {
    id,
    developments,
    onBackfill,
    channels: channels
      .filter((channel) => channel.state === 'active')
      .map((channel) => referTo(channel, maxAlertsPerHour)),
  };
}

/** Subscribers and what they want, in memory: the one matcher of alerts, of previews and of what is told of the past. */
export class Subscribers {
  private readonly index = new SubscriptionIndex();
  private readonly subscribers = new GradualMap<Subscriber>();

  get size(): number {
    return this.index.size;
  }

  /** Memory outside of the heap. */
  get bytes(): number {
    return this.index.bytes;
  }

  set(subscriber: Subscriber, match: SubscriptionDocument['match']): void {
    this.index.upsert({ id: subscriber.id, match });
    this.subscribers.set(subscriber.id, subscriber);
  }

  delete(id: string): void {
    this.index.remove(id);
    this.subscribers.delete(id);
  }

  get(id: string): Subscriber | undefined {
    return this.subscribers.get(id);
  }

  /** Everybody who wants the event. */
  match(event: MatchableEvent): Subscriber[] {
    return this.index.match(event).flatMap((id) => this.subscribers.get(id) ?? []);
  }

  matches(id: string, event: MatchableEvent): boolean {
    return this.index.matches(id, event);
  }

  why(id: string, event: MatchableEvent): Why {
    return this.index.why(id, event);
  }
}
