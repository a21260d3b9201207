import type { AnyBulkWriteOperation, Db, Document, MongoClient, Timestamp } from 'mongodb';

const DURABLE = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } } as const;

/** One write as the operation log tells it; `o` is the document, or the difference that an update made. */
interface LoggedWrite {
  op: 'i' | 'u' | 'd';
  ns: string;
  o: Document;
  o2?: Document;
}

interface LogEntry {
  ts: Timestamp;
  lsid?: { id: unknown };
  txnNumber?: unknown;
  o: { applyOps: LoggedWrite[]; partialTxn?: boolean };
}

/** Transactions as they were committed, in order, read from the server's operation log. */
export class RecordedTransactions {
  private constructor(
    private readonly client: MongoClient,
    private readonly transactions: readonly (readonly LoggedWrite[])[],
  ) {}

  /** Where the log ends now. */
  static async end(client: MongoClient): Promise<Timestamp> {
    const [last] = await client.db('local').collection('oplog.rs').find().sort({ $natural: -1 }).limit(1).toArray();
    return last?.['ts'] as Timestamp;
  }

  /** What was written in transactions to these databases since `from`. */
  static async since(
    client: MongoClient,
    from: Timestamp,
    databases: readonly string[],
  ): Promise<RecordedTransactions> {
    const entries = client
      .db('local')
      .collection<LogEntry & Document>('oplog.rs')
      .find({
        ts: { $gt: from },
        txnNumber: { $exists: true },
        'o.applyOps': { $exists: true },
        multiOpType: { $ne: 1 },
      });
    const transactions: LoggedWrite[][] = [];
    const begun = new Map<string, LoggedWrite[]>();
    for await (const { lsid, txnNumber, o } of entries) {
      const id = `${JSON.stringify(lsid)} ${String(txnNumber)}`;
      const writes = [...(begun.get(id) ?? []), ...o.applyOps];
      // A long transaction is logged in pieces.
      if (o.partialTxn === true) begun.set(id, writes);
      else {
        begun.delete(id);
        const wanted = writes.filter(({ ns }) => databases.includes(databaseOf(ns)));
        if (wanted.length > 0) transactions.push(wanted);
      }
    }
    return new RecordedTransactions(client, transactions);
  }

  get count(): number {
    return this.transactions.length;
  }

  /** The documents that were inserted into a collection, `themeline_ingest.reports`, by transaction. */
  inserted(ns: string): Document[][] {
    return this.transactions
      .map((writes) => writes.filter((write) => write.op === 'i' && write.ns === ns).map(({ o }) => o))
      .filter((documents) => documents.length > 0);
  }

  /**
   * Writes the same documents in the same transactions again, by the driver alone, into databases with this prefix that have
   * the same indexes; documents that are changed and not made by them are there before. At most `sideBySide` at a time, none
   * before an earlier one that wrote one of its documents. Answers with the seconds that it took.
   */
  async replay(prefix: string, sideBySide: number): Promise<number> {
    await this.prepare(prefix);
    const writers = new Map<string, Promise<void>>();
    const running = new Set<Promise<void>>();
    const began = performance.now();
    for (const writes of this.transactions) {
      const keys = [...new Set(writes.map(keyOf))];
      const earlier = [...new Set(keys.flatMap((key) => writers.get(key) ?? []))];
      while (running.size >= sideBySide) await Promise.race(running);
      const run = Promise.all(earlier)
        .then(() => this.write(prefix, writes))
        .finally(() => running.delete(run));
      running.add(run);
      for (const key of keys) writers.set(key, run);
    }
    await Promise.all(running);
    return (performance.now() - began) / 1_000;
  }

  async drop(prefix: string): Promise<void> {
    const databases = new Set(this.transactions.flat().map(({ ns }) => databaseOf(ns)));
    for (const name of databases) await this.client.db(prefix + name).dropDatabase();
  }

  private async prepare(prefix: string): Promise<void> {
    const made = new Set<string>();
    const changed = new Map<string, { write: LoggedWrite; paths: Set<string> }>();
    for (const write of this.transactions.flat()) {
      const key = keyOf(write);
      if (write.op === 'i') made.add(key);
      else if (!made.has(key)) {
        const known = changed.get(key) ?? { write, paths: new Set<string>() };
        if (write.op === 'u') for (const path of Object.keys(updateOf(write.o).$set ?? {})) known.paths.add(path);
        changed.set(key, known);
      }
    }
    for (const ns of new Set(this.transactions.flat().map((write) => write.ns))) {
      const [source, target] = [this.collection('', ns), this.collection(prefix, ns)];
      await target.db.createCollection(target.name);
      const indexes = (await source.collection.indexes()).filter(({ name }) => name !== '_id_');
      if (indexes.length > 0)
        await target.collection.createIndexes(indexes.map(({ v: _, ...index }) => index) as never);
      const stored = [...changed.values()].filter(({ write }) => write.ns === ns);
      for (const { write, paths } of stored) {
        const document = await source.collection.findOne({ _id: idOf(write) as never });
        if (document === null) continue;
        // Without what is about to be set: setting what is there writes nothing.
        for (const path of paths) unset(document, path.split('.'));
        await target.collection.insertOne(document, { writeConcern: { w: 1 } });
      }
    }
  }

  private write(prefix: string, writes: readonly LoggedWrite[]): Promise<void> {
    const byCollection = new Map<string, LoggedWrite[]>();
    for (const one of writes) byCollection.set(one.ns, [...(byCollection.get(one.ns) ?? []), one]);
    return this.client.withSession((session) =>
      session.withTransaction(async () => {
        for (const [ns, group] of byCollection) {
          await this.collection(prefix, ns).collection.bulkWrite(group.map(operationOf), { session, ordered: true });
        }
      }, DURABLE),
    );
  }

  private collection(prefix: string, ns: string): { db: Db; name: string; collection: ReturnType<Db['collection']> } {
    const db = this.client.db(prefix + databaseOf(ns));
    const name = ns.slice(ns.indexOf('.') + 1);
    return { db, name, collection: db.collection(name) };
  }
}

const databaseOf = (ns: string): string => ns.slice(0, ns.indexOf('.'));
const idOf = (write: LoggedWrite): unknown => (write.o2 ?? write.o)['_id'];
const keyOf = (write: LoggedWrite): string => `${write.ns} ${JSON.stringify(idOf(write))}`;

function operationOf(write: LoggedWrite): AnyBulkWriteOperation {
  const filter = { _id: idOf(write) } as Document;
  switch (write.op) {
    case 'i':
      return { insertOne: { document: write.o } };
    case 'd':
      return { deleteOne: { filter } };
    case 'u':
      return write.o['$v'] === 2
        ? { updateOne: { filter, update: updateOf(write.o) } }
        : { replaceOne: { filter, replacement: write.o } };
  }
}

/** An update from the log's difference: `{diff: {u: {a: 1}, d: {b: false}, sc: {i: {d: 2}}}}` → `{$set: {a: 1, 'c.d': 2}, $unset: {b: 1}}`. */
function updateOf(logged: Document): { $set?: Document; $unset?: Document } {
  const set: Document = {};
  const gone: Document = {};
  const walk = (difference: Document, path: string): void => {
    for (const [field, value] of Object.entries(difference)) {
      if (field === 'i' || field === 'u')
        for (const [name, now] of Object.entries(value as Document)) set[path + name] = now;
      else if (field === 'd') for (const name of Object.keys(value as Document)) gone[path + name] = 1;
      // Of an array, `u3` sets and `s3` changes its fourth element; `a` and `l` say that it is one, and how long.
      else if (/^u\d+$/.test(field)) set[path + field.slice(1)] = value;
      else if (field.startsWith('s')) walk(value as Document, `${path}${field.slice(1)}.`);
    }
  };
  walk((logged['diff'] ?? {}) as Document, '');
  return {
    ...(Object.keys(set).length > 0 ? { $set: set } : {}),
    ...(Object.keys(gone).length > 0 ? { $unset: gone } : {}),
  };
}

function unset(document: Document, [head, ...rest]: readonly string[]): void {
  if (head === undefined || typeof document[head] === 'undefined') return;
  if (rest.length > 0) unset(document[head] as Document, rest);
  else if (Array.isArray(document)) document[Number(head)] = null;
  else delete document[head];
}
