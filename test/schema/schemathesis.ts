import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../deploy/local/binaries.finder';
import { repositoryRoot } from '../support/stack';

const run = promisify(execFile);
/** Every package with its version: what was installed once is installed alike everywhere. */
const REQUIREMENTS = join(repositoryRoot, 'test/schema/requirements.txt');
const CONFIG = join(repositoryRoot, 'test/schema/schemathesis.toml');
const PIPS = [['pip'], ['pip3'], ['python3', '-m', 'pip']];
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
  const command = await findSchemathesis();
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

/** In the cache folder of the product, in an environment of its own, installed when it is not there. */
async function findSchemathesis(): Promise<string> {
  const requirements = await readFile(REQUIREMENTS, 'utf8');
  const version = createHash('sha256').update(requirements).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(process.env), `schemathesis-${version}`);
  const whole = join(folder, 'whole');
  if (!existsSync(whole)) {
    await rm(folder, { recursive: true, force: true });
    // Without pip in it: Debian leaves out what would put it there.
    await run('python3', ['-m', 'venv', '--without-pip', folder]).catch((error: unknown) => {
      throw new Error(`schemathesis needs Python 3 to be installed: ${firstLine(error)}`);
    });
    await install(join(folder, 'bin/python3'));
    await writeFile(whole, '');
  }
  return join(folder, 'bin/st');
}

async function install(python: string): Promise<void> {
  let reason = 'pip is not installed (Debian, Ubuntu: apt-get install python3-pip)';
  for (const [file = '', ...args] of PIPS) {
    try {
      await run(file, [...args, '--python', python, 'install', '--quiet', '--requirement', REQUIREMENTS]);
      return;
    } catch (error) {
      const { code, stderr = '' } = error as { code?: string | number; stderr?: string };
      if (code !== 'ENOENT' && !/No module named pip/.test(stderr)) reason = firstLine(error);
    }
  }
  throw new Error(`schemathesis cannot be installed, so the API was not checked against its description: ${reason}`);
}

function firstLine(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  const lines = stderr.trim().split('\n');
  return lines.find((line) => line.startsWith('ERROR')) ?? (lines[0] || message);
}
