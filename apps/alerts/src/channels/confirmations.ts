import { Injectable } from '@nestjs/common';
import { deriveId } from '@themeline/contracts';
import { ProblemError } from '@themeline/http';
import { Database } from '@themeline/persistence';
import { createHash } from 'node:crypto';
import type { AskedAddressDocument, ChannelDocument, EmailChannel } from '../alerts.collections';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { DeliveryWorker } from '../deliveries/delivery.worker';
import { freshDelivery } from '../deliveries/fresh.delivery';
import { referTo } from './channel.routes';

/** However many keys and subscriptions name it, an address is asked no more often than this a day. */
const ASKED_A_DAY = 5;

/** Asks addresses whether they agree, as deliveries like any other: stored, retried, logged. */
@Injectable()
export class Confirmations {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveriesRepository,
    private readonly worker: DeliveryWorker,
  ) {}

  /** Counts one question more to each address. Throws a 429 that names one that has been asked too often. */
  async allow(channels: readonly ChannelDocument[]): Promise<void> {
    for (const { address } of channels.filter(isUnconfirmed)) {
      if (address === null) continue;
      const asked = await this.database.collection<AskedAddressDocument>('asked-addresses').findOneAndUpdate(
        // The address itself need not be kept for it.
        { _id: createHash('sha256').update(address.toLowerCase()).digest('base64url') },
        { $inc: { times: 1 }, $setOnInsert: { since: new Date() } },
        { upsert: true, returnDocument: 'after' },
      );
      if ((asked?.times ?? 0) > ASKED_A_DAY) {
        const detail = `the address '${address}' has been asked to confirm ${String(ASKED_A_DAY)} times today`;
        throw new ProblemError(429, 'Too Many Requests', detail, undefined, { 'retry-after': '86400' });
      }
    }
  }

  /** Sends the question to every address that is new; `again` tells one question from another to the same. */
  async ask(
    subscriptionId: string,
    before: readonly ChannelDocument[],
    after: readonly ChannelDocument[],
    again = '',
  ): Promise<void> {
    const known = new Map(before.filter(isUnconfirmed).map(({ id, address }) => [id, address]));
    const fresh = after.filter(isUnconfirmed).filter(({ id, address }) => known.get(id) !== address);
    if (fresh.length === 0) return;
    const now = new Date();
    await this.deliveries.insert(
      fresh.map((channel) =>
        freshDelivery(deriveId('dlv', channel.id, 'confirmation', channel.linkSecret, again), now, {
          purpose: 'confirmation',
          subscriptionId,
          channelId: channel.id,
          host: referTo(channel, null).host,
          correlationId: subscriptionId,
          revisedAt: now,
        }),
      ),
    );
    this.worker.wake();
  }
}

const isUnconfirmed = (channel: ChannelDocument): channel is EmailChannel =>
  channel.type === 'email' && channel.state === 'unconfirmed';
