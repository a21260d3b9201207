import { type ApiClient, createApiClient } from '@themeline/client';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Wrong or missing settings of the command itself. */
export class UsageError extends Error {
  readonly code = 'usage';
}

export interface Connection {
  url: string;
  key: string;
  client: ApiClient;
}

/**
 * By THEMELINE_API (default `http://127.0.0.1:8080`) and THEMELINE_KEY, or the key that `npm start` wrote to
 * `<THEMELINE_DATA or .themeline>/admin-key`.
 *
 * @throws UsageError when there is no key, or the address is none
 */
export function connect(env: NodeJS.ProcessEnv, fetch?: (request: Request) => Promise<Response>): Connection {
  const url = env['THEMELINE_API'] || 'http://127.0.0.1:8080';
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`THEMELINE_API='${url}' is not an http or https address`);
  }
  const key = env['THEMELINE_KEY'] || keyFile(env['THEMELINE_DATA'] || '.themeline');
  return { url, key, client: createApiClient({ url, key, ...(fetch === undefined ? {} : { fetch }) }) };
}

function keyFile(folder: string): string {
  const path = join(folder, 'admin-key');
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new UsageError(`no key: set THEMELINE_KEY, or run npm start here, which writes one to ${path}`);
  }
}
