import type { CollectionSpec } from '@themeline/persistence';

const DAY_S = 86_400;

/** A fact that was committed together with its row and is on its way to the broker, or waits for its consumers' receipts. */
export interface OutboxDocument {
  /** `Nats-Msg-Id`. */
  _id: string;
  subject: string;
  body: string;
  correlationId: string;
  /** W3C `traceparent` of what caused it, where traces are sent. */
  traceparent?: string;
  createdAt: Date;
  /** When the broker confirmed it; null before. */
  sentAt: Date | null;
  leaseUntil: Date;
  leaseToken: string | null;
  /** The consumers whose receipt is still out. */
  awaiting: string[];
}

/** `{consumer, messageId}` whose effect is committed. */
export interface InboxDocument {
  consumer: string;
  messageId: string;
  at: Date;
}

export interface FailureDocument {
  consumer: string;
  messageId: string;
  count: number;
  at: Date;
}

/** What was given up on, and why. */
export interface Death {
  /** Groups dead letters: a durable's name, or `deliveries`. */
  durable: string;
  /** The consumer whose inbox knows the message; equals `durable` unless it is sharded. */
  consumer: string;
  subject: string;
  messageId: string;
  reason: string;
  attempts: number;
  /** The payload as it came. */
  body: string;
  correlationId: string | null;
}

export interface DeadLetterDocument extends Death {
  _id: string;
  service: string;
  deadAt: Date;
}

/** A stream as it was last seen: another creation time means that its messages are gone. */
export interface IncarnationDocument {
  _id: string;
  created: string;
}

/** What every service that sends or receives messages keeps. Outbox rows live 14 days after sending at most, inbox rows 30. */
export const messagingCollections: CollectionSpec[] = [
  {
    name: 'outbox',
    indexes: [
      { key: { sentAt: 1, leaseUntil: 1, createdAt: 1 } },
      { key: { leaseToken: 1 } },
      { key: { createdAt: 1 } },
      { key: { sentAt: -1 }, expireAfterSeconds: 14 * DAY_S },
    ],
  },
  {
    name: 'inbox',
    indexes: [
      { key: { consumer: 1, messageId: 1 }, unique: true },
      { key: { at: 1 }, expireAfterSeconds: 30 * DAY_S },
    ],
  },
  {
    name: 'message_failures',
    indexes: [
      { key: { consumer: 1, messageId: 1 }, unique: true },
      { key: { at: 1 }, expireAfterSeconds: 30 * DAY_S },
    ],
  },
  { name: 'dead_letters', indexes: [{ key: { deadAt: -1, _id: -1 } }] },
  { name: 'stream_incarnations', indexes: [] },
];
