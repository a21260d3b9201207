import { JsonWriter } from '@themeline/persistence';
import type { FastifyReply } from 'fastify';
import type { EventPage } from './events.service';

/** Answers with a page of events. */
export async function sendPage(reply: FastifyReply, { items, ...rest }: EventPage): Promise<void> {
  const writer = items.writeTo(new JsonWriter().text('{"items":['), ',');
  const json = writer.text(`],${JSON.stringify(rest).slice(1)}`).end();
  await reply.header('content-type', 'application/json; charset=utf-8').send(json);
}
