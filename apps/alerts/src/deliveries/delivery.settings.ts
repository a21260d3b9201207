import { retryScheduleFromEnv, type RetrySchedule, WEBHOOK_TIMEOUT_MS } from '@themeline/delivery';

export const DELIVERY_SETTINGS = Symbol('delivery settings');

export interface DeliverySettings {
  schedule: RetrySchedule;
  /** Attempts at the same time, in all and to one host: a host that hangs takes its own places only. */
  concurrency: number;
  perHost: number;
  timeoutMs: number;
  /** How long a worker that has fallen silent keeps what it took. */
  leaseMs: number;
  pollMs: number;
  /** A channel that has done nothing but fail for so long is disabled. */
  disableAfterMs: number;
}

/**
 * `DELIVERY_RETRY_SECONDS` (`5,300,1800,…`), `DELIVERY_CONCURRENCY` (128), `DELIVERY_CONCURRENCY_PER_HOST` (16). Throws an
 * Error that names what cannot be read.
 */
export function deliverySettingsFromEnv(env: NodeJS.ProcessEnv): DeliverySettings {
  const concurrency = positive(env, 'DELIVERY_CONCURRENCY', 128);
  return {
    schedule: retryScheduleFromEnv(env.DELIVERY_RETRY_SECONDS),
    concurrency,
    perHost: Math.min(concurrency, positive(env, 'DELIVERY_CONCURRENCY_PER_HOST', 16)),
    timeoutMs: WEBHOOK_TIMEOUT_MS,
    // Every attempt is over by then.
    leaseMs: WEBHOOK_TIMEOUT_MS + 10_000,
    pollMs: 1_000,
    disableAfterMs: 5 * 86_400_000,
  };
}

function positive(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const given = env[name];
  if (given === undefined || given === '') return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name}: not a positive whole number: '${given}'`);
  return value;
}
