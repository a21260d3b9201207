import type { OutboundGuard } from '@themeline/outbound';
import type { Answer } from './answer.classifier';
import { post } from './json.post';
import { signWebhook } from './webhook.signature';

/** A receiver that has not answered by then has not received. */
export const WEBHOOK_TIMEOUT_MS = 15_000;

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
  const headers = (at: Date): Record<string, string> => ({
    'user-agent': 'Themeline-Webhooks/1',
    ...message.headers,
    'content-type': 'application/json',
    ...signWebhook(message.secrets, message.id, at, message.body),
  });
  return post(guard, { url: message.url, headers, body: message.body }, now, timeoutMs);
}
