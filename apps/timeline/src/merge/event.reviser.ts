import { type Development, deriveId, type EntityRef, type Report, type TimelineEvent } from '@themeline/contracts';
import type { DayInterval } from '@themeline/dates';
import { matchThemes } from '@themeline/extraction';
import {
  buildEvent,
  type ClaimFeatures,
  developmentsOf,
  featuresOf,
  keysOf,
  type KindFamily,
  mergeWindow,
  SCORED_CLAIMS,
} from '@themeline/merging';
import type { OutboxMessage } from '@themeline/messaging';
import { corrected, correctionsAfter, developmentsOfEdit, lineageAfter, same } from '../editing/edit.rules';
import { searchFieldsOf } from '../events/search.fields';
import type { Corrections, Edit, EventDocument, RevisionDocument, Snapshot } from '../timeline.collections';
import type { ThemeSet } from '../themes/themes.repository';

/** How many reports' evidence the rules of themes read. */
const EVIDENCE_FOR_THEMES = 10;

export interface RevisionInput {
  id: string;
  /** Null for a new event. */
  before: EventDocument | null;
  /** All claims that hold after this revision. */
  claims: readonly Report[];
  cause: RevisionDocument['cause'];
  now: Date;
  themes: ThemeSet;
  kindFamily: KindFamily;
  /** Caused by loaded history: told only to those who asked for history. */
  backfill: boolean;
  /** A report that is not loaded history came to it. */
  heard: boolean;
  /** What an editor does with it. */
  edit?: Edit;
}

export interface Revised {
  event: EventDocument;
  revision: RevisionDocument;
  message: OutboxMessage;
}

/** The next revision of an event: its state, its step in the history, and the fact to tell. A function of its arguments. */
export function revise(input: RevisionInput): Revised {
  const { id, before, cause } = input;
  const at = new Date(Math.max(input.now.getTime(), before === null ? 0 : Date.parse(before.snapshot.updatedAt)));
  const number = (before?.revision ?? 0) + 1;
  const corrections = correctionsAfter(before?.corrections ?? {}, input.edit);
  const { snapshot, bounds, reports } = nextSnapshot(input, corrections, number, at);
  const developments = developmentsFor(input, snapshot);
  const developed = [...new Set([...(before?.developed ?? []), ...developments])];
  const profiles = profilesFor(input);
  const event: EventDocument = {
    _id: id,
    revision: number,
    snapshot,
    ...foundBy(profiles),
    lineage: lineageAfter(id, before?.lineage ?? [id], input.edit),
    heir: null,
    bornBackfill: before?.bornBackfill ?? input.backfill,
    heardLive: (before?.heardLive ?? false) || input.heard,
    retractedBy: retractedBy(input),
    corrections,
    developed,
    themeVersion: input.themes.version,
  };
  return {
    event,
    revision: {
      _id: `${id}@${String(number)}`,
      eventId: id,
      revision: number,
      at,
      developments,
      cause,
      ...(input.edit === undefined ? {} : { edit: input.edit }),
      changes: changesBetween(before?.snapshot ?? null, snapshot),
      snapshot,
      pending: true,
      ...searchFieldsOf(snapshot, bounds, developed),
    },
    message: {
      subject: 'event.revised',
      messageId: deriveId('msg', 'event.revised', id, String(number)),
      payload: {
        eventId: id,
        revision: number,
        developments,
        // What an alert compares is the event's own fields: its reports are in `after`.
        before: before === null ? null : { ...before.snapshot, reports: [] },
        after: { ...snapshot, reports },
        lineage: event.lineage,
        backfill: input.backfill,
        at: at.toISOString(),
      },
    },
  };
}

/** The last revision of an event that an editor merges into another: it keeps what it said, and is found nowhere. */
export function mergeAway(before: EventDocument, heir: string, cause: RevisionDocument['cause'], now: Date): Revised {
  const number = before.revision + 1;
  const snapshot = { ...before.snapshot, revision: number, updatedAt: now.toISOString() };
  const id = before._id;
  return {
    event: { ...before, revision: number, snapshot, keys: [], ...windowOf([]), profiles: [], heir },
    revision: {
      _id: `${id}@${String(number)}`,
      eventId: id,
      revision: number,
      at: now,
      developments: [],
      cause,
      edit: { type: 'merged-away', other: heir },
      changes: [{ field: 'heir', before: null, after: heir }],
      snapshot,
      pending: true,
      ...searchFieldsOf(snapshot, before.snapshot.date, before.developed),
      heir,
    },
    message: {
      subject: 'event.revised',
      messageId: deriveId('msg', 'event.revised', id, String(number)),
      payload: {
        eventId: id,
        revision: number,
        developments: [],
        before: { ...before.snapshot, reports: [] },
        after: { ...snapshot, reports: [] },
        lineage: before.lineage,
        heir,
        backfill: true,
        at: now.toISOString(),
      },
    },
  };
}

function nextSnapshot(
  input: RevisionInput,
  corrections: Corrections,
  revision: number,
  at: Date,
): { snapshot: Snapshot; bounds: DayInterval; reports: TimelineEvent['reports'] } {
  const { id, before, claims } = input;
  const times = {
    revision,
    recordedAt: before?.snapshot.recordedAt ?? at.toISOString(),
    updatedAt: at.toISOString(),
  };
  if (claims.length === 0) {
    if (before === null) throw new RangeError(`event '${id}' would begin without a claim`);
    // The text is gone; that it was told is not: the last state stays, marked.
    const { bounds, ...said } = corrected({ ...before.snapshot, bounds: before.snapshot.date }, corrections, []);
    const summary = corrections.summary ?? null;
    const entities = currentEntities(said.entities, input.themes);
    return { snapshot: { ...said, ...times, entities, summary, retracted: true }, bounds, reports: [] };
  }
  const { reports, ...built } = buildEvent(id, claims);
  const { bounds, ...fields } = corrected(built, corrections, claims);
  const entities = currentEntities(fields.entities, input.themes);
  const supplied = claims.flatMap((claim) => claim.themes).filter((theme) => input.themes.ids.has(theme));
  const matched = matchThemes(
    {
      headline: fields.headline,
      summary: fields.summary,
      evidence: evidenceOf(reports),
      kind: fields.kind,
      entities: entities.map((entity) => entity.name),
    },
    input.themes.rules,
  );
  const snapshot: Snapshot = {
    ...fields,
    entities,
    themes: corrections.themes ?? [...new Set([...supplied, ...matched])].sort(),
    retracted: retractedBy(input) !== null,
    ...times,
  };
  return { snapshot, bounds, reports };
}

/** Under the names that they go by since entities were merged, each once. */
function currentEntities(entities: readonly EntityRef[], { merged }: ThemeSet): EntityRef[] {
  const named = new Map<string, EntityRef>();
  for (const entity of entities) {
    const now = { ...entity, ...merged.get(entity.id) };
    if (!named.has(now.id)) named.set(now.id, now);
  }
  return [...named.values()];
}

function retractedBy({ before, claims, edit }: RevisionInput): EventDocument['retractedBy'] {
  if (edit?.type === 'retract') return 'editor';
  if (before?.retractedBy === 'editor' && edit?.type !== 'restore') return 'editor';
  return claims.length === 0 ? 'sources' : null;
}

function developmentsFor(input: RevisionInput, after: Snapshot): Development[] {
  const { before, backfill, heard } = input;
  // A rule that changed is no news about the world.
  if (input.cause.type === 'theme') return [];
  if (input.edit !== undefined) return backfill && before === null ? [] : developmentsOfEdit(input.edit, before, after);
  if (before === null) return backfill ? [] : developmentsOf(null, after);
  const found = developmentsOf(before.snapshot, after);
  const firstLive = before.bornBackfill && !before.heardLive && heard && !after.retracted;
  return firstLive && !found.includes('corroborated') ? ['corroborated', ...found] : found;
}

function evidenceOf(reports: TimelineEvent['reports']): string {
  return reports
    .slice(0, EVIDENCE_FOR_THEMES)
    .flatMap(({ claims, evidence }) => [claims.headline, ...(evidence === null ? [] : [evidence.text])])
    .join('\n');
}

function profilesFor(input: RevisionInput): ClaimFeatures[] {
  const { before, claims } = input;
  if (claims.length > 0 || before === null || retractedBy(input) !== 'editor')
    return profilesOf(claims, input.kindFamily);
  // What an editor took off does not come back under another report's id: it is still known, by what is not text.
  return before.profiles.map((profile) => ({ ...profile, article: null, details: [] }));
}

/** What an event is known by: the features of its first claims. */
export function profilesOf(claims: readonly Report[], kindFamily: KindFamily): ClaimFeatures[] {
  return [...claims]
    .sort((a, b) => order(a.receivedAt, b.receivedAt) || order(a.reportId, b.reportId))
    .slice(0, SCORED_CLAIMS)
    .map((claim) => featuresOf(claim, kindFamily));
}

/** What of an event merging looks for and compares. */
export function foundBy(
  profiles: readonly ClaimFeatures[],
): Pick<EventDocument, 'keys' | 'lower' | 'upper' | 'profiles'> {
  return { keys: [...new Set(profiles.flatMap(keysOf))].sort(), ...windowOf(profiles), profiles: [...profiles] };
}

/** The days in which every claim's window lies. */
export function windowOf(profiles: readonly ClaimFeatures[]): { lower: number; upper: number } {
  const windows = profiles.map(mergeWindow);
  return {
    lower: Math.min(...windows.map((window) => window.lower), 1e9),
    upper: Math.max(...windows.map((window) => window.upper), -1e9),
  };
}

const COMPARED = [
  'kind',
  'status',
  'headline',
  'summary',
  'date',
  'entities',
  'countries',
  'amount',
  'themes',
  'importance',
  'confidence',
  'sourceCount',
  'disputes',
  'retracted',
] as const satisfies readonly (keyof Snapshot)[];

/** The fields that differ, each as it was and as it is. */
export function changesBetween(before: Snapshot | null, after: Snapshot): RevisionDocument['changes'] {
  if (before === null) return [];
  return COMPARED.filter((field) => !same(before[field], after[field])).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
