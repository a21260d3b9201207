import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Page, Report, SourceOut, SourcePatch } from '@themeline/contracts';
import { decodeCursor, encodeCursor, notFound } from '@themeline/http';
import { StaleBatch } from '@themeline/messaging';
import { Database } from '@themeline/persistence';
import { z } from 'zod';
import { ReportChange, ReportsRepository } from '../reports.repository';
import { SourceDocument } from './sources.collections';
import { sourceKey, SourcesRepository } from './sources.repository';

const PER_TRANSACTION = 200;

const cursorSchema = z.object({ name: z.string(), id: z.string() });

/** What an owner thinks of the sources of its reports. */
@Injectable()
export class SourcesService {
  private readonly logger = new Logger(SourcesService.name);
  private releasing = false;

  constructor(
    private readonly sources: SourcesRepository,
    private readonly reports: ReportsRepository,
    private readonly database: Database,
  ) {}

  /** Makes of these reports' changes what is to be told: less certain the less their source is trusted, and not at all while it is muted. */
  async weigher(reports: readonly Report[]): Promise<(change: ReportChange) => ReportChange> {
    const [unusual] = await Promise.all([this.sources.findUnusual(reports), this.sources.note(reports)]);
    return (change) => {
      const source = unusual.get(sourceKey(change.report));
      if (source === undefined) return change;
      const confidence = change.report.confidence * source.trust;
      return { ...change, muted: source.muted, report: { ...change.report, confidence } };
    };
  }

  async list(owner: string, limit: number, cursor: string | undefined): Promise<Page<SourceOut>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, cursorSchema);
    const rows = await this.sources.list(owner, limit + 1, after);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(toOut),
      nextCursor: last === undefined ? null : encodeCursor({ name: last.name, id: last.sourceId }),
    };
  }

  async read(owner: string, id: string): Promise<SourceOut> {
    const found = await this.sources.find(owner, id);
    if (found === null) throw notFound(`no such source: '${id}'`);
    return toOut(found);
  }

  async change(owner: string, id: string, patch: SourcePatch): Promise<SourceOut> {
    const changed = await this.sources.change(owner, id, patch);
    if (changed === null) throw notFound(`no such source: '${id}'`);
    return toOut(changed);
  }

  /** Tells the timeline, as history, what was kept back while a source was muted. */
  @Interval(2_000)
  async release(): Promise<void> {
    if (this.releasing) return;
    this.releasing = true;
    try {
      for (
        let source = await this.sources.findReleasing();
        source !== null;
        source = await this.sources.findReleasing()
      ) {
        await this.releaseSome(source);
      }
    } catch (error) {
      // Another replica does the same: what it has told is not found again.
      if (!(error instanceof StaleBatch)) this.logger.warn({ err: error }, 'reports are released later');
    } finally {
      this.releasing = false;
    }
  }

  private async releaseSome(source: SourceDocument): Promise<void> {
    const rows = await this.sources.findHeldBack(source, PER_TRANSACTION);
    const changes = rows.map(({ version, contentHash, report }): ReportChange => ({
      from: version,
      contentHash,
      report: { ...report, version: version + 1, backfill: true },
    }));
    await this.database.transaction(async (session) => {
      await this.reports.saveAndAnnounce(session, changes);
      if (rows.length < PER_TRANSACTION) await this.sources.released(session, source);
    });
  }
}

function toOut({ sourceId, name, url, trust, muted, firstSeenAt, updatedAt }: SourceDocument): SourceOut {
  return {
    id: sourceId,
    name,
    url,
    trust,
    muted,
    firstSeenAt: firstSeenAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
