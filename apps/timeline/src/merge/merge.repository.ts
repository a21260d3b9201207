import { Injectable } from '@nestjs/common';
import type { EntityRef, Report } from '@themeline/contracts';
import { type ClaimFeatures, foldedWords } from '@themeline/merging';
import { StaleBatch } from '@themeline/messaging';
import { type AnyBulkWriteOperation, type ClientSession, Database } from '@themeline/persistence';
import type {
  BridgeDocument,
  ClaimDocument,
  EntityDocument,
  EventDocument,
  KeyDocument,
  PartingDocument,
  PinDocument,
} from '../timeline.collections';

/** What of an event decides whether a report belongs to it. */
export interface Candidate {
  _id: string;
  revision: number;
  keys: string[];
  lower: number;
  upper: number;
  profiles: ClaimFeatures[];
}

/** Keys and days that a report looks for events under. */
export interface Search {
  keys: readonly string[];
  lower: number;
  upper: number;
}

/** Candidates that were read before and are still at that revision need not be read again. */
const CACHED_CANDIDATES = 20_000;
const KNOWN_ENTITIES = 100_000;

@Injectable()
export class MergeRepository {
  private readonly cache = new Map<string, Candidate>();
  private readonly knownEntities = new Set<string>();

  constructor(private readonly database: Database) {}

  private get events() {
    return this.database.collection<EventDocument>('events');
  }

  private get claims() {
    return this.database.collection<ClaimDocument>('claims');
  }

  private get pins() {
    return this.database.collection<PinDocument>('pins');
  }

  private get partings() {
    return this.database.collection<PartingDocument>('partings');
  }

  private get bridges() {
    return this.database.collection<BridgeDocument>('bridges');
  }

  private get keys() {
    return this.database.collection<KeyDocument>('candidate_keys');
  }

  findCurrentClaims(reportIds: readonly string[]): Promise<ClaimDocument[]> {
    return this.claims.find({ reportId: { $in: [...reportIds] }, current: true }).toArray();
  }

  /** All claims that hold in these events. */
  async findHolding(eventIds: readonly string[]): Promise<ClaimDocument[]> {
    if (eventIds.length === 0) return [];
    return this.claims.find({ eventId: { $in: [...eventIds] } }).toArray();
  }

  async findEvents(ids: readonly string[]): Promise<EventDocument[]> {
    if (ids.length === 0) return [];
    return this.events.find({ _id: { $in: [...ids] } }).toArray();
  }

  /** The newest claims of all reports that are in these events or were in them last, those taken back included. */
  async findLastIn(eventIds: readonly string[]): Promise<ClaimDocument[]> {
    return this.claims.find({ lastEventId: { $in: [...eventIds] }, current: true }).toArray();
  }

  /** The reports that an event had at one of its revisions. */
  async findReportsAt(eventId: string, revision: number): Promise<string[]> {
    return this.claims.distinct('reportId', {
      lastEventId: eventId,
      fromRevision: { $lte: revision },
      toRevision: { $gt: revision },
    });
  }

  /** Each of these events that exists, or the one that stands in its place: `evt_2` → the document of `evt_1`. */
  async findHeirs(ids: readonly string[]): Promise<Map<string, EventDocument>> {
    const found = new Map<string, EventDocument>();
    let wanted = new Map(ids.map((id) => [id, id]));
    while (wanted.size > 0) {
      const rows = new Map((await this.findEvents([...new Set(wanted.values())])).map((row) => [row._id, row]));
      const next = new Map<string, string>();
      for (const [id, at] of wanted) {
        const row = rows.get(at);
        if (row === undefined) continue;
        if (row.heir === null) found.set(id, row);
        else next.set(id, row.heir);
      }
      wanted = next;
    }
    return found;
  }

  /** Report → the event that a person has put it in. */
  async findPins(reportIds: readonly string[]): Promise<Map<string, string>> {
    if (reportIds.length === 0) return new Map();
    const rows = await this.pins.find({ _id: { $in: [...reportIds] } }).toArray();
    return new Map(rows.map((row) => [row._id, row.eventId]));
  }

  findPartings(): Promise<PartingDocument[]> {
    return this.partings.find().toArray();
  }

  /** Only within an edit of the events concerned, whose revisions guard it. */
  async pin(session: ClientSession, pins: readonly PinDocument[], partings: readonly PartingDocument[]): Promise<void> {
    if (pins.length > 0) {
      await this.pins.bulkWrite(
        pins.map((pin) => ({ replaceOne: { filter: { _id: pin._id }, replacement: pin, upsert: true } })),
        { session },
      );
    }
    for (const parting of partings) {
      await this.partings.replaceOne({ _id: parting._id }, parting, { session, upsert: true });
    }
  }

  /** Has a person said that an event of the one lineage and one of the other are two? */
  async arePartedBy(one: readonly string[], other: readonly string[]): Promise<boolean> {
    const ids = one.flatMap((a) => other.map((b) => (a < b ? `${a}|${b}` : `${b}|${a}`)));
    return (await this.partings.findOne({ _id: { $in: ids } })) !== null;
  }

  findBridges(limit: number): Promise<BridgeDocument[]> {
    return this.bridges.find().sort({ _id: 1 }).limit(limit).toArray();
  }

  async noteBridges(session: ClientSession, bridges: readonly BridgeDocument[]): Promise<void> {
    if (bridges.length === 0) return;
    await this.bridges.bulkWrite(
      bridges.map((bridge) => ({ replaceOne: { filter: { _id: bridge._id }, replacement: bridge, upsert: true } })),
      { session },
    );
  }

  async removeBridge(session: ClientSession, id: string): Promise<void> {
    await this.bridges.deleteOne({ _id: id }, { session });
  }

  async findKeyVersions(keys: readonly string[]): Promise<Map<string, number>> {
    if (keys.length === 0) return new Map();
    const rows = await this.keys.find({ _id: { $in: [...keys] } }).toArray();
    return new Map(rows.map((row) => [row._id, row.version]));
  }

  /** Every event that any of the searches could merge into. */
  async findCandidates(searches: readonly Search[]): Promise<Candidate[]> {
    if (searches.length === 0) return [];
    const listed = await this.events
      .find({ $or: clausesOf(searches) }, { projection: { _id: 1, revision: 1 } })
      .toArray();
    const missing = listed.filter((row) => this.cache.get(row._id)?.revision !== row.revision).map((row) => row._id);
    if (missing.length > 0) {
      const read = await this.events
        .find(
          { _id: { $in: missing } },
          { projection: { _id: 1, revision: 1, keys: 1, lower: 1, upper: 1, profiles: 1 } },
        )
        .toArray();
      for (const row of read) this.remember(row);
    }
    return listed.flatMap((row) => this.cache.get(row._id) ?? []);
  }

  remember({ _id, revision, keys, lower, upper, profiles }: Candidate): void {
    this.cache.delete(_id);
    this.cache.set(_id, { _id, revision, keys, lower, upper, profiles });
    if (this.cache.size <= CACHED_CANDIDATES) return;
    const oldest = this.cache.keys().next();
    if (oldest.done !== true) this.cache.delete(oldest.value);
  }

  /**
   * Marks keys under which events are made (`made`, with the versions at which nothing was found) or begin to be found (`found`).
   * Two transactions that mark the same key collide in the database; the loser then reads another version and throws StaleBatch.
   */
  async markKeys(session: ClientSession, made: ReadonlyMap<string, number>, found: ReadonlySet<string>): Promise<void> {
    // In one order, so that two that mark several of the same meet at the first.
    const marks = [...new Set([...made.keys(), ...found])].sort();
    const fresh = marks.filter((key) => made.get(key) === 0);
    const known = marks.filter((key) => made.get(key) !== 0);
    if (fresh.length > 0)
      await this.keys.insertMany(
        fresh.map((_id) => ({ _id, version: 1 })),
        { session },
      );
    if (known.length === 0) return;
    const result = await this.keys.bulkWrite(
      known.map((_id): AnyBulkWriteOperation<KeyDocument> => {
        const version = made.get(_id);
        return version === undefined
          ? { updateOne: { filter: { _id }, update: { $inc: { version: 1 } }, upsert: true } }
          : { updateOne: { filter: { _id, version }, update: { $inc: { version: 1 } } } };
      }),
      { session },
    );
    if (result.matchedCount + result.upsertedCount !== known.length)
      throw new StaleBatch('a candidate key has been written');
  }

  /** New claims, and those that they end: a claim that is no longer what was read is a StaleBatch. */
  async writeClaims(
    session: ClientSession,
    fresh: readonly ClaimDocument[],
    ended: readonly ClaimDocument[],
    withdrawn: readonly string[],
  ): Promise<void> {
    if (ended.length > 0) {
      const result = await this.claims.bulkWrite(
        ended.map((claim) => ({
          replaceOne: { filter: { _id: claim._id, current: true }, replacement: claim },
        })),
        { session },
      );
      if (result.matchedCount !== ended.length) throw new StaleBatch('a claim was ended in the meantime');
    }
    if (withdrawn.length > 0) {
      // What was taken back is not kept, in no version.
      await this.claims.updateMany(
        { reportId: { $in: [...withdrawn] }, report: { $ne: null } },
        { $set: { 'report.summary': null, 'report.evidence': null, 'report.mentions': [] } },
        { session },
      );
    }
    if (fresh.length > 0) await this.claims.insertMany([...fresh], { session });
  }

  /** For the search by name. Doing it twice, or before a batch that is then planned again, changes nothing. */
  async noteEntities(reports: readonly Report[]): Promise<void> {
    const fresh = new Map<string, EntityRef>();
    for (const entity of reports.flatMap((report) => report.entities)) {
      if (!this.knownEntities.has(entity.id)) fresh.set(entity.id, entity);
    }
    if (fresh.size === 0) return;
    await this.database.collection<EntityDocument>('entities').bulkWrite(
      [...fresh.values()].map(({ id, name, type }) => ({
        updateOne: {
          filter: { _id: id },
          update: { $setOnInsert: { name, type, words: foldedWords(name) } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
    if (this.knownEntities.size > KNOWN_ENTITIES) this.knownEntities.clear();
    for (const id of fresh.keys()) this.knownEntities.add(id);
  }
}

/** One clause for all searches of the same days. */
function clausesOf(searches: readonly Search[]): object[] {
  const byDays = new Map<string, { lower: number; upper: number; keys: Set<string> }>();
  for (const { keys, lower, upper } of searches) {
    const id = `${String(lower)}/${String(upper)}`;
    const clause = byDays.get(id) ?? { lower, upper, keys: new Set<string>() };
    for (const key of keys) clause.keys.add(key);
    byDays.set(id, clause);
  }
  return [...byDays.values()].map(({ keys, lower, upper }) => ({
    keys: { $in: [...keys] },
    lower: { $lte: upper },
    upper: { $gte: lower },
  }));
}
