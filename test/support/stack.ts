import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ApiClient } from './api-client';

export const repositoryRoot = resolve(__dirname, '../..');

interface RunFile {
  processes: { name: string; pid: number; port: number }[];
}

/** The product as `npm start` runs it, in a data folder of its own. */
export class Stack extends ApiClient {
  private constructor(
    private readonly child: ChildProcess,
    url: string,
    adminKey: string,
    readonly folder: string,
    private readonly output: () => string,
    private readonly keepFolder: boolean,
  ) {
    super(url, adminKey);
  }

  /** `folder` carries on with the data of an earlier stack and is not removed. `env` is added to the launcher's. */
  static async start(options: { env?: NodeJS.ProcessEnv; folder?: string; timeoutMs?: number } = {}): Promise<Stack> {
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'themeline-e2e-')));
    const {
      TEST_MONGODB_URI: _mongo,
      TEST_NATS_URL: _nats,
      MONGODB_URI: _uri,
      NATS_URL: _url,
      ...inherited
    } = process.env;
    let text = '';
    const child = spawn(process.execPath, [join(repositoryRoot, 'deploy/local/start.mjs')], {
      cwd: repositoryRoot,
      env: {
        ...inherited,
        PORT: '0',
        THEMELINE_DATA: folder,
        LOG_LEVEL: 'warn',
        NODE_ENV: 'production',
        // Tests look again and again, faster than a client should.
        RATE_LIMIT_PER_MINUTE: '1000000',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = await new Promise<string>((resolveUrl, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`the stack was not ready in time:\n${text}`));
      }, options.timeoutMs ?? 60_000);
      const read = (chunk: Buffer): void => {
        text += chunk.toString('utf8');
        const ready = /^ready (http:\S+)$/m.exec(text);
        if (ready?.[1] === undefined) return;
        clearTimeout(timer);
        resolveUrl(ready[1]);
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`the stack ended with ${String(code)} before it was ready:\n${text}`));
      });
    });
    const adminKey = (await readFile(join(folder, 'admin-key'), 'utf8')).trim();
    return new Stack(child, url, adminKey, folder, () => text, options.folder !== undefined);
  }

  /** What the launcher has printed so far. */
  get printed(): string {
    return this.output();
  }

  /** Where a service listens, behind the gateway. */
  async urlOf(name: string): Promise<string> {
    const run = JSON.parse(await readFile(join(this.folder, 'run.json'), 'utf8')) as RunFile;
    const found = run.processes.find((entry) => entry.name === name);
    if (found === undefined) throw new Error(`no such process in run.json: '${name}'`);
    return `http://127.0.0.1:${String(found.port)}`;
  }

  /** The pids of a service (all its replicas) or server, as the launcher wrote them down last. */
  async pids(name: string): Promise<number[]> {
    const run = JSON.parse(await readFile(join(this.folder, 'run.json'), 'utf8')) as RunFile;
    return run.processes
      .filter((entry) => entry.name === name || entry.name.startsWith(`${name}-`))
      .map((entry) => entry.pid);
  }

  async kill9(name: string): Promise<void> {
    const pids = await this.pids(name);
    if (pids.length === 0) throw new Error(`no such process in run.json: '${name}'`);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  }

  /** SIGTERM, and waits for everything to be gone. Answers with the exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolveExit) => {
      if (this.child.exitCode !== null) resolveExit(this.child.exitCode);
      else this.child.once('exit', resolveExit);
    });
    this.child.kill('SIGTERM');
    const code = await ended;
    if (!this.keepFolder) await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    return code;
  }
}
