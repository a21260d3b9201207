import type { Report } from '@themeline/contracts';
import { displayDate, parseEdtf } from '@themeline/dates';
import { type Database, migrate } from '@themeline/persistence';
import { messagingCollections } from '@themeline/messaging';
import { loadVocabulary } from '@themeline/vocabulary';
import { searchFieldsOf } from '../../apps/timeline/src/events/search.fields';
import { claimOf } from '../../apps/timeline/src/merge/working.set';
import { incrementsOf, RollupTally } from '../../apps/timeline/src/rollups/rollup.tally';
import {
  type ClaimDocument,
  OPEN_END,
  type RevisionDocument,
  type Snapshot,
  type StateDocument,
  timelineCollections,
} from '../../apps/timeline/src/timeline.collections';
import { timelineMigrations } from '../../apps/timeline/src/timeline.migrations';
import { inventedName } from '../support/happenings';
import { seededRandom } from '../support/seeded-random';

export const BLOCK = 1_000;
/** Of a block these have a second revision, which replaces the first. */
const REVISED = 4;
const FIRST_YEAR = 2014;
const YEARS = 12;
export const ENTITIES = 20_000;
export const WORDS = 12_000;

const vocabulary = loadVocabulary();
export const KIND_IDS = [...vocabulary.kindById.keys()];
export const THEME_IDS = vocabulary.themes.map(({ id }) => id);
export const COUNTRY_CODES = vocabulary.countries.map(({ code }) => code).slice(0, 60);
/** Begun anew with each block, so that blocks can be made in any order and by many processes. */
let random = seededRandom(0);

/** A number below `n`, the n-th time as rare as the first: 0 most often. */
export const skewed = (n: number): number =>
  Math.min(n - 1, Math.floor(n ** random()) - 1 + Math.floor(random() * 1.2));
const pick = <T>(from: readonly T[]): T => from[skewed(from.length)] as T;
const some = <T>(from: readonly T[], most: number): T[] => [
  ...new Set(Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(from))),
];
export const wordAt = (n: number): string => inventedName(n * 7 + 3).toLowerCase();
export const entityIdAt = (n: number): string => `${inventedName(n).toLowerCase()}-${String(n)}`;
const sentence = (words: number): string => Array.from({ length: words }, () => wordAt(skewed(WORDS))).join(' ');

const two = (n: number): string => String(n).padStart(2, '0');

/** Seven of ten are days; the others months, quarters, halves, years, spans of months, approximate, open, decades, or there is none. */
function dateText(year: number): string | null {
  const month = 1 + Math.floor(random() * 12);
  const part = random();
  if (part < 0.7) return `${String(year)}-${two(month)}-${two(1 + Math.floor(random() * 28))}`;
  if (part < 0.81) return `${String(year)}-${two(month)}`;
  if (part < 0.85) return `${String(year)}-${String(33 + Math.floor(random() * 4))}`;
  if (part < 0.87) return `${String(year)}-${String(40 + Math.floor(random() * 2))}`;
  if (part < 0.92) return String(year);
  if (part < 0.94) return `${String(year)}-${two(Math.min(month, 9))}/${String(year)}-${two(Math.min(month, 9) + 3)}`;
  if (part < 0.955) return `${String(year)}-${two(month)}~`;
  if (part < 0.965) return `../${String(year)}`;
  if (part < 0.968) return `${String(year).slice(0, 3)}X`;
  return null;
}

function snapshotOf(n: number): Snapshot {
  const year = FIRST_YEAR + YEARS - 1 - Math.floor(YEARS * random() ** 1.5);
  const text = dateText(year);
  const names = [...new Set(Array.from({ length: 1 + Math.floor(random() * 4) }, () => skewed(ENTITIES)))];
  const date = text === null ? null : parseEdtf(text);
  const at = new Date(Date.UTC(2024, 0, 1) + n * 60_000).toISOString();
  return {
    id: `evt_${String(n).padStart(8, '0')}`,
    kind: pick(KIND_IDS),
    status: random() < 0.8 ? 'occurred' : random() < 0.6 ? 'planned' : 'forecast',
    headline: sentence(9),
    summary: random() < 0.7 ? sentence(20) : null,
    date:
      date === null
        ? { edtf: null, lower: null, upper: null, precision: 'none', approximate: false, display: 'undated' }
        : { ...date, display: displayDate(date.edtf) },
    entities: names.map((name) => ({
      id: entityIdAt(name),
      name: `${inventedName(name)} ${String(name)}`,
      type: 'company',
      role: 'agent',
    })),
    countries: some(COUNTRY_CODES, 2),
    amount:
      random() < 0.15
        ? ((value) => ({ value, currency: 'USD', usd: value }))(Math.round(10 ** (4 + random() * 6)))
        : null,
    themes: some(THEME_IDS, 3),
    importance: Math.floor(100 * random() ** 2),
    confidence: 0.8,
    sourceCount: 1,
    disputes: [],
    retracted: random() < 0.005,
    revision: 1,
    recordedAt: at,
    updatedAt: at,
  };
}

function reportOf(snapshot: Snapshot, source: number): Report {
  return {
    reportId: `rep_${snapshot.id}_${String(source)}`,
    version: 1,
    owner: 'bench',
    articleId: null,
    kind: snapshot.kind,
    status: snapshot.status,
    headline: snapshot.headline,
    summary: snapshot.summary,
    date: snapshot.date,
    datePhrase: null,
    entities: snapshot.entities,
    countries: snapshot.countries,
    amount: snapshot.amount,
    themes: [],
    source: { id: `src_${String(source)}`, name: `Source ${String(source)}`, url: null },
    url: `https://source-${String(source)}.example/${snapshot.id}`,
    publishedAt: snapshot.recordedAt,
    receivedAt: snapshot.recordedAt,
    evidence: { text: `${snapshot.headline}, the paper says.`, start: null, end: null },
    mentions: [],
    importance: snapshot.importance,
    confidence: 0.8,
    backfill: true,
  };
}

function revisionOf(snapshot: Snapshot, knownSeq: number, fromSeq: number, toSeq: number): RevisionDocument {
  const at = new Date(snapshot.updatedAt);
  const published = snapshot.recordedAt.slice(0, 10);
  const bounds =
    snapshot.date.edtf !== null
      ? snapshot.date
      : snapshot.status === 'occurred'
        ? { lower: null, upper: published }
        : { lower: published, upper: null };
  return {
    _id: `${snapshot.id}@${String(snapshot.revision)}`,
    eventId: snapshot.id,
    revision: snapshot.revision,
    at,
    developments: snapshot.revision === 1 ? ['recorded'] : ['corroborated'],
    cause: {
      type: 'report',
      reportIds: [`rep_${snapshot.id}_${String(snapshot.revision)}`],
      author: null,
      reason: null,
    },
    changes: [],
    snapshot,
    ...searchFieldsOf(snapshot, bounds, snapshot.revision === 1 ? ['recorded'] : ['recorded', 'corroborated']),
    fromSeq,
    toSeq,
    orderAt: at,
    knownAt: new Date(snapshot.recordedAt),
    knownSeq,
  };
}

const quick = { ordered: false, writeConcern: { w: 1 } } as const;
/** Revisions, and places in the one order, that a full block has. */
const PLACES = BLOCK + Math.ceil(BLOCK / REVISED);

/** Writes the events `from` ≤ n < `to` as they are stored, with one or two reports each, and adds them to the rollups. Whole blocks. */
export async function writeEvents(database: Database, from: number, to: number): Promise<void> {
  const tally = new RollupTally();
  for (let at = from; at < to; at += BLOCK) {
    const { revisions, claims } = blockAt(at);
    for (const row of revisions) if (row.toSeq === OPEN_END) tally.add(row, 1);
    await Promise.all([
      database.collection<RevisionDocument>('revisions').insertMany(revisions, quick),
      database.collection<ClaimDocument>('claims').insertMany(claims, quick),
    ]);
    process.stderr.write('.');
  }
  const rollups = [...tally.rollups.values()].map(({ _id, facet, ...counts }) => ({
    updateOne: { filter: { _id }, update: { $set: { facet }, $inc: incrementsOf(counts) }, upsert: true },
  }));
  const years = [...tally.years.values()].map(({ _id, days }) => ({
    updateOne: { filter: { _id }, update: { $inc: incrementsOf({ days }) }, upsert: true },
  }));
  for (let at = 0; at < rollups.length; at += BLOCK) {
    await database.collection<{ _id: string }>('rollups').bulkWrite(rollups.slice(at, at + BLOCK), quick);
  }
  for (let at = 0; at < years.length; at += BLOCK) {
    await database.collection<{ _id: string }>('rollup_years').bulkWrite(years.slice(at, at + BLOCK), quick);
  }
}

/** Makes the indexes over so many written events, and the counters that go with them. */
export async function finishEvents(database: Database, events: number): Promise<void> {
  const seq = (events / BLOCK) * PLACES;
  const orderAt = new Date(Date.UTC(2024, 0, 1) + events * 60_000);
  await migrate(database.db, [...messagingCollections, ...timelineCollections], []);
  // What is written here is as the newest migration leaves it.
  await database
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(timelineMigrations.map(({ id }) => ({ _id: id, at: new Date() })));
  await database.collection<StateDocument>('state').insertMany(
    [
      { _id: 'sequence', seq, orderAt },
      { _id: 'rollups', seq },
    ],
    quick,
  );
  await database.db.admin().command({ fsync: 1 });
}

function blockAt(from: number): { revisions: RevisionDocument[]; claims: ClaimDocument[] } {
  random = seededRandom(from + 1);
  const note = { decision: 'created', score: null, closest: null, parts: [] } as const;
  const begin = (from / BLOCK) * PLACES;
  const revisions: RevisionDocument[] = [];
  const claims: ClaimDocument[] = [];
  const claim = (snapshot: Snapshot, source: number): void => {
    const held = claimOf(reportOf(snapshot, source), snapshot.id, { ...note, parts: [] });
    claims.push({ ...held, fromRevision: source, toRevision: OPEN_END });
  };
  const second: { snapshot: Snapshot; knownSeq: number }[] = [];
  for (let n = 0; n < BLOCK; n += 1) {
    const snapshot = snapshotOf(from + n);
    const knownSeq = begin + n + 1;
    claim(snapshot, 1);
    const revised = n % REVISED === 0;
    revisions.push(revisionOf(snapshot, knownSeq, knownSeq, revised ? begin + BLOCK + second.length + 1 : OPEN_END));
    if (revised) second.push({ snapshot: { ...snapshot, revision: 2, sourceCount: 2 }, knownSeq });
  }
  second.forEach(({ snapshot, knownSeq }, index) => {
    claim(snapshot, 2);
    revisions.push(revisionOf(snapshot, knownSeq, begin + BLOCK + index + 1, OPEN_END));
  });
  return { revisions, claims };
}
