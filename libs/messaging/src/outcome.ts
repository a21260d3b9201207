/** What became of one message. A value: only the consumer turns it into an acknowledgement. */
export type Outcome = { type: 'done' } | { type: 'retry'; delayMs: number } | { type: 'reject'; reason: string };

const DONE: Outcome = { type: 'done' };

export const done = (): Outcome => DONE;
/** Try it again, not before `delayMs`. Nothing of its effect may have been written. */
export const retry = (delayMs: number): Outcome => ({ type: 'retry', delayMs });
/** Give it up: it goes to the dead letters with the reason. */
export const reject = (reason: string): Outcome => ({ type: 'reject', reason });

/** Thrown while planning or committing a batch: what was read has changed in the meantime, so the batch is planned again. */
export class StaleBatch extends Error {
  readonly code = 'stale-batch';
}
