import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { nextAttempt } from '@themeline/delivery';
import { DeadLetters, faultPoint } from '@themeline/messaging';
import { beginSpan, runWithCorrelation } from '@themeline/observability';
import { OutboundGuard } from '@themeline/outbound';
import { Database } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { type AttemptRecord, type DeliveryDocument, isSent, type SendingChannel } from '../alerts.collections';
import { deliveriesEnded, deliveriesInFlight, deliverySeconds, overdueSeconds } from '../alerts.metrics';
import type { Content, Message, Outcome, ToldAlert } from '../channels/channel.sender';
import { addressOf } from '../channels/channel.routes';
import { ChannelSenders } from '../channels/channel.senders';
import { webhookText } from '../channels/webhook.content';
import { LedgerRepository } from '../ledger/ledger.repository';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { AttemptPlaces } from './attempt.places';
import { noticesTo } from './channel.notices';
import { DeliveriesRepository } from './deliveries.repository';
import { DELIVERY_SETTINGS, type DeliverySettings } from './delivery.settings';

/** How long a delivery of a paused subscription is put off, should nobody resume it. */
const HOLD_MS = 5 * 60_000;
const GAUGE_EVERY_MS = 10_000;
/** How long a receiver is left alone that says it is asked too often, but not for how long. */
const LIMITED_MS = 5_000;
const MOST_BOUNCES = 3;
/** What ends or falls due within this time is followed by one look at the database instead of many. */
const GATHER_MS = 5;

/** Groups dead deliveries among the dead letters. */
export const DEAD_DELIVERIES = 'deliveries';

type Ending = 'delivered' | 'retry' | 'limited' | 'dead' | 'gone' | 'cancelled' | 'held' | 'lost';

/** A delivery with what is needed to attempt it. */
interface Job {
  delivery: DeliveryDocument;
  message: Message;
  channel: SendingChannel;
}

/**
 * Makes the attempts. Timers, leases and fences live in the database, so any number of workers may run and any of them
 * may die; in memory are only the places of the attempts that are being made.
 */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryWorker.name);
  private readonly running = new Map<string, Promise<void>>();
  private timers: NodeJS.Timeout[] = [];
  private stopping = false;
  private filling: Promise<void> | null = null;
  private readonly carrying = new Set<Promise<void>>();
  private again = false;
  /** The last look found every attempt in use. */
  private full = false;
  private readonly places: AttemptPlaces;

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly ledger: LedgerRepository,
    private readonly deadLetters: DeadLetters,
    private readonly database: Database,
    private readonly senders: ChannelSenders,
    private readonly guard: OutboundGuard,
    @Inject(DELIVERY_SETTINGS) private readonly settings: DeliverySettings,
  ) {
    this.places = new AttemptPlaces(() => this.settings.perHost);
  }

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
    await Promise.all(this.carrying);
    await Promise.all(this.running.values());
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

  /**
   * Of deliveries that are about to be written, as many as can be attempted at once come back as taken by this worker, to be
   * written so and handed over by `carry`. Should that never come, their lease runs out.
   */
  takeAhead(deliveries: readonly DeliveryDocument[], now: Date): DeliveryDocument[] {
    const leaseUntil = new Date(now.getTime() + this.settings.leaseMs);
    const leaseHolder = randomUUID();
    let free = this.stopping ? 0 : this.settings.concurrency - this.running.size;
    return deliveries.map((delivery) => {
      if (free <= 0 || !this.places.isOpen(delivery.channelId, delivery.host, now.getTime())) return delivery;
      free -= 1;
      return { ...delivery, dueAt: leaseUntil, leaseUntil, leaseHolder, fence: delivery.fence + 1 };
    });
  }

  /** Attempts what was taken ahead and is written now; what is not taken is found by the next look. */
  carry(written: readonly DeliveryDocument[], told: ReadonlyMap<string, ToldAlert>): void {
    const begun: DeliveryDocument[] = [];
    const late: DeliveryDocument[] = [];
    for (const delivery of written) {
      const { channelId, host, leaseHolder } = delivery;
      if (leaseHolder === null) continue;
      // Others may have been given its place since.
      if (this.stopping || !this.places.isOpen(channelId, host, Date.now())) late.push(delivery);
      else {
        this.places.begin(channelId, host);
        begun.push(delivery);
      }
    }
    const rest = late.length > 0 ? this.deliveries.putBack(late) : Promise.resolve();
    const handedOver: Promise<void> = Promise.all([this.begin(begun, Promise.resolve(told)), rest])
      .then(() => undefined)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'deliveries wait for their lease to end'))
      .finally(() => {
        this.carrying.delete(handedOver);
        if (written.length > begun.length) this.wake();
      });
    this.carrying.add(handedOver);
  }

  private async fill(): Promise<void> {
    do {
      this.again = false;
      if (this.stopping) return;
      const { concurrency, leaseMs } = this.settings;
      const free = concurrency - this.running.size;
      this.full = free <= 0;
      if (this.full) return;
      const now = new Date();
      const taken = await this.deliveries.take(now, new Date(now.getTime() + leaseMs), free, this.places);
      if (taken.length === 0) continue;
      // Channels that have no room are asked by themselves from now on; the next look finds what waits behind them.
      this.again = true;
      await this.begin(taken, this.toldBy(taken));
    } while (this.again);
  }

  /** Each of them has its place. */
  private async begin(
    taken: readonly DeliveryDocument[],
    telling: Promise<ReadonlyMap<string, ToldAlert>>,
  ): Promise<void> {
    if (taken.length === 0) return;
    const ids = [...new Set(taken.map(({ subscriptionId }) => subscriptionId))];
    const [subscriptions, told] = await Promise.all([this.subscriptions.findMany(ids), telling]).catch(
      (error: unknown) => {
        for (const { channelId, host } of taken) this.places.end(channelId, host);
        throw error;
      },
    );
    for (const delivery of taken) {
      const subscription = subscriptions.get(delivery.subscriptionId);
      const channel = subscription?.channels.find(({ id }) => id === delivery.channelId);
      const content = contentOf(delivery, told);
      const settle = async (leave: () => void): Promise<Ending> => {
        const wanted = content?.purpose === 'confirmation' ? 'unconfirmed' : 'active';
        if (!subscription || !content || channel?.state !== wanted || !isSent(channel)) {
          await this.deliveries.cancel(delivery);
          return 'cancelled';
        }
        if (subscription.state === 'paused') {
          await this.deliveries.hold(delivery, new Date(Date.now() + HOLD_MS));
          return 'held';
        }
        const message = { id: delivery._id, subscription, content, at: delivery.createdAt };
        return this.attempt({ delivery, message, channel }, leave);
      };
      this.run(delivery, settle);
    }
  }

  /** The alerts that the deliveries carry, by id. */
  private async toldBy(taken: readonly DeliveryDocument[]): Promise<Map<string, ToldAlert>> {
    const alerts = await this.ledger.findAlerts(taken.flatMap(({ alertIds }) => alertIds));
    const snapshots = await this.ledger.findSnapshots([...alerts.values()].map(({ snapshotId }) => snapshotId));
    const told = new Map<string, ToldAlert>();
    for (const [id, alert] of alerts) {
      const event = snapshots.get(alert.snapshotId);
      if (event !== undefined) told.set(id, { alert, event });
    }
    return told;
  }

  private run(delivery: DeliveryDocument, settle: (leave: () => void) => Promise<Ending>): void {
    const { _id: id, fence, host, channelId, correlationId, traceparent } = delivery;
    // Whoever outlives its own lease may meet itself: each taking has a place of its own.
    const place = `${id}:${String(fence)}`;
    let attempting = true;
    // Its place is another's as soon as the receiver has answered; writing that down takes as long again.
    const leave = (): void => {
      if (!attempting) return;
      attempting = false;
      const isAwaited = this.places.isCrowded(channelId, host);
      this.places.end(channelId, host);
      if (isAwaited) this.wake();
    };
    const work = async (): Promise<void> => {
      const span = beginSpan('deliver', 'client', correlationId, traceparent, {
        'themeline.delivery.id': id,
        'server.address': host,
      });
      try {
        const outcome = await settle(leave);
        deliveriesEnded.inc({ outcome });
        span.end({ 'themeline.delivery.outcome': outcome });
      } catch (error) {
        span.end({}, 'not written down');
        // The lease runs out and it is taken again.
        this.logger.warn({ err: error, deliveryId: id }, 'an attempt could not be written down');
      } finally {
        this.running.delete(place);
        leave();
        deliveriesInFlight.set(this.running.size);
        if (this.full) this.wake();
      }
    };
    this.running.set(place, runWithCorrelation(correlationId, work));
    deliveriesInFlight.set(this.running.size);
  }

  private async attempt(job: Job, leave: () => void): Promise<Ending> {
    const { delivery, message, channel } = job;
    faultPoint('before-call');
    const outcome = await this.senders.send(message, channel);
    faultPoint('before-marking-delivered');
    const { status, latencyMs, retryAfter: restUntil } = outcome;
    const impression = { answered: status !== null, latencyMs, restUntil: rests(outcome) ? restUntil : null };
    this.places.note(channel.id, delivery.host, impression, Date.now());
    leave();
    const ending = await this.conclude(job, outcome);
    this.logger.log(
      {
        deliveryId: delivery._id,
        subscriptionId: delivery.subscriptionId,
        host: delivery.host,
        outcome: ending,
        status: outcome.status,
        error: outcome.error,
        latencyMs: outcome.latencyMs,
      },
      'attempt',
    );
    return ending;
  }

  private async conclude(job: Job, outcome: Outcome): Promise<Ending> {
    const { delivery, message, channel } = job;
    const attempt = recordOf(outcome);
    switch (outcome.verdict) {
      case 'delivered': {
        if (!(await this.deliveries.conclude(delivery, attempt, { state: 'delivered' }))) return 'lost';
        if (channel.failingSince !== null)
          await this.subscriptions.noteFailing(message.subscription._id, channel.id, null);
        if (channel.type === 'email' && channel.bounces > 0)
          await this.subscriptions.forgetBounces(message.subscription._id, channel.id);
        // Of what was gathered some is meant to be late.
        if (delivery.alertIds.length === 1) deliverySeconds.observe((Date.now() - delivery.revisedAt.getTime()) / 1000);
        return 'delivered';
      }
      case 'gone': {
        await this.deliveries.conclude(delivery, attempt, { state: 'cancelled' });
        await this.disable(job, `the receiver answered ${answerOf(outcome)}`);
        return 'gone';
      }
      case 'limited': {
        const nextAttemptAt = outcome.retryAfter ?? new Date(Date.now() + LIMITED_MS);
        const kept = await this.deliveries.conclude(delivery, attempt, {
          state: 'pending',
          nextAttemptAt,
          failed: false,
        });
        return kept ? 'limited' : 'lost';
      }
      case 'refused':
        return this.refused(job, attempt);
      case 'retry':
        return this.failed(job, outcome, attempt);
    }
  }

  private async failed(job: Job, outcome: Outcome, attempt: AttemptRecord): Promise<Ending> {
    const { delivery, message, channel } = job;
    const { schedule, disableAfterMs } = this.settings;
    const now = new Date();
    const next = nextAttempt(schedule, delivery.tries + 1, now, Math.random(), outcome.retryAfter);
    const kept =
      next === null
        ? await this.bury(job, attempt)
        : await this.deliveries.conclude(delivery, attempt, { state: 'pending', nextAttemptAt: next, failed: true });
    if (!kept) return 'lost';
    if (channel.failingSince === null) {
      await this.subscriptions.noteFailing(message.subscription._id, channel.id, outcome.at);
    } else if (now.getTime() - channel.failingSince.getTime() >= disableAfterMs) {
      await this.disable(job, `nothing but failures since ${channel.failingSince.toISOString()}`);
    }
    return next === null ? 'dead' : 'retry';
  }

  /** It is of no use to try again. Mail that its server refuses again and again has no reader. */
  private async refused(job: Job, attempt: AttemptRecord): Promise<Ending> {
    if (!(await this.bury(job, attempt))) return 'lost';
    const { channel, message } = job;
    if (channel.type === 'email') {
      const bounces = await this.subscriptions.noteBounce(message.subscription._id, channel.id);
      if (bounces >= MOST_BOUNCES) {
        await this.disable(
          job,
          `refused ${String(bounces)} times in a row: ${attempt.responseExcerpt ?? 'no reason given'}`,
        );
      }
    }
    return 'dead';
  }

  private async bury({ delivery, message, channel }: Job, attempt: AttemptRecord): Promise<boolean> {
    return this.database.transaction(async (session) => {
      if (!(await this.deliveries.conclude(delivery, attempt, { state: 'dead' }, session))) return false;
      await this.deadLetters.record(session, {
        durable: DEAD_DELIVERIES,
        consumer: DEAD_DELIVERIES,
        subject: channel.type,
        messageId: delivery._id,
        reason: attempt.error ?? `the receiver answered ${String(attempt.status)}`,
        attempts: delivery.attempts.length + 1,
        body: webhookText(message, channel.id),
        correlationId: delivery.correlationId,
      });
      return true;
    });
  }

  /**
   * Nothing more goes to the channel until its owner resumes the subscription, who is told by its other channels, or where it
   * has none by those of all her subscriptions.
   */
  private async disable({ message: { subscription }, channel, delivery }: Job, reason: string): Promise<void> {
    const others = await this.subscriptions.activeOf(subscription.owner);
    let isNew = false;
    await this.subscriptions.change(
      { id: subscription._id },
      ({ channels }) => {
        isNew = false;
        const changed = channels.map((present) => {
          // Under another address it is another channel.
          if (present.id !== channel.id || addressOf(present) !== addressOf(channel)) return present;
          isNew = present.state !== 'disabled';
          return { ...present, state: 'disabled' as const, disabledReason: reason };
        });
        return { channels: changed, updatedAt: new Date() };
      },
      async (session, changed) => {
        if (!isNew) return;
        const now = new Date();
        const { id, type } = channel;
        const occasion = {
          name: `off|${id}|${String(changed.changeNumber)}`,
          notice: { channel: { id, type }, reason },
          correlationId: delivery.correlationId,
          revisedAt: now,
          except: id,
        };
        const near = noticesTo([changed], occasion, now);
        for (const notice of near.length > 0 ? near : noticesTo(others, occasion, now))
          await this.deliveries.insertWith(session, notice);
      },
    );
    await this.deliveries.cancelPending(subscription._id, channel.id);
    this.wake();
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

/** Whether what an answer says of the next time holds for the channel, not for this message alone. */
const rests = ({ verdict }: Outcome): boolean => verdict === 'limited' || verdict === 'delivered';

/** `410 Gone` */
const answerOf = ({ status }: Outcome): string => `${String(status)} ${STATUS_CODES[status ?? 0] ?? ''}`.trim();

function recordOf({ at, status, error, latencyMs, responseExcerpt }: Outcome): AttemptRecord {
  return { at, status, error, latencyMs, responseExcerpt };
}

/** Null when the alerts that it was made for are gone. */
function contentOf(
  { purpose, alertIds, notice }: DeliveryDocument,
  known: ReadonlyMap<string, ToldAlert>,
): Content | null {
  switch (purpose) {
    case 'alerts': {
      const told = alertIds.flatMap((id) => known.get(id) ?? []);
      return told.length === 0 ? null : { purpose, told };
    }
    case 'notice':
      return notice && { purpose, notice };
    case 'confirmation':
      return { purpose };
  }
}
