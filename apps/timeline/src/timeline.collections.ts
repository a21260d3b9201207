import type {
  Amount,
  Development,
  EntityRef,
  EventDate,
  Report,
  Status,
  ThemeRule,
  TimelineEvent,
} from '@themeline/contracts';
import type { ClaimFeatures, ScorePart } from '@themeline/merging';
import type { CollectionSpec } from '@themeline/persistence';

/** Stands for "still so" in `toSeq` and `toRevision`, where a number compares and null does not. */
export const OPEN_END = Number.MAX_SAFE_INTEGER;

/** An event as it stands at one revision, without its reports: those are claims, each with the revisions at which it held. */
export type Snapshot = Omit<TimelineEvent, 'reports'>;

/** What editors have set in place of what the claims say. A field that is not there is the claims' to say. */
export interface Corrections {
  kind?: string;
  status?: Status;
  headline?: string;
  summary?: string | null;
  date?: EventDate;
  entities?: EntityRef[];
  countries?: string[];
  amount?: Amount | null;
  themes?: string[];
  importance?: number;
}
export type CorrectedField = keyof Corrections;

/** What an editor did to an event. Each but the last two, which are other events' side of it, is undone by another of them. */
export type Edit =
  /** Of `fields` those in `set` are the editor's from now on, the others the claims' again; `was` is how they were. */
  | { type: 'correct'; fields: CorrectedField[]; set: Corrections; was: Corrections }
  | { type: 'retract' }
  | { type: 'restore' }
  /** What `other` brought along: its reports, the ids that it stood for, and corrections of fields that had none here. */
  | { type: 'merge'; other: string; reportIds: string[]; lineage: string[]; corrections: Corrections }
  /** What went to `other`. */
  | { type: 'split'; other: string; reportIds: string[]; lineage: string[]; corrections: Corrections }
  | { type: 'merged-away'; other: string }
  | { type: 'split-off'; other: string };

/** The newest state of an event, and what merging needs to find and judge it. */
export interface EventDocument {
  _id: string;
  revision: number;
  snapshot: Snapshot;
  /** Candidate keys; none for an event whose sources took everything back. */
  keys: string[];
  /** Day numbers between which a report must possibly lie to merge. */
  lower: number;
  upper: number;
  /** Features of the first claims, which reports are scored against. */
  profiles: ClaimFeatures[];
  lineage: string[];
  /** The event that this one was merged into. */
  heir: string | null;
  bornBackfill: boolean;
  /** A report that was not loaded history has told of it. */
  heardLive: boolean;
  retractedBy: 'editor' | 'sources' | null;
  corrections: Corrections;
  /** Every development that it has had. */
  developed: Development[];
  /** The version of the themes whose rules were last applied. */
  themeVersion: number;
}

/** Why a report is where it is. */
export interface MergeNote {
  decision: 'created' | 'merged' | 'updated' | 'revived' | 'edited';
  score: number | null;
  closest: string | null;
  parts: ScorePart[];
}

/** One version of one report, and from which revision of its event to which it held. `rep_1@2`, and after a move `rep_1@2>evt_1@7` */
export interface ClaimDocument {
  _id: string;
  reportId: string;
  version: number;
  /** The newest of its report; exactly one is. */
  current: boolean;
  /** It holds: null when its report was withdrawn, or superseded by another version. */
  eventId: string | null;
  /** The event it holds in or last held in. */
  lastEventId: string | null;
  fromRevision: number;
  toRevision: number;
  publishedAt: Date | null;
  /** Null where only a withdrawal is known, or what was withdrawn has gone. */
  report: Report | null;
  merge: MergeNote | null;
  withdrawnVersion: number | null;
}

/** What lists filter and sort by. */
export interface SearchFields {
  /** `kind:ban`, `status:occurred`, `theme:…`, `entity:…`, `country:KR`, `development:…` of all developments so far */
  tags: string[];
  /** Folded words of headline, summary and names; those of the headline once more as `=word`. */
  terms: string[];
  /** The folded words in order, for phrases; parts are separated by bars. ` zu bans chips | zu ` */
  wording: string;
  dated: boolean;
  approximate: boolean;
  /** Day numbers, null where open; of an undated event the bound behind it. */
  lower: number | null;
  upper: number | null;
  /** What `sort=date` goes by: the first day, else the last. */
  dateKey: number;
  /** How wide the interval is, in classes: a search by days looks that far back only. */
  span: number;
  recordedAt: Date;
  importance: number;
  sourceCount: number;
  amountUsd: number | null;
  retracted: boolean;
  /** The event that it was merged into: lists leave it out. */
  heir?: string;
}

/** One revision: a step of the history, and the state that lists read as of its place in the one order. */
export interface RevisionDocument extends SearchFields {
  /** `evt_1@2` */
  _id: string;
  eventId: string;
  revision: number;
  at: Date;
  developments: Development[];
  cause: {
    type: 'report' | 'withdrawal' | 'edit' | 'theme';
    reportIds: string[];
    author: string | null;
    reason: string | null;
    /** The revision whose edit this one undoes. */
    undoes?: number;
  };
  edit?: Edit;
  changes: { field: string; before: unknown; after: unknown }[];
  snapshot: Snapshot;
  /** Until the sequencer has given it its place. */
  pending?: true;
  fromSeq?: number;
  toSeq?: number;
  /** `at`, never before that of the revision with the place before. */
  orderAt?: Date;
  /** When the event's first revision was given its place, and which. */
  knownAt?: Date;
  knownSeq?: number;
}

/** Written by everyone who makes an event of a key, so that the database tells two replicas apart that do so at once. */
export interface KeyDocument {
  _id: string;
  version: number;
}

/** A person's word on where a report belongs: it holds whatever the scores say, and when the report was away and comes back. */
export interface PinDocument {
  /** The report's id. */
  _id: string;
  /** As it was when it was written: that event may have been merged away since. */
  eventId: string;
  /** The revision by which it was decided. `evt_1@3` */
  by: string;
}

/** A person's word that two events are not one. `evt_1|evt_2`; of no effect where one was merged into the other since. */
export interface PartingDocument {
  _id: string;
  events: [string, string];
  by: string;
}

/** Two events that a report showed to be one, until they are joined. `evt_1|evt_2` */
export interface BridgeDocument {
  _id: string;
  events: [string, string];
  reportId: string;
}

export interface ThemeDocument {
  _id: string;
  name: string;
  description: string | null;
  rule: ThemeRule;
  version: number;
  updatedAt: Date;
  removed: boolean;
}

export interface EntityDocument {
  _id: string;
  name: string;
  type: string;
  /** Folded words of the name and of the aliases. */
  words: string[];
  /** Names of what was merged into it. */
  aliases?: string[];
  /** It is an alias of this entity, which is nobody's alias itself. */
  mergedInto?: string;
}

/**
 * Counts of the events with one tag, or with `''` of all, as of the place up to which rollups are folded. Of its `counts` those
 * of entities are left out: each entity has a document, whose counts say the same. `{_id: 'kind:ban', facet: 'kind', total: 3, …}`
 */
export interface RollupDocument {
  _id: string;
  facet: string;
  total: number;
  /** By facet and value: how many of them have that tag too. */
  counts: Record<string, Record<string, number>>;
  /** By cell, see `monthCellOf`. */
  months: Record<string, number>;
}

/** The same cells to the day: those of one tag that begin in one year. `kind:ban|2024` */
export interface RollupYearDocument {
  _id: string;
  days: Record<string, number>;
}

/** Single documents: the sequencer's counter, versions and places that work is done up to. */
export type StateDocument =
  | { _id: 'sequence'; seq: number; orderAt: Date }
  | { _id: 'themes'; version: number }
  | { _id: 'entities'; version: number }
  | { _id: 'rollups'; seq: number };

const sequenced = { fromSeq: { $exists: true } };

export const timelineCollections: CollectionSpec[] = [
  {
    name: 'events',
    indexes: [{ key: { keys: 1, lower: 1, upper: 1 } }, { key: { themeVersion: 1 } }],
  },
  {
    name: 'claims',
    indexes: [
      { key: { reportId: 1 }, unique: true, partialFilterExpression: { current: true } },
      { key: { eventId: 1 } },
      { key: { lastEventId: 1, publishedAt: 1, _id: 1 } },
    ],
  },
  {
    name: 'revisions',
    indexes: [
      { key: { eventId: 1, revision: 1 }, unique: true },
      { key: { fromSeq: 1 }, partialFilterExpression: sequenced },
      { key: { pending: 1, at: 1, eventId: 1, revision: 1 }, partialFilterExpression: { pending: true } },
      { key: { orderAt: 1, fromSeq: 1 }, partialFilterExpression: sequenced },
      { key: { knownSeq: 1 }, partialFilterExpression: sequenced },
      { key: { span: 1, dateKey: 1, eventId: 1 }, partialFilterExpression: sequenced },
      { key: { importance: 1, eventId: 1 }, partialFilterExpression: sequenced },
      { key: { tags: 1, knownSeq: 1 }, partialFilterExpression: sequenced },
      { key: { tags: 1, span: 1, dateKey: 1, eventId: 1 }, partialFilterExpression: sequenced },
      { key: { terms: 1, knownSeq: 1 }, partialFilterExpression: { knownSeq: { $exists: true } } },
      { key: { knownAt: 1 }, partialFilterExpression: sequenced },
    ],
  },
  { name: 'rollups', indexes: [{ key: { facet: 1, total: 1 } }] },
  { name: 'rollup_years', indexes: [] },
  { name: 'candidate_keys', indexes: [] },
  { name: 'pins', indexes: [{ key: { eventId: 1 } }] },
  { name: 'partings', indexes: [] },
  { name: 'bridges', indexes: [] },
  { name: 'themes', indexes: [] },
  {
    name: 'entities',
    indexes: [
      { key: { words: 1 } },
      { key: { mergedInto: 1 }, partialFilterExpression: { mergedInto: { $exists: true } } },
    ],
  },
  { name: 'state', indexes: [] },
];
