import { Injectable } from '@nestjs/common';
import { badRequest, conflict, ProblemError } from '@themeline/http';
import { Database, isDuplicateKey } from '@themeline/persistence';
import { createHash } from 'node:crypto';
import type { IdempotencyDocument } from './idempotency.collections';

/** A request that holds its key this long without an answer has died. */
const ABANDONED_MS = 120_000;

export interface IdempotentAnswer {
  status: number;
  body: unknown;
}

/** What one caller's key is for one path; null without a key. Throws 400 for one that is none. */
export function idempotencyId(owner: string, path: string, key: string | undefined): string | null {
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    const message = 'must be 1 to 255 printable ASCII characters';
    throw badRequest(`Idempotency-Key ${message}`, [{ path: 'Idempotency-Key', message }]);
  }
  return createHash('sha256').update(`${owner}|${path}|${key}`).digest('hex');
}

/**
 * `Idempotency-Key`, per owner and path, for 24 hours: the first request's answer is the answer to all. The same key with
 * another body is refused with 422, a second one while the first is still being worked on with 409.
 */
@Injectable()
export class Idempotency {
  constructor(private readonly database: Database) {}

  private get keys() {
    return this.database.collection<IdempotencyDocument>('idempotency_keys');
  }

  /** `bodyHash` may come late (a stream's is known at its end): then `work` gets to see whether there is an answer already. */
  async once(id: string, bodyHash: string, work: () => Promise<IdempotentAnswer>): Promise<IdempotentAnswer> {
    const known = await this.claim(id, bodyHash);
    if (known !== null) return known;
    try {
      const answer = await work();
      await this.finish(id, bodyHash, answer);
      return answer;
    } catch (error) {
      await this.abandon(id);
      throw error;
    }
  }

  /** The stored answer; null when the key is now the caller's, to `finish` or `abandon`. */
  async claim(id: string, bodyHash: string | null): Promise<IdempotentAnswer | null> {
    try {
      await this.keys.insertOne({ _id: id, state: 'running', bodyHash, status: 0, response: '', at: new Date() });
      return null;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const row = await this.keys.findOne({ _id: id });
    if (row?.state === 'done') {
      if (bodyHash !== null) this.refuseOtherBody(row, bodyHash);
      return { status: row.status, body: JSON.parse(row.response) };
    }
    const taken = await this.keys.updateOne(
      { _id: id, state: 'running', at: { $lt: new Date(Date.now() - ABANDONED_MS) } },
      { $set: { at: new Date(), bodyHash } },
    );
    if (taken.matchedCount === 1) return null;
    throw conflict(`a request with the Idempotency-Key is still being worked on`);
  }

  async finish(id: string, bodyHash: string, { status, body }: IdempotentAnswer): Promise<void> {
    await this.keys.updateOne(
      { _id: id },
      { $set: { state: 'done', bodyHash, status, response: JSON.stringify(body), at: new Date() } },
    );
  }

  async abandon(id: string): Promise<void> {
    await this.keys.deleteOne({ _id: id, state: 'running' });
  }

  /** Throws 422 unless the finished request under this key had the same body. */
  async verifyBody(id: string, bodyHash: string): Promise<void> {
    const row = await this.keys.findOne({ _id: id });
    if (row !== null) this.refuseOtherBody(row, bodyHash);
  }

  private refuseOtherBody(row: IdempotencyDocument, bodyHash: string): void {
    if (row.bodyHash !== bodyHash) {
      throw new ProblemError(
        422,
        'Idempotency-Key reused',
        'the Idempotency-Key was used before with another body; take a new key for a new request',
        [{ path: 'Idempotency-Key', message: 'was used before with another body' }],
      );
    }
  }
}
