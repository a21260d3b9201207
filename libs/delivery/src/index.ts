export {
  classifyAnswer,
  classifyMessengerAnswer,
  responseExcerpt,
  type Answer,
  type Verdict,
} from './answer.classifier';
export { nextRelease, quietUntil, releaseAt, type Timing } from './cadence.schedule';
export { atomOfAlerts, type FeedTelling } from './atom.content';
export { cleanLine, safeLink } from './clean.text';
export type { Telling } from './digest.layout';
export { DISCORD_EMBEDS, discordOfAlerts, discordOfNotice, type DiscordMessage } from './discord.content';
export { Html, html } from './html.template';
export { post } from './json.post';
export { type LinkClaim, type LinkPurpose, signLink, verifyLink } from './link.token';
export { type MailContent, mailOfAlerts, mailOfConfirmation, mailOfNotice } from './mail.content';
export { slackOfAlerts, slackOfNotice, type SlackMessage } from './slack.content';
export { allowance, spend, type Allowance, type SendingHour } from './hourly.limit';
export {
  DEFAULT_RETRY_SECONDS,
  nextAttempt,
  parseRetryAfter,
  retryScheduleFromEnv,
  type RetrySchedule,
} from './retry.policy';
export { sendWebhook, WEBHOOK_TIMEOUT_MS, type WebhookMessage } from './webhook.sender';
export { generateSecret, InvalidSecretError, signWebhook, type SignatureHeaders } from './webhook.signature';
