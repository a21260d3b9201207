import { Injectable } from '@nestjs/common';
import { atomOfAlerts } from '@themeline/delivery';
import { notFound } from '@themeline/http';
import { timingSafeEqual } from 'node:crypto';
import {
  type ChannelDocument,
  type FeedChannel,
  type StreamChannel,
  type SubscriptionDocument,
} from '../alerts.collections';
import { GatheringRepository } from '../digests/gathering.repository';
import { LedgerRepository } from '../ledger/ledger.repository';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import type { ToldAlert } from './channel.sender';
import { hashSecret } from './channel.factory';
import { webhookText } from './webhook.content';

/** A feed's or a stream's channel with its subscription. */
export interface Fetched {
  subscription: SubscriptionDocument;
  channel: FeedChannel | StreamChannel;
}

/** One alert at its place in a stream. */
export interface StreamedAlert {
  place: number;
  type: string;
  /** The JSON text of a webhook's body. */
  data: string;
}

const FEED_LENGTH = 100;

/** What subscribers come for themselves, by their key or by the channel's own secret. */
@Injectable()
export class FetchedService {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly ledger: LedgerRepository,
    private readonly gathering: GatheringRepository,
  ) {}

  /** Throws a 404 where the caller has no such subscription, or that has no such channel. */
  async ofOwner(owner: string, id: string, type: Fetched['channel']['type']): Promise<Fetched> {
    const subscription = await this.subscriptions.findOwned(owner, id);
    if (subscription === null) throw notFound(`no such subscription: '${id}'`);
    const channel = subscription.channels.find(isOf(type));
    if (channel === undefined) throw notFound(`the subscription '${id}' has no channel of the type '${type}'`);
    return { subscription, channel };
  }

  /** Throws a 404 that does not tell a wrong secret from a channel that is not there. */
  async bySecret(channelId: string, secret: string, type: Fetched['channel']['type']): Promise<Fetched> {
    const subscription = await this.subscriptions.findByChannel(channelId);
    const channel = subscription?.channels.filter(isOf(type)).find(({ id }) => id === channelId);
    const given = Buffer.from(hashSecret(secret));
    const right = Buffer.from(channel?.secretHash ?? hashSecret(''));
    if (!subscription || !channel || !timingSafeEqual(given, right)) throw notFound(`no such ${type}`);
    return { subscription, channel };
  }

  /** The newest alerts since there is the feed, as Atom, and an entity tag. */
  async feed({ subscription, channel }: Fetched): Promise<{ atom: string; etag: string }> {
    const alerts = (await this.ledger.listAlerts(subscription._id, FEED_LENGTH, null)).filter(({ channels }) =>
      channels.some(({ id }) => id === channel.id),
    );
    const told = await this.toldOf(alerts.map(({ _id }) => _id));
    const tellings = told.map(({ alert: { _id: alertId, at, development, why }, event }) => ({
      alertId,
      at,
      development,
      why,
      event,
    }));
    const { _id: id, name, createdAt } = subscription;
    const [newest] = tellings;
    const tag = hashSecret(`${name}|${tellings.map(({ alertId }) => alertId).join()}`).slice(0, 22);
    return { atom: atomOfAlerts({ id, name }, tellings, newest?.at ?? createdAt), etag: `"${tag}"` };
  }

  /** The last place that a stream has given. */
  async lastPlace({ channel }: Fetched): Promise<number> {
    return this.gathering.places(channel.id);
  }

  /** What a stream has after a place. */
  async after({ subscription, channel }: Fetched, place: number, limit: number): Promise<StreamedAlert[]> {
    const placed = await this.gathering.placedAfter(channel.id, place, limit);
    const told = new Map((await this.toldOf(placed.map(({ alertId }) => alertId))).map((one) => [one.alert._id, one]));
    return placed.flatMap(({ alertId, place: own }) => {
      const one = told.get(alertId);
      if (one === undefined || own === null) return [];
      const content = { purpose: 'alerts' as const, told: [one] };
      const data = webhookText({ id: alertId, subscription, content, at: one.alert.at }, channel.id);
      return [{ place: own, type: `event.${one.alert.development}`, data }];
    });
  }

  /** In the order of the ids; those whose event is gone are left out. */
  private async toldOf(ids: readonly string[]): Promise<ToldAlert[]> {
    const alerts = await this.ledger.findAlerts(ids);
    const snapshots = await this.ledger.findSnapshots([...alerts.values()].map(({ snapshotId }) => snapshotId));
    return ids.flatMap((id) => {
      const alert = alerts.get(id);
      const event = alert && snapshots.get(alert.snapshotId);
      return alert && event ? [{ alert, event }] : [];
    });
  }
}

function isOf(type: Fetched['channel']['type']) {
  return (channel: ChannelDocument): channel is Fetched['channel'] => channel.type === type;
}
