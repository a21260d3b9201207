import { Injectable } from '@nestjs/common';
import { type ClientSession, Database, type Filter, isDuplicateKey } from '@themeline/persistence';
import type { FeedDocument } from './feeds.collections';

/** Longer than a poll takes: fetch, redirects, reading, writing. */
const LEASE_MS = 180_000;

/** A lease that a failover forgets means a poll twice, which changes nothing twice: it waits for no journal. */
const QUICK = { writeConcern: { w: 1, j: false } } as const;

@Injectable()
export class FeedsRepository {
  constructor(private readonly database: Database) {}

  private get feeds() {
    return this.database.collection<FeedDocument>('feeds');
  }

  /** False when the owner has it already. */
  async insertOnce(feed: FeedDocument): Promise<boolean> {
    try {
      await this.feeds.insertOne(feed);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  find(owner: string, id: string): Promise<FeedDocument | null> {
    return this.feeds.findOne({ _id: id, owner });
  }

  findById(id: string): Promise<FeedDocument | null> {
    return this.feeds.findOne({ _id: id });
  }

  findByAddress(owner: string, url: string): Promise<FeedDocument | null> {
    return this.feeds.findOne({ owner, $or: [{ url }, { givenUrl: url }] });
  }

  /** In the order in which they were added. */
  list(owner: string, after: { createdAt: Date; id: string } | null, limit: number): Promise<FeedDocument[]> {
    const later: Filter<FeedDocument> =
      after === null
        ? {}
        : { $or: [{ createdAt: { $gt: after.createdAt } }, { createdAt: after.createdAt, _id: { $gt: after.id } }] };
    return this.feeds
      .find({ owner, ...later })
      .sort({ createdAt: 1, _id: 1 })
      .limit(limit)
      .toArray();
  }

  /** All feeds, or all of an owner's, one after the other. */
  all(owner?: string): AsyncIterable<FeedDocument> {
    return this.feeds.find(owner === undefined ? {} : { owner }).batchSize(1_000);
  }

  /** False when somebody else has noted it since the feed was read. */
  async note(session: ClientSession, feed: FeedDocument, toldAt: Date | null): Promise<boolean> {
    const noted = await this.feeds.updateOne({ _id: feed._id, toldAt: feed.toldAt }, { $set: { toldAt } }, { session });
    return noted.modifiedCount === 1;
  }

  change(owner: string, id: string, fields: Partial<FeedDocument>): Promise<FeedDocument | null> {
    return this.feeds.findOneAndUpdate(
      { _id: id, owner },
      { $set: fields },
      {
        returnDocument: 'after',
      },
    );
  }

  async remove(owner: string, id: string): Promise<boolean> {
    return (await this.feeds.deleteOne({ _id: id, owner })).deletedCount === 1;
  }

  /** Feeds whose time has come, the longest overdue first, none of a host that is being called. */
  findDue(now: Date, busyHosts: readonly string[], limit: number): Promise<{ _id: string; host: string }[]> {
    return this.feeds
      .find(
        { state: 'active', nextPollAt: { $lte: now }, 'lease.until': { $lte: now }, host: { $nin: [...busyHosts] } },
        { projection: { host: 1 } },
      )
      .sort({ nextPollAt: 1 })
      .limit(limit)
      .toArray() as Promise<{ _id: string; host: string }[]>;
  }

  /** The feed with a lease of its own, or null when another has it, or it is not due any more (asked for: due or not). */
  lease(id: string, now: Date, asked: boolean): Promise<FeedDocument | null> {
    const due: Filter<FeedDocument> = asked ? {} : { state: 'active', nextPollAt: { $lte: now } };
    return this.feeds.findOneAndUpdate(
      { _id: id, 'lease.until': { $lte: now }, ...due },
      {
        $set: { 'lease.until': new Date(now.getTime() + LEASE_MS) },
        $inc: { 'lease.fence': 1 },
      },
      { returnDocument: 'after', ...QUICK },
    );
  }

  /** What a poll found out, and the end of its lease. Null when the lease has gone to somebody else, or the feed is gone. */
  finish(
    feed: FeedDocument,
    fields: Partial<FeedDocument>,
    counts: Partial<FeedDocument['counts']>,
  ): Promise<FeedDocument | null> {
    const increments = Object.fromEntries(Object.entries(counts).map(([name, by]) => [`counts.${name}`, by]));
    return this.feeds.findOneAndUpdate(
      { _id: feed._id, 'lease.fence': feed.lease.fence },
      { $set: { ...fields, 'lease.until': new Date(0) }, $inc: increments },
      { returnDocument: 'after' },
    );
  }
}
