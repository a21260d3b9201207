import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();

/**
 * Runs `work` and everything that it starts under one correlation id: the `x-request-id` of a request, carried on by the
 * messages that it causes.
 */
export function runWithCorrelation<T>(id: string, work: () => T): T {
  return storage.run(id, work);
}

/** The correlation id of what runs now; a new UUID outside of `runWithCorrelation`. */
export function currentCorrelationId(): string {
  return storage.getStore() ?? randomUUID();
}

/** Like `currentCorrelationId`, without making one: for log lines. */
export function correlationIdIfAny(): string | undefined {
  return storage.getStore();
}
