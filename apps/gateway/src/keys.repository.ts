import { Injectable } from '@nestjs/common';
import type { Scope } from '@themeline/contracts';
import { type CollectionSpec, Database, type Filter, isDuplicateKey } from '@themeline/persistence';

export interface StoredKey {
  _id: string;
  name: string;
  owner: string;
  scopes: Scope[];
  /** The readable part of a key; empty for one that was given. */
  prefix: string;
  /** SHA-256 of the key, hexadecimal. */
  hash: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

export interface PlaceInList {
  createdAt: string;
  id: string;
}

export const keyCollections: CollectionSpec[] = [
  { name: 'keys', indexes: [{ key: { hash: 1 }, unique: true }, { key: { createdAt: -1, _id: -1 } }] },
];

@Injectable()
export class KeysRepository {
  constructor(private readonly database: Database) {}

  private get keys() {
    return this.database.collection<StoredKey>('keys');
  }

  findByHash(hash: string): Promise<StoredKey | null> {
    return this.keys.findOne({ hash });
  }

  find(id: string): Promise<StoredKey | null> {
    return this.keys.findOne({ _id: id });
  }

  /** Newest first. */
  list(limit: number, after: PlaceInList | null): Promise<StoredKey[]> {
    const filter: Filter<StoredKey> =
      after === null
        ? {}
        : {
            $or: [
              { createdAt: { $lt: new Date(after.createdAt) } },
              { createdAt: new Date(after.createdAt), _id: { $lt: after.id } },
            ],
          };
    return this.keys.find(filter).sort({ createdAt: -1, _id: -1 }).limit(limit).toArray();
  }

  /** False when there is a key of the same id or hash already. */
  async insertOnce(key: StoredKey): Promise<boolean> {
    try {
      await this.keys.insertOne(key);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async remove(id: string): Promise<boolean> {
    return (await this.keys.deleteOne({ _id: id })).deletedCount === 1;
  }

  /** Whether a key other than `except` has the scope `admin` and has not expired. */
  async hasAdminKey(now: Date, except?: string): Promise<boolean> {
    const found = await this.keys.findOne({
      scopes: 'admin',
      $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }],
      ...(except === undefined ? {} : { _id: { $ne: except } }),
    });
    return found !== null;
  }

  /** When each key was last used, by id. */
  async recordUse(uses: ReadonlyMap<string, Date>): Promise<void> {
    if (uses.size === 0) return;
    await this.keys.bulkWrite(
      [...uses].map(([id, at]) => ({
        updateOne: { filter: { _id: id }, update: { $max: { lastUsedAt: at } } },
      })),
      { ordered: false },
    );
  }
}
