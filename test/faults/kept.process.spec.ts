import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/message-bus';
import { type Ending, faultOfStop, KeptProcess } from './kept.process';
import { Troubles } from './troubles';

let folder: string;
let kept: KeptProcess;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-process-'));
});
afterEach(async () => {
  await kept.end('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A process that does this at SIGTERM and is ready for it. */
async function started(atSigterm: string, troubles = new Troubles()): Promise<KeptProcess> {
  const script = `process.on('SIGTERM', () => { ${atSigterm} }); setInterval(() => 0, 1000); console.log('ready');`;
  const logPath = join(folder, 'log');
  kept = new KeptProcess(
    { name: 'alerts-1', command: process.execPath, args: ['-e', script], env: process.env, logPath },
    troubles,
  );
  kept.start();
  await eventually('it to be ready', async () => (await readFile(logPath, 'utf8')).includes('ready'));
  return kept;
}

const stop = (one: KeptProcess): Promise<Ending> => one.whileDown('SIGTERM', () => Promise.resolve());

test('a process that ends with code 0 at SIGTERM is well, and runs again', async () => {
  const one = await started('process.exit(0)');
  const { pid } = one;
  expect(faultOfStop(await stop(one))).toBeNull();
  expect(one.pid).toBeDefined();
  expect(one.pid).not.toBe(pid);
  expect(one.ownExits).toBe(0);
});

test('another code is a fault that names it', async () => {
  expect(faultOfStop(await stop(await started('process.exit(3)')))).toMatch(
    /^alerts-1 was sent SIGTERM and ended by code 3 after \d\.\d s$/,
  );
});

test('a signal that it dies of is a fault, unless somebody else killed it on its way', async () => {
  const dies = await started("process.kill(process.pid, 'SIGABRT')");
  expect(faultOfStop(await stop(dies))).toMatch(/ended by SIGABRT/);
  await kept.end('SIGKILL');
  const lingers = await started('');
  const [ending] = await Promise.all([stop(lingers), lingers.crash(0)]);
  expect(faultOfStop(ending)).toBeNull();
});

test('one that ends well but late is a fault', () => {
  const ending = { name: 'ingest-2', code: 0, signal: null, isDisturbed: false };
  expect(faultOfStop({ ...ending, tookMs: 20_000 })).toBeNull();
  expect(faultOfStop({ ...ending, tookMs: 20_100 })).toBe('ingest-2 was sent SIGTERM and ended only after 20.1 s');
});

test('its trouble is known for as long as it is down or halted', async () => {
  let now = 1_000;
  const troubles = new Troubles(() => now);
  const one = await started('process.exit(0)', troubles);
  const had = (at: number): boolean => troubles.touch((name) => name === 'alerts-1', at, at);
  expect(had(1_000)).toBe(false);
  await one.whileDown('SIGKILL', () => {
    now = 5_000;
    return Promise.resolve();
  });
  expect([had(999), had(1_000), had(5_000), had(60_000)]).toEqual([false, true, true, false]);
  now = 100_000;
  await one.halt(1);
  expect([had(99_999), had(100_000)]).toEqual([false, true]);
});
