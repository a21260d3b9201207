import { OutboundError, type OutboundGuard } from '@themeline/outbound';
import { responseExcerpt, type Answer } from './answer.classifier';
import { parseRetryAfter } from './retry.policy';

const MAX_RESPONSE_BYTES = 64 * 1024;

/** One POST and what came of it: a failure is an answer too. `body` goes out byte for byte. Follows no redirects. */
export async function post(
  guard: OutboundGuard,
  { url, headers, body }: { url: string; headers: (at: Date) => Record<string, string>; body: string },
  now: () => Date,
  timeoutMs: number,
): Promise<Answer> {
  const at = now();
  const started = performance.now();
  const took = (): number => Math.round(performance.now() - started);
  try {
    const response = await guard.request({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...headers(at) },
      body,
      timeoutMs,
      maxResponseBytes: MAX_RESPONSE_BYTES,
    });
    return {
      at,
      latencyMs: took(),
      status: response.status,
      error: null,
      responseExcerpt: responseExcerpt(response.body),
      retryAfter: askedToWait(response.headers, now()),
    };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const { code, status, message } = error;
    return {
      at,
      latencyMs: took(),
      status,
      error: `${code}: ${message}`,
      responseExcerpt: null,
      retryAfter: null,
    };
  }
}

/**
 * Until when the receiver wants to be left alone: by `Retry-After`, or because this was the last call that its limit allows
 * for now (https://docs.discord.com/developers/topics/rate-limits).
 */
function askedToWait(headers: Readonly<Record<string, string>>, now: Date): Date | null {
  const asked = parseRetryAfter(headers['retry-after'], now);
  if (asked !== null || headers['x-ratelimit-remaining'] !== '0') return asked;
  const seconds = Number(headers['x-ratelimit-reset-after'] ?? NaN);
  return seconds >= 0 && seconds <= 86_400 ? new Date(now.getTime() + seconds * 1000) : null;
}
