import type { Config } from 'jest';
import { startTestServers, type TestServers } from './real-servers';

// Where global-teardown finds the servers of this run: jest loads the two files apart.
const RUNNING = Symbol.for('themeline.test-servers');

interface Run {
  [RUNNING]?: { servers: Promise<TestServers[]>; users: number };
}

/**
 * Starts one mongod and one nats-server for each of jest's workers, since the services' streams have fixed names, and
 * lists them in `TEST_SERVERS` for `worker-servers`. Jest calls this once for each project that asks for it; they all
 * share the same.
 */
const setUp = async (config: Config): Promise<void> => {
  const run = globalThis as Run;
  const workers = Number(config.maxWorkers);
  const running = (run[RUNNING] ??= {
    servers: Promise.all(Array.from({ length: workers }, () => startTestServers())),
    users: 0,
  });
  running.users += 1;
  const servers = await running.servers;
  process.env.TEST_SERVERS = JSON.stringify(servers.map(({ mongoUri, natsUrl }) => ({ mongoUri, natsUrl })));
};

export = setUp;
