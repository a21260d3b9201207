import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../deploy/local/binaries.finder';

const run = promisify(execFile);
const PIPS = [['pip'], ['pip3'], ['python3', '-m', 'pip']];

/**
 * The folder of a Python environment with the packages of a requirements file, which names each with its version: what was installed
 * once is installed alike everywhere. It is in the cache folder of the product, and made when it is not there.
 *
 * @throws Error in one line where Python or pip is not there, or a package cannot be had
 */
export async function pythonPackages(name: string, requirementsFile: string): Promise<string> {
  const requirements = await readFile(requirementsFile, 'utf8');
  const version = createHash('sha256').update(requirements).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(process.env), `${name}-${version}`);
  const whole = join(folder, 'whole');
  if (!existsSync(whole)) {
    await rm(folder, { recursive: true, force: true });
    // Without pip in it: Debian leaves out what would put it there.
    await run('python3', ['-m', 'venv', '--without-pip', folder]).catch((error: unknown) => {
      throw new Error(`${name} needs Python 3 to be installed: ${firstLine(error)}`);
    });
    await install(name, join(folder, 'bin/python3'), requirementsFile);
    await writeFile(whole, '');
  }
  return folder;
}

async function install(name: string, python: string, requirementsFile: string): Promise<void> {
  let reason = 'pip is not installed (Debian, Ubuntu: apt-get install python3-pip)';
  for (const [file = '', ...args] of PIPS) {
    try {
      await run(file, [...args, '--python', python, 'install', '--quiet', '--requirement', requirementsFile]);
      return;
    } catch (error) {
      const { code, stderr = '' } = error as { code?: string | number; stderr?: string };
      if (code !== 'ENOENT' && !/No module named pip/.test(stderr)) reason = firstLine(error);
    }
  }
  throw new Error(`${name} cannot be installed: ${reason}`);
}

function firstLine(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  const lines = stderr.trim().split('\n');
  return lines.find((line) => line.startsWith('ERROR')) ?? (lines[0] || message);
}
