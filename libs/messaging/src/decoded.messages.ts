import type { Payload, Subject } from '@themeline/contracts';
import { decode } from './message.codec';

/**
 * The messages that a service decoded last: what several of its consumers read from one stream (the shards of one durable, a
 * projection beside it) is parsed and checked once. Payloads are shared, so nobody may change one.
 */
export class DecodedMessages {
  private readonly known = new Map<string, { body: string; payload: unknown }>();

  /** `most`: as many as the consumers are apart from each other when none of them is late. */
  constructor(private readonly most = 500) {}

  /** `place`: stream and number of the message. @throws UndecodableMessage */
  decode<S extends Subject>(place: string, subject: S, body: string): Payload<S> {
    const found = this.known.get(place);
    // A stream that was made anew counts from one again.
    if (found?.body === body) return found.payload as Payload<S>;
    const payload = decode(subject, body);
    this.known.delete(place);
    this.known.set(place, { body, payload });
    const [oldest] = this.known.keys();
    if (this.known.size > this.most && oldest !== undefined) this.known.delete(oldest);
    return payload;
  }
}
