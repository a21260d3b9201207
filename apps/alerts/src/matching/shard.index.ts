import type { Development, Why } from '@themeline/contracts';
import { GradualMap, type MatchableEvent, SubscriptionIndex } from '@themeline/matching';
import { setImmediate } from 'node:timers/promises';
import { type ChannelRef, type SubscriptionDocument, TOMBSTONE_DAYS } from '../alerts.collections';
import { indexBytes, indexed } from '../alerts.metrics';
import { referTo } from '../channels/channel.routes';
import type { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';

/** What of a subscription is needed to make its alerts. */
export interface Subscriber {
  id: string;
  developments: readonly Development[];
  onBackfill: 'none' | 'all';
  channels: ChannelRef[];
}

/** After so long without a look, removals may have been forgotten: then everything is read anew. */
const TRUSTED_MS = (TOMBSTONE_DAYS / 2) * 86_400_000;

/** So many subscriptions are filed before other work gets its turn: a few milliseconds. */
const SLICE = 100;

/** The active subscriptions of one shard, in memory, brought up to date on demand. */
export class ShardIndex {
  private index = new SubscriptionIndex();
  private subscribers = new GradualMap<Subscriber>();
  /** All changes up to this number are in; null: not loaded. */
  private appliedUpTo: number | null = null;
  private lookedAt = 0;

  constructor(
    private readonly shard: number,
    private readonly subscriptions: SubscriptionsRepository,
  ) {}

  /** Takes in every change that was committed before the call. */
  async refresh(now: number): Promise<void> {
    if (now - this.lookedAt > TRUSTED_MS) this.appliedUpTo = null;
    const committed = await this.subscriptions.changeNumber();
    if (this.appliedUpTo === null) {
      this.index = new SubscriptionIndex();
      this.subscribers = new GradualMap();
    }
    if (committed !== this.appliedUpTo) {
      // No upper bound: a subscription changed again since would otherwise be missing altogether.
      let applied = 0;
      for await (const subscription of this.subscriptions.changedSince(this.shard, this.appliedUpTo ?? 0)) {
        this.apply(subscription);
        applied += 1;
        if (applied % SLICE === 0) await setImmediate();
      }
      this.appliedUpTo = committed;
      indexed.set({ shard: String(this.shard) }, this.index.size);
      indexBytes.set({ shard: String(this.shard) }, this.index.bytes);
    }
    this.lookedAt = now;
  }

  subscriber(id: string): Subscriber | undefined {
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

  private apply(subscription: SubscriptionDocument): void {
    const { _id: id, state, match, developments, onBackfill, maxAlertsPerHour, channels } = subscription;
    if (state !== 'active') {
      this.index.remove(id);
      this.subscribers.delete(id);
      return;
    }
    this.index.upsert({ id, match });
    this.subscribers.set(id, {
      id,
      developments,
      onBackfill,
      channels: channels
        .filter((channel) => channel.state === 'active')
        .map((channel) => referTo(channel, maxAlertsPerHour)),
    });
  }
}
