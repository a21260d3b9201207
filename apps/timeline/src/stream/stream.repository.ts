import { Injectable } from '@nestjs/common';
import type { Development } from '@themeline/contracts';
import { Database } from '@themeline/persistence';
import type { RevisionDocument } from '../timeline.collections';

export type PlacedRevision = RevisionDocument & { fromSeq: number };

@Injectable()
export class StreamRepository {
  constructor(private readonly database: Database) {}

  /** The revisions with a development between two places, the first left out, in their order. Empty `developments`: any. */
  findDeveloped(
    after: number,
    until: number,
    conditions: readonly object[],
    developments: readonly Development[],
    limit: number,
  ): Promise<PlacedRevision[]> {
    return this.database
      .collection<PlacedRevision>('revisions')
      .find({
        $and: [
          { fromSeq: { $gt: after, $lte: until } },
          developments.length === 0 ? { 'developments.0': { $exists: true } } : { developments: { $in: developments } },
          ...conditions,
        ],
      } as object)
      .sort({ fromSeq: 1 })
      .limit(limit)
      .toArray();
  }
}
