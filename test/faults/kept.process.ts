import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Troubles } from './troubles';

const RESTART_MS = 500;
/** Of a service after SIGTERM. */
const LONGEST_STOP_MS = 20_000;
/** Beyond that it is killed, so that the run goes on. */
const STOP_PATIENCE_MS = 60_000;

export interface ProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  logPath: string;
}

/** How a process ended that was asked to. */
export interface Ending {
  name: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  tookMs: number;
  /** Somebody else killed or halted it on its way, or it was not there: nothing can be said of it. */
  isDisturbed: boolean;
}

/** What is wrong with the ending of a process that was sent SIGTERM, as a line; null if nothing is. */
export function faultOfStop({ name, code, signal, tookMs, isDisturbed }: Ending): string | null {
  if (isDisturbed) return null;
  const took = `after ${(tookMs / 1_000).toFixed(1)} s`;
  if (code !== 0) return `${name} was sent SIGTERM and ended by ${signal ?? `code ${String(code)}`} ${took}`;
  return tookMs > LONGEST_STOP_MS ? `${name} was sent SIGTERM and ended only ${took}` : null;
}

/** A process that is started again when it ends by itself, and that is killed, halted and stopped on purpose. */
export class KeptProcess {
  /** How often it ended without being told to. */
  ownExits = 0;
  private child: ChildProcess | null = null;
  private exited: Promise<Pick<Ending, 'code' | 'signal'>> = Promise.resolve({ code: null, signal: null });
  private isWanted = false;
  /** How many hold it down at the moment: it is not started before the last has let go. */
  private down = 0;
  private halts = 0;
  /** How often it was killed or halted. */
  private blows = 0;

  constructor(
    readonly spec: ProcessSpec,
    private readonly troubles: Troubles,
  ) {}

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
      child.once('exit', (code, signal) => {
        this.child = null;
        resolve({ code, signal });
        if (!this.isWanted || this.down > 0) return;
        this.ownExits += 1;
        const over = this.troubles.begin(this.name);
        setTimeout(() => {
          if (this.isWanted) this.start();
          over();
        }, RESTART_MS);
      });
    });
  }

  /** SIGKILL; comes back after `downMs`. */
  async crash(downMs: number): Promise<void> {
    await this.whileDown('SIGKILL', () => pause(downMs));
  }

  /** Is ended by `signal`, and started again when `work` is done. */
  async whileDown(signal: 'SIGKILL' | 'SIGTERM', work: () => Promise<unknown>): Promise<Ending> {
    this.down += 1;
    const over = this.troubles.begin(this.name);
    const ending = await this.endBy(signal);
    try {
      await work();
    } finally {
      this.down -= 1;
      if (this.isWanted) this.start();
      over();
    }
    return ending;
  }

  private async endBy(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ending> {
    const isThere = this.child !== null && this.halts === 0;
    const startedAt = performance.now();
    this.signal(signal);
    // A halted process would never hear of it.
    if (signal === 'SIGTERM') this.signal('SIGCONT');
    const blowsBefore = this.blows;
    const patience = setTimeout(() => this.signal('SIGKILL'), STOP_PATIENCE_MS);
    const exit = await this.exited;
    clearTimeout(patience);
    const tookMs = performance.now() - startedAt;
    const isDisturbed =
      !isThere || (tookMs < STOP_PATIENCE_MS && (this.blows > blowsBefore || exit.signal === 'SIGKILL'));
    return { name: this.name, ...exit, tookMs, isDisturbed };
  }

  /** SIGSTOP, and SIGCONT after `ms`: it knows nothing of the time between. */
  async halt(ms: number): Promise<void> {
    const { child } = this;
    const over = this.troubles.begin(this.name);
    this.signal('SIGSTOP');
    this.halts += 1;
    await pause(ms);
    over();
    if (this.child !== child) return;
    this.halts -= 1;
    if (this.halts === 0) this.signal('SIGCONT');
  }

  /** For good. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ending> {
    this.isWanted = false;
    return this.endBy(signal);
  }

  private signal(name: NodeJS.Signals): void {
    if (name === 'SIGKILL' || name === 'SIGSTOP') this.blows += 1;
    if (this.child?.pid === undefined) return;
    try {
      process.kill(this.child.pid, name);
    } catch {
      // It ended at this moment.
    }
  }
}
