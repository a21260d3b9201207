import { deriveId, type Report } from '@themeline/contracts';
import {
  chooseEvent,
  type ClaimFeatures,
  type EventChoice,
  keysOf,
  mergeWindow,
  SCORED_CLAIMS,
} from '@themeline/merging';
import type { BridgeDocument, ClaimDocument, MergeNote } from '../timeline.collections';
import { windowOf } from './event.reviser';
import type { Candidate, Search } from './merge.repository';

/** What one message does to one event. */
export type Step =
  | { type: 'put'; report: Report; features: ClaimFeatures; note: MergeNote }
  | { type: 'remove'; claim: ClaimDocument; version: number; reason: string };

/** An event that the batch touches. */
export interface Touched {
  id: string;
  /** It begins with this batch. */
  isNew: boolean;
  /** The revision that reports were scored against; null where none was. */
  scoredAt: number | null;
  steps: Step[];
}

/** Where a report goes that is in no event: `bound` by a person's word, else only if nothing else fits. */
export interface Home {
  eventId: string;
  bound: boolean;
}

/** Where a report stands while the batch is thought through. */
interface Standing {
  claim: ClaimDocument | null;
  /** The newest version that is known, withdrawn ones included. */
  version: number;
  eventId: string | null;
}

interface Known extends Candidate {
  isNew: boolean;
}

/**
 * The events that a batch may touch, as they become while its messages are gone through in order; so that reports of one batch
 * merge among themselves too. Decides; writes nothing.
 */
export class WorkingSet {
  private readonly byId = new Map<string, Known>();
  private readonly byKey = new Map<string, Set<string>>();
  private readonly standings: Map<string, Standing>;
  private readonly touchedById = new Map<string, Touched>();
  /** Withdrawals of reports that never came: remembered, in case they come late. */
  readonly tombstones = new Map<string, number>();
  /** Events that reports of the batch show to be one. */
  readonly bridges: BridgeDocument[] = [];

  constructor(
    claims: readonly ClaimDocument[],
    candidates: readonly Candidate[],
    /** Of reports that are known: events that exist. */
    private readonly homes: ReadonlyMap<string, Home>,
    /** Keys that say too little. */
    private readonly common: ReadonlySet<string>,
  ) {
    this.standings = new Map(
      claims.map((claim) => [
        claim.reportId,
        {
          claim,
          version: Math.max(claim.version, claim.withdrawnVersion ?? 0),
          eventId: claim.eventId,
        },
      ]),
    );
    for (const candidate of candidates) this.add({ ...candidate, profiles: [...candidate.profiles], isNew: false });
  }

  get touched(): Touched[] {
    return [...this.touchedById.values()];
  }

  accept(report: Report, features: ClaimFeatures): void {
    const standing = this.standings.get(report.reportId);
    // Redelivered, or overtaken by a newer version or a withdrawal.
    if (standing !== undefined && report.version <= standing.version) return;
    if (standing?.eventId !== null && standing?.eventId !== undefined) {
      // A source that corrects itself still speaks of the same happening.
      const note: MergeNote = standing.claim?.merge ?? { decision: 'updated', score: null, closest: null, parts: [] };
      this.put(standing.eventId, report, features, { ...note, decision: 'updated' });
      return;
    }
    const home = this.homes.get(report.reportId);
    if (home?.bound === true) {
      this.put(home.eventId, report, features, { decision: 'revived', score: null, closest: null, parts: [] });
      this.learn(home.eventId, features);
      return;
    }
    const best = this.bestFor(features);
    if (best !== null) {
      const { score, closest, parts } = best.score;
      this.put(best.id, report, features, { decision: 'merged', score, closest, parts });
      this.learn(best.id, features);
      for (const other of best.bridged) this.bridge(best.id, other, report.reportId);
      return;
    }
    const id = home?.eventId ?? deriveId('evt', report.reportId);
    const isNew = home === undefined;
    if (!this.byId.has(id)) {
      this.add({ _id: id, revision: 0, keys: [], lower: 1e9, upper: -1e9, profiles: [], isNew });
    }
    this.put(id, report, features, { decision: isNew ? 'created' : 'revived', score: null, closest: null, parts: [] });
    this.learn(id, features);
  }

  withdraw(reportId: string, version: number, reason: string): void {
    const standing = this.standings.get(reportId);
    if (standing === undefined) {
      this.tombstones.set(reportId, Math.max(version, this.tombstones.get(reportId) ?? 0));
      this.standings.set(reportId, { claim: null, version, eventId: null });
      return;
    }
    if (standing.eventId === null || standing.claim === null || version < standing.version) return;
    this.touch(standing.eventId).steps.push({ type: 'remove', claim: standing.claim, version, reason });
    this.standings.set(reportId, { claim: standing.claim, version, eventId: null });
  }

  private put(eventId: string, report: Report, features: ClaimFeatures, note: MergeNote): void {
    this.touch(eventId).steps.push({ type: 'put', report, features, note });
    this.tombstones.delete(report.reportId);
    this.standings.set(report.reportId, {
      claim: claimOf(report, eventId, note),
      version: report.version,
      eventId,
    });
  }

  private touch(id: string): Touched {
    const known = this.byId.get(id);
    const touched = this.touchedById.get(id) ?? {
      id,
      isNew: known?.isNew ?? false,
      scoredAt: known === undefined || known.revision === 0 ? null : known.revision,
      steps: [],
    };
    this.touchedById.set(id, touched);
    return touched;
  }

  private bestFor(features: ClaimFeatures): EventChoice | null {
    const search = searchOf(features, this.common);
    const ids = new Set(search.keys.flatMap((key) => [...(this.byKey.get(key) ?? [])]));
    const events = [...ids].flatMap((id) => {
      const event = this.byId.get(id);
      const meets = event !== undefined && event.lower <= search.upper && event.upper >= search.lower;
      return meets ? [{ id, profiles: event.profiles }] : [];
    });
    return chooseEvent(features, events);
  }

  private bridge(one: string, other: string, reportId: string): void {
    const events: [string, string] = one < other ? [one, other] : [other, one];
    this.bridges.push({ _id: events.join('|'), events, reportId });
  }

  private learn(id: string, features: ClaimFeatures): void {
    const event = this.byId.get(id);
    if (event === undefined || event.profiles.length >= SCORED_CLAIMS) return;
    event.profiles.push(features);
    Object.assign(event, windowOf(event.profiles));
    event.keys = [...new Set([...event.keys, ...keysOf(features)])];
    this.index(event);
  }

  private add(event: Known): void {
    this.byId.set(event._id, event);
    this.index(event);
  }

  private index(event: Known): void {
    for (const key of event.keys) {
      const ids = this.byKey.get(key) ?? new Set<string>();
      ids.add(event._id);
      this.byKey.set(key, ids);
    }
  }
}

/** What a report looks for events under. */
export function searchOf(features: ClaimFeatures, common: ReadonlySet<string>): Search {
  return { keys: keysOf(features).filter((key) => !common.has(key)), ...mergeWindow(features) };
}

/** A claim that holds; its revisions are known when its event's are. */
export function claimOf(report: Report, eventId: string, merge: MergeNote): ClaimDocument {
  return {
    _id: `${report.reportId}@${String(report.version)}`,
    reportId: report.reportId,
    version: report.version,
    current: true,
    eventId,
    lastEventId: eventId,
    fromRevision: 0,
    toRevision: 0,
    publishedAt: new Date(report.publishedAt),
    report,
    merge,
    withdrawnVersion: null,
  };
}
