// What taking reports in costs, from HTTP to an event that can be queried and a development that is published. `npm run bench:ingest` starts
// the stack that `npm start` runs in a data folder of its own, on loopback; prints a line for each phase and, last, all of it as JSON.
import { Database } from '@themeline/persistence';
import { MongoClient } from 'mongodb';
import { createConnection } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { StateDocument } from '../../apps/timeline/src/timeline.collections';
import { Stack } from '../support/stack';
import { bareIngest } from './bare.ingest';
import { IngestFollower } from './ingest.follower';
import { scatter, store, telling } from './merge.seed';
import { figuresOf, memoryOf } from './process.figures';
import { RecordedTransactions } from './recorded.transactions';

const HELP = `npm run bench:ingest [-- options]   What taking reports in costs, beside two baselines in the same run; needs /proc.

  --reports N         reports of a measurement (10000)
  --per-request N     reports in a request (50)
  --clients N         requests side by side (4)
  --again N           of a hundred reports so many tell again, in other words and from another source, what a stored event tells (50)
  --sizes A,B         stored events at which costs are compared (10000,1000000); baselines and overload are measured at the first
  --overload-seconds N  how long three times the sustained rate comes (300); 0: not at all
  --help              this text

The guarded baseline is the driver alone writing what the services wrote: the transactions of the measurement, taken from the server's
operation log, into databases with the same indexes. The bare one: an insert for each request, majority and journalled, of the same
reports, a message for each, its consumer, and an insert of the same events.`;

const options = process.argv.slice(2);
const option = (name: string, otherwise: string): string => {
  const at = options.indexOf(name);
  return at < 0 ? otherwise : (options[at + 1] ?? '');
};
if (options.includes('--help')) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}

const REPORTS = Number(option('--reports', '10000'));
const PER_REQUEST = Number(option('--per-request', '50'));
const CLIENTS = Number(option('--clients', '4'));
const AGAIN = Number(option('--again', '50'));
const SIZES = option('--sizes', '10000,1000000').split(',').map(Number);
const OVERLOAD_SECONDS = Number(option('--overload-seconds', '300'));
const OVERLOAD = 3;
const WARM_UP_REPORTS = 1_000;
/** No more is sent ahead of what is published: a rate that is sustained leaves nothing behind. */
const AHEAD = 2_000;
const PATIENCE_MS = 300_000;
const SERVICES = ['gateway', 'ingest', 'timeline', 'alerts', 'mongod', 'nats-server'] as const;
const DATABASES = ['themeline_ingest', 'themeline_timeline', 'themeline_alerts'] as const;
/** Those whose transactions lie on the way to the event and its development. */
const WRITERS = ['themeline_ingest', 'themeline_timeline'];
const COPY = 'bench_guarded_';
const REPLAYED_SIDE_BY_SIDE = 4;
const PROBES_BEFORE = 20;
const PROBE_EVERY_MS = 250;
/** So many in a row as quick as before: the latency has recovered. */
const RECOVERED_PROBES = 4;
const RECOVERED_TIMES = 2;

const agent = new Agent({ connections: 64, pipelining: 1 });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * q)] ?? NaN;

/** The n-th report as a client sends it. */
function reportIn(n: number, stored: number): object {
  const { kind, headline, date, entities, countries, source, url, publishedAt, evidence } =
    scatter(n, 7) % 100 < AGAIN ? telling(scatter(n, 6) % stored, stored + n + 1) : telling(stored * 2 + n, 0);
  return {
    kind,
    headline,
    date: date.edtf,
    entities: entities.map(({ name, type, role }) => ({ name, type, role })),
    countries,
    source: { name: source.name },
    url,
    publishedAt,
    evidence: evidence?.text,
    externalId: `bench-${String(n)}`,
  };
}

interface Answer {
  status: number;
  retryAfter: boolean;
  reportIds: string[];
}

/** A started stack with so many events stored, and whoever sends to it and looks at it. */
class Bench {
  private next = 0;

  private constructor(
    private readonly stack: Stack,
    readonly mongo: MongoClient,
    readonly natsUrl: string,
    readonly follower: IngestFollower,
    private readonly stored: number,
  ) {}

  static async start(stored: number): Promise<Bench> {
    const stack = await Stack.start({ timeoutMs: 180_000 });
    const mongoUrl = `mongodb://${new URL(await stack.urlOf('mongod')).host}/?replicaSet=rs0`;
    const natsUrl = `nats://${new URL(await stack.urlOf('nats-server')).host}`;
    const connection = await createConnection(mongoUrl, { dbName: 'themeline_timeline' }).asPromise();
    await store(new Database(connection, 'timeline'), 0, stored);
    // As if they had been counted: else the background would count them while others are measured.
    const states = connection.getClient().db('themeline_timeline').collection<StateDocument>('state');
    const orderAt = new Date();
    await states.updateOne({ _id: 'sequence' }, { $set: { seq: stored, orderAt } }, { upsert: true });
    await states.updateOne({ _id: 'rollups' }, { $set: { seq: stored } }, { upsert: true });
    await connection.db?.admin().command({ fsync: 1 });
    await connection.close();
    const mongo = await MongoClient.connect(mongoUrl);
    return new Bench(stack, mongo, natsUrl, await IngestFollower.open(natsUrl, mongo), stored);
  }

  async stop(): Promise<void> {
    await this.follower.close();
    await this.mongo.close();
    await this.stack.stop();
  }

  async send(count: number): Promise<Answer> {
    const body = JSON.stringify(Array.from({ length: count }, () => reportIn(this.next++, this.stored)));
    const answer = await request(`${this.stack.url}/v1/reports`, {
      dispatcher: agent,
      method: 'POST',
      headers: { authorization: `Bearer ${this.stack.adminKey}`, 'content-type': 'application/json' },
      body,
    });
    const text = await answer.body.text();
    const retryAfter = answer.headers['retry-after'] !== undefined;
    if (answer.statusCode !== 202) return { status: answer.statusCode, retryAfter, reportIds: [] };
    const { items } = JSON.parse(text) as { items: { reportId: string }[] };
    return { status: 202, retryAfter, reportIds: items.map(({ reportId }) => reportId) };
  }

  /** Sends so many as fast as they get through; answers with the seconds from the first POST until all are published and queryable. */
  async sustain(reports: number): Promise<number> {
    const ids: string[] = [];
    const before = this.follower.publishedAt.size;
    const began = performance.now();
    let left = reports;
    const client = async (): Promise<void> => {
      while (left > 0) {
        if (ids.length - (this.follower.publishedAt.size - before) > AHEAD) {
          await pause(5);
          continue;
        }
        const count = Math.min(PER_REQUEST, left);
        left -= count;
        const answer = await this.send(count);
        if (answer.status !== 202) throw new Error(`POST /v1/reports: ${String(answer.status)}`);
        ids.push(...answer.reportIds);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    const lost = await this.follower.untilPublished(ids, PATIENCE_MS);
    if (lost > 0) throw new Error(`${String(lost)} accepted reports were not published`);
    await this.follower.untilQueryable();
    return (performance.now() - began) / 1_000;
  }

  /** Milliseconds from the POST of one report until it is published and queryable. */
  async probe(): Promise<number> {
    const began = performance.now();
    for (;;) {
      const { status, reportIds } = await this.send(1);
      const [reportId] = reportIds;
      if (reportId !== undefined) {
        await this.follower.settled(reportId);
        return performance.now() - began;
      }
      if (status < 400 || (status < 500 && status !== 429)) throw new Error(`POST /v1/reports: ${String(status)}`);
      await pause(PROBE_EVERY_MS);
    }
  }

  async used(): Promise<Record<string, { cpuSeconds: number; bytesWritten: number }>> {
    const rows = await Promise.all(
      SERVICES.map(async (name) => [name, await figuresOf(await this.stack.pids(name))] as const),
    );
    return Object.fromEntries(rows);
  }

  /** Bytes of documents and indexes by database. */
  async storedBytes(): Promise<Record<string, number>> {
    const rows = await Promise.all(
      DATABASES.map(async (name) => {
        const { dataSize, indexSize } = await this.mongo.db(name).stats();
        return [name, Number(dataSize) + Number(indexSize)] as const;
      }),
    );
    return Object.fromEntries(rows);
  }

  /** Resident megabytes by service. */
  async memory(): Promise<Record<string, number>> {
    const rows = await Promise.all(
      SERVICES.map(async (name) => {
        const each = await Promise.all((await this.stack.pids(name)).map(memoryOf));
        return [name, Math.round(each.reduce((sum, bytes) => sum + bytes, 0) / 2 ** 20)] as const;
      }),
    );
    return Object.fromEntries(rows);
  }
}

/** The sustained rate, and what a report costs each service. */
async function measure(bench: Bench) {
  const [before, storedBefore] = [await bench.used(), await bench.storedBytes()];
  const seconds = await bench.sustain(REPORTS);
  const [after, storedAfter] = [await bench.used(), await bench.storedBytes()];
  const perReport = Object.fromEntries(
    SERVICES.map((name) => {
      const [from, to] = [before[name], after[name]];
      const cpuMs = (((to?.cpuSeconds ?? NaN) - (from?.cpuSeconds ?? NaN)) * 1_000) / REPORTS;
      const bytes = ((to?.bytesWritten ?? NaN) - (from?.bytesWritten ?? NaN)) / REPORTS;
      return [name, { cpu_ms: round(cpuMs, 2), bytes_written: Math.round(bytes) }];
    }),
  );
  const stored = Object.fromEntries(
    DATABASES.map((name) => [name, Math.round(((storedAfter[name] ?? NaN) - (storedBefore[name] ?? NaN)) / REPORTS)]),
  );
  const cpuMs = round(
    Object.values(perReport).reduce((sum, one) => sum + one.cpu_ms, 0),
    2,
  );
  return {
    reports_per_s: round(REPORTS / seconds),
    cpu_ms_per_report: cpuMs,
    per_report: perReport,
    stored_bytes_per_report: stored,
  };
}

/** How fast the driver alone writes what was written since `from`, guarded and bare. */
async function measureBaselines(bench: Bench, from: Parameters<typeof RecordedTransactions.since>[1]) {
  const recorded = await RecordedTransactions.since(bench.mongo, from, WRITERS);
  const batches = recorded.inserted('themeline_ingest.reports');
  const reports = batches.reduce((sum, batch) => sum + batch.length, 0);
  const guarded = await recorded.replay(COPY, REPLAYED_SIDE_BY_SIDE);
  await recorded.drop(COPY);
  const events = recorded.inserted('themeline_timeline.events').flat();
  const bare = await bareIngest(bench.mongo, bench.natsUrl, batches, events, CLIENTS);
  return {
    reports,
    transactions: recorded.count,
    guarded_reports_per_s: round(reports / guarded),
    bare_reports_per_s: round(reports / bare),
  };
}

/** Three times what is sustained, whatever the answers are; then how soon a single report is as quick as before. */
async function overload(bench: Bench, sustained: number) {
  const before: number[] = [];
  for (let n = 0; n < PROBES_BEFORE; n += 1) before.push(await bench.probe());
  const idle = await bench.memory();
  const highest: Record<string, number> = { ...idle };
  const halfway: Record<string, number> = {};
  const statuses = new Map<number, number>();
  const accepted: string[] = [];
  let withoutRetryAfter = 0;
  const every = (PER_REQUEST * 1_000) / (sustained * OVERLOAD);
  const began = performance.now();
  const sending = new Set<Promise<void>>();
  let looked = began;
  for (let n = 0; performance.now() - began < OVERLOAD_SECONDS * 1_000; n += 1) {
    await pause(Math.max(0, began + n * every - performance.now()));
    const one = bench
      .send(PER_REQUEST)
      .then(({ status, retryAfter, reportIds }) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status !== 202 && !retryAfter) withoutRetryAfter += 1;
        for (const id of reportIds) accepted.push(id);
      })
      .finally(() => sending.delete(one));
    sending.add(one);
    if (performance.now() - looked < 1_000) continue;
    looked = performance.now();
    const isSecondHalf = looked - began > OVERLOAD_SECONDS * 500;
    for (const [name, mb] of Object.entries(await bench.memory())) {
      highest[name] = Math.max(highest[name] ?? 0, mb);
      if (!isSecondHalf) halfway[name] = Math.max(halfway[name] ?? 0, mb);
    }
  }
  const ended = performance.now();
  const usual = quantile(before, 0.9);
  let recoveredAfter: number | null = null;
  let quick = 0;
  while (quick < RECOVERED_PROBES && performance.now() - ended < PATIENCE_MS) {
    const startedAt = performance.now();
    const took = await bench.probe();
    quick = took <= usual * RECOVERED_TIMES ? quick + 1 : 0;
    if (quick === 1) recoveredAfter = (startedAt - ended) / 1_000;
    if (quick === 0) recoveredAfter = null;
    await pause(PROBE_EVERY_MS);
  }
  await Promise.all(sending);
  const lost = await bench.follower.untilPublished(accepted, PATIENCE_MS);
  return {
    seconds: OVERLOAD_SECONDS,
    sent_reports_per_s: round(sustained * OVERLOAD),
    requests_by_status: Object.fromEntries(statuses),
    refused_without_retry_after: withoutRetryAfter,
    accepted: accepted.length,
    accepted_and_not_processed: lost,
    latency_before_ms: { p50: round(quantile(before, 0.5)), p90: round(usual) },
    recovered_after_s: recoveredAfter === null ? null : round(recoveredAfter),
    memory_mb: { before: idle, highest_in_first_half: halfway, highest },
  };
}

async function main(): Promise<void> {
  const rows: Record<string, unknown>[] = [];
  let first: Awaited<ReturnType<typeof measure>> | null = null;
  for (const stored of SIZES) {
    const bench = await Bench.start(stored);
    try {
      await bench.sustain(WARM_UP_REPORTS);
      const from = await RecordedTransactions.end(bench.mongo);
      const measured = await measure(bench);
      const times = round(measured.cpu_ms_per_report / (first ?? measured).cpu_ms_per_report, 2);
      const row: Record<string, unknown> = { stored_events: stored, ...measured, times_the_first_cost: times };
      say(JSON.stringify(row));
      if (first === null) {
        first = measured;
        const baselines = await measureBaselines(bench, from);
        row['baselines'] = {
          ...baselines,
          of_guarded: round(measured.reports_per_s / baselines.guarded_reports_per_s, 2),
          of_bare: round(measured.reports_per_s / baselines.bare_reports_per_s, 2),
        };
        say(JSON.stringify(row['baselines']));
        if (OVERLOAD_SECONDS > 0) {
          row['overload'] = await overload(bench, measured.reports_per_s);
          say(JSON.stringify(row['overload']));
        }
      }
      rows.push(row);
    } finally {
      await bench.stop();
    }
  }
  say(JSON.stringify(rows));
  await agent.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
