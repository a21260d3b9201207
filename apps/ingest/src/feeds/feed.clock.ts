import { Injectable } from '@nestjs/common';

/** The time by which feeds are polled; a test turns it. */
@Injectable()
export class FeedClock {
  now(): Date {
    return new Date();
  }

  /** 0 ≤ x < 1, for jitter. */
  random(): number {
    return Math.random();
  }
}
