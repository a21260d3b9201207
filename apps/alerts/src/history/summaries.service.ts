import { Injectable } from '@nestjs/common';
import { deriveId } from '@themeline/contracts';
import type { AlertDocument, SummaryAlertDocument } from '../alerts.collections';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { DeliveryWorker } from '../deliveries/delivery.worker';
import { freshDelivery } from '../deliveries/fresh.delivery';
import { SummariesRepository } from './summaries.repository';

/** History that is being loaded has come to its end when so long nothing more of it has come; it is not waited for longer than this. */
const SETTLED_MS = 60_000;
const LONGEST_MS = 3_600_000;
/** Alerts in one message. */
const MOST = 500;

/** Gathers what was told of history into one message for each channel that would else get one for each alert. */
@Injectable()
export class SummariesService {
  constructor(
    private readonly summaries: SummariesRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly worker: DeliveryWorker,
  ) {}

  /** Puts alerts in; one that was put in before, and perhaps sent, stays as it is. */
  async add(alerts: readonly AlertDocument[], importance: ReadonlyMap<string, number>, now: Date): Promise<void> {
    const rows = alerts.flatMap((alert): SummaryAlertDocument[] => {
      const channels = alert.channels.filter(({ route }) => route === 'direct');
      const { _id, subscriptionId } = alert;
      return channels.length === 0
        ? []
        : [{ _id, subscriptionId, channels, importance: importance.get(_id) ?? 0, at: now, sentBy: null }];
    });
    await this.summaries.insert(rows);
  }

  /** Sends what has come to rest. */
  async releaseSettled(now: Date): Promise<void> {
    const settled = new Date(now.getTime() - SETTLED_MS);
    const overdue = new Date(now.getTime() - LONGEST_MS);
    for (const subscriptionId of await this.summaries.settled(settled, overdue)) await this.release(subscriptionId);
  }

  /** Sends what there is for a subscription, the most important first. */
  async release(subscriptionId: string): Promise<void> {
    for (;;) {
      const rows = await this.summaries.waiting(subscriptionId, MOST);
      const [first] = rows;
      if (first === undefined) return;
      const now = new Date();
      const channels = new Map(rows.flatMap((row) => row.channels).map((channel) => [channel.id, channel]));
      const deliveries = [...channels.values()].map(({ id: channelId, host }) =>
        // Named for its first alert: should this break off before the rows are marked, the same is not made twice.
        freshDelivery(deriveId('dlv', 'summary', first._id, channelId), now, {
          subscriptionId,
          channelId,
          host,
          alertIds: rows.filter((row) => row.channels.some(({ id }) => id === channelId)).map(({ _id }) => _id),
          correlationId: `summary-${first._id}`,
          revisedAt: first.at,
        }),
      );
      await this.deliveries.insert(deliveries);
      await this.summaries.markSent(
        rows.map(({ _id }) => _id),
        first._id,
      );
      this.worker.wake();
    }
  }
}
