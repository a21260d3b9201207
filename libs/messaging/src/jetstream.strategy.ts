import type { NatsConnection } from '@nats-io/transport-node';
import { Injectable } from '@nestjs/common';
import { CustomTransportStrategy, MessageHandler, Server } from '@nestjs/microservices';
import { consumerNames, Durable, DURABLES, DurableRow, Receipt, Service } from '@themeline/contracts';
import { Readiness } from '@themeline/observability';
import { Database, Leases } from '@themeline/persistence';
import { isObservable, lastValueFrom } from 'rxjs';
import { BatchMessage, BatchRunner, Handle } from './batch.runner';
import { BatchWork, ConsumeContext } from './consume.decorator';
import { DeadLetters } from './dead-letters.service';
import { DecodedMessages } from './decoded.messages';
import { InboxRepository } from './inbox.repository';
import { OutboxRelay } from './outbox.relay';
import { OutboxRepository } from './outbox.repository';
import { ReceiptBook } from './receipt.book';
import { StreamConsumer } from './stream.consumer';
import { Topology, TopologyDrift } from './topology.service';

const MAX_FAILURES = 5;

/** The handlers of a service do not fit the table of durables. */
export class HandlerMismatch extends Error {
  readonly code = 'handler-mismatch';
}

export interface JetStreamParts {
  service: Service;
  connection: NatsConnection;
  topology: Topology;
  relay: OutboxRelay;
  database: Database;
  leases: Leases;
  inbox: InboxRepository;
  outboxRows: OutboxRepository;
  deadLetters: DeadLetters;
  readiness: Readiness;
}

/** Nest's transport over JetStream: durable, acknowledged, in batches. Starts what sends and what receives; `close` drains both. */
@Injectable()
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  private consumers: StreamConsumer[] = [];
  private readonly receipts: ReceiptBook;
  private readonly decoded = new DecodedMessages();

  constructor(private readonly parts: JetStreamParts) {
    super();
    this.receipts = new ReceiptBook(parts.outboxRows);
  }

  /** Throws HandlerMismatch when a durable of this service has no handler or two, TopologyDrift when a stream is not what it should be. */
  listen(callback: (error?: unknown) => void): void {
    this.begin().then(
      () => {
        callback();
      },
      (error: unknown) => {
        callback(error);
      },
    );
  }

  private async begin(): Promise<void> {
    const { service, relay, readiness } = this.parts;
    const handlers = this.handlersByDurable();
    try {
      await relay.checkStreams();
    } catch (error) {
      if (error instanceof TopologyDrift) throw error;
      // What is accepted meanwhile waits in the outbox, and `consumers` is not ready: they and the relay go on trying.
      this.logger.warn(`starts without its streams: ${(error as Error).message}`);
    }
    this.consumers = [...handlers].flatMap(([durable, handle]) =>
      consumerNames(durable).map((name, shard) => this.makeConsumer(durable, name, shard, handle)),
    );
    for (const consumer of this.consumers) consumer.start();
    relay.start();
    this.receipts.start();
    readiness.add('consumers', () => {
      const broken = this.consumers.find((consumer) => consumer.problem !== null);
      return broken === undefined
        ? Promise.resolve()
        : Promise.reject(new Error(`${broken.name}: ${broken.problem ?? ''}`));
    });
    this.logger.log(`${service} consumes ${this.consumers.map((consumer) => consumer.name).join(', ') || 'nothing'}`);
  }

  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    await Promise.all([this.parts.relay.stop(), this.receipts.stop()]);
    await this.parts.connection.drain().catch(() => undefined);
  }

  /** The broker's own connection, for Nest's `unwrap`. */
  unwrap<T>(): T {
    return this.parts.connection as T;
  }

  on(): void {
    // Nest's status events: the connection reports its state through readiness instead.
  }

  private handlersByDurable(): Map<Durable, Handle> {
    const { service } = this.parts;
    const own = (Object.keys(DURABLES) as Durable[]).filter((durable) => DURABLES[durable].service === service);
    const handlers = new Map<Durable, Handle>();
    for (const [pattern, handler] of this.messageHandlers) {
      if (!own.includes(pattern as Durable)) {
        throw new HandlerMismatch(`no such durable of ${service}: '${pattern}'`);
      }
      if (handler.next !== undefined) throw new HandlerMismatch(`two handlers on the durable '${pattern}'`);
      handlers.set(pattern as Durable, invoke(handler));
    }
    for (const durable of own) {
      const row: DurableRow = DURABLES[durable];
      if (row.subjects.some((subject) => subject.startsWith('receipt.'))) {
        handlers.set(durable, receiptHandler(this.receipts));
      }
      if (!handlers.has(durable)) throw new HandlerMismatch(`the durable '${durable}' has no handler`);
    }
    return handlers;
  }

  private makeConsumer(durable: Durable, name: string, shard: number, handle: Handle): StreamConsumer {
    const { connection, topology, database, inbox, deadLetters, leases } = this.parts;
    const row: DurableRow = DURABLES[durable];
    const runner = new BatchRunner(
      {
        durable,
        consumer: name,
        shard: row.shards === undefined ? null : shard,
        idempotent: row.idempotent === true,
        maxFailures: MAX_FAILURES,
      },
      handle,
      database,
      inbox,
      deadLetters,
    );
    const { decoded } = this;
    return new StreamConsumer(durable, name, connection, topology, runner, leases, decoded, (error: TopologyDrift) => {
      // A consumer with other settings would lose or repeat messages: better no service than that one.
      this.logger.error(error.message);
      process.exitCode = 1;
      process.kill(process.pid, 'SIGTERM');
    });
  }
}

/** Through Nest's pipeline (guards, interceptors, filters) to the controller's method, and back to a plain promise. */
function invoke(handler: MessageHandler): Handle {
  return async (messages: BatchMessage[], context: ConsumeContext): Promise<BatchWork | null> => {
    const result: unknown = await handler(messages, context);
    const work = isObservable(result) ? await lastValueFrom(result) : result;
    return work as BatchWork | null;
  };
}

/** Noting a receipt twice changes nothing, so there is nothing left to commit. */
function receiptHandler(receipts: ReceiptBook): Handle {
  return async (messages) => {
    const byConsumer = new Map<string, string[]>();
    for (const message of messages) {
      const { durable, messageIds } = message.payload as Receipt;
      byConsumer.set(durable, [...(byConsumer.get(durable) ?? []), ...messageIds]);
    }
    await receipts.note(byConsumer);
    return null;
  };
}
