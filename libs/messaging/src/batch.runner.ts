import { Durable, Payload, Subject } from '@themeline/contracts';
import { Database, isDuplicateKey, isUnavailable } from '@themeline/persistence';
import { BatchWork, ConsumeContext } from './consume.decorator';
import { DeadLetters } from './dead-letters.service';
import { faultPoint } from './fault.points';
import { InboxRepository } from './inbox.repository';
import { done, Outcome, reject, retry, StaleBatch } from './outcome';

/** A decoded message with the text it was decoded from. */
export interface BatchMessage {
  messageId: string;
  subject: Subject;
  payload: Payload<Subject>;
  correlationId: string;
  deliveries: number;
  body: string;
}

export interface BatchRunnerOptions {
  durable: Durable;
  /** The consumer's name: the durable's, or a shard's. */
  consumer: string;
  shard: number | null;
  idempotent: boolean;
  /** How often a message may fail on its own before it is a dead letter. */
  maxFailures: number;
}

export type Handle = (messages: BatchMessage[], context: ConsumeContext) => Promise<BatchWork | null>;

const MAX_RERUNS = 50;
const UNAVAILABLE_DELAY_MS = 1_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs one batch through its handler so that each message takes effect exactly once: effect and inbox rows in one transaction.
 * Knows nothing of the broker; the consumer settles by the outcomes that come back, one per message in order.
 */
export class BatchRunner {
  constructor(
    private readonly options: BatchRunnerOptions,
    private readonly handle: Handle,
    private readonly database: Database,
    private readonly inbox: InboxRepository,
    private readonly deadLetters: DeadLetters,
    private readonly random: () => number = Math.random,
  ) {}

  async run(messages: readonly BatchMessage[]): Promise<Outcome[]> {
    const outcomes = new Map<string, Outcome>();
    // The same message twice in one batch (a redelivery that overtook its acknowledgement) is worked on once.
    const unique = [...new Map(messages.map((message) => [message.messageId, message])).values()];
    await this.settle(unique, outcomes);
    return messages.map((message) => outcomes.get(message.messageId) ?? retry(UNAVAILABLE_DELAY_MS));
  }

  /** A message that will never be readable: written down, and seen. */
  async bury(
    message: Omit<BatchMessage, 'payload' | 'subject'> & { subject: string },
    reason: string,
    attempts: number,
  ): Promise<void> {
    const { consumer, durable } = this.options;
    await this.database.transaction(async (session) => {
      const seen = await this.inbox.seen(consumer, [message.messageId], session);
      if (seen.size > 0) return;
      await this.deadLetters.record(session, {
        durable,
        consumer,
        subject: message.subject,
        messageId: message.messageId,
        reason,
        attempts,
        body: message.body,
        correlationId: message.correlationId,
      });
      await this.inbox.insert(session, consumer, [message.messageId]);
    });
  }

  private async settle(messages: readonly BatchMessage[], outcomes: Map<string, Outcome>): Promise<void> {
    for (let run = 0; ; run++) {
      try {
        await this.attempt(messages, outcomes, run > 0);
        return;
      } catch (error) {
        const conflict = error instanceof StaleBatch || isDuplicateKey(error);
        if (conflict && run < MAX_RERUNS) {
          // Another replica was faster. What it did is seen by the next run; jitter keeps two from meeting again.
          await pause(this.random() * Math.min(200, 5 * 2 ** Math.min(run, 6)));
          continue;
        }
        if (conflict || isUnavailable(error)) {
          for (const message of messages) outcomes.set(message.messageId, retry(UNAVAILABLE_DELAY_MS));
          return;
        }
        const [first, ...others] = messages;
        if (first === undefined) return;
        if (others.length === 0) {
          outcomes.set(first.messageId, await this.failed(first, error));
          return;
        }
        // One of them is poison: halve until it stands alone, and its neighbours go through.
        const middle = Math.ceil(messages.length / 2);
        await this.settle(messages.slice(0, middle), outcomes);
        await this.settle(messages.slice(middle), outcomes);
        return;
      }
    }
  }

  private async attempt(
    messages: readonly BatchMessage[],
    outcomes: Map<string, Outcome>,
    again: boolean,
  ): Promise<void> {
    const { consumer, durable, shard, idempotent } = this.options;
    // What comes for the first time has seldom been seen: where it was, its inbox row stops the commit, and the next run looks.
    const mayBeSeen = !idempotent && (again || messages.some(({ deliveries }) => deliveries > 1));
    const ids = messages.map((message) => message.messageId);
    const seen = mayBeSeen ? await this.inbox.seen(consumer, ids) : new Set<string>();
    const todo = messages.filter((message) => !seen.has(message.messageId));
    let results: Outcome[] = [];
    const work = todo.length > 0 ? await this.handle(todo, { durable, shard, again }) : null;
    if (work !== null) {
      results = await this.database.transaction(async (session) => {
        const given = (await work.commit(session)) ?? todo.map(done);
        if (given.length !== todo.length) {
          throw new Error(`${durable}: ${String(given.length)} outcomes for ${String(todo.length)} messages`);
        }
        if (!idempotent) {
          const finished = todo.filter((_, index) => given[index]?.type !== 'retry');
          for (const [index, message] of todo.entries()) {
            const outcome = given[index];
            if (outcome?.type === 'reject') {
              await this.deadLetters.record(session, {
                durable,
                consumer,
                subject: message.subject,
                messageId: message.messageId,
                reason: outcome.reason,
                attempts: message.deliveries,
                body: message.body,
                correlationId: message.correlationId,
              });
            }
          }
          // A duplicate key here means that another replica has dealt with one of them since: all of it is undone and planned again.
          await this.inbox.insert(
            session,
            consumer,
            finished.map((message) => message.messageId),
          );
        }
        faultPoint('before-batch-commit');
        return given;
      });
      faultPoint('after-batch-commit');
      work.committed?.();
    }
    for (const id of seen) outcomes.set(id, done());
    for (const [index, message] of todo.entries()) outcomes.set(message.messageId, results[index] ?? done());
  }

  private async failed(message: BatchMessage, error: unknown): Promise<Outcome> {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    try {
      const failures = await this.inbox.countFailure(this.options.consumer, message.messageId);
      if (failures < this.options.maxFailures) return retry(Math.min(30_000, 250 * 2 ** failures));
      await this.bury(message, reason, failures);
      return reject(reason);
    } catch {
      return retry(UNAVAILABLE_DELAY_MS);
    }
  }
}
