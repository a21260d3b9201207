import { z } from 'zod';
import {
  articleSubmitted,
  eventRevised,
  feedAiled,
  messageDied,
  receipt,
  reportAccepted,
  reportAssigned,
  reportErased,
  reportRemoved,
  reportWithdrawn,
  themeChanged,
} from './messages.schema';

export const SERVICES = ['ingest', 'timeline', 'alerts'] as const;
export type Service = (typeof SERVICES)[number];

/** The streams and the service that owns each: it creates, verifies and purges it. */
export const STREAMS = {
  ARTICLES: { owner: 'ingest' },
  REPORTS: { owner: 'ingest' },
  REMOVALS: { owner: 'ingest' },
  FEEDS: { owner: 'ingest' },
  ASSIGNMENTS: { owner: 'timeline' },
  EVENTS: { owner: 'timeline' },
  ERASURES: { owner: 'timeline' },
  INGEST_RECEIPTS: { owner: 'ingest' },
  TIMELINE_RECEIPTS: { owner: 'timeline' },
  DEAD_LETTERS: { owner: 'timeline' },
} as const satisfies Record<string, { owner: Service }>;
export type StreamName = keyof typeof STREAMS;

/** The streams that a service makes, watches and purges. */
export function streamsOf(service: Service): StreamName[] {
  return (Object.keys(STREAMS) as StreamName[]).filter((stream) => STREAMS[stream].owner === service);
}

/** One row per subject: what it carries, and the stream that keeps it. Publisher, handler and topology derive from it. */
export const SUBJECTS = {
  'article.submitted': { schema: articleSubmitted, stream: 'ARTICLES' },
  'report.accepted': { schema: reportAccepted, stream: 'REPORTS' },
  'report.withdrawn': { schema: reportWithdrawn, stream: 'REPORTS' },
  'report.removed': { schema: reportRemoved, stream: 'REMOVALS' },
  'feed.ailed': { schema: feedAiled, stream: 'FEEDS' },
  'report.assigned': { schema: reportAssigned, stream: 'ASSIGNMENTS' },
  'event.revised': { schema: eventRevised, stream: 'EVENTS' },
  'report.erased': { schema: reportErased, stream: 'ERASURES' },
  'theme.changed': { schema: themeChanged, stream: 'EVENTS' },
  'receipt.ingest': { schema: receipt, stream: 'INGEST_RECEIPTS' },
  'receipt.timeline': { schema: receipt, stream: 'TIMELINE_RECEIPTS' },
  'message.died': { schema: messageDied, stream: 'DEAD_LETTERS' },
} as const satisfies Record<string, { schema: z.ZodType; stream: StreamName }>;
export type Subject = keyof typeof SUBJECTS;
export type Payload<S extends Subject> = z.infer<(typeof SUBJECTS)[S]['schema']>;

export interface DurableRow {
  service: Service;
  stream: StreamName;
  subjects: readonly Subject[];
  /** Messages per pull, all of them in one transaction. */
  batch: number;
  /** One durable per shard, `name-0` … `name-(shards-1)`, each consumed by the one replica that holds its lease. */
  shards?: number;
  /** Milliseconds to wait for more messages after the first; 1 unless told. Longer where nobody waits for the effect. */
  lingerMs?: number;
  /** Doing it twice is doing it once without any help: no transaction, no inbox row. */
  idempotent?: true;
}

/** The consumers. A durable has exactly one handler; its name is the handler's pattern. */
export const DURABLES = {
  'ingest-articles': { service: 'ingest', stream: 'ARTICLES', subjects: ['article.submitted'], batch: 8 },
  'ingest-assignments': {
    service: 'ingest',
    stream: 'ASSIGNMENTS',
    subjects: ['report.assigned'],
    batch: 200,
    lingerMs: 250,
  },
  'ingest-receipts': {
    service: 'ingest',
    stream: 'INGEST_RECEIPTS',
    subjects: ['receipt.ingest'],
    batch: 50,
    lingerMs: 250,
    idempotent: true,
  },
  'timeline-reports': {
    service: 'timeline',
    stream: 'REPORTS',
    subjects: ['report.accepted', 'report.withdrawn'],
    batch: 100,
  },
  'timeline-removals': { service: 'timeline', stream: 'REMOVALS', subjects: ['report.removed'], batch: 20 },
  'timeline-receipts': {
    service: 'timeline',
    stream: 'TIMELINE_RECEIPTS',
    subjects: ['receipt.timeline'],
    batch: 50,
    lingerMs: 250,
    idempotent: true,
  },
  'alerts-erasures': { service: 'alerts', stream: 'ERASURES', subjects: ['report.erased'], batch: 20 },
  'alerts-themes': { service: 'alerts', stream: 'EVENTS', subjects: ['theme.changed'], batch: 100 },
  'alerts-feeds': { service: 'alerts', stream: 'FEEDS', subjects: ['feed.ailed'], batch: 20 },
  'alerts-projection': {
    service: 'alerts',
    stream: 'EVENTS',
    subjects: ['event.revised'],
    batch: 200,
    lingerMs: 250,
    idempotent: true,
  },
  'alerts-match': { service: 'alerts', stream: 'EVENTS', subjects: ['event.revised'], batch: 100, shards: 4 },
} as const satisfies Record<string, DurableRow>;
export type Durable = keyof typeof DURABLES;
export type SubjectOf<D extends Durable> = (typeof DURABLES)[D]['subjects'][number];

/** The JetStream consumer names of a durable: one, or one per shard. `['alerts-match-0', …]` */
export function consumerNames(durable: Durable): string[] {
  const row: DurableRow = DURABLES[durable];
  return row.shards === undefined
    ? [durable]
    : Array.from({ length: row.shards }, (_, shard) => `${durable}-${String(shard)}`);
}

/** Every consumer that must confirm a message on `subject` before its outbox row may go. */
export function consumersOf(subject: Subject): string[] {
  return (Object.keys(DURABLES) as Durable[])
    .filter((durable) => (DURABLES[durable].subjects as readonly Subject[]).includes(subject))
    .flatMap(consumerNames);
}

/** Where a durable's receipts for messages of its stream go; null for receipts themselves, which nobody confirms. */
export function receiptSubject(durable: Durable): 'receipt.ingest' | 'receipt.timeline' | null {
  const row: DurableRow = DURABLES[durable];
  if (row.subjects.some((subject) => subject.startsWith('receipt.'))) return null;
  return `receipt.${STREAMS[row.stream].owner}`;
}
