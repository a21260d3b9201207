import { Injectable } from '@nestjs/common';
import { Database } from '@themeline/persistence';
import { type EntityDocument, OPEN_END, type RevisionDocument } from '../timeline.collections';

@Injectable()
export class EntitiesRepository {
  constructor(private readonly database: Database) {}

  /** By id; those with a word for each of `words` that begins with it. */
  findByWords(words: readonly string[], after: string | null, limit: number): Promise<EntityDocument[]> {
    return this.database
      .collection<EntityDocument>('entities')
      .find({
        $and: [
          ...words.map((word) => ({ words: { $regex: `^${word}` } })),
          ...(after === null ? [{}] : [{ _id: { $gt: after } }]),
        ],
      })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  }

  async countEvents(ids: readonly string[]): Promise<Map<string, number>> {
    const tags = ids.map((id) => `entity:${id}`);
    const rows = await this.database
      .collection<RevisionDocument>('revisions')
      .aggregate<{ _id: string; count: number }>([
        { $match: { tags: { $in: tags }, fromSeq: { $gt: 0 }, toSeq: OPEN_END, retracted: false, heir: null } },
        { $unwind: '$tags' },
        { $match: { tags: { $in: tags } } },
        { $group: { _id: '$tags', count: { $sum: 1 } } },
      ])
      .toArray();
    return new Map(rows.map((row) => [row._id.slice('entity:'.length), row.count]));
  }
}
