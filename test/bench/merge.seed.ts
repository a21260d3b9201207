import type { Report } from '@themeline/contracts';
import { UNDATED } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import type { KindFamily } from '@themeline/merging';
import { messagingCollections } from '@themeline/messaging';
import { type Database, isDuplicateKey, migrate } from '@themeline/persistence';
import { loadVocabulary } from '@themeline/vocabulary';
import { revise } from '../../apps/timeline/src/merge/event.reviser';
import { claimOf } from '../../apps/timeline/src/merge/working.set';
import {
  type ClaimDocument,
  type EventDocument,
  type KeyDocument,
  OPEN_END,
  type RevisionDocument,
  timelineCollections,
} from '../../apps/timeline/src/timeline.collections';
import { inventedName } from '../support/happenings';

const SEED_BATCH = 1_000;
/** So many happenings differ in kind, country and day; the next as many are like them in these, with other names. */
const PATTERNS = 10_000;
/** A company has this many events, however many companies there are. */
const EVENTS_PER_COMPANY = 20;
const WORDS = 70_000;
/** Keys of fewer events are not counted. */
const FEW_EVENTS = 100;
const DAYS = 3_650;
const FIRST_DAY = Date.parse('2015-01-01');

export const vocabulary = loadVocabulary();
const kindFamily: KindFamily = (kind) => vocabulary.kindById.get(kind)?.family ?? kind;
const KINDS = ['product-launch', 'funding-round', 'partnership', 'ban', 'incident', 'regulation'] as const;
const COUNTRIES = vocabulary.countries;
const ACTS: Record<(typeof KINDS)[number], readonly [string, string]> = {
  'product-launch': ['launches', 'brings out'],
  'funding-round': ['raises money for', 'gets new money for'],
  partnership: ['joins hands over', 'finds a partner for'],
  ban: ['is kept from', 'may no longer use'],
  incident: ['loses control of', 'admits a failure of'],
  regulation: ['sets rules for', 'puts limits on'],
};

/** Spreads numbers evenly and without an order that would help anybody. */
export const scatter = (n: number, salt: number): number =>
  (Math.imul(n + 1, 2_654_435_761) ^ Math.imul(salt, 40_503)) >>> 0;

/** What is its own of one of many happenings of a pattern. */
interface Names {
  id: string;
  company: string;
  things: readonly [string, string];
}

/** Names that end in a, o or u, for stemming leaves those as they are. */
const word = (n: number): string => inventedName(Math.floor(n / 3) * 5 + ([0, 3, 4][n % 3] ?? 0));

const namesOf = (n: number): Names => ({
  id: String(n),
  company: word(Math.floor(n / EVENTS_PER_COMPANY)),
  things: [word(scatter(n, 2) % WORDS), word(scatter(n, 3) % WORDS)],
});

/** Stand in a pattern for names; short enough for stemming to leave them alone too. */
const BLANKS: Names = { id: 'qxqx', company: 'Qxwa', things: ['Qxwb', 'Qxwc'] };

/** The n-th happening as its k-th source tells it: a tenth without a date, a sixth of them rules of one of the countries. */
export const telling = (n: number, k: number): Report => tellingOf(n % PATTERNS, k, namesOf(n));

function tellingOf(pattern: number, k: number, names: Names): Report {
  const kind = KINDS[pattern % KINDS.length] ?? 'ban';
  const country = COUNTRIES[scatter(pattern, 1) % COUNTRIES.length];
  const byCountry = kind === 'regulation' && country !== undefined;
  const who = byCountry ? country.name : `${names.company} Works`;
  const thing = names.things.join(' ');
  const day = new Date(FIRST_DAY + (scatter(pattern, 4) % DAYS) * 86_400_000).toISOString().slice(0, 10);
  const dated = scatter(pattern, 5) % 10 > 0;
  return {
    reportId: `rep_${names.id}_${String(k)}`,
    version: 1,
    owner: 'bench',
    articleId: null,
    kind,
    status: 'occurred',
    headline: `${who} ${ACTS[kind][k % 2] ?? ''} its ${thing}`,
    summary: null,
    date: dated ? parseEdtf(day) : UNDATED,
    datePhrase: null,
    entities: [
      {
        id: who.toLowerCase().replace(/[^a-z]+/g, '-'),
        name: who,
        type: byCountry ? 'place' : 'company',
        role: 'agent',
      },
    ],
    countries: byCountry ? [country.code] : [],
    amount: null,
    themes: [],
    source: { id: `src_${String(k)}`, name: `Source ${String(k)}`, url: null },
    url: `https://source-${String(k)}.example/${names.id}`,
    publishedAt: `${day}T12:00:00.000Z`,
    receivedAt: `${day}T12:00:00.000Z`,
    evidence: { text: `${who} ${ACTS[kind][k % 2] ?? ''} its ${thing}, the paper says.`, start: null, end: null },
    mentions: [],
    importance: 50,
    confidence: 0.8,
    backfill: true,
  };
}

/** What is stored of one event. */
interface Row {
  event: EventDocument;
  claim: ClaimDocument;
  revision: RevisionDocument;
}

/** A pattern's row as text, made once as merging makes it: from then on names are filled in. */
function patternOf(pattern: number): string {
  const report = tellingOf(pattern, 0, BLANKS);
  const id = `evt_${BLANKS.id}`;
  const { event, revision } = revise({
    id,
    before: null,
    claims: [report],
    cause: { type: 'report', reportIds: [report.reportId], author: null, reason: null },
    now: new Date(report.receivedAt),
    themes: { version: 0, merged: new Map(), rules: [], ids: new Set<string>() },
    kindFamily,
    backfill: true,
    heard: false,
  });
  const claim = claimOf(report, id, { decision: 'created', score: null, closest: null, parts: [] });
  const { pending, ...placed } = revision;
  if (pending !== true) throw new Error(`the revision of '${id}' has a place already`);
  return JSON.stringify({ event, claim, revision: placed } satisfies Row);
}

function rowOf(pattern: string, n: number): Row {
  const { id, company, things } = namesOf(n);
  const blanks: readonly [string, string][] = [
    [BLANKS.company, company],
    [BLANKS.things[0], things[0]],
    [BLANKS.things[1], things[1]],
  ];
  let text = pattern.replaceAll(BLANKS.id, id);
  for (const [blank, name] of blanks) {
    text = text.replaceAll(blank, name).replaceAll(blank.toLowerCase(), name.toLowerCase());
  }
  const { event, claim, revision } = JSON.parse(text) as Row;
  const at = new Date(revision.at);
  return {
    event,
    claim: { ...claim, publishedAt: at, fromRevision: 1, toRevision: OPEN_END },
    revision: { ...revision, at, recordedAt: at, orderAt: at, fromSeq: n + 1, toSeq: OPEN_END },
  };
}

const INDEXED = ['events', 'claims', 'revisions'] as const;
const QUICK = { ordered: false, writeConcern: { w: 1 } } as const;

/** Stores the happenings `from` ≤ n < `to` as events, with claims, revisions and keys, as merging would have; indexes are made at the end. */
export async function store(database: Database, from: number, to: number): Promise<void> {
  await prepare(database);
  for (const name of INDEXED) await database.collection(name).dropIndexes();
  const patterns: string[] = [];
  const made = new Map<string, number>();
  // One batch is written while the next is made.
  let written: Promise<unknown> = Promise.resolve();
  for (let at = from; at < to; at += SEED_BATCH) {
    const rows = Array.from({ length: Math.min(SEED_BATCH, to - at) }, (_, i) => {
      const n = at + i;
      return rowOf((patterns[n % PATTERNS] ??= patternOf(n % PATTERNS)), n);
    });
    const keys = rows.flatMap(({ event }) => event.keys);
    const fresh = [...new Set(keys)].filter((key) => !made.has(key));
    for (const key of keys) made.set(key, (made.get(key) ?? 0) + 1);
    await written;
    written = Promise.all([
      database.collection<EventDocument>('events').insertMany(
        rows.map(({ event }) => event),
        QUICK,
      ),
      database.collection<ClaimDocument>('claims').insertMany(
        rows.map(({ claim }) => claim),
        QUICK,
      ),
      database.collection<RevisionDocument>('revisions').insertMany(
        rows.map(({ revision }) => revision),
        QUICK,
      ),
      database
        .collection<KeyDocument>('candidate_keys')
        .insertMany(
          fresh.map((_id) => ({ _id, version: 1 })),
          QUICK,
        )
        // Reports that were measured with fewer events have made some of them.
        .catch((error: unknown) => {
          if (!isDuplicateKey(error)) throw error;
        }),
    ]);
    if ((at / SEED_BATCH) % 50 === 49) process.stderr.write(`${String(at + SEED_BATCH)} events stored\n`);
  }
  await written;
  await countKeys(database, made);
  await prepare(database);
}

/** A key's version counts the events made under it; of how many exactly makes no difference while they are few. */
async function countKeys(database: Database, made: ReadonlyMap<string, number>): Promise<void> {
  const many = [...made].filter(([, events]) => events >= FEW_EVENTS);
  if (many.length === 0) return;
  await database.collection<KeyDocument>('candidate_keys').bulkWrite(
    many.map(([_id, events]) => ({ updateOne: { filter: { _id }, update: { $inc: { version: events - 1 } } } })),
    QUICK,
  );
}

export const prepare = (database: Database): Promise<void> =>
  migrate(database.db, [...messagingCollections, ...timelineCollections], []);
