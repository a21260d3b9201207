import { type Database, Sealer } from '@themeline/persistence';
import { eventually, openDatabase } from '../../../test/support/message-bus';
import { idempotencyCollections, type IdempotencyDocument } from './idempotency.collections';
import { Idempotency, type KeepAnswer } from './idempotency.service';

const sealer = new Sealer('a-secret-of-the-services');
const ANSWER = { status: 202, body: { accepted: 1 } };

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ database, close } = await openDatabase('test', idempotencyCollections));
});
afterAll(() => close());
afterEach(() => jest.useRealTimers());

const keys = () => database.collection<IdempotencyDocument>('idempotency_keys');

/** As if nothing had been heard of it for so many seconds. */
async function silentFor(id: string, seconds: number): Promise<void> {
  await keys().updateOne({ _id: id }, [{ $set: { at: { $subtract: ['$$NOW', seconds * 1_000] } } }]);
}

test('a second request waits while the first is worked on, and then gets its answer', async () => {
  const [first, second] = [new Idempotency(database, sealer), new Idempotency(database, sealer)];
  expect(await first.claim('one', 'hash')).toBeNull();
  await expect(second.claim('one', 'hash')).rejects.toMatchObject({ status: 409, headers: { 'retry-after': '2' } });
  await first.finish('one', 'hash', ANSWER);
  expect(await second.claim('one', 'hash')).toEqual(ANSWER);
  await expect(second.claim('one', 'other')).rejects.toMatchObject({ status: 422 });
});

test('the key of a request whose process died goes to whoever sends it again, seconds later', async () => {
  // Its process died with its timers.
  jest.useFakeTimers({
    doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'Date', 'performance'],
  });
  const [dead, next] = [new Idempotency(database, sealer), new Idempotency(database, sealer)];
  expect(await dead.claim('two', 'hash')).toBeNull();
  await silentFor('two', 11);
  await expect(next.claim('two', 'hash')).rejects.toMatchObject({ status: 409 });
  await silentFor('two', 13);
  expect(await next.claim('two', 'hash')).toBeNull();
  await next.abandon('two');
  await dead.abandon('two');
});

test('a request that takes long keeps its key', async () => {
  jest.useFakeTimers({
    doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'Date', 'performance'],
  });
  const [slow, next] = [new Idempotency(database, sealer), new Idempotency(database, sealer)];
  expect(await slow.claim('three', 'hash')).toBeNull();
  await silentFor('three', 13);
  jest.advanceTimersByTime(4_000);
  await eventually('the hold to be renewed', async () => {
    const row = await keys().findOne({ _id: 'three' });
    return row !== null && Date.now() - row.at.getTime() < 10_000;
  });
  await expect(next.claim('three', 'hash')).rejects.toMatchObject({ status: 409 });
  await slow.finish('three', 'hash', ANSWER);
  // Nothing renews a key that has its answer.
  expect(jest.getTimerCount()).toBe(0);
});

test('an answer that was kept with its effect is the answer, though the process died before it gave it', async () => {
  const effects = database.collection<{ n: number }>('effects');
  const work = jest.fn(async (keep: KeepAnswer) => {
    await database.transaction(async (session) => {
      await effects.insertOne({ n: work.mock.calls.length }, { session });
      await keep(session, ANSWER);
    });
    throw new Error('the process dies');
  });
  await expect(new Idempotency(database, sealer).once('four', 'hash', work)).rejects.toThrow('the process dies');
  expect(await new Idempotency(database, sealer).once('four', 'hash', work)).toEqual(ANSWER);
  expect(await effects.countDocuments()).toBe(1);
});
