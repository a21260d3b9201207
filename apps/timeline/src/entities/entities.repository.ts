import { Injectable } from '@nestjs/common';
import { type ClientSession, Database } from '@themeline/persistence';
import {
  type EntityDocument,
  type EventDocument,
  OPEN_END,
  type RevisionDocument,
  type StateDocument,
} from '../timeline.collections';

type State = Extract<StateDocument, { _id: 'entities' }>;

/** Events as they are now, and listed. */
const listed = { fromSeq: { $gt: 0 }, toSeq: OPEN_END, retracted: false, heir: null };

@Injectable()
export class EntitiesRepository {
  constructor(private readonly database: Database) {}

  private get entities() {
    return this.database.collection<EntityDocument>('entities');
  }

  private get revisions() {
    return this.database.collection<RevisionDocument>('revisions');
  }

  find(id: string): Promise<EntityDocument | null> {
    return this.entities.findOne({ _id: id });
  }

  findAll(ids: readonly string[]): Promise<EntityDocument[]> {
    return this.entities.find({ _id: { $in: [...ids] } }).toArray();
  }

  /** By id; those with a word for each of `words`, in their name or an alias, that begins with it. */
  findByWords(words: readonly string[], after: string | null, limit: number): Promise<EntityDocument[]> {
    return this.entities
      .find({
        $and: [
          { mergedInto: { $exists: false } },
          ...words.map((word) => ({ words: { $regex: `^${word}` } })),
          ...(after === null ? [] : [{ _id: { $gt: after } }]),
        ],
      })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  }

  async countEvents(ids: readonly string[]): Promise<Map<string, number>> {
    const tags = ids.map((id) => `entity:${id}`);
    const rows = await this.revisions
      .aggregate<{ _id: string; count: number }>([
        { $match: { tags: { $in: tags }, ...listed } },
        { $unwind: '$tags' },
        { $match: { tags: { $in: tags } } },
        { $group: { _id: '$tags', count: { $sum: 1 } } },
      ])
      .toArray();
    return new Map(rows.map((row) => [row._id.slice('entity:'.length), row.count]));
  }

  /** Who else is in the events of an entity, the most frequent first. */
  async countBeside(id: string, limit: number): Promise<{ id: string; count: number }[]> {
    const tag = `entity:${id}`;
    const rows = await this.revisions
      .aggregate<{ _id: string; count: number }>([
        { $match: { tags: tag, ...listed } },
        { $unwind: '$tags' },
        { $match: { tags: { $regex: '^entity:', $ne: tag } } },
        { $group: { _id: '$tags', count: { $sum: 1 } } },
        { $sort: { count: -1, _id: 1 } },
        { $limit: limit },
      ])
      .toArray();
    return rows.map((row) => ({ id: row._id.slice('entity:'.length), count: row.count }));
  }

  /** Makes of `other`, and of all that were merged into it, aliases of `id`. */
  async merge(session: ClientSession, id: string, other: string): Promise<void> {
    const from = await this.entities.findOne({ _id: other }, { session });
    const aliases = [...(from?.aliases ?? []), ...(from === null ? [] : [from.name])];
    await this.entities.updateOne(
      { _id: id },
      { $addToSet: { aliases: { $each: aliases }, words: { $each: from?.words ?? [] } } },
      { session },
    );
    await this.entities.updateMany(
      { $or: [{ _id: other }, { mergedInto: other }] },
      { $set: { mergedInto: id } },
      { session },
    );
    await this.database
      .collection<State>('state')
      .updateOne({ _id: 'entities' }, { $inc: { version: 1 } }, { session, upsert: true });
  }

  /** Events that name one of these entities. */
  async findNaming(ids: readonly string[], limit: number): Promise<EventDocument[]> {
    const rows = await this.revisions
      .find(
        { tags: { $in: ids.map((id) => `entity:${id}`) }, fromSeq: { $gt: 0 }, toSeq: OPEN_END, heir: null } as object,
        { projection: { eventId: 1 } },
      )
      .limit(limit)
      .toArray();
    return (
      this.database
        .collection<EventDocument>('events')
        // The newest revision may have the new name, and no place in the one order yet.
        .find({
          _id: { $in: rows.map(({ eventId }) => eventId) },
          'snapshot.entities.id': { $in: [...ids] },
          heir: null,
        } as object)
        .toArray()
    );
  }
}
