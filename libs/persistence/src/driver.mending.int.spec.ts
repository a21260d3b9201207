import { mongo } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { TcpProxy } from '../../../test/faults/tcp.proxy';
import { eventually } from '../../../test/support/message-bus';
import { endWritesOfClosedConnections } from './driver.mending';

test('a write that waits for room in its socket ends when its connection is given up, and is tried again', async () => {
  endWritesOfClosedConnections();
  const { port } = new URL((process.env.TEST_MONGODB_URI ?? '').replace('mongodb:', 'http:'));
  const proxy = await TcpProxy.open(Number(port));
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${String(proxy.port)}/?directConnection=true`, {
    // The driver gives up a server that does not answer its monitor for so long.
    connectTimeoutMS: 1_000,
    heartbeatFrequencyMS: 500,
  });
  const things = client.db(`t_${randomUUID().slice(0, 8)}`).collection<{ n: number; text: string }>('things');
  try {
    await things.insertOne({ n: 0, text: 'before' });
    const givenUp = new Promise<void>((resolve) => client.once('connectionPoolCleared', () => resolve()));
    const heal = proxy.disturb({ of: () => true, cut: true });
    // More than the buffers of the sockets on the way hold.
    const text = 'x'.repeat(15 * 1024 * 1024);
    const written = things.insertMany([1, 2, 3].map((n) => ({ n, text })));
    let end: unknown = null;
    written.then(
      () => (end = 'written'),
      (error: unknown) => (end = error),
    );
    await givenUp;
    heal();
    expect(await eventually('the write to end', () => end, 15_000)).toBe('written');
    expect(await things.countDocuments()).toBe(4);
  } finally {
    await things.drop().catch(() => undefined);
    await client.close(true);
    proxy.close();
  }
}, 60_000);
