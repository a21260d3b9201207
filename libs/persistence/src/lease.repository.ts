import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { CollectionSpec } from './schema.migrations';
import { Database } from './database.service';

interface LeaseDocument {
  _id: string;
  owner: string | null;
  /** Grows by one with every change of hands: a write guarded by it cannot come from a former holder. */
  fence: number;
  expiresAt: Date;
}

/** The clocks of two members of the database, of which one follows the other, differ by less than a lease's length. */
const MOST_AHEAD = 2;

/**
 * Whether what was taken until the time in `field`, for `ttlMs`, is anybody's to take again. So is what lies further ahead than it
 * was ever taken for: it was written before the database's clock was set back, and would keep everybody waiting until then.
 */
export const hasRunOut = (field: `$${string}`, ttlMs: number): object => ({
  $or: [{ $lte: [field, '$$NOW'] }, { $gt: [field, { $add: ['$$NOW', MOST_AHEAD * ttlMs] }] }],
});

export const leaseCollections: CollectionSpec[] = [{ name: 'leases', indexes: [] }];

/** The right to do something alone, for a while. */
export interface Lease {
  readonly name: string;
  readonly fence: number;
  /** False when it ran out and somebody else took it: stop at once. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** Leases by the database's own clock, so that replicas' clocks need not agree. */
@Injectable()
export class Leases {
  constructor(private readonly database: Database) {}

  private get leases() {
    return this.database.collection<LeaseDocument>('leases');
  }

  /** The lease, or null while another holds it. `ttlMs` is the time until it runs out unless renewed. */
  async acquire(name: string, ttlMs: number): Promise<Lease | null> {
    const owner = randomUUID();
    await this.leases.updateOne(
      { _id: name },
      { $setOnInsert: { owner: null, fence: 0, expiresAt: new Date(0) } },
      { upsert: true },
    );
    const taken = await this.leases.findOneAndUpdate(
      { _id: name, $expr: hasRunOut('$expiresAt', ttlMs) },
      [{ $set: { owner, fence: { $add: ['$fence', 1] }, expiresAt: { $add: ['$$NOW', ttlMs] } } }],
      { returnDocument: 'after' },
    );
    if (taken === null) return null;
    const { fence } = taken;
    return {
      name,
      fence,
      renew: async () => {
        const result = await this.leases.updateOne({ _id: name, owner, fence }, [
          { $set: { expiresAt: { $add: ['$$NOW', ttlMs] } } },
        ]);
        return result.matchedCount === 1;
      },
      release: async () => {
        await this.leases.updateOne({ _id: name, owner, fence }, { $set: { owner: null, expiresAt: new Date(0) } });
      },
    };
  }
}
