import { Logger } from '@nestjs/common';
import { consumerNames, consumersOf, type Durable, DURABLES } from '@themeline/contracts';
import type { OutboxRepository } from './outbox.repository';

/** So long the first receipt for a message is kept in memory for the others. */
const GATHER_MS = 2_000;
const LOOK_EVERY_MS = 500;
/** Messages that are not confirmed by all yet; beyond it what there is is written down. */
const MOST = 50_000;

interface Gathered {
  heard: Set<string>;
  since: number;
}

/**
 * Gathers the receipts for each message until all its consumers have sent theirs, so that its outbox row is removed by one write
 * and changed by none. What is not complete in time (another replica got the rest) is noted in the rows. Receipts that die with
 * this process only make their rows live longer.
 */
export class ReceiptBook {
  private readonly logger = new Logger(ReceiptBook.name);
  private readonly gathered = new Map<string, Gathered>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly rows: Pick<OutboxRepository, 'confirm' | 'finish'>) {}

  start(): void {
    this.timer ??= setInterval(() => {
      this.flush(Date.now() - GATHER_MS).catch((error: unknown) => {
        this.logger.debug(`receipts are not noted: ${(error as Error).message}`);
      });
    }, LOOK_EVERY_MS);
  }

  /** Writes down what there is. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.flush(Infinity).catch((error: unknown) => {
      this.logger.debug(`receipts are not noted: ${(error as Error).message}`);
    });
  }

  /** Consumers have committed the effect of these messages: `alerts-match-0` → their ids. */
  async note(receipts: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const complete = new Map<readonly string[], string[]>();
    for (const [consumer, messageIds] of receipts) {
      const all = WITH.get(consumer);
      for (const messageId of messageIds) {
        const one = this.gathered.get(messageId) ?? { heard: new Set<string>(), since: Date.now() };
        one.heard.add(consumer);
        if (all?.every((name) => one.heard.has(name)) === true) {
          this.gathered.delete(messageId);
          push(complete, all, messageId);
        } else this.gathered.set(messageId, one);
      }
    }
    for (const [consumers, messageIds] of complete) await this.rows.finish(messageIds, consumers);
    if (this.gathered.size > MOST) await this.flush(Infinity);
  }

  private async flush(before: number): Promise<void> {
    const late = new Map<string, string[]>();
    for (const [messageId, { heard, since }] of this.gathered) {
      // In the order in which the first receipts came.
      if (since > before) break;
      this.gathered.delete(messageId);
      for (const consumer of heard) push(late, consumer, messageId);
    }
    await this.rows.confirm(late);
  }
}

function push<K>(lists: Map<K, string[]>, key: K, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Each consumer with all that confirm the same messages, itself included; undefined where that depends on the message's subject. */
const WITH = new Map(
  (Object.keys(DURABLES) as Durable[]).flatMap((durable) => {
    const [first, ...others] = DURABLES[durable].subjects.map(consumersOf);
    if (first === undefined || others.some((names) => names.join() !== first.join())) return [];
    return consumerNames(durable).map((name) => [name, first] as const);
  }),
);
