import { z } from 'zod';
import { channelIn, channelOut, channelPatch, maxAlertsPerHour } from './channel.schema';
import { development, DEVELOPMENTS, timelineEvent } from './event.schema';
import { status } from './report.schema';
import { countryCode, instant, slug, text, utc } from './text.schema';
import { watch, WATCHED } from './watch.schema';

/** Which events a subscription wants. An empty field means any; values in a field are any-of, fields are all-of. */
export const match = z.strictObject({
  themes: z.array(slug).max(200).default([]),
  kinds: z.array(slug).max(100).default([]),
  /** Ids or names. */
  entities: z.array(text(200)).max(500).default([]),
  countries: z.array(countryCode).max(250).default([]),
  statuses: z.array(status).max(3).default([]),
  /** Whole words or phrases over headline and summary; case and accents folded. */
  keywords: z
    .strictObject({
      all: z.array(text(100)).max(50).default([]),
      any: z.array(text(100)).max(200).default([]),
      none: z.array(text(100)).max(200).default([]),
    })
    .default({ all: [], any: [], none: [] }),
  /** As in `GET /v1/events`: every word must occur in headline, summary or a name; `chip*` stands for all words that begin so. */
  q: text(200).optional(),
  /** Event ids to follow. */
  events: z.array(text(100)).max(500).default([]),
  minImportance: z.number().min(0).max(100).optional(),
  minSources: z.number().int().min(1).max(1_000).optional(),
  minAmountUsd: z.number().min(0).optional(),
});
export type Match = z.infer<typeof match>;

/** How history is told: not at all, in one message for each channel, or like what happens now. */
export const OF_THE_PAST = ['none', 'summary', 'all'] as const;
const ofThePast = z.enum(OF_THE_PAST);

/** What an alert can be about: a development of the timeline, or what was found by looking. */
export const alerted = z.enum([...DEVELOPMENTS, ...WATCHED]);
export type Alerted = z.infer<typeof alerted>;

export const subscriptionIn = z.strictObject({
  name: text(200),
  match: match.prefault({}),
  /** None: only what `watch` asks for. */
  developments: z.array(development).max(20).default(['recorded', 'retracted']),
  channels: z.array(channelIn).min(1).max(10),
  /** What is told of the last 90 days when the subscription is made, each by itself or all in one message. */
  history: ofThePast.default('none'),
  /** The same for history that is loaded later. */
  onBackfill: ofThePast.default('none'),
  /** Null: as many as there are for webhooks, 30 for people. */
  maxAlertsPerHour: maxAlertsPerHour.nullable().default(null),
  watch: watch.prefault({}),
});
export type SubscriptionIn = z.infer<typeof subscriptionIn>;

/** `PATCH /v1/subscriptions/:id`: fields that are given replace the old ones as a whole. */
export const subscriptionPatch = z
  .strictObject({
    name: text(200),
    match: match,
    developments: z.array(development).max(20),
    channels: z.array(channelPatch).min(1).max(10),
    onBackfill: ofThePast,
    maxAlertsPerHour: maxAlertsPerHour.nullable(),
    watch: watch,
  })
  .partial();
export type SubscriptionPatch = z.infer<typeof subscriptionPatch>;

export const subscriptionOut = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['active', 'paused']),
  match,
  developments: z.array(development),
  channels: z.array(channelOut),
  onBackfill: ofThePast,
  maxAlertsPerHour: maxAlertsPerHour.nullable(),
  history: ofThePast,
  watch,
  createdAt: utc,
  updatedAt: utc,
});
export type SubscriptionOut = z.infer<typeof subscriptionOut>;

/** Why an alert matched: the field of the match and the values of the event that satisfied it. */
export const why = z.array(z.object({ field: z.string(), values: z.array(z.string()) }));
export type Why = z.infer<typeof why>;

export const alertOut = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  eventId: z.string(),
  development: alerted,
  revision: z.number().int(),
  why,
  event: timelineEvent,
  at: utc,
});
export type AlertOut = z.infer<typeof alertOut>;

export const DELIVERY_STATES = ['pending', 'delivered', 'dead', 'cancelled'] as const;

/** `confirmation`: asks an address whether it agrees. `notice`: tells an owner of a channel's trouble. */
export const DELIVERY_PURPOSES = ['alerts', 'confirmation', 'notice'] as const;

export const deliveryOut = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  channelId: z.string(),
  purpose: z.enum(DELIVERY_PURPOSES),
  /** One, or those that a digest gathers, the most important first. */
  alertIds: z.array(z.string()),
  messageId: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.array(
    z.object({
      at: utc,
      status: z.number().int().nullable(),
      error: z.string().nullable(),
      latencyMs: z.number(),
      responseExcerpt: z.string().nullable(),
    }),
  ),
  nextAttemptAt: utc.nullable(),
  createdAt: utc,
});
export type DeliveryOut = z.infer<typeof deliveryOut>;

const toldAlert = z.object({ id: z.string(), development: alerted, revision: z.number().int(), why });

/** `POST /v1/subscriptions/:id/replay`: deliveries made from `from` until before `to` (now), in these states. */
export const replayIn = z.strictObject({
  from: instant,
  to: instant.optional(),
  channelId: z.string().max(64).optional(),
  state: z
    .array(z.enum(DELIVERY_STATES).exclude(['pending']))
    .min(1)
    .default(['delivered', 'dead', 'cancelled']),
});
export type ReplayIn = z.infer<typeof replayIn>;

export const replayOut = z.object({ deliveries: z.number().int() });
export type ReplayOut = z.infer<typeof replayOut>;

/** The body of a webhook that tells one alert, as signed. */
export const webhookBody = z.object({
  type: z.string(),
  timestamp: utc,
  data: z.object({
    alert: toldAlert,
    event: timelineEvent,
    subscription: z.object({ id: z.string(), name: z.string() }),
  }),
});
export type WebhookBody = z.infer<typeof webhookBody>;

/** The body of a webhook that tells several at once, the most important first. */
export const webhookDigestBody = z.object({
  type: z.literal('digest'),
  timestamp: utc,
  data: z.object({
    alerts: z.array(z.object({ alert: toldAlert, event: timelineEvent })),
    subscription: z.object({ id: z.string(), name: z.string() }),
  }),
});
export type WebhookDigestBody = z.infer<typeof webhookDigestBody>;
