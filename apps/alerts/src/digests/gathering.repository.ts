import { Injectable } from '@nestjs/common';
import { type ClientSession, Database } from '@themeline/persistence';
import { type LaneDocument, NOWHERE, type WaitingDocument } from '../alerts.collections';
import { insertNew } from '../ledger/ledger.repository';

/** What a look at a lane leaves behind. */
type LaneStanding = Pick<LaneDocument, 'dueAt' | 'places' | 'hour'>;

/**
 * What waits for channels that are told by and by. What is put in is written before its lane is stirred, and every claim
 * writes the lane first: a claim either sees it, or collides with the stirring and begins again, or leaves the lane to be
 * stirred afterwards.
 */
@Injectable()
export class GatheringRepository {
  constructor(private readonly database: Database) {}

  private get waiting() {
    return this.database.collection<WaitingDocument>('waiting');
  }

  private get lanes() {
    return this.database.collection<LaneDocument>('lanes');
  }

  /** What was put in before stays as it is, claimed or not. */
  async add(waiting: WaitingDocument[]): Promise<void> {
    await insertNew((documents) => this.waiting.insertMany(documents, { ordered: false }), waiting);
  }

  /** Has lanes looked at `now`, unless they are to be looked at later on anyway: what came first decides when. */
  async stir(lanes: readonly Pick<LaneDocument, '_id' | 'subscriptionId' | 'host'>[], now: Date): Promise<void> {
    if (lanes.length === 0) return;
    await this.lanes.bulkWrite(
      lanes.map(({ _id, subscriptionId, host }) => ({
        updateOne: {
          filter: { _id },
          update: [
            {
              $set: {
                subscriptionId,
                host,
                dueAt: { $ifNull: ['$dueAt', now] },
                stirred: { $add: [{ $ifNull: ['$stirred', 0] }, 1] },
                claims: { $ifNull: ['$claims', 0] },
                places: { $ifNull: ['$places', 0] },
                hour: { $ifNull: ['$hour', null] },
              },
            },
          ],
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  /** Has all lanes of a subscription looked at, because something about it has changed. */
  async stirAll(subscriptionId: string, now: Date): Promise<void> {
    await this.lanes.updateMany({ subscriptionId }, { $set: { dueAt: now }, $inc: { stirred: 1 } });
  }

  /** The longest due first. */
  async findDue(now: Date, limit: number): Promise<LaneDocument[]> {
    return this.lanes
      .find({ dueAt: { $lte: now } })
      .sort({ dueAt: 1 })
      .limit(limit)
      .toArray();
  }

  /** Begins a claim; null when the lane is no longer due. */
  async begin(session: ClientSession, laneId: string, now: Date): Promise<LaneDocument | null> {
    return this.lanes.findOneAndUpdate(
      { _id: laneId, dueAt: { $lte: now } },
      { $inc: { claims: 1 } },
      { session, returnDocument: 'after' },
    );
  }

  /** Since when the longest waiting has waited; null when nothing does. */
  async waitingSince(session: ClientSession, channelId: string): Promise<Date | null> {
    const [oldest] = await this.waiting
      .find({ channelId, claimedBy: null }, { session, projection: { at: 1 } })
      .sort({ at: 1, _id: 1 })
      .limit(1)
      .toArray();
    return oldest?.at ?? null;
  }

  /** What nobody has claimed: the most important first for people, in the order of coming for streams. */
  async unclaimed(
    session: ClientSession,
    channelId: string,
    order: 'importance' | 'coming',
    limit: number,
  ): Promise<WaitingDocument[]> {
    return this.waiting
      .find({ channelId, claimedBy: null }, { session })
      .sort(order === 'importance' ? { importance: -1 } : { at: 1, _id: 1 })
      .limit(limit)
      .toArray();
  }

  async claim(session: ClientSession, ids: readonly string[], claimedBy: string, now: Date): Promise<void> {
    await this.waiting.updateMany({ _id: { $in: [...ids] } }, { $set: { claimedBy, claimedAt: now } }, { session });
  }

  /** Gives waiting ones their places in a stream, one after the other. */
  async place(session: ClientSession, waiting: readonly WaitingDocument[], after: number, now: Date): Promise<void> {
    await this.waiting.bulkWrite(
      waiting.map(({ _id, channelId }, index) => ({
        updateOne: {
          filter: { _id },
          update: { $set: { claimedBy: channelId, claimedAt: now, place: after + index + 1 } },
        },
      })),
      { session },
    );
  }

  /** Nobody is to be told of what waits. */
  async giveUp(session: ClientSession, channelId: string, now: Date): Promise<void> {
    await this.waiting.updateMany(
      { channelId, claimedBy: null },
      { $set: { claimedBy: NOWHERE, claimedAt: now } },
      { session },
    );
  }

  async leave(session: ClientSession, laneId: string, standing: LaneStanding): Promise<void> {
    await this.lanes.updateOne({ _id: laneId }, { $set: standing }, { session });
  }

  async remove(session: ClientSession, laneId: string): Promise<void> {
    await this.lanes.deleteOne({ _id: laneId }, { session });
  }

  /** What a stream has after a place, in order. */
  async placedAfter(channelId: string, place: number, limit: number): Promise<WaitingDocument[]> {
    return this.waiting
      .find({ channelId, place: { $gt: place } })
      .sort({ place: 1 })
      .limit(limit)
      .toArray();
  }

  /** How many places a stream has given. */
  async places(channelId: string): Promise<number> {
    return (await this.lanes.findOne({ _id: channelId }, { projection: { places: 1 } }))?.places ?? 0;
  }
}
