import type { CollectionSpec } from '@themeline/persistence';

/** A source as one owner sees it: what others think of it is theirs. `_id`: `<owner>|<source id>` */
export interface SourceDocument {
  _id: string;
  owner: string;
  sourceId: string;
  name: string;
  url: string | null;
  trust: number;
  muted: boolean;
  /** It was unmuted, and reports that were kept back meanwhile are still to be told. */
  releasing: boolean;
  firstSeenAt: Date;
  updatedAt: Date;
}

export const sourceCollections: CollectionSpec[] = [
  { name: 'sources', indexes: [{ key: { owner: 1, name: 1, sourceId: 1 } }, { key: { releasing: 1 } }] },
];
