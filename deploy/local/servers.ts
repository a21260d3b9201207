import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { missingLibrary, missingLibraryIn, unsupportedProcessor, type ServerBinary } from './binaries.finder';
import { identify, pause, signal, type ProcessIdentity } from './process.identity';
import { folderError, StackError } from './stack.error';

export * from './binaries.finder';
export { StackError, type StackErrorCode } from './stack.error';

/** Everything here listens on loopback only. */
export const LOOPBACK = '127.0.0.1';
const REPLICA_SET = 'rs0';
const READY_DEADLINE_MS = 60_000;
const STOP_GRACE_MS = 20_000;

/** How a process ended. */
export interface ExitInfo {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server that was started here and is ready. */
export interface ServerHandle {
  readonly identity: ProcessIdentity;
  readonly pid: number;
  readonly port: number;
  /** `mongodb://127.0.0.1:40001/?replicaSet=rs0`, `nats://127.0.0.1:40002` */
  readonly url: string;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<ExitInfo>;
  /** Ends it cleanly (SIGTERM, after 20 s SIGKILL) and waits for that. */
  stop(): Promise<void>;
  /** Ends it the way a crash would (SIGKILL) and waits for that. */
  kill9(): Promise<void>;
}

interface StartOptions {
  readonly binary: ServerBinary;
  /** 0 picks a free one. */
  readonly port: number;
  readonly logPath: string;
  /** Which setting moves the folder, for messages; `THEMELINE_DATA` unless told. */
  readonly folderSetting?: string;
  /** Told the process as soon as there is one, long before it is ready. */
  readonly onSpawn?: (identity: ProcessIdentity) => void;
  /** Gives up the start: the process is killed. */
  readonly abort?: AbortSignal;
}

export interface MongodOptions extends StartOptions {
  readonly dbPath: string;
  /** Cache of the storage engine in GB, 0.25 at least; 0.5 unless told. */
  readonly cacheGb?: number;
  /** Size of the oplog in MB, 990 unless told: the least that MongoDB takes is 990 for its own default, 50 when asked. */
  readonly oplogMb?: number;
}

export interface NatsOptions extends StartOptions {
  readonly storeDir: string;
  /** When JetStream writes through to the disk: `always`, or a time such as `10s`; see {@link startNats}. */
  readonly syncInterval?: string;
}

/** Below the ports that Linux (32768 to 60999) and macOS (49152 on) give to outgoing connections by themselves. */
const LOWEST_PORT = 10_240;
const HIGHEST_PORT = 32_767;
const PORT_ATTEMPTS = 1_000;
const givenPorts = new Set<number>();

/**
 * A port of 127.0.0.1 that nothing listens on at the moment and that this process was not given before. It is drawn from
 * the ports that no system gives out unasked: one of those could be taken by anybody's connection before it is listened
 * on, or while what listens on it is started again.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT + 1);
    const error = await listenError(port);
    if (error === undefined && !givenPorts.has(port)) {
      givenPorts.add(port);
      return port;
    }
    if (attempt === PORT_ATTEMPTS) {
      throw new StackError(
        'port-in-use',
        `no free port from ${LOWEST_PORT} to ${HIGHEST_PORT}: ${error ?? 'all given'}`,
      );
    }
  }
}

/** `undefined` when something can listen on the port of 127.0.0.1, else the error's code. */
export function listenError(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(port, LOOPBACK, () => server.close(() => resolve(undefined)));
  });
}

/**
 * Starts mongod as the only member of the replica set `rs0` and waits until it is primary. A new data folder is
 * initiated; one that was last served on another port gets its member address rewritten by a forced reconfiguration
 * (the member would otherwise look for itself at the old address and never become primary).
 *
 * The storage engine's cache is capped, since the default takes half of the memory, and wire compression is off: over
 * loopback it only costs time.
 *
 * @throws StackError naming the cause: the port is in use, the folder is served by another mongod, …
 */
export async function startMongod(options: MongodOptions): Promise<ServerHandle> {
  const setting = options.folderSetting ?? 'THEMELINE_DATA';
  await makeFolders([options.dbPath, dirname(options.logPath)], setting);
  return withPort(options.port, async (port) => {
    const server = await launch(options, [
      ...['--replSet', REPLICA_SET, '--dbpath', options.dbPath, '--port', String(port), '--bind_ip', LOOPBACK],
      ...['--nounixsocket', '--logpath', options.logPath, '--logappend', '--networkMessageCompressors', 'disabled'],
      ...['--wiredTigerCacheSizeGB', String(options.cacheGb ?? 0.5), '--oplogSize', String(options.oplogMb ?? 990)],
      ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
      // There is no other member that could take over: waiting for one only delays the stop.
      ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    ]);
    try {
      const driver = import('mongoose').then(({ mongo }) => mongo);
      await untilReady(server, options, port, setting, accepts);
      const { MongoClient } = await driver;
      const client = new MongoClient(`mongodb://${LOOPBACK}:${port}/?directConnection=true`, {
        // Short: whatever holds the port may never answer, and a busy machine is asked again anyway.
        serverSelectionTimeoutMS: 2_000,
        connectTimeoutMS: 2_000,
      });
      try {
        await untilReady(server, options, port, setting, () =>
          becomePrimary(client.db('admin'), `${LOOPBACK}:${port}`, server.identity.pid),
        );
      } finally {
        await client.close();
      }
    } catch (error) {
      await server.kill();
      throw error;
    }
    return handle(server, port, `mongodb://${LOOPBACK}:${port}/?replicaSet=${REPLICA_SET}`);
  });
}

/**
 * Starts nats-server with JetStream on a file store and waits until it answers.
 *
 * `syncInterval` is `10s` unless told. JetStream answers a publish before the bytes are on the disk; a killed server
 * loses nothing (the system still holds the pages), a machine that loses power loses what was published since the last
 * sync. That is safe here because MongoDB is the truth: an outbox row stays until all of its consumers have recorded
 * their effect, and is published again if they do not. `always` costs an fsync per publish.
 *
 * @throws StackError naming the cause
 */
export async function startNats(options: NatsOptions): Promise<ServerHandle> {
  const setting = options.folderSetting ?? 'THEMELINE_DATA';
  await makeFolders([options.storeDir, dirname(options.logPath)], setting);
  return withPort(options.port, async (port) => {
    const config = join(options.storeDir, 'nats-server.conf');
    const name = `themeline-${randomBytes(8).toString('hex')}`;
    await writeFile(config, natsConfiguration(name, port, options)).catch((error: unknown) => {
      throw folderError(error, options.storeDir, setting);
    });
    const server = await launch(options, ['-c', config]);
    try {
      await untilReady(server, options, port, setting, () => answersAsJetStream(port, name));
    } catch (error) {
      await server.kill();
      throw error;
    }
    return handle(server, port, `nats://${LOOPBACK}:${port}`);
  });
}

/** 8 MiB is the most that NATS recommends for `max_payload`; a message of ours is far smaller. */
function natsConfiguration(name: string, port: number, { storeDir, syncInterval = '10s' }: NatsOptions): string {
  return [
    `listen: "${LOOPBACK}:${port}"`,
    `server_name: ${JSON.stringify(name)}`,
    'max_payload: 8388608',
    'jetstream {',
    `  store_dir: ${JSON.stringify(storeDir)}`,
    `  sync_interval: ${JSON.stringify(syncInterval)}`,
    '}',
    '',
  ].join('\n');
}

/**
 * Why a server process ended before it was ready, from its exit and the end of its log.
 *
 * @example
 * explainExit({binary, port: 27017, …}, {code: 48, signal: null}, '… Address already in use …')
 * // port-in-use: port 27017 is in use: …
 */
export function explainExit(
  server: {
    readonly binary: ServerBinary;
    readonly port: number;
    readonly folder: string;
    readonly setting: string;
    readonly logPath: string;
  },
  exit: ExitInfo,
  log: string,
): StackError {
  const { binary, port, folder, setting, logPath } = server;
  const library = missingLibraryIn(log);
  if (library !== undefined) return missingLibrary(binary.name, binary.path, library);
  if (exit.signal === 'SIGILL') return unsupportedProcessor(binary.path);
  if (/address already in use/i.test(log)) {
    return new StackError(
      'port-in-use',
      `port ${port}, wanted by ${binary.name}, is in use: end the process that holds it`,
    );
  }
  if (/DBPathInUse|Unable to lock (the )?(lock )?file/i.test(log)) {
    return new StackError(
      'folder-in-use',
      `${folder} is served by another ${binary.name}: end that one, or set ${setting} to another folder`,
    );
  }
  // Exit code 62 of mongod: data files that this version cannot open.
  if (
    exit.code === 62 ||
    /Wrong mongod version|UPGRADE PROBLEM|unsupported WiredTiger file version|Invalid feature ?compatibility ?version/i.test(
      log,
    )
  ) {
    return new StackError(
      'incompatible-data',
      `mongod ${binary.version} cannot open ${folder}, which another version wrote: set MONGOD_BIN to that version ` +
        `(and move the data by mongodump and mongorestore), or set ${setting} to another folder`,
    );
  }
  if (/No space left on device/i.test(log)) {
    return new StackError('disk-full', `the disk that holds ${folder} is full: free some space, or set ${setting}`);
  }
  if (/permission denied|read-only (directory|file system)|not writable/i.test(log)) {
    return new StackError(
      'folder-unwritable',
      `cannot write to ${folder}: give this user the right to, or set ${setting} to another folder`,
    );
  }
  const how = exit.signal === null ? `with code ${exit.code}` : `by ${exit.signal}`;
  const last = log.trim().split('\n').pop() ?? '';
  return new StackError(
    'server-exited',
    `${binary.name} ended ${how} before it was ready; see ${logPath}, which ends: ${last.slice(0, 300)}`,
  );
}

interface RunningServer {
  readonly child: ChildProcess;
  readonly identity: ProcessIdentity;
  readonly exited: Promise<ExitInfo>;
  exit: ExitInfo | undefined;
  readonly logPath: string;
  readonly logStart: number;
  kill(): Promise<void>;
}

async function launch(options: StartOptions, args: readonly string[]): Promise<RunningServer> {
  const { binary, logPath } = options;
  const log = openLog(logPath, options.folderSetting ?? 'THEMELINE_DATA');
  const { size: logStart } = await fileSize(logPath);
  // Its own process group: Ctrl-C reaches the launcher alone, which then stops everything in order.
  const child = spawn(binary.path, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = new Promise<ExitInfo>((resolve) => {
    child.once('exit', (code, signalName) => resolve({ code, signal: signalName }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  child.unref();
  const identity = child.pid === undefined ? undefined : await identify(child.pid);
  const server: RunningServer = {
    child,
    identity: identity ?? { pid: child.pid ?? 0, startTime: '' },
    exited,
    exit: undefined,
    logPath,
    logStart,
    async kill() {
      if (server.exit !== undefined || child.pid === undefined) return;
      child.ref();
      signal(child.pid, 'SIGKILL');
      await exited;
    },
  };
  void exited.then((exit) => {
    server.exit = exit;
  });
  if (identity !== undefined) options.onSpawn?.(identity);
  return server;
}

function handle(server: RunningServer, port: number, url: string): ServerHandle {
  const { pid } = server.identity;
  const kill9 = (): Promise<void> => server.kill();
  return {
    identity: server.identity,
    pid,
    port,
    url,
    exited: server.exited,
    kill9,
    async stop() {
      if (server.exit !== undefined) return;
      server.child.ref();
      signal(pid, 'SIGTERM');
      const timer = setTimeout(() => signal(pid, 'SIGKILL'), STOP_GRACE_MS);
      await server.exited;
      clearTimeout(timer);
    },
  };
}

/** Tries `check` until it says true; rejects when the process ends first or after a minute. */
async function untilReady(
  server: RunningServer,
  options: MongodOptions | NatsOptions,
  port: number,
  setting: string,
  check: (port: number) => Promise<boolean>,
): Promise<void> {
  const folder = 'dbPath' in options ? options.dbPath : options.storeDir;
  const deadline = Date.now() + READY_DEADLINE_MS;
  for (;;) {
    if (server.exit !== undefined) {
      const log = await logSince(server.logPath, server.logStart);
      throw explainExit({ binary: options.binary, port, folder, setting, logPath: options.logPath }, server.exit, log);
    }
    if (options.abort?.aborted === true)
      throw new StackError('not-ready', `the start of ${options.binary.name} was given up`);
    const ready = await Promise.race([check(port).catch(() => false), server.exited.then(() => false)]);
    if (ready && server.exit === undefined) return;
    if (Date.now() > deadline) {
      throw new StackError(
        'not-ready',
        `${options.binary.name} was not ready after ${READY_DEADLINE_MS / 1000} s; see ${options.logPath}`,
      );
    }
    await pause(25);
  }
}

interface AdminDatabase {
  command(command: Record<string, unknown>): Promise<Record<string, unknown>>;
}

interface ReplicaSetConfiguration {
  version: number;
  members: { _id: number; host: string }[];
}

/**
 * One step towards being primary; true once there. A mongod that answers on the port but is another process than the one
 * just started (which is about to end, its port being taken) is left alone.
 */
async function becomePrimary(admin: AdminDatabase, address: string, pid: number): Promise<boolean> {
  const status = await admin.command({ serverStatus: 1, repl: 0, metrics: 0, wiredTiger: 0, locks: 0 });
  if (Number(status.pid) !== pid) return false;
  const hello = await admin.command({ hello: 1 });
  if (hello.isWritablePrimary === true && hello.me === address) return true;
  if (hello.setName === undefined || hello.me !== address) {
    const configuration = await admin.command({ replSetGetConfig: 1 }).then(
      ({ config }) => config as ReplicaSetConfiguration,
      () => undefined,
    );
    if (configuration === undefined) {
      // Refused while the server still loads its configuration, and harmlessly so.
      await admin
        .command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host: address }] } })
        .catch(() => undefined);
    } else if (configuration.members[0]?.host !== address || configuration.members.length !== 1) {
      await admin.command({
        replSetReconfig: {
          ...configuration,
          version: configuration.version + 1,
          members: [{ ...configuration.members[0], host: address }],
        },
        force: true,
      });
    }
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return greeting(port, (socket, done) => socket.once('connect', () => done(true)));
}

/**
 * nats-server greets with `INFO {"server_name":"…",…,"jetstream":true,…}` once its streams are recovered. The name tells
 * it from another server on that port.
 */
function answersAsJetStream(port: number, name: string): Promise<boolean> {
  return greeting(port, (socket, done) =>
    socket.once('data', (data) => {
      const info = data.toString();
      done(info.includes(`"${name}"`) && /"jetstream":\s*true/.test(info));
    }),
  );
}

function greeting(port: number, listen: (socket: Socket, done: (ready: boolean) => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK });
    const done = (ready: boolean): void => {
      socket.destroy();
      resolve(ready);
    };
    socket.once('error', () => done(false));
    socket.setTimeout(2_000, () => done(false));
    listen(socket, done);
  });
}

/** Runs `start` on the port asked for; with 0 on a free one, and on another if that was taken in between. */
async function withPort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  if (port !== 0) return start(port);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (!(error instanceof StackError) || error.code !== 'port-in-use' || attempt === 5) throw error;
    }
  }
}

async function makeFolders(folders: readonly string[], setting: string): Promise<void> {
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw folderError(error, folder, setting);
    }
  }
}

function openLog(path: string, setting: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    throw folderError(error, dirname(path), setting);
  }
}

async function fileSize(path: string): Promise<{ size: number }> {
  const file = await open(path, 'r');
  try {
    return await file.stat();
  } finally {
    await file.close();
  }
}

/** What was written to a log since `from`, its last 64 KiB. */
async function logSince(path: string, from: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - 65_536);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    await file.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
