import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonPackages } from '../support/python.packages';
import { repositoryRoot } from '../support/stack';

const run = promisify(execFile);
const REQUIREMENTS = join(repositoryRoot, 'test/schema/requirements.txt');
const CONFIG = join(repositoryRoot, 'test/schema/schemathesis.toml');
/** More than the budget of the run, for what is under way when it ends. */
const GRACE_MS = 60_000;

const SETTINGS = [
  ...['--no-color', '--workers', '1', '--continue-on-failure'],
  ...['--checks', 'all'],
  // A schema cannot say that there must be such a kind, or one of three fields: what it allows may still be refused.
  ...['--exclude-checks', 'positive_data_acceptance'],
  // How long answers take is measured elsewhere, on machines that do nothing else.
  ...['--max-response-time', '60'],
  // It never ends.
  ...['--exclude-path', '/v1/stream'],
];

/** For a stack that is called so: it sends wrong keys to every operation, to see that each is refused with 401. */
export const SCHEMA_ENV = { WRONG_KEYS_PER_MINUTE: '100000' };

export interface SchemaRun {
  /** Of the gateway. */
  url: string;
  key: string;
  /** How long requests may be made up and sent. */
  seconds: number;
  seed: number;
}

/** `failed`: an answer was not as the description says, or the run did not come to its end. */
export interface SchemaResult {
  failed: boolean;
  output: string;
}

/**
 * Calls every operation of the served description with what fits it and with what does not, and checks the answers against it.
 *
 * @throws Error in one line where schemathesis is not there and cannot be installed
 */
export async function runSchemathesis({ url, key, seconds, seed }: SchemaRun): Promise<SchemaResult> {
  const command = join(await pythonPackages('schemathesis', REQUIREMENTS), 'bin/st');
  // Where its memory of earlier runs goes.
  const cwd = await mkdtemp(join(tmpdir(), 'themeline-schema-'));
  const options = ['--header', `Authorization: Bearer ${key}`, '--max-time', String(seconds), '--seed', String(seed)];
  try {
    const { stdout, stderr } = await run(
      command,
      ['--config-file', CONFIG, 'run', `${url}/openapi.json`, ...SETTINGS, ...options],
      {
        cwd,
        timeout: seconds * 1_000 + GRACE_MS,
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    return { failed: false, output: stdout + stderr };
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string };
    return { failed: true, output: `${stdout}${stderr}` || message };
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
