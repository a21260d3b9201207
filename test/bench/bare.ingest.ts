import { AckPolicy, jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Document, MongoClient } from 'mongodb';

const NAME = 'bench_bare_ingest';
const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;
const PULL = 100;

/**
 * The least that taking reports in can be: each batch of `first` by one insert, a message to a file stream for each of its
 * documents, their consumer, and one of `second` inserted for each message. Nothing that could repeat, merge or find them.
 * Answers with the seconds from the first insert until the last message is inserted.
 */
export async function bareIngest(
  client: MongoClient,
  natsUrl: string,
  batches: readonly Document[][],
  second: readonly Document[],
  sideBySide: number,
): Promise<number> {
  const nats = await connect({ servers: natsUrl });
  const manager = await jetstreamManager(nats);
  const db = client.db(NAME);
  try {
    await manager.streams.add({ name: NAME, subjects: [NAME], storage: StorageType.File });
    await manager.consumers.add(NAME, { durable_name: NAME, ack_policy: AckPolicy.Explicit });
    for (const name of ['first', 'second']) await db.createCollection(name);
    const messages = await (await jetstream(nats).consumers.get(NAME, NAME)).consume({ max_messages: PULL * 2 });
    const total = batches.reduce((sum, batch) => sum + batch.length, 0);
    const began = performance.now();

    const consume = async (): Promise<void> => {
      let taken = 0;
      let gathered: (() => void)[] = [];
      for await (const message of messages) {
        JSON.parse(message.string());
        gathered.push(() => {
          message.ack();
        });
        taken += 1;
        if (gathered.length < PULL && messages.getPending() > 0 && taken < total) continue;
        const documents = gathered.map((_, index) => second[(taken - gathered.length + index) % second.length] ?? {});
        await db.collection('second').insertMany(
          // A document may tell of several reports; then it is written for each.
          documents.map((document, index) => ({ ...document, _id: `${String(taken)} ${String(index)}` as never })),
          DURABLE,
        );
        for (const acknowledge of gathered) acknowledge();
        gathered = [];
        if (taken >= total) break;
      }
    };
    const carrier = jetstream(nats);
    const waiting = batches.values();
    const produce = async (): Promise<void> => {
      for (const batch of waiting) {
        await db.collection('first').insertMany([...batch], DURABLE);
        await Promise.all(batch.map((document) => carrier.publish(NAME, JSON.stringify(document))));
      }
    };
    await Promise.all([consume(), ...Array.from({ length: sideBySide }, produce)]);
    return (performance.now() - began) / 1_000;
  } finally {
    await manager.streams.delete(NAME);
    await db.dropDatabase();
    await nats.drain();
  }
}
