import { AckPolicy, jetstream, jetstreamManager, type JetStreamClient, StorageType } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { MongoClient } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { request } from 'undici';

const NAME = 'bench_bare_chain';
const DURABLE_WRITE = { w: 'majority', journal: true } as const;

interface Step {
  _id: string;
  body: string;
}

/**
 * The least that the way from a report to its webhook can be: two transactions with two rows each, two publishes to file
 * streams with their consumers, two further commits, one HTTP call. No merging, no matching, nothing that could repeat it.
 */
export class BareChain {
  private constructor(
    private readonly mongo: MongoClient,
    private readonly nats: NatsConnection,
    private readonly client: JetStreamClient,
    private readonly url: string,
  ) {}

  static async open(mongoUri: string, natsUrl: string, url: string): Promise<BareChain> {
    const mongo = await MongoClient.connect(mongoUri, { writeConcern: DURABLE_WRITE });
    const nats = await connect({ servers: natsUrl });
    const manager = await jetstreamManager(nats);
    for (const step of ['one', 'two']) {
      const stream = `${NAME}_${step}`;
      await manager.streams.add({ name: stream, subjects: [stream], storage: StorageType.File });
      await manager.consumers.add(stream, { durable_name: stream, ack_policy: AckPolicy.Explicit });
    }
    for (const step of ['one', 'two', 'three', 'four']) await mongo.db(NAME).createCollection(step);
    const chain = new BareChain(mongo, nats, jetstream(nats), url);
    await chain.follow('one', async (body) => {
      await chain.commit('two', body);
      await chain.client.publish(`${NAME}_two`, body);
    });
    await chain.follow('two', async (body) => {
      await chain.steps('three').insertOne({ _id: randomUUID(), body });
      await chain.steps('four').insertOne({ _id: randomUUID(), body });
      const answer = await request(url, { method: 'POST', body });
      await answer.body.dump();
    });
    return chain;
  }

  /** Sends one on its way; it arrives at the address with `body`. */
  async send(body: string): Promise<void> {
    await this.commit('one', body);
    await this.client.publish(`${NAME}_one`, body);
  }

  async close(): Promise<void> {
    await this.nats.drain();
    await this.mongo.close();
  }

  private steps(name: string) {
    return this.mongo.db(NAME).collection<Step>(name);
  }

  private async commit(name: string, body: string): Promise<void> {
    await this.mongo.withSession((session) =>
      session.withTransaction(
        async () => {
          await this.steps(name).insertMany(
            [
              { _id: randomUUID(), body },
              { _id: randomUUID(), body },
            ],
            { session },
          );
        },
        { writeConcern: DURABLE_WRITE },
      ),
    );
  }

  private async follow(step: string, work: (body: string) => Promise<void>): Promise<void> {
    const consumer = await this.client.consumers.get(`${NAME}_${step}`, `${NAME}_${step}`);
    await consumer.consume({
      callback: (message) => {
        void work(message.string()).then(() => message.ack());
      },
    });
  }
}
