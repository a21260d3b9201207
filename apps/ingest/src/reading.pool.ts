import { Logger, OnApplicationShutdown } from '@nestjs/common';
import { ProblemError, unavailable } from '@themeline/http';
import { counter, gauge, histogram } from '@themeline/observability';
import path from 'node:path';
import { Piscina } from 'piscina';
import type { ReadingSettings } from './reading.settings';
import type { ReadingAnswers, ReadingTask } from './reading.task';
import type { Reply } from './reading.worker';

/** A thread without work ends after this: an idle service keeps no memory for reading. */
const IDLE_MS = 60_000;
const RETRY_AFTER_SECONDS = 2;
/** What running tasks get at the end of the service. */
const DRAIN_MS = 5_000;
/** A page that needs more ends its thread, not the service. */
const MAX_HEAP_MB = 512;
/** Linux alone can have one thread give way; elsewhere the whole process would. */
const GIVES_WAY = process.platform === 'linux' ? 5 : 0;

const waiting = gauge('reading_queue_length', 'Texts that wait for a reading thread');
const seconds = histogram('reading_seconds', 'Time that a reading thread took for a text', ['task']);
const replaced = counter('reading_threads_replaced_total', 'Reading threads that died or were ended', ['reason']);

/** The text took a thread longer than one may take: trying at once again would not help. */
export class ReadingTimeout extends ProblemError {
  constructor(timeoutMs: number) {
    super(422, 'Text Takes Too Long', `reading it took longer than ${String(timeoutMs / 1_000)} s`);
    this.name = 'ReadingTimeout';
  }
}

/** The thread died with the text, twice. */
export class ReadingFailure extends Error {
  readonly code = 'reading-failed';
}

/** `request`: somebody waits for the answer, and is told when too many do. `background`: waits as long as it takes. */
export type Urgency = 'request' | 'background';

interface Job {
  task: ReadingTask;
  resolve: (reply: Reply) => void;
  reject: (error: unknown) => void;
}

export const WORKER = path.join(__dirname, `reading.worker${path.extname(__filename)}`);

/**
 * Reads texts in threads of their own, so that the event loop stays free for requests. No more is handed over than there are threads; the
 * rest waits here, requests and background work taking turns.
 */
export class ReadingPool implements OnApplicationShutdown {
  private readonly logger = new Logger(ReadingPool.name);
  private readonly threads: Piscina;
  private readonly queues: Record<Urgency, Job[]> = { request: [], background: [] };
  private readonly running = new Map<AbortController, Promise<void>>();
  private last: Urgency = 'background';
  private closing = false;

  constructor(
    private readonly settings: ReadingSettings,
    worker = WORKER,
  ) {
    this.threads = new Piscina({
      filename: worker,
      minThreads: 0,
      maxThreads: settings.threads,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      niceIncrement: GIVES_WAY,
      // Run from sources, as tests do, a thread needs what makes TypeScript of them.
      ...(worker.endsWith('.ts') ? { execArgv: ['--import', require.resolve('tsx')] } : {}),
    });
    this.threads.on('error', (error: Error) => {
      // No task is told of a thread that does not even start.
      this.logger.error(`a reading thread failed: ${error.message}`);
      for (const abort of this.running.keys()) abort.abort(error);
    });
  }

  /** Texts that wait for a thread. */
  get queueLength(): number {
    return this.queues.request.length + this.queues.background.length;
  }

  /**
   * @throws ProblemError 503 when too many requests wait, or the service ends
   * @throws ReadingTimeout
   * @throws ReadingFailure
   */
  async run<T extends ReadingTask>(task: T, urgency: Urgency): Promise<ReadingAnswers[T['type']]> {
    if (this.closing) throw unavailable('the service is stopping', RETRY_AFTER_SECONDS);
    if (urgency === 'request' && this.isFull()) {
      throw unavailable(`${String(this.settings.queue)} texts wait to be read already`, RETRY_AFTER_SECONDS);
    }
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.queues[urgency].push({ task, resolve, reject });
      this.next();
    });
    if (reply.ok) return reply.answer as ReadingAnswers[T['type']];
    throw Object.assign(new Error(reply.message), { stack: reply.stack });
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    for (const job of [...this.queues.request.splice(0), ...this.queues.background.splice(0)]) {
      job.reject(unavailable('the service is stopping', RETRY_AFTER_SECONDS));
    }
    waiting.set(0);
    let deadline: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (deadline = setTimeout(resolve, DRAIN_MS)));
    await Promise.race([Promise.all(this.running.values()), late]);
    clearTimeout(deadline);
    await this.threads.destroy();
  }

  private isFull(): boolean {
    return this.running.size >= this.settings.threads && this.queues.request.length >= this.settings.queue;
  }

  private next(): void {
    while (this.running.size < this.settings.threads) {
      const first: Urgency = this.last === 'request' ? 'background' : 'request';
      const urgency = this.queues[first].length > 0 ? first : this.last;
      const job = this.queues[urgency].shift();
      if (job === undefined) break;
      this.last = urgency;
      const abort = new AbortController();
      const done = this.perform(job, abort).finally(() => {
        this.running.delete(abort);
        if (!this.closing) this.next();
      });
      this.running.set(abort, done);
    }
    waiting.set(this.queueLength);
  }

  private async perform({ task, resolve, reject }: Job, abort: AbortController): Promise<void> {
    const timeout = new ReadingTimeout(this.settings.timeoutMs);
    const cap = setTimeout(() => abort.abort(timeout), this.settings.timeoutMs);
    const timer = seconds.startTimer({ task: task.type });
    try {
      resolve(await this.twice(task, abort.signal));
    } catch (error) {
      if (abort.signal.reason === timeout) replaced.inc({ reason: 'timeout' });
      reject(abort.signal.reason === timeout ? timeout : error);
    } finally {
      clearTimeout(cap);
      timer();
    }
  }

  /** A thread may die of something that another task left behind, so that a text gets a second one. */
  private async twice(task: ReadingTask, signal: AbortSignal): Promise<Reply> {
    try {
      return await this.once(task, signal);
    } catch (error) {
      if (signal.aborted || this.closing) throw error;
      replaced.inc({ reason: 'died' });
      this.logger.warn((error as Error).message);
      return await this.once(task, signal);
    }
  }

  private async once(task: ReadingTask, signal: AbortSignal): Promise<Reply> {
    try {
      return (await this.threads.run(task, { signal })) as Reply;
    } catch (error) {
      const { message } = (signal.aborted ? signal.reason : error) as Error;
      throw new ReadingFailure(`a reading thread died: ${message}`);
    }
  }
}
