import type { ImportError, ImportState } from '@themeline/contracts';
import type { CollectionSpec } from '@themeline/persistence';
import type { ReadingPlan } from './import.plan';
import type { RowDefaults } from './row.mapper';

export interface ImportDocument {
  _id: string;
  owner: string;
  name: string | null;
  state: ImportState;
  reason: string | null;
  plan: ReadingPlan;
  defaults: RowDefaults;
  bytes: number;
  bytesRead: number;
  rows: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Whose it is while it is received or run, and until when unless prolonged. */
  holder: string | null;
  heldUntil: Date;
  /** How often it was taken up since a row was last stored. */
  attempts: number;
  /** The upload is still stored. */
  spooled: boolean;
  createdAt: Date;
  updatedAt: Date;
  finishedAt: Date | null;
}

export interface ImportErrorDocument extends ImportError {
  importId: string;
  at: Date;
}

/** The bucket that uploads wait in until they are read; their pieces go when the import ends. */
export const UPLOADS = 'import_uploads';

const DAY_S = 86_400;

export const importCollections: CollectionSpec[] = [
  {
    name: 'imports',
    indexes: [
      { key: { owner: 1, createdAt: -1, _id: -1 } },
      { key: { state: 1, heldUntil: 1 } },
      { key: { finishedAt: 1 }, expireAfterSeconds: 90 * DAY_S },
    ],
  },
  {
    name: 'import_errors',
    indexes: [
      { key: { importId: 1, row: 1 }, unique: true },
      { key: { at: 1 }, expireAfterSeconds: 90 * DAY_S },
    ],
  },
  { name: `${UPLOADS}.files`, indexes: [{ key: { filename: 1, uploadDate: 1 } }] },
  { name: `${UPLOADS}.chunks`, indexes: [{ key: { files_id: 1, n: 1 }, unique: true }] },
];
