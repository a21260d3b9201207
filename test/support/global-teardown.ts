import type { TestServers } from './real-servers';

interface Run {
  [RUNNING: symbol]: { servers: Promise<TestServers[]>; users: number } | undefined;
}

/** Ends the servers of this run when the last project that uses them is done. */
const tearDown = async (): Promise<void> => {
  const key = Symbol.for('themeline.test-servers');
  const run = globalThis as unknown as Run;
  const running = run[key];
  if (running === undefined) return;
  running.users -= 1;
  if (running.users > 0) return;
  run[key] = undefined;
  await Promise.all((await running.servers).map((servers) => servers.stop()));
};

export = tearDown;
