import { OutboundError, type OutboundGuard } from '@themeline/outbound';
import { responseExcerpt, type Answer } from './answer.classifier';
import { parseRetryAfter } from './retry.policy';
import { signWebhook } from './webhook.signature';

/** A receiver that has not answered by then has not received. */
export const WEBHOOK_TIMEOUT_MS = 15_000;
const MAX_RESPONSE_BYTES = 64 * 1024;

export interface WebhookMessage {
  /** `webhook-id`: the same at every attempt, so that a receiver can tell a repetition. */
  id: string;
  url: string;
  /** The channel's own headers. */
  headers: Readonly<Record<string, string>>;
  secrets: readonly string[];
  /** The JSON text, byte for byte as it is signed. */
  body: string;
}

/**
 * Makes one attempt and says what came of it; an attempt that fails is an answer too. Follows no redirects. A 2xx whose
 * head came in time counts, whatever then becomes of its body. `now` is the clock and dates the signature.
 */
export async function sendWebhook(
  guard: OutboundGuard,
  message: WebhookMessage,
  now: () => Date,
  timeoutMs = WEBHOOK_TIMEOUT_MS,
): Promise<Answer> {
  const at = now();
  const started = performance.now();
  const answer = (parts: Omit<Answer, 'at' | 'latencyMs'>): Answer => ({
    at,
    latencyMs: Math.round(performance.now() - started),
    ...parts,
  });
  try {
    const response = await guard.request({
      method: 'POST',
      url: message.url,
      headers: {
        'user-agent': 'Themeline-Webhooks/1',
        ...message.headers,
        'content-type': 'application/json',
        ...signWebhook(message.secrets, message.id, at, message.body),
      },
      body: message.body,
      timeoutMs,
      maxResponseBytes: MAX_RESPONSE_BYTES,
    });
    return answer({
      status: response.status,
      error: null,
      responseExcerpt: responseExcerpt(response.body),
      retryAfter: parseRetryAfter(response.headers['retry-after'], now()),
    });
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return answer({
      status: error.status,
      error: `${error.code}: ${error.message}`,
      responseExcerpt: null,
      retryAfter: null,
    });
  }
}
