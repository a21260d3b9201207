import { Injectable } from '@nestjs/common';
import { Database, isDuplicateKey } from '@themeline/persistence';
import type { FeedHostDocument } from './feeds.collections';

/** Longer than any exchange may take. */
const LEASE_MS = 150_000;

/** A pass that a failover forgets means one call too many at once, not a loss: it waits for no journal. */
const QUICK = { writeConcern: { w: 1, j: false } } as const;

/** The right to call a host, held by one poll at a time over all replicas. */
export interface HostPass {
  host: string;
  fence: number;
}

@Injectable()
export class FeedHostsRepository {
  constructor(private readonly database: Database) {}

  private get hosts() {
    return this.database.collection<FeedHostDocument>('feed_hosts');
  }

  /** Null while somebody else calls the host, or it is to be left alone for a while. */
  async enter(host: string, now: Date): Promise<HostPass | null> {
    try {
      const taken = await this.hosts.findOneAndUpdate(
        { _id: host, until: { $lte: now }, nextAt: { $lte: now } },
        {
          $set: { until: new Date(now.getTime() + LEASE_MS) },
          $inc: { fence: 1 },
          $setOnInsert: { nextAt: new Date(0) },
        },
        { upsert: true, returnDocument: 'after', ...QUICK },
      );
      return taken === null ? null : { host, fence: taken.fence };
    } catch (error) {
      // The upsert found no free one, and the host has its row already.
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  /** Gives the host back; nobody calls it before `nextAt`. */
  async leave({ host, fence }: HostPass, now: Date, nextAt: Date): Promise<void> {
    await this.hosts.updateOne({ _id: host, fence }, { $set: { until: now, nextAt } }, QUICK);
  }

  async busy(now: Date): Promise<string[]> {
    const rows = await this.hosts
      .find({ $or: [{ until: { $gt: now } }, { nextAt: { $gt: now } }] }, { projection: { _id: 1 } })
      .toArray();
    return rows.map(({ _id }) => _id);
  }
}
