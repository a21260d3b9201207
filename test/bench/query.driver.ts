import type { Database } from '@themeline/persistence';
import { accessOptions } from '../../apps/timeline/src/events/access.plan';
import { eventQuery, filterOf, fingerprintOf } from '../../apps/timeline/src/events/event.query';
import { positionOf, type Sort } from '../../apps/timeline/src/events/event.order';
import { CLAIM_ORDER, SHOWN_CLAIM } from '../../apps/timeline/src/events/events.repository';
import { criteriaOf } from '../../apps/timeline/src/events/filter.criteria';
import { LISTED, type ListedRow, pageQuery, type PageQuery } from '../../apps/timeline/src/events/page.query';
import type { RevisionDocument } from '../../apps/timeline/src/timeline.collections';
import { encodeCursor } from '@themeline/http';
import { MongoServerError } from 'mongodb';
import type { TimelineProcess } from './query.service';

/** One way to an answer: for the order of relevance its two parts. */
interface Way {
  parts: PageQuery[];
  limit: number;
}

/** Rows at once of a walk: fewer cost more round trips, more cost memory and no longer gain. */
const WALK_BATCH = 1_000;
const COLD_MS = 20;
const MAX_TIME_MS_EXPIRED = 50;
const GUESSES = { all: 1, tags: [], terms: [], since: 1 };

/** The same answers by the bare driver: the queries of every index that there is, and the quickest of them for each call. */
export class QueryDriver {
  constructor(
    private readonly database: Database,
    private readonly seq: number,
  ) {}

  async headlines(count: number): Promise<string[]> {
    const rows = await this.database
      .collection<RevisionDocument>('revisions')
      .find({}, { projection: { 'snapshot.headline': 1 }, limit: count })
      .toArray();
    return rows.map(({ snapshot }) => snapshot.headline);
  }

  /**
   * The quickest way, each tried once after the caches are warm. One that takes longer than the quickest so far, or than `patienceMs`
   * at first, is given up.
   */
  async best(params: Record<string, string>, limit: number, patienceMs: number): Promise<Way> {
    const { ways } = this.ways(params, limit);
    let least = patienceMs;
    let best: Way | undefined;
    for (const way of ways) {
      const took = await this.timed(way, Math.ceil(least));
      if (took === null || took >= least) continue;
      least = took;
      best = way;
    }
    return best ?? this.best(params, limit, patienceMs * 4);
  }

  /** Null where it takes longer than that; pages that must be read from files first may take some time more. */
  private async timed(way: Way, longestMs: number): Promise<number | null> {
    try {
      await this.find(way, longestMs * 2 + COLD_MS);
      const began = performance.now();
      await this.find(way, longestMs);
      return performance.now() - began;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === MAX_TIME_MS_EXPIRED) return null;
      throw error;
    }
  }

  /** The page with its reports, as plain documents. */
  async run(way: Way): Promise<{ took: number; ids: string[] }> {
    const began = performance.now();
    const rows = (await this.find(way, 0)).slice(0, way.limit);
    if (rows.length > 0) await this.reportsOf(rows);
    return { took: performance.now() - began, ids: rows.map(({ eventId }) => eventId) };
  }

  /**
   * All rows in an order by one cursor, as plain documents; `reports`: with their reports, read for many rows at once.
   * Gives how many there were, and rows per second.
   */
  async walk(sort: Sort, count: number, reports: boolean): Promise<{ rows: number; rowsPerSecond: number }> {
    const [query] = this.ways({ sort }, 1).ways[0]?.parts ?? [];
    if (query === undefined) throw new Error(`no order '${sort}'`);
    const began = performance.now();
    const cursor = this.database
      .collection<RevisionDocument>('revisions')
      .find<ListedRow>(query.filter, { projection: LISTED, sort: query.sort, hint: query.hint, limit: count })
      .batchSize(WALK_BATCH);
    let seen = 0;
    while (await cursor.hasNext()) {
      const rows = cursor.readBufferedDocuments();
      seen += rows.length;
      if (reports) await this.reportsOf(rows);
    }
    return { rows: seen, rowsPerSecond: (seen * 1_000) / (performance.now() - began) };
  }

  /** A cursor that goes on after so many events, as a walk of so many pages would have been given it. */
  async cursorAfter(sort: Sort, count: number, service: TimelineProcess): Promise<string> {
    const { parts } = this.ways({ sort }, 1).ways[0] ?? { parts: [] };
    const [query] = parts;
    if (query === undefined) throw new Error(`no order '${sort}'`);
    const [row] = await this.database
      .collection<RevisionDocument>('revisions')
      .find<ListedRow>(query.filter, {
        projection: LISTED,
        sort: query.sort,
        hint: query.hint,
        skip: count - 1,
        limit: 1,
      })
      .toArray();
    if (row === undefined) throw new Error(`there are not ${String(count)} events`);
    const cursor = encodeCursor({
      seq: this.seq,
      ...positionOf(row, sort),
      for: fingerprintOf(eventQuery.parse({ sort })),
    });
    await service.get('/v1/events', { sort, cursor });
    return cursor;
  }

  private async reportsOf(rows: readonly ListedRow[]): Promise<void> {
    await this.database
      .collection('claims')
      .find(
        { lastEventId: { $in: rows.map(({ eventId }) => eventId) } },
        { projection: SHOWN_CLAIM, sort: CLAIM_ORDER, hint: CLAIM_ORDER },
      )
      .toArray();
  }

  private ways(params: Record<string, string>, limit: number): { query: object; ways: Way[] } {
    const lists = new Set(['kind', 'theme', 'entity', 'country', 'status']);
    const query = eventQuery.parse(
      Object.fromEntries(Object.entries(params).map(([name, value]) => [name, lists.has(name) ? [value] : value])),
    );
    const { sort } = query;
    const criteria = criteriaOf(filterOf(query), query.entity, null);
    const options = accessOptions(criteria, sort, GUESSES);
    const queries = (headline?: boolean): PageQuery[] =>
      options.map((access) => pageQuery(this.seq, criteria, access, sort, null, headline));
    const ways =
      sort === 'relevance'
        ? queries(true).flatMap((first) => queries(false).map((rest) => [first, rest]))
        : queries().map((query) => [query]);
    return { query, ways: ways.map((parts) => ({ limit, parts })) };
  }

  private async find({ parts, limit }: Way, maxTimeMS: number): Promise<ListedRow[]> {
    const rows: ListedRow[] = [];
    for (const { filter, sort, hint } of parts) {
      if (rows.length > limit) break;
      const found = this.database
        .collection<RevisionDocument>('revisions')
        .find<ListedRow>(filter, { projection: LISTED, sort, hint, limit: limit + 1 - rows.length, maxTimeMS });
      rows.push(...(await found.toArray()));
    }
    return rows;
  }
}
