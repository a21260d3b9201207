// What putting a report into its event costs, with few and with many events stored. `npm run bench:merge` prints a table and, as its last line,
// the same as JSON. A real mongod in a folder of its own, deterministic input, bounded, ends by itself.
import type { Report } from '@themeline/contracts';
import { UNDATED } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import type { KindFamily } from '@themeline/merging';
import { type Incoming, messagingCollections, Outbox, StaleBatch } from '@themeline/messaging';
import { Database, isDuplicateKey, migrate } from '@themeline/persistence';
import { loadVocabulary } from '@themeline/vocabulary';
import { createConnection } from 'mongoose';
import { revise } from '../../apps/timeline/src/merge/event.reviser';
import { MergeRepository } from '../../apps/timeline/src/merge/merge.repository';
import { MergeService } from '../../apps/timeline/src/merge/merge.service';
import { TimelineWriter } from '../../apps/timeline/src/merge/timeline.writer';
import { claimOf } from '../../apps/timeline/src/merge/working.set';
import type { SequencerService } from '../../apps/timeline/src/sequence/sequencer.service';
import { ThemesRepository } from '../../apps/timeline/src/themes/themes.repository';
import {
  type ClaimDocument,
  type EventDocument,
  OPEN_END,
  type RevisionDocument,
  timelineCollections,
} from '../../apps/timeline/src/timeline.collections';
import { OutboxRepository } from '../../libs/messaging/src/outbox.repository';
import { inventedName } from '../support/happenings';
import { startTestServers } from '../support/real-servers';

const HELP = `npm run bench:merge [-- options]   What merging costs per report, with 10,000 events stored and with many more.

  --events N   the larger number of stored events (1,000,000)
  --batches N  measured batches of 100 reports at each size (40); 10,000, 100,000 and 300,000 are measured on the way
  --cache N    gigabytes of memory for the database (2)
  --help       this text

Half of the reports tell again, in other words and from another source, what a stored event tells; half are new.`;

const options = process.argv.slice(2);
const numberOf = (name: string, otherwise: number): number => {
  const at = options.indexOf(name);
  return at < 0 ? otherwise : Number(options[at + 1]);
};
if (options.includes('--help')) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}

/** Measured on the way to `--events`. */
const SIZES = [10_000, 100_000, 300_000];
const MANY = numberOf('--events', 1_000_000);
const BATCHES = numberOf('--batches', 40);
const WARM_UP = 10;
const BATCH = 100;
const SEED_BATCH = 1_000;
/** A company has this many events, however many companies there are. */
const EVENTS_PER_COMPANY = 20;
const DAYS = 3_650;
const FIRST_DAY = Date.parse('2015-01-01');

const vocabulary = loadVocabulary();
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
const scatter = (n: number, salt: number): number => (Math.imul(n + 1, 2_654_435_761) ^ Math.imul(salt, 40_503)) >>> 0;

/** The n-th happening as its k-th source tells it: a tenth without a date, a sixth of them rules of one of the countries. */
function telling(n: number, k: number): Report {
  const kind = KINDS[n % KINDS.length] ?? 'ban';
  const country = COUNTRIES[scatter(n, 1) % COUNTRIES.length];
  const byCountry = kind === 'regulation' && country !== undefined;
  const who = byCountry ? country.name : `${inventedName(Math.floor(n / EVENTS_PER_COMPANY))} Works`;
  const thing = `${inventedName(scatter(n, 2) % 70_000)} ${inventedName(scatter(n, 3) % 70_000)}`;
  const day = new Date(FIRST_DAY + (scatter(n, 4) % DAYS) * 86_400_000).toISOString().slice(0, 10);
  const dated = scatter(n, 5) % 10 > 0;
  return {
    reportId: `rep_${String(n)}_${String(k)}`,
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
    url: `https://source-${String(k)}.example/${String(n)}`,
    publishedAt: `${day}T12:00:00.000Z`,
    receivedAt: `${day}T12:00:00.000Z`,
    evidence: { text: `${who} ${ACTS[kind][k % 2] ?? ''} its ${thing}, the paper says.`, start: null, end: null },
    mentions: [],
    importance: 50,
    confidence: 0.8,
    backfill: true,
  };
}

async function main(): Promise<void> {
  const servers = await startTestServers(process.env, numberOf('--cache', 2));
  const connection = await createConnection(servers.mongoUri, { dbName: 'bench_merge' }).asPromise();
  try {
    const database = new Database(connection, 'timeline');
    await migrate(database.db, [...messagingCollections, ...timelineCollections], []);
    const rows: Measured[] = [];
    for (const events of [...SIZES.filter((size) => size < MANY), MANY]) {
      const row = await measureAt(database, rows.at(-1)?.events ?? 0, events);
      rows.push(row);
      const ratio = row.msPerReport / (rows[0]?.msPerReport ?? NaN);
      print(
        `${String(events).padStart(9)} events  ${row.msPerReport.toFixed(2)} ms per report, ${ratio.toFixed(2)} times the first; ${String(row.merged)} % of those told again found theirs`,
      );
    }
    print(JSON.stringify(rows));
  } finally {
    await connection.close();
    await servers.stop();
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Measured {
  events: number;
  /** Median over batches, by the clock: planning and committing. */
  msPerReport: number;
  /** Percent of the reports that tell again what is stored and were put with it. */
  merged: number;
}

async function measureAt(database: Database, from: number, to: number): Promise<Measured> {
  await store(database, from, to);
  // What was stored is written out first, or its checkpoint would be measured.
  await database.db.admin().command({ fsync: 1 });
  const service = mergeService(database);
  const times: number[] = [];
  const again: string[] = [];
  for (let round = 0; round < WARM_UP + BATCHES; round += 1) {
    const reports = Array.from({ length: BATCH }, (_, i) => {
      const seq = round * BATCH + i;
      // Happenings below `to` are stored; those beyond are new, and never the same at two sizes.
      return i % 2 === 0 ? telling(scatter(seq, 6) % to, to + 1) : telling(MANY * 2 + to + seq, 0);
    });
    again.push(...reports.filter((_, i) => i % 2 === 0).map(({ reportId }) => reportId));
    const began = performance.now();
    await deliver(database, service, reports);
    if (round >= WARM_UP) times.push((performance.now() - began) / BATCH);
  }
  const merged = await database
    .collection<ClaimDocument>('claims')
    .countDocuments({ reportId: { $in: again }, 'merge.decision': { $in: ['merged', 'updated'] } });
  return {
    events: to,
    msPerReport: Number((times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN).toFixed(3)),
    merged: Math.round((merged * 100) / new Set(again).size),
  };
}

function mergeService(database: Database): MergeService {
  const outbox = new Outbox(new OutboxRepository(database));
  const sequencer = { wake: () => undefined } as unknown as SequencerService;
  return new MergeService(
    new MergeRepository(database),
    new TimelineWriter(database, outbox),
    outbox,
    new ThemesRepository(database, outbox),
    sequencer,
    vocabulary,
  );
}

async function deliver(database: Database, service: MergeService, reports: readonly Report[]): Promise<void> {
  const messages = reports.map((report): Incoming<'report.accepted'> => ({
    messageId: `msg_${report.reportId}`,
    subject: 'report.accepted',
    payload: { report },
    correlationId: 'bench',
    deliveries: 1,
  }));
  for (;;) {
    try {
      const work = await service.plan(messages);
      await database.transaction((session) => work.commit(session));
      work.committed?.();
      return;
    } catch (error) {
      if (!(error instanceof StaleBatch) && !isDuplicateKey(error)) throw error;
    }
  }
}

/** Stores the happenings `from` ≤ n < `to` as events, with claims, revisions and keys, as merging would have. */
async function store(database: Database, from: number, to: number): Promise<void> {
  const themes = { version: 0, merged: new Map(), rules: [], ids: new Set<string>() };
  const quick = { ordered: false, writeConcern: { w: 1 } } as const;
  const keysSeen = new Set<string>();
  for (let at = from; at < to; at += SEED_BATCH) {
    const rows = Array.from({ length: Math.min(SEED_BATCH, to - at) }, (_, i) => {
      const report = telling(at + i, 0);
      const id = `evt_${String(at + i)}`;
      const { event, revision } = revise({
        id,
        before: null,
        claims: [report],
        cause: { type: 'report', reportIds: [report.reportId], author: null, reason: null },
        now: new Date(report.receivedAt),
        themes,
        kindFamily,
        backfill: true,
        heard: false,
      });
      const note = { decision: 'created', score: null, closest: null, parts: [] } as const;
      const claim = { ...claimOf(report, id, { ...note, parts: [] }), fromRevision: 1, toRevision: OPEN_END };
      const { pending, ...placed } = revision;
      if (pending !== true) throw new Error(`the revision of '${id}' has a place already`);
      return { event, claim, revision: { ...placed, fromSeq: at + i + 1, toSeq: OPEN_END, orderAt: revision.at } };
    });
    const fresh = [...new Set(rows.flatMap(({ event }) => event.keys))].filter((key) => !keysSeen.has(key));
    for (const key of fresh) keysSeen.add(key);
    await Promise.all([
      database.collection<EventDocument>('events').insertMany(
        rows.map(({ event }) => event),
        quick,
      ),
      database.collection<ClaimDocument>('claims').insertMany(
        rows.map(({ claim }) => claim),
        quick,
      ),
      database.collection<RevisionDocument>('revisions').insertMany(
        rows.map(({ revision }) => revision),
        quick,
      ),
      database.collection<{ _id: string; version: number }>('candidate_keys').bulkWrite(
        fresh.map((_id) => ({ updateOne: { filter: { _id }, update: { $set: { version: 1 } }, upsert: true } })),
        quick,
      ),
    ]);
    if ((at / SEED_BATCH) % 50 === 49) process.stderr.write(`${String(at + SEED_BATCH)} events stored\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
