import { SettingsError } from '@themeline/http';

export const IMPORT_SETTINGS = Symbol('import settings');

export interface ImportSettings {
  /** The largest upload; above it the answer is 413. */
  maxBytes: number;
}

/**
 * Reads IMPORT_MAX_BYTES (default 2 GiB).
 *
 * @throws SettingsError
 */
export function readImportSettings(env: NodeJS.ProcessEnv): ImportSettings {
  const written = env.IMPORT_MAX_BYTES || String(2 * 1024 ** 3);
  if (!/^[1-9]\d{0,14}$/.test(written)) {
    throw new SettingsError(`IMPORT_MAX_BYTES='${written}' is not a whole number of at least 1`);
  }
  return { maxBytes: Number(written) };
}
