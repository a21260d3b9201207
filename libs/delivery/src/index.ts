export { classifyAnswer, responseExcerpt, type Answer, type Verdict } from './answer.classifier';
export { nextRelease, quietUntil, releaseAt, type Timing } from './cadence.schedule';
export {
  DEFAULT_RETRY_SECONDS,
  nextAttempt,
  parseRetryAfter,
  retryScheduleFromEnv,
  type RetrySchedule,
} from './retry.policy';
export { sendWebhook, WEBHOOK_TIMEOUT_MS, type WebhookMessage } from './webhook.sender';
export { generateSecret, InvalidSecretError, signWebhook, type SignatureHeaders } from './webhook.signature';
