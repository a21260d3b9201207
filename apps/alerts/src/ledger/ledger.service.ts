import { Injectable } from '@nestjs/common';
import { type AlertOut, deriveId, type Alerted, type Page, type TimelineEvent, type Why } from '@themeline/contracts';
import { faultPoint } from '@themeline/messaging';
import type { ClientSession } from '@themeline/persistence';
import { decodeCursor, encodeCursor } from '@themeline/http';
import type {
  AlertDocument,
  ChannelRef,
  ClaimDocument,
  DeliveryDocument,
  SnapshotDocument,
} from '../alerts.collections';
import { suppressed, told } from '../alerts.metrics';
import type { ToldAlert } from '../channels/channel.sender';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { freshDelivery } from '../deliveries/fresh.delivery';
import { DeliveryWorker } from '../deliveries/delivery.worker';
import { GatheringService } from '../digests/gathering.service';
import { GatheringWorker } from '../digests/gathering.worker';
import { placeCursor, SubscriptionsService } from '../subscriptions/subscriptions.service';
import { SummariesService } from '../history/summaries.service';
import { claimIds } from './claim.keys';
import { LedgerRepository } from './ledger.repository';

/** One development that is due to one subscription. */
export interface DueAlert {
  alertId: string;
  subscriptionId: string;
  channels: ChannelRef[];
  eventId: string;
  revision: number;
  lineage: readonly string[];
  development: Alerted;
  key: string;
  why: Why;
  event: TimelineEvent;
  revisedAt: Date;
  correlationId: string;
  /** Part of history that is told in one message. */
  summary: boolean;
}

/** Alerts with all that belongs to them, as they are to be written. */
export interface Telling {
  claims: ClaimDocument[];
  snapshots: SnapshotDocument[];
  alerts: AlertDocument[];
  deliveries: DeliveryDocument[];
  /** What the deliveries carry, by alert. */
  told: ReadonlyMap<string, ToldAlert>;
}

/**
 * The book of who was told what. An alert first claims one unique row per (subscription, id of the event's lineage,
 * development key); then the alert is written, then its deliveries. Each step can be repeated, so what breaks off in
 * between is completed when the message comes again: it finds its own claims and goes on.
 */
@Injectable()
export class LedgerService {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly subscriptions: SubscriptionsService,
    private readonly worker: DeliveryWorker,
    private readonly gathering: GatheringService,
    private readonly summaries: SummariesService,
    private readonly gatherer: GatheringWorker,
  ) {}

  /** Subscription → the ids of the lineage of which it was told anything. */
  async toldOf(shard: number, lineage: readonly string[]): Promise<Map<string, string[]>> {
    return this.ledger.claimants(shard, lineage);
  }

  /**
   * Closes what was before a retraction: whoever planned to tell of it in one transaction, and has not committed yet, meets a
   * duplicate key, plans again, and finds the retraction. A former holder of the shard may be that late.
   */
  async close(shard: number, { eventId, revision }: { eventId: string; revision: number }): Promise<void> {
    const earlier = Array.from({ length: revision - 1 }, (_, index) => ({ eventId, revision: index + 1 }));
    await this.ledger.closeSnapshots(earlier.map((one) => snapshotId(one, shard)));
  }

  /**
   * The same as `tell` for what is most likely new: to be written in one transaction of the caller's. Null where it takes the
   * steps of `tell`: for what merged events had been told, and for channels that gather.
   */
  prepare(shard: number, due: readonly DueAlert[]): Telling | null {
    const simple = ({ lineage, summary, channels }: DueAlert): boolean =>
      lineage.length === 1 && !summary && channels.every(({ route }) => route === 'direct');
    const keys = new Set(due.flatMap(claimIds));
    if (!due.every(simple) || keys.size < due.length) return null;
    const now = new Date();
    const alerts = due.map((alert) => toAlert(alert, shard, now));
    const events = new Map(due.map((alert) => [alert.alertId, alert.event]));
    return {
      claims: due.flatMap((alert) => claimsOf(alert, shard, now)),
      snapshots: snapshotsOf(due, shard),
      alerts,
      deliveries: this.worker.takeAhead(
        alerts.flatMap((alert) => toDeliveries(alert, now)),
        now,
      ),
      told: new Map(
        alerts.flatMap((alert) => {
          const event = events.get(alert._id);
          return event === undefined ? [] : [[alert._id, { alert, event }]];
        }),
      ),
    };
  }

  /** Writes down what was prepared. A duplicate key where anything of it was told before: then it is `tell`'s. */
  async write(session: ClientSession, telling: Telling): Promise<void> {
    faultPoint('before-ledger-commit');
    await this.ledger.insertNew(session, telling);
    await this.deliveries.insertNew(session, telling.deliveries);
  }

  /** Sends on its way what is written. */
  carry({ alerts, deliveries, told: carried }: Telling): void {
    faultPoint('after-ledger-commit');
    for (const { development } of alerts) told.inc({ development });
    this.worker.carry(deliveries, carried);
  }

  /** Writes down what has not been told before, in the order given. */
  async tell(shard: number, due: readonly DueAlert[]): Promise<void> {
    if (due.length === 0) return;
    const now = new Date();
    const claimed = await this.claim(shard, due, now);
    for (const { development } of due.filter((alert) => !claimed.has(alert))) suppressed.inc({ development });
    if (claimed.size === 0) return;
    faultPoint('before-ledger-commit');
    const alerts = [...claimed].map((alert) => toAlert(alert, shard, now));
    await this.ledger.keepSnapshots(snapshotsOf(claimed, shard));
    const known = await this.ledger.insertAlerts(alerts);
    const knownIds = new Set(known.map(({ _id }) => _id));
    const fresh = alerts.filter(({ _id }) => !knownIds.has(_id));
    const byId = new Map(alerts.map((alert) => [alert._id, alert]));
    // The same alert from the same revision, told in the same way: this very message broke off after it. Else: told before.
    const interrupted = known.filter(
      ({ _id, revision, summary }) => byId.get(_id)?.revision === revision && byId.get(_id)?.summary === summary,
    );
    const telling = [...fresh, ...interrupted];
    const together = telling.filter(({ summary }) => summary);
    await this.deliveries.insert(telling.flatMap((alert) => (alert.summary ? [] : toDeliveries(alert, now))));
    const importance = new Map([...claimed].map(({ alertId, event }) => [alertId, event.importance]));
    await this.gathering.gather(telling, importance, now);
    await this.summaries.add(together, importance, now);
    faultPoint('after-ledger-commit');
    for (const { development } of fresh) told.inc({ development });
    for (let count = interrupted.length; count < known.length; count += 1) suppressed.inc({ development: 'recorded' });
    this.worker.wake();
    this.gatherer.wake();
  }

  async list(owner: string, subscriptionId: string, limit: number, cursor?: string): Promise<Page<AlertOut>> {
    await this.subscriptions.owned(owner, subscriptionId);
    const after = cursor === undefined ? null : decodeCursor(cursor, placeCursor);
    const found = await this.ledger.listAlerts(subscriptionId, limit + 1, after);
    const alerts = found.slice(0, limit);
    const snapshots = await this.ledger.findSnapshots(alerts.map(({ snapshotId }) => snapshotId));
    const last = alerts.at(-1);
    return {
      items: alerts.flatMap((alert) => {
        const event = snapshots.get(alert.snapshotId);
        return event === undefined ? [] : [present(alert, event)];
      }),
      nextCursor: found.length > limit && last !== undefined ? encodeCursor({ at: last.at, id: last._id }) : null,
    };
  }

  /** Those that may be told: all their claims are their own. */
  private async claim(shard: number, due: readonly DueAlert[], now: Date): Promise<Set<DueAlert>> {
    // An event that others were merged into is claimed only if nothing of its lineage is held by another alert; looked
    // at beforehand, lest the part that is free be claimed for nothing. A single row needs no look: its key decides.
    const merged = due.filter(({ lineage }) => lineage.length > 1);
    const holders =
      merged.length === 0 ? new Map<string, string>() : await this.ledger.holders(merged.flatMap(claimIds));
    const wanted: ClaimDocument[] = [];
    const claimed = new Set<DueAlert>();
    for (const alert of due) {
      const ids = claimIds(alert);
      if (ids.some((id) => (holders.get(id) ?? alert.alertId) !== alert.alertId)) continue;
      claimed.add(alert);
      for (const claim of claimsOf(alert, shard, now)) {
        if (holders.has(claim._id)) continue;
        holders.set(claim._id, alert.alertId);
        wanted.push(claim);
      }
    }
    const held = await this.ledger.claim(wanted);
    for (const alert of claimed) {
      if (claimIds(alert).some((id) => (held.get(id) ?? alert.alertId) !== alert.alertId)) claimed.delete(alert);
    }
    return claimed;
  }
}

/** Each shard keeps its own, so that no two of them write the same. */
const snapshotId = ({ eventId, revision }: Pick<DueAlert, 'eventId' | 'revision'>, shard: number): string =>
  `${eventId}@${String(revision)}#${String(shard)}`;

function claimsOf(alert: DueAlert, shard: number, at: Date): ClaimDocument[] {
  const { subscriptionId, alertId, lineage } = alert;
  return claimIds(alert).map((_id, index) => ({
    _id,
    subscriptionId,
    lineageId: lineage[index] ?? '',
    shard,
    alertId,
    at,
  }));
}

function snapshotsOf(alerts: Iterable<DueAlert>, shard: number): SnapshotDocument[] {
  const events = new Map<string, TimelineEvent>();
  for (const alert of alerts) events.set(snapshotId(alert, shard), alert.event);
  return [...events].map(([_id, event]) => ({ _id, event }));
}

function toAlert(alert: DueAlert, shard: number, at: Date): AlertDocument {
  const { alertId, subscriptionId, eventId, development, revision, why, channels, revisedAt, correlationId, summary } =
    alert;
  return {
    _id: alertId,
    subscriptionId,
    eventId,
    development,
    revision,
    snapshotId: snapshotId(alert, shard),
    why,
    summary,
    channels,
    at,
    revisedAt,
    correlationId,
  };
}

function toDeliveries(alert: AlertDocument, now: Date): DeliveryDocument[] {
  const { _id: alertId, subscriptionId, correlationId, revisedAt } = alert;
  const direct = alert.channels.filter(({ route }) => route === 'direct');
  return direct.map(({ id: channelId, host }) =>
    freshDelivery(deriveId('dlv', alertId, channelId), now, {
      subscriptionId,
      channelId,
      host,
      alertIds: [alertId],
      correlationId,
      revisedAt,
    }),
  );
}

function present(alert: AlertDocument, event: TimelineEvent): AlertOut {
  const { _id: id, subscriptionId, eventId, development, revision, why, at } = alert;
  return { id, subscriptionId, eventId, development, revision, why, event, at: at.toISOString() };
}
