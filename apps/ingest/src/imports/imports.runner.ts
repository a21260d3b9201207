import { BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ImportError } from '@themeline/contracts';
import { Backpressure } from '@themeline/messaging';
import { counter } from '@themeline/observability';
import type { Vocabulary } from '@themeline/vocabulary';
import { randomUUID } from 'node:crypto';
import { VOCABULARY } from '../ingest.tokens';
import { ReportsService } from '../reports.service';
import { ImportRow, readRows, withColumns } from './import.rows';
import { ImportDocument } from './imports.collections';
import { ImportLost, ImportsRepository } from './imports.repository';
import { UploadSpool } from './upload.spool';

const ROWS_PER_TRANSACTION = 1_000;
/** Imports that one replica works on at a time. */
const AT_ONCE = 2;
/** Taken up so often without storing a row: something about it ends its reader. */
const MAX_ATTEMPTS = 5;
/** The rest of the backlog is for those who cannot wait. */
const MAX_FULLNESS = 0.5;
const WAIT_MS = 500;
/** Well within the time after which a silent holder counts as dead. */
const PROLONG_EVERY_MS = 3_000;

const imported = counter('import_rows_total', 'Rows of imports, by what came of them', ['result']);
const ended = counter('imports_total', 'Imports that ended, by how', ['state']);

/**
 * Reads stored uploads row by row. How far it came is written in the transaction that stores the rows, so that whoever carries on after a
 * kill carries on exactly there; the rows before are read again and skipped.
 */
@Injectable()
export class ImportsRunner implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ImportsRunner.name);
  private readonly running = new Set<Promise<void>>();
  private closing = false;

  constructor(
    private readonly imports: ImportsRepository,
    private readonly spool: UploadSpool,
    private readonly reports: ReportsService,
    private readonly backpressure: Backpressure,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {}

  /** Takes up what waits, and what a dead replica left. */
  @Interval(1_000)
  async takeUp(): Promise<void> {
    try {
      while (!this.closing && this.running.size < AT_ONCE) {
        const holder = randomUUID();
        const document = await this.imports.claim(holder);
        if (document === null) return;
        const run = this.run(document, holder).finally(() => this.running.delete(run));
        this.running.add(run);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'imports are looked for again');
    }
  }

  /** Ends what broke off, and removes the uploads of what has ended. */
  @Interval(5_000)
  async cleanUp(): Promise<void> {
    try {
      await this.imports.failBroken('the upload broke off: send it again');
      for (const id of await this.imports.findLeftovers()) await this.removeUpload(id);
    } catch (error) {
      this.logger.warn({ err: error }, 'uploads are cleaned up later');
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await Promise.all(this.running);
  }

  async removeUpload(id: string): Promise<void> {
    await this.spool.remove(id);
    await this.imports.unspooled(id);
  }

  private async run(document: ImportDocument, holder: string): Promise<void> {
    const { _id: id, attempts } = document;
    const pulse = setInterval(() => void this.imports.prolong(id, holder).catch(() => undefined), PROLONG_EVERY_MS);
    try {
      if (attempts > MAX_ATTEMPTS) {
        const reason = `given up after ${String(MAX_ATTEMPTS)} attempts at row ${String(document.rows + 1)}`;
        await this.end(id, holder, 'failed', document.reason ?? reason);
        return;
      }
      if (await this.readAll(document, holder)) await this.end(id, holder, 'done', null);
      else await this.imports.release(id, holder);
    } catch (error) {
      // What was stored stays; the hold runs out, and the import is taken up again where it stopped.
      if (error instanceof ImportLost) this.logger.log(`${error.message}: it was cancelled or taken over`);
      else {
        this.logger.warn({ err: error, importId: id }, 'an import is taken up again');
        const reason = `stopped after row ${String(document.rows)} and will go on: ${(error as Error).message}`;
        await this.imports.prolong(id, holder, { reason }).catch(() => undefined);
      }
    } finally {
      clearInterval(pulse);
    }
  }

  /** False when the service is closing before the end. */
  private async readAll(document: ImportDocument, holder: string): Promise<boolean> {
    const { plan, defaults } = document;
    let bytesRead = 0;
    const bytes = counted(this.spool.read(document._id), (length) => (bytesRead += length));
    const done = document.rows;
    let batch: ImportRow[] = [];
    // While one batch is being stored the next one is read.
    let storing = Promise.resolve(true);
    try {
      for await (const row of readRows(bytes, { plan, defaults, vocabulary: this.vocabulary })) {
        if (row.row <= done) continue;
        batch.push(row);
        if (batch.length < ROWS_PER_TRANSACTION) continue;
        if (!(await storing)) return false;
        storing = this.store(document, holder, batch, bytesRead);
        // It may fail before anybody waits for it.
        storing.catch(() => undefined);
        batch = [];
      }
      return (await storing) && (batch.length === 0 || (await this.store(document, holder, batch, bytesRead)));
    } finally {
      // A reader that fails while its last batch is being stored must not leave it to itself.
      await storing.catch(() => undefined);
    }
  }

  /** False when the service is closing: then nothing was stored. */
  private async store(
    document: ImportDocument,
    holder: string,
    batch: readonly ImportRow[],
    bytesRead: number,
  ): Promise<boolean> {
    while (!this.closing && this.backpressure.fullness >= MAX_FULLNESS) {
      await this.imports.prolong(document._id, holder, { reason: 'waits for the timeline to catch up' });
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
    if (this.closing) return false;
    const places = new Map(batch.map((row) => [row.row, row]));
    const unread = batch.flatMap((row): ImportError[] =>
      'errors' in row ? [{ row: row.row, line: row.line, errors: row.errors }] : [],
    );
    const submitted = batch.flatMap((row) => ('value' in row ? [{ index: row.row, value: row.value }] : []));
    const rows = document.rows + batch.length;
    const result = await this.reports.accept(
      document.owner,
      submitted,
      (session, { accepted, duplicates, rejected }) => {
        const refused = rejected.map(({ index, errors }): ImportError => ({
          row: index,
          line: places.get(index)?.line ?? null,
          errors: withColumns(errors, document.plan),
        }));
        const all = [...unread, ...refused].sort((a, b) => a.row - b.row);
        const progress = { from: document.rows, rows, bytesRead, accepted, duplicates, rejected: all };
        return this.imports.advance(session, document._id, holder, progress);
      },
    );
    document.rows = rows;
    imported.inc({ result: 'accepted' }, result.accepted);
    imported.inc({ result: 'duplicate' }, result.duplicates);
    imported.inc({ result: 'rejected' }, result.rejected.length + unread.length);
    return true;
  }

  private async end(id: string, holder: string, state: 'done' | 'failed', reason: string | null): Promise<void> {
    if (!(await this.imports.finish(id, holder, state, reason))) return;
    ended.inc({ state });
    this.logger.log({ importId: id, state, reason }, 'an import has ended');
    await this.removeUpload(id);
  }
}

async function* counted(bytes: AsyncIterable<Buffer>, count: (length: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    count(chunk.length);
    yield chunk;
  }
}
