import type { EventRevised, Why } from '@themeline/contracts';
import type { MatchableEvent } from '@themeline/matching';
import { type DueDevelopment, dueDevelopments } from './due.rules';
import type { Subscriber, Subscribers } from './subscribers.index';

/** What of a revision decides to whom it is due. `before` need not be more than an event's matchable side. */
export type Revision = Pick<EventRevised, 'revision' | 'developments' | 'after' | 'lineage' | 'backfill'> & {
  before: (MatchableEvent & { retracted: boolean }) | null;
};

export interface DueToOne extends DueDevelopment {
  subscriber: Subscriber;
  why: Why;
}

/** To whom a revision is due, and why. `told`: subscription → the ids of the lineage of which it was told. */
export function* dueAlerts(
  subscribers: Subscribers,
  revised: Revision,
  told: ReadonlyMap<string, readonly string[]>,
): Iterable<DueToOne> {
  const { lineage, before } = revised;
  const after: MatchableEvent = { ...revised.after, lineage };
  const previous: MatchableEvent | null = before === null || before.retracted ? null : { ...before, lineage };
  const matching = revised.after.retracted ? [] : subscribers.match(after);
  const wanting = new Set(matching.map(({ id }) => id));
  const others = [...told.keys()].filter((id) => !wanting.has(id)).flatMap((id) => subscribers.get(id) ?? []);
  for (const subscriber of [...matching, ...others]) {
    const standing = {
      developments: subscriber.developments,
      onBackfill: subscriber.onBackfill,
      matchedBefore: previous !== null && subscribers.matches(subscriber.id, previous),
      matchesAfter: wanting.has(subscriber.id),
      told: told.has(subscriber.id),
    };
    for (const { development, key } of dueDevelopments(revised, standing)) {
      const why: Why =
        development === 'retracted'
          ? [{ field: 'told', values: (told.get(subscriber.id) ?? []).toSorted() }]
          : subscribers.why(subscriber.id, after);
      yield { subscriber, development, key, why };
    }
  }
}
