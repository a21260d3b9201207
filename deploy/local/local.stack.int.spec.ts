import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder, type RunState } from './data.folder';
import { readSettings } from './launcher.settings';
import { lastLogLine, startStack, type LocalStack, type StackOptions } from './local.stack';
import { identify, isAlive, pause, signal } from './process.identity';
import { freePort, StackError } from './servers';

/** A service that is nothing but health and its environment; the gateway makes the admin key as the real one does. */
const SERVICE = `
const { createServer } = require('node:http');
const { existsSync, writeFileSync } = require('node:fs');
const { ADMIN_KEY_FILE: file } = process.env;
if (file && !existsSync(file)) writeFileSync(file, 'tl_secret\\n', { mode: 0o600 });
const server = createServer((request, response) => {
  if (request.url === '/env') return response.end(JSON.stringify({ ...process.env, pid: process.pid }));
  response.writeHead(request.url.startsWith('/health/') ? 200 : 404).end();
}).listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => { console.log('{"msg":"drained"}'); server.close(() => process.exit(0)); server.closeAllConnections(); });
`;
const CRASHING = 'console.log(JSON.stringify({ msg: "no such setting: \'X\'" })); process.exit(3);';

let folder: string;
let stack: LocalStack | undefined;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'themeline-stack-'));
  lines = [];
  for (const service of ['ingest', 'timeline', 'alerts', 'gateway']) await writeService(service, SERVICE);
});

afterEach(async () => {
  await stack?.stop();
  stack = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function writeService(service: string, text: string): Promise<void> {
  await mkdir(join(folder, 'apps'), { recursive: true });
  await writeFile(join(folder, 'apps', `${service}.js`), text);
}

function options(env: Record<string, string> = {}): StackOptions {
  const all = { ...process.env, PORT: '0', THEMELINE_DATA: join(folder, 'data'), ...env };
  return {
    settings: readSettings([], all, folder),
    env: all,
    root: folder,
    script: (service) => join(folder, 'apps', `${service}.js`),
    progress: (line) => void lines.push(line),
  };
}

const run = async (): Promise<RunState> =>
  JSON.parse(await readFile(join(folder, 'data/run.json'), 'utf8')) as RunState;
const processOf = async (name: string): Promise<RunState['processes'][number]> => {
  const found = (await run()).processes.find((process) => process.name === name);
  if (found === undefined) throw new Error(`no such process: ${name}`);
  return found;
};
const envOf = async (url: string): Promise<Record<string, string>> =>
  (await fetch(`${url}/env`)).json() as Promise<Record<string, string>>;

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) await pause(20);
}

const failure = (promise: Promise<unknown>): Promise<StackError> =>
  promise.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(StackError);
      expect((error as StackError).message).not.toContain('\n');
      return error as StackError;
    },
  );

test('everything starts, is kept running, stops in order and starts again with the same data', async () => {
  stack = await startStack(options({ REPLICAS: 'timeline=2' }));
  expect(stack.newAdminKey).toBe('tl_secret');
  const { processes, ready, gateway, launcher } = await run();
  expect(ready).toBe(true);
  expect(gateway).toBe(stack.url);
  expect(launcher.pid).toBe(process.pid);
  expect(processes.map(({ name }) => name)).toEqual([
    'mongod',
    'nats-server',
    'ingest',
    'timeline',
    'timeline-2',
    'alerts',
    'gateway',
  ]);
  expect(lines).toEqual([]);
  for (const { pid, startTime } of processes) expect(await isAlive({ pid, startTime })).toBe(true);

  const mongod = await processOf('mongod');
  const nats = await processOf('nats-server');
  const env = await envOf(stack.url);
  expect(env).toMatchObject({
    HOST: '127.0.0.1',
    MONGODB_URI: `mongodb://127.0.0.1:${mongod.port}/?replicaSet=rs0`,
    NATS_URL: `nats://127.0.0.1:${nats.port}`,
    ADMIN_KEY_FILE: join(folder, 'data/admin-key'),
  });
  expect(env.IDENTITY_SECRET).toMatch(/^[0-9a-f]{64}$/);
  expect(env.TIMELINE_URL?.split(',')).toHaveLength(2);
  const alerts = await envOf(env.ALERTS_URL ?? '');
  expect(alerts.OUTBOUND_ALLOW).toBe('127.0.0.0/8,::1/128');
  expect(alerts.ADMIN_KEY_FILE).toBeUndefined();
  expect((await stat(join(folder, 'data/secrets.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);

  const busy = await failure(startStack(options()));
  expect(busy.code).toBe('already-running');
  expect(busy.message).toContain(`process ${process.pid}`);

  // A service and both servers are killed: each comes back where it was.
  for (const name of ['timeline-2', 'mongod', 'nats-server']) {
    const before = await processOf(name);
    signal(before.pid, 'SIGKILL');
    await until(async () => {
      const now = await processOf(name);
      return now.pid !== before.pid && now.pid !== 0 && now.restarts === 1;
    });
    expect((await processOf(name)).port).toBe(before.port);
  }
  await until(async () => (await fetch(`${env.TIMELINE_URL?.split(',')[1]}/health/ready`)).status === 200);

  await stack.stop();
  await stack.stopped;
  for (const { pid, startTime } of processes) expect(await isAlive({ pid, startTime })).toBe(false);
  expect(await readFile(join(folder, 'data/logs/ingest.log'), 'utf8')).toContain('drained');
  expect(await readdir(join(folder, 'data'))).not.toContain('lock');

  stack = await startStack(options());
  expect(stack.newAdminKey).toBeUndefined();
  expect((await envOf(stack.url)).IDENTITY_SECRET).toBe(env.IDENTITY_SECRET);
  expect((await processOf('mongod')).port).toBe(mongod.port);
  expect(await readdir(join(folder, 'data/logs'))).toEqual(expect.arrayContaining(['ingest.log', 'ingest.log.1']));
}, 60_000);

test('a service that ends three times before it is ready stops the start with its last log line', async () => {
  await writeService('alerts', CRASHING);
  const error = await failure(startStack(options()));
  expect(error.code).toBe('service-exited');
  expect(error.message).toMatch(
    /^alerts ends with code 3 before it is ready; see .*alerts\.log, which ends: no such setting: 'X'$/,
  );
  for (const { pid } of (await run()).processes) expect(pid).toBe(0);
  expect(await readdir(join(folder, 'data'))).not.toContain('lock');
}, 60_000);

test('a gateway port in use is said before anything is started', async () => {
  const server = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const error = await failure(startStack(options({ PORT: String(port) })));
  expect(error.code).toBe('port-in-use');
  expect(error.message).toContain('set PORT to another one');
  expect(lines).toEqual([]);
  await new Promise((resolve) => server.close(resolve));
});

test('a data folder that cannot be made is said', async () => {
  await writeFile(join(folder, 'file'), '');
  const error = await failure(startStack(options({ THEMELINE_DATA: join(folder, 'file/data') })));
  expect(error.code).toBe('folder-unwritable');
});

test.each(existsSync('/proc/self') ? ['/proc/themeline', '/proc/themeline/data'] : [])(
  'a file system that takes no folders is said: %s',
  async (path) => {
    const error = await failure(startStack(options({ THEMELINE_DATA: path })));
    expect(error.code).toBe('folder-unwritable');
  },
);

test('a build that is missing is said', async () => {
  await rm(join(folder, 'apps/alerts.js'));
  expect((await failure(startStack(options()))).code).toBe('build-missing');
});

describe('after a launcher that was killed', () => {
  const sleeper = join(tmpdir(), `themeline-orphan-${process.pid}.js`);
  beforeAll(() => writeFile(sleeper, 'setInterval(() => undefined, 1000)'));
  afterAll(() => rm(sleeper, { force: true }));

  async function orphan(): Promise<{ pid: number; startTime: string }> {
    const child = spawn(process.execPath, [sleeper], { detached: true, stdio: 'ignore' });
    child.unref();
    const identity = await identify(child.pid ?? 0);
    if (identity === undefined) throw new Error('the orphan did not start');
    await until(async () =>
      (await readFile(`/proc/${identity.pid}/cmdline`, 'utf8').catch(() => sleeper)).includes(sleeper),
    );
    return identity;
  }

  async function leave(processes: RunState['processes']): Promise<DataFolder> {
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true });
    await writeFile(join(data, 'lock'), JSON.stringify({ pid: process.pid, startTime: 'long ago' }));
    await writeFile(join(data, 'run.json'), JSON.stringify({ processes }));
    return DataFolder.open(data);
  }

  test('the lock is taken over and what it left running is ended', async () => {
    const identity = await orphan();
    const data = await leave([{ name: 'timeline', ...identity, port: 1, mark: sleeper, restarts: 0 }]);
    await data.endOrphans((line) => void lines.push(line));
    expect(await isAlive(identity)).toBe(false);
    expect(lines).toEqual(['ending what an earlier start left running: timeline']);
    await data.close();
  });

  test.each([
    ['another start time', { startTime: 'then' }],
    ['another command line', { mark: '/no/such/script.js' }],
  ])('a process with %s is left alone', async (_title, changed) => {
    const identity = await orphan();
    const data = await leave([{ name: 'timeline', ...identity, port: 1, mark: sleeper, restarts: 0, ...changed }]);
    await data.endOrphans((line) => void lines.push(line));
    expect(await isAlive(identity)).toBe(true);
    expect(lines).toEqual([]);
    signal(identity.pid, 'SIGKILL');
    await data.close();
  });
});

test.each([
  [
    '{"level":30,"msg":"one"}\n{"level":50,"msg":"cannot start","err":{"message":"no index"}}\n',
    'cannot start: no index',
  ],
  ['{"msg":"x"}\nError: boom\n    at y\n\nNode.js v20.20.2\n', 'Error: boom'],
  ['ingest cannot start: IDENTITY_SECRET is not set\n', 'ingest cannot start: IDENTITY_SECRET is not set'],
  ['', 'nothing'],
])('the last log line of %j', async (text, expected) => {
  const path = join(folder, 'x.log');
  await writeFile(path, text);
  expect(await lastLogLine(path)).toBe(expected);
});
