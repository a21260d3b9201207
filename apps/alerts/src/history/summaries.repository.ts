import { Injectable } from '@nestjs/common';
import { Database } from '@themeline/persistence';
import type { SummaryAlertDocument } from '../alerts.collections';
import { insertNew } from '../ledger/ledger.repository';

@Injectable()
export class SummariesRepository {
  constructor(private readonly database: Database) {}

  private get rows() {
    return this.database.collection<SummaryAlertDocument>('summary_alerts');
  }

  async insert(rows: SummaryAlertDocument[]): Promise<void> {
    await insertNew((documents) => this.rows.insertMany(documents, { ordered: false }), rows);
  }

  /** The most important first. */
  async waiting(subscriptionId: string, limit: number): Promise<SummaryAlertDocument[]> {
    return this.rows.find({ subscriptionId, sentBy: null }).sort({ importance: -1, _id: 1 }).limit(limit).toArray();
  }

  async markSent(ids: readonly string[], sentBy: string): Promise<void> {
    await this.rows.updateMany({ _id: { $in: [...ids] } }, { $set: { sentBy } });
  }

  /** Subscriptions for which nothing has come since `last`, or something waits since before `first`. */
  async settled(last: Date, first: Date): Promise<string[]> {
    const groups = await this.rows
      .aggregate<{ _id: string }>([
        { $match: { sentBy: null } },
        { $group: { _id: '$subscriptionId', last: { $max: '$at' }, first: { $min: '$at' } } },
        { $match: { $or: [{ last: { $lte: last } }, { first: { $lte: first } }] } },
      ])
      .toArray();
    return groups.map(({ _id }) => _id);
  }
}
