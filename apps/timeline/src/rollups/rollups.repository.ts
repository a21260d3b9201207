import { Injectable } from '@nestjs/common';
import { type ClientSession, Database } from '@themeline/persistence';
import type { RevisionDocument, RollupDocument, RollupYearDocument, StateDocument } from '../timeline.collections';
import { COUNTED, type CountedRow, incrementsOf, RollupTally } from './rollup.tally';

type Folded = Extract<StateDocument, { _id: 'rollups' }>;

/** A state that came or went by a change of the timeline. */
export interface Change {
  row: CountedRow;
  by: 1 | -1;
}

/** Of entities so many at once. */
const ENTITY_BATCH = 1_000;

/** Another holder of the lease folded in between. */
class Overtaken extends Error {}

/**
 * Counts kept beside the events. The changes to fold are the revisions themselves: what was written in the transaction that made
 * one, and got its place in the one order, adds its state and takes away that of the revision before it.
 */
@Injectable()
export class RollupsRepository {
  constructor(private readonly database: Database) {}

  private get revisions() {
    return this.database.collection<RevisionDocument>('revisions');
  }

  private get rollups() {
    return this.database.collection<RollupDocument>('rollups');
  }

  private get years() {
    return this.database.collection<RollupYearDocument>('rollup_years');
  }

  private get states() {
    return this.database.collection<Folded>('state');
  }

  /** Up to which place everything is folded; 0 when nothing is. */
  async foldedTo(session?: ClientSession): Promise<number> {
    const options = session === undefined ? {} : { session };
    return (await this.states.findOne({ _id: 'rollups' }, options))?.seq ?? 0;
  }

  /** Folds the next changes, at most so many, in one transaction. Answers how many there were. */
  async fold(limit: number): Promise<number> {
    try {
      return await this.database.transaction(async (session) => {
        const from = await this.foldedTo(session);
        const changes = await this.findChanges(from, from + limit, session);
        const to = changes.to;
        if (to === from) return 0;
        const tally = new RollupTally();
        for (const { row, by } of changes.items) tally.add(row, by);
        if (from === 0) {
          await this.states.updateOne({ _id: 'rollups' }, { $set: { seq: to } }, { session, upsert: true });
        } else {
          const moved = await this.states.updateOne({ _id: 'rollups', seq: from }, { $set: { seq: to } }, { session });
          if (moved.matchedCount !== 1) throw new Overtaken();
        }
        await this.add(tally, session);
        return to - from;
      });
    } catch (error) {
      if (error instanceof Overtaken) return 0;
      throw error;
    }
  }

  /** What changed after the place `from` up to `to`, and up to where there were revisions. */
  async findChanges(from: number, to: number, session?: ClientSession): Promise<{ items: Change[]; to: number }> {
    const options = session === undefined ? {} : { session };
    const projection = { ...COUNTED, eventId: 1, revision: 1, fromSeq: 1 };
    const rows = await this.revisions
      .find(
        { fromSeq: { $gt: from, $lte: to } },
        { projection, sort: { fromSeq: 1 }, hint: { fromSeq: 1 }, ...options },
      )
      .toArray();
    const before = rows.flatMap(({ eventId, revision }) =>
      revision > 1 ? [`${eventId}@${String(revision - 1)}`] : [],
    );
    const gone =
      before.length === 0
        ? []
        : await this.revisions.find({ _id: { $in: before } }, { projection: COUNTED, ...options }).toArray();
    return {
      items: [...rows.map((row) => ({ row, by: 1 as const })), ...gone.map((row) => ({ row, by: -1 as const }))],
      to: rows[rows.length - 1]?.fromSeq ?? from,
    };
  }

  /** The values of a facet with the most events, the most first; from after so many on. */
  findTop(facet: string, limit: number, skip = 0): Promise<Pick<RollupDocument, '_id' | 'total'>[]> {
    return this.rollups
      .find({ facet }, { projection: { total: 1 }, sort: { total: -1 }, hint: { facet: 1, total: 1 }, skip, limit })
      .toArray();
  }

  /** Of documents by tag some fields: `{total: 1}`, `{'counts.kind': 1}` */
  async findByTag(tags: readonly string[], fields: Record<string, 1>): Promise<Map<string, Partial<RollupDocument>>> {
    if (tags.length === 0) return new Map();
    const rows = await this.rollups.find({ _id: { $in: [...tags] } }, { projection: fields }).toArray();
    return new Map(rows.map((row) => [row._id, row]));
  }

  /**
   * Entities with the most events first, each with its counts of some values of another facet: the first `limit`, or all with at most
   * so many events that have no fewer than `fewest` with these values together.
   */
  findEntitiesWith(
    facet: string,
    values: readonly string[],
    which: { limit: number } | { most: number; fewest: number },
  ): Promise<Pick<RollupDocument, '_id' | 'total' | 'counts'>[]> {
    const fields = values.map((value) => `counts.${facet}.${value}`);
    const filter =
      'limit' in which
        ? {}
        : {
            total: { $lte: which.most, $gte: which.fewest },
            // One of the values has its share of them at least.
            $or: fields.map((field) => ({ [field]: { $gte: Math.ceil(which.fewest / fields.length) } })),
          };
    return this.rollups
      .find(
        { facet: 'entity', ...filter },
        {
          projection: { total: 1, ...Object.fromEntries(fields.map((field) => [field, 1])) },
          sort: { total: -1 },
          hint: { facet: 1, total: 1 },
          limit: 'limit' in which ? which.limit : 0,
          batchSize: ENTITY_BATCH,
        },
      )
      .toArray();
  }

  /** Cells to the day of one tag. */
  findDays(tag: string): Promise<RollupYearDocument[]> {
    return this.years.find({ _id: { $gte: `${tag}|`, $lt: `${tag}}` } }).toArray();
  }

  /** All revisions that stand at a place, for a full count. */
  standingAt(seq: number): AsyncIterable<CountedRow> {
    return this.revisions.find<CountedRow>({ fromSeq: { $lte: seq }, toSeq: { $gt: seq } }, { projection: COUNTED });
  }

  stored(): { rollups: AsyncIterable<RollupDocument>; years: AsyncIterable<RollupYearDocument> } {
    return { rollups: this.rollups.find(), years: this.years.find() };
  }

  private async add(tally: RollupTally, session: ClientSession): Promise<void> {
    const ordered = { ordered: true, session };
    const rollups = [...tally.rollups.values()].flatMap((row) => {
      const { _id, facet, ...counts } = row;
      const $inc = incrementsOf(counts);
      return Object.keys($inc).length === 0
        ? []
        : [{ updateOne: { filter: { _id }, update: { $inc, $setOnInsert: { facet } }, upsert: true } }];
    });
    if (rollups.length > 0) await this.rollups.bulkWrite(rollups, ordered);
    const years = [...tally.years.values()].flatMap(({ _id, days }) => {
      const $inc = incrementsOf({ days });
      return Object.keys($inc).length === 0 ? [] : [{ updateOne: { filter: { _id }, update: { $inc }, upsert: true } }];
    });
    if (years.length > 0) await this.years.bulkWrite(years, ordered);
  }
}
