import { execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { freePort } from '../../deploy/local/servers';
import { describeAcceptance } from '../support/acceptance.flow';
import { ApiClient } from '../support/api-client';
import { interpolate, readCompose, type ComposeService } from './compose.file';
import { ComposeServers, endChild, PASSWORD, until } from './compose.servers';

const run = promisify(execFile);
const OWN = ['ingest', 'timeline', 'alerts', 'gateway'] as const;
const ADMIN_KEY = 'an-admin-key-of-at-least-32-characters';
const VARIABLES = {
  MONGO_PASSWORD: PASSWORD,
  NATS_PASSWORD: PASSWORD,
  IDENTITY_SECRET: 's'.repeat(40),
  ADMIN_KEY,
  OUTBOUND_ALLOW: '127.0.0.0/8',
};

let servers: ComposeServers;
/** `mongo:27017` → `127.0.0.1:40001` and so on: what the networks of compose would do. */
const addresses = new Map<string, string>();
const ports = new Map<string, number>();

const service = (name: string): ComposeService => {
  const found = readCompose().services[name];
  if (found === undefined) throw new Error(`no such service: '${name}'`);
  return found;
};

function here(text: string): string {
  return [...addresses].reduce((changed, [from, to]) => changed.replaceAll(from, to), interpolate(text, VARIABLES));
}

function environmentOf(name: string): Record<string, string> {
  const environment = Object.entries(service(name).environment ?? {}).map(([key, value]) => [key, here(value)]);
  return { ...(Object.fromEntries(environment) as Record<string, string>), PORT: String(ports.get(name)) };
}

function startService(name: string, changed: Record<string, string> = {}): ChildProcess {
  const [file = '', ...args] = service(name).command ?? [];
  return servers.start(file, args, { ...environmentOf(name), ...changed });
}

/** Starts all four and waits for their health; the answer ends them and expects that they end cleanly. */
async function startAll(): Promise<() => Promise<void>> {
  const started = OWN.map((name) => startService(name));
  await Promise.all(OWN.map((name) => until(() => isHealthy(name))));
  return async () => {
    for (const child of started) await endChild(child, 'SIGTERM');
    expect(started.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  };
}

/** Runs the health check that compose would run in the container. */
async function isHealthy(name: string): Promise<void> {
  const [, file = '', ...args] = service(name).healthcheck?.test ?? [];
  await run(
    file,
    args.map((part) => part.replace('127.0.0.1:8080', `127.0.0.1:${ports.get(name)}`)),
  );
}

beforeAll(async () => {
  servers = await ComposeServers.make();
  const [mongo, nats] = await Promise.all([servers.startMongo(), servers.startNats()]);
  await until(mongo.setUp);
  addresses.set('mongo:27017', mongo.address).set('nats:4222', nats.address);
  for (const name of OWN) {
    const port = await freePort();
    ports.set(name, port);
    addresses.set(`${name}:8080`, `127.0.0.1:${port}`);
  }
});
afterAll(() => servers.end());

describeAcceptance('docker-compose.yml', async () => {
  const stop = await startAll();
  return {
    api: new ApiClient(`http://127.0.0.1:${ports.get('gateway')}`, ADMIN_KEY),
    stop,
  };
});

test('every service runs by its command and environment, with passwords, on an address that others can reach', async () => {
  const stop = await startAll();

  const gateway = `http://127.0.0.1:${ports.get('gateway')}`;
  const answered = await fetch(`${gateway}/v1/events`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
  expect(await answered.json()).toHaveProperty('items');
  expect((await fetch(`${gateway}/v1/events`)).status).toBe(401);

  await stop();
});

test.each<[string, (typeof OWN)[number], Record<string, string>, RegExp]>([
  ['a short identity secret', 'timeline', { IDENTITY_SECRET: 'short' }, /^timeline cannot start: IDENTITY_SECRET/],
  [
    'a MongoDB without a password',
    'ingest',
    { MONGODB_URI: 'mongodb://127.0.0.1:1/?replicaSet=rs0' },
    /^ingest cannot start: MONGODB_URI/,
  ],
  ['a NATS without a password', 'alerts', { NATS_URL: 'nats://127.0.0.1:1' }, /^alerts cannot start: NATS_URL/],
  ['no admin key', 'gateway', { ADMIN_KEY: '' }, /^gateway cannot start: ADMIN_KEY/],
])('with %s the %s refuses to start', async (_title, name, changed, expected) => {
  const child = startService(name, changed);
  let said = '';
  child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(said.trim().split('\n').at(-1)).toMatch(expected);
  expect(code).toBe(78);
});
