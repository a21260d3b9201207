import { Injectable } from '@nestjs/common';
import { badRequest, ProblemError } from '@themeline/http';
import { type ClientSession, Database, isDuplicateKey, Sealer } from '@themeline/persistence';
import { createHash } from 'node:crypto';
import type { IdempotencyDocument } from './idempotency.collections';

/** A request says that it is still being worked on. */
const RENEW_MS = 4_000;
/** One that has not said so for this long has died with its process: whoever sends it again need not wait longer. */
const ABANDONED_MS = 12_000;
const RETRY_AFTER_SECONDS = 2;

export interface IdempotentAnswer {
  status: number;
  body: unknown;
}

/** Writes the answer down in the transaction of its effect: whoever asks again finds both or neither. */
export type KeepAnswer = (session: ClientSession, answer: IdempotentAnswer) => Promise<void>;

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
  /** The keys that requests of this process hold, and what renews their hold. */
  private readonly held = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  private get keys() {
    return this.database.collection<IdempotencyDocument>('idempotency_keys');
  }

  /** Work that would do more than nothing a second time hands its answer to `keep`. */
  async once(
    id: string,
    bodyHash: string,
    work: (keep: KeepAnswer) => Promise<IdempotentAnswer>,
  ): Promise<IdempotentAnswer> {
    const known = await this.claim(id, bodyHash);
    if (known !== null) return known;
    try {
      let isKept = false;
      const answer = await work((session, kept) => {
        isKept = true;
        return this.write(id, bodyHash, kept, session);
      });
      if (isKept) this.letGo(id);
      else await this.finish(id, bodyHash, answer);
      return answer;
    } catch (error) {
      await this.abandon(id);
      throw error;
    }
  }

  /**
   * The stored answer; null when the key is now the caller's, to `finish` or `abandon`. The hash may come late (a stream's is
   * known at its end).
   */
  async claim(id: string, bodyHash: string | null): Promise<IdempotentAnswer | null> {
    // All times are the database's: the clocks of replicas need not agree.
    const claimed = { state: 'running', bodyHash: { $literal: bodyHash }, status: 0, response: '', at: '$$NOW' };
    try {
      // Matches nothing, so that it inserts, or fails where the key is known.
      await this.keys.updateOne({ _id: id, state: { $in: [] } }, [{ $set: claimed }], { upsert: true });
      this.hold(id);
      return null;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const row = await this.keys.findOne({ _id: id });
    if (row?.state === 'done') {
      if (bodyHash !== null) this.refuseOtherBody(row, bodyHash);
      return { status: row.status, body: JSON.parse(this.sealer.open(row.response)) };
    }
    const isAbandoned = { $lt: ['$at', { $subtract: ['$$NOW', ABANDONED_MS] }] };
    const taken = await this.keys.updateOne({ _id: id, state: 'running', $expr: isAbandoned }, [{ $set: claimed }]);
    if (taken.matchedCount === 1) {
      this.hold(id);
      return null;
    }
    const detail = 'a request with the Idempotency-Key is still being worked on';
    throw new ProblemError(409, 'Conflict', detail, undefined, { 'retry-after': String(RETRY_AFTER_SECONDS) });
  }

  async finish(id: string, bodyHash: string, answer: IdempotentAnswer): Promise<void> {
    this.letGo(id);
    await this.write(id, bodyHash, answer);
  }

  async abandon(id: string): Promise<void> {
    this.letGo(id);
    await this.keys.deleteOne({ _id: id, state: 'running' });
  }

  private async write(
    id: string,
    bodyHash: string,
    { status, body }: IdempotentAnswer,
    session?: ClientSession,
  ): Promise<void> {
    const response = this.sealer.seal(JSON.stringify(body));
    await this.keys.updateOne(
      { _id: id },
      { $set: { state: 'done', bodyHash, status, response, at: new Date() } },
      session === undefined ? {} : { session },
    );
  }

  private hold(id: string): void {
    this.letGo(id);
    const renew = (): void => {
      // One that fails is made up for by the next, or the key is given up.
      this.keys.updateOne({ _id: id, state: 'running' }, [{ $set: { at: '$$NOW' } }]).catch(() => undefined);
    };
    this.held.set(id, setInterval(renew, RENEW_MS));
  }

  private letGo(id: string): void {
    clearInterval(this.held.get(id));
    this.held.delete(id);
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
