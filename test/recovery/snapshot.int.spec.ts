import { mongo } from 'mongoose';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findServer, type ServerHandle, startMongod } from '../../deploy/local/servers';

let folder: string;
const started: ServerHandle[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'themeline-snapshot-'));
});

afterAll(async () => {
  await Promise.all(started.map((server) => server.kill9()));
  await rm(folder, { recursive: true, force: true });
});

async function mongodOn(data: string): Promise<ServerHandle> {
  const binary = await findServer('mongod', process.env, () => undefined);
  const dbPath = join(folder, data);
  const server = await startMongod({ binary, dbPath, port: 0, logPath: `${dbPath}.log`, cacheGb: 0.25, oplogMb: 64 });
  started.push(server);
  return server;
}

/** Writes a state and its message in one transaction, as the services do, until told to stop; `acknowledged` is the last that was answered. */
class Writer {
  acknowledged = 0;
  private going = true;
  private readonly done: Promise<void>;

  constructor(private readonly client: mongo.MongoClient) {
    this.done = this.run();
  }

  async reaches(n: number): Promise<void> {
    while (this.acknowledged < n) await new Promise((resolve) => setImmediate(resolve));
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.done;
  }

  private async run(): Promise<void> {
    const db = this.client.db('service');
    for (let n = 1; this.going; n += 1) {
      await this.client.withSession((session) =>
        session.withTransaction(
          async () => {
            await db.collection('states').insertOne({ n }, { session });
            await db.collection('outbox').insertOne({ n }, { session });
          },
          { writeConcern: { w: 'majority', j: true } },
        ),
      );
      this.acknowledged = n;
    }
  }
}

test('a copy of the files under fsyncLock is a whole back-up: all that was answered, and no half of a transaction', async () => {
  const running = await mongodOn('running');
  const client = await mongo.MongoClient.connect(running.url);
  const db = client.db('service');
  await Promise.all(['states', 'outbox'].map((name) => db.createCollection(name)));
  const writer = new Writer(client);
  await writer.reaches(20);

  await client.db('admin').command({ fsync: 1, lock: true });
  const answered = writer.acknowledged;
  await cp(join(folder, 'running'), join(folder, 'copy'), {
    recursive: true,
    filter: (path) => basename(path) !== 'mongod.lock',
  });
  await client.db('admin').command({ fsyncUnlock: 1 });
  // The service goes on where it was held up.
  await writer.reaches(answered + 20);
  await writer.stop();
  await client.close();

  const restored = await mongodOn('copy');
  const again = await mongo.MongoClient.connect(restored.url);
  const numbers = async (name: string): Promise<number[]> =>
    (await again.db('service').collection<{ n: number }>(name).find().sort({ n: 1 }).toArray()).map(({ n }) => n);
  const states = await numbers('states');
  expect(states).toEqual(await numbers('outbox'));
  expect(states).toEqual(states.map((_, index) => index + 1));
  // One more may have been committed whose answer was on its way.
  expect([answered, answered + 1]).toContain(states.length);
  await again.close();
});
