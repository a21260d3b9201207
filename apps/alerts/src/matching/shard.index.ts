import { setImmediate } from 'node:timers/promises';
import { type SubscriptionDocument, TOMBSTONE_DAYS } from '../alerts.collections';
import { indexBytes, indexed } from '../alerts.metrics';
import type { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { subscriberOf, Subscribers } from './subscribers.index';

/** After so long without a look, removals may have been forgotten: then everything is read anew. */
const TRUSTED_MS = (TOMBSTONE_DAYS / 2) * 86_400_000;

/** So many subscriptions are filed before other work gets its turn: a few milliseconds. */
const SLICE = 100;

/** The active subscriptions of one shard, in memory, brought up to date on demand. */
export class ShardIndex {
  private subscribers = new Subscribers();
  /** All changes up to this number are in; null: not loaded. */
  private appliedUpTo: number | null = null;
  private lookedAt = 0;

  constructor(
    private readonly shard: number,
    private readonly subscriptions: SubscriptionsRepository,
  ) {}

  /** Takes in every change that was committed before the call, and answers with all subscribers. */
  async refresh(now: number): Promise<Subscribers> {
    if (now - this.lookedAt > TRUSTED_MS) this.appliedUpTo = null;
    const committed = await this.subscriptions.changeNumber();
    if (this.appliedUpTo === null) this.subscribers = new Subscribers();
    if (committed !== this.appliedUpTo) {
      // No upper bound: a subscription changed again since would otherwise be missing altogether.
      let applied = 0;
      for await (const subscription of this.subscriptions.changedSince(this.shard, this.appliedUpTo ?? 0)) {
        this.apply(subscription);
        applied += 1;
        if (applied % SLICE === 0) await setImmediate();
      }
      this.appliedUpTo = committed;
      indexed.set({ shard: String(this.shard) }, this.subscribers.size);
      indexBytes.set({ shard: String(this.shard) }, this.subscribers.bytes);
    }
    this.lookedAt = now;
    return this.subscribers;
  }

  private apply(subscription: SubscriptionDocument): void {
    if (subscription.state === 'active') this.subscribers.set(subscriberOf(subscription), subscription.match);
    else this.subscribers.delete(subscription._id);
  }
}
