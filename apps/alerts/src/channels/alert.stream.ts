import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ProblemError } from '@themeline/http';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Fetched, FetchedService } from './fetched.service';

const BATCH = 100;
const POLL_MS = 300;
/** Proxies close what is silent for a minute or so. */
const HEARTBEAT_MS = 15_000;
const MOST_READERS = 10;

/** Server-Sent Events of what a stream's places hold: its ids are the places, so that who comes again misses nothing. */
@Injectable()
export class AlertStreams implements OnModuleDestroy {
  private readonly logger = new Logger(AlertStreams.name);
  private readonly readers = new Map<string, number>();
  private readonly ending = new AbortController();

  constructor(private readonly fetched: FetchedService) {}

  onModuleDestroy(): void {
    this.ending.abort();
  }

  /**
   * Sends what comes after a place until the reader goes; `after` null: what comes from now on. `again` finds the channel
   * anew, and throws when it is there no longer. Throws a 429 when too many read already.
   */
  async serve(
    found: Fetched,
    after: number | null,
    open: () => ServerResponse,
    again: () => Promise<Fetched>,
  ): Promise<void> {
    const { id } = found.channel;
    const readers = this.readers.get(id) ?? 0;
    if (readers >= MOST_READERS) {
      throw new ProblemError(429, 'Too Many Requests', `${String(MOST_READERS)} read this stream already`);
    }
    const last = await this.fetched.lastPlace(found);
    const raw = open();
    const gone = new AbortController();
    raw.once('close', () => gone.abort());
    this.readers.set(id, readers + 1);
    try {
      await this.send(
        found,
        Math.min(after ?? last, last),
        raw,
        AbortSignal.any([gone.signal, this.ending.signal]),
        again,
      );
    } catch (error) {
      if (!gone.signal.aborted) this.logger.debug({ err: error, channelId: id }, 'a stream ended');
    } finally {
      const left = (this.readers.get(id) ?? 1) - 1;
      if (left === 0) this.readers.delete(id);
      else this.readers.set(id, left);
      raw.end();
    }
  }

  private async send(
    found: Fetched,
    after: number,
    raw: ServerResponse,
    signal: AbortSignal,
    again: () => Promise<Fetched>,
  ): Promise<void> {
    let place = after;
    let spokeAt = Date.now();
    let current = found;
    raw.write(`retry: 2000\n\n`);
    while (!signal.aborted) {
      const alerts = await this.fetched.after(current, place, BATCH);
      for (const alert of alerts) {
        place = alert.place;
        const taken = raw.write(`id: ${String(place)}\nevent: ${alert.type}\ndata: ${alert.data}\n\n`);
        if (!taken) await once(raw, 'drain', { signal });
        spokeAt = Date.now();
      }
      if (alerts.length === BATCH) continue;
      if (Date.now() - spokeAt > HEARTBEAT_MS) {
        current = await again();
        raw.write(': still here\n\n');
        spokeAt = Date.now();
      }
      await pause(POLL_MS, undefined, { signal });
    }
  }
}
