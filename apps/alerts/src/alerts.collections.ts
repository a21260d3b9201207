import type { CHANNEL_STATES, DELIVERY_STATES, Development, Match, TimelineEvent, Why } from '@themeline/contracts';
import type { CollectionSpec, Migration } from '@themeline/persistence';

export interface ChannelDocument {
  id: string;
  type: 'webhook';
  url: string;
  /** A list, because header names may hold dots and dollar signs, which field names should not. */
  headers: { name: string; value: string }[];
  cadence: { mode: 'immediate' };
  /** The newest first; more than one while a secret is being rotated. */
  secrets: string[];
  state: (typeof CHANNEL_STATES)[number];
  disabledReason: string | null;
  /** Since when every attempt has failed; null after a success. */
  failingSince: Date | null;
}

export interface SubscriptionDocument {
  _id: string;
  owner: string;
  name: string;
  /** Removed ones stay for a while, so that every shard's index learns of it. */
  state: 'active' | 'paused' | 'removed';
  match: Match;
  developments: Development[];
  onBackfill: 'none' | 'all';
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

/** An event as it was when somebody was told; one for all who were. `_id`: `<event>@<revision>` */
export interface SnapshotDocument {
  _id: string;
  event: TimelineEvent;
}

export interface AlertDocument {
  _id: string;
  subscriptionId: string;
  eventId: string;
  development: Development;
  revision: number;
  snapshotId: string;
  why: Why;
  /** To which channels it was to go when it was made; a channel added later is not told of the past. */
  channels: { id: string; host: string }[];
  at: Date;
  /** When the event was revised. */
  revisedAt: Date;
  correlationId: string;
}

export interface AttemptRecord {
  at: Date;
  status: number | null;
  error: string | null;
  latencyMs: number;
  responseExcerpt: string | null;
}

export interface DeliveryDocument {
  /** Also the message's id, the same at every attempt. */
  _id: string;
  subscriptionId: string;
  channelId: string;
  alertId: string;
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
  revisedAt: Date;
  createdAt: Date;
}

/** Longer than any shard's index goes without a look at the changes. */
export const TOMBSTONE_DAYS = 30;

export const SUBSCRIPTION_CHANGES = 'subscription-changes';

export const alertsCollections: CollectionSpec[] = [
  {
    name: 'subscriptions',
    indexes: [
      { key: { owner: 1, createdAt: -1, _id: -1 } },
      { key: { shard: 1, changeNumber: 1 } },
      { key: { removedAt: 1 }, expireAfterSeconds: TOMBSTONE_DAYS * 86_400 },
    ],
  },
  { name: 'counters', indexes: [] },
  { name: 'themes', indexes: [] },
  { name: 'claims', indexes: [{ key: { lineageId: 1, shard: 1 } }] },
  { name: 'snapshots', indexes: [] },
  { name: 'alerts', indexes: [{ key: { subscriptionId: 1, at: -1, _id: -1 } }] },
  {
    name: 'deliveries',
    indexes: [
      { key: { state: 1, dueAt: 1, host: 1 } },
      { key: { subscriptionId: 1, createdAt: -1, _id: -1 } },
      { key: { subscriptionId: 1, state: 1, channelId: 1 } },
    ],
  },
];

export const alertsMigrations: Migration[] = [
  {
    id: '0001-subscription-changes',
    // Made beforehand, because two transactions that both insert it would collide with a duplicate key.
    up: async (db) => {
      await db
        .collection<CounterDocument>('counters')
        .updateOne({ _id: SUBSCRIPTION_CHANGES }, { $setOnInsert: { value: 0 } }, { upsert: true });
    },
  },
];
