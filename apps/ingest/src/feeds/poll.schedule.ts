const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const SHORTEST_MS = 5 * MINUTE_MS;
export const LONGEST_MS = 24 * HOUR_MS;
/** Before anything is known of a feed. */
export const FIRST_INTERVAL_MS = HOUR_MS;
/** A publisher that asks for more is asked again after a week all the same. */
const LONGEST_RETRY_AFTER_MS = 7 * 24 * HOUR_MS;
/** Dates that tell a feed's rhythm. */
const RHYTHM_ITEMS = 20;
/** Polls within the usual gap between two items. */
const POLLS_A_GAP = 3;
const JITTER = 0.1;

/** The usual time between two items: the median of the gaps between the newest, in ms; null when fewer than three are dated. */
export function rhythmOf(publishedMs: readonly number[]): number | null {
  const newest = [...new Set(publishedMs)].sort((a, b) => b - a).slice(0, RHYTHM_ITEMS);
  if (newest.length < 3) return null;
  const gaps = newest
    .slice(1)
    .map((time, at) => (newest[at] ?? time) - time)
    .sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? null;
}

export interface PollFacts {
  /** The interval so far. */
  intervalMs: number;
  /** Null where the feed says nothing about dates. */
  rhythmMs: number | null;
  /** Time since the newest item appeared. */
  silentMs: number | null;
  /** Did the poll bring anything? */
  fresh: boolean;
  /** What the publisher asks to wait: `ttl`, `sy:updatePeriod`, `Cache-Control: max-age`. */
  publisherMs: number | null;
  /** What the owner asked for. */
  ownerMs: number | null;
}

/**
 * How long to wait after a poll that went well. A third of the feed's usual gap; a feed that has gone quiet is asked ever less often, one
 * without dates is felt for: half the interval after news, half as much again without.
 */
export function nextInterval({ intervalMs, rhythmMs, silentMs, fresh, publisherMs, ownerMs }: PollFacts): number {
  if (ownerMs !== null) return within(ownerMs);
  const felt = fresh ? intervalMs / 2 : intervalMs * 1.5;
  const usual = rhythmMs === null ? felt : rhythmMs / POLLS_A_GAP;
  const quiet = silentMs === null ? 0 : silentMs / 20;
  return within(Math.max(usual, quiet, publisherMs ?? 0));
}

const within = (ms: number): number => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms));

/** After the nth failure in a row: the interval doubled n - 1 times, a day at most, and never less than the publisher asked for. */
export function backOff(intervalMs: number, failures: number, retryAfterMs: number | null): number {
  const doubled = Math.min(LONGEST_MS, within(intervalMs) * 2 ** Math.min(failures - 1, 10));
  return Math.max(doubled, Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS));
}

/** Spread by ±10 %, later rather than earlier where somebody asked to wait. `random`: 0 ≤ x < 1 */
export function jittered(ms: number, random: number, notBeforeMs = 0): number {
  return Math.max(ms * (1 - JITTER + 2 * JITTER * random), notBeforeMs * (1 + JITTER * random));
}

/** After the first poll: any time within the interval, so that feeds that were added together are not polled together for ever. */
export function scattered(ms: number, random: number, notBeforeMs = 0): number {
  return Math.max(ms * random, notBeforeMs * (1 + JITTER * random), SHORTEST_MS);
}

/**
 * The first time from `at` on that lies in no hour (0–23, UTC) and on no day (0 = Sunday) that the feed asks to leave out; `at` itself
 * when all are.
 */
export function outsideSkipped(at: Date, skipHours: readonly number[], skipDays: readonly number[]): Date {
  if (skipHours.length === 0 && skipDays.length === 0) return at;
  let time = at;
  for (let hours = 0; hours <= 7 * 24; hours += 1) {
    if (!skipHours.includes(time.getUTCHours()) && !skipDays.includes(time.getUTCDay())) return time;
    time = new Date(Math.floor(time.getTime() / HOUR_MS) * HOUR_MS + HOUR_MS);
  }
  return at;
}

/** `120` or `Wed, 21 Oct 2015 07:28:00 GMT` → ms from `now` on; null for anything else. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  const written = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(written)) return Number(written) * 1_000;
  const at = Date.parse(written);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/** `Cache-Control: public, max-age=3600` → 3,600,000 */
export function maxAgeMs(header: string | undefined): number | null {
  if (header === undefined || /\bno-(?:cache|store)\b/i.test(header)) return null;
  const seconds = /\bmax-age\s*=\s*"?(\d{1,9})/i.exec(header)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}
