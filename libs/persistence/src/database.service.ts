import type { ClientSession, Collection, Db, Document } from 'mongodb';
import { type Connection, mongo } from 'mongoose';

/** One piece of a stored stream of bytes. */
const PIECE_BYTES = 1024 * 1024;

/** What every read and write of a transaction is held to: a consistent snapshot in, majority and journal out. */
const TRANSACTION_OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
} as const;

/** What is to follow the commit of a session's transaction. */
const followers = new WeakMap<ClientSession, (() => void)[]>();

/** To be called inside `Database.transaction`: `follow` runs once when that has committed, and never if it does not. */
export function afterCommit(session: ClientSession, follow: () => void): void {
  followers.set(session, [...(followers.get(session) ?? []), follow]);
}

/** One service's own MongoDB database. Writes outside a transaction are majority and journalled too, by the connection's default. */
export class Database {
  constructor(
    private readonly connection: Connection,
    readonly service: string,
  ) {}

  get db(): Db {
    const db = this.connection.db;
    if (db === undefined) throw new Error(`the database of '${this.service}' is not connected`);
    return db;
  }

  /** Another database on the same servers, by the same connection. */
  beside(name: string): Database {
    return new Database(this.connection.useDb(name), this.service);
  }

  collection<T extends object>(name: string): Collection<T & Document> {
    return this.db.collection<T & Document>(name);
  }

  /** Long streams of bytes, in pieces of 1 MiB, in the collections `<name>.files` and `<name>.chunks` (GridFS). */
  bucket(name: string): mongo.GridFSBucket {
    return new mongo.GridFSBucket(this.db, { bucketName: name, chunkSizeBytes: PIECE_BYTES });
  }

  /**
   * Runs `work` in a transaction and answers with what it returned. It may run several times (write conflicts, elections),
   * so it must do nothing but MongoDB operations, one after the other, all with the session.
   */
  async transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    const session = this.connection.getClient().startSession();
    try {
      const result = await session.withTransaction(() => {
        // A try that was undone leaves nothing to follow it.
        followers.delete(session);
        return work(session);
      }, TRANSACTION_OPTIONS);
      for (const follow of followers.get(session) ?? []) follow();
      return result;
    } finally {
      await session.endSession();
    }
  }

  async ping(): Promise<void> {
    await this.db.command({ ping: 1 });
  }
}

/** E11000, alone or inside a bulk write: somebody else wrote the same unique key first. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 11_000;
}

/** The database could not be reached or had no primary: nothing is wrong with what was being written. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const labels = error as Error & { hasErrorLabel?: (label: string) => boolean };
  return (
    /^Mongo(Network|ServerSelection|PoolCleared|NotConnected|WaitQueueTimeout|Topology|ServerClosed|ClientClosed)/.test(
      error.name,
    ) ||
    labels.hasErrorLabel?.('TransientTransactionError') === true ||
    labels.hasErrorLabel?.('RetryableWriteError') === true ||
    labels.hasErrorLabel?.('UnknownTransactionCommitResult') === true
  );
}
