import { SettingsError } from '@themeline/http';

export const STREAM_HEARTBEAT_MS = Symbol('stream:heartbeat');

/**
 * STREAM_HEARTBEAT_SECONDS: how long a stream may be silent; 15 unless told, shorter than what proxies wait.
 *
 * @throws SettingsError
 */
export function readHeartbeat(env: NodeJS.ProcessEnv): number {
  const value = env['STREAM_HEARTBEAT_SECONDS'] || '15';
  const seconds = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (seconds < 1) throw new SettingsError(`STREAM_HEARTBEAT_SECONDS='${value}' is not a whole number of at least 1`);
  return seconds * 1_000;
}
