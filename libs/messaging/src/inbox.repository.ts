import { Injectable } from '@nestjs/common';
import { ClientSession, Database } from '@themeline/persistence';
import { FailureDocument, InboxDocument } from './messaging.collections';

@Injectable()
export class InboxRepository {
  constructor(private readonly database: Database) {}

  private get inbox() {
    return this.database.collection<InboxDocument>('inbox');
  }

  private get failures() {
    return this.database.collection<FailureDocument>('message_failures');
  }

  /** Which of these messages the consumer has already dealt with. */
  async seen(consumer: string, messageIds: readonly string[], session?: ClientSession): Promise<Set<string>> {
    const rows = await this.inbox
      .find(
        { consumer, messageId: { $in: [...messageIds] } },
        { projection: { messageId: 1 }, ...(session === undefined ? {} : { session }) },
      )
      .toArray();
    return new Set(rows.map((row) => row.messageId));
  }

  /** Fails with a duplicate key when another replica was faster: then the batch is run again and skips what was seen. */
  async insert(session: ClientSession, consumer: string, messageIds: readonly string[]): Promise<void> {
    if (messageIds.length === 0) return;
    const at = new Date();
    await this.inbox.insertMany(
      messageIds.map((messageId) => ({ consumer, messageId, at })),
      { session },
    );
  }

  async remove(session: ClientSession, consumer: string, messageId: string): Promise<void> {
    await this.inbox.deleteOne({ consumer, messageId }, { session });
    await this.failures.deleteOne({ consumer, messageId }, { session });
  }

  /** Counts one more failure of a message on its own; answers with the total. */
  async countFailure(consumer: string, messageId: string): Promise<number> {
    const row = await this.failures.findOneAndUpdate(
      { consumer, messageId },
      { $inc: { count: 1 }, $set: { at: new Date() } },
      { upsert: true, returnDocument: 'after' },
    );
    return row?.count ?? 1;
  }
}
