import { Injectable } from '@nestjs/common';
import { DeadLetterOut, deriveId, Page } from '@themeline/contracts';
import { decodeCursor, encodeCursor, notFound } from '@themeline/http';
import { counter, currentCorrelationId } from '@themeline/observability';
import { ClientSession, Database } from '@themeline/persistence';
import { z } from 'zod';
import { InboxRepository } from './inbox.repository';
import { Death, DeadLetterDocument } from './messaging.collections';
import { Outbox } from './outbox.service';

const cursorSchema = z.object({ deadAt: z.string(), id: z.string() });

const died = counter('dead_letters_total', 'Messages and deliveries that were given up on', ['durable']);

/** Brings back to life what a service gave up on, inside the transaction that removes the dead letter. */
export type Replayer = (letter: DeadLetterDocument, session: ClientSession) => Promise<void>;

/** What was given up on: kept with its reason, readable, replayable. */
@Injectable()
export class DeadLetters {
  private readonly replayers = new Map<string, Replayer>();

  constructor(
    private readonly database: Database,
    private readonly inbox: InboxRepository,
    private readonly outbox: Outbox,
  ) {}

  private get letters() {
    return this.database.collection<DeadLetterDocument>('dead_letters');
  }

  /** For what is not a message: `replayWith('deliveries', …)`. */
  replayWith(durable: string, replayer: Replayer): void {
    this.replayers.set(durable, replayer);
  }

  /** Writes a death down, once however often it is told, and announces it on the stream of dead letters. */
  async record(session: ClientSession, death: Death): Promise<void> {
    const id = `${this.database.service}_${deriveId('msg', death.consumer, death.messageId).slice(4)}`;
    const now = new Date();
    const existing = await this.letters.findOne({ _id: id }, { session });
    if (existing !== null) return;
    await this.letters.insertOne({ _id: id, service: this.database.service, ...death, deadAt: now }, { session });
    await this.outbox.add(session, [
      {
        subject: 'message.died',
        messageId: deriveId('msg', 'died', id, now.toISOString()),
        payload: {
          id,
          service: this.database.service,
          durable: death.durable,
          subject: death.subject,
          reason: death.reason.slice(0, 1_000),
          at: now.toISOString(),
        },
        correlationId: death.correlationId ?? currentCorrelationId(),
      },
    ]);
    died.inc({ durable: death.durable });
  }

  async list(limit: number, cursor?: string): Promise<Page<DeadLetterOut>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, cursorSchema);
    const rows = await this.letters
      .find(
        after === null
          ? {}
          : {
              $or: [
                { deadAt: { $lt: new Date(after.deadAt) } },
                { deadAt: new Date(after.deadAt), _id: { $lt: after.id } },
              ],
            },
      )
      .sort({ deadAt: -1, _id: -1 })
      .limit(limit + 1)
      .toArray();
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(present),
      nextCursor:
        rows.length > limit && last !== undefined
          ? encodeCursor({ deadAt: last.deadAt.toISOString(), id: last._id })
          : null,
    };
  }

  async read(id: string): Promise<DeadLetterOut> {
    return present(await this.find(id));
  }

  /** Puts it back to where it died: the message to its own consumer only (the others' inboxes know it), a delivery to its queue. */
  async replay(id: string): Promise<void> {
    await this.database.transaction(async (session) => {
      const letter = await this.find(id, session);
      const replayer = this.replayers.get(letter.durable);
      if (replayer !== undefined) await replayer(letter, session);
      else {
        await this.inbox.remove(session, letter.consumer, letter.messageId);
        await this.outbox.addReplay(session, letter);
      }
      await this.letters.deleteOne({ _id: id }, { session });
    });
  }

  async discard(id: string): Promise<void> {
    const result = await this.letters.deleteOne({ _id: id });
    if (result.deletedCount === 0) throw notFound(`no such dead letter: '${id}'`);
  }

  /** Removes those that quote a report which was taken down: replaying one would bring its text back. */
  async forget(session: ClientSession, reportId: string): Promise<void> {
    await this.letters.deleteMany({ body: { $regex: reportId.replace(/[^\w]/g, '\\$&') } }, { session });
  }

  private async find(id: string, session?: ClientSession): Promise<DeadLetterDocument> {
    const letter = await this.letters.findOne({ _id: id }, session === undefined ? {} : { session });
    if (letter === null) throw notFound(`no such dead letter: '${id}'`);
    return letter;
  }
}

function present(letter: DeadLetterDocument): DeadLetterOut {
  let payload: unknown = letter.body;
  try {
    payload = JSON.parse(letter.body);
  } catch {
    // Undecodable is one of the reasons to be here: then the text itself is shown.
  }
  return {
    id: letter._id,
    service: letter.service,
    durable: letter.durable,
    subject: letter.subject,
    messageId: letter.messageId,
    reason: letter.reason,
    attempts: letter.attempts,
    payload,
    correlationId: letter.correlationId,
    deadAt: letter.deadAt.toISOString(),
  };
}
