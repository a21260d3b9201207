import type {
  AILING,
  OF_THE_PAST,
  Alerted,
  Watch,
  Cadence,
  CHANNEL_STATES,
  DELIVERY_PURPOSES,
  DELIVERY_STATES,
  Development,
  Match,
  QuietHours,
  ThemeRule,
  TimelineEvent,
  Why,
} from '@themeline/contracts';
import type { SendingHour } from '@themeline/delivery';
import type { CollectionSpec } from '@themeline/persistence';

interface ChannelBase {
  id: string;
  state: (typeof CHANNEL_STATES)[number];
  disabledReason: string | null;
}

/** Of the channels that messages are sent to. */
interface SentChannel extends ChannelBase {
  cadence: Cadence;
  quietHours: QuietHours | null;
  /** Since when every attempt has failed; null after a success. */
  failingSince: Date | null;
}

/** In the database `url`, header values and secrets are sealed, also of the other types. */
export interface WebhookChannel extends SentChannel {
  type: 'webhook';
  url: string;
  /** A list, because header names may hold dots and dollar signs, which field names should not. */
  headers: { name: string; value: string }[];
  /** The newest first; more than one while a secret is being rotated. */
  secrets: string[];
  rotatedAt: Date | null;
}

export interface EmailChannel extends SentChannel {
  type: 'email';
  /** Null: forgotten, because it was unsubscribed. */
  address: string | null;
  /** Signs the links in its mails. */
  linkSecret: string;
  /** Mails in a row that its server refused for good. */
  bounces: number;
}

export interface SlackChannel extends SentChannel {
  type: 'slack';
  /** An incoming webhook: whoever knows it may post. */
  url: string;
}

export interface DiscordChannel extends SentChannel {
  type: 'discord';
  url: string;
}

/** Of the channels that are fetched. */
interface FetchedChannel extends ChannelBase {
  /** SHA-256 of the secret that opens it without a key. */
  secretHash: string;
}

export interface FeedChannel extends FetchedChannel {
  type: 'feed';
}

export interface StreamChannel extends FetchedChannel {
  type: 'stream';
}

export type SendingChannel = WebhookChannel | EmailChannel | SlackChannel | DiscordChannel;
export type ChannelDocument = SendingChannel | FeedChannel | StreamChannel;

/** Whether messages are sent to it; else it is fetched. */
export function isSent(channel: ChannelDocument): channel is SendingChannel {
  return channel.type !== 'feed' && channel.type !== 'stream';
}

/**
 * How an alert reaches a channel. `direct`: a delivery of its own at once. `gathered`: by way of what is waiting for the
 * channel, because of its cadence, quiet hours or limit, or because a stream gives each its place. `fetched`: it stays in
 * the ledger, where a feed finds it.
 */
export type ChannelRoute = 'direct' | 'gathered' | 'fetched';

/** A channel as an alert remembers it. */
export interface ChannelRef {
  id: string;
  /** Who answers for it, one slow one being nobody else's trouble. `hooks.example:8443`; empty where nothing is sent. */
  host: string;
  route: ChannelRoute;
}

export interface SubscriptionDocument {
  _id: string;
  owner: string;
  name: string;
  /** Removed ones stay for a while, so that every shard's index learns of it. */
  state: 'active' | 'paused' | 'removed';
  match: Match;
  developments: Development[];
  onBackfill: (typeof OF_THE_PAST)[number];
  history: (typeof OF_THE_PAST)[number];
  /** When the history that it asked for is to be told; null when it was, or when it asked for none. */
  historyDue: Date | null;
  watch: Watch;
  /** Messages an hour to each channel; null: the channel type's own limit. */
  maxAlertsPerHour: number | null;
  channels: ChannelDocument[];
  /** Which shard of `alerts-match` looks after it. */
  shard: number;
  /** The place of its last change in the one order of all subscriptions' changes. */
  changeNumber: number;
  createdAt: Date;
  updatedAt: Date;
  removedAt: Date | null;
}

export interface CounterDocument {
  _id: string;
  value: number;
}

export interface ThemeDocument {
  _id: string;
  version: number;
  removed: boolean;
  /** By what events belong to it; null for a removed one. */
  rule: ThemeRule | null;
}

/** `_id`: `<subscription>|<lineage id>|<development key>`. Kept for ever: it is what makes an alert one of its kind. */
export interface ClaimDocument {
  _id: string;
  subscriptionId: string;
  lineageId: string;
  shard: number;
  alertId: string;
  at: Date;
}

/**
 * An event as it was when somebody was told; one for all of a shard who were. `_id`: `<event>@<revision>#<shard>`.
 * `event` null: nobody had been told when a later revision was retracted.
 */
export interface SnapshotDocument {
  _id: string;
  event: TimelineEvent | null;
}

/** One revision of one event. `_id`: `<event>@<revision>` */
export interface EventStateDocument {
  _id: string;
  eventId: string;
  revision: number;
  developments: Development[];
  backfill: boolean;
  lineage: string[];
  heir: string | null;
  /** With the first few of its reports. */
  event: TimelineEvent;
  /** What of the event was otherwise before the revision, as it was; null for a new event. */
  was: Partial<TimelineEvent> | null;
  /** The newest revision of its event. */
  current: boolean;
  at: Date;
  /** After 90 days; what is planned is kept until so long after its date. */
  expiresAt: Date;
}

export interface AlertDocument {
  _id: string;
  subscriptionId: string;
  eventId: string;
  development: Alerted;
  revision: number;
  snapshotId: string;
  why: Why;
  /** Part of history that is told in one message. */
  summary: boolean;
  /** To which channels it was to go when it was made; a channel added later is not told of the past. */
  channels: ChannelRef[];
  at: Date;
  /** When the event was revised. */
  revisedAt: Date;
  correlationId: string;
}

/** An alert that goes out together with the others of the history that it is part of. `_id`: the alert's */
export interface SummaryAlertDocument {
  _id: string;
  subscriptionId: string;
  channels: ChannelRef[];
  importance: number;
  at: Date;
  /** The first alert of the message that it went with. */
  sentBy: string | null;
}

export interface AttemptRecord {
  at: Date;
  status: number | null;
  error: string | null;
  latencyMs: number;
  responseExcerpt: string | null;
}

/** That a channel is no longer used, and why. */
export interface ChannelNotice {
  channel: { id: string; type: ChannelDocument['type'] };
  reason: string;
}

/** That a feed of the owner's brings nothing, and since when. */
export interface FeedNotice {
  feed: { id: string; name: string; url: string };
  health: (typeof AILING)[number];
  since: string | null;
  reason: string | null;
}

export interface DeliveryDocument {
  /** Also the message's id, the same at every attempt. */
  _id: string;
  subscriptionId: string;
  channelId: string;
  purpose: (typeof DELIVERY_PURPOSES)[number];
  /** The most important first. None where the purpose is another than alerts. */
  alertIds: string[];
  notice: ChannelNotice | FeedNotice | null;
  /** `hooks.example:8443` */
  host: string;
  state: (typeof DELIVERY_STATES)[number];
  attempts: AttemptRecord[];
  /** Failed attempts since it was made or taken up again by hand. */
  tries: number;
  nextAttemptAt: Date | null;
  /** When a worker may take it: `nextAttemptAt`, or the end of the lease while one has it. Null when nothing is to be done. */
  dueAt: Date | null;
  leaseUntil: Date | null;
  /** Names one act of taking. */
  leaseHolder: string | null;
  /** Grows by one with every taking: what a worker writes counts only while it is the last that took. */
  fence: number;
  /** Put off because its subscription is paused. */
  held: boolean;
  correlationId: string;
  /** W3C `traceparent` of what caused it, where traces are sent. */
  traceparent?: string;
  revisedAt: Date;
  createdAt: Date;
}

/**
 * An alert on its way to a channel that is told by and by. `_id`: `<alert>|<channel>`. It outlives its claim, so that the
 * same alert put in again is not told again.
 */
export interface WaitingDocument {
  _id: string;
  subscriptionId: string;
  channelId: string;
  alertId: string;
  importance: number;
  at: Date;
  revisedAt: Date;
  correlationId: string;
  /** The delivery that carries it; `NOWHERE` where nobody is to be told any more; its own channel for a stream. */
  claimedBy: string | null;
  claimedAt: Date | null;
  /** Its place in a stream, from 1. */
  place: number | null;
}

/** `claimedBy` of what was given up. */
export const NOWHERE = 'nowhere';

/** How far a channel that gathers has come. `_id`: the channel's. Every claim writes it, which puts claims in one order. */
export interface LaneDocument {
  _id: string;
  subscriptionId: string;
  host: string;
  /** When to look what is to be sent; null when nothing waits. */
  dueAt: Date | null;
  /** Grows with everything that is put in, so that no claim overlooks it. */
  stirred: number;
  /** Claims so far: each makes the id of its delivery of it. */
  claims: number;
  /** Places of a stream that are given. */
  places: number;
  hour: SendingHour | null;
}

/** How often an address was asked to confirm, of late. `_id`: its hash */
export interface AskedAddressDocument {
  _id: string;
  times: number;
  since: Date;
}

/** How long what was told is remembered as waiting once, and a stream can be resumed. */
export const REMEMBERED_DAYS = 90;

/** How long deliveries are kept, and what history was told in a summary. Claims are kept for ever. */
const KEPT_DAYS = 90;

/** Longer than any shard's index goes without a look at the changes. */
export const TOMBSTONE_DAYS = 30;

export const SUBSCRIPTION_CHANGES = 'subscription-changes';

export const alertsCollections: CollectionSpec[] = [
  {
    name: 'subscriptions',
    indexes: [
      { key: { owner: 1, createdAt: -1, _id: -1 } },
      { key: { shard: 1, changeNumber: 1 } },
      { key: { historyDue: 1 } },
      { key: { 'channels.id': 1 } },
      { key: { removedAt: 1 }, expireAfterSeconds: TOMBSTONE_DAYS * 86_400 },
    ],
  },
  { name: 'counters', indexes: [] },
  { name: 'themes', indexes: [] },
  { name: 'claims', indexes: [{ key: { lineageId: 1, shard: 1 } }] },
  { name: 'snapshots', indexes: [] },
  {
    name: 'event_states',
    indexes: [
      { key: { at: 1, eventId: 1, revision: 1 } },
      { key: { eventId: 1, current: 1 } },
      { key: { 'event.themes': 1, at: 1 } },
      { key: { 'event.date.upper': 1, current: 1 } },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    ],
  },
  {
    name: 'summary_alerts',
    indexes: [
      { key: { sentBy: 1, subscriptionId: 1, importance: -1 } },
      { key: { at: 1 }, expireAfterSeconds: KEPT_DAYS * 86_400 },
    ],
  },
  { name: 'alerts', indexes: [{ key: { subscriptionId: 1, at: -1, _id: -1 } }] },
  {
    name: 'waiting',
    indexes: [
      { key: { channelId: 1, claimedBy: 1, importance: -1 } },
      { key: { channelId: 1, claimedBy: 1, at: 1, _id: 1 } },
      { key: { channelId: 1, place: 1 } },
      { key: { claimedAt: 1 }, expireAfterSeconds: REMEMBERED_DAYS * 86_400 },
    ],
  },
  { name: 'asked-addresses', indexes: [{ key: { since: 1 }, expireAfterSeconds: 86_400 }] },
  { name: 'lanes', indexes: [{ key: { dueAt: 1 } }, { key: { subscriptionId: 1 } }] },
  {
    name: 'deliveries',
    indexes: [
      { key: { state: 1, dueAt: 1, host: 1 } },
      { key: { state: 1, channelId: 1, dueAt: 1 } },
      { key: { state: 1, host: 1, dueAt: 1, channelId: 1 } },
      { key: { subscriptionId: 1, createdAt: -1, _id: -1 } },
      { key: { subscriptionId: 1, state: 1, channelId: 1 } },
      { key: { createdAt: 1 }, expireAfterSeconds: KEPT_DAYS * 86_400 },
    ],
  },
];
