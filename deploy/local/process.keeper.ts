import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessIdentity } from './process.identity';
import type { ExitInfo } from './servers';

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;
/** A process that ran for as long as this is not in a crash loop: the backoff begins anew. */
const STEADY_MS = 30_000;
const EARLY_EXITS = 3;
const EARLY_WINDOW_MS = 10_000;
/** EX_CONFIG: a setting is missing or wrong, and another start would find it no better. */
const EXIT_CONFIG = 78;

/** A process under a keeper. */
export interface KeptProcess {
  readonly exited: Promise<ExitInfo>;
  stop(): Promise<void>;
}

export interface KeeperHooks {
  /** There is a process now, perhaps not ready yet; or (`undefined`) there is none any more. */
  changed(identity: ProcessIdentity | undefined, restarts: number): void;
  /** It ended by itself and is started again after `backoffMs`. */
  died(exit: ExitInfo | Error, backoffMs: number): void;
  /** It cannot be kept: the first start failed, or it ended three times in ten seconds before it was ever ready. */
  hopeless(reason: ExitInfo | Error): void;
}

/** Keeps one process running: starts it, and starts it again when it ends, with a backoff of 100 ms doubling to 5 s. */
export class ProcessKeeper {
  /** Whether it was ready once; set by whoever polls its health. */
  everReady = false;
  private readonly abort = new AbortController();
  private current: KeptProcess | undefined;
  private loop: Promise<void> | undefined;
  private restarts = 0;

  constructor(
    readonly name: string,
    readonly port: number,
    private readonly start: (onSpawn: (identity: ProcessIdentity) => void, abort: AbortSignal) => Promise<KeptProcess>,
    private readonly hooks: KeeperHooks,
    /** Whether a resolved `start` means that it is ready (servers); services are polled. */
    private readonly readyWhenStarted: boolean,
  ) {}

  run(): void {
    this.loop ??= this.keep();
  }

  /** Ends the process and keeps it ended. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.current?.stop();
    await this.loop;
  }

  private async keep(): Promise<void> {
    let backoff = FIRST_BACKOFF_MS;
    const earlyExits: number[] = [];
    while (!this.stopping) {
      const startedAt = Date.now();
      const ending = await this.once();
      this.hooks.changed(undefined, this.restarts);
      if (this.stopping) return;
      const now = Date.now();
      if (!this.everReady) {
        earlyExits.push(now);
        const recent = earlyExits.filter((time) => now - time < EARLY_WINDOW_MS).length;
        if (ending instanceof Error || ending.code === EXIT_CONFIG || recent >= EARLY_EXITS)
          return this.hooks.hopeless(ending);
      }
      if (now - startedAt >= STEADY_MS) backoff = FIRST_BACKOFF_MS;
      this.hooks.died(ending, backoff);
      await delay(backoff, undefined, { signal: this.abort.signal }).catch(() => undefined);
      backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS);
      this.restarts += 1;
    }
  }

  /** One life of the process. */
  private async once(): Promise<ExitInfo | Error> {
    try {
      this.current = await this.start((identity) => this.hooks.changed(identity, this.restarts), this.abort.signal);
      if (this.readyWhenStarted) this.everReady = true;
      if (this.stopping) await this.current.stop();
      return await this.current.exited;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      this.current = undefined;
    }
  }

  private get stopping(): boolean {
    return this.abort.signal.aborted;
  }
}
