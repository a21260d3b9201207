import { consumersOf, type Payload, type Subject, SUBJECTS } from '@themeline/contracts';
import { decode } from './message.codec';

/** As many as the consumers of one subject are apart from each other when none of them is late. */
const MOST = 500;

/** What one consumer alone reads is decoded once anyway. */
const SHARED: ReadonlySet<Subject> = new Set(
  (Object.keys(SUBJECTS) as Subject[]).filter((subject) => consumersOf(subject).length > 1),
);

/**
 * The messages that a service decoded last: what several consumers read (the shards of one durable, a projection beside it) is
 * parsed and checked once. Payloads are shared, so nobody may change one.
 */
export class DecodedMessages {
  private readonly known = new Map<string, { body: string; payload: unknown }>();

  /** `place`: stream and number of the message. @throws UndecodableMessage */
  decode<S extends Subject>(place: string, subject: S, body: string): Payload<S> {
    if (!SHARED.has(subject)) return decode(subject, body);
    const found = this.known.get(place);
    // A stream that was made anew counts from one again.
    if (found?.body === body) return found.payload as Payload<S>;
    const payload = decode(subject, body);
    this.known.delete(place);
    this.known.set(place, { body, payload });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST && oldest !== undefined) this.known.delete(oldest);
    return payload;
  }
}
