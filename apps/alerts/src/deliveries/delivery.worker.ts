import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type Answer, classifyAnswer, nextAttempt, sendWebhook } from '@themeline/delivery';
import { DeadLetters } from '@themeline/messaging';
import { runWithCorrelation } from '@themeline/observability';
import { OutboundGuard } from '@themeline/outbound';
import { Database } from '@themeline/persistence';
import type { AttemptRecord, ChannelDocument, DeliveryDocument, SubscriptionDocument } from '../alerts.collections';
import { deliveriesEnded, deliveriesInFlight, deliverySeconds, overdueSeconds } from '../alerts.metrics';
import { LedgerRepository } from '../ledger/ledger.repository';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { DeliveriesRepository } from './deliveries.repository';
import { DELIVERY_SETTINGS, type DeliverySettings } from './delivery.settings';
import { addressOf, alertBody } from './webhook.content';

/** How long a delivery of a paused subscription is put off, should nobody resume it. */
const HOLD_MS = 5 * 60_000;
const GAUGE_EVERY_MS = 10_000;
/** What ends or falls due within this time is followed by one look at the database instead of many. */
const GATHER_MS = 5;

/** Groups dead deliveries among the dead letters. */
export const DEAD_DELIVERIES = 'deliveries';

type Outcome = 'delivered' | 'retry' | 'dead' | 'gone' | 'cancelled' | 'held' | 'lost';

/** A delivery with what is needed to attempt it. */
interface Job {
  delivery: DeliveryDocument;
  subscription: SubscriptionDocument;
  channel: ChannelDocument;
  body: string;
}

/**
 * Makes the attempts. Timers, leases and fences live in the database, so any number of workers may run and any of them
 * may die; in memory are only the places of the attempts that are being made.
 */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryWorker.name);
  private readonly running = new Map<string, { host: string; done: Promise<void> }>();
  private timers: NodeJS.Timeout[] = [];
  private stopping = false;
  private filling: Promise<void> | null = null;
  private again = false;
  /** Hosts that did not answer the last time: until they do, they are tried one at a time, so that many of them together leave places for others. */
  private readonly silent = new Set<string>();

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly ledger: LedgerRepository,
    private readonly deadLetters: DeadLetters,
    private readonly database: Database,
    private readonly guard: OutboundGuard,
    @Inject(DELIVERY_SETTINGS) private readonly settings: DeliverySettings,
  ) {}

  onApplicationBootstrap(): void {
    this.deadLetters.replayWith(DEAD_DELIVERIES, (letter, session) =>
      this.deliveries.revive(session, letter.messageId, new Date()),
    );
    this.timers = [
      setInterval(() => this.wake(), this.settings.pollMs),
      setInterval(() => void this.measure(), GAUGE_EVERY_MS),
    ];
  }

  /** Takes nothing more and sees the attempts through that are being made: each ends within its time limit. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.filling;
    await Promise.all([...this.running.values()].map(({ done }) => done));
    await this.guard.close();
  }

  /** There may be something due: look now rather than at the next poll. Calls in quick succession are one look. */
  wake(): void {
    if (this.stopping) return;
    if (this.filling !== null) {
      this.again = true;
      return;
    }
    this.filling = new Promise((resolve) => setTimeout(resolve, GATHER_MS))
      .then(() => this.fill())
      .catch((error: unknown) => this.logger.warn({ err: error }, 'cannot take deliveries'))
      .finally(() => {
        this.filling = null;
        // Asked for after the last look.
        if (this.again) this.wake();
      });
  }

  private async fill(): Promise<void> {
    do {
      this.again = false;
      if (this.stopping) return;
      const { concurrency, perHost, leaseMs } = this.settings;
      const free = concurrency - this.running.size;
      if (free <= 0) return;
      const places = new Map<string, number>();
      for (const { host } of this.running.values()) places.set(host, (places.get(host) ?? 0) + 1);
      const room = (host: string): number => (this.silent.has(host) ? 1 : perHost) - (places.get(host) ?? 0);
      const full = [...places.keys()].filter((host) => room(host) <= 0);
      const now = new Date();
      const taken = await this.deliveries.take(now, new Date(now.getTime() + leaseMs), free, full, room);
      if (taken.length === 0) continue;
      // Hosts that are full now are passed over by the next look, which finds what waits behind them.
      this.again = true;
      await this.begin(taken);
    } while (this.again);
  }

  private async begin(taken: readonly DeliveryDocument[]): Promise<void> {
    const [subscriptions, alerts] = await Promise.all([
      this.subscriptions.findMany([...new Set(taken.map(({ subscriptionId }) => subscriptionId))]),
      this.ledger.findAlerts(taken.map(({ alertId }) => alertId)),
    ]);
    const snapshots = await this.ledger.findSnapshots([...alerts.values()].map(({ snapshotId }) => snapshotId));
    for (const delivery of taken) {
      const subscription = subscriptions.get(delivery.subscriptionId);
      const channel = subscription?.channels.find(({ id }) => id === delivery.channelId);
      const alert = alerts.get(delivery.alertId);
      const event = alert === undefined ? undefined : snapshots.get(alert.snapshotId)?.event;
      const settle = async (): Promise<Outcome> => {
        if (!subscription || channel?.state !== 'active' || !alert || !event) {
          await this.deliveries.cancel(delivery);
          return 'cancelled';
        }
        if (subscription.state === 'paused') {
          await this.deliveries.hold(delivery, new Date(Date.now() + HOLD_MS));
          return 'held';
        }
        return this.attempt({ delivery, subscription, channel, body: alertBody(alert, event, subscription) });
      };
      this.run(delivery, settle);
    }
  }

  private run(delivery: DeliveryDocument, settle: () => Promise<Outcome>): void {
    const { _id: id, fence, host, correlationId } = delivery;
    // Whoever outlives its own lease may meet itself: each taking has a place of its own.
    const place = `${id}:${String(fence)}`;
    const work = async (): Promise<void> => {
      try {
        deliveriesEnded.inc({ outcome: await settle() });
      } catch (error) {
        // The lease runs out and it is taken again.
        this.logger.warn({ err: error, deliveryId: id }, 'an attempt could not be written down');
      } finally {
        this.running.delete(place);
        deliveriesInFlight.set(this.running.size);
        this.wake();
      }
    };
    const done = runWithCorrelation(correlationId, work);
    this.running.set(place, { host, done });
    deliveriesInFlight.set(this.running.size);
  }

  private async attempt(job: Job): Promise<Outcome> {
    const { delivery, channel, body } = job;
    const { guard, settings } = this;
    const message = { id: delivery._id, body, ...addressOf(channel) };
    const answer = await sendWebhook(guard, message, () => new Date(), settings.timeoutMs);
    if (answer.status === null) this.silent.add(delivery.host);
    else this.silent.delete(delivery.host);
    const outcome = await this.conclude(job, answer);
    this.logger.log(
      {
        deliveryId: delivery._id,
        subscriptionId: delivery.subscriptionId,
        host: delivery.host,
        outcome,
        status: answer.status,
        error: answer.error,
        latencyMs: answer.latencyMs,
      },
      'attempt',
    );
    return outcome;
  }

  private async conclude(job: Job, answer: Answer): Promise<Outcome> {
    const { delivery, subscription, channel } = job;
    const attempt = recordOf(answer);
    switch (classifyAnswer(answer)) {
      case 'delivered': {
        if (!(await this.deliveries.conclude(delivery, attempt, { state: 'delivered' }))) return 'lost';
        if (channel.failingSince !== null) await this.subscriptions.noteFailing(subscription._id, channel.id, null);
        deliverySeconds.observe((Date.now() - delivery.revisedAt.getTime()) / 1000);
        return 'delivered';
      }
      case 'gone': {
        await this.deliveries.conclude(delivery, attempt, { state: 'cancelled' });
        await this.disable(job, 'the receiver answered 410 Gone');
        return 'gone';
      }
      case 'retry':
        return this.failed(job, answer, attempt);
    }
  }

  private async failed(job: Job, answer: Answer, attempt: AttemptRecord): Promise<Outcome> {
    const { delivery, subscription, channel } = job;
    const { schedule, disableAfterMs } = this.settings;
    const now = new Date();
    const next = nextAttempt(schedule, delivery.tries + 1, now, Math.random(), answer.retryAfter);
    const kept =
      next === null
        ? await this.bury(job, attempt)
        : await this.deliveries.conclude(delivery, attempt, { state: 'pending', nextAttemptAt: next });
    if (!kept) return 'lost';
    if (channel.failingSince === null) {
      await this.subscriptions.noteFailing(subscription._id, channel.id, answer.at);
    } else if (now.getTime() - channel.failingSince.getTime() >= disableAfterMs) {
      await this.disable(job, `nothing but failures since ${channel.failingSince.toISOString()}`);
    }
    return next === null ? 'dead' : 'retry';
  }

  private async bury({ delivery, body }: Job, attempt: AttemptRecord): Promise<boolean> {
    return this.database.transaction(async (session) => {
      if (!(await this.deliveries.conclude(delivery, attempt, { state: 'dead' }, session))) return false;
      await this.deadLetters.record(session, {
        durable: DEAD_DELIVERIES,
        consumer: DEAD_DELIVERIES,
        subject: 'webhook',
        messageId: delivery._id,
        reason: attempt.error ?? `the receiver answered ${String(attempt.status)}`,
        attempts: delivery.attempts.length + 1,
        body,
        correlationId: delivery.correlationId,
      });
      return true;
    });
  }

  /** Nothing more goes to the channel until its owner resumes the subscription. */
  private async disable({ subscription, channel }: Job, reason: string): Promise<void> {
    await this.subscriptions.change({ id: subscription._id }, ({ channels }) => ({
      channels: channels.map((present) =>
        // Under another address it is another channel.
        present.id === channel.id && present.url === channel.url
          ? { ...present, state: 'disabled' as const, disabledReason: reason }
          : present,
      ),
      updatedAt: new Date(),
    }));
    await this.deliveries.cancelPending(subscription._id, channel.id);
    this.logger.warn({ subscriptionId: subscription._id, channelId: channel.id }, `channel disabled: ${reason}`);
  }

  private async measure(): Promise<void> {
    const now = new Date();
    try {
      const oldest = await this.deliveries.oldestDue(now);
      overdueSeconds.set(oldest === null ? 0 : (now.getTime() - oldest.getTime()) / 1000);
    } catch (error) {
      this.logger.debug({ err: error }, 'cannot see what is due');
    }
  }
}

function recordOf({ at, status, error, latencyMs, responseExcerpt }: Answer): AttemptRecord {
  return { at, status, error, latencyMs, responseExcerpt };
}
