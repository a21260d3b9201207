import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FeedBytes } from '@themeline/feeds';
import path from 'node:path';
import { Piscina } from 'piscina';
import type { FeedAnswers, FeedTask } from './feed.worker';

const IDLE_MS = 60_000;
/** Far more than the largest feed takes, the start of a thread on a busy machine included. */
const TIMEOUT_MS = 20_000;
/** A feed that needs more ends its thread, not the service. */
const MAX_HEAP_MB = 256;
const WORKER = path.join(__dirname, `feed.worker${path.extname(__filename)}`);

/** Reading the feed took too long or ended its thread. */
export class FeedTooHard extends Error {
  readonly code = 'feed-too-hard';

  constructor(reason: string) {
    super(`reading it was given up: ${reason}`);
    this.name = 'FeedTooHard';
  }
}

/** Reads feeds in a thread of its own: a hostile one keeps neither requests nor polls waiting. */
@Injectable()
export class FeedPool implements OnApplicationShutdown {
  private readonly threads = new Piscina({
    filename: WORKER,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    // Run from sources, as tests do, a thread needs what makes TypeScript of them.
    ...(WORKER.endsWith('.ts') ? { execArgv: ['--import', require.resolve('tsx')] } : {}),
  });
  private last: Promise<unknown> = Promise.resolve();

  /**
   * The bytes may be gone afterwards: large ones are moved, not copied.
   *
   * @throws FeedTooHard
   */
  async read<T extends keyof FeedAnswers>(type: T, given: FeedBytes): Promise<FeedAnswers[T]> {
    const abort = new AbortController();
    // The time counts from when the thread has it: what waits behind a hostile feed is not to blame.
    let timer: NodeJS.Timeout | undefined;
    try {
      return (await this.inTurn(() => {
        timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
        return this.threads.run({ type, ...given } satisfies FeedTask, {
          signal: abort.signal,
          transferList: movable(given.bytes),
        });
      })) as FeedAnswers[T];
    } catch (error) {
      throw new FeedTooHard(
        abort.signal.aborted ? `${String(TIMEOUT_MS / 1_000)} s were not enough` : (error as Error).message,
      );
    } finally {
      clearTimeout(timer);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.threads.destroy();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

/** Small buffers lie beside others in one block of memory, which must stay. */
const movable = ({ buffer, byteLength }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 64 * 1024 ? [buffer] : [];
