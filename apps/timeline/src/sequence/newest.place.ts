import { Injectable } from '@nestjs/common';
import { SequenceRepository } from './sequence.repository';

/** The newest place in the one order, for reads that must not wait for it first. */
@Injectable()
export class NewestPlace {
  private last: number | null = null;
  /** The last two looks saw the same place. */
  private still = false;

  constructor(private readonly sequence: SequenceRepository) {}

  /**
   * What `read` makes of the newest place. While the timeline stands still it begins at the place that was newest a moment ago and the
   * place is looked up meanwhile, so that an answer waits for one journey to the database less; where something came in
   * between it is read again. The answer is always that of a place that was newest after the call began.
   */
  async at<T>(read: (seq: number) => Promise<T>): Promise<T> {
    const { last, still } = this;
    if (last === null || !still) return read(await this.look());
    const [early, seq] = await Promise.all([read(last), this.look()]);
    return seq === last ? early : read(seq);
  }

  private async look(): Promise<number> {
    const seq = await this.sequence.current();
    this.still = seq === this.last;
    this.last = seq;
    return seq;
  }
}
