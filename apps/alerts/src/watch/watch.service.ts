import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { deriveId, type Why } from '@themeline/contracts';
import { USUAL_WEEKS } from '@themeline/matching';
import { Leases } from '@themeline/persistence';
import type { EventStateDocument, SubscriptionDocument } from '../alerts.collections';
import { type DueAlert, LedgerService } from '../ledger/ledger.service';
import { subscriberOf, Subscribers } from '../matching/subscribers.index';
import { ProjectionRepository } from '../projection/projection.repository';
import { shardOf, SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import { courses, expectations, type Occurrence, type ThemeCourse } from './watch.rules';

const EVERY_MS = 10 * 60_000;
/** A holder that died lets the next run be another's. */
const LEASE_MS = EVERY_MS - 60_000;
const DAY_MS = 86_400_000;
/** The longest silence that can be asked for, and the weeks that are usual before it. */
const COURSE_DAYS = 60 + USUAL_WEEKS * 7;
/** So many alerts are written at once. */
const CHUNK = 500;

interface Course extends ThemeCourse {
  /** What an alert of momentum shows: the most important of the last days. */
  weightiest: string;
}

/**
 * Looks every ten minutes for what nobody reports: dates that come near or have passed, themes that have gone quiet or gather
 * momentum. Each is told once, by the ledger's claims, whoever looks and however often.
 */
@Injectable()
export class WatchService {
  private readonly logger = new Logger(WatchService.name);

  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly projection: ProjectionRepository,
    private readonly ledger: LedgerService,
    private readonly leases: Leases,
  ) {}

  @Interval(EVERY_MS)
  async lookAround(): Promise<void> {
    try {
      const lease = await this.leases.acquire('watches', LEASE_MS);
      if (lease !== null) await this.look(new Date());
    } catch (error) {
      this.logger.warn({ err: error }, 'will look around again');
    }
  }

  async look(now: Date): Promise<void> {
    const watching = new Map<string, SubscriptionDocument>();
    const subscribers = new Subscribers();
    for await (const subscription of this.subscriptions.watching()) {
      watching.set(subscription._id, subscription);
      subscribers.set(subscriberOf(subscription), subscription.match);
    }
    if (watching.size === 0) return;
    await this.lookAhead(watching, subscribers, now);
    await this.lookAtThemes([...watching.values()], now);
  }

  private async lookAhead(
    watching: ReadonlyMap<string, SubscriptionDocument>,
    subscribers: Subscribers,
    now: Date,
  ): Promise<void> {
    let due: DueAlert[] = [];
    // What passed within the days in which that is news, and all that is ahead.
    for await (const state of this.projection.expected(new Date(now.getTime() - 30 * DAY_MS))) {
      const event = { ...state.event, lineage: state.lineage };
      for (const { id } of subscribers.match(event)) {
        const subscription = watching.get(id);
        if (subscription === undefined) continue;
        for (const occurrence of expectations(state.event, subscription.watch, now)) {
          const why = [{ field: occurrence.telling, values: occurrence.values }, ...subscribers.why(id, event)];
          due.push(toDue(subscription, state, occurrence, { lineage: state.lineage, why, now }));
        }
      }
      if (due.length >= CHUNK) due = await this.tell(due);
    }
    await this.tell(due);
  }

  private async lookAtThemes(watching: readonly SubscriptionDocument[], now: Date): Promise<void> {
    const wanting = watching.filter(({ watch }) => watch.silenceDays !== null || watch.momentum);
    const known = new Map<string, Course | null>();
    for (const subscription of wanting) {
      for (const theme of subscription.match.themes) {
        if (!known.has(theme)) known.set(theme, await this.courseOf(theme, now));
        const course = known.get(theme) ?? null;
        if (course === null) continue;
        for (const occurrence of courses(course, subscription.watch, now)) {
          const shown = occurrence.telling === 'quiet' ? course.lastEventId : course.weightiest;
          const state = await this.projection.current(shown);
          if (state === null) continue;
          const why = [
            { field: occurrence.telling, values: occurrence.values },
            { field: 'themes', values: [theme] },
          ];
          await this.tell([toDue(subscription, state, occurrence, { lineage: [`theme:${theme}`], why, now })]);
        }
      }
    }
  }

  private async courseOf(theme: string, now: Date): Promise<Course | null> {
    const knownSince = await this.projection.knownSince();
    const births = await this.projection.births(theme, new Date(now.getTime() - COURSE_DAYS * DAY_MS));
    const last = births.at(-1);
    if (knownSince === null || last === undefined) return null;
    const recent = births.filter(({ at }) => now.getTime() - at.getTime() <= 7 * DAY_MS);
    const weightiest = recent.reduce((most, birth) => (birth.importance > most.importance ? birth : most), last);
    return {
      theme,
      times: births.map(({ at }) => at),
      lastEventId: last.eventId,
      weightiest: weightiest.eventId,
      knownSince,
    };
  }

  private async tell(due: readonly DueAlert[]): Promise<[]> {
    const shards = new Map<number, DueAlert[]>();
    for (const alert of due) {
      const shard = shardOf(alert.subscriptionId);
      shards.set(shard, [...(shards.get(shard) ?? []), alert]);
    }
    for (const [shard, alerts] of shards) await this.ledger.tell(shard, alerts);
    return [];
  }
}

/** About an event, or about a theme that the event stands for. */
function toDue(
  subscription: SubscriptionDocument,
  { eventId, revision, event }: EventStateDocument,
  { telling, key }: Occurrence,
  about: { lineage: readonly string[]; why: Why; now: Date },
): DueAlert {
  const { lineage, why, now } = about;
  return {
    alertId: deriveId('alr', subscription._id, lineage[0] ?? eventId, key),
    subscriptionId: subscription._id,
    channels: subscriberOf(subscription).channels,
    eventId,
    revision,
    lineage,
    development: telling,
    key,
    why,
    event,
    revisedAt: now,
    correlationId: `watch-${key}`,
    summary: false,
  };
}
