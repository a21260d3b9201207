import type { CollectionSpec } from '@themeline/persistence';

/** A claimed `Idempotency-Key`; kept for a day. */
export interface IdempotencyDocument {
  _id: string;
  state: 'running' | 'done';
  bodyHash: string | null;
  status: number;
  /** JSON, sealed: the answer that made a subscription has secrets in it. */
  response: string;
  at: Date;
}

export const idempotencyCollections: CollectionSpec[] = [
  { name: 'idempotency_keys', indexes: [{ key: { at: 1 }, expireAfterSeconds: 86_400 }] },
];
