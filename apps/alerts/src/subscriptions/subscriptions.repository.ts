import { Injectable } from '@nestjs/common';
import { DURABLES } from '@themeline/contracts';
import { type ClientSession, Database, type Filter, GroupCommit, Sealer } from '@themeline/persistence';
import { createHash } from 'node:crypto';
import { openChannels, sealChannels } from '../channels/sealed.channels';
import { type CounterDocument, SUBSCRIPTION_CHANGES, type SubscriptionDocument } from '../alerts.collections';

/** Where a page of a list goes on. */
export interface Place {
  at: Date;
  id: string;
}

export type NewSubscription = Omit<SubscriptionDocument, 'shard' | 'changeNumber'>;

/** What a change may touch. */
type Changeable = Pick<
  SubscriptionDocument,
  | 'name'
  | 'state'
  | 'match'
  | 'developments'
  | 'onBackfill'
  | 'maxAlertsPerHour'
  | 'watch'
  | 'channels'
  | 'updatedAt'
  | 'removedAt'
>;

/** Which shard of `alerts-match` looks after a subscription: by the first 32 bits of its id's hash. */
export function shardOf(subscriptionId: string): number {
  return createHash('sha256').update(subscriptionId).digest().readUInt32BE(0) % DURABLES['alerts-match'].shards;
}

/**
 * Every change gets the next number of one counter in its own transaction. Two changes collide on the counter, so that
 * numbers are committed in their order: who has read the counter at n and then all above m has missed nothing up to n.
 */
@Injectable()
export class SubscriptionsRepository {
  /** All shards of a process ask before each of their batches; those that ask while one looks share the next look. */
  private readonly numbers = new GroupCommit(async (asking: readonly null[]) => {
    const value = (await this.counters.findOne({ _id: SUBSCRIPTION_CHANGES }))?.value ?? 0;
    return asking.map(() => value);
  });

  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  private get subscriptions() {
    return this.database.collection<SubscriptionDocument>('subscriptions');
  }

  private get counters() {
    return this.database.collection<CounterDocument>('counters');
  }

  /** False: its owner has `limit` already. */
  async insert(
    subscription: NewSubscription,
    limit: number,
    beside?: (session: ClientSession) => Promise<void>,
  ): Promise<boolean> {
    return this.database.transaction(async (session) => {
      // First, for all that are made collide on it: whoever counts next sees this one.
      const changeNumber = await this.nextChange(session);
      const filter = { owner: subscription.owner, state: { $ne: 'removed' as const } };
      if ((await this.subscriptions.countDocuments(filter, { limit, session })) >= limit) return false;
      await this.subscriptions.insertOne(
        this.sealed({ ...subscription, shard: shardOf(subscription._id), changeNumber }),
        { session },
      );
      await beside?.(session);
      return true;
    });
  }

  /**
   * Changes one that is not removed, by what `change` makes of its present state; null where there is none. `beside` writes
   * what belongs to the change in the same transaction. Both may be called several times.
   */
  async change(
    filter: { id: string; owner?: string },
    change: (present: SubscriptionDocument) => Partial<Changeable>,
    beside?: (session: ClientSession, changed: SubscriptionDocument) => Promise<void>,
  ): Promise<SubscriptionDocument | null> {
    return this.database.transaction(async (session) => {
      const stored = await this.subscriptions.findOne(standing(filter), { session });
      if (stored === null) return null;
      const present = this.opened(stored);
      const changeNumber = await this.nextChange(session);
      const changed: SubscriptionDocument = { ...present, ...change(present), changeNumber };
      await this.subscriptions.replaceOne({ _id: present._id }, this.sealed(changed), { session });
      await beside?.(session, changed);
      return changed;
    });
  }

  async findOwned(owner: string, id: string): Promise<SubscriptionDocument | null> {
    return this.openedIfAny(await this.subscriptions.findOne(standing({ id, owner })));
  }

  /** The newest first. */
  async list(owner: string, limit: number, after: Place | null): Promise<SubscriptionDocument[]> {
    const found = await this.subscriptions
      .find({
        owner,
        state: { $ne: 'removed' },
        ...(after === null
          ? {}
          : { $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }] }),
      })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return found.map((stored) => this.opened(stored));
  }

  async findByChannel(channelId: string): Promise<SubscriptionDocument | null> {
    const filter = { 'channels.id': channelId, state: { $ne: 'removed' as const } };
    return this.openedIfAny(await this.subscriptions.findOne(filter));
  }

  async findMany(ids: readonly string[]): Promise<Map<string, SubscriptionDocument>> {
    if (ids.length === 0) return new Map();
    const found = await this.subscriptions.find({ _id: { $in: [...ids] }, state: { $ne: 'removed' } }).toArray();
    return new Map(found.map((subscription) => [subscription._id, this.opened(subscription)]));
  }

  /** Those that wait for the history that they asked for. */
  async historyDue(now: Date): Promise<SubscriptionDocument[]> {
    return this.subscriptions
      .find({ historyDue: { $lte: now }, state: 'active' })
      .limit(100)
      .toArray();
  }

  async historyTold(id: string): Promise<void> {
    await this.subscriptions.updateOne({ _id: id }, { $set: { historyDue: null } });
  }

  /** Those of an owner that are active, the oldest first. */
  activeOf(owner: string): Promise<SubscriptionDocument[]> {
    return this.activeWith({ owner });
  }

  /** Those of an owner that want to hear of feeds that bring nothing. */
  watchingFeeds(owner: string): Promise<SubscriptionDocument[]> {
    return this.activeWith({ owner, 'watch.feeds': true });
  }

  /** Those that want to be told of what nobody reports. */
  watching(): AsyncIterable<SubscriptionDocument> {
    const wanted = [
      { 'watch.silenceDays': { $ne: null } },
      { 'watch.approaching.0': { $exists: true } },
      { 'watch.overdue': true },
      { 'watch.momentum': true },
    ];
    return this.subscriptions.find({ state: 'active', $or: wanted }).batchSize(200);
  }

  /** The number of the last change that was committed before the call. */
  changeNumber(): Promise<number> {
    return this.numbers.add(null);
  }

  /**
   * Everything of a shard that changed after `changeNumber`, removed ones too, in the order of the changes; their channels sealed,
   * for none of those who match is told a secret, and opening those of a million would take seconds.
   */
  changedSince(shard: number, changeNumber: number): AsyncIterable<SubscriptionDocument> {
    return (
      this.subscriptions
        .find({ shard, changeNumber: { $gt: changeNumber } })
        .sort({ changeNumber: 1 })
        // Each batch is decoded in one go.
        .batchSize(200)
    );
  }

  /** Notes since when a channel has been failing; null: it has just succeeded. */
  async noteFailing(id: string, channelId: string, since: Date | null): Promise<void> {
    const standingNow = since === null ? { $ne: null } : null;
    await this.subscriptions.updateOne(
      { _id: id, channels: { $elemMatch: { id: channelId, failingSince: standingNow } } },
      { $set: { 'channels.$.failingSince': since } },
    );
  }

  /** One more mail that was refused for good; the answer is how many in a row. */
  async noteBounce(id: string, channelId: string): Promise<number> {
    const subscription = await this.subscriptions.findOneAndUpdate(
      { _id: id, 'channels.id': channelId },
      { $inc: { 'channels.$.bounces': 1 } },
      { returnDocument: 'after' },
    );
    const channel = subscription?.channels.find((present) => present.id === channelId);
    return channel?.type === 'email' ? channel.bounces : 0;
  }

  async forgetBounces(id: string, channelId: string): Promise<void> {
    await this.subscriptions.updateOne({ _id: id, 'channels.id': channelId }, { $set: { 'channels.$.bounces': 0 } });
  }

  /** The oldest first. Opened: one address under two channels is told by it. */
  private async activeWith(filter: Filter<SubscriptionDocument>): Promise<SubscriptionDocument[]> {
    const found = await this.subscriptions
      .find({ ...filter, state: 'active' })
      .sort({ createdAt: 1 })
      .toArray();
    return found.map((stored) => this.opened(stored));
  }

  private sealed(subscription: SubscriptionDocument): SubscriptionDocument {
    return { ...subscription, channels: sealChannels(this.sealer, subscription.channels) };
  }

  private opened(stored: SubscriptionDocument): SubscriptionDocument {
    return { ...stored, channels: openChannels(this.sealer, stored.channels) };
  }

  private openedIfAny(stored: SubscriptionDocument | null): SubscriptionDocument | null {
    return stored === null ? null : this.opened(stored);
  }

  private async nextChange(session: ClientSession): Promise<number> {
    const counter = await this.counters.findOneAndUpdate(
      { _id: SUBSCRIPTION_CHANGES },
      { $inc: { value: 1 } },
      { session, returnDocument: 'after' },
    );
    if (counter === null)
      throw new Error(`the counter '${SUBSCRIPTION_CHANGES}' is missing: the migrations did not run`);
    return counter.value;
  }
}

function standing({ id, owner }: { id: string; owner?: string }) {
  return { _id: id, state: { $ne: 'removed' as const }, ...(owner === undefined ? {} : { owner }) };
}
