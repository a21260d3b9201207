import { createConnection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { migrate, Database, leaseCollections, type CollectionSpec } from '../../libs/persistence/src';

/** A database of its own on the test server, with its collections made; dropped by `close`. */
export async function openDatabase(
  service: string,
  collections: CollectionSpec[],
  options: { name?: string; uri?: string } = {},
): Promise<{ database: Database; name: string; close(drop?: boolean): Promise<void> }> {
  const name = options.name ?? `t_${randomUUID().slice(0, 8)}`;
  const uri = options.uri ?? process.env.TEST_MONGODB_URI;
  if (uri === undefined) throw new Error('TEST_MONGODB_URI is not set: run this through the integration project');
  const connection = await createConnection(uri, {
    dbName: name,
    autoIndex: false,
    autoCreate: false,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  }).asPromise();
  const database = new Database(connection, service);
  await migrate(database.db, [...leaseCollections, ...collections], []);
  return {
    database,
    name,
    close: async (drop = true) => {
      if (drop) await database.db.dropDatabase();
      await connection.close();
    },
  };
}

/** Waits until `condition` holds (or answers with something), and fails naming what did not come. Never waits for a time alone. */
export async function eventually<T>(
  what: string,
  condition: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const result = await condition();
      if (result !== false && result !== null && result !== undefined) return result;
      last = result;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline)
      throw new Error(`did not come within ${String(timeoutMs)} ms: ${what} (last: ${String(last)})`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
