import { Logger } from '@nestjs/common';
import type { Lease, Leases } from '@themeline/persistence';
import { setTimeout } from 'node:timers/promises';

const LEASE_MS = 5_000;

/**
 * Work that one replica does at a time, for as long as it holds the lease: on every wake-up and at least every `intervalMs`.
 * `work` is told whether there is said to be something to do (by a wake-up, or by itself the last time), and answers whether there
 * may be more to do at once. It must be safe against a holder whose lease ran out meanwhile.
 */
export class LeasedLoop {
  private readonly logger: Logger;
  private lease: Lease | null = null;
  private renewAt = 0;
  private stopped = false;
  private wakeUp: () => void = () => undefined;
  private awake = false;
  private running: Promise<void> | null = null;

  constructor(
    private readonly name: string,
    private readonly leases: Leases,
    private readonly intervalMs: number,
    private readonly work: (expected: boolean) => Promise<boolean>,
    /** After a wake-up it waits so long for others to come, so that they are seen to together. */
    private readonly gatherMs = 0,
  ) {
    this.logger = new Logger(name);
  }

  start(): void {
    this.running ??= this.run();
  }

  wake(): void {
    this.awake = true;
    this.wakeUp();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
    await this.lease?.release().catch(() => undefined);
  }

  private async run(): Promise<void> {
    let expected = false;
    while (!this.stopped) {
      let more = false;
      try {
        more = (await this.holds()) && (await this.work(expected));
      } catch (error) {
        this.lease = null;
        this.logger.warn({ err: error }, `${this.name} will be tried again`);
      }
      expected = more || (await this.rest());
    }
  }

  private async holds(): Promise<boolean> {
    if (this.lease !== null && Date.now() < this.renewAt) return true;
    if (this.lease !== null && !(await this.lease.renew())) this.lease = null;
    this.lease ??= await this.leases.acquire(this.name, LEASE_MS);
    this.renewAt = Date.now() + LEASE_MS / 3;
    return this.lease !== null;
  }

  /** Answers whether it was woken. */
  private async rest(): Promise<boolean> {
    if (this.awake && !this.stopped) await setTimeout(this.gatherMs);
    else if (!this.stopped) {
      await new Promise<void>((resolve) => {
        const timer = globalThis.setTimeout(resolve, this.intervalMs);
        this.wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (this.awake && !this.stopped) await setTimeout(this.gatherMs);
    }
    const woken = this.awake;
    this.awake = false;
    this.wakeUp = () => undefined;
    return woken;
  }
}
