import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isAlive } from '../../deploy/local/process.identity';
import { eventually } from '../support/message-bus';
import { RunFolder } from './run.folder';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'run-folder-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** A process as those of a cluster: it names the folder on its command line. */
async function inhabitant(folder: string): Promise<NonNullable<Awaited<ReturnType<typeof identify>>>> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)', folder], { stdio: 'ignore' });
  const identity = await identify(child.pid ?? 0);
  if (identity === undefined) throw new Error('it did not start');
  return identity;
}

async function left(name: string, owner: object): Promise<string> {
  const path = join(parent, name);
  await mkdir(path);
  await writeFile(join(path, 'owner.json'), JSON.stringify(owner));
  return path;
}

test('what a killed run left goes with its processes; what a living or kept one has stays', async () => {
  const me = await identify(process.pid);
  const dead = await left('themeline-faults-dead', { ...me, startTime: 'long ago' });
  const living = await left('themeline-faults-living', { ...me });
  const kept = join(parent, 'themeline-faults-kept');
  await mkdir(kept);
  const [orphan, neighbour] = [await inhabitant(dead), await inhabitant(living)];
  const folder = await RunFolder.create(parent);
  try {
    await eventually('the orphan to be gone', async () => !(await isAlive(orphan)));
    expect([dead, living, kept].map((path) => existsSync(path))).toEqual([false, true, true]);
    expect(await isAlive(neighbour)).toBe(true);
  } finally {
    process.kill(neighbour.pid, 'SIGKILL');
    await folder.remove();
  }
  expect(existsSync(folder.path)).toBe(false);
});

test('what is kept outlives the run and the next one', async () => {
  const folder = await RunFolder.create(parent);
  await writeFile(join(folder.path, 'log'), 'what happened');
  await folder.keep();
  await (await RunFolder.create(parent)).remove();
  expect(existsSync(join(folder.path, 'log'))).toBe(true);
});
