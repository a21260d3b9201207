import { Injectable } from '@nestjs/common';
import { Database, type Filter, isDuplicateKey } from '@themeline/persistence';
import type { FeedItemDocument } from './feeds.collections';

const LEASE_MS = 180_000;

/** A lease that a failover forgets means handing on twice, which makes nothing twice: it waits for no journal. */
const QUICK = { writeConcern: { w: 1, j: false } } as const;

@Injectable()
export class FeedItemsRepository {
  constructor(private readonly database: Database) {}

  private get items() {
    return this.database.collection<FeedItemDocument>('feed_items');
  }

  /** Items of a feed that share a guid, a link or their words with what was read. */
  findKin(feedId: string, guids: string[], links: string[], hashes: string[]): Promise<FeedItemDocument[]> {
    const any: Filter<FeedItemDocument>[] = [
      { feedId, guids: { $in: guids } },
      { feedId, links: { $in: links } },
      { feedId, contentHash: { $in: hashes } },
    ];
    return this.items.find({ $or: any }).sort({ seenAt: -1 }).toArray();
  }

  /** Items without guid and link, by title. */
  findByTitle(feedId: string, titles: string[]): Promise<FeedItemDocument[]> {
    return this.items.find({ feedId, guids: { $size: 0 }, links: { $size: 0 }, title: { $in: titles } }).toArray();
  }

  /** Those that are there already stay as they are. */
  async insertOnce(items: readonly FeedItemDocument[]): Promise<void> {
    if (items.length === 0) return;
    try {
      await this.items.insertMany([...items], { ordered: false });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async change(id: string, fields: Partial<FeedItemDocument>): Promise<void> {
    await this.items.updateOne({ _id: id }, { $set: fields });
  }

  /** Items that wait to be handed on, the oldest news first; none whose page lies on a host that is being called. */
  findWaiting(now: Date, busyHosts: readonly string[], limit: number): Promise<FeedItemDocument[]> {
    return this.items
      .find({
        state: 'waiting',
        nextTryAt: { $lte: now },
        'lease.until': { $lte: now },
        pageHost: { $nin: [...busyHosts] },
      })
      .sort({ nextTryAt: 1 })
      .limit(limit)
      .toArray();
  }

  lease(id: string, now: Date): Promise<FeedItemDocument | null> {
    return this.items.findOneAndUpdate(
      { _id: id, state: 'waiting', 'lease.until': { $lte: now } },
      {
        $set: { 'lease.until': new Date(now.getTime() + LEASE_MS) },
        $inc: { 'lease.fence': 1 },
      },
      { returnDocument: 'after', ...QUICK },
    );
  }

  /** False when the item has changed meanwhile: then it waits again. */
  async finish(item: FeedItemDocument, fields: Partial<FeedItemDocument>): Promise<boolean> {
    const result = await this.items.updateOne(
      { _id: item._id, 'lease.fence': item.lease.fence, version: item.version },
      { $set: { ...fields, 'lease.until': new Date(0) } },
    );
    if (result.matchedCount === 0)
      await this.items.updateOne(
        { _id: item._id, 'lease.fence': item.lease.fence },
        {
          $set: { 'lease.until': new Date(0) },
        },
      );
    return result.matchedCount === 1;
  }

  /** Another feed's item that has become the article of that address. */
  findByAddress(owner: string, feedId: string, articleUrl: string): Promise<FeedItemDocument | null> {
    return this.items.findOne({ owner, articleUrl, feedId: { $ne: feedId }, articleId: { $ne: null } });
  }

  /** Other feeds' items of the last days that may have the same words: they share at least one of the smallest hashes. */
  findAlike(owner: string, feedId: string, sketchKeys: number[], since: Date): Promise<FeedItemDocument[]> {
    return this.items
      .find({
        owner,
        sketchKeys: { $in: sketchKeys },
        feedId: { $ne: feedId },
        seenAt: { $gte: since },
        articleId: { $ne: null },
      })
      .limit(50)
      .toArray();
  }

  async removeOf(feedId: string): Promise<void> {
    await this.items.deleteMany({ feedId });
  }
}
