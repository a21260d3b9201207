import { Injectable } from '@nestjs/common';
import type { DELIVERY_STATES, DeliveryOut, Page, ReplayIn, ReplayOut } from '@themeline/contracts';
import { conflict, decodeCursor, encodeCursor, notFound } from '@themeline/http';
import { randomUUID } from 'node:crypto';
import { type ChannelDocument, type DeliveryDocument, isSent, type SubscriptionDocument } from '../alerts.collections';
import { ChannelSenders } from '../channels/channel.senders';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { placeCursor, SubscriptionsService } from '../subscriptions/subscriptions.service';
import { DeliveriesRepository } from './deliveries.repository';
import { DeliveryWorker } from './delivery.worker';

/** What a test message met with at one channel. */
export interface ChannelTest {
  channelId: string;
  delivered: boolean;
  status: number | null;
  error: string | null;
  latencyMs: number;
  responseExcerpt: string | null;
}

/** Not those whose address has not agreed, or wants no more. */
const TESTED = new Set<ChannelDocument['state']>(['active', 'disabled']);

@Injectable()
export class DeliveriesService {
  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly subscriptions: SubscriptionsService,
    private readonly subscriptionRows: SubscriptionsRepository,
    private readonly worker: DeliveryWorker,
    private readonly senders: ChannelSenders,
  ) {}

  async list(
    owner: string,
    subscriptionId: string,
    query: { limit: number; cursor?: string | undefined; state?: (typeof DELIVERY_STATES)[number][] | undefined },
  ): Promise<Page<DeliveryOut>> {
    await this.subscriptions.owned(owner, subscriptionId);
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, placeCursor);
    const found = await this.deliveries.list(subscriptionId, query.state, query.limit + 1, after);
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    return {
      items: items.map(present),
      nextCursor:
        found.length > query.limit && last !== undefined ? encodeCursor({ at: last.createdAt, id: last._id }) : null,
    };
  }

  async read(owner: string, id: string): Promise<DeliveryOut> {
    return present((await this.owned(owner, id)).delivery);
  }

  /** Due at once, whatever became of it, under the same message id. */
  async retry(owner: string, id: string): Promise<DeliveryOut> {
    const { delivery, subscription } = await this.owned(owner, id);
    const channel = subscription.channels.find(({ id: channelId }) => channelId === delivery.channelId);
    if (channel === undefined)
      throw conflict(`the channel '${delivery.channelId}' is no longer part of the subscription`);
    if (channel.state !== 'active') {
      const why = channel.disabledReason === null ? '' : `: ${channel.disabledReason}; resume the subscription first`;
      throw conflict(`the channel '${channel.id}' is ${channel.state}${why}`);
    }
    await this.deliveries.startAgain(id, new Date());
    this.worker.wake();
    return this.read(owner, id);
  }

  /** Everything of a span that has come to its end goes out again, in no order, under the same message ids. */
  async replay(owner: string, subscriptionId: string, { from, to, channelId, state }: ReplayIn): Promise<ReplayOut> {
    const subscription = await this.subscriptions.owned(owner, subscriptionId);
    if (channelId !== undefined && !subscription.channels.some(({ id }) => id === channelId)) {
      throw notFound(`no such channel: '${channelId}'`);
    }
    const channelIds = subscription.channels
      .filter((channel) => channel.state === 'active' && (channelId === undefined || channel.id === channelId))
      .map(({ id }) => id);
    const now = new Date();
    const span = { channelIds, states: state, from: new Date(from), to: to === undefined ? now : new Date(to) };
    const deliveries = await this.deliveries.startSpanAgain(subscriptionId, span, now);
    this.worker.wake();
    return { deliveries };
  }

  /** Sends a message to every channel that is sent to, also to a paused subscription's and to disabled ones. */
  async test(owner: string, subscriptionId: string): Promise<{ channels: ChannelTest[] }> {
    const subscription = await this.subscriptions.owned(owner, subscriptionId);
    const tested = subscription.channels.filter(isSent).filter(({ state }) => TESTED.has(state));
    const channels = await Promise.all(
      tested.map(async (channel): Promise<ChannelTest> => {
        const content = { purpose: 'test' as const };
        const message = { id: `test_${randomUUID()}`, subscription, content, at: new Date() };
        const outcome = await this.senders.send(message, channel);
        const { verdict, status, error, latencyMs, responseExcerpt } = outcome;
        return { channelId: channel.id, delivered: verdict === 'delivered', status, error, latencyMs, responseExcerpt };
      }),
    );
    return { channels };
  }

  private async owned(
    owner: string,
    id: string,
  ): Promise<{ delivery: DeliveryDocument; subscription: SubscriptionDocument }> {
    const delivery = await this.deliveries.find(id);
    const subscription = delivery && (await this.subscriptionRows.findOwned(owner, delivery.subscriptionId));
    if (delivery === null || subscription === null) throw notFound(`no such delivery: '${id}'`);
    return { delivery, subscription };
  }
}

function present(delivery: DeliveryDocument): DeliveryOut {
  return {
    id: delivery._id,
    subscriptionId: delivery.subscriptionId,
    channelId: delivery.channelId,
    purpose: delivery.purpose,
    alertIds: delivery.alertIds,
    messageId: delivery._id,
    state: delivery.state,
    attempts: delivery.attempts.map((attempt) => ({ ...attempt, at: attempt.at.toISOString() })),
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    createdAt: delivery.createdAt.toISOString(),
  };
}
