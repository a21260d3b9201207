import { Inject, Injectable } from '@nestjs/common';
import { Rejection, reportIn, ReportIn, ReportOut, ReportsAccepted } from '@themeline/contracts';
import { issuesToErrors, notFound, unavailable } from '@themeline/http';
import { Backpressure, StaleBatch } from '@themeline/messaging';
import { counter, currentCorrelationId } from '@themeline/observability';
import { ClientSession, Database, GroupCommit, isDuplicateKey } from '@themeline/persistence';
import { Vocabulary } from '@themeline/vocabulary';
import { VOCABULARY } from './ingest.tokens';
import { NormalisedReport, normaliseReport } from './report.normaliser';
import { ReportChange, ReportsRepository } from './reports.repository';
import { SourcesService } from './sources/sources.service';

const MAX_RERUNS = 20;
/** Requests with more reports are worth a transaction of their own. */
const FEW = 20;
const REQUESTS_TOGETHER = 50;
const STORES_SIDE_BY_SIDE = 2;
/** Reports that may be on their way to the database at once; more would only wait in memory. */
const MOST_STORING = 10_000;
const STORED_SOON_SECONDS = 1;

const accepted = counter('reports_accepted_total', 'Reports taken in, new or changed', ['kind']);
const repeated = counter('reports_repeated_total', 'Reports that were known already');
const refused = counter('reports_rejected_total', 'Reports refused for their content');

/** What came of a batch, item by item. */
export type Accepted = ReportsAccepted & { items: NonNullable<ReportsAccepted['items']> };

/** One element of a batch: where it stood, and what it was, not yet checked. */
export interface Submitted {
  index: number;
  value: unknown;
}

/** What is left of a request to be stored. */
interface Checked {
  passed: readonly Passed[];
  rejected: readonly Rejection[];
  correlationId: string;
}

/** An element of a batch that nothing is wrong with. */
interface Passed {
  index: number;
  input: ReportIn;
  normalised: NormalisedReport;
}

@Injectable()
export class ReportsService {
  /** Requests that come while others are being stored are stored together: each would wait for the disk by itself. */
  private readonly stores = new GroupCommit<Checked, Accepted>(
    (requests) => this.storeAll(requests),
    REQUESTS_TOGETHER,
    STORES_SIDE_BY_SIDE,
  );

  private storing = 0;

  constructor(
    private readonly repository: ReportsRepository,
    private readonly database: Database,
    private readonly backpressure: Backpressure,
    private readonly sources: SourcesService,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {}

  /** Throws 503 with Retry-After while what was taken in before is not dealt with, or too much is being stored. */
  admit(): void {
    const refusal = this.backpressure.refusal();
    if (refusal !== null) throw unavailable(refusal.reason, refusal.retryAfterSeconds);
    if (this.storing >= MOST_STORING) {
      throw unavailable(`${String(this.storing)} reports are being stored`, STORED_SOON_SECONDS);
    }
  }

  /**
   * Takes in what is right and says what is not: after the answer every accepted report is stored, journalled on a majority,
   * and on its way to the timeline. Sending it again changes nothing. `note` writes what the caller keeps of it in the same
   * transaction; it may run several times.
   */
  async accept(
    owner: string,
    submitted: readonly Submitted[],
    note?: (session: ClientSession, result: Accepted) => Promise<void>,
  ): Promise<Accepted> {
    const { passed, rejected } = this.check(owner, submitted);
    refused.inc(rejected.length);
    const request = { passed, rejected, correlationId: currentCorrelationId() };
    this.storing += passed.length;
    try {
      if (note === undefined && passed.length <= FEW) return await this.stores.add(request);
      const [result] = await this.storeAll([request], note);
      if (result === undefined) throw new Error('a request was stored without a result');
      return result;
    } finally {
      this.storing -= passed.length;
    }
  }

  /** What `accept` would refuse, and what the rest comes to; nothing is stored. */
  check(owner: string, submitted: readonly Submitted[]): { passed: Passed[]; rejected: Rejection[] } {
    const receivedAt = new Date();
    const rejected: Rejection[] = [];
    const passed: Passed[] = [];
    for (const { index, value } of submitted) {
      const parsed = reportIn.safeParse(value);
      if (!parsed.success) {
        rejected.push({ index, errors: issuesToErrors(parsed.error) });
        continue;
      }
      const input = parsed.data as ReportIn;
      const result = normaliseReport(input, { owner, receivedAt, vocabulary: this.vocabulary });
      if ('errors' in result) rejected.push({ index, errors: result.errors });
      else passed.push({ index, input, normalised: result });
    }
    return { passed, rejected };
  }

  async read(reportId: string): Promise<ReportOut> {
    const row = (await this.repository.findMany([reportId])).get(reportId);
    if (row === undefined) throw notFound(`no such report: '${reportId}'`);
    return { ...row.report, version: row.version, state: row.state, eventId: row.eventId };
  }

  private async storeAll(
    requests: readonly Checked[],
    note?: (session: ClientSession, result: Accepted) => Promise<void>,
  ): Promise<Accepted[]> {
    for (let run = 0; ; run++) {
      const reports = requests.flatMap(({ passed }) => passed.map(({ normalised }) => normalised.report));
      const [known, weigh] = await Promise.all([
        this.repository.findStanding(reports.map(({ reportId }) => reportId)),
        this.sources.weigher(reports),
      ]);
      const newest = new Map(
        [...known].map(([id, row]) => [id, { version: row.version, contentHash: row.contentHash }]),
      );
      const changes = new Map<string, ReportChange>();
      const results = requests.map(({ passed, rejected, correlationId }): Accepted => {
        const gone = ({ normalised }: Passed): boolean => known.get(normalised.report.reportId)?.state === 'removed';
        const staying = passed.filter((one) => !gone(one));
        const items = staying.map(({ index, normalised: { report, contentHash } }) => {
          const { reportId } = report;
          const before = newest.get(reportId);
          if (before?.contentHash === contentHash) return { index, reportId, duplicate: true, version: before.version };
          const version = (before?.version ?? 0) + 1;
          newest.set(reportId, { version, contentHash });
          const from = known.get(reportId)?.version ?? 0;
          changes.set(reportId, { from, contentHash, correlationId, report: { ...report, version } });
          return { index, reportId, duplicate: false, version };
        });
        const duplicates = items.filter((item) => item.duplicate).length;
        const takenAway = passed.filter(gone).map(({ index }) => takenDown(index));
        return { accepted: items.length - duplicates, duplicates, rejected: [...rejected, ...takenAway], items };
      });
      const writes = [...changes.values()].map(weigh);
      try {
        if (writes.length > 0 || note !== undefined) {
          await this.database.transaction(async (session) => {
            await this.repository.saveAndAnnounce(session, writes);
            for (const result of results) await note?.(session, result);
          });
        }
        for (const { report } of writes) accepted.inc({ kind: report.kind });
        repeated.inc(results.reduce((sum, { items }) => sum + items.length, 0) - writes.length);
        return results;
      } catch (error) {
        // The same report came by another request at the same instant: look again, it is a repeat now.
        if (!(isDuplicateKey(error) || error instanceof StaleBatch) || run >= MAX_RERUNS) throw error;
      }
    }
  }
}

const takenDown = (index: number): Rejection => ({
  index,
  errors: [{ path: '', message: 'was taken down and does not come back' }],
});
