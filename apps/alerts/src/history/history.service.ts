import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { deriveId } from '@themeline/contracts';
import { Leases } from '@themeline/persistence';
import type { SubscriptionDocument } from '../alerts.collections';
import { type DueAlert, LedgerService } from '../ledger/ledger.service';
import { subscriberOf, Subscribers } from '../matching/subscribers.index';
import { ProjectionRepository } from '../projection/projection.repository';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { ThemeExplainer } from '../themes/theme.explainer';
import { SummariesService } from './summaries.service';

const POLL_MS = 2_000;
const LEASE_MS = 60_000;
const CHUNK = 500;

/**
 * Tells a new subscription what it asked for of the past: every event of the last 90 days that matches as it stands now, as
 * if it had just been recorded. By the ledger's claims, so that what is told live meanwhile is told once, and what breaks off
 * is begun again.
 */
@Injectable()
export class HistoryService {
  private readonly logger = new Logger(HistoryService.name);
  private busy = false;

  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly projection: ProjectionRepository,
    private readonly ledger: LedgerService,
    private readonly explainer: ThemeExplainer,
    private readonly summaries: SummariesService,
    private readonly leases: Leases,
  ) {}

  @Interval(POLL_MS)
  async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const now = new Date();
      const waiting = await this.subscriptions.historyDue(now);
      const lease = waiting.length === 0 ? null : await this.leases.acquire('history', LEASE_MS);
      if (lease !== null) {
        for (const subscription of waiting) await this.tell(subscription);
        await lease.release();
      }
      await this.summaries.releaseSettled(now);
    } catch (error) {
      this.logger.warn({ err: error }, 'what was asked of the past will be told later');
    } finally {
      this.busy = false;
    }
  }

  private async tell(subscription: SubscriptionDocument): Promise<void> {
    const { _id: id, shard, history } = subscription;
    const subscribers = new Subscribers();
    subscribers.set(subscriberOf(subscription), subscription.match);
    let due: DueAlert[] = [];
    const flush = async (): Promise<void> => {
      await this.ledger.tell(shard, await this.explainer.explained(due, Date.now()));
      due = [];
    };
    if (subscription.developments.includes('recorded')) {
      for await (const { eventId, revision, lineage, event, at } of this.projection.standing()) {
        const matchable = { ...event, lineage };
        const [subscriber] = subscribers.match(matchable);
        if (subscriber === undefined) continue;
        due.push({
          alertId: deriveId('alr', id, eventId, 'recorded'),
          subscriptionId: id,
          channels: subscriber.channels,
          eventId,
          revision,
          lineage,
          development: 'recorded',
          key: 'recorded',
          why: subscribers.why(id, matchable),
          event,
          revisedAt: at,
          correlationId: `history-${id}`,
          summary: history === 'summary',
        });
        if (due.length >= CHUNK) await flush();
      }
    }
    await flush();
    if (history === 'summary') await this.summaries.release(id);
    await this.subscriptions.historyTold(id);
  }
}
