import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { boundedCall } from './bounded.call';
import { DataFolder, type RunningProcess } from './data.folder';
import { SERVICES, type ServiceName, type Settings } from './launcher.settings';
import { identify, pause, signal, type ProcessIdentity } from './process.identity';
import { ProcessKeeper, type KeptProcess } from './process.keeper';
import {
  findServer,
  freePort,
  listenError,
  LOOPBACK,
  startMongod,
  startNats,
  StackError,
  type Environment,
  type ExitInfo,
  type Progress,
} from './servers';

const DRAIN_MS = 20_000;
const READY_DEADLINE_MS = 180_000;
const POLL_MS = 50;
const READY_ANSWER_MS = 2_000;

export interface StackOptions {
  readonly settings: Settings;
  readonly env: Environment;
  /** The folder of the project; services run in it. */
  readonly root: string;
  /** The script of a service, absolute. */
  readonly script: (service: ServiceName) => string;
  readonly progress: Progress;
  /** Told before anything is ready, so that a start can be stopped half-way. */
  readonly onStarted?: (stack: LocalStack) => void;
}

/** A running local stack. */
export interface LocalStack {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  readonly folder: DataFolder;
  /** The admin key, when this start made it. */
  readonly newAdminKey: string | undefined;
  /** Resolves after `stop()`; rejects when a process could not be kept running, after everything has been stopped. */
  readonly stopped: Promise<void>;
  /** Gateway, then services, then nats-server, then mongod. A second call kills what is still draining. */
  stop(): Promise<void>;
}

/**
 * Starts mongod, nats-server, the services and the gateway together (the services wait for the servers by themselves),
 * keeps them running, and resolves when all are ready.
 *
 * @throws StackError naming the cause; everything that was started has been stopped then
 */
export async function startStack(options: StackOptions): Promise<LocalStack> {
  const { settings } = options;
  for (const service of [...SERVICES, 'gateway' as const]) {
    if (!existsSync(options.script(service))) {
      throw new StackError('build-missing', `there is no ${options.script(service)}: run npm run build`);
    }
  }
  const folder = await DataFolder.open(settings.dataFolder);
  try {
    await folder.endOrphans(options.progress);
    const stack = new Stack(options, folder, await plan(options, folder));
    options.onStarted?.(stack);
    await stack.start();
    return stack;
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** Ports and secrets of one start. */
interface Plan {
  readonly mongoPort: number;
  readonly natsPort: number;
  readonly gatewayPort: number;
  readonly identitySecret: string;
  readonly firstStart: boolean;
}

async function plan({ settings }: StackOptions, folder: DataFolder): Promise<Plan> {
  const used = new Set<number>();
  const last = await folder.lastRun();
  // The port of the last start, if it is free: mongod then needs no reconfiguration.
  const again = async (name: string): Promise<number> => {
    const port = last?.processes.find((known) => known.name === name)?.port;
    if (port !== undefined && port !== 0 && !used.has(port) && (await listenError(port)) === undefined) return port;
    return freePort();
  };
  const gatewayPort = settings.port === 0 ? await freePort() : settings.port;
  used.add(gatewayPort);
  const taken = await listenError(gatewayPort);
  if (taken === 'EACCES') {
    throw new StackError(
      'invalid-setting',
      `this user may not listen on port ${gatewayPort}: set PORT to one above 1023`,
    );
  }
  if (taken !== undefined) {
    throw new StackError(
      'port-in-use',
      `port ${gatewayPort} is in use: set PORT to another one, or PORT=0 for any free one`,
    );
  }
  const mongoPort = await again('mongod');
  used.add(mongoPort);
  return {
    gatewayPort,
    mongoPort,
    natsPort: await again('nats-server'),
    identitySecret: await folder.identitySecret(),
    firstStart: !existsSync(folder.adminKeyFile),
  };
}

class Stack implements LocalStack {
  readonly url: string;
  readonly stopped: Promise<void>;
  newAdminKey: string | undefined;
  private readonly startedAt = new Date().toISOString();
  private readonly running = new Map<string, RunningProcess>();
  private readonly keepers: {
    readonly stage: 'gateway' | 'services' | 'nats' | 'mongod';
    readonly keeper: ProcessKeeper;
  }[] = [];
  private readonly pids = new Set<number>();
  private isReady = false;
  private failure: Error | undefined;
  private stopping: Promise<void> | undefined;
  private settle: { resolve: () => void; reject: (error: Error) => void } = {
    resolve: () => undefined,
    reject: () => undefined,
  };

  constructor(
    private readonly options: StackOptions,
    readonly folder: DataFolder,
    private readonly plan: Plan,
  ) {
    this.url = `http://${LOOPBACK}:${plan.gatewayPort}`;
    this.stopped = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    this.stopped.catch(() => undefined);
  }

  async start(): Promise<void> {
    await this.addServers();
    await this.addServices();
    if (this.stopping === undefined) this.writeRun();
    for (const { keeper } of this.keepers) keeper.run();
    await this.untilReady();
    this.isReady = true;
    this.writeRun();
    if (this.plan.firstStart) {
      this.newAdminKey = (await readFile(this.folder.adminKeyFile, 'utf8').catch(() => '')).trim() || undefined;
    }
  }

  stop(): Promise<void> {
    if (this.stopping !== undefined) {
      for (const pid of this.pids) signal(pid, 'SIGKILL');
      return this.stopping;
    }
    this.stopping = this.stopInOrder();
    return this.stopping;
  }

  private async stopInOrder(): Promise<void> {
    for (const stage of ['gateway', 'services', 'nats', 'mongod'] as const) {
      await Promise.all(this.keepers.filter((kept) => kept.stage === stage).map(({ keeper }) => keeper.stop()));
    }
    this.isReady = false;
    this.writeRun();
    await this.folder.close();
    if (this.failure === undefined) this.settle.resolve();
    else this.settle.reject(this.failure);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    void this.stop();
  }

  private async addServers(): Promise<void> {
    const { settings, env, progress } = this.options;
    const [mongod, nats] = await Promise.all([
      settings.mongodbUri === undefined ? findServer('mongod', env, progress) : undefined,
      settings.natsUrl === undefined ? findServer('nats-server', env, progress) : undefined,
    ]);
    const { mongoPort, natsPort } = this.plan;
    if (mongod !== undefined) {
      const logPath = this.folder.freshLog('mongod');
      const dbPath = this.folder.mongo;
      this.keep('mongod', 'mongod', mongoPort, dbPath, (onSpawn, abort) =>
        startMongod({ binary: mongod, dbPath, port: mongoPort, logPath, onSpawn, abort }),
      );
    }
    if (nats !== undefined) {
      const logPath = this.folder.freshLog('nats-server');
      const storeDir = this.folder.nats;
      const sync = env.NATS_SYNC ? { syncInterval: env.NATS_SYNC } : {};
      this.keep('nats', 'nats-server', natsPort, storeDir, (onSpawn, abort) =>
        startNats({ binary: nats, storeDir, port: natsPort, logPath, onSpawn, abort, ...sync }),
      );
    }
  }

  private async addServices(): Promise<void> {
    const { settings, env } = this.options;
    const common = {
      ...env,
      NODE_ENV: env.NODE_ENV ?? 'production',
      HOST: LOOPBACK,
      MONGODB_URI: settings.mongodbUri ?? `mongodb://${LOOPBACK}:${this.plan.mongoPort}/?replicaSet=rs0`,
      NATS_URL: settings.natsUrl ?? `nats://${LOOPBACK}:${this.plan.natsPort}`,
      IDENTITY_SECRET: this.plan.identitySecret,
      PUBLIC_URL: env.PUBLIC_URL ?? this.url,
    };
    const urls: Record<string, string> = {};
    for (const service of SERVICES) {
      const addresses: string[] = [];
      for (let replica = 1; replica <= settings.replicas[service]; replica += 1) {
        const port = await freePort();
        addresses.push(`http://${LOOPBACK}:${port}`);
        this.keepService(service, replica === 1 ? service : `${service}-${replica}`, port, {
          ...common,
          ...(service === 'timeline' ? {} : { OUTBOUND_ALLOW: settings.outboundAllow }),
        });
      }
      urls[`${service.toUpperCase()}_URL`] = addresses.join(',');
    }
    this.keepService('gateway', 'gateway', this.plan.gatewayPort, {
      ...common,
      ...urls,
      ADMIN_KEY_FILE: this.folder.adminKeyFile,
    });
  }

  private keepService(service: ServiceName, name: string, port: number, env: Environment): void {
    const script = this.options.script(service);
    const logPath = this.folder.freshLog(name);
    const childEnv = { ...env, PORT: String(port) };
    this.keep(service === 'gateway' ? 'gateway' : 'services', name, port, script, (onSpawn) =>
      startService(script, this.options.root, childEnv, logPath, onSpawn),
    );
  }

  private keep(
    stage: Stack['keepers'][number]['stage'],
    name: string,
    port: number,
    mark: string,
    start: (onSpawn: (identity: ProcessIdentity) => void, abort: AbortSignal) => Promise<KeptProcess>,
  ): void {
    const isServer = stage === 'mongod' || stage === 'nats';
    // Named with pid 0 from the start, so that the next start finds the port even if this one never gets that far.
    this.running.set(name, { name, pid: 0, startTime: '', port, mark, restarts: 0 });
    const keeper = new ProcessKeeper(
      name,
      port,
      start,
      {
        changed: (identity, restarts) => {
          const before = this.running.get(name);
          if (before !== undefined) this.pids.delete(before.pid);
          if (identity !== undefined) this.pids.add(identity.pid);
          this.running.set(name, { name, pid: 0, startTime: '', ...identity, port, mark, restarts });
          this.writeRun();
        },
        died: (exit, backoffMs) => {
          const how = exit instanceof Error ? exit.message : `ended ${describeExit(exit)}`;
          this.options.progress(`${name} ${how}, starting it again in ${backoffMs} ms`);
        },
        hopeless: (reason) => void this.giveUp(name, reason),
      },
      isServer,
    );
    this.keepers.push({ stage, keeper });
  }

  private async giveUp(name: string, reason: ExitInfo | Error): Promise<void> {
    if (reason instanceof Error) return this.fail(reason);
    const log = join(this.folder.logs, `${name}.log`);
    const last = await lastLogLine(log);
    this.fail(
      new StackError(
        'service-exited',
        `${name} ends ${describeExit(reason)} before it is ready; see ${log}, which ends: ${last}`,
      ),
    );
  }

  private async untilReady(): Promise<void> {
    const deadline = Date.now() + READY_DEADLINE_MS;
    await Promise.all(
      this.keepers.map(async ({ stage, keeper }) => {
        const isService = stage === 'gateway' || stage === 'services';
        while (!keeper.everReady && this.stopping === undefined) {
          if (isService && (await answersReady(keeper.port))) keeper.everReady = true;
          else if (Date.now() > deadline) {
            const log = join(this.folder.logs, `${keeper.name}.log`);
            const seconds = READY_DEADLINE_MS / 1000;
            const last = await lastLogLine(log);
            this.fail(
              new StackError(
                'not-ready',
                `${keeper.name} is not ready after ${seconds} s; see ${log}, which ends: ${last}`,
              ),
            );
          } else await pause(POLL_MS);
        }
      }),
    );
    if (this.stopping !== undefined) {
      await this.stopping;
      throw this.failure ?? new StackError('not-ready', 'stopped before everything was ready');
    }
  }

  private writeRun(): void {
    this.folder.writeRun(
      { gateway: this.url, ready: this.isReady, processes: [...this.running.values()] },
      this.startedAt,
    );
  }
}

async function startService(
  script: string,
  root: string,
  env: Environment,
  logPath: string,
  onSpawn: (identity: ProcessIdentity) => void,
): Promise<KeptProcess> {
  const log = openSync(logPath, 'a');
  // Its own process group: Ctrl-C reaches the launcher alone, which then stops everything in order. The channel tells a
  // service that the launcher was killed: it then stops by itself.
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...env },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  let ended = false;
  const exited = new Promise<ExitInfo>((resolve) => {
    child.once('exit', (code, signalName) => resolve({ code, signal: signalName }));
    child.once('error', () => resolve({ code: null, signal: null }));
  }).then((exit) => {
    ended = true;
    return exit;
  });
  const identity = child.pid === undefined ? undefined : await identify(child.pid);
  if (identity !== undefined) onSpawn(identity);
  return {
    exited,
    async stop() {
      if (ended || child.pid === undefined) return;
      const { pid } = child;
      signal(pid, 'SIGTERM');
      const timer = setTimeout(() => signal(pid, 'SIGKILL'), DRAIN_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

async function answersReady(port: number): Promise<boolean> {
  try {
    return (await boundedCall(`http://${LOOPBACK}:${port}/health/ready`, READY_ANSWER_MS)).status === 200;
  } catch {
    return false;
  }
}

function describeExit({ code, signal: by }: ExitInfo): string {
  return by === null ? `with code ${code}` : `by ${by}`;
}

/** The message of the last JSON line of a log, or the last line as it is; at most 300 characters. */
export async function lastLogLine(path: string): Promise<string> {
  const text = await tail(path).catch(() => '');
  // A crash ends with a stack trace and Node's version: the line above them says what happened.
  const line = text
    .split('\n')
    .filter((candidate) => candidate.trim() !== '' && !/^(\s+at |Node\.js v|\s*[{}]\s*$)/.test(candidate))
    .pop();
  if (line === undefined) return 'nothing';
  try {
    const { msg, err } = JSON.parse(line) as { msg?: unknown; err?: { message?: unknown } };
    const parts = [msg, err?.message].filter((part): part is string => typeof part === 'string' && part !== '');
    if (parts.length > 0) return [...new Set(parts)].join(': ').slice(0, 300);
  } catch {
    // Not every line is a log record: a crash before the logger is set up writes plain text.
  }
  return line.trim().slice(0, 300);
}

async function tail(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 16_384);
    const buffer = Buffer.alloc(length);
    await file.read(buffer, 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
