import { SettingsError } from '@themeline/http';

export interface FeedSettings {
  /** Polls at once in this process. */
  concurrency: number;
  /** For one exchange, redirects included. */
  timeoutMs: number;
  /** Between two calls of one host. */
  hostGapMs: number;
  userAgent: string;
}

export const FEED_SETTINGS = Symbol('feed settings');

/**
 * Reads FEED_CONCURRENCY (default 16; 0: this process polls nothing), FEED_TIMEOUT_SECONDS (20), FEED_HOST_GAP_MS (1000) and FEED_CONTACT, an address or e-mail
 * that publishers find in the `User-Agent`.
 *
 * @throws SettingsError
 */
export function readFeedSettings(env: NodeJS.ProcessEnv): FeedSettings {
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const written = env[name];
    if (written === undefined || written === '') return fallback;
    const value = /^\d{1,6}$/.test(written) ? Number(written) : NaN;
    if (value >= least && value <= most) return value;
    throw new SettingsError(`${name}='${written}' is not a whole number from ${String(least)} to ${String(most)}`);
  };
  const contact = env.FEED_CONTACT?.trim() ?? '';
  if (!/^[\x21-\x7e]{0,200}$/.test(contact)) {
    throw new SettingsError(
      `FEED_CONTACT='${contact}' is not an address such as https://example.org/bot or bot@example.org`,
    );
  }
  return {
    concurrency: whole('FEED_CONCURRENCY', 16, 0, 256),
    timeoutMs: whole('FEED_TIMEOUT_SECONDS', 20, 1, 120) * 1_000,
    hostGapMs: whole('FEED_HOST_GAP_MS', 1_000, 0, 60_000),
    userAgent: `Themeline/0.1 (feed reader${contact === '' ? '' : `; ${contact}`})`,
  };
}
