import { Injectable } from '@nestjs/common';
import { type CollectionSpec, Database, isDuplicateKey } from '@themeline/persistence';

/** Token ids begin with it. `token_3fKq0Zx9` */
export const TOKEN_ID = 'token_';

/** What opens the timeline to those who have its address. */
export interface StoredToken {
  _id: string;
  name: string;
  owner: string;
  /** SHA-256 of the token, hexadecimal. */
  hash: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

export const tokenCollections: CollectionSpec[] = [
  { name: 'tokens', indexes: [{ key: { hash: 1 }, unique: true }, { key: { owner: 1, createdAt: -1 } }] },
];

@Injectable()
export class TokensRepository {
  constructor(private readonly database: Database) {}

  private get tokens() {
    return this.database.collection<StoredToken>('tokens');
  }

  findByHash(hash: string): Promise<StoredToken | null> {
    return this.tokens.findOne({ hash });
  }

  /** Newest first. */
  listOf(owner: string): Promise<StoredToken[]> {
    return this.tokens.find({ owner }).sort({ createdAt: -1 }).toArray();
  }

  countOf(owner: string): Promise<number> {
    return this.tokens.countDocuments({ owner });
  }

  /** False when there is a token of the same id or hash already. */
  async insertOnce(token: StoredToken): Promise<boolean> {
    try {
      await this.tokens.insertOne(token);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async removeOf(owner: string, id: string): Promise<boolean> {
    return (await this.tokens.deleteOne({ _id: id, owner })).deletedCount === 1;
  }

  /** When each token was last used, by id. */
  async recordUse(uses: ReadonlyMap<string, Date>): Promise<void> {
    if (uses.size === 0) return;
    await this.tokens.bulkWrite(
      [...uses].map(([id, at]) => ({ updateOne: { filter: { _id: id }, update: { $max: { lastUsedAt: at } } } })),
      { ordered: false },
    );
  }
}
