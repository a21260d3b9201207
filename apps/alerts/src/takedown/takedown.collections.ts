import type { ReportErased } from '@themeline/contracts';
import type { CollectionSpec } from '@themeline/persistence';

/** A report that was taken down, for as long as a message that was told before may still come. */
export interface ErasureDocument {
  /** The report's id. */
  _id: string;
  events: ReportErased['events'];
  at: Date;
}

export const takedownCollections: CollectionSpec[] = [
  { name: 'erasures', indexes: [{ key: { at: 1 }, expireAfterSeconds: 7 * 86_400 }] },
];
