// What putting a report into its event costs, with few and with many events stored. `npm run bench:merge` prints a table and, as its last line,
// the same as JSON. A real mongod in a folder of its own, deterministic input, bounded, ends by itself.
import type { Report } from '@themeline/contracts';
import { type Incoming, Outbox, StaleBatch } from '@themeline/messaging';
import { Database, isDuplicateKey } from '@themeline/persistence';
import { createConnection } from 'mongoose';
import { z } from 'zod';
import { MergeRepository } from '../../apps/timeline/src/merge/merge.repository';
import { MergeService } from '../../apps/timeline/src/merge/merge.service';
import { TimelineWriter } from '../../apps/timeline/src/merge/timeline.writer';
import type { SequencerService } from '../../apps/timeline/src/sequence/sequencer.service';
import { ThemesRepository } from '../../apps/timeline/src/themes/themes.repository';
import type { ClaimDocument } from '../../apps/timeline/src/timeline.collections';
import { OutboxRepository } from '../../libs/messaging/src/outbox.repository';
import { startTestServers } from '../support/real-servers';
import { prepare, scatter, store, telling, vocabulary } from './merge.seed';

const HELP = `npm run bench:merge [-- options]   What merging costs per report, with 10,000 events stored and with many more.

  --events N   the larger number of stored events (1,000,000)
  --batches N  measured batches of 100 reports at each size (40)
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

const FEW = 10_000;
const MANY = numberOf('--events', 1_000_000);
const BATCHES = numberOf('--batches', 40);
const WARM_UP = 10;
const BATCH = 100;

async function main(): Promise<void> {
  const servers = await startTestServers(process.env, numberOf('--cache', 2));
  const connection = await createConnection(servers.mongoUri, { dbName: 'bench_merge' }).asPromise();
  try {
    const database = new Database(connection, 'timeline');
    await prepare(database);
    const rows: Measured[] = [];
    for (const events of [FEW, MANY]) {
      const row = await measureAt(database, rows.at(-1)?.events ?? 0, events);
      rows.push(row);
      const times = (name: 'msPerReport' | 'cpuMsPerReport'): string =>
        `${row[name].toFixed(2)} ms (${(row[name] / (rows[0]?.[name] ?? NaN)).toFixed(2)} times the first)`;
      print(
        `${String(events).padStart(9)} events  per report ${times('msPerReport')}, of processors ${times('cpuMsPerReport')}; ${String(row.merged)} % of those told again found theirs`,
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
  /** Mean over batches: what this process and the database compute, whatever else the machine is busy with. */
  cpuMsPerReport: number;
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
  let computed = 0;
  for (let round = 0; round < WARM_UP + BATCHES; round += 1) {
    if (round === WARM_UP) computed = await processorMs(database);
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
  computed = (await processorMs(database)) - computed;
  const merged = await database
    .collection<ClaimDocument>('claims')
    .countDocuments({ reportId: { $in: again }, 'merge.decision': { $in: ['merged', 'updated'] } });
  return {
    events: to,
    msPerReport: Number((times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN).toFixed(3)),
    cpuMsPerReport: Number((computed / (BATCHES * BATCH)).toFixed(3)),
    merged: Math.round((merged * 100) / new Set(again).size),
  };
}

/** Processor time that this process and the database have taken since they began. */
async function processorMs(database: Database): Promise<number> {
  const status = await database.db.admin().command({ serverStatus: 1 });
  const { user_time_us: user, system_time_us: system } = z
    .object({ user_time_us: z.coerce.number(), system_time_us: z.coerce.number() })
    .parse(status['extra_info']);
  const own = process.cpuUsage();
  return (own.user + own.system + user + system) / 1_000;
}

function mergeService(database: Database): MergeService {
  const outbox = new Outbox(new OutboxRepository(database));
  const sequencer = { wake: () => undefined } as unknown as SequencerService;
  return new MergeService(
    new MergeRepository(database),
    new TimelineWriter(database, outbox),
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

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
