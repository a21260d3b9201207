/** Seconds to wait after the first, second, … failed attempt. One attempt more than delays; after that the delivery is dead. */
export type RetrySchedule = readonly number[];

/** 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h: the example schedule of Standard Webhooks, 28 hours in all. */
export const DEFAULT_RETRY_SECONDS: RetrySchedule = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

/** Receivers that come back together after an outage must not all be called at the same moment. */
const JITTER = 0.2;
/** A receiver cannot put a delivery off further than this. */
const MAX_RETRY_AFTER_MS = 24 * 3_600_000;

/**
 * When to try again after `attempts` failed ones (≥ 1), or null when the schedule is used up and the delivery is dead.
 * The delay varies by ±20 % with `random` in [0, 1); a `retryAfter` that lies later is honoured, up to a day ahead.
 * `nextAttempt(DEFAULT_RETRY_SECONDS, 1, now, 0.5)` → 5 s after `now`
 */
export function nextAttempt(
  schedule: RetrySchedule,
  attempts: number,
  now: Date,
  random: number,
  retryAfter: Date | null = null,
): Date | null {
  const seconds = schedule[attempts - 1];
  if (seconds === undefined) return null;
  const planned = now.getTime() + seconds * 1000 * (1 - JITTER + 2 * JITTER * random);
  const asked = Math.min(retryAfter?.getTime() ?? 0, now.getTime() + MAX_RETRY_AFTER_MS);
  return new Date(Math.max(planned, asked));
}

/**
 * The time that a `Retry-After` header names (RFC 9110 10.2.3: seconds, or an HTTP date), null when there is none or it
 * cannot be read. `'120'` → two minutes after `now`
 */
export function parseRetryAfter(header: string | undefined, now: Date): Date | null {
  const value = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return new Date(now.getTime() + Number(value) * 1000);
  // Only the HTTP forms with a day's name: Date.parse would read much else.
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(value)) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time);
}

/**
 * The value of `DELIVERY_RETRY_SECONDS`: `'5,300,1800'`, the default schedule when it is not set, none at all when it is
 * empty. Throws an Error that names what cannot be read.
 */
export function retryScheduleFromEnv(value: string | undefined): RetrySchedule {
  if (value === undefined) return DEFAULT_RETRY_SECONDS;
  if (value.trim() === '') return [];
  return value.split(',').map((part) => {
    const seconds = Number(part);
    if (part.trim() === '' || !Number.isFinite(seconds) || seconds < 0) {
      throw new Error(`DELIVERY_RETRY_SECONDS: not a number of seconds: '${part}' (for example 5,300,1800)`);
    }
    return seconds;
  });
}
