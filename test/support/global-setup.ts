import { startTestServers, type TestServers } from './real-servers';

// Where global-teardown finds the servers of this run: jest loads the two files apart.
const RUNNING = Symbol.for('themeline.test-servers');

interface Run {
  [RUNNING]?: { servers: Promise<TestServers>; users: number };
}

/**
 * Starts one mongod and one nats-server for the whole run and names them to the tests in `TEST_MONGODB_URI` and
 * `TEST_NATS_URL`. Jest calls this once for each project that asks for it; they all share the same two.
 */
const setUp = async (): Promise<void> => {
  const run = globalThis as Run;
  const running = (run[RUNNING] ??= { servers: startTestServers(), users: 0 });
  running.users += 1;
  const { mongoUri, natsUrl } = await running.servers;
  process.env.TEST_MONGODB_URI = mongoUri;
  process.env.TEST_NATS_URL = natsUrl;
};

export = setUp;
