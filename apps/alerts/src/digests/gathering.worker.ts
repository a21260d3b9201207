import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DELIVERY_SETTINGS, type DeliverySettings } from '../deliveries/delivery.settings';
import { DeliveryWorker } from '../deliveries/delivery.worker';
import { GatheringService } from './gathering.service';

/** Lanes that are looked at side by side. */
const LANES_AT_ONCE = 16;

/** Has lanes looked at when they are due. Any number may run: a lane that two look at is a write conflict, and one gives way. */
@Injectable()
export class GatheringWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(GatheringWorker.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private stopping = false;

  constructor(
    private readonly gathering: GatheringService,
    private readonly deliveries: DeliveryWorker,
    @Inject(DELIVERY_SETTINGS) private readonly settings: DeliverySettings,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), this.settings.pollMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Something may be due: look now rather than at the next poll. */
  wake(): void {
    this.again = true;
    if (this.stopping || this.running !== null) return;
    this.running = this.run()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'cannot look after what waits'))
      .finally(() => (this.running = null));
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopping) {
      this.again = false;
      const looked = await this.gathering.release(new Date(), LANES_AT_ONCE);
      if (looked > 0) this.deliveries.wake();
      if (looked === LANES_AT_ONCE) this.again = true;
    }
  }
}
