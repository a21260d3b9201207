import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { Service, streamsOf, SUBJECTS, Subject } from '@themeline/contracts';
import { counter } from '@themeline/observability';
import { faultPoint } from './fault.points';
import { OutboxDocument } from './messaging.collections';
import { OutboxRepository } from './outbox.repository';
import { Outbox, type OutboxCarrier } from './outbox.service';
import { Topology } from './topology.service';

export const CORRELATION_HEADER = 'Themeline-Correlation-Id';
/** W3C Trace Context. */
export const TRACE_HEADER = 'traceparent';

const BATCH = 200;
/** Rows are handed over as they are committed; what is left to be found has waited for a lease of seconds already. */
const POLL_MS = 1_000;
const RETRY_MS = 1_000;
/** Rows that are handed over and not yet confirmed; what comes beyond is left in the database. */
const MAX_HANDED_OVER = 2_000;
/**
 * What was confirmed is marked together, and so late that most rows are gone by then: their consumers' receipts have removed
 * them. Well within the lease that such rows are written with, or they would be sent again.
 */
const MARK_EVERY_MS = 1_500;
const INCARNATION_CHECK_MS = 15_000;

const published = counter('outbox_published_total', 'Messages that the broker confirmed', ['subject']);
const refused = counter('outbox_refused_total', 'Publish attempts that failed and will be tried again', ['subject']);

/**
 * Carries outbox rows to the broker: those of this process as their transactions commit, all others (of replicas that died,
 * of a broker that was away) as a poll finds them, several replicas side by side by lease.
 */
export class OutboxRelay implements OutboxCarrier {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly client: JetStreamClient;
  private running: Promise<void> | null = null;
  private readonly carrying = new Set<Promise<void>>();
  private handedOver = 0;
  private confirmed: OutboxDocument[] = [];
  private marking: Promise<void> | null = null;
  private markNow: () => void = () => undefined;
  private stopped = false;
  private woken = false;
  private wakeUp: () => void = () => undefined;
  private checkedAt = 0;

  constructor(
    private readonly service: Service,
    private readonly repository: OutboxRepository,
    outbox: Outbox,
    private readonly topology: Topology,
    private readonly connection: NatsConnection,
  ) {
    this.client = jetstream(connection, { timeout: 5_000 });
    outbox.carriedBy(this);
  }

  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  hasRoom(): boolean {
    const isUp = this.running !== null && !this.stopped && !this.connection.isClosed();
    return isUp && this.handedOver < MAX_HANDED_OVER;
  }

  carry(rows: readonly OutboxDocument[]): void {
    faultPoint('after-commit');
    this.handedOver += rows.length;
    const carried = this.send(rows)
      .then((sent) => {
        this.confirmed.push(...sent);
        this.marking ??= this.markSoon();
      })
      // Whatever it is: the lease runs out, and the poll finds them.
      .catch((error: unknown) => this.logger.warn(`relay: ${(error as Error).message}`))
      .finally(() => {
        this.handedOver -= rows.length;
        this.carrying.delete(carried);
      });
    this.carrying.add(carried);
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp();
    await Promise.all([this.running, ...this.carrying]);
    this.markNow();
    await this.marking;
  }

  /** Streams can vanish with the broker's store. Then they are made again and what they had held is sent again. */
  async checkStreams(): Promise<void> {
    for (const stream of streamsOf(this.service)) {
      const info = await this.topology.ensureStream(stream);
      const resent = await this.repository.noteIncarnation(stream, info.config.name, info.created);
      if (resent > 0)
        this.logger.warn(
          `stream ${info.config.name} is a new one: ${String(resent)} messages without receipts are sent again`,
        );
    }
    this.checkedAt = Date.now();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      let moved = 0;
      try {
        if (Date.now() - this.checkedAt > INCARNATION_CHECK_MS) await this.checkStreams();
        moved = await this.relayOnce();
      } catch (error) {
        if (!this.stopped) this.logger.warn(`relay: ${(error as Error).message}`);
        this.checkedAt = 0;
      }
      if (moved === 0 && !this.woken && !this.stopped) await this.pause(POLL_MS);
    }
  }

  /** Publishes one batch of what is found; answers with how many the broker confirmed. */
  private async relayOnce(): Promise<number> {
    if (this.connection.isClosed()) return 0;
    const sent = await this.send(await this.repository.leaseDue(BATCH));
    await this.repository.markSent(sent);
    return sent.length;
  }

  private async markSoon(): Promise<void> {
    try {
      if (!this.stopped) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, MARK_EVERY_MS);
          this.markNow = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      await this.repository.markSent(this.confirmed.splice(0));
    } catch (error) {
      this.logger.debug(`what was sent is not marked and may be sent again: ${(error as Error).message}`);
    } finally {
      this.marking = this.confirmed.length > 0 ? this.markSoon() : null;
    }
  }

  /** The rows that the broker confirmed; the others are to be taken again after a while. */
  private async send(rows: readonly OutboxDocument[]): Promise<OutboxDocument[]> {
    const results = await Promise.allSettled(rows.map((row) => this.publish(row)));
    if (rows.length > 0) faultPoint('after-publish');
    const sent = rows.filter((_, index) => results[index]?.status === 'fulfilled');
    const failed = rows.filter((_, index) => results[index]?.status === 'rejected');
    for (const row of sent) published.inc({ subject: row.subject });
    if (failed.length > 0) {
      for (const row of failed) refused.inc({ subject: row.subject });
      await this.repository.releaseFailed(failed, RETRY_MS);
      const first = results.find((result) => result.status === 'rejected');
      this.logger.warn(`relay: ${String(failed.length)} messages not taken by the broker: ${String(first?.reason)}`);
      // The usual reason for "no responders" is a stream that is gone: look before the next try.
      this.checkedAt = 0;
    }
    return sent;
  }

  private async publish(row: OutboxDocument): Promise<void> {
    const header = headers();
    header.set(CORRELATION_HEADER, row.correlationId);
    if (row.traceparent !== undefined) header.set(TRACE_HEADER, row.traceparent);
    const subject = row.subject as Subject;
    await this.client.publish(this.topology.subjectName(subject), row.body, {
      msgID: row._id,
      headers: header,
      retries: 3,
      expect: { streamName: this.topology.streamName(SUBJECTS[subject].stream) },
    });
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
