import { Injectable } from '@nestjs/common';
import { currentCorrelationId } from '@themeline/observability';
import { afterCommit, type ClientSession } from '@themeline/persistence';
import { DeadLetterDocument, OutboxDocument } from './messaging.collections';
import { OutboxMessage, OutboxRepository } from './outbox.repository';

/** Separates a message's id from the count of its replay in `Nats-Msg-Id`: the broker sees a new message, the inbox the old one. */
export const REPLAY_MARK = '~';

/** Who carries to the broker what was committed. */
export interface OutboxCarrier {
  /** Whether rows may be handed over as they are committed; else they are left to be found. */
  hasRoom(): boolean;
  /** Rows that were committed under this process' own lease. */
  carry(rows: readonly OutboxDocument[]): void;
  /** There is something to be found. */
  wake(): void;
}

/** Where a service leaves the facts that it commits. The relay takes them from there. */
@Injectable()
export class Outbox {
  private carrier: OutboxCarrier | null = null;

  constructor(private readonly repository: OutboxRepository) {}

  /**
   * Adds rows to the caller's transaction. They are written with this process' lease on them, and its relay is handed them
   * the moment that they are committed: nobody has to look for them. Should it die before, the lease runs out.
   */
  async add(session: ClientSession, messages: readonly OutboxMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const carrier = this.carrier?.hasRoom() === true ? this.carrier : null;
    const rows = await this.repository.insert(session, messages, carrier !== null);
    afterCommit(session, () => {
      if (carrier === null) this.carrier?.wake();
      else carrier.carry(rows);
    });
  }

  async addReplay(session: ClientSession, letter: DeadLetterDocument): Promise<void> {
    await this.repository.insertRaw(session, {
      _id: `${letter.messageId}${REPLAY_MARK}${String(Date.now())}`,
      subject: letter.subject,
      body: letter.body,
      correlationId: letter.correlationId ?? currentCorrelationId(),
    });
    afterCommit(session, () => this.carrier?.wake());
  }

  carriedBy(carrier: OutboxCarrier): void {
    this.carrier = carrier;
  }
}
