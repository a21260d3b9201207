import { Controller } from '@nestjs/common';
import { type BatchWork, Consume, type Incoming, type Outcome } from '@themeline/messaging';
import { SequencerService } from '../sequence/sequencer.service';
import { ErasureService } from './erasure.service';

@Controller()
export class RemovalsConsumer {
  constructor(
    private readonly erasure: ErasureService,
    private readonly sequencer: SequencerService,
  ) {}

  @Consume('timeline-removals')
  erase(messages: Incoming<'report.removed'>[]): Promise<BatchWork> {
    return Promise.resolve({
      commit: async (session) => {
        const outcomes: Outcome[] = [];
        for (const { payload, correlationId } of messages) {
          outcomes.push(await this.erasure.erase(session, payload, correlationId));
        }
        return outcomes;
      },
      committed: () => this.sequencer.wake(),
    });
  }
}
