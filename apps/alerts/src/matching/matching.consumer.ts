import { Controller } from '@nestjs/common';
import { deriveId, type EventRevised } from '@themeline/contracts';
import { type BatchWork, Consume, type ConsumeContext, type Incoming, faultPoint } from '@themeline/messaging';
import { matched } from '../alerts.metrics';
import { type DueAlert, LedgerService } from '../ledger/ledger.service';
import { ProjectionRepository } from '../projection/projection.repository';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { setImmediate } from 'node:timers/promises';
import { ThemeExplainer } from '../themes/theme.explainer';
import { dueAlerts, type DueToOne } from './due.alerts';
import { ShardIndex } from './shard.index';

/** So many due alerts are written at once: one event may be due to thousands of subscriptions. */
const CHUNK = 1_000;

/** So many are explained before other work gets its turn: a few milliseconds. */
const SLICE = 100;

/**
 * Finds out to whom each revision is due and has it written down: what is new and little in the transaction of the messages'
 * inbox rows. All else (much, merged, gathered, or met by a run before) while planning, in writes that can be repeated: the
 * inbox rows come last, and a batch that breaks off before is simply done again.
 */
@Controller()
export class MatchingConsumer {
  private readonly shards = new Map<number, ShardIndex>();

  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly ledger: LedgerService,
    private readonly explainer: ThemeExplainer,
    private readonly projection: ProjectionRepository,
  ) {}

  @Consume('alerts-match')
  async match(messages: Incoming<'event.revised'>[], { shard, again }: ConsumeContext): Promise<BatchWork | null> {
    if (shard === null) throw new Error("the durable 'alerts-match' has no shards");
    const index = this.shards.get(shard) ?? new ShardIndex(shard, this.subscriptions);
    this.shards.set(shard, index);
    const subscribers = await index.refresh(Date.now());
    let chunk: DueAlert[] = [];
    let total = 0;
    const latest = new Map<string, Incoming<'event.revised'>>();
    const flush = async (): Promise<void> => {
      const full = chunk;
      chunk = [];
      if (full.length > 0) faultPoint('after-match');
      await this.ledger.tell(shard, await this.explainer.explained(full, Date.now()));
    };
    for (const message of messages) {
      const retracted = isRetraction(message.payload);
      if (retracted) {
        // Who was told must not depend on where a batch begins.
        await flush();
        // Whatever it has overtaken finds it there, also where the projection lags behind.
        await this.projection.keep([message.payload]);
        await this.ledger.close(shard, message.payload);
      }
      const told = retracted ? await this.ledger.toldOf(shard, message.payload.lineage) : new Map<string, string[]>();
      for (const due of dueAlerts(subscribers, message.payload, told)) {
        matched.inc({ development: due.development });
        chunk.push(toLedger(due, message.payload, message.correlationId));
        total += 1;
        latest.set(message.payload.eventId, message);
        if (chunk.length >= CHUNK) await flush();
        else if (total % SLICE === 0) await setImmediate();
      }
    }
    // What was due to nobody of this shard leaves nothing to remember.
    if (total === 0) return null;
    const isWhole = chunk.length === total && messages.every(({ payload }) => !isRetraction(payload));
    const telling =
      again || !isWhole ? null : this.ledger.prepare(shard, await this.explainer.explained(chunk, Date.now()));
    if (telling === null) {
      await flush();
      // What comes late may have been overtaken by a retraction, which then found nobody who had been told. The look comes
      // after the claims, as a retraction looks for claims after it was kept: one of the two finds the other.
      const retractions = (await this.projection.retractions([...latest.keys()])).filter(
        ({ eventId, revision }) => revision > (latest.get(eventId)?.payload.revision ?? revision),
      );
      for (const { event, at, ...state } of retractions) {
        const revised = { ...state, before: null, after: event, at: at.toISOString() };
        const told = await this.ledger.toldOf(shard, revised.lineage);
        const correlationId = latest.get(revised.eventId)?.correlationId ?? '';
        for (const due of dueAlerts(subscribers, revised, told)) chunk.push(toLedger(due, revised, correlationId));
      }
      await flush();
      return { commit: () => Promise.resolve() };
    }
    faultPoint('after-match');
    return {
      commit: (session) => this.ledger.write(session, telling),
      committed: () => this.ledger.carry(telling),
    };
  }
}

const isRetraction = ({ developments }: EventRevised): boolean => developments.includes('retracted');

function toLedger(
  { subscriber: { id: subscriptionId, channels, onBackfill }, development, key, why }: DueToOne,
  { eventId, revision, lineage, after, at, backfill }: Omit<EventRevised, 'before' | 'developments' | 'heir'>,
  correlationId: string,
): DueAlert {
  return {
    alertId: deriveId('alr', subscriptionId, eventId, key),
    subscriptionId,
    channels,
    eventId,
    revision,
    lineage,
    development,
    key,
    why,
    event: after,
    revisedAt: new Date(at),
    correlationId,
    summary: backfill && onBackfill === 'summary',
  };
}
