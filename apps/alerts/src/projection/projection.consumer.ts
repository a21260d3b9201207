import { Controller } from '@nestjs/common';
import { Consume, type Incoming } from '@themeline/messaging';
import { ProjectionRepository } from './projection.repository';

/** Keeps what the timeline told of late, beside the matching and never in its way. */
@Controller()
export class ProjectionConsumer {
  constructor(private readonly projection: ProjectionRepository) {}

  @Consume('alerts-projection')
  async keep(messages: Incoming<'event.revised'>[]): Promise<null> {
    await this.projection.keep(messages.map(({ payload }) => payload));
    return null;
  }
}
