import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pythonPackages } from '../support/python.packages';
import { repositoryRoot } from '../support/stack';

const REQUIREMENTS = join(repositoryRoot, 'test/faults/requirements.txt');
const LIBRARY = 'site-packages/libfaketime/vendor/libfaketime/src/libfaketime.so.1';

/**
 * The environment in which a server tells the time by `clockFile`, which says in seconds, `+90`, how far its wall clock is from the
 * machine's. Only a program that is linked dynamically can be told so: mongod, and not nats-server.
 *
 * @throws Error in one line where the library cannot be had, or this system has no use for it
 */
export async function serverClockEnv(clockFile: string): Promise<NodeJS.ProcessEnv> {
  if (process.platform !== 'linux') throw new Error(`there is no library for ${process.platform}`);
  const packages = join(await pythonPackages('libfaketime', REQUIREMENTS), 'lib');
  const [python = ''] = await readdir(packages);
  return {
    LD_PRELOAD: join(packages, python, LIBRARY),
    FAKETIME_TIMESTAMP_FILE: clockFile,
    // How long it believes what it has read there, in seconds: less would have it read the file each time that somebody asks for the time.
    FAKETIME_CACHE_DURATION: '1',
    // Time-outs and elections go by the clock that nobody can set.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}
