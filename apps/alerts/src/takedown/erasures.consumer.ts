import { Controller, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type BatchWork, Consume, type Incoming } from '@themeline/messaging';
import { Database } from '@themeline/persistence';
import { ErasuresRepository } from './erasures.repository';

/** A revision told before may be matched after: for so long what was erased is looked for again. */
const LOOK_AGAIN_MS = 86_400_000;

/** Takes the words of reports that were taken down out of what subscribers were told. */
@Controller()
export class ErasuresConsumer {
  private readonly logger = new Logger(ErasuresConsumer.name);

  constructor(
    private readonly erasures: ErasuresRepository,
    private readonly database: Database,
  ) {}

  @Consume('alerts-erasures')
  erase(messages: Incoming<'report.erased'>[]): Promise<BatchWork> {
    return Promise.resolve({
      commit: async (session) => {
        for (const { payload } of messages) {
          await this.erasures.note(session, payload);
          await this.erasures.erase(session, payload.reportId, payload.events);
        }
      },
    });
  }

  @Interval(30_000)
  async lookAgain(): Promise<void> {
    try {
      for (const { _id, events } of await this.erasures.findSince(new Date(Date.now() - LOOK_AGAIN_MS))) {
        await this.database.transaction((session) => this.erasures.erase(session, _id, events));
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'what was taken down is looked for again later');
    }
  }
}
