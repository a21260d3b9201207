import { Controller } from '@nestjs/common';
import { deriveId, type EventRevised, type Why } from '@themeline/contracts';
import type { MatchableEvent } from '@themeline/matching';
import { type BatchWork, Consume, type ConsumeContext, type Incoming } from '@themeline/messaging';
import { matched } from '../alerts.metrics';
import { type DueAlert, LedgerService } from '../ledger/ledger.service';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { setImmediate } from 'node:timers/promises';
import { dueDevelopments } from './due.rules';
import { ShardIndex, type Subscriber } from './shard.index';

/** So many due alerts are written at once: one event may be due to thousands of subscriptions. */
const CHUNK = 1_000;

/** So many are explained before other work gets its turn: a few milliseconds. */
const SLICE = 100;

/**
 * Finds out to whom each revision is due and has it written down. All of it happens while planning, in writes that can be
 * repeated: the messages' inbox rows come last, and a batch that breaks off before is simply done again.
 */
@Controller()
export class MatchingConsumer {
  private readonly shards = new Map<number, ShardIndex>();

  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly ledger: LedgerService,
  ) {}

  @Consume('alerts-match')
  async match(messages: Incoming<'event.revised'>[], { shard }: ConsumeContext): Promise<BatchWork | null> {
    if (shard === null) throw new Error("the durable 'alerts-match' has no shards");
    const index = this.shards.get(shard) ?? new ShardIndex(shard, this.subscriptions);
    this.shards.set(shard, index);
    await index.refresh(Date.now());
    let chunk: DueAlert[] = [];
    let total = 0;
    const flush = async (): Promise<void> => {
      const full = chunk;
      chunk = [];
      await this.ledger.tell(shard, full);
    };
    for (const message of messages) {
      const retracted = message.payload.developments.includes('retracted');
      // Who was told must not depend on where a batch begins.
      if (retracted) await flush();
      const told = retracted ? await this.ledger.toldOf(shard, message.payload.lineage) : new Map<string, string[]>();
      for (const due of dueAlerts(index, message, told)) {
        chunk.push(due);
        total += 1;
        if (chunk.length >= CHUNK) await flush();
        else if (total % SLICE === 0) await setImmediate();
      }
    }
    await flush();
    // What was due to nobody of this shard leaves nothing to remember.
    return total === 0 ? null : { commit: () => Promise.resolve() };
  }
}

/** `told`: subscription → the ids of the lineage of which it was told. */
function* dueAlerts(
  index: ShardIndex,
  { payload, correlationId }: Incoming<'event.revised'>,
  told: ReadonlyMap<string, string[]>,
): Iterable<DueAlert> {
  const { lineage, before } = payload;
  const after: MatchableEvent = { ...payload.after, lineage };
  const previous: MatchableEvent | null = before === null || before.retracted ? null : { ...before, lineage };
  const matching = payload.after.retracted ? [] : index.match(after);
  const wanting = new Set(matching.map(({ id }) => id));
  const others = [...told.keys()].filter((id) => !wanting.has(id)).flatMap((id) => index.subscriber(id) ?? []);
  for (const subscriber of [...matching, ...others]) {
    const standing = {
      developments: subscriber.developments,
      onBackfill: subscriber.onBackfill,
      matchedBefore: previous !== null && index.matches(subscriber.id, previous),
      matchesAfter: wanting.has(subscriber.id),
      told: told.has(subscriber.id),
    };
    for (const { development, key } of dueDevelopments(payload, standing)) {
      matched.inc({ development });
      const why: Why =
        development === 'retracted'
          ? [{ field: 'told', values: told.get(subscriber.id) ?? [] }]
          : index.why(subscriber.id, after);
      yield dueAlert(subscriber, payload, { development, key, why, correlationId });
    }
  }
}

function dueAlert(
  { id: subscriptionId, channels }: Subscriber,
  { eventId, revision, lineage, after, at }: EventRevised,
  rest: Pick<DueAlert, 'development' | 'key' | 'why' | 'correlationId'>,
): DueAlert {
  return {
    alertId: deriveId('alr', subscriptionId, eventId, rest.key),
    subscriptionId,
    channels,
    eventId,
    revision,
    lineage,
    event: after,
    revisedAt: new Date(at),
    ...rest,
  };
}
