import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const RESTART_MS = 500;

export interface ProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  logPath: string;
}

/** A process that is started again when it ends by itself, and that is killed, halted and stopped on purpose. */
export class KeptProcess {
  /** How often it ended without being told to. */
  ownExits = 0;
  private child: ChildProcess | null = null;
  private exited: Promise<void> = Promise.resolve();
  private isWanted = false;
  /** How many hold it down at the moment: it is not started before the last has let go. */
  private down = 0;
  private halts = 0;

  constructor(readonly spec: ProcessSpec) {}

  get name(): string {
    return this.spec.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    this.isWanted = true;
    if (this.child !== null || this.down > 0) return;
    const log = openSync(this.spec.logPath, 'a');
    const child = spawn(this.spec.command, this.spec.args, {
      env: this.spec.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    this.halts = 0;
    this.exited = new Promise((resolve) => {
      child.once('exit', () => {
        this.child = null;
        resolve();
        if (!this.isWanted || this.down > 0) return;
        this.ownExits += 1;
        setTimeout(() => this.isWanted && this.start(), RESTART_MS);
      });
    });
  }

  /** SIGKILL; comes back after `downMs`. */
  async crash(downMs: number): Promise<void> {
    await this.whileDown('SIGKILL', () => pause(downMs));
  }

  /** Is ended by `signal`, and started again when `work` is done. Answers with the milliseconds that the ending took. */
  async whileDown(signal: 'SIGKILL' | 'SIGTERM', work: () => Promise<unknown>): Promise<number> {
    this.down += 1;
    const startedAt = performance.now();
    this.signal(signal);
    // A halted process would never hear of it.
    if (signal === 'SIGTERM') this.signal('SIGCONT');
    await this.exited;
    const took = performance.now() - startedAt;
    try {
      await work();
    } finally {
      this.down -= 1;
      if (this.isWanted) this.start();
    }
    return took;
  }

  /** SIGSTOP, and SIGCONT after `ms`: it knows nothing of the time between. */
  async halt(ms: number): Promise<void> {
    const { child } = this;
    this.signal('SIGSTOP');
    this.halts += 1;
    await pause(ms);
    if (this.child !== child) return;
    this.halts -= 1;
    if (this.halts === 0) this.signal('SIGCONT');
  }

  /** For good. */
  async end(): Promise<void> {
    this.isWanted = false;
    this.signal('SIGKILL');
    await this.exited;
  }

  signal(name: NodeJS.Signals): void {
    if (this.child?.pid === undefined) return;
    try {
      process.kill(this.child.pid, name);
    } catch {
      // It ended at this moment.
    }
  }
}
