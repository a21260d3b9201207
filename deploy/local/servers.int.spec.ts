import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { mongo } from 'mongoose';
import { isAlive } from './process.identity';
import {
  findServer,
  freePort,
  startMongod,
  startNats,
  StackError,
  type ServerBinary,
  type ServerHandle,
} from './servers';

let folder: string;
let mongod: ServerBinary;
let nats: ServerBinary;
const started: ServerHandle[] = [];
const keep = async (starting: Promise<ServerHandle>): Promise<ServerHandle> => {
  const server = await starting;
  started.push(server);
  return server;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'themeline-servers-'));
  [mongod, nats] = await Promise.all([
    findServer('mongod', process.env, () => undefined),
    findServer('nats-server', process.env, () => undefined),
  ]);
});

afterAll(async () => {
  await Promise.all(started.map((server) => server.kill9()));
  await rm(folder, { recursive: true, force: true });
});

const mongoAt = (port = 0, onSpawn?: () => void): Promise<ServerHandle> =>
  keep(
    startMongod({
      binary: mongod,
      dbPath: join(folder, 'mongo'),
      port,
      logPath: join(folder, 'mongod.log'),
      cacheGb: 0.25,
      oplogMb: 64,
      ...(onSpawn === undefined ? {} : { onSpawn }),
    }),
  );
const natsAt = (port = 0): Promise<ServerHandle> =>
  keep(startNats({ binary: nats, storeDir: join(folder, 'nats'), port, logPath: join(folder, 'nats.log') }));

async function withClient<T>(url: string, use: (client: mongo.MongoClient) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(url);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const failure = (promise: Promise<unknown>): Promise<StackError> =>
  promise.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(StackError);
      return error as StackError;
    },
  );

async function busyPort(): Promise<{ port: number; server: Server }> {
  // Takes connections and never answers.
  const server = createServer((socket) => void socket.on('error', () => undefined).resume());
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { port, server };
}

test('mongod keeps its data over a kill and a move to another port', async () => {
  const first = await mongoAt();
  await withClient(first.url, (client) =>
    client.withSession((session) =>
      session.withTransaction(() =>
        client
          .db('kept')
          .collection('rows')
          .insertOne({ n: 1 }, { session, writeConcern: { w: 'majority', j: true } }),
      ),
    ),
  );
  await first.kill9();
  expect(await isAlive(first.identity)).toBe(false);

  const second = await mongoAt(await freePort());
  expect(second.port).not.toBe(first.port);
  await withClient(second.url, async (client) => {
    expect(await client.db('kept').collection('rows').countDocuments({ n: 1 })).toBe(1);
    const hello = await client.db('admin').command({ hello: 1 });
    expect(hello.hosts).toEqual([`127.0.0.1:${second.port}`]);
  });
  await second.stop();
  expect(await second.exited).toEqual({ code: 0, signal: null });

  let told = 0;
  const third = await mongoAt(second.port, () => (told += 1));
  expect(told).toBe(1);
  await withClient(third.url, async (client) => {
    const changes = client.db('kept').collection('rows').watch();
    const next = changes.next();
    await changes.tryNext().catch(() => undefined);
    await client.db('kept').collection('rows').insertOne({ n: 2 });
    expect((await next).operationType).toBe('insert');
    await changes.close();
  });

  const inUse = await failure(
    startMongod({ binary: mongod, dbPath: join(folder, 'mongo'), port: 0, logPath: join(folder, 'other.log') }),
  );
  expect(inUse.code).toBe('folder-in-use');
  await third.stop();
});

test('JetStream keeps its messages over a kill', async () => {
  const first = await natsAt();
  let connection = await connect({ servers: first.url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'KEPT', subjects: ['kept.>'] });
  await jetstream(connection).publish('kept.one', 'message', { msgID: 'a' });
  await connection.close();
  await first.kill9();

  const second = await natsAt(first.port);
  connection = await connect({ servers: second.url });
  expect((await (await jetstreamManager(connection)).streams.info('KEPT')).state.messages).toBe(1);
  await connection.close();
  await second.stop();
  expect((await second.exited).signal).not.toBe('SIGKILL');
});

test.each(['mongod', 'nats-server'] as const)('%s on a port in use says so', async (name) => {
  const { port, server } = await busyPort();
  const logPath = join(folder, `${name}-busy.log`);
  const error = await failure(
    name === 'mongod'
      ? startMongod({ binary: mongod, dbPath: join(folder, 'busy-mongo'), port, logPath })
      : startNats({ binary: nats, storeDir: join(folder, 'busy-nats'), port, logPath }),
  );
  expect(error.code).toBe('port-in-use');
  expect(error.message).toContain(String(port));
  await new Promise((resolve) => server.close(resolve));
});

test.each(['mongod', 'nats-server'] as const)('%s does not take another on its port for itself', async (name) => {
  const logPath = join(folder, `${name}-other.log`);
  const start = (folderName: string, port: number): Promise<ServerHandle> =>
    name === 'mongod'
      ? startMongod({ binary: mongod, dbPath: join(folder, folderName), port, logPath, oplogMb: 64 })
      : startNats({ binary: nats, storeDir: join(folder, folderName), port, logPath });
  const first = await keep(start(`${name}-first`, 0));
  expect((await failure(start(`${name}-second`, first.port))).code).toBe('port-in-use');
  await first.stop();
});

test('a folder that cannot be made says so', async () => {
  await writeFile(join(folder, 'file'), '');
  const error = await failure(
    startMongod({ binary: mongod, dbPath: join(folder, 'file/mongo'), port: 0, logPath: join(folder, 'x.log') }),
  );
  expect(error.code).toBe('folder-unwritable');
  expect(error.message).toContain('THEMELINE_DATA');
});

test('a binary that lacks a library says which', async () => {
  const path = join(folder, 'mongod');
  await writeFile(
    path,
    '#!/bin/sh\necho "$0: error while loading shared libraries: libcurl.so.4: cannot open" >&2\nexit 127\n',
  );
  await chmod(path, 0o755);
  const logPath = join(folder, 'library.log');
  const error = await failure(
    startMongod({ binary: { ...mongod, path }, dbPath: join(folder, 'library'), port: 0, logPath }),
  );
  expect(error.code).toBe('missing-library');
  expect(await readFile(logPath, 'utf8')).toContain('libcurl.so.4');
});

test('a start that is given up leaves no process behind', async () => {
  const abort = new AbortController();
  let identity: ServerHandle['identity'] | undefined;
  const error = await failure(
    startMongod({
      binary: mongod,
      dbPath: join(folder, 'given-up'),
      port: 0,
      logPath: join(folder, 'given-up.log'),
      abort: abort.signal,
      onSpawn: (spawned) => {
        identity = spawned;
        abort.abort();
      },
    }),
  );
  expect(error.code).toBe('not-ready');
  expect(identity === undefined ? true : await isAlive(identity)).toBe(false);
});
