import type { FaultPoint } from '@themeline/messaging';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { mongo } from 'mongoose';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findServer, freePort, LOOPBACK } from '../../deploy/local/servers';
import { ApiClient } from '../support/api-client';
import { eventually } from '../support/message-bus';
import { repositoryRoot } from '../support/stack';
import { boundedCall } from '../../deploy/local/bounded.call';
import { faultOfStop, KeptProcess } from './kept.process';
import { serverClockEnv } from './server.clock';
import { TcpProxy } from './tcp.proxy';
import { Troubles } from './troubles';

export const SERVICES = ['ingest', 'timeline', 'alerts', 'gateway'] as const;
export type ServiceName = (typeof SERVICES)[number];

const run = promisify(execFile);

const MEMBERS = 3;
const REPLICAS = 2;
const START_MS = 180_000;

/** One of three mongods, reached by everybody, the other two included, through its proxy. */
export interface MongoMember {
  process: KeptProcess;
  proxy: TcpProxy;
  /** Of mongod itself, for the driver of the test alone. */
  port: number;
  dbPath: string;
}

/** One of three nats-servers. Services reach it through `proxy`, the other two each through one of `routes`. */
export interface NatsMember {
  process: KeptProcess;
  proxy: TcpProxy;
  /** By the name of who dials. */
  routes: ReadonlyMap<string, TcpProxy>;
  port: number;
  monitorPort: number;
  storeDir: string;
}

/** A file system of its own under one server's data. */
export interface Disk {
  process: KeptProcess;
  path: string;
  /** Whether the server came through it, or must be started again. */
  isWell: () => Promise<boolean>;
}

export interface ClusterOptions {
  /** All of the cluster's files; given and emptied by the caller. */
  folder: string;
  /** Added to every service's. */
  env?: NodeJS.ProcessEnv;
  /** The clocks of its mongods are to be set: they take several times as long to start then. */
  serverClocks?: boolean;
  /** In bytes; 32 MiB unless told: small enough to be filled. */
  streamMaxBytes?: number;
}

/**
 * The product as it is run in a cluster: two of each service, a replica set of three mongods, three nats-servers with
 * three copies of each stream. All of it on loopback, in processes of their own, with proxies before the servers.
 */
export class Cluster {
  readonly mongods: MongoMember[] = [];
  readonly nats: NatsMember[] = [];
  readonly services: KeptProcess[] = [];
  /** Small enough to be filled; none where this user may not mount any. */
  readonly disks: Disk[] = [];
  /** Why the clocks of the mongods can't be set; null: they can. */
  noServerClocks: string | null = 'it was not asked for';
  /** One client for each gateway. */
  readonly gateways: ApiClient[] = [];
  /** Of all its processes. */
  readonly troubles = new Troubles();
  readonly adminKey = randomBytes(24).toString('hex');
  private readonly urls = new Map<string, string>();
  private readonly identitySecret = randomBytes(32).toString('hex');

  private constructor(private readonly options: ClusterOptions) {}

  static async start(options: ClusterOptions): Promise<Cluster> {
    const cluster = new Cluster(options);
    try {
      await Promise.all([cluster.startMongo(), cluster.startNats()]);
      await cluster.startServices();
      await cluster.ready();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  get processes(): KeptProcess[] {
    return [
      ...this.mongods.map(({ process }) => process),
      ...this.nats.map(({ process }) => process),
      ...this.services,
    ];
  }

  servicesOf(service: ServiceName): KeptProcess[] {
    return this.services.filter(({ name }) => name.startsWith(`${service}-`));
  }

  /** How far its wall clock is from the machine's is written here: of a service in milliseconds, of a mongod in seconds with a sign. */
  clockFile(process: string): string {
    return join(this.options.folder, `${process}.clock`);
  }

  /** The service dies at the step for which a file is put here. */
  pointFile(service: string, step: FaultPoint): string {
    return join(this.options.folder, 'points', service, step);
  }

  /** What mongod's tools and the services are given. */
  mongoUri(application?: string): string {
    const hosts = this.mongods.map(({ proxy }) => `${LOOPBACK}:${String(proxy.port)}`).join(',');
    return `mongodb://${hosts}/?replicaSet=rs0${application === undefined ? '' : `&appName=${application}`}`;
  }

  /** Both gateways say that everything behind them is ready. */
  async ready(timeoutMs = START_MS): Promise<void> {
    for (const { url } of this.gateways) {
      await eventually(
        `${url} to be ready`,
        async () => {
          const { status, text } = await boundedCall(`${url}/health/ready`, 5_000);
          if (status !== 200) throw new Error(text);
          return true;
        },
        timeoutMs,
      );
    }
  }

  /** A service, `timeline-2`, has started and hears of signals. */
  async live(service: string, timeoutMs = START_MS): Promise<void> {
    const url = this.urls.get(service) ?? '';
    await eventually(
      `${service} to be live`,
      async () => (await boundedCall(`${url}/health/live`, 5_000)).status === 200,
      timeoutMs,
    );
  }

  /** Asks every service to end, for good; answers with what went wrong, a line each. */
  async stopServices(): Promise<string[]> {
    await Promise.all(this.services.map(({ name }) => this.live(name)));
    const endings = await Promise.all(this.services.map((service) => service.end('SIGTERM')));
    return endings.flatMap((ending) => faultOfStop(ending) ?? []);
  }

  /** The member that says of itself that it is primary. */
  async primary(timeoutMs = 60_000): Promise<MongoMember> {
    return eventually(
      'a primary',
      async () => {
        for (const member of this.mongods) {
          const isPrimary = await onMember(member, (admin) => admin.command({ hello: 1 })).then(
            (hello) => hello.isWritablePrimary === true,
            () => false,
          );
          if (isPrimary) return member;
        }
        return null;
      },
      timeoutMs,
    );
  }

  /** The server that leads a stream, `themeline_EVENTS`; null while none does. */
  async leaderOf(stream: string): Promise<NatsMember | null> {
    for (const member of this.nats) {
      const leader = await leaderAsSeenBy(member, stream).catch(() => null);
      const found = this.nats.find(({ process }) => process.name === leader);
      if (found !== undefined) return found;
    }
    return null;
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.end('SIGKILL')));
    for (const { proxy } of this.mongods) proxy.close();
    for (const { proxy, routes } of this.nats) for (const one of [proxy, ...routes.values()]) one.close();
    // Lazily: who has just been killed may hold it for a moment.
    for (const { path } of this.disks) await run('umount', ['-l', path]);
  }

  private async startMongo(): Promise<void> {
    const binary = await findServer('mongod', process.env, () => undefined);
    for (let n = 1; n <= MEMBERS; n += 1) {
      const name = `mongod-${String(n)}`;
      const port = await freePort();
      const dbPath = await this.folder(name);
      const args = [
        ...['--replSet', 'rs0', '--dbpath', dbPath, '--port', String(port), '--bind_ip', LOOPBACK, '--nounixsocket'],
        ...['--networkMessageCompressors', 'disabled', '--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '256'],
        ...['--setParameter', 'diagnosticDataCollectionEnabled=false', '--quiet'],
      ];
      const started = this.keep(name, binary.path, args, { ...process.env, ...(await this.clockEnv(name)) });
      // It ends itself where it cannot write, and is started again and again until it can.
      if (n === MEMBERS) await this.mount(started, dbPath, '700m', () => Promise.resolve(true));
      this.mongods.push({ process: started, proxy: await TcpProxy.open(port), port, dbPath });
      started.start();
    }
    const [first] = this.mongods;
    if (first === undefined) throw new Error('there are no members');
    const members = this.mongods.map(({ proxy }, _id) => ({ _id, host: `${LOOPBACK}:${String(proxy.port)}` }));
    // Far shorter than MongoDB's own ten seconds: a run of a minute is to see several elections.
    const settings = { electionTimeoutMillis: 2_000, heartbeatIntervalMillis: 500 };
    await eventually(
      'the replica set to be initiated',
      async () =>
        onMember(first, (admin) => admin.command({ replSetInitiate: { _id: 'rs0', members, settings } })).then(
          () => true,
          (error: { codeName?: string; message: string }) => {
            if (error.codeName === 'AlreadyInitialized') return true;
            throw new Error(error.message);
          },
        ),
      START_MS,
    );
    await this.primary(START_MS);
  }

  private async clockEnv(name: string): Promise<NodeJS.ProcessEnv> {
    if (this.options.serverClocks !== true) return {};
    const file = this.clockFile(name);
    try {
      const env = await serverClockEnv(file);
      await writeFile(file, '+0\n');
      this.noServerClocks = null;
      return env;
    } catch (error) {
      this.noServerClocks = (error as Error).message;
      return {};
    }
  }

  private async startNats(): Promise<void> {
    const binary = await findServer('nats-server', process.env, () => undefined);
    const names = Array.from({ length: MEMBERS }, (_, n) => `nats-${String(n + 1)}`);
    const clusterPorts: number[] = [];
    for (const name of names) {
      const [port, monitorPort, clusterPort] = [await freePort(), await freePort(), await freePort()];
      const storeDir = await this.folder(name);
      const routes = new Map<string, TcpProxy>();
      for (const other of names) if (other !== name) routes.set(other, await TcpProxy.open(clusterPort));
      const started = this.keep(name, binary.path, ['-c', `${storeDir}.conf`]);
      const proxy = await TcpProxy.open(port);
      if (name === names.at(-1)) {
        await this.mount(started, storeDir, '200m', async () => {
          const health = (await monitor(monitorPort, '/healthz').catch(() => null)) as { status?: string } | null;
          return health?.status === 'ok';
        });
      }
      this.nats.push({ process: started, proxy, routes, port, monitorPort, storeDir });
      clusterPorts.push(clusterPort);
    }
    for (const [index, member] of this.nats.entries()) {
      const { name } = member.process;
      const routes = this.nats.flatMap((other) => other.routes.get(name)?.port ?? []);
      const lines = [
        `server_name: ${name}`,
        `listen: "${LOOPBACK}:${String(member.port)}"`,
        // Clients hear of the other servers from this one, and must not hear of a way round the proxies.
        `client_advertise: "${LOOPBACK}:${String(member.proxy.port)}"`,
        `http: "${LOOPBACK}:${String(member.monitorPort)}"`,
        'max_payload: 8388608',
        `jetstream { store_dir: ${JSON.stringify(member.storeDir)}, sync_interval: 10s, max_file_store: 4GB }`,
        'cluster {',
        '  name: themeline',
        `  listen: "${LOOPBACK}:${String(clusterPorts[index])}"`,
        '  no_advertise: true',
        `  routes: [${routes.map((port) => `"nats-route://${LOOPBACK}:${String(port)}"`).join(', ')}]`,
        '}',
      ];
      await writeFile(`${member.storeDir}.conf`, `${lines.join('\n')}\n`);
      member.process.start();
    }
    await eventually('the streams to have a leader', async () => (await this.metaLeader()) !== null, START_MS);
  }

  private async metaLeader(): Promise<string | null> {
    for (const { monitorPort } of this.nats) {
      const answer = await monitor(monitorPort, '/jsz');
      const { meta_cluster: meta } = answer as { meta_cluster?: { leader?: string; cluster_size?: number } };
      if (meta?.leader !== undefined && meta.leader !== '' && meta.cluster_size === MEMBERS) return meta.leader;
    }
    return null;
  }

  private async startServices(): Promise<void> {
    const urls: Record<string, string> = {};
    const common = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      HOST: LOOPBACK,
      NATS_URL: this.nats.map(({ proxy }) => `nats://${LOOPBACK}:${String(proxy.port)}`).join(','),
      NATS_REPLICAS: String(MEMBERS),
      STREAM_MAX_BYTES: String(this.options.streamMaxBytes ?? 32 * 1024 ** 2),
      IDENTITY_SECRET: this.identitySecret,
      ADMIN_KEY: this.adminKey,
      OUTBOUND_ALLOW: '127.0.0.0/8',
      RATE_LIMIT_PER_MINUTE: '10000000',
      DELIVERY_RETRY_SECONDS: Array.from({ length: 60 }, (_, n) => Math.min(n + 1, 5)).join(','),
      LOG_LEVEL: 'info',
      ...this.options.env,
    };
    for (const service of SERVICES) {
      const origins: string[] = [];
      for (let replica = 1; replica <= REPLICAS; replica += 1) {
        const name = `${service}-${String(replica)}`;
        const port = await freePort();
        const origin = `http://${LOOPBACK}:${String(port)}`;
        origins.push(origin);
        this.urls.set(name, origin);
        const env = {
          ...common,
          ...urls,
          PORT: String(port),
          MONGODB_URI: this.mongoUri(name),
          CLOCK_FILE: this.clockFile(name),
          NODE_OPTIONS: `--require ${join(__dirname, 'clock.preload.cjs')}`,
          FAULT_POINTS_FOLDER: await this.folder(`points/${name}`),
        };
        const script = join(repositoryRoot, 'dist/apps', service, 'src/main.js');
        // The folder is for the guard, which knows by it what to end should this process be killed.
        const started = this.keep(name, process.execPath, [script, this.options.folder], env);
        this.services.push(started);
        started.start();
      }
      urls[`${service.toUpperCase()}_URL`] = origins.join(',');
      if (service === 'gateway') this.gateways.push(...origins.map((url) => new ApiClient(url, this.adminKey)));
    }
  }

  private async mount(process: KeptProcess, path: string, size: string, isWell: Disk['isWell']): Promise<void> {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]).then(
      () => this.disks.push({ process, path, isWell }),
      // Not everybody may.
      () => undefined,
    );
  }

  private keep(name: string, command: string, args: string[], env: NodeJS.ProcessEnv = process.env): KeptProcess {
    const logPath = join(this.options.folder, `${name}.log`);
    return new KeptProcess({ name, command, args, env, logPath }, this.troubles);
  }

  private async folder(name: string): Promise<string> {
    const path = join(this.options.folder, name);
    await mkdir(path, { recursive: true });
    return path;
  }
}

/** Past the proxy, and past any failover. */
export async function onMember<T>({ port }: MongoMember, work: (admin: mongo.Db) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(`mongodb://${LOOPBACK}:${String(port)}/?directConnection=true`, {
    serverSelectionTimeoutMS: 2_000,
    connectTimeoutMS: 2_000,
    socketTimeoutMS: 5_000,
  });
  try {
    return await work(client.db('admin'));
  } finally {
    await client.close();
  }
}

/** Past the proxies, to whichever server answers. */
export async function onNats<T>({ nats }: Cluster, work: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const connection = await connect({
    servers: nats.map(({ port }) => `${LOOPBACK}:${String(port)}`),
    ignoreClusterUpdates: true,
    timeout: 5_000,
  });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Whatever a server kept is gone. */
export async function wipe(folder: string): Promise<void> {
  // The folder itself may be a mount.
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

async function monitor(port: number, path: string): Promise<unknown> {
  return JSON.parse((await boundedCall(`http://${LOOPBACK}:${String(port)}${path}`, 2_000)).text);
}

async function leaderAsSeenBy({ monitorPort }: NatsMember, stream: string): Promise<string | null> {
  const { account_details: accounts } = (await monitor(monitorPort, '/jsz?accounts=true&streams=true')) as {
    account_details?: { stream_detail?: { name: string; cluster?: { leader?: string } }[] }[];
  };
  const found = accounts?.flatMap(({ stream_detail: streams }) => streams ?? []).find(({ name }) => name === stream);
  return found?.cluster?.leader ?? null;
}
