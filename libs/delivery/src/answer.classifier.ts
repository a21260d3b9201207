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

/** `delivered`: 2xx. `gone`: 410, the receiver wants no more. `retry`: everything else, redirects too. */
export type Verdict = 'delivered' | 'gone' | 'retry';

export function classifyAnswer(answer: Pick<Answer, 'status'>): Verdict {
  if (answer.status === null) return 'retry';
  if (answer.status >= 200 && answer.status < 300) return 'delivered';
  return answer.status === 410 ? 'gone' : 'retry';
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
