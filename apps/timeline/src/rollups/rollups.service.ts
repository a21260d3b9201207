import { BeforeApplicationShutdown, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { Leases } from '@themeline/persistence';
import { LeasedLoop } from '../leased.loop';
import { RollupsRepository } from './rollups.repository';

/** Readers add what is not folded yet, so it may wait to be folded together. */
const POLL_MS = 2_000;
const BATCH = 1_000;

/** Folds the changes of the timeline into the rollups, in one replica at a time. */
@Injectable()
export class RollupsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: LeasedLoop;

  constructor(repository: RollupsRepository, leases: Leases) {
    this.loop = new LeasedLoop('rollups', leases, POLL_MS, async () => (await repository.fold(BATCH)) === BATCH);
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }
}
