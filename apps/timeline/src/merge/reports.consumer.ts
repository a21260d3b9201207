import { Controller } from '@nestjs/common';
import type { SubjectOf } from '@themeline/contracts';
import { type BatchWork, Consume, type Incoming } from '@themeline/messaging';
import { MergeService } from './merge.service';

@Controller()
export class ReportsConsumer {
  constructor(private readonly merging: MergeService) {}

  @Consume('timeline-reports')
  merge(messages: Incoming<SubjectOf<'timeline-reports'>>[]): Promise<BatchWork> {
    return this.merging.plan(messages);
  }
}
