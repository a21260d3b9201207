import { Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { consumerNames, Durable, DURABLES, Service, StreamName, streamsOf } from '@themeline/contracts';
import { gauge } from '@themeline/observability';
import { Topology } from './topology.service';

const HOUR_MS = 3_600_000;
const EVERY_MS = 10_000;
/** Beyond this share of what a stream holds at most, nothing that is done with is kept. */
const CROWDED = 0.5;

const lagGauge = gauge('consumer_lag', 'Messages of a stream that a consumer has not acknowledged yet', ['consumer']);

/** What a stream's owner knows of those who read it. */
export interface StreamLag {
  stream: StreamName;
  consumer: string;
  /** Not yet delivered plus delivered and not yet acknowledged. */
  pending: number;
}

/**
 * Removes from a service's own streams what every durable has acknowledged, so that limits retention does not fill up with
 * messages that are done with. The last hour (`keepMs`) is kept for whoever wants to look, as long as the stream has room.
 */
export class StreamPurger {
  private readonly logger = new Logger(StreamPurger.name);
  /** Where each stream ended at certain times: what was already there an hour ago may go. */
  private readonly ends = new Map<StreamName, { at: number; lastSeq: number }[]>();

  constructor(
    private readonly service: Service,
    private readonly topology: Topology,
    private readonly keepMs = HOUR_MS,
    private readonly now: () => number = Date.now,
  ) {}

  /** Nest's scheduler calls it; several replicas may do so, for purging twice purges once. */
  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.purgeAll().catch((error: unknown) => {
      this.logger.warn(`purge: ${(error as Error).message}`);
    });
  }

  async purgeAll(): Promise<void> {
    for (const stream of streamsOf(this.service)) await this.purge(stream);
  }

  /** Removes what may go from one stream; answers with the number of messages removed. */
  async purge(stream: StreamName): Promise<number> {
    const manager = await this.topology.manager();
    const name = this.topology.streamName(stream);
    const { state } = await manager.streams.info(name);
    const samples = this.ends.get(stream) ?? [];
    const old = samples.filter((sample) => this.now() - sample.at >= this.keepMs);
    this.ends.set(stream, [
      ...old.slice(-1),
      ...samples.slice(old.length),
      { at: this.now(), lastSeq: state.last_seq },
    ]);
    const isCrowded = state.bytes > this.topology.options.maxBytes * CROWDED;
    const oldEnd = isCrowded || this.keepMs === 0 ? state.last_seq : (old.at(-1)?.lastSeq ?? 0);
    const floors = await this.floors(stream);
    // Nobody reads it (dead letters): then age alone limits it.
    if (floors.length === 0) return 0;
    const upTo = Math.min(oldEnd, ...floors);
    if (upTo < state.first_seq) return 0;
    const { purged } = await manager.streams.purge(name, { seq: upTo + 1 });
    return purged;
  }

  /** How far behind the readers of this service's streams are. A durable that does not exist yet has everything before it. */
  async lags(): Promise<StreamLag[]> {
    const manager = await this.topology.manager();
    const lags: StreamLag[] = [];
    for (const stream of streamsOf(this.service)) {
      for (const consumer of readersOf(stream)) {
        const info = await manager.consumers.info(this.topology.streamName(stream), consumer).catch(() => null);
        const pending =
          info === null
            ? (await manager.streams.info(this.topology.streamName(stream))).state.messages
            : info.num_pending + info.num_ack_pending;
        lagGauge.set({ consumer }, pending);
        lags.push({ stream, consumer, pending });
      }
    }
    return lags;
  }

  private async floors(stream: StreamName): Promise<number[]> {
    const manager = await this.topology.manager();
    const floors: number[] = [];
    for (const consumer of readersOf(stream)) {
      const info = await manager.consumers.info(this.topology.streamName(stream), consumer).catch(() => null);
      floors.push(info?.ack_floor.stream_seq ?? 0);
    }
    return floors;
  }
}

function readersOf(stream: StreamName): string[] {
  return (Object.keys(DURABLES) as Durable[])
    .filter((durable) => DURABLES[durable].stream === stream)
    .flatMap(consumerNames);
}
