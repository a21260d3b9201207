import type { Development, Match, Why } from '@themeline/contracts';
import type { EventStateDocument, SubscriptionDocument } from '../alerts.collections';
import { claimIds } from '../ledger/claim.keys';
import { dueAlerts } from '../matching/due.alerts';
import { Subscribers } from '../matching/subscribers.index';
import { previousOf } from '../projection/event.state';

const REHEARSED = 'rehearsed';

export interface RehearsedAlert {
  development: Development;
  why: Why;
  state: EventStateDocument;
}

/**
 * What a subscription would have been told, had it been there: the matcher, the rules of what is due and the claims are the
 * ones of live alerts, with the claims in memory.
 */
export class Rehearsal {
  private readonly subscribers = new Subscribers();
  private readonly claims = new Set<string>();
  /** Ids of events of which something was told. */
  private readonly told = new Set<string>();

  constructor(match: Match, wants: Pick<SubscriptionDocument, 'developments' | 'onBackfill'>) {
    this.subscribers.set({ id: REHEARSED, ...wants, channels: [] }, match);
  }

  /** The alerts of one revision. Revisions are to be heard in their order. */
  hear(state: EventStateDocument): RehearsedAlert[] {
    const { revision, developments, backfill, lineage, event } = state;
    const toldOf = lineage.filter((id) => this.told.has(id));
    const told = new Map(toldOf.length > 0 ? [[REHEARSED, toldOf]] : []);
    const revised = { revision, developments, backfill, lineage, before: previousOf(state), after: event };
    const alerts: RehearsedAlert[] = [];
    for (const { development, key, why } of dueAlerts(this.subscribers, revised, told)) {
      const ids = claimIds({ subscriptionId: REHEARSED, lineage, key });
      if (ids.some((id) => this.claims.has(id))) continue;
      for (const id of ids) this.claims.add(id);
      for (const id of lineage.slice(0, ids.length)) this.told.add(id);
      alerts.push({ development, why, state });
    }
    return alerts;
  }
}
