import { Injectable } from '@nestjs/common';
import { Database } from '@themeline/persistence';
import { EventSearch, type Selection } from '../events/event.search';
import { pageQuery } from '../events/page.query';
import type { RevisionDocument } from '../timeline.collections';
import { COUNTED, type CountedRow } from './rollup.tally';

/** What no rollup answers is counted up to here. */
export const COUNT_LIMIT = 10_000;

/** Reads what is counted one by one. */
@Injectable()
export class CountingRepository {
  constructor(
    private readonly database: Database,
    private readonly search: EventSearch,
  ) {}

  /** The newest states of the selection, at most {@link COUNT_LIMIT}. */
  async findRows(selection: Selection): Promise<{ rows: CountedRow[]; capped: boolean }> {
    const access = await this.search.planFor(selection, '-recorded', COUNT_LIMIT + 1);
    const { filter, sort, hint } = pageQuery(selection.seq, selection.criteria, access, '-recorded', null);
    const rows = await this.database
      .collection<RevisionDocument>('revisions')
      .find<CountedRow>(filter, { projection: COUNTED, sort, hint, limit: COUNT_LIMIT + 1, batchSize: COUNT_LIMIT + 1 })
      .toArray();
    return { rows: rows.slice(0, COUNT_LIMIT), capped: rows.length > COUNT_LIMIT };
  }
}
