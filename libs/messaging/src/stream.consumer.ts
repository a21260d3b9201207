import { jetstream, type ConsumerMessages, type JetStreamClient, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { Durable, DURABLES, DurableRow, receiptSubject } from '@themeline/contracts';
import { beginSpan, counter, histogram, runWithCorrelation, type Tracing } from '@themeline/observability';
import { Lease, Leases } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { BatchMessage, BatchRunner } from './batch.runner';
import type { DecodedMessages } from './decoded.messages';
import { encode } from './message.codec';
import { CORRELATION_HEADER, TRACE_HEADER } from './outbox.relay';
import { REPLAY_MARK } from './outbox.service';
import { Outcome } from './outcome';
import { Topology, TopologyDrift } from './topology.service';

const LINGER_MS = 1;
const PULL_EXPIRES_MS = 10_000;
const WORKING_EVERY_MS = 10_000;
const RESTART_MS = 500;
const GIVE_BACK_MS = 50;
/** Receipts wait for each other so long: nothing but the length of an outbox row's life depends on them. */
const RECEIPT_EVERY_MS = 200;
const LEASE_TTL_MS = 10_000;
const LEASE_RENEW_MS = 3_000;

const handled = counter('messages_handled_total', 'Messages settled, by outcome', ['durable', 'outcome']);
const seconds = histogram('batch_seconds', 'Time from pull to commit of one batch', ['durable']);

/** What one JetStream message is to the batch runner. */
interface Pulled {
  raw: JsMsg;
  natsId: string;
  messageId: string;
  correlationId: string;
  traceparent: string | undefined;
  body: string;
}

/**
 * Pulls one consumer's messages in batches, has them run, and settles them: the only place that acknowledges.
 * A sharded durable's consumer runs in the one replica that holds its lease.
 */
export class StreamConsumer {
  private readonly logger: Logger;
  private readonly client: JetStreamClient;
  private readonly row: DurableRow;
  private running: Promise<void> | null = null;
  private messages: ConsumerMessages | null = null;
  private stopped = false;
  private interrupt: () => void = () => undefined;
  /** Finished messages of which the producer has not been told. */
  private owed: string[] = [];
  private receipting: NodeJS.Timeout | undefined;
  /** Null: pulling or standing by. Else why not. */
  problem: string | null = 'not started';

  constructor(
    private readonly durable: Durable,
    readonly name: string,
    connection: NatsConnection,
    private readonly topology: Topology,
    private readonly runner: BatchRunner,
    private readonly leases: Leases,
    private readonly decoded: DecodedMessages,
    private readonly onDrift: (error: TopologyDrift) => void,
  ) {
    this.logger = new Logger(`consumer ${name}`);
    this.client = jetstream(connection, { timeout: 5_000 });
    this.row = DURABLES[durable];
  }

  start(): void {
    this.running ??= this.loop();
  }

  /** Stops pulling, finishes the batch in hand, gives back what was pulled beyond it. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.interrupt();
    // What is on its way here would be missed for the time of an acknowledgement: it is taken, and given back.
    await setTimeout(GIVE_BACK_MS);
    this.messages?.stop();
    await this.running;
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      try {
        await (this.row.shards === undefined ? this.consume(() => !this.stopped) : this.consumeUnderLease());
      } catch (error) {
        if (this.stopped) break;
        if (error instanceof TopologyDrift) {
          this.onDrift(error);
          return;
        }
        this.problem = (error as Error).message;
        this.logger.warn(`not consuming: ${this.problem}`);
      }
      if (!this.stopped) await this.pause(RESTART_MS);
    }
  }

  private async consumeUnderLease(): Promise<void> {
    const lease = await this.leases.acquire(`consumer:${this.name}`, LEASE_TTL_MS);
    this.problem = null;
    if (lease === null) {
      await this.pause(LEASE_RENEW_MS);
      return;
    }
    let held = true;
    const renewal = setInterval(() => {
      void this.renew(lease).then((still) => {
        held &&= still;
        if (!held) this.messages?.stop();
      });
    }, LEASE_RENEW_MS);
    try {
      await this.consume(() => held && !this.stopped);
    } finally {
      clearInterval(renewal);
      await lease.release().catch(() => undefined);
    }
  }

  private async renew(lease: Lease): Promise<boolean> {
    try {
      return await lease.renew();
    } catch {
      // The database is away; so is everybody else's way to the lease. What is written under it is idempotent.
      return true;
    }
  }

  private async consume(wanted: () => boolean): Promise<void> {
    await this.topology.ensureConsumer(this.durable, this.name);
    const consumer = await this.client.consumers.get(this.topology.streamName(this.row.stream), this.name);
    if (!wanted()) return;
    const messages = await consumer.consume({
      // No more is pulled than is worked on next: the acknowledgement clock runs from delivery.
      max_messages: this.row.batch,
      expires: PULL_EXPIRES_MS,
      abort_on_missing_resource: true,
    });
    this.messages = messages;
    this.problem = null;
    const iterator = messages[Symbol.asyncIterator]();
    let next = iterator.next();
    try {
      for (;;) {
        const first = await next;
        if (first.done === true) break;
        const batch = [first.value];
        next = iterator.next();
        const lingered = linger(this.row.lingerMs ?? LINGER_MS);
        while (batch.length < this.row.batch) {
          const more = await Promise.race([next, lingered]);
          if (more === null || more.done === true) break;
          batch.push(more.value);
          next = iterator.next();
        }
        if (wanted()) await this.process(batch);
        else for (const message of batch) message.nak(RESTART_MS);
      }
    } finally {
      this.messages = null;
      messages.stop();
      await this.sendReceipt();
      next.then(
        (result) => {
          if (result.done !== true) result.value.nak(RESTART_MS);
        },
        () => undefined,
      );
    }
    const closed = await messages.closed();
    if (closed instanceof Error) throw closed;
  }

  private async process(batch: readonly JsMsg[]): Promise<void> {
    const timer = seconds.startTimer({ durable: this.durable });
    const spans: Tracing[] = [];
    const keepAlive = setInterval(() => {
      for (const message of batch) message.working();
    }, WORKING_EVERY_MS);
    try {
      const readable: (Pulled & { message: BatchMessage })[] = [];
      for (const pulled of batch.map(open)) {
        const subject = this.topology.subjectOf(pulled.raw.subject);
        try {
          if (subject === null) throw new Error(`no such subject: '${pulled.raw.subject}'`);
          const place = `${pulled.raw.info.stream}#${String(pulled.raw.seq)}`;
          const payload = this.decoded.decode(place, subject, pulled.body);
          const { messageId, correlationId, body } = pulled;
          readable.push({
            ...pulled,
            message: { messageId, subject, payload, correlationId, deliveries: pulled.raw.info.deliveryCount, body },
          });
        } catch (error) {
          await this.bury(pulled, (error as Error).message);
        }
      }
      const [head] = readable;
      if (head === undefined) return;
      spans.push(...this.traced(readable));
      const outcomes = await runWithCorrelation(head.correlationId, () =>
        this.runner.run(readable.map((pulled) => pulled.message)),
      );
      this.settleAll(readable, outcomes);
      if (this.row.idempotent !== true) this.log(readable, outcomes);
    } finally {
      clearInterval(keepAlive);
      for (const span of spans) span.end();
      timer();
    }
  }

  /** The next batch waits for none of it: should an acknowledgement get lost, the inbox knows what comes again. */
  private settleAll(pulled: readonly Pulled[], outcomes: readonly Outcome[]): void {
    for (const [index, { raw }] of pulled.entries()) this.settle(raw, outcomes[index]);
    this.owe(pulled.filter((_, index) => outcomes[index]?.type !== 'retry'));
  }

  /** Each message's part in the batch; nothing is told of receipts, which are of nobody's request. */
  private traced(pulled: readonly (Pulled & { message: BatchMessage })[]): Tracing[] {
    if (this.row.idempotent === true) return [];
    return pulled.map(({ correlationId, traceparent, message }) =>
      beginSpan(`process ${this.name}`, 'consumer', correlationId, traceparent, {
        'messaging.system': 'nats',
        'messaging.operation.type': 'process',
        'messaging.destination.name': message.subject,
        'messaging.consumer.group.name': this.name,
        'messaging.message.id': message.messageId,
      }),
    );
  }

  /** One line for each message under its own correlation id: by it a report is followed from HTTP to delivery. */
  private log(pulled: readonly { message: BatchMessage }[], outcomes: readonly Outcome[]): void {
    for (const [index, { message }] of pulled.entries()) {
      const { messageId, subject, correlationId, deliveries } = message;
      runWithCorrelation(correlationId, () => {
        this.logger.log({ messageId, subject, deliveries, outcome: outcomes[index]?.type }, 'handled');
      });
    }
  }

  private async bury(pulled: Pulled, reason: string): Promise<void> {
    try {
      await this.runner.bury(
        {
          ...pulled,
          subject: this.topology.subjectOf(pulled.raw.subject) ?? pulled.raw.subject,
          deliveries: pulled.raw.info.deliveryCount,
        },
        reason,
        pulled.raw.info.deliveryCount,
      );
      this.settle(pulled.raw, { type: 'reject', reason });
      this.owe([pulled]);
    } catch (error) {
      this.logger.warn(`cannot write down an undecodable message: ${(error as Error).message}`);
      pulled.raw.nak(RESTART_MS);
    }
  }

  private owe(finished: readonly Pulled[]): void {
    if (receiptSubject(this.durable) === null || finished.length === 0) return;
    for (const { natsId } of finished) this.owed.push(natsId);
    this.receipting ??= globalThis.setTimeout(() => void this.sendReceipt(), RECEIPT_EVERY_MS);
  }

  /** Tells the producer that these are done with. A lost receipt only makes its outbox row live longer. */
  private async sendReceipt(): Promise<void> {
    const subject = receiptSubject(this.durable);
    const messageIds = this.owed.splice(0);
    clearTimeout(this.receipting);
    this.receipting = undefined;
    if (subject === null || messageIds.length === 0) return;
    await this.client
      .publish(this.topology.subjectName(subject), encode(subject, { durable: this.name, messageIds }), { retries: 3 })
      .catch((error: unknown) => {
        this.logger.debug(`receipt not published: ${(error as Error).message}`);
      });
  }

  private settle(message: JsMsg, outcome: Outcome | undefined): void {
    const type = outcome?.type ?? 'retry';
    handled.inc({ durable: this.durable, outcome: type });
    switch (type) {
      case 'done':
        message.ack();
        return;
      case 'retry':
        message.nak(outcome?.type === 'retry' ? outcome.delayMs : RESTART_MS);
        return;
      case 'reject':
        message.term(outcome?.type === 'reject' ? outcome.reason.slice(0, 200) : '');
        return;
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = globalThis.setTimeout(resolve, ms);
      this.interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function open(raw: JsMsg): Pulled {
  const natsId = raw.headers?.get('Nats-Msg-Id') ?? '';
  return {
    raw,
    natsId,
    messageId: (natsId === '' ? `${raw.info.stream}:${String(raw.seq)}` : natsId).split(REPLAY_MARK)[0] ?? natsId,
    correlationId: raw.headers?.get(CORRELATION_HEADER) || randomUUID(),
    traceparent: raw.headers?.get(TRACE_HEADER) || undefined,
    body: raw.string(),
  };
}

const linger = (ms: number): Promise<null> => setTimeout(ms, null);
