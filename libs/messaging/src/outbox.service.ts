import { Injectable } from '@nestjs/common';
import { currentCorrelationId } from '@themeline/observability';
import { ClientSession } from '@themeline/persistence';
import { DeadLetterDocument } from './messaging.collections';
import { OutboxMessage, OutboxRepository } from './outbox.repository';

/** Separates a message's id from the count of its replay in `Nats-Msg-Id`: the broker sees a new message, the inbox the old one. */
export const REPLAY_MARK = '~';

/** Where a service leaves the facts that it commits. The relay takes them from there. */
@Injectable()
export class Outbox {
  private listener: () => void = () => undefined;

  constructor(private readonly repository: OutboxRepository) {}

  /** Adds rows to the caller's transaction. Call `wake()` once it has committed. */
  add(session: ClientSession, messages: readonly OutboxMessage[]): Promise<void> {
    return this.repository.insert(session, messages);
  }

  addReplay(session: ClientSession, letter: DeadLetterDocument): Promise<void> {
    return this.repository.insertRaw(session, {
      _id: `${letter.messageId}${REPLAY_MARK}${String(Date.now())}`,
      subject: letter.subject,
      body: letter.body,
      correlationId: letter.correlationId ?? currentCorrelationId(),
    });
  }

  /** Tells the relay that there is something to send, so that it need not wait for its next poll. */
  wake(): void {
    this.listener();
  }

  onWake(listener: () => void): void {
    this.listener = listener;
  }
}
