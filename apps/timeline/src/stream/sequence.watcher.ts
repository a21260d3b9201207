import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { SequenceRepository } from '../sequence/sequence.repository';

const POLL_MS = 100;

interface Waiting {
  after: number;
  wake: (seq: number) => void;
}

/** Tells any number of readers when the timeline goes on, for one small query at a time and none when nobody waits. */
@Injectable()
export class SequenceWatcher implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SequenceWatcher.name);
  private readonly waiting = new Set<Waiting>();
  private polling = false;
  private stopped = false;

  constructor(private readonly sequence: SequenceRepository) {}

  get isStopped(): boolean {
    return this.stopped;
  }

  /** Ends every wait, so that the streams can end. */
  beforeApplicationShutdown(): void {
    this.stopped = true;
    for (const { after, wake } of this.waiting) wake(after);
  }

  /** The newest place as soon as it is beyond `after`, or `after` when `timeoutMs` have gone by or the service stops. */
  beyond(after: number, timeoutMs: number): Promise<number> {
    return new Promise((resolve) => {
      const entry: Waiting = {
        after,
        wake: (seq) => {
          clearTimeout(timer);
          this.waiting.delete(entry);
          resolve(seq);
        },
      };
      const timer = setTimeout(() => entry.wake(after), timeoutMs);
      this.waiting.add(entry);
      if (this.stopped) entry.wake(after);
      else if (!this.polling) void this.poll();
    });
  }

  private async poll(): Promise<void> {
    this.polling = true;
    while (this.waiting.size > 0) {
      try {
        const seq = await this.sequence.current();
        for (const entry of this.waiting) if (entry.after < seq) entry.wake(seq);
      } catch (error) {
        this.logger.warn({ err: error }, 'the newest place could not be read');
      }
      if (this.waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    this.polling = false;
  }
}
