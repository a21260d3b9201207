import { eventually, openDatabase } from '../../../test/support/message-bus';
import { Database, isDuplicateKey } from './database.service';
import { Leases } from './lease.repository';
import { CollectionSpec, migrate, Migration, SchemaError, verifyIndexes } from './schema.migrations';

const things: CollectionSpec = { name: 'things', indexes: [{ key: { code: 1 }, unique: true }] };

describe('persistence over a real mongod', () => {
  let database: Database;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ database, close } = await openDatabase('test', []));
  });
  afterEach(() => close());

  describe('migrations', () => {
    test('make collections and indexes, and change nothing the second time', async () => {
      await migrate(database.db, [things], []);
      await migrate(database.db, [things], []);
      await expect(verifyIndexes(database.db, [things])).resolves.toBeUndefined();
    });

    test('several replicas may migrate at once', async () => {
      await expect(Promise.all([1, 2, 3, 4].map(() => migrate(database.db, [things], [])))).resolves.toHaveLength(4);
    });

    test('a missing unique index is refused by name', async () => {
      await migrate(database.db, [things], []);
      await database.collection('things').dropIndex('code_1');
      await expect(verifyIndexes(database.db, [things])).rejects.toThrow(SchemaError);
      await expect(verifyIndexes(database.db, [things])).rejects.toThrow(/things' lacks the unique index \{"code":1\}/);
    });

    test('an index in the way is refused, and so is data that breaks it', async () => {
      await database.collection('things').createIndex({ code: 1 });
      await expect(migrate(database.db, [things], [])).rejects.toThrow(/cannot be made/);
      await database.collection('things').dropIndexes();
      await database.collection('things').insertMany([{ code: 1 }, { code: 1 }]);
      await expect(migrate(database.db, [things], [])).rejects.toThrow(/cannot be made/);
    });

    test('a migration of data runs once', async () => {
      let runs = 0;
      const migration: Migration = {
        id: 'count',
        up: () => {
          runs += 1;
          return Promise.resolve();
        },
      };
      await migrate(database.db, [], [migration]);
      await migrate(database.db, [], [migration]);
      expect(runs).toBe(1);
    });
  });

  describe('transactions', () => {
    test('write all or nothing', async () => {
      await migrate(database.db, [things], []);
      const rows = database.collection<{ code: number }>('things');
      await expect(
        database.transaction(async (session) => {
          await rows.insertOne({ code: 1 }, { session });
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await rows.countDocuments()).toBe(0);
      await database.transaction((session) => rows.insertMany([{ code: 1 }, { code: 2 }], { session }));
      expect(await rows.countDocuments()).toBe(2);
    });

    test('a duplicate key comes out as one', async () => {
      await migrate(database.db, [things], []);
      const rows = database.collection<{ code: number }>('things');
      await rows.insertOne({ code: 1 });
      const error: unknown = await database
        .transaction((session) => rows.insertMany([{ code: 2 }, { code: 1 }], { session }))
        .catch((reason: unknown) => reason);
      expect(isDuplicateKey(error)).toBe(true);
      expect(await rows.countDocuments()).toBe(1);
    });
  });

  describe('leases', () => {
    test('one holder at a time; the fence grows with every change of hands', async () => {
      const leases = new Leases(database);
      const first = await leases.acquire('job', 60_000);
      expect(first?.fence).toBe(1);
      expect(await leases.acquire('job', 60_000)).toBeNull();
      await first?.release();
      const second = await leases.acquire('job', 60_000);
      expect(second?.fence).toBe(2);
      expect(await first?.renew()).toBe(false);
      expect(await second?.renew()).toBe(true);
    });

    test('many at once: one gets it', async () => {
      const leases = new Leases(database);
      const taken = await Promise.all(Array.from({ length: 20 }, () => leases.acquire('race', 60_000)));
      expect(taken.filter((lease) => lease !== null)).toHaveLength(1);
    });

    test('a lease that is not renewed runs out, and its old holder notices', async () => {
      const leases = new Leases(database);
      const first = await leases.acquire('short', 50);
      const second = await eventually('the lease to run out', () => leases.acquire('short', 60_000));
      expect(second.fence).toBe(2);
      expect(await first?.renew()).toBe(false);
    });

    test('a lease that was taken before the clock of the database was set back keeps nobody waiting', async () => {
      const leases = new Leases(database);
      const first = await leases.acquire('ahead', 60_000);
      const taken = (minutes: number) =>
        database
          .collection<{ _id: string }>('leases')
          .updateOne({ _id: 'ahead' }, { $set: { expiresAt: new Date(Date.now() + minutes * 60_000) } });
      await taken(1.5);
      expect(await leases.acquire('ahead', 60_000)).toBeNull();
      await taken(4);
      expect((await leases.acquire('ahead', 60_000))?.fence).toBe(2);
      expect(await first?.renew()).toBe(false);
    });
  });
});
