import { Injectable } from '@nestjs/common';
import type { DELIVERY_STATES } from '@themeline/contracts';
import {
  type ClientSession,
  Database,
  type Filter,
  GroupCommit,
  type IndexSpecification,
} from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import type { AttemptRecord, DeliveryDocument } from '../alerts.collections';
import { insertNew } from '../ledger/ledger.repository';
import type { Place } from '../subscriptions/subscriptions.repository';
import type { AttemptPlaces } from './attempt.places';

/** Attempts of the past that a delivery remembers; more than the schedule has. */
const KEPT_ATTEMPTS = 50;

const LET_GO = { leaseUntil: null, leaseHolder: null };
const OVER = { ...LET_GO, nextAttemptAt: null, dueAt: null, held: false };

const BY_DUE = { state: 1, dueAt: 1, host: 1 } as const;
const BY_CHANNEL = { state: 1, channelId: 1, dueAt: 1 } as const;
const BY_HOST = { state: 1, host: 1, dueAt: 1, channelId: 1 } as const;
const dueBy = (now: Date) => ({ state: 'pending' as const, dueAt: { $lte: now } });

/** What a worker has taken, and which taking it was. */
type Taken = Pick<DeliveryDocument, '_id' | 'fence'>;

type Choice = Pick<DeliveryDocument, '_id' | 'channelId' | 'host'>;

/** What an attempt led to. */
export type Conclusion =
  | { state: 'delivered' | 'dead' | 'cancelled' }
  /** `failed` false: it was only too fast, which uses up none of its tries. */
  | { state: 'pending'; nextAttemptAt: Date; failed: boolean };

/** One update of one delivery that is still the taker's. */
interface Concluded {
  filter: Taken & { leaseHolder: object };
  /** An aggregation, because it appends. */
  update: { $set: object }[];
}

function concluding(attempt: AttemptRecord, conclusion: Conclusion): Concluded['update'] {
  const next =
    conclusion.state === 'pending'
      ? { ...LET_GO, nextAttemptAt: conclusion.nextAttemptAt, dueAt: conclusion.nextAttemptAt, held: false }
      : OVER;
  const failures = conclusion.state === 'delivered' || (conclusion.state === 'pending' && !conclusion.failed) ? 0 : 1;
  return [
    {
      $set: {
        state: conclusion.state,
        ...next,
        tries: { $add: ['$tries', failures] },
        // Literal, because an answer's words may begin with a dollar sign.
        attempts: { $slice: [{ $concatArrays: ['$attempts', [{ $literal: attempt }]] }, -KEPT_ATTEMPTS] },
      },
    },
  ];
}

@Injectable()
export class DeliveriesRepository {
  private readonly conclusions = new GroupCommit((conclusions: readonly Concluded[]) =>
    this.writeConclusions(conclusions),
  );

  constructor(private readonly database: Database) {}

  private get deliveries() {
    return this.database.collection<DeliveryDocument>('deliveries');
  }

  /** Those that exist stay as they are. */
  async insert(deliveries: DeliveryDocument[]): Promise<void> {
    await insertNew((documents) => this.deliveries.insertMany(documents, { ordered: false }), deliveries);
  }

  /** A duplicate key where one exists. */
  async insertNew(session: ClientSession, deliveries: readonly DeliveryDocument[]): Promise<void> {
    if (deliveries.length > 0) await this.deliveries.insertMany([...deliveries], { session });
  }

  /** Makes one in the transaction of whatever it is made for; one that exists stays as it is. */
  async insertWith(session: ClientSession, delivery: DeliveryDocument): Promise<void> {
    await this.deliveries.updateOne({ _id: delivery._id }, { $setOnInsert: delivery }, { session, upsert: true });
  }

  /**
   * Takes what is due, the longest due first, for a worker's own use until `leaseUntil`; of each channel as much as its
   * places have room for. Each that is taken has its place.
   */
  async take(now: Date, leaseUntil: Date, limit: number, places: AttemptPlaces): Promise<DeliveryDocument[]> {
    const chosen = new Map<string, Choice>();
    try {
      await this.choose(now, limit, places, chosen);
      if (chosen.size === 0) return [];
      const ids = [...chosen.keys()];
      const leaseHolder = randomUUID();
      await this.deliveries.updateMany(
        { _id: { $in: ids }, ...dueBy(now) },
        { $set: { dueAt: leaseUntil, leaseUntil, leaseHolder }, $inc: { fence: 1 } },
      );
      const taken = await this.deliveries.find({ _id: { $in: ids }, leaseHolder }).toArray();
      for (const { _id } of taken) chosen.delete(_id);
      return taken;
    } finally {
      // Those that another worker was faster to take.
      for (const { channelId, host } of chosen.values()) places.end(channelId, host);
    }
  }

  /** Lets go of what was taken and not attempted; it is due as it was. */
  async putBack(taken: readonly DeliveryDocument[]): Promise<void> {
    await this.deliveries.bulkWrite(
      taken.map(({ _id, fence, nextAttemptAt }) => ({
        updateOne: { filter: { _id, fence }, update: { $set: { ...LET_GO, dueAt: nextAttemptAt } } },
      })),
      { ordered: false },
    );
  }

  /**
   * Channels and hosts for which much waits are asked by themselves, so that nobody has to look past what waits for them: a
   * host for all of its channels that are not crowded themselves, however many they are.
   */
  private async choose(now: Date, limit: number, places: AttemptPlaces, chosen: Map<string, Choice>): Promise<void> {
    const choose = (choice: Choice): void => {
      const { _id, channelId, host } = choice;
      if (places.ownRoom(channelId, now.getTime()) <= 0) places.crowdChannel(channelId, host);
      else if (places.roomOf(host) <= 0) places.crowdHost(host);
      else if (chosen.size < limit && !chosen.has(_id)) {
        places.begin(channelId, host);
        chosen.set(_id, choice);
      }
    };
    const crowded = places.crowdedChannels();
    const crowdedIds = crowded.map(({ channelId }) => channelId);
    const hosts = places.crowdedHosts();
    const uncrowded = {
      ...(crowdedIds.length === 0 ? {} : { channelId: { $nin: crowdedIds } }),
      ...(hosts.length === 0 ? {} : { host: { $nin: hosts } }),
    };
    const hint = hosts.length > 0 ? BY_HOST : crowdedIds.length > 0 ? BY_CHANNEL : BY_DUE;
    // More than can be taken, because one channel may have most of them.
    for (const choice of await this.due({ ...dueBy(now), ...uncrowded }, hint, limit * 4)) choose(choice);
    for (const host of hosts) {
      const room = Math.min(places.roomOf(host), limit - chosen.size);
      if (room <= 0) continue;
      const ofHost = crowded.filter((channel) => channel.host === host).map(({ channelId }) => channelId);
      const others = ofHost.length === 0 ? {} : { channelId: { $nin: ofHost } };
      const found = await this.due({ ...dueBy(now), host, ...others }, BY_HOST, room);
      if (found.length < room) places.thinHost(host);
      for (const choice of found) choose(choice);
    }
    for (const { channelId, host } of crowded) {
      const room = Math.min(places.room(channelId, host, now.getTime()), limit - chosen.size);
      if (room <= 0) continue;
      const found = await this.due({ ...dueBy(now), channelId }, BY_CHANNEL, room);
      if (found.length < room) places.thinChannel(channelId);
      for (const choice of found) choose(choice);
    }
  }

  /** What is due, the longest due first, as far as it must be known to be chosen. */
  private due(filter: Filter<DeliveryDocument>, hint: IndexSpecification, limit: number): Promise<Choice[]> {
    return this.deliveries
      .find(filter, { projection: { channelId: 1, host: 1 }, hint })
      .sort({ dueAt: 1 })
      .limit(limit)
      .toArray();
  }

  /** Writes an attempt and its conclusion; false when somebody else has taken the delivery since. */
  async conclude(
    { _id, fence }: Taken,
    attempt: AttemptRecord,
    conclusion: Conclusion,
    session?: ClientSession,
  ): Promise<boolean> {
    // Concluding lets go: where the answer to the write was lost, writing it again adds no second attempt.
    const filter = { _id, fence, leaseHolder: { $ne: null } };
    const concluded = { filter, update: concluding(attempt, conclusion) };
    if (session === undefined) return this.conclusions.add(concluded);
    return (await this.deliveries.updateOne(concluded.filter, concluded.update, { session })).matchedCount === 1;
  }

  /** Attempts end in great numbers at once; each would wait for the disk by itself. */
  private async writeConclusions(conclusions: readonly Concluded[]): Promise<boolean[]> {
    const result = await this.deliveries.bulkWrite(
      conclusions.map((updateOne) => ({ updateOne })),
      { ordered: false },
    );
    if (result.matchedCount === conclusions.length) return conclusions.map(() => true);
    // Concluding leaves the fence as it is: where it is another's, somebody else has taken the delivery.
    const fences = this.deliveries.find(
      { _id: { $in: conclusions.map(({ filter }) => filter._id) } },
      { projection: { fence: 1 } },
    );
    const fenceOf = new Map((await fences.toArray()).map(({ _id, fence }) => [_id, fence]));
    return conclusions.map(({ filter }) => fenceOf.get(filter._id) === filter.fence);
  }

  /** Gives a delivery up without an attempt. */
  async cancel({ _id, fence }: Taken): Promise<void> {
    await this.deliveries.updateOne({ _id, fence }, { $set: { state: 'cancelled', ...OVER } });
  }

  /** Puts a delivery off without an attempt, until `release` or `until`, whichever is first. */
  async hold({ _id, fence }: Taken, until: Date): Promise<void> {
    await this.deliveries.updateOne({ _id, fence }, { $set: { ...LET_GO, dueAt: until, held: true } });
  }

  /** What was put off goes on. */
  async release(subscriptionId: string): Promise<void> {
    await this.deliveries.updateMany({ subscriptionId, state: 'pending', held: true }, [
      { $set: { dueAt: '$nextAttemptAt', held: false } },
    ]);
  }

  /** Gives up what waits, of one channel or all. What is being attempted now is left to its worker. */
  async cancelPending(subscriptionId: string, channelId?: string): Promise<void> {
    await this.deliveries.updateMany(
      { subscriptionId, state: 'pending', leaseUntil: null, ...(channelId === undefined ? {} : { channelId }) },
      { $set: { state: 'cancelled', ...OVER } },
    );
  }

  /** Makes a delivery due now, with the whole schedule before it; nothing happens to one that is being attempted. */
  async startAgain(id: string, now: Date): Promise<void> {
    await this.deliveries.updateOne(
      { _id: id, $or: [{ leaseUntil: null }, { leaseUntil: { $lt: now } }] },
      { $set: { ...LET_GO, state: 'pending', tries: 0, nextAttemptAt: now, dueAt: now, held: false } },
    );
  }

  /** The same for what was made from `from` until before `to` and has come to its end; answers with how many. */
  async startSpanAgain(
    subscriptionId: string,
    span: { channelIds: readonly string[]; states: readonly DeliveryDocument['state'][]; from: Date; to: Date },
    now: Date,
  ): Promise<number> {
    const result = await this.deliveries.updateMany(
      {
        subscriptionId,
        purpose: 'alerts',
        channelId: { $in: [...span.channelIds] },
        state: { $in: [...span.states] },
        createdAt: { $gte: span.from, $lt: span.to },
      },
      { $set: { ...LET_GO, state: 'pending', tries: 0, nextAttemptAt: now, dueAt: now, held: false } },
    );
    return result.modifiedCount;
  }

  /** What receivers answered and who they are; that there was a delivery, and what became of it, stays. */
  async forget(subscriptionId: string): Promise<void> {
    await this.deliveries.updateMany(
      { subscriptionId },
      {
        $set: {
          host: '',
          notice: null,
          'attempts.$[].responseExcerpt': null,
          'attempts.$[].error': null,
        },
      },
    );
  }

  /** Brings a dead one back; one that lives is left alone. */
  async revive(session: ClientSession, id: string, now: Date): Promise<void> {
    await this.deliveries.updateOne(
      { _id: id, state: 'dead' },
      { $set: { state: 'pending', tries: 0, nextAttemptAt: now, dueAt: now } },
      { session },
    );
  }

  async find(id: string): Promise<DeliveryDocument | null> {
    return this.deliveries.findOne({ _id: id });
  }

  /** The newest first. */
  async list(
    subscriptionId: string,
    states: readonly (typeof DELIVERY_STATES)[number][] | undefined,
    limit: number,
    after: Place | null,
  ): Promise<DeliveryDocument[]> {
    return this.deliveries
      .find({
        subscriptionId,
        ...(states === undefined ? {} : { state: { $in: [...states] } }),
        ...(after === null
          ? {}
          : { $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }] }),
      })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
  }

  /** Since when the longest waiting delivery has been due; null when none is. */
  async oldestDue(now: Date): Promise<Date | null> {
    const [oldest] = await this.deliveries
      .find({ state: 'pending', dueAt: { $lte: now } }, { projection: { dueAt: 1 } })
      .sort({ dueAt: 1 })
      .limit(1)
      .toArray();
    return oldest?.dueAt ?? null;
  }
}
