import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Controller, INestApplicationContext, Module } from '@nestjs/common';
import { Durable, DURABLES, Receipt, Service, StreamName, streamsOf, Subject } from '@themeline/contracts';
import { createServiceApp } from '@themeline/http';
import { ClientSession, Database, Leases, PersistenceModule } from '@themeline/persistence';
import { Readiness } from '@themeline/observability';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServer, freePort, listenError, type ServerHandle, startNats } from '../../../deploy/local/servers';
import { eventually, openDatabase } from '../../../test/support/message-bus';
import { Backpressure } from './backpressure.service';
import { BatchRunner, Handle } from './batch.runner';
import { BatchWork, Consume, ConsumeContext } from './consume.decorator';
import { DeadLetters } from './dead-letters.service';
import { DecodedMessages } from './decoded.messages';
import { InboxRepository } from './inbox.repository';
import { HandlerMismatch, JetStreamStrategy } from './jetstream.strategy';
import { DeadLetterDocument, InboxDocument, messagingCollections, OutboxDocument } from './messaging.collections';
import { MessagingModule } from './messaging.module';
import { connectToNats } from './nats.connection';
import { OutboxRelay } from './outbox.relay';
import { OutboxRepository } from './outbox.repository';
import { Outbox } from './outbox.service';
import { reject, retry, StaleBatch } from './outcome';
import { StreamConsumer } from './stream.consumer';
import { StreamPurger } from './stream.purger';
import { Topology, TopologyDrift } from './topology.service';

/** One service's side of the bus: database, connection, relay, and consumers as the test asks for them. */
class Bus {
  readonly inbox: InboxRepository;
  readonly rows: OutboxRepository;
  readonly outbox: Outbox;
  readonly deadLetters: DeadLetters;
  readonly leases: Leases;
  readonly topology: Topology;
  readonly relay: OutboxRelay;
  private readonly running: { stop(): Promise<void> }[] = [];

  private constructor(
    readonly database: Database,
    private readonly closeDatabase: (drop?: boolean) => Promise<void>,
    readonly connection: NatsConnection,
    readonly namespace: string,
    maxBytes: number,
  ) {
    this.inbox = new InboxRepository(database);
    this.rows = new OutboxRepository(database);
    this.outbox = new Outbox(this.rows);
    this.deadLetters = new DeadLetters(database, this.inbox, this.outbox);
    this.leases = new Leases(database);
    this.topology = new Topology(connection, { namespace, replicas: 1, maxBytes });
    this.relay = new OutboxRelay('ingest', this.rows, this.outbox, this.topology, connection);
  }

  static async open(options: { namespace?: string; database?: string; maxBytes?: number } = {}): Promise<Bus> {
    const { database, close } = await openDatabase(
      'ingest',
      [...messagingCollections, { name: 'effects', indexes: [{ key: { messageId: 1 } }] }],
      {
        ...(options.database === undefined ? {} : { name: options.database }),
      },
    );
    const connection = await connectToNats('test', process.env.TEST_NATS_URL);
    return new Bus(
      database,
      close,
      connection,
      options.namespace ?? `t${randomUUID().slice(0, 8)}`,
      options.maxBytes ?? 10_000_000,
    );
  }

  get effects() {
    return this.database.collection<{ messageId: string }>('effects');
  }

  get outboxRows() {
    return this.database.collection<OutboxDocument>('outbox');
  }

  get inboxRows() {
    return this.database.collection<InboxDocument>('inbox');
  }

  get letters() {
    return this.database.collection<DeadLetterDocument>('dead_letters');
  }

  /** Commits facts as a service does. */
  async submit(...ids: string[]): Promise<void> {
    await this.database.transaction((session) =>
      this.outbox.add(
        session,
        ids.map((id) => ({ subject: 'article.submitted', messageId: id, payload: { articleId: id, version: 1 } })),
      ),
    );
  }

  async ensureStreamsOf(service: Service): Promise<void> {
    for (const stream of streamsOf(service)) await this.topology.ensureStream(stream);
  }

  async startRelay(): Promise<void> {
    await this.relay.checkStreams();
    this.relay.start();
    this.running.push(this.relay);
  }

  startConsumer(
    handle: Handle,
    durable: Durable = 'ingest-articles',
    name: string = durable,
    maxFailures = 3,
  ): StreamConsumer {
    const runner = new BatchRunner(
      { durable, consumer: name, shard: null, idempotent: 'idempotent' in DURABLES[durable], maxFailures },
      handle,
      this.database,
      this.inbox,
      this.deadLetters,
    );
    const consumer = new StreamConsumer(
      durable,
      name,
      this.connection,
      this.topology,
      runner,
      this.leases,
      new DecodedMessages(),
      () => undefined,
    );
    consumer.start();
    this.running.push(consumer);
    return consumer;
  }

  startReceipts(): StreamConsumer {
    return this.startConsumer(async (messages) => {
      for (const message of messages) {
        const { durable, messageIds } = message.payload as Receipt;
        await this.rows.confirm(new Map([[durable, messageIds]]));
      }
      return null;
    }, 'ingest-receipts');
  }

  /** The plainest handler: one effect per message. */
  readonly record: Handle = (messages) =>
    Promise.resolve({
      commit: async (session: ClientSession) => {
        await this.effects.insertMany(
          messages.map(({ messageId }) => ({ messageId })),
          { session },
        );
      },
    });

  async publishRaw(subject: Subject, body: string, msgID: string): Promise<void> {
    await jetstream(this.connection).publish(this.topology.subjectName(subject), body, { msgID });
  }

  async messagesIn(stream: StreamName): Promise<number> {
    return (await (await this.topology.manager()).streams.info(this.topology.streamName(stream))).state.messages;
  }

  async settled(consumer = 'ingest-articles'): Promise<void> {
    const manager = await this.topology.manager();
    await eventually(`${consumer} to settle everything`, async () => {
      const info = await manager.consumers.info(this.topology.streamName('ARTICLES'), consumer);
      return info.num_pending === 0 && info.num_ack_pending === 0;
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.running.map((part) => part.stop()));
    const manager = await this.topology.manager();
    for await (const info of manager.streams.list()) {
      if (info.config.name.startsWith(`${this.namespace}_`)) await manager.streams.delete(info.config.name);
    }
    await this.connection.close();
    await this.closeDatabase();
  }
}

describe('messaging over a real nats-server and mongod', () => {
  let bus: Bus;
  beforeEach(async () => {
    bus = await Bus.open();
  });
  afterEach(async () => {
    await bus.close();
  });

  describe('topology', () => {
    test('makes the streams and consumers of the table, and finds them right the second time', async () => {
      await bus.ensureStreamsOf('ingest');
      await bus.ensureStreamsOf('ingest');
      await bus.topology.ensureConsumer('ingest-articles', 'ingest-articles');
      await bus.topology.ensureConsumer('ingest-articles', 'ingest-articles');
      const info = await (await bus.topology.manager()).streams.info(bus.topology.streamName('REPORTS'));
      expect(info.config).toMatchObject({
        retention: 'limits',
        storage: 'file',
        discard: 'new',
        max_age: 7 * 86_400e9,
      });
    });

    test('refuses a stream that drifted, naming the setting', async () => {
      const manager = await bus.topology.manager();
      await manager.streams.add({
        name: bus.topology.streamName('ARTICLES'),
        subjects: [bus.topology.subjectName('article.submitted')],
        max_age: 3_600e9,
        max_bytes: 10_000_000,
        discard: 'new',
        duplicate_window: 120e9,
      });
      await expect(bus.topology.ensureStream('ARTICLES')).rejects.toThrow(TopologyDrift);
      await expect(bus.topology.ensureStream('ARTICLES')).rejects.toThrow(
        /max_age 3600000000000 where 604800000000000 is needed/,
      );
    });

    test('refuses a consumer that drifted', async () => {
      await bus.topology.ensureStream('ARTICLES');
      await (
        await bus.topology.manager()
      ).consumers.add(bus.topology.streamName('ARTICLES'), {
        durable_name: 'ingest-articles',
        ack_policy: 'none',
        filter_subjects: [bus.topology.subjectName('article.submitted')],
      });
      await expect(bus.topology.ensureConsumer('ingest-articles', 'ingest-articles')).rejects.toThrow(
        /ack_policy "none"/,
      );
    });
  });

  describe('from commit to effect', () => {
    test('a committed fact takes effect once; its receipt ends its outbox row', async () => {
      await bus.startRelay();
      bus.startConsumer(bus.record);
      bus.startReceipts();
      await bus.submit('m1', 'm2', 'm3');
      await eventually('three effects', async () => (await bus.effects.countDocuments()) === 3);
      await eventually('an empty outbox', async () => (await bus.outboxRows.countDocuments()) === 0);
      expect(await bus.inboxRows.countDocuments({ consumer: 'ingest-articles' })).toBe(3);
    });

    test('a transaction that rolls back tells nobody', async () => {
      await bus.startRelay();
      await expect(
        bus.database.transaction(async (session) => {
          await bus.outbox.add(session, [
            { subject: 'article.submitted', messageId: 'never', payload: { articleId: 'a', version: 1 } },
          ]);
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      await bus.submit('after');
      await eventually('the later one in the stream', async () => (await bus.messagesIn('ARTICLES')) === 1);
      expect(await bus.outboxRows.countDocuments({ _id: 'never' })).toBe(0);
    });

    test('an outbox row stays until the receipts of all its consumers are there', async () => {
      await bus.startRelay();
      await bus.submit('kept');
      await eventually('the row to be sent', () => bus.outboxRows.findOne({ _id: 'kept', sentAt: { $ne: null } }));
      await bus.rows.confirm(new Map([['somebody-else', ['kept']]]));
      expect(await bus.outboxRows.countDocuments({ _id: 'kept' })).toBe(1);
      await bus.rows.confirm(new Map([['ingest-articles', ['kept']]]));
      await eventually('the row to go', async () => (await bus.outboxRows.countDocuments({ _id: 'kept' })) === 0);
    });

    test('outbox rows end 14 days after sending, inbox rows after 30', async () => {
      const lifetimes = async (name: string) =>
        (await bus.database.collection(name).indexes()).flatMap((index) => index.expireAfterSeconds ?? []);
      expect(await lifetimes('outbox')).toEqual([14 * 86_400]);
      expect(await lifetimes('inbox')).toEqual([30 * 86_400]);
    });

    test('the correlation id travels from the outbox to the handler', async () => {
      const seen: string[] = [];
      await bus.startRelay();
      bus.startConsumer((messages) => {
        seen.push(...messages.map((message) => message.correlationId));
        return bus.record(messages, { durable: 'ingest-articles', shard: null, again: false });
      });
      await bus.database.transaction((session) =>
        bus.outbox.add(session, [
          {
            subject: 'article.submitted',
            messageId: 'c1',
            payload: { articleId: 'a', version: 1 },
            correlationId: 'req-42',
          },
        ]),
      );
      await eventually('the message', () => seen.length === 1);
      expect(seen).toEqual(['req-42']);
    });
  });

  describe('relay', () => {
    test('two relays on one outbox publish every row once', async () => {
      const other = new OutboxRelay('ingest', bus.rows, new Outbox(bus.rows), bus.topology, bus.connection);
      await bus.relay.checkStreams();
      await bus.submit(...Array.from({ length: 1_000 }, (_, index) => `r${String(index)}`));
      await bus.startRelay();
      other.start();
      await eventually('all to be sent', async () => (await bus.rows.countUnsent(1)) === 0);
      await other.stop();
      expect(await bus.messagesIn('ARTICLES')).toBe(1_000);
    });

    test('a row that commits after rows with later ids is not overlooked', async () => {
      await bus.startRelay();
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const late = bus.database.transaction(async (session) => {
        await bus.outbox.add(session, [
          { subject: 'article.submitted', messageId: 'a-first', payload: { articleId: 'a', version: 1 } },
        ]);
        await held;
      });
      await bus.submit('b-second');
      await eventually('the second to be sent', async () => (await bus.messagesIn('ARTICLES')) === 1);
      release();
      await late;
      await eventually('the first to be sent', async () => (await bus.messagesIn('ARTICLES')) === 2);
    });

    test('a row that a process took whose clock was ahead does not wait for that time to come', async () => {
      await bus.submit('left');
      const { database } = bus;
      const aheadBy = (ms: number) =>
        database.collection('outbox').updateMany({}, { $set: { leaseUntil: new Date(Date.now() + ms) } });
      await aheadBy(25_000);
      expect(await bus.rows.leaseDue(10)).toEqual([]);
      await aheadBy(240_000);
      expect(await bus.rows.leaseDue(10)).toMatchObject([{ _id: 'left' }]);
    });

    test('a full stream refuses; the outbox keeps what it did not take and sends it when there is room', async () => {
      const small = await Bus.open({ maxBytes: 3_000 });
      try {
        await small.startRelay();
        const ids = Array.from({ length: 40 }, (_, index) => `full-${String(index)}`);
        await small.submit(...ids);
        await eventually('the stream to fill up', async () => {
          const waiting = await small.rows.countUnsent(100);
          return waiting > 0 && waiting + (await small.messagesIn('ARTICLES')) === 40;
        });
        small.startConsumer(small.record);
        const purger = new StreamPurger('ingest', small.topology);
        await eventually('all effects', async () => {
          await purger.purgeAll();
          return (await small.effects.countDocuments()) === 40;
        });
      } finally {
        await small.close();
      }
    });

    test('when the store of the broker is lost, what had no receipt is sent again', async () => {
      await bus.startRelay();
      await bus.submit('lost-1', 'lost-2');
      await eventually('two messages', async () => (await bus.messagesIn('ARTICLES')) === 2);
      await eventually(
        'rows marked as sent',
        async () => (await bus.outboxRows.countDocuments({ sentAt: { $ne: null } })) === 2,
      );
      await bus.rows.confirm(new Map([['ingest-articles', ['lost-1']]]));
      await (await bus.topology.manager()).streams.delete(bus.topology.streamName('ARTICLES'));
      await bus.relay.checkStreams();
      await eventually('the unconfirmed one in the new stream', async () => (await bus.messagesIn('ARTICLES')) === 1);
      bus.startConsumer(bus.record);
      await eventually('its effect', () => bus.effects.findOne({ messageId: 'lost-2' }));
    });
  });

  describe('inbox and batches', () => {
    test('a redelivery is a quiet no-op', async () => {
      await bus.startRelay();
      bus.startConsumer(bus.record);
      await bus.submit('twice');
      await eventually('the effect', () => bus.effects.findOne({ messageId: 'twice' }));
      await bus.publishRaw('article.submitted', JSON.stringify({ articleId: 'twice', version: 1 }), 'twice~again');
      await bus.settled();
      expect(await bus.effects.countDocuments()).toBe(1);
    });

    test('the same message twice in one batch takes effect once', async () => {
      await bus.topology.ensureStream('ARTICLES');
      const body = JSON.stringify({ articleId: 'a', version: 1 });
      await bus.publishRaw('article.submitted', body, 'same~1');
      await bus.publishRaw('article.submitted', body, 'same~2');
      bus.startConsumer(bus.record);
      await eventually('the effect', () => bus.effects.findOne({ messageId: 'same' }));
      await bus.settled();
      expect(await bus.effects.countDocuments()).toBe(1);
    });

    test('two replicas that work on the same messages at once let each take effect once', async () => {
      const ids = Array.from({ length: 200 }, (_, index) => `race-${String(index)}`);
      const make = (): BatchRunner =>
        new BatchRunner(
          { durable: 'ingest-articles', consumer: 'race', shard: null, idempotent: false, maxFailures: 3 },
          bus.record,
          bus.database,
          bus.inbox,
          bus.deadLetters,
        );
      const batch = (from: number) =>
        ids.slice(from, from + 20).map((messageId) => ({
          messageId,
          subject: 'article.submitted' as const,
          payload: { articleId: messageId, version: 1 },
          correlationId: 'c',
          deliveries: 1,
          body: '{}',
        }));
      const replica = async (runner: BatchRunner, shift: number): Promise<void> => {
        for (let from = 0; from + shift < ids.length; from += 20) {
          const outcomes = await runner.run(batch(from + shift));
          expect(outcomes.every((outcome) => outcome.type === 'done')).toBe(true);
        }
      };
      await Promise.all([replica(make(), 0), replica(make(), 10), replica(make(), 0)]);
      expect(await bus.effects.countDocuments()).toBe(200);
      expect(new Set((await bus.effects.find().toArray()).map((row) => row.messageId)).size).toBe(200);
    });

    test('a duplicate key means: run the batch again, never "done"', async () => {
      let runs = 0;
      await bus.startRelay();
      bus.startConsumer((messages) => {
        runs += 1;
        return runs < 3
          ? Promise.reject(Object.assign(new Error('E11000 duplicate key'), { code: 11_000 }))
          : bus.record(messages, { durable: 'ingest-articles', shard: null, again: false });
      });
      await bus.submit('conflict');
      await eventually('the effect', () => bus.effects.findOne({ messageId: 'conflict' }));
      expect(runs).toBe(3);
      expect(await bus.letters.countDocuments()).toBe(0);
    });

    test('a plan that went stale is made again', async () => {
      let plans = 0;
      await bus.startRelay();
      bus.startConsumer((messages) => {
        plans += 1;
        const stale = plans === 1;
        return Promise.resolve({
          commit: async (session: ClientSession) => {
            await bus.effects.insertMany(
              messages.map(({ messageId }) => ({ messageId })),
              { session },
            );
            if (stale) throw new StaleBatch('somebody was faster');
          },
        });
      });
      await bus.submit('stale');
      await bus.settled().catch(() => undefined);
      await eventually('the effect', () => bus.effects.findOne({ messageId: 'stale' }));
      expect(await bus.effects.countDocuments()).toBe(1);
      expect(plans).toBe(2);
    });

    test('a poison message is halved out of its batch; its neighbours go through', async () => {
      await bus.relay.checkStreams();
      const ids = Array.from({ length: 8 }, (_, index) => (index === 5 ? 'poison' : `good-${String(index)}`));
      await bus.submit(...ids);
      await bus.startRelay();
      await eventually('all in the stream', async () => (await bus.messagesIn('ARTICLES')) === 8);
      bus.startConsumer((messages) =>
        messages.some((message) => message.messageId === 'poison')
          ? Promise.reject(new Error('cannot digest this'))
          : bus.record(messages, { durable: 'ingest-articles', shard: null, again: false }),
      );
      await eventually('seven effects', async () => (await bus.effects.countDocuments()) === 7);
      const letter = await eventually('a dead letter', () => bus.letters.findOne({ messageId: 'poison' }), 30_000);
      expect(letter).toMatchObject({ durable: 'ingest-articles', attempts: 3, reason: 'Error: cannot digest this' });
      await eventually('its announcement on the stream', () => bus.outboxRows.findOne({ subject: 'message.died' }));
      await bus.settled();
    });

    test('an undecodable message is a dead letter at once, with its text', async () => {
      await bus.topology.ensureStream('ARTICLES');
      await bus.publishRaw('article.submitted', '{"articleId": 7}', 'bad-type');
      await bus.publishRaw('article.submitted', 'not json', 'bad-json');
      bus.startConsumer(bus.record);
      await eventually('two dead letters', async () => (await bus.letters.countDocuments()) === 2);
      expect((await bus.letters.findOne({ messageId: 'bad-json' }))?.body).toBe('not json');
      expect((await bus.letters.findOne({ messageId: 'bad-type' }))?.reason).toMatch(/articleId/);
      await bus.settled();
      expect(await bus.effects.countDocuments()).toBe(0);
    });

    test('outcomes: retry comes again later and leaves no inbox row, reject goes to the dead letters', async () => {
      let tries = 0;
      await bus.startRelay();
      bus.startConsumer((messages) =>
        Promise.resolve({
          commit: async (session: ClientSession) => {
            const outcomes = [];
            for (const { messageId } of messages) {
              if (messageId === 'later' && tries++ === 0) outcomes.push(retry(50));
              else if (messageId === 'no') outcomes.push(reject('out of scope'));
              else {
                await bus.effects.insertOne({ messageId }, { session });
                outcomes.push({ type: 'done' as const });
              }
            }
            return outcomes;
          },
        }),
      );
      await bus.submit('yes', 'later', 'no');
      await eventually('two effects', async () => (await bus.effects.countDocuments()) === 2);
      await eventually('the rejected one', () => bus.letters.findOne({ messageId: 'no', reason: 'out of scope' }));
      expect(tries).toBe(2);
    });

    test('a replayed dead letter goes to its own consumer again', async () => {
      let mended = false;
      await bus.startRelay();
      bus.startConsumer(
        (messages) =>
          mended
            ? bus.record(messages, { durable: 'ingest-articles', shard: null, again: false })
            : Promise.reject(new Error('not yet')),
        'ingest-articles',
        'ingest-articles',
        1,
      );
      await bus.submit('again');
      const letter = await eventually('the dead letter', () => bus.letters.findOne({ messageId: 'again' }));
      mended = true;
      expect((await bus.deadLetters.list(10)).items.map((item) => item.id)).toContain(letter._id);
      await bus.deadLetters.replay(letter._id);
      await eventually('the effect', () => bus.effects.findOne({ messageId: 'again' }));
      expect(await bus.letters.countDocuments({ messageId: 'again' })).toBe(0);
    });
  });

  describe('life of a consumer', () => {
    test('drain: the batch in hand is finished, nothing of the rest is lost', async () => {
      await bus.startRelay();
      await bus.submit(...Array.from({ length: 30 }, (_, index) => `d${String(index)}`));
      let release: () => void = () => undefined;
      let begun: () => void = () => undefined;
      const started = new Promise<void>((resolve) => (begun = resolve));
      const held = new Promise<void>((resolve) => (release = resolve));
      const consumer = bus.startConsumer(async (messages): Promise<BatchWork | null> => {
        begun();
        await held;
        return bus.record(messages, { durable: 'ingest-articles', shard: null, again: false });
      });
      await started;
      const stopping = consumer.stop();
      release();
      await stopping;
      const finished = await bus.effects.countDocuments();
      expect(finished).toBeGreaterThan(0);
      expect(finished).toBeLessThan(30);
      bus.startConsumer(bus.record);
      await eventually('the rest', async () => (await bus.effects.countDocuments()) === 30);
    });

    test('a shard is consumed by the one that holds its lease; another takes over when it stops', async () => {
      await bus.ensureStreamsOf('timeline');
      const started: string[] = [];
      const handleAs =
        (name: string): Handle =>
        (messages) => {
          started.push(...messages.map(() => name));
          return Promise.resolve({ commit: () => Promise.resolve() });
        };
      const change = async (id: string): Promise<void> => {
        const payload = { themeId: 'x', version: 1, theme: null };
        await bus.publishRaw('theme.changed', JSON.stringify(payload), id);
      };
      // A sharded durable reads event.revised; its lease is what is tested here, so any decodable traffic would do.
      const first = bus.startConsumer(handleAs('first'), 'alerts-match', 'alerts-match-0');
      await eventually('the first to hold the lease', async () =>
        bus.database.collection('leases').findOne({ _id: 'consumer:alerts-match-0', owner: { $ne: null } } as object),
      );
      const second = bus.startConsumer(handleAs('second'), 'alerts-match', 'alerts-match-0');
      await eventually('the second to stand by', () => second.problem === null);
      await change('ignored-by-filter');
      const fence = async (): Promise<number> =>
        (
          await bus.database
            .collection<{ _id: string; fence: number }>('leases')
            .findOne({ _id: 'consumer:alerts-match-0' })
        )?.fence ?? 0;
      const before = await fence();
      await first.stop();
      await eventually('the second to take over', async () => (await fence()) > before);
      expect(started).toEqual([]);
    });
  });

  describe('streams do not fill up', () => {
    test('only what every durable has acknowledged and is older than the kept time is purged', async () => {
      let now = 1_000_000;
      const purger = new StreamPurger('ingest', bus.topology, 3_600_000, () => now);
      await bus.startRelay();
      await bus.submit('p1', 'p2');
      await eventually('two messages', async () => (await bus.messagesIn('ARTICLES')) === 2);
      await purger.purge('ARTICLES');
      now += 3_600_001;
      await purger.purge('ARTICLES');
      expect(await bus.messagesIn('ARTICLES')).toBe(2);
      bus.startConsumer(bus.record);
      await eventually('effects', async () => (await bus.effects.countDocuments()) === 2);
      await bus.settled();
      await bus.submit('p3');
      await eventually('three effects', async () => (await bus.effects.countDocuments()) === 3);
      await bus.settled();
      now += 1_000;
      await purger.purge('ARTICLES');
      expect(await bus.messagesIn('ARTICLES')).toBe(1);
    });

    test('backpressure: too deep an outbox or too slow a consumer refuses new input with a time to come back', async () => {
      await bus.ensureStreamsOf('ingest');
      const purger = new StreamPurger('ingest', bus.topology);
      const backpressure = new Backpressure({ outboxDepth: 2, consumerLag: 3 }, bus.rows, purger);
      await backpressure.measure();
      expect(backpressure.refusal()).toBeNull();
      await bus.submit('b1', 'b2', 'b3');
      await backpressure.measure();
      expect(backpressure.refusal()).toMatchObject({
        reason: expect.stringContaining('more than 2 messages'),
        retryAfterSeconds: 5,
      });
      await bus.submit('b4');
      await bus.startRelay();
      await eventually('the stream to hold four', async () => (await bus.messagesIn('ARTICLES')) === 4);
      await eventually('the outbox to be sent', async () => (await bus.rows.countUnsent(1)) === 0);
      await backpressure.measure();
      expect(backpressure.refusal()?.reason).toBe('ingest-articles is 4 messages behind');
      bus.startConsumer(bus.record);
      await bus.settled();
      await backpressure.measure();
      expect(backpressure.refusal()).toBeNull();
    });
  });
});

describe('the Nest transport', () => {
  const received: string[] = [];

  @Controller()
  class ArticlesConsumer {
    @Consume('ingest-articles')
    read(messages: { messageId: string }[], context: ConsumeContext): Promise<BatchWork> {
      received.push(...messages.map((message) => `${context.durable} ${message.messageId}`));
      return Promise.resolve({ commit: () => Promise.resolve() });
    }
  }

  @Controller()
  class AssignmentsConsumer {
    @Consume('ingest-assignments')
    note(): Promise<BatchWork> {
      return Promise.resolve({ commit: () => Promise.resolve() });
    }
  }

  @Controller()
  class StrayConsumer {
    @Consume('timeline-reports')
    stray(): Promise<BatchWork> {
      return Promise.resolve({ commit: () => Promise.resolve() });
    }
  }

  const start = async (
    controllers: (new () => object)[],
    natsUrl = process.env.TEST_NATS_URL ?? '',
  ): Promise<INestApplicationContext> => {
    process.env.MONGODB_URI = process.env.TEST_MONGODB_URI ?? '';
    process.env.NATS_URL = natsUrl;
    process.env.DB_PREFIX = `t${randomUUID().slice(0, 8)}`;
    process.env.NATS_NAMESPACE = process.env.DB_PREFIX;
    process.env.IDENTITY_SECRET = 'a secret of at least thirty-two characters';

    @Module({
      imports: [
        PersistenceModule.forRoot({ service: 'ingest', collections: messagingCollections }),
        MessagingModule.forRoot({ service: 'ingest' }),
      ],
      controllers,
    })
    class TestModule {}

    return createServiceApp({
      name: 'ingest',
      module: TestModule,
      configure: (app) => {
        app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
      },
    });
  };

  test('delivers to the controller that names the durable, and drains on close', async () => {
    const app = await start([ArticlesConsumer, AssignmentsConsumer]);
    try {
      const database = app.get(Database);
      await database.transaction((session) =>
        app
          .get(Outbox)
          .add(session, [{ subject: 'article.submitted', messageId: 'n1', payload: { articleId: 'a', version: 1 } }]),
      );
      await eventually('the controller to have it', () => received.includes('ingest-articles n1'));
      await eventually(
        'the outbox to be empty',
        async () => (await database.collection('outbox').countDocuments()) === 0,
      );
    } finally {
      await app.close();
    }
  });

  test('starts without JetStream, and sends and receives when it comes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'themeline-nats-'));
    const binary = await findServer('nats-server', process.env, () => undefined);
    const port = await freePort();
    const bare = spawn(binary.path, ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const ended = once(bare, 'exit');
    let app: INestApplicationContext | undefined;
    let nats: ServerHandle | undefined;
    try {
      await eventually('the broker to listen', async () => (await listenError(port)) !== undefined);
      app = await start([ArticlesConsumer, AssignmentsConsumer], `nats://127.0.0.1:${String(port)}`);
      const { checks } = await app.get(Readiness).report();
      expect(checks.filter(({ ready }) => !ready).map(({ name }) => name)).toEqual(['consumers']);
      const database = app.get(Database);
      const outbox = app.get(Outbox);
      await database.transaction((session) =>
        outbox.add(session, [
          { subject: 'article.submitted', messageId: 'early', payload: { articleId: 'a', version: 1 } },
        ]),
      );
      bare.kill('SIGKILL');
      await ended;
      nats = await startNats({ binary, storeDir: join(folder, 'nats'), port, logPath: join(folder, 'nats.log') });
      await eventually('it to be sent and received', () => received.includes('ingest-articles early'), 30_000);
    } finally {
      await app?.close();
      bare.kill('SIGKILL');
      await nats?.kill9();
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);

  test.each([
    ['a durable without a handler', [ArticlesConsumer], /'ingest-assignments' has no handler/],
    [
      'two handlers on one durable',
      [ArticlesConsumer, class Twice extends ArticlesConsumer {}, AssignmentsConsumer],
      /two handlers on the durable 'ingest-articles'/,
    ],
    [
      'a handler of another service',
      [ArticlesConsumer, AssignmentsConsumer, StrayConsumer],
      /no such durable of ingest: 'timeline-reports'/,
    ],
  ])('refuses to start with %s', async (_, controllers, message) => {
    await expect(start(controllers)).rejects.toThrow(HandlerMismatch);
    await expect(start(controllers)).rejects.toThrow(message);
  });
});
