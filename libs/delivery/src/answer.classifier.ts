/** What came of one attempt. `status` null: no answer; `error` says why, in words that the owner may read. */
export interface Answer {
  at: Date;
  status: number | null;
  error: string | null;
  latencyMs: number;
  /** At most 1 KiB of the answer, as clean text. */
  responseExcerpt: string | null;
  retryAfter: Date | null;
}

/**
 * What follows from an attempt. `gone`: the receiver wants no more, ever. `refused`: not this message, however often.
 * `limited`: too fast, which is no failure. `retry`: perhaps later.
 */
export type Verdict = 'delivered' | 'gone' | 'refused' | 'limited' | 'retry';

/** Of a webhook: 2xx is delivered, 410 gone, everything else to be tried again, redirects too. */
export function classifyAnswer(answer: Pick<Answer, 'status'>): Verdict {
  if (answer.status === null) return 'retry';
  if (answer.status >= 200 && answer.status < 300) return 'delivered';
  return answer.status === 410 ? 'gone' : 'retry';
}

/** Of a messenger: it says at once when it does not know the address any more, or can't read the message. */
export function classifyMessengerAnswer(answer: Pick<Answer, 'status'>): Verdict {
  switch (answer.status) {
    case 404:
    case 410:
      return 'gone';
    case 429:
      return 'limited';
    case 400:
    case 413:
      return 'refused';
    default:
      return classifyAnswer(answer);
  }
}

const EXCERPT_BYTES = 1024;

/**
 * The beginning of an answer as text that can be stored and shown: at most 1 KiB of UTF-8, broken bytes replaced,
 * control characters other than line breaks and tabs left out. Null when nothing is left.
 */
export function responseExcerpt(body: Buffer): string | null {
  const text = body
    .subarray(0, EXCERPT_BYTES)
    .toString('utf8')
    // A character that the cut went through.
    .replace(body.length > EXCERPT_BYTES ? /\uFFFD$/u : /$^/u, '')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/gu, '')
    .trim();
  if (text === '') return null;
  // A replacement character takes three bytes where the broken byte took one.
  const encoded = Buffer.from(text);
  return encoded.length <= EXCERPT_BYTES
    ? text
    : encoded
        .subarray(0, EXCERPT_BYTES)
        .toString('utf8')
        .replace(/\uFFFD+$/u, '');
}
