import { Payload, Subject, SUBJECTS } from '@themeline/contracts';

/** The bytes are no message of this subject: no retry will make them one. */
export class UndecodableMessage extends Error {
  readonly code = 'undecodable-message';
}

/** Checked against the subject's schema on the way out, so that a producer cannot publish what no consumer can read. */
export function encode<S extends Subject>(subject: S, payload: Payload<S>): string {
  return JSON.stringify(SUBJECTS[subject].schema.parse(payload));
}

/** Bytes come in unknown and leave typed. Throws UndecodableMessage naming the first wrong field. */
export function decode<S extends Subject>(subject: S, body: string): Payload<S> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new UndecodableMessage(`${subject}: not JSON: ${(error as Error).message}`);
  }
  const result = SUBJECTS[subject].schema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new UndecodableMessage(`${subject}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
  }
  return result.data as Payload<S>;
}
