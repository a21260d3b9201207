import { Injectable } from '@nestjs/common';
import { ImportError, ImportState } from '@themeline/contracts';
import { ClientSession, Database, Filter, hasRunOut } from '@themeline/persistence';
import { ImportDocument, ImportErrorDocument } from './imports.collections';

/** A holder that says nothing for so long has died. */
const HOLD_MS = 10_000;
const UNFINISHED: ImportState[] = ['receiving', 'queued', 'running'];

/** How far a batch of rows brought an import. */
export interface Progress {
  /** Rows stored before this batch: another count means that somebody else has gone on. */
  from: number;
  rows: number;
  bytesRead: number;
  accepted: number;
  duplicates: number;
  rejected: ImportError[];
}

/** The import is no longer this holder's: cancelled, or taken over. */
export class ImportLost extends Error {
  readonly code = 'import-lost';
}

/** A list stops here; the count goes on. */
export const MAX_LISTED_ERRORS = 100_000;

@Injectable()
export class ImportsRepository {
  constructor(private readonly database: Database) {}

  private get imports() {
    return this.database.collection<ImportDocument>('imports');
  }

  private get errors() {
    return this.database.collection<ImportErrorDocument>('import_errors');
  }

  async insert(document: ImportDocument): Promise<void> {
    await this.imports.insertOne(document);
  }

  find(owner: string, id: string): Promise<ImportDocument | null> {
    return this.imports.findOne({ _id: id, owner });
  }

  /** The newest first, after the given place. */
  list(owner: string, limit: number, after: { at: Date; id: string } | null): Promise<ImportDocument[]> {
    const beyond: Filter<ImportDocument> =
      after === null
        ? {}
        : { $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }] };
    return this.imports
      .find({ owner, ...beyond })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
  }

  countUnfinished(owner: string): Promise<number> {
    return this.imports.countDocuments({ owner, state: { $in: UNFINISHED } });
  }

  /** By row, after the given one. */
  listErrors(importId: string, limit: number, after: number): Promise<ImportErrorDocument[]> {
    return this.errors
      .find({ importId, row: { $gt: after } })
      .sort({ row: 1 })
      .limit(limit)
      .toArray();
  }

  /** The upload is stored whole: from here on it will be read. False when it was cancelled meanwhile. */
  async received(id: string, bytes: number): Promise<boolean> {
    const result = await this.imports.updateOne({ _id: id, state: 'receiving' }, [
      { $set: { state: 'queued', bytes, holder: null, heldUntil: '$$NOW', updatedAt: '$$NOW' } },
    ]);
    return result.matchedCount === 1;
  }

  /** Takes the oldest import that waits, or whose holder has died; null when there is none. */
  claim(holder: string): Promise<ImportDocument | null> {
    return this.imports.findOneAndUpdate(
      { state: { $in: ['queued', 'running'] }, $expr: hasRunOut('$heldUntil', HOLD_MS) },
      [
        {
          $set: {
            state: 'running',
            holder,
            heldUntil: { $add: ['$$NOW', HOLD_MS] },
            attempts: { $add: ['$attempts', 1] },
            updatedAt: '$$NOW',
          },
        },
      ],
      { sort: { createdAt: 1 }, returnDocument: 'after' },
    );
  }

  /** Says that the holder lives, and how many bytes came while it is being received. @throws ImportLost */
  async prolong(id: string, holder: string, fields: { bytes?: number; reason?: string | null } = {}): Promise<void> {
    const result = await this.imports.updateOne({ _id: id, holder, state: { $in: ['receiving', 'running'] } }, [
      { $set: { ...fields, heldUntil: { $add: ['$$NOW', HOLD_MS] }, updatedAt: '$$NOW' } },
    ]);
    if (result.matchedCount === 0) throw new ImportLost(`import ${id} is no longer held`);
  }

  /** Writes a batch down in the transaction that stores its reports. @throws ImportLost */
  async advance(session: ClientSession, id: string, holder: string, progress: Progress): Promise<void> {
    const { from, rows, bytesRead, accepted, duplicates, rejected } = progress;
    const before = await this.imports.findOneAndUpdate(
      { _id: id, holder, state: 'running', rows: from },
      {
        $set: {
          rows,
          bytesRead,
          attempts: 0,
          reason: null,
          heldUntil: new Date(Date.now() + HOLD_MS),
          updatedAt: new Date(),
        },
        $inc: { accepted, duplicates, rejected: rejected.length },
      },
      { session },
    );
    if (before === null) throw new ImportLost(`import ${id} is no longer held`);
    const listed = rejected.slice(0, Math.max(0, MAX_LISTED_ERRORS - before.rejected));
    if (listed.length === 0) return;
    const at = new Date();
    await this.errors.insertMany(
      listed.map((error) => ({ ...error, importId: id, at })),
      { session },
    );
  }

  async finish(id: string, holder: string, state: 'done' | 'failed', reason: string | null): Promise<boolean> {
    const result = await this.imports.updateOne({ _id: id, holder, state: { $in: ['receiving', 'running'] } }, [
      {
        $set: {
          state,
          reason,
          holder: null,
          updatedAt: '$$NOW',
          finishedAt: '$$NOW',
          ...(state === 'done' ? { bytesRead: '$bytes' } : {}),
        },
      },
    ]);
    return result.matchedCount === 1;
  }

  /** False when it had ended already. */
  async cancel(owner: string, id: string): Promise<boolean> {
    const result = await this.imports.updateOne({ _id: id, owner, state: { $in: UNFINISHED } }, [
      { $set: { state: 'cancelled', holder: null, updatedAt: '$$NOW', finishedAt: '$$NOW' } },
    ]);
    return result.matchedCount === 1;
  }

  /** Lets another replica carry on at once. */
  async release(id: string, holder: string): Promise<void> {
    await this.imports.updateOne({ _id: id, holder, state: 'running' }, [
      {
        $set: {
          state: 'queued',
          holder: null,
          heldUntil: '$$NOW',
          attempts: { $max: [0, { $add: ['$attempts', -1] }] },
        },
      },
    ]);
  }

  /** Uploads whose receiver died before they were whole. */
  async failBroken(reason: string): Promise<void> {
    await this.imports.updateMany({ state: 'receiving', $expr: hasRunOut('$heldUntil', HOLD_MS) }, [
      { $set: { state: 'failed', reason, holder: null, updatedAt: '$$NOW', finishedAt: '$$NOW' } },
    ]);
  }

  /** Ended imports whose upload is still stored. */
  async findLeftovers(): Promise<string[]> {
    const rows = await this.imports
      .find({ state: { $in: ['done', 'failed', 'cancelled'] }, spooled: true }, { projection: { _id: 1 } })
      .limit(100)
      .toArray();
    return rows.map((row) => row._id);
  }

  async unspooled(id: string): Promise<void> {
    await this.imports.updateOne({ _id: id }, { $set: { spooled: false } });
  }
}
