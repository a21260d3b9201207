import { Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { gauge } from '@themeline/observability';
import { OutboxRepository } from './outbox.repository';
import { StreamPurger } from './stream.purger';

const EVERY_MS = 1_000;
/** While there is next to no backlog, it is measured each so many times only: so fast it does not reach its limit. */
const CALM_EVERY = 3;
const CALM = 0.05;
const RETRY_AFTER_SECONDS = 5;

const depthGauge = gauge('outbox_depth', 'Outbox rows that the broker has not confirmed yet (counted up to the limit)');

export interface BackpressureLimits {
  /** Unsent outbox rows. */
  outboxDepth: number;
  /** Messages that one consumer is behind: what is accepted now has its turn after them, some ten seconds later by default. */
  consumerLag: number;
}

export function backpressureLimitsFromEnv(env: NodeJS.ProcessEnv): BackpressureLimits {
  return {
    outboxDepth: Number(env.OUTBOX_LIMIT ?? 20_000),
    consumerLag: Number(env.CONSUMER_LAG_LIMIT ?? 5_000),
  };
}

/** Says when to take nothing more in: what is accepted must be dealt with in foreseeable time. */
export class Backpressure {
  private readonly logger = new Logger(Backpressure.name);
  private measuring = false;
  private ticks = 0;
  private reason: string | null = null;
  private filled = 0;

  constructor(
    private readonly limits: BackpressureLimits,
    private readonly outboxRows: OutboxRepository,
    private readonly purger: StreamPurger,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    const isCalmTurn = this.ticks++ % CALM_EVERY === 0;
    if (this.measuring || (this.filled < CALM && !isCalmTurn)) return;
    this.measuring = true;
    try {
      await this.measure();
    } catch (error) {
      this.logger.debug(`backlog not measured: ${(error as Error).message}`);
    } finally {
      this.measuring = false;
    }
  }

  /** Looks at outbox and consumers now. */
  async measure(): Promise<void> {
    const depth = await this.outboxRows.countUnsent(this.limits.outboxDepth + 1);
    depthGauge.set(depth);
    this.filled = depth / this.limits.outboxDepth;
    if (depth > this.limits.outboxDepth) {
      this.reason = `more than ${String(this.limits.outboxDepth)} messages wait for the broker`;
      return;
    }
    const lags = await this.purger.lags();
    this.filled = Math.max(this.filled, ...lags.map((lag) => lag.pending / this.limits.consumerLag));
    const late = lags.find((lag) => lag.pending > this.limits.consumerLag);
    this.reason = late === undefined ? null : `${late.consumer} is ${String(late.pending)} messages behind`;
  }

  /** How near the backlog is to its limits, 1 at the first of them: who can wait stops earlier and leaves room for who cannot. */
  get fullness(): number {
    return this.filled;
  }

  /** Why new input is refused for now, and when to ask again; null: come in. */
  refusal(): { retryAfterSeconds: number; reason: string } | null {
    return this.reason === null ? null : { retryAfterSeconds: RETRY_AFTER_SECONDS, reason: this.reason };
  }
}
