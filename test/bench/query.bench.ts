// How fast lists, counts and deep pages are among a million events, over HTTP, beside the bare driver's best query for the same answer in
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

const HELP = `npm run bench:query [-- options]   What lists and counts cost, next to the bare driver.

  --events N     events, in whole thousands (1,000,000)
  --calls N      measured calls of each shape (60)
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
const WARM_UP = 8;
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
  print(`\n${'ms'.padEnd(34)}   service             driver              service / driver`);
  print(
    `${''.padEnd(34)}${['p50', 'p95', 'p99', 'p50', 'p95', 'p99', 'p50', 'p99'].map((t) => t.padStart(8)).join('')}`,
  );
  const lists: Figures[] = [];
  for (const shape of LISTS) lists.push(report(await measureList(shape, samples, service, driver)));
  print('');
  for (const { path, ...shape } of COUNTS) {
    const service_: number[] = [];
    for (let n = 0; n < WARM_UP + CALLS; n += 1) {
      const { took } = await service.get(path, shape.params(samples, n));
      if (n >= WARM_UP) service_.push(took);
    }
    lists.push(report({ name: shape.name, service: service_, driver: [] }));
  }
  print('');
  lists.push(...(await measureDeep(service, driver)));
  print(`\nservice ${String(service.residentMb())} MB resident`);
  print(
    JSON.stringify({
      events: EVENTS,
      shapes: lists.map((one) => ({
        name: one.name,
        service: [0.5, 0.95, 0.99].map((q) => Number(quantile(one.service, q).toFixed(2))),
        driver:
          one.driver.length === 0 ? null : [0.5, 0.95, 0.99].map((q) => Number(quantile(one.driver, q).toFixed(2))),
      })),
    }),
  );
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
  for (let n = 0; n < WARM_UP + CALLS; n += 1) {
    const params = shape.params(samples, n);
    const best = await driver.best(params, PAGE);
    const read = async (): Promise<{ took: number; ids: string[] }> => {
      const { took, body } = await service.get('/v1/events', { ...params, limit: String(PAGE) });
      return { took, ids: (body as { items: { id: string }[] }).items.map(({ id }) => id) };
    };
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
