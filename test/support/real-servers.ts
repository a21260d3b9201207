import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServer, startMongod, startNats, type Progress, type ServerHandle } from '../../deploy/local/servers';

/** One private mongod (a single-node replica set) and one nats-server with JetStream. */
export interface TestServers {
  /** `mongodb://127.0.0.1:40001/?replicaSet=rs0` */
  readonly mongoUri: string;
  /** `nats://127.0.0.1:40002` */
  readonly natsUrl: string;
  /** Those that were started here; undefined where `MONGODB_URI` or `NATS_URL` names one that already runs. */
  readonly mongod: ServerHandle | undefined;
  readonly nats: ServerHandle | undefined;
  /** Ends both and removes their files. */
  stop(): Promise<void>;
}

/**
 * Starts the servers that integration tests talk to, on free ports and in a folder of their own. A guard process ends
 * them and removes the folder when this process ends without `stop()`, even by SIGKILL.
 */
export async function startTestServers(env: NodeJS.ProcessEnv = process.env, cacheGb = 0.25): Promise<TestServers> {
  const folder = await mkdtemp(join(tmpdir(), 'themeline-test-'));
  const guard = startGuard(folder);
  const progress: Progress = (line) => void process.stderr.write(`${line}\n`);
  const started: ServerHandle[] = [];
  const keep = (server: ServerHandle): ServerHandle => {
    started.push(server);
    return server;
  };
  const stop = async (): Promise<void> => {
    // Nothing in the folder outlives the tests: there is nothing that a clean stop would save.
    await Promise.all(started.map((server) => server.kill9()));
    await endGuard(guard);
    await rm(folder, { recursive: true, force: true });
  };
  const [mongod, nats] = await Promise.allSettled([
    env.MONGODB_URI ? undefined : startPrivateMongod(folder, env, progress, cacheGb).then(keep),
    env.NATS_URL ? undefined : startPrivateNats(folder, env, progress).then(keep),
  ]);
  if (mongod.status === 'rejected' || nats.status === 'rejected') {
    await stop();
    throw mongod.status === 'rejected' ? mongod.reason : nats.status === 'rejected' ? nats.reason : undefined;
  }
  return {
    mongoUri: mongod.value?.url ?? env.MONGODB_URI ?? '',
    natsUrl: nats.value?.url ?? env.NATS_URL ?? '',
    mongod: mongod.value,
    nats: nats.value,
    stop,
  };
}

async function startPrivateMongod(
  folder: string,
  env: NodeJS.ProcessEnv,
  progress: Progress,
  cacheGb: number,
): Promise<ServerHandle> {
  const binary = await findServer('mongod', env, progress);
  const logPath = join(folder, 'mongod.log');
  return startMongod({ binary, dbPath: join(folder, 'mongo'), port: 0, logPath, cacheGb, oplogMb: 128 });
}

async function startPrivateNats(folder: string, env: NodeJS.ProcessEnv, progress: Progress): Promise<ServerHandle> {
  const binary = await findServer('nats-server', env, progress);
  const logPath = join(folder, 'nats.log');
  return startNats({ binary, storeDir: join(folder, 'nats'), port: 0, logPath, syncInterval: '2m' });
}

/**
 * A shell whose standard input is a pipe from this process: when this process ends in any way the pipe closes, `cat`
 * returns, and the shell kills the servers, known by the private folder in their command line, and removes the folder.
 */
export function startGuard(folder: string): ChildProcess {
  const script = `
    trap '' INT TERM HUP
    cat >/dev/null
    if [ -d /proc/self ]; then
      for process in /proc/[0-9]*; do
        pid=\${process#/proc/}
        [ "$pid" = $$ ] && continue
        case "$(tr '\\000' ' ' <"$process/cmdline" 2>/dev/null)" in *"$1"*) kill -9 "$pid" ;; esac
      done
    else
      ps -axo pid=,command= | grep -F "$1" | while read -r pid command; do
        [ "$pid" = $$ ] || kill -9 "$pid"
      done
    fi
    # A test may have mounted file systems below; those who were just killed may hold them for a moment.
    [ ! -r /proc/mounts ] || grep -F " $1/" /proc/mounts | while read -r device path rest; do umount -l "$path"; done
    rm -rf "$1"`;
  const guard = spawn('sh', ['-c', script, 'guard', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  // A guard that has already been ended closes its end of the pipe.
  guard.stdin?.on('error', () => undefined);
  if (guard.stdin !== null && 'unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
  return guard;
}

export async function endGuard(guard: ChildProcess): Promise<void> {
  guard.ref();
  const ended = new Promise((resolve) => guard.once('exit', resolve));
  guard.stdin?.end();
  await ended;
}

/** Ends it before it has done anything: what is in the folder stays. */
export async function dismissGuard(guard: ChildProcess): Promise<void> {
  guard.ref();
  const ended = new Promise((resolve) => guard.once('exit', resolve));
  guard.kill('SIGKILL');
  await ended;
  guard.stdin?.destroy();
}
