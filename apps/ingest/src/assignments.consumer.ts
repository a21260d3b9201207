import { Controller } from '@nestjs/common';
import { BatchWork, Consume, Incoming } from '@themeline/messaging';
import { ReportsRepository } from './reports.repository';

/** Notes which event the timeline put each report in. */
@Controller()
export class AssignmentsConsumer {
  constructor(private readonly reports: ReportsRepository) {}

  @Consume('ingest-assignments')
  note(messages: Incoming<'report.assigned'>[]): Promise<BatchWork> {
    return Promise.resolve({
      commit: (session) =>
        this.reports.assign(
          session,
          messages.map((message) => message.payload),
        ),
    });
  }
}
