import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { mongo } from 'mongoose';
import { pause } from '../../deploy/local/process.identity';
import { findServer, freePort } from '../../deploy/local/servers';
import { interpolate, readCompose, ROOT } from './compose.file';

const run = promisify(execFile);

/** Of digits only, since that is where configurations go wrong. */
export const PASSWORD = '12345678901234567890';

/** Processes and files of one test; `end` does away with all of them. */
export class ComposeServers {
  private readonly children: ChildProcess[] = [];

  private constructor(readonly folder: string) {}

  static async make(): Promise<ComposeServers> {
    return new ComposeServers(await mkdtemp(join(tmpdir(), 'themeline-compose-')));
  }

  start(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    const child = spawn(file, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Read, so that a full pipe never stops it.
    child.stderr.resume();
    this.children.push(child);
    return child;
  }

  async end(): Promise<void> {
    await Promise.all(this.children.map((child) => endChild(child, 'SIGKILL')));
    await rm(this.folder, { recursive: true, force: true });
  }

  /** nats-server with the configuration of compose, on free ports; `monitor` is where its health is asked for. */
  async startNats(): Promise<{ address: string; monitor: string }> {
    const { path } = await findServer('nats-server', process.env, () => undefined);
    const [address, monitor] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
    const configuration = (await readFile(join(ROOT, 'deploy/compose/nats.conf'), 'utf8'))
      .replace('0.0.0.0:4222', address)
      .replace('127.0.0.1:8222', monitor)
      .replace('/data', join(this.folder, 'jetstream'));
    const file = join(this.folder, 'nats.conf');
    await writeFile(file, configuration);
    const { NATS_PASSWORD } = readCompose().services.nats?.environment ?? {};
    this.start(path, ['--config', file], { NATS_PASSWORD: (NATS_PASSWORD ?? '').replace(/\$\{[^}]*\}/, PASSWORD) });
    const connection = await until(() => connectAs(address, 'themeline', PASSWORD));
    await connection.close();
    return { address, monitor };
  }

  /** The three NATS servers of the cluster with its configuration, on free ports. */
  async startNatsCluster(): Promise<string[]> {
    const { path } = await findServer('nats-server', process.env, () => undefined);
    const { services } = readCompose('deploy/compose/cluster.yml');
    const names = Object.keys(services).filter((name) => name.startsWith('nats'));
    const here = new Map<string, string>();
    for (const name of names) {
      for (const port of ['4222', '6222']) here.set(`${name}:${port}`, `127.0.0.1:${await freePort()}`);
    }
    const text = await readFile(join(ROOT, 'deploy/compose/nats-cluster.conf'), 'utf8');
    for (const name of names) {
      const folder = join(this.folder, name);
      await mkdir(folder);
      const configuration = text
        .replace('0.0.0.0:4222', here.get(`${name}:4222`) ?? '')
        .replace('0.0.0.0:6222', here.get(`${name}:6222`) ?? '')
        .replace('127.0.0.1:8222', `127.0.0.1:${await freePort()}`)
        .replace('/data', folder);
      const file = join(folder, 'nats.conf');
      await writeFile(file, configuration);
      const given = (value: string): string =>
        [...here].reduce(
          (changed, [from, to]) => changed.replaceAll(from, to),
          interpolate(value, { NATS_PASSWORD: PASSWORD }),
        );
      const { command = [], environment = {} } = services[name] ?? {};
      const args = command.map((arg) => (arg === '/etc/nats/themeline.conf' ? file : given(arg)));
      this.start(path, args, {
        NATS_NAME: environment.NATS_NAME ?? '',
        NATS_PASSWORD: given(environment.NATS_PASSWORD ?? ''),
      });
    }
    return names.map((name) => here.get(`${name}:4222`) ?? '');
  }

  /** mongod as compose starts it: by the official image's first step, then the project's start and set-up scripts. */
  async startMongo(members = 1): Promise<{ address: string; setUp: () => Promise<string> }> {
    const addresses: string[] = [];
    for (let member = 0; member < members; member += 1) addresses.push(await this.startMember(member));
    const address = addresses.join(',');
    const [file = '', ...rest] = readCompose().services['mongo-setup']?.command ?? [];
    const setUp = async (): Promise<string> => {
      const env = { ...process.env, MONGO_PASSWORD: PASSWORD, MONGO_ADDRESS: address };
      return (await run(file, rest, { cwd: ROOT, env })).stdout;
    };
    return { address, setUp };
  }

  private async startMember(member: number): Promise<string> {
    const { path } = await findServer('mongod', process.env, () => undefined);
    const folder = member === 0 ? this.folder : join(this.folder, `member-${String(member)}`);
    const [data, bin] = [join(folder, 'mongo'), join(folder, 'bin')];
    await mkdir(data, { recursive: true });
    await mkdir(bin);
    const port = await freePort();
    const address = `127.0.0.1:${port}`;
    // The image makes the root user by a server without a replica set, before it runs the command, where it is given the user's name.
    const entrypoint = `#!/bin/bash
shift
[ -z "\${MONGO_INITDB_ROOT_USERNAME:-}" ] || node '${join(__dirname, 'root-user.main.mjs')}' '${path}' '${data}' ${port}
exec '${path}' "\${@/--bind_ip_all/--nounixsocket}" --dbpath '${data}' --port ${port} --bind_ip 127.0.0.1 --oplogSize 64
`;
    for (const [name, text] of Object.entries({ 'docker-entrypoint.sh': entrypoint, chown: '#!/bin/sh\n' })) {
      await writeFile(join(bin, name), text);
      await chmod(join(bin, name), 0o755);
    }
    this.start('bash', ['deploy/compose/mongo-start.sh'], {
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      MONGO_INITDB_ROOT_USERNAME: 'root',
      MONGO_INITDB_ROOT_PASSWORD: PASSWORD,
      MONGO_MEMBER: `mongo-${String(member)}`,
      MONGO_KEY_FOLDER: folder,
      MONGO_CACHE_GB: '0.25',
    });
    return address;
  }
}

export async function endChild(child: ChildProcess, name: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(name);
  await ended;
}

/** Calls until it does not throw. */
export async function until<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      await pause(50);
    }
  }
}

export function connectAs(address: string, user?: string, pass?: string): Promise<NatsConnection> {
  return connect({ servers: [address], reconnect: false, ...(user === undefined ? {} : { user, pass: pass ?? '' }) });
}

export async function withClient<T>(uri: string, use: (client: mongo.MongoClient) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 2_000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
