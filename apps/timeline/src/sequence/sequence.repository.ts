import { Injectable } from '@nestjs/common';
import { type ClientSession, Database, isDuplicateKey } from '@themeline/persistence';
import { OPEN_END, type RevisionDocument, type StateDocument } from '../timeline.collections';

type Counter = Extract<StateDocument, { _id: 'sequence' }>;
type Waiting = Pick<RevisionDocument, '_id' | 'eventId' | 'revision' | 'at'>;

/** Another holder of the lease gave out numbers in between. */
class Overtaken extends Error {}

@Injectable()
export class SequenceRepository {
  /** What this process left in the counter: should another have counted since, its guard says so, and it is read again. */
  private last: Pick<Counter, 'seq' | 'orderAt'> | null = null;

  constructor(private readonly database: Database) {}

  private get revisions() {
    return this.database.collection<RevisionDocument>('revisions');
  }

  private get counters() {
    return this.database.collection<Counter>('state');
  }

  async current(): Promise<number> {
    return (await this.counters.findOne({ _id: 'sequence' }))?.seq ?? 0;
  }

  /** The last place that was given to a revision of that time or before; 0 when there was none. */
  async at(time: Date): Promise<number> {
    const [row] = await this.revisions
      .find({ orderAt: { $lte: time }, fromSeq: { $exists: true } }, { projection: { fromSeq: 1 } })
      .sort({ orderAt: -1, fromSeq: -1 })
      .limit(1)
      .toArray();
    return row?.fromSeq ?? 0;
  }

  /** The first place at which an event became known at that time or later; null when none has. */
  async firstKnownSince(time: Date): Promise<number | null> {
    const [row] = await this.revisions
      .find({ knownAt: { $gte: time }, fromSeq: { $exists: true } }, { projection: { knownSeq: 1 } })
      .sort({ knownAt: 1 })
      .limit(1)
      .toArray();
    return row?.knownSeq ?? null;
  }

  /** Whether a revision of that time or before has no place yet. */
  async isBehind(time: Date): Promise<boolean> {
    return (await this.revisions.findOne({ pending: true, at: { $lte: time } }, { projection: { _id: 1 } })) !== null;
  }

  async oldestWaiting(): Promise<Date | null> {
    const [row] = await this.revisions
      .find({ pending: true }, { projection: { at: 1 } })
      .sort({ at: 1 })
      .limit(1)
      .toArray();
    return row?.at ?? null;
  }

  /**
   * Gives the next places to at most `limit` revisions: by time, then by event and revision, without a gap. Answers whether it
   * may have left some: what is committed later wakes whoever counts, or is polled for.
   * Only one writer gets through at a time, whatever leases say: the counter must still be what it was when it was last seen.
   */
  async assign(limit: number, now: Date): Promise<boolean> {
    try {
      const { isRest, places } = await this.database.transaction(async (session) => {
        // In the transaction, whose one view of the data shows all revisions of an edit or none.
        const { waiting, isRest } = await this.nextWaiting(limit, session);
        if (waiting.length === 0) return { isRest, places: null };
        const known = await this.birthsOf(waiting, session);
        const counter = this.last ?? (await this.counters.findOne({ _id: 'sequence' }, { session }));
        const before = counter?.seq ?? 0;
        let orderAt = counter?.orderAt ?? new Date(0);
        const updates = waiting.flatMap((row, index) => {
          const seq = before + index + 1;
          if (row.at > orderAt) orderAt = row.at;
          const birth = known.get(row.eventId) ?? { knownAt: now, knownSeq: seq };
          known.set(row.eventId, birth);
          const place = {
            updateOne: {
              filter: { _id: row._id, pending: true as const },
              update: {
                $set: { fromSeq: seq, toSeq: OPEN_END, orderAt, ...birth },
                $unset: { pending: true as const },
              },
            },
          };
          if (row.revision === 1) return [place];
          const previous = `${row.eventId}@${String(row.revision - 1)}`;
          return [place, { updateOne: { filter: { _id: previous }, update: { $set: { toSeq: seq } } } }];
        });
        const places = { seq: before + waiting.length, orderAt };
        if (counter === null) await this.counters.insertOne({ _id: 'sequence', ...places }, { session });
        else {
          const moved = await this.counters.updateOne({ _id: 'sequence', seq: before }, { $set: places }, { session });
          if (moved.matchedCount !== 1) throw new Overtaken();
        }
        const result = await this.revisions.bulkWrite(updates, { session });
        if (result.matchedCount !== updates.length) throw new Overtaken();
        return { isRest, places };
      });
      if (places !== null) this.last = places;
      return isRest;
    } catch (error) {
      this.last = null;
      if (error instanceof Overtaken || isDuplicateKey(error)) return true;
      throw error;
    }
  }

  /** The next revisions in order; what was done at one time, such as the two sides of a merge, is not cut in two. */
  private async nextWaiting(limit: number, session: ClientSession): Promise<{ waiting: Waiting[]; isRest: boolean }> {
    const rows: Waiting[] = await this.revisions
      .find({ pending: true }, { projection: { eventId: 1, revision: 1, at: 1 }, session })
      .sort({ at: 1, eventId: 1, revision: 1 })
      .limit(limit)
      .toArray();
    const last = rows[rows.length - 1]?.at.getTime();
    const isRest = rows.length >= limit;
    const whole = isRest ? rows.filter((row) => row.at.getTime() !== last) : rows;
    return { waiting: whole.length > 0 ? whole : rows, isRest };
  }

  /** When each event was first given a place and which, of those that were given one before. */
  private async birthsOf(
    waiting: readonly Waiting[],
    session: ClientSession,
  ): Promise<Map<string, { knownAt: Date; knownSeq: number }>> {
    const later = waiting.filter((row) => row.revision > 1).map((row) => `${row.eventId}@1`);
    if (later.length === 0) return new Map();
    const rows = await this.revisions
      .find({ _id: { $in: later } }, { projection: { eventId: 1, knownAt: 1, knownSeq: 1 }, session })
      .toArray();
    return new Map(
      rows.flatMap(({ eventId, knownAt, knownSeq }) =>
        knownAt === undefined || knownSeq === undefined ? [] : [[eventId, { knownAt, knownSeq }] as const],
      ),
    );
  }
}
