import { Injectable } from '@nestjs/common';
import { deriveId } from '@themeline/contracts';
import { allowance, DISCORD_EMBEDS, releaseAt, spend } from '@themeline/delivery';
import { type ClientSession, Database } from '@themeline/persistence';
import {
  type AlertDocument,
  type DeliveryDocument,
  isSent,
  type LaneDocument,
  type SendingChannel,
  type SubscriptionDocument,
  type WaitingDocument,
} from '../alerts.collections';
import { limitOf } from '../channels/channel.routes';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { freshDelivery } from '../deliveries/fresh.delivery';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { GatheringRepository } from './gathering.repository';

/** How many alerts one message of a channel can carry; what is more goes in a second one. */
const MOST_TOGETHER = { webhook: 500, email: 500, slack: 100, discord: DISCORD_EMBEDS } as const;
/** So many that came within a minute are told one by one; more, or older ones, together. */
const FEW = 5;
const FRESH_MS = 60_000;
/** Places of a stream that are given in one transaction. */
const PLACES_AT_ONCE = 500;
/** How long lanes of paused subscriptions are left alone, should nobody resume them. */
const PAUSED_MS = 5 * 60_000;

/**
 * Brings what waits for channels on its way: each waiting alert is claimed once, by the delivery that carries it and in
 * the transaction that makes it. No range of time is ever asked for, so that nothing falls between two of them.
 */
@Injectable()
export class GatheringService {
  constructor(
    private readonly gathering: GatheringRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly database: Database,
  ) {}

  /** Puts alerts in for those of their channels that gather; the same ones again are nothing new. */
  async gather(
    alerts: readonly AlertDocument[],
    importance: ReadonlyMap<AlertDocument['_id'], number>,
    now: Date,
  ): Promise<void> {
    const lanes = new Map<string, Pick<LaneDocument, '_id' | 'subscriptionId' | 'host'>>();
    const waiting = alerts.flatMap((alert) =>
      alert.channels
        .filter(({ route }) => route === 'gathered')
        .map(({ id, host }): WaitingDocument => {
          lanes.set(id, { _id: id, subscriptionId: alert.subscriptionId, host });
          return toWaiting(alert, id, importance.get(alert._id) ?? 0);
        }),
    );
    if (waiting.length === 0) return;
    await this.gathering.add(waiting);
    await this.gathering.stir([...lanes.values()], now);
  }

  /** Sends on what is due by `now` in up to `limit` lanes; the answer says how many lanes were looked at. */
  async release(now: Date, limit: number): Promise<number> {
    const due = await this.gathering.findDue(now, limit);
    const subscriptions = await this.subscriptions.findMany(due.map(({ subscriptionId }) => subscriptionId));
    await Promise.all(
      due.map(({ _id, subscriptionId }) => this.releaseLane(_id, subscriptions.get(subscriptionId), now)),
    );
    return due.length;
  }

  private async releaseLane(laneId: string, subscription: SubscriptionDocument | undefined, now: Date): Promise<void> {
    const channel = subscription?.channels.find(({ id }) => id === laneId);
    await this.database.transaction(async (session) => {
      const lane = await this.gathering.begin(session, laneId, now);
      if (lane === null) return;
      if (subscription === undefined || channel?.state !== 'active') {
        await this.gathering.giveUp(session, laneId, now);
        if (channel === undefined) await this.gathering.remove(session, laneId);
        else await this.gathering.leave(session, laneId, { ...lane, dueAt: null });
      } else if (!isSent(channel)) {
        await this.placeAll(session, lane, now);
      } else {
        await this.send(session, lane, channel, subscription, now);
      }
    });
  }

  private async placeAll(session: ClientSession, lane: LaneDocument, now: Date): Promise<void> {
    const waiting = await this.gathering.unclaimed(session, lane._id, 'coming', PLACES_AT_ONCE);
    if (waiting.length > 0) await this.gathering.place(session, waiting, lane.places, now);
    await this.gathering.leave(session, lane._id, {
      ...lane,
      places: lane.places + waiting.length,
      dueAt: waiting.length === PLACES_AT_ONCE ? now : null,
    });
  }

  private async send(
    session: ClientSession,
    lane: LaneDocument,
    channel: SendingChannel,
    { state, maxAlertsPerHour }: SubscriptionDocument,
    now: Date,
  ): Promise<void> {
    const waitingSince = await this.gathering.waitingSince(session, lane._id);
    if (waitingSince === null) return this.gathering.leave(session, lane._id, { ...lane, dueAt: null });
    if (state === 'paused') {
      const later = new Date(now.getTime() + PAUSED_MS);
      return this.gathering.leave(session, lane._id, { ...lane, dueAt: later });
    }
    const { left, opensAt: limitedUntil } = allowance(limitOf(channel, maxAlertsPerHour), lane.hour, now);
    const { cadence, quietHours } = channel;
    const dueAt = releaseAt({ cadence, quietHours, waitingSince, limitedUntil }, now);
    if (dueAt > now) return this.gathering.leave(session, lane._id, { ...lane, dueAt });
    const most = MOST_TOGETHER[channel.type];
    const claimed = await this.gathering.unclaimed(session, lane._id, 'importance', most);
    const oneByOne =
      cadence.mode === 'immediate' &&
      claimed.length <= Math.min(FEW, left) &&
      waitingSince.getTime() > now.getTime() - FRESH_MS;
    const made = oneByOne ? claimed.map((waiting) => single(lane, waiting, now)) : [digest(lane, claimed, now)];
    for (const { delivery, waitingIds } of made) {
      await this.gathering.claim(session, waitingIds, delivery._id, now);
      await this.deliveries.insertWith(session, delivery);
    }
    await this.gathering.leave(session, lane._id, {
      ...lane,
      hour: spend(lane.hour, now, made.length),
      dueAt: claimed.length === most ? now : null,
    });
  }
}

interface MadeDelivery {
  delivery: DeliveryDocument;
  waitingIds: string[];
}

/** Under the id that it would have had if it had been sent at once. */
function single(lane: LaneDocument, waiting: WaitingDocument, now: Date): MadeDelivery {
  return made(lane, deriveId('dlv', waiting.alertId, lane._id), [waiting], now);
}

function digest(lane: LaneDocument, claimed: readonly WaitingDocument[], now: Date): MadeDelivery {
  return made(lane, deriveId('dlv', lane._id, 'digest', String(lane.claims)), claimed, now);
}

function made(lane: LaneDocument, id: string, claimed: readonly WaitingDocument[], now: Date): MadeDelivery {
  const [first] = claimed;
  return {
    waitingIds: claimed.map(({ _id }) => _id),
    delivery: freshDelivery(id, now, {
      subscriptionId: lane.subscriptionId,
      channelId: lane._id,
      host: lane.host,
      alertIds: claimed.map(({ alertId }) => alertId),
      correlationId: first?.correlationId ?? '',
      revisedAt: first?.revisedAt ?? now,
    }),
  };
}

function toWaiting(alert: AlertDocument, channelId: string, importance: number): WaitingDocument {
  const { _id: alertId, subscriptionId, at, revisedAt, correlationId } = alert;
  return {
    _id: `${alertId}|${channelId}`,
    subscriptionId,
    channelId,
    alertId,
    importance,
    at,
    revisedAt,
    correlationId,
    claimedBy: null,
    claimedAt: null,
    place: null,
  };
}
