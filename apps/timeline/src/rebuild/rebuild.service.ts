import type { Report } from '@themeline/contracts';
import { featuresOf, type KindFamily, rebuild } from '@themeline/merging';
import { Outbox, StaleBatch } from '@themeline/messaging';
import { type Database, isDuplicateKey, migrate } from '@themeline/persistence';
import { type EditContext, type EditPlan, planMerge, planSplit } from '../editing/edit.planner';
import { placeForSplit } from '../editing/split.place';
import { changesBetween, revise, type Revised, type RevisionInput } from '../merge/event.reviser';
import { MergeRepository } from '../merge/merge.repository';
import { TimelineWriter } from '../merge/timeline.writer';
import { type ThemeSet, ThemesRepository } from '../themes/themes.repository';
import {
  type ClaimDocument,
  type CorrectedField,
  type EventDocument,
  OPEN_END,
  timelineCollections,
} from '../timeline.collections';
import {
  comparePairs,
  constraintsOf,
  type Difference,
  differencesOf,
  nameGroups,
  type PairAgreement,
  type RebuiltEvent,
} from './rebuild.planner';

/** Who does it, in the history, and why. */
const AUTHOR = 'themeline';
const REASON = 'rebuilt from all reports';
const CHUNK = 500;
const MAX_ATTEMPTS = 50;

/** The timeline as it is. What editors retracted is left out: it stays as it is. */
interface Live {
  events: Map<string, EventDocument>;
  claims: ClaimDocument[];
  eventOf: Map<string, string>;
  themes: ThemeSet;
}

/** An event with the same reports in both, that is read otherwise from them now. */
export interface Reading {
  eventId: string;
  fields: string[];
}

export interface RebuildResult {
  /** The second database. */
  database: string;
  reports: number;
  liveEvents: number;
  rebuiltEvents: number;
  pairs: PairAgreement;
  differences: Difference[];
  readings: Reading[];
}

/**
 * Works the timeline out anew from its stored reports, whatever the order in which they came, under what persons have decided; into a
 * second database. The live one is compared, and brought to the same by `switchOver`, event by event and while it runs.
 */
export class RebuildService {
  private readonly repository: MergeRepository;
  private readonly themes: ThemesRepository;
  private readonly writer: TimelineWriter;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly kindFamily: KindFamily,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.repository = new MergeRepository(database);
    this.themes = new ThemesRepository(database, outbox);
    this.writer = new TimelineWriter(database, outbox);
  }

  async run(): Promise<RebuildResult> {
    const live = await this.read();
    const rebuilt = await this.regroup(live);
    const target = this.database.beside(`${this.database.db.databaseName}_rebuilt`);
    const readings = await this.writeBeside(target, rebuilt, live);
    return {
      database: target.db.databaseName,
      reports: live.claims.length,
      liveEvents: live.events.size,
      rebuiltEvents: rebuilt.length,
      pairs: comparePairs(rebuilt, live.eventOf),
      differences: differencesOf(rebuilt, live.eventOf),
      readings,
    };
  }

  /**
   * Brings the live timeline to what a rebuild of this moment says: parts, joins and reads events anew, each a revision of its own. Ids
   * stay with most of their reports, old ones redirect, and the messages are marked as history, so that nobody is alerted. Answers how
   * many revisions it took.
   */
  async switchOver(): Promise<number> {
    const live = await this.read();
    const rebuilt = await this.regroup(live);
    let written = 0;
    for (const group of rebuilt) written += await this.partOff(group);
    for (const group of rebuilt) written += await this.joinUp(group);
    const after = await this.read();
    for (const event of after.events.values()) if (await this.readAnew(event._id)) written += 1;
    return written;
  }

  private async read(): Promise<Live> {
    const events = new Map<string, EventDocument>();
    const rows = this.database.collection<EventDocument>('events').find({ heir: null, retractedBy: null });
    for await (const row of rows) events.set(row._id, row);
    const ids = [...events.keys()];
    const claims: ClaimDocument[] = [];
    for (let from = 0; from < ids.length; from += CHUNK) {
      claims.push(...(await this.repository.findHolding(ids.slice(from, from + CHUNK))));
    }
    const eventOf = new Map(claims.flatMap(({ reportId, eventId }) => (eventId === null ? [] : [[reportId, eventId]])));
    return { events, claims, eventOf, themes: await this.themes.current() };
  }

  private async regroup(live: Live): Promise<RebuiltEvent[]> {
    const pins = await this.repository.findPins([...live.eventOf.keys()]);
    const partings = await this.repository.findPartings();
    const named = [...pins.values(), ...partings.flatMap(({ events }) => events)];
    const heirs = await this.repository.findHeirs([...new Set(named)]);
    const standing = (id: string): string => heirs.get(id)?._id ?? id;
    const constraints = constraintsOf(
      new Map([...pins].map(([reportId, eventId]) => [reportId, standing(eventId)])),
      partings.map(({ events: [a, b] }) => [standing(a), standing(b)] as const).filter(([a, b]) => a !== b),
      live.eventOf,
    );
    const features = live.claims.flatMap(({ report }) =>
      report === null ? [] : [featuresOf(report, this.kindFamily)],
    );
    return nameGroups(rebuild(features, constraints), live.eventOf);
  }

  /** Writes the events, their claims and first revisions beside; answers which live events of the same reports say something else. */
  private async writeBeside(target: Database, rebuilt: readonly RebuiltEvent[], live: Live): Promise<Reading[]> {
    await target.db.dropDatabase();
    await migrate(target.db, timelineCollections, []);
    const claimOf = new Map(live.claims.map((claim) => [claim.reportId, claim]));
    const sizes = new Map<string, number>();
    for (const eventId of live.eventOf.values()) sizes.set(eventId, (sizes.get(eventId) ?? 0) + 1);
    const readings: Reading[] = [];
    for (let from = 0; from < rebuilt.length; from += CHUNK) {
      const some = rebuilt.slice(from, from + CHUNK).map((group) => {
        const claims = group.reportIds.flatMap((id) => claimOf.get(id) ?? []);
        const before = live.events.get(group.id) ?? null;
        const { event, revision } = this.fresh(group.id, before, reportsOf(claims), live.themes);
        const same = claims.every(({ eventId }) => eventId === group.id);
        const fields = before === null ? [] : changesBetween(before.snapshot, event.snapshot).map(({ field }) => field);
        if (same && fields.length > 0 && group.reportIds.length === sizes.get(group.id)) {
          readings.push({ eventId: group.id, fields });
        }
        return { event, revision, claims: claims.map((claim) => settled(claim, group.id)) };
      });
      await target.collection('events').insertMany(some.map(({ event }) => event as object));
      await target.collection('revisions').insertMany(some.map(({ revision }) => revision as object));
      await target.collection('claims').insertMany(some.flatMap(({ claims }) => claims as object[]));
    }
    return readings;
  }

  /** An event as if all of its reports had come at once; what editors corrected stays corrected. */
  private fresh(id: string, before: EventDocument | null, claims: readonly Report[], themes: ThemeSet): Revised {
    const set = before?.corrections ?? {};
    const fields = Object.keys(set) as CorrectedField[];
    const input: RevisionInput = {
      id,
      before: null,
      claims,
      cause: { type: 'edit', reportIds: [], author: AUTHOR, reason: REASON },
      now: before === null ? this.now() : new Date(before.snapshot.recordedAt),
      themes,
      kindFamily: this.kindFamily,
      backfill: true,
      heard: before?.heardLive ?? false,
      ...(fields.length === 0 ? {} : { edit: { type: 'correct', fields, set, was: {} } }),
    };
    return revise(input);
  }

  /** Takes a group's reports out of every event that has others too, but for the one whose id the group has. */
  private async partOff(group: RebuiltEvent): Promise<number> {
    const wanted = new Set(group.reportIds);
    return this.repeat(async (context) => {
      for (const [eventId, held] of await this.holdersOf(group)) {
        if (eventId === group.id) continue;
        const [event] = await this.repository.findEvents([eventId]);
        const claims = await this.repository.findLastIn([eventId]);
        const others = claims.some((claim) => claim.eventId !== null && !wanted.has(claim.reportId));
        if (event === undefined || !others || event.retractedBy !== null) continue;
        const moving = new Set(held.map(({ reportId }) => reportId));
        const to = await placeForSplit(this.repository, event, held);
        return planSplit(event, { claims, moving, decided: new Set(), to, corrections: {} }, context);
      }
      return null;
    });
  }

  /** Joins the events that hold nothing but a group's reports into the one whose id the group has, or the one with most of them. */
  private async joinUp(group: RebuiltEvent): Promise<number> {
    const wanted = new Set(group.reportIds);
    return this.repeat(async (context) => {
      const held = await this.holdersOf(group);
      const events = (await this.repository.findEvents([...held.keys()])).filter(
        ({ retractedBy }) => retractedBy === null,
      );
      const weight = (id: string): number => (id === group.id ? Infinity : (held.get(id)?.length ?? 0));
      const [heir, ...others] = events.sort((a, b) => weight(b._id) - weight(a._id) || (a._id < b._id ? -1 : 1));
      for (const other of others) {
        const claims = await this.repository.findLastIn([other._id]);
        // Reports that came meanwhile are live merging's to judge.
        if (heir === undefined || claims.some((claim) => claim.eventId !== null && !wanted.has(claim.reportId)))
          continue;
        const plan = planMerge(heir, other, [...(await this.repository.findLastIn([heir._id])), ...claims], context);
        return { ...plan, pins: [] };
      }
      return null;
    });
  }

  /** True where the event says something else now than when it was last written. */
  private async readAnew(id: string): Promise<boolean> {
    const written = await this.repeat(async ({ now, themes, kindFamily }) => {
      const [before] = await this.repository.findEvents([id]);
      if (before === undefined || before.heir !== null || before.retractedBy !== null) return null;
      const claims = reportsOf(await this.repository.findHolding([id]));
      const cause = { type: 'edit' as const, reportIds: [], author: AUTHOR, reason: REASON };
      const { event, revision, message } = revise({
        ...{ id, before, claims, cause, now, themes, kindFamily },
        backfill: true,
        heard: false,
      });
      if (revision.changes.length === 0) return null;
      const change = { before, after: event, revisions: [revision], messages: [message] };
      return { changes: [change], freshClaims: [], endedClaims: [], pins: [], partings: [], assignments: [] };
    }, 1);
    return written > 0;
  }

  private async holdersOf({ reportIds }: RebuiltEvent): Promise<Map<string, ClaimDocument[]>> {
    const held = new Map<string, ClaimDocument[]>();
    for (const claim of await this.repository.findCurrentClaims(reportIds)) {
      if (claim.eventId !== null) held.set(claim.eventId, [...(held.get(claim.eventId) ?? []), claim]);
    }
    return new Map([...held].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Plans and writes until there is no more to do; again where live merging was faster. Answers how many revisions were written. */
  private async repeat(plan: (context: EditContext) => Promise<EditPlan | null>, most = Infinity): Promise<number> {
    let written = 0;
    let rounds = 0;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS && rounds < most;) {
      const themes = await this.themes.current();
      const next = await plan({ author: AUTHOR, reason: REASON, now: this.now(), themes, kindFamily: this.kindFamily });
      if (next === null) break;
      try {
        await this.write(next);
        written += next.changes.length;
        rounds += 1;
        attempt = 1;
      } catch (error) {
        if (!(error instanceof StaleBatch) && !isDuplicateKey(error)) throw error;
        attempt += 1;
      }
    }
    return written;
  }

  /** Like an editor's, but bound by nobody's word, and as history: nobody is alerted to what a rebuild finds out. */
  private async write({ changes, freshClaims, endedClaims, assignments }: EditPlan): Promise<void> {
    const found = changes.flatMap(({ before, after }) =>
      after.keys.filter((key) => before?.keys.includes(key) !== true),
    );
    const quiet = changes.map((change) => ({
      ...change,
      messages: change.messages.map((message) =>
        message.subject === 'event.revised' ? { ...message, payload: { ...message.payload, backfill: true } } : message,
      ),
    }));
    await this.database.transaction(async (session) => {
      await this.repository.markKeys(session, new Map(), new Set(found));
      await this.writer.write(session, quiet);
      await this.repository.writeClaims(session, freshClaims, endedClaims, []);
      await this.outbox.add(session, assignments);
    });
  }
}

/** A claim as the rebuilt event has it from its first revision on. */
function settled(claim: ClaimDocument, eventId: string): ClaimDocument {
  return { ...claim, eventId, lastEventId: eventId, fromRevision: 1, toRevision: OPEN_END };
}

function reportsOf(claims: readonly ClaimDocument[]): Report[] {
  return claims.flatMap(({ report }) => report ?? []);
}
