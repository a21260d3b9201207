// How fast lists, counts, deep pages and exports are among a million events, over HTTP, beside the bare driver's best query for the same answer in
// the same run. `npm run bench:query` prints tables and, as its last line, the same as JSON. Servers of its own, bounded, ends by itself.
import { Database } from '@themeline/persistence';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createConnection } from 'mongoose';
import { startTestServers } from '../support/real-servers';
import { BLOCK, finishEvents, writeEvents } from './query.data';
import { QueryDriver } from './query.driver';
import { startTimeline, type TimelineProcess } from './query.service';
import { COUNTS, LISTS, type Shape } from './query.shapes';

const HELP = `npm run bench:query [-- options]   What lists, counts and exports cost, next to the bare driver.

  --events N     events, in whole thousands (1,000,000)
  --calls N      measured calls of each list (60), fewer of slow ones, and six times as many of each count
  --export N     events of each export (all)
  --parts LIST   only some of lists,counts,deep,exports
  --cache N      gigabytes of memory for the database (2)
  --help         this text

With MONGODB_URI it uses that server, and events that it has written there before.`;

const options = process.argv.slice(2);
const numberOf = (name: string, otherwise: number): number => {
  const at = options.indexOf(name);
  return at < 0 ? otherwise : Number(options[at + 1]);
};
const EVENTS = Math.max(1, Math.round(numberOf('--events', 1_000_000) / BLOCK)) * BLOCK;
const CALLS = numberOf('--calls', 60);
/** Counts have no driver beside them and take less: enough of them that the 99th percentile is not the slowest one. */
const COUNT_CALLS = CALLS * 6;
const ALL_PARTS = ['lists', 'counts', 'deep', 'exports'] as const;
const parts = options.includes('--parts') ? (options[options.indexOf('--parts') + 1] ?? '').split(',') : ALL_PARTS;
const unknownPart = parts.find((part) => !ALL_PARTS.some((known) => known === part));
if (unknownPart !== undefined) throw new Error(`--parts: no such part: '${unknownPart}'`);
const isWanted = (part: (typeof ALL_PARTS)[number]): boolean => parts.includes(part);
const EXPORTED = Math.min(EVENTS, numberOf('--export', EVENTS));
const WARM_UP = 8;
/** A shape whose ways take long is called fewer times, but not fewer than these. */
const SHAPE_MS = 30_000;
const FEWEST = 20;
/** A way of the driver that takes so many times what the service has taken is not the best one. */
const PATIENCE = 2;
const WARM_UP_CALLS = 300;
/** The first few: none of them takes long. */
const WARM_UP_SHAPES = 3;
const PAGE = 50;
const DEEP = 10_000;
const PREFIX = `bench${String(EVENTS)}`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? NaN;
const ms = (value: number): string => value.toFixed(1).padStart(8);

interface Figures {
  name: string;
  service: number[];
  driver: number[];
}

async function main(): Promise<void> {
  const [part, from, to, uri] = options[0] === '--part' ? options.slice(1) : [];
  if (part !== undefined) {
    await withDatabase(uri ?? '', (database) => writeEvents(database, Number(from), Number(to)));
    return;
  }
  if (options.includes('--help')) {
    print(HELP);
    return;
  }
  const servers = await startTestServers(process.env, numberOf('--cache', 2));
  try {
    await withDatabase(servers.mongoUri, (database) => build(database, servers.mongoUri));
    const service = await startTimeline(servers, PREFIX);
    try {
      await withDatabase(servers.mongoUri, (database) => measure(database, service));
    } finally {
      await service.stop();
    }
  } finally {
    await servers.stop();
  }
}

async function withDatabase<T>(uri: string, work: (database: Database) => Promise<T>): Promise<T> {
  const connection = await createConnection(uri, { dbName: `${PREFIX}_timeline` }).asPromise();
  try {
    return await work(new Database(connection, 'timeline'));
  } finally {
    await connection.close();
  }
}

async function build(database: Database, uri: string): Promise<void> {
  if ((await database.collection('state').countDocuments({}, { limit: 1 })) > 0) return;
  const began = performance.now();
  const parts = Math.min(availableParallelism(), EVENTS / BLOCK);
  const size = Math.ceil(EVENTS / BLOCK / parts) * BLOCK;
  await Promise.all(
    Array.from({ length: parts }, async (_, n) => {
      const bounds = [n * size, Math.min(EVENTS, (n + 1) * size)].map(String);
      const child = fork(__filename, ['--part', 'events', ...bounds, uri, '--events', String(EVENTS)]);
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code !== 0) throw new Error(`writing the events ${bounds.join(' to ')} ended with ${String(code)}`);
    }),
  );
  await finishEvents(database, EVENTS);
  print(`${String(EVENTS)} events written and indexed in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

async function measure(database: Database, service: TimelineProcess): Promise<void> {
  const driver = new QueryDriver(database, await driverSeq(database));
  const samples = await driver.headlines(200);
  await warmUp(samples, service, driver);
  print(`\n${'ms'.padEnd(34)}   service             driver              service / driver`);
  print(
    `${''.padEnd(34)}${['p50', 'p95', 'p99', 'p50', 'p95', 'p99', 'p50', 'p99'].map((t) => t.padStart(8)).join('')}`,
  );
  const lists: Figures[] = [];
  for (const shape of isWanted('lists') ? LISTS : [])
    lists.push(report(await measureList(shape, samples, service, driver)));
  print('');
  for (const { path, ...shape } of isWanted('counts') ? COUNTS : []) {
    const service_: number[] = [];
    for (let n = 0; n < WARM_UP + COUNT_CALLS; n += 1) {
      const { took } = await service.get(path, shape.params(samples, n));
      if (n >= WARM_UP) service_.push(took);
    }
    lists.push(report({ name: shape.name, service: service_, driver: [] }));
  }
  print('');
  if (isWanted('deep')) lists.push(...(await measureDeep(service, driver)));
  print(`\nservice ${String(service.residentMb())} MB resident`);
  const exports = isWanted('exports') ? await measureExports(service, driver) : [];
  print(
    JSON.stringify({
      events: EVENTS,
      exports,
      shapes: lists.map((one) => ({
        name: one.name,
        service: [0.5, 0.95, 0.99].map((q) => Number(quantile(one.service, q).toFixed(2))),
        driver:
          one.driver.length === 0 ? null : [0.5, 0.95, 0.99].map((q) => Number(quantile(one.driver, q).toFixed(2))),
      })),
    }),
  );
}

/** Both processes have compiled what they run often, and the pools are filled, before anything is measured. */
async function warmUp(samples: readonly string[], service: TimelineProcess, driver: QueryDriver): Promise<void> {
  for (let n = 0; n < WARM_UP_CALLS; n += 1) {
    const params = (LISTS[n % WARM_UP_SHAPES] as Shape).params(samples, n);
    const { took } = await service.get('/v1/events', { ...params, limit: String(PAGE) });
    const way = await driver.best(params, PAGE, took * PATIENCE);
    await driver.run(way);
  }
}

async function driverSeq(database: Database): Promise<number> {
  const row = await database.collection<{ _id: string; seq: number }>('state').findOne({ _id: 'sequence' });
  return row?.seq ?? 0;
}

/** Service and driver take turns, so that what else happens on the machine happens to both. */
async function measureList(
  shape: Shape,
  samples: readonly string[],
  service: TimelineProcess,
  driver: QueryDriver,
): Promise<Figures> {
  const figures: Figures = { name: shape.name, service: [], driver: [] };
  const until = performance.now() + SHAPE_MS;
  for (let n = 0; n < WARM_UP + CALLS; n += 1) {
    if (n >= WARM_UP + FEWEST && performance.now() > until) break;
    const params = shape.params(samples, n);
    const { took } = await service.get('/v1/events', { ...params, limit: String(PAGE) });
    const best = await driver.best(params, PAGE, took * PATIENCE);
    const read = async (): Promise<{ took: number; ids: string[] }> => {
      const { took, text } = await service.get('/v1/events', { ...params, limit: String(PAGE) });
      return { took, ids: (JSON.parse(text) as { items: { id: string }[] }).items.map(({ id }) => id) };
    };
    // The search for the best way has just warmed the driver, and whoever stood still meanwhile is cold: both are called once before it counts.
    await read();
    await driver.run(best);
    const [own, bare] =
      n % 2 === 0
        ? [await read(), await driver.run(best)]
        : await driver.run(best).then(async (result) => [await read(), result] as const);
    if (own.ids.join() !== bare.ids.join())
      throw new Error(`other events than the driver's: ${JSON.stringify(params)}`);
    if (n < WARM_UP) continue;
    figures.service.push(own.took);
    figures.driver.push(bare.took);
  }
  return figures;
}

/** The first page against the one so many pages later, in the two usual orders. */
async function measureDeep(service: TimelineProcess, driver: QueryDriver): Promise<Figures[]> {
  const out: Figures[] = [];
  for (const sort of ['-recorded', '-date'] as const) {
    const pages = Math.min(DEEP, Math.floor(EVENTS / PAGE / 2));
    const cursor = await driver.cursorAfter(sort, pages * PAGE, service);
    const first: number[] = [];
    const deep: number[] = [];
    for (let n = 0; n < WARM_UP + CALLS; n += 1) {
      const one = await service.get('/v1/events', { sort, limit: String(PAGE) });
      const other = await service.get('/v1/events', { sort, limit: String(PAGE), cursor });
      if (n < WARM_UP) continue;
      first.push(one.took);
      deep.push(other.took);
    }
    out.push(
      report({ name: `page 1, ${sort}`, service: first, driver: [] }),
      report({ name: `page ${String(pages)}, ${sort}`, service: deep, driver: [] }),
    );
  }
  return out;
}

interface ExportFigures {
  name: string;
  rowsPerSecond: number;
  /** The most resident memory of the service in the second and in the last quarter of the rows, MB. */
  residentMb?: [number, number];
}

/** Whole exports in the order of recording, beside the driver's cursor over the same rows, alone and with their reports. */
async function measureExports(service: TimelineProcess, driver: QueryDriver): Promise<ExportFigures[]> {
  const out: ExportFigures[] = [];
  const add = (figures: ExportFigures): void => {
    out.push(figures);
    const { name, rowsPerSecond, residentMb } = figures;
    const memory = residentMb === undefined ? '' : `, ${residentMb.map(String).join(' and ')} MB resident`;
    print(`${name.padEnd(34)}${rowsPerSecond.toFixed(0).padStart(8)} rows/s${memory}`);
  };
  print(`\n${String(EXPORTED)} events at most, the second and the last quarter of each export`);
  // Retracted events are in no export, and in none of the driver's walks.
  let expected = 0;
  for (const [name, reports] of [
    ['driver, rows alone', false],
    ['driver, rows with reports', true],
  ] as const) {
    const { rows, rowsPerSecond } = await driver.walk('recorded', EXPORTED, reports);
    add({ name, rowsPerSecond });
    expected = rows;
  }
  for (const format of ['ndjson', 'csv'] as const) add(await measureExport(format, expected, service));
  return out;
}

async function measureExport(format: 'ndjson' | 'csv', rows: number, service: TimelineProcess): Promise<ExportFigures> {
  const most = [0, 0, 0, 0];
  let lines = 0;
  let next = 0;
  const began = performance.now();
  for await (const piece of service.stream(`/v1/export.${format}`, { sort: 'recorded', limit: String(EXPORTED) })) {
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1;
    if (lines < next) continue;
    next = lines + rows / 100;
    const quarter = Math.min(3, Math.floor((lines * 4) / rows));
    most[quarter] = Math.max(most[quarter] ?? 0, service.residentMb());
  }
  const header = format === 'csv' ? 1 : 0;
  if (lines !== rows + header) throw new Error(`export.${format} has ${String(lines)} lines`);
  const rowsPerSecond = (rows * 1_000) / (performance.now() - began);
  return { name: `export.${format}`, rowsPerSecond, residentMb: [most[1] ?? NaN, most[3] ?? NaN] };
}

function report(figures: Figures): Figures {
  const { name, service, driver } = figures;
  const own = [0.5, 0.95, 0.99].map((q) => quantile(service, q));
  const bare = driver.length === 0 ? [] : [0.5, 0.95, 0.99].map((q) => quantile(driver, q));
  const ratios = bare.length === 0 ? [] : [0, 2].map((at) => (own[at] ?? NaN) / (bare[at] ?? NaN));
  print(
    `${name.padEnd(34)}${[...own, ...bare].map(ms).join('')}${ratios.map((ratio) => ratio.toFixed(2).padStart(8)).join('')}`,
  );
  return figures;
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
