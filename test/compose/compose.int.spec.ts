import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { mongo } from 'mongoose';
import { pause } from '../../deploy/local/process.identity';
import { findServer, freePort } from '../../deploy/local/servers';
import { readCompose, ROOT } from './compose.file';

const run = promisify(execFile);
const PASSWORD = '12345678901234567890';

let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'themeline-compose-'));
});

afterAll(async () => {
  await Promise.all(children.map(end));
  await rm(folder, { recursive: true, force: true });
});

function start(file: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  children.push(child);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Calls until it neither throws nor is undefined. */
async function until<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      await pause(50);
    }
  }
}

async function withClient<T>(uri: string, use: (client: mongo.MongoClient) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 2_000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

test('the NATS configuration asks for the password, digits or not, and keeps streams', async () => {
  const { path } = await findServer('nats-server', process.env, () => undefined);
  const [port, monitor] = [await freePort(), await freePort()];
  const configuration = (await readFile(join(ROOT, 'deploy/compose/nats.conf'), 'utf8'))
    .replace('0.0.0.0:4222', `127.0.0.1:${port}`)
    .replace('127.0.0.1:8222', `127.0.0.1:${monitor}`)
    .replace('/data', join(folder, 'jetstream'));
  await writeFile(join(folder, 'nats.conf'), configuration);
  const { NATS_PASSWORD } = readCompose().services.nats?.environment ?? {};
  start(path, ['--config', join(folder, 'nats.conf')], {
    NATS_PASSWORD: (NATS_PASSWORD ?? '').replace(/\$\{[^}]*\}/, PASSWORD),
  });

  const servers = [`127.0.0.1:${port}`];
  const connection = await until(() => connect({ servers, user: 'themeline', pass: PASSWORD }));
  expect(connection.info?.jetstream).toBe(true);
  await (await jetstreamManager(connection)).streams.add({ name: 'A', subjects: ['a'] });
  await connection.close();
  await expect(connect({ servers, reconnect: false })).rejects.toThrow(/authorization/i);
  await expect(connect({ servers, user: 'themeline', pass: 'guess', reconnect: false })).rejects.toThrow(
    /authorization/i,
  );

  const path_ = new URL(readCompose().services.nats?.healthcheck?.test?.at(-1) ?? '');
  expect((await fetch(`http://127.0.0.1:${monitor}${path_.pathname}${path_.search}`)).status).toBe(200);
});

test('the MongoDB scripts make a replica set with passwords, in which a service reaches its own database only', async () => {
  const { path } = await findServer('mongod', process.env, () => undefined);
  const [data, bin] = [join(folder, 'mongo'), join(folder, 'bin')];
  await mkdir(data);
  await mkdir(bin);
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const common = ['--dbpath', data, '--port', String(port), '--nounixsocket', '--oplogSize', '64'];

  // What the official image does before it runs the command: the root user is made by a server without a replica set.
  const first = start(path, [...common, '--bind_ip', '127.0.0.1']);
  await until(() =>
    withClient(`mongodb://${address}/?directConnection=true`, (client) =>
      client.db('admin').command({ createUser: 'root', pwd: PASSWORD, roles: ['root'] }),
    ),
  );
  const ended = new Promise((resolve) => first.once('exit', resolve));
  first.kill('SIGTERM');
  await ended;

  const entrypoint = `#!/bin/bash\nshift\nexec '${path}' "\${@/--bind_ip_all/--nounixsocket}" --dbpath '${data}' --port ${port} --bind_ip 127.0.0.1 --oplogSize 64\n`;
  for (const [name, text] of Object.entries({ 'docker-entrypoint.sh': entrypoint, chown: '#!/bin/sh\n' })) {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
  const env = {
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    MONGO_INITDB_ROOT_PASSWORD: PASSWORD,
    MONGO_KEY_FOLDER: folder,
    MONGO_CACHE_GB: '0.25',
  };
  start('bash', [join(ROOT, 'deploy/compose/mongo-start.sh')], env);

  const setUp = (): Promise<{ stdout: string }> =>
    run(process.execPath, ['deploy/compose/mongo-setup.mjs'], {
      cwd: ROOT,
      env: { ...process.env, MONGO_PASSWORD: PASSWORD, MONGO_ADDRESS: address },
    });
  expect((await until(setUp)).stdout).toBe('the replica set and its users are ready\n');
  expect((await setUp()).stdout).toBe('the replica set and its users are ready\n');
  expect((await stat(join(folder, 'keyfile'))).mode & 0o777).toBe(0o400);

  await withClient(`mongodb://timeline:${PASSWORD}@${address}/?replicaSet=rs0&authSource=admin`, async (client) => {
    const own = client.db('themeline_timeline').collection('events');
    await own.createIndex({ at: 1 });
    await client.withSession((session) => session.withTransaction(() => own.insertOne({ at: 1 }, { session })));
    const changes = own.watch();
    await changes.tryNext();
    await changes.close();
    await expect(client.db('themeline_alerts').collection('x').insertOne({})).rejects.toThrow(/not authorized/);
    await expect(client.db('themeline_alerts').collection('x').findOne({})).rejects.toThrow(/not authorized/);
  });
  await withClient(`mongodb://${address}/?replicaSet=rs0`, (client) =>
    expect(client.db('themeline_timeline').collection('events').findOne({})).rejects.toThrow(/requires authentication/),
  );
});
