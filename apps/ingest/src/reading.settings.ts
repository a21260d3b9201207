import { SettingsError } from '@themeline/http';
import { availableParallelism } from 'node:os';

export interface ReadingSettings {
  /** Reading threads at most; they are started when there is something to read. */
  threads: number;
  /** Requests that may wait for a thread; above it the answer is 503. */
  queue: number;
  /** What one article may take, from the moment when a thread has it. */
  timeoutMs: number;
}

/**
 * Reads READING_THREADS (default: one less than the cores, at least 1), READING_QUEUE (default 50) and READING_TIMEOUT_SECONDS (default 20).
 *
 * @throws SettingsError
 */
export function readReadingSettings(env: NodeJS.ProcessEnv): ReadingSettings {
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const written = env[name];
    if (written === undefined || written === '') return fallback;
    const value = /^\d{1,6}$/.test(written) ? Number(written) : NaN;
    if (value >= least && value <= most) return value;
    throw new SettingsError(`${name}='${written}' is not a whole number from ${String(least)} to ${String(most)}`);
  };
  return {
    threads: whole('READING_THREADS', Math.max(1, availableParallelism() - 1), 1, 256),
    queue: whole('READING_QUEUE', 50, 0, 100_000),
    timeoutMs: whole('READING_TIMEOUT_SECONDS', 20, 1, 600) * 1_000,
  };
}
