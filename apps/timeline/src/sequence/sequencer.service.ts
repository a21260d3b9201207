import { BeforeApplicationShutdown, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { Leases } from '@themeline/persistence';
import { LeasedLoop } from '../leased.loop';
import { sequencerLag } from '../timeline.metrics';
import { SequenceRepository } from './sequence.repository';

const POLL_MS = 200;
/** What is committed within it gets its places in one transaction. */
const GATHER_MS = 60;
/** Two updates each, in one transaction. */
const BATCH = 500;

/**
 * Gives every committed revision its place in the one order of the timeline. Commit order across replicas is not the order of
 * `recordedAt`, and what readers walk through must not get anything inserted behind them; so one leased writer counts.
 */
@Injectable()
export class SequencerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: LeasedLoop;

  constructor(
    private readonly repository: SequenceRepository,
    leases: Leases,
  ) {
    this.loop = new LeasedLoop('sequencer', leases, POLL_MS, (expected) => this.assign(expected), GATHER_MS);
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Tells the sequencer, where it runs in this replica, that there is something to do. */
  wake(): void {
    this.loop.wake();
  }

  private async assign(expected: boolean): Promise<boolean> {
    const now = new Date();
    // Of what this replica committed it knows; what others committed is looked for without a transaction.
    if (!expected && (await this.repository.oldestWaiting()) === null) {
      sequencerLag.set(0);
      return false;
    }
    const isRest = await this.repository.assign(BATCH, now);
    const oldest = isRest ? await this.repository.oldestWaiting() : null;
    sequencerLag.set(oldest === null ? 0 : Math.max(0, (now.getTime() - oldest.getTime()) / 1000));
    return oldest !== null;
  }
}
