import { Inject, Injectable } from '@nestjs/common';
import { ImportDryRun, ImportError, ImportOut, ImportQuery, Page } from '@themeline/contracts';
import { conflict, decodeCursor, encodeCursor, notFound, ProblemError, tooLarge } from '@themeline/http';
import type { Vocabulary } from '@themeline/vocabulary';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { VOCABULARY } from '../ingest.tokens';
import { ReportsService } from '../reports.service';
import { HEAD_BYTES, MAX_JSON_IMPORT_BYTES, planReading, readContentType, ReadingPlan } from './import.plan';
import { ImportRow, readRows, withColumns } from './import.rows';
import { ImportDocument } from './imports.collections';
import { ImportsRepository } from './imports.repository';
import { ImportsRunner } from './imports.runner';
import { IMPORT_SETTINGS, ImportSettings } from './imports.settings';
import { compact } from './row.mapper';
import { UploadSpool } from './upload.spool';

const MAX_UNFINISHED = 20;
const PULSE_MS = 2_000;
const DRY_RUN_BATCH = 200;
const DRY_RUN_ERRORS = 100;
const DRY_RUN_SAMPLE = 3;

const importCursor = z.object({ at: z.iso.datetime(), id: z.string() });
const errorCursor = z.object({ row: z.number().int() });

/** An upload as it comes, with its Content-Type. */
export interface Upload {
  contentType: string | undefined;
  bytes: AsyncIterable<Buffer>;
}

@Injectable()
export class ImportsService {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly spool: UploadSpool,
    private readonly runner: ImportsRunner,
    private readonly reports: ReportsService,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
    @Inject(IMPORT_SETTINGS) private readonly settings: ImportSettings,
  ) {}

  /**
   * Stores an upload whole; once this answers it will be read, whatever happens to the service. What cannot be read at all (no header,
   * nothing to be a headline) is refused before it is stored.
   */
  async submit(owner: string, upload: Upload, query: ImportQuery): Promise<ImportOut> {
    if ((await this.imports.countUnfinished(owner)) >= MAX_UNFINISHED) {
      const detail = `${String(MAX_UNFINISHED)} imports are not finished yet: wait for one, or cancel one`;
      throw new ProblemError(429, 'Too Many Requests', detail, undefined, { 'retry-after': '30' });
    }
    const { plan, bytes } = await open(upload, query);
    const document = newImport(owner, plan, query);
    const { _id: id, holder } = document;
    await this.imports.insert(document);
    let length = 0;
    const pulse = setInterval(() => {
      void this.imports.prolong(id, holder ?? '', { bytes: length }).catch(() => undefined);
    }, PULSE_MS);
    try {
      await this.spool.write(
        id,
        capped(bytes, this.settings.maxBytes, (size) => (length += size)),
      );
      if (!(await this.imports.received(id, length))) throw conflict(`import '${id}' was cancelled while it was sent`);
    } catch (error) {
      const reason = error instanceof ProblemError ? error.detail : 'the upload broke off: send it again';
      await this.imports.finish(id, holder ?? '', 'failed', reason).catch(() => undefined);
      await this.runner.removeUpload(id).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(pulse);
    }
    void this.runner.takeUp();
    return this.read(owner, id);
  }

  /** Reads everything and stores nothing. */
  async dryRun(owner: string, upload: Upload, query: ImportQuery): Promise<ImportDryRun> {
    const { plan, bytes } = await open(upload, query);
    const result: ImportDryRun = {
      dryRun: true,
      format: plan.format,
      columns: plan.columns,
      ignoredColumns: plan.ignored,
      rows: 0,
      valid: 0,
      rejected: 0,
      errors: [],
      sample: [],
    };
    let batch: ImportRow[] = [];
    const flush = (): void => {
      this.tryRows(owner, plan, batch, result);
      batch = [];
    };
    for await (const row of readRows(capped(bytes, this.settings.maxBytes), {
      plan,
      defaults: query,
      vocabulary: this.vocabulary,
    })) {
      if (batch.push(row) >= DRY_RUN_BATCH) flush();
    }
    flush();
    return result;
  }

  async list(owner: string, limit: number, cursor: string | undefined): Promise<Page<ImportOut>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, importCursor);
    const place = after === null ? null : { at: new Date(after.at), id: after.id };
    const rows = await this.imports.list(owner, limit + 1, place);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(toOut),
      nextCursor: last === undefined ? null : encodeCursor({ at: last.createdAt.toISOString(), id: last._id }),
    };
  }

  async read(owner: string, id: string): Promise<ImportOut> {
    return toOut(await this.find(owner, id));
  }

  async errors(owner: string, id: string, limit: number, cursor: string | undefined): Promise<Page<ImportError>> {
    await this.find(owner, id);
    const after = cursor === undefined ? 0 : decodeCursor(cursor, errorCursor).row;
    const rows = await this.imports.listErrors(id, limit + 1, after);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(({ row, line, errors }) => ({ row, line, errors })),
      nextCursor: last === undefined ? null : encodeCursor({ row: last.row }),
    };
  }

  /** Ends an import where it is; what it stored stays. */
  async cancel(owner: string, id: string): Promise<ImportOut> {
    if (!(await this.imports.cancel(owner, id))) {
      const { state } = await this.find(owner, id);
      throw conflict(`import '${id}' has ended: it is ${state}`);
    }
    return this.read(owner, id);
  }

  private async find(owner: string, id: string): Promise<ImportDocument> {
    const found = await this.imports.find(owner, id);
    if (found === null) throw notFound(`no such import: '${id}'`);
    return found;
  }

  private tryRows(owner: string, plan: ReadingPlan, batch: readonly ImportRow[], result: ImportDryRun): void {
    const lines = new Map(batch.map((row) => [row.row, row.line]));
    const unread = batch.flatMap((row): ImportError[] =>
      'errors' in row ? [{ row: row.row, line: row.line, errors: row.errors }] : [],
    );
    const { passed, rejected } = this.reports.check(
      owner,
      batch.flatMap((row) => ('value' in row ? [{ index: row.row, value: row.value }] : [])),
    );
    const refused = rejected.map(({ index, errors }): ImportError => ({
      row: index,
      line: lines.get(index) ?? null,
      errors: withColumns(errors, plan),
    }));
    const all = [...unread, ...refused].sort((a, b) => a.row - b.row);
    result.rows += batch.length;
    result.valid += passed.length;
    result.rejected += all.length;
    result.errors.push(...all.slice(0, DRY_RUN_ERRORS - result.errors.length));
    result.sample.push(...passed.slice(0, DRY_RUN_SAMPLE - result.sample.length).map(({ input }) => input));
  }
}

/** Settles how an upload is read by its first bytes, and gives it back whole. */
async function open(upload: Upload, query: ImportQuery): Promise<{ plan: ReadingPlan; bytes: AsyncGenerator<Buffer> }> {
  const type = readContentType(upload.contentType);
  // Not for-await, which would end the stream where the head ends.
  const iterator = upload.bytes[Symbol.asyncIterator]();
  const parts: Buffer[] = [];
  let length = 0;
  const wanted = type.format === 'timelinejs' ? MAX_JSON_IMPORT_BYTES : HEAD_BYTES;
  while (length <= wanted) {
    const next = await iterator.next();
    if (next.done === true) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const plan = await planReading(Buffer.concat(parts), type, query);
  const bytes = (async function* () {
    yield* parts;
    parts.length = 0;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  })();
  return { plan, bytes };
}

/** @throws ProblemError 413 beyond IMPORT_MAX_BYTES */
async function* capped(
  bytes: AsyncIterable<Buffer>,
  maxBytes: number,
  count: (size: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(`an import holds at most ${String(maxBytes)} bytes`);
    count(chunk.length);
    yield chunk;
  }
}

function newImport(owner: string, plan: ReadingPlan, query: ImportQuery): ImportDocument {
  const now = new Date();
  const { source, sourceUrl, kind, status, currency, locale, backfill } = query;
  return {
    _id: `imp_${randomUUID().replaceAll('-', '')}`,
    owner,
    name: query.name ?? null,
    state: 'receiving',
    reason: null,
    plan,
    defaults: compact({ source, sourceUrl, kind, status, currency, locale, backfill }),
    bytes: 0,
    bytesRead: 0,
    rows: 0,
    accepted: 0,
    duplicates: 0,
    rejected: 0,
    holder: randomUUID(),
    // Its receiver has yet to say for the first time that it lives.
    heldUntil: new Date(now.getTime() + 60_000),
    attempts: 0,
    spooled: true,
    createdAt: now,
    updatedAt: now,
    finishedAt: null,
  };
}

function toOut(document: ImportDocument): ImportOut {
  const { _id, name, state, reason, plan, defaults, bytes, bytesRead, rows, accepted, duplicates, rejected } = document;
  return {
    id: _id,
    name,
    format: plan.format,
    state,
    reason,
    columns: plan.columns,
    ignoredColumns: plan.ignored,
    backfill: defaults.backfill,
    bytes,
    bytesRead: Math.min(bytesRead, bytes),
    rows,
    accepted,
    duplicates,
    rejected,
    createdAt: document.createdAt.toISOString(),
    updatedAt: document.updatedAt.toISOString(),
    finishedAt: document.finishedAt?.toISOString() ?? null,
  };
}
