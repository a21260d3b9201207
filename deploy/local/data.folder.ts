import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Progress } from './binaries.finder';
import { commandLineOf, endProcess, identify, isAlive, startTimeOf, type ProcessIdentity } from './process.identity';
import { errorCode, folderError, StackError } from './stack.error';

/** Like `mkdir -p`. Node's own never returns where a file system takes no folders at all and says ENOENT (/proc). */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
    return;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
  }
  await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o700 });
}

export const ADMIN_KEY_FILE = 'admin-key';
/** Under what is in it secrets in the databases are sealed. */
export const SECRETS_FILE = 'secrets.json';

/** A process of the stack, as `run.json` names it. */
export interface RunningProcess extends ProcessIdentity {
  /** `mongod`, `nats-server`, `ingest`, `timeline`, `timeline-2`, `alerts`, `gateway` */
  readonly name: string;
  readonly port: number;
  /** A part of its command line that no process of another stack has. */
  readonly mark: string;
  /** How often it had to be started again. */
  readonly restarts: number;
}

/** `run.json`: what runs at the moment. Written anew at every change. */
export interface RunState {
  readonly launcher: ProcessIdentity & { readonly startedAt: string };
  readonly gateway: string;
  readonly ready: boolean;
  readonly processes: readonly RunningProcess[];
}

const ORPHAN_GRACE_MS = 5_000;
const MONGOD_GRACE_MS = 20_000;

/** The folder that holds everything which outlives a start. */
export class DataFolder {
  private closed = false;

  private constructor(
    readonly path: string,
    private readonly owner: ProcessIdentity,
  ) {}

  /**
   * Opens the folder for this process alone, making it when it is new (readable by this user only). A lock left by a
   * launcher that is gone is taken over.
   *
   * @throws StackError `already-running` with the pid of the one that has it, `folder-unwritable`
   */
  static async open(path: string): Promise<DataFolder> {
    const owner = await identify(process.pid);
    if (owner === undefined) throw new Error('this process cannot find itself');
    const folder = new DataFolder(path, owner);
    try {
      await makeFolder(path);
      await mkdir(folder.logs, { recursive: true });
      await folder.lock();
    } catch (error) {
      throw folderError(error, path, 'THEMELINE_DATA');
    }
    return folder;
  }

  get mongo(): string {
    return join(this.path, 'mongo');
  }

  get nats(): string {
    return join(this.path, 'nats');
  }

  get logs(): string {
    return join(this.path, 'logs');
  }

  get adminKeyFile(): string {
    return join(this.path, ADMIN_KEY_FILE);
  }

  get runFile(): string {
    return join(this.path, 'run.json');
  }

  /** The log of one process; what it held before goes to `<name>.log.1`. */
  freshLog(name: string): string {
    const log = join(this.logs, `${name}.log`);
    if (existsSync(log)) renameSync(log, `${log}.1`);
    return log;
  }

  /** The secret that signs the identity header between gateway and services, made at the first start. */
  async identitySecret(): Promise<string> {
    const file = join(this.path, SECRETS_FILE);
    const known = (await readJson(file)) as { identitySecret?: unknown } | undefined;
    if (typeof known?.identitySecret === 'string') return known.identitySecret;
    const identitySecret = randomBytes(32).toString('hex');
    await this.writePrivate(file, `${JSON.stringify({ identitySecret }, null, 2)}\n`);
    return identitySecret;
  }

  /** Replaces a file in one step, readable by this user only. */
  async writePrivate(file: string, text: string): Promise<void> {
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  async lastRun(): Promise<RunState | undefined> {
    const state = (await readJson(this.runFile)) as Partial<RunState> | undefined;
    return Array.isArray(state?.processes) ? (state as RunState) : undefined;
  }

  /** Synchronous, so that no process is ever running that the file does not name yet. */
  writeRun(state: Omit<RunState, 'launcher'>, startedAt: string): void {
    const run: RunState = { launcher: { ...this.owner, startedAt }, ...state };
    writeFileSync(`${this.runFile}.new`, `${JSON.stringify(run, null, 2)}\n`);
    renameSync(`${this.runFile}.new`, this.runFile);
  }

  /**
   * Ends what a launcher that was killed left running: the processes that `run.json` names, and the mongod that holds
   * the databases, provided that pid, start time and command line still fit.
   */
  async endOrphans(progress: Progress): Promise<void> {
    const orphans: { name: string; identity: ProcessIdentity; graceMs: number }[] = [];
    for (const { name, mark, ...identity } of (await this.lastRun())?.processes ?? []) {
      if ((await isAlive(identity)) && (await commandLineOf(identity.pid)).includes(mark)) {
        orphans.push({ name, identity, graceMs: name === 'mongod' ? MONGOD_GRACE_MS : ORPHAN_GRACE_MS });
      }
    }
    const holder = Number((await readFile(join(this.mongo, 'mongod.lock'), 'utf8').catch(() => '')).trim());
    if (holder > 0 && !orphans.some(({ identity }) => identity.pid === holder)) {
      const identity = await identify(holder);
      if (identity !== undefined && (await commandLineOf(holder)).includes(this.mongo)) {
        orphans.push({ name: 'mongod', identity, graceMs: MONGOD_GRACE_MS });
      }
    }
    if (orphans.length === 0) return;
    progress(`ending what an earlier start left running: ${orphans.map(({ name }) => name).join(', ')}`);
    const isServer = (name: string): boolean => name === 'mongod' || name === 'nats-server';
    await Promise.all(
      orphans.filter(({ name }) => !isServer(name)).map((orphan) => endProcess(orphan.identity, orphan.graceMs)),
    );
    await Promise.all(
      orphans.filter(({ name }) => isServer(name)).map((orphan) => endProcess(orphan.identity, orphan.graceMs)),
    );
  }

  /** Lets the next launcher have the folder. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await rm(this.lockFile, { force: true });
  }

  private get lockFile(): string {
    return join(this.path, 'lock');
  }

  private async lock(): Promise<void> {
    const mine = `${this.lockFile}.${this.owner.pid}`;
    await writeFile(mine, JSON.stringify(this.owner));
    try {
      for (;;) {
        // A link appears complete or not at all, and only for one of several that try.
        const taken = await link(mine, this.lockFile).then(
          () => true,
          (error: NodeJS.ErrnoException) => {
            if (error.code === 'EEXIST') return false;
            throw error;
          },
        );
        if (taken) return;
        const holder = (await readJson(this.lockFile)) as Partial<ProcessIdentity> | undefined;
        if (holder?.pid !== undefined && (await startTimeOf(holder.pid)) === holder.startTime) {
          throw new StackError(
            'already-running',
            `${this.path} is in use by a Themeline that runs as process ${holder.pid}: stop that one, or set THEMELINE_DATA to another folder`,
          );
        }
        await rm(this.lockFile, { force: true });
      }
    } finally {
      await rm(mine, { force: true });
    }
  }
}

/** `undefined` for a file that is missing or holds no JSON. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
