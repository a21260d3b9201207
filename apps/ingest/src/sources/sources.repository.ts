import { Injectable } from '@nestjs/common';
import { Report, SourcePatch } from '@themeline/contracts';
import { ClientSession, Database } from '@themeline/persistence';
import { ReportDocument } from '../ingest.collections';
import { SourceDocument } from './sources.collections';

const KNOWN = 50_000;

const keyOf = (owner: string, sourceId: string): string => `${owner}|${sourceId}`;

@Injectable()
export class SourcesRepository {
  /** Those that are certainly listed. */
  private readonly known = new Set<string>();

  constructor(private readonly database: Database) {}

  private get sources() {
    return this.database.collection<SourceDocument>('sources');
  }

  private get reports() {
    return this.database.collection<ReportDocument>('reports');
  }

  /** Lists sources that are new. Doing it twice, or for a report that is then not stored, does no harm. */
  async note(reports: readonly Pick<Report, 'owner' | 'source'>[]): Promise<void> {
    const fresh = new Map(
      reports
        .map(({ owner, source }) => [keyOf(owner, source.id), { owner, source }] as const)
        .filter(([key]) => !this.known.has(key)),
    );
    if (fresh.size === 0) return;
    const now = new Date();
    await this.sources.bulkWrite(
      [...fresh].map(([_id, { owner, source }]) => ({
        updateOne: {
          filter: { _id },
          update: {
            $setOnInsert: {
              owner,
              sourceId: source.id,
              name: source.name,
              url: source.url,
              trust: 1,
              muted: false,
              releasing: false,
              firstSeenAt: now,
              updatedAt: now,
            },
          },
          upsert: true,
        },
      })),
      { ordered: false },
    );
    if (this.known.size > KNOWN) this.known.clear();
    for (const key of fresh.keys()) this.known.add(key);
  }

  /** Those of the reports' sources that are muted or less than wholly trusted, by owner and id. */
  async findUnusual(reports: readonly Pick<Report, 'owner' | 'source'>[]): Promise<Map<string, SourceDocument>> {
    const keys = [...new Set(reports.map(({ owner, source }) => keyOf(owner, source.id)))];
    const rows = await this.sources
      .find({ _id: { $in: keys }, $or: [{ muted: true }, { trust: { $lt: 1 } }] })
      .toArray();
    return new Map(rows.map((row) => [row._id, row]));
  }

  /** By name, after the given place. */
  list(owner: string, limit: number, after: { name: string; id: string } | null): Promise<SourceDocument[]> {
    const beyond =
      after === null ? {} : { $or: [{ name: { $gt: after.name } }, { name: after.name, sourceId: { $gt: after.id } }] };
    return this.sources
      .find({ owner, ...beyond })
      .sort({ name: 1, sourceId: 1 })
      .limit(limit)
      .toArray();
  }

  find(owner: string, sourceId: string): Promise<SourceDocument | null> {
    return this.sources.findOne({ _id: keyOf(owner, sourceId) });
  }

  change(owner: string, sourceId: string, { trust, muted }: SourcePatch): Promise<SourceDocument | null> {
    return this.sources.findOneAndUpdate(
      { _id: keyOf(owner, sourceId) },
      {
        $set: {
          ...(trust === undefined ? {} : { trust }),
          ...(muted === undefined ? {} : { muted, releasing: !muted }),
          updatedAt: new Date(),
        },
      },
      { returnDocument: 'after' },
    );
  }

  findReleasing(): Promise<SourceDocument | null> {
    return this.sources.findOne({ releasing: true });
  }

  findHeldBack({ owner, sourceId }: SourceDocument, limit: number): Promise<ReportDocument[]> {
    return this.reports.find({ owner, 'report.source.id': sourceId, state: 'muted' }).limit(limit).toArray();
  }

  async released(session: ClientSession, { _id, updatedAt }: SourceDocument): Promise<void> {
    await this.sources.updateOne({ _id, updatedAt }, { $set: { releasing: false } }, { session });
  }
}

/** What `findUnusual` lists a report's source under. */
export const sourceKey = ({ owner, source }: Pick<Report, 'owner' | 'source'>): string => keyOf(owner, source.id);
