// How fast subscriptions are matched. `npm run bench:match -- SUBSCRIPTIONS.jsonl EVENTS.jsonl` reads the two files and prints one JSON
// line: events a second and the time of one, memory, the time to load, a checksum of all answers, and the same while subscriptions come
// and go. One thread, loopback not even, bounded, ends by itself.
import { match as matchSchema } from '@themeline/contracts';
import { type IndexedSubscription, type MatchableEvent, SubscriptionIndex } from '@themeline/matching';
import { createReadStream, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Checksum } from './match.checksum';

/** Some 100 subscriptions. */
const SLICE_BYTES = 10_000;
const MEASURE_MS = 5_000;
const WARM_UP_SHARE = 0.1;
const CHURN_MS = 5_000;
/** Of each kind between two events or more: so that 20,000 a second can be had at any rate of events. */
const CHURN_SLICE = 50;
/** So many take turns in coming and going. */
const CHURN_SAMPLE = 20_000;
const CHURN_PER_SECOND = 20_000;

interface BenchSubscription {
  id: string;
  themes?: string[];
  kinds?: string[];
  entities?: string[];
  countries?: string[];
  minImportance?: number;
  keywords?: { all?: string[]; any?: string[]; none?: string[] };
}

interface BenchEvent {
  id: string;
  kind: string;
  themes: string[];
  entities: string[];
  title: string;
  summary: string;
  importance: number;
  country?: string;
}

const NOTHING_ASKED = matchSchema.parse({});

/**
 * With an id as a database's driver makes it. `JSON.parse` enters strings as short as these ids into a table of the
 * engine's own, which at a million grows as a whole and is gone through at each collection.
 */
function toSubscription({ id, keywords, ...fields }: BenchSubscription): IndexedSubscription {
  return {
    id: Buffer.from(id).toString(),
    match: { ...NOTHING_ASKED, ...fields, keywords: { ...NOTHING_ASKED.keywords, ...keywords } },
  };
}

/** In the files a phrase may run from the title into the summary: so they come as one text. */
function toEvent({ id, kind, themes, entities, title, summary, importance, country }: BenchEvent): MatchableEvent {
  return {
    id,
    kind,
    status: 'occurred',
    headline: `${title} ${summary}`,
    summary: null,
    entities: entities.map((name) => ({ id: name, name, type: 'company', role: 'agent' })),
    countries: country === undefined ? [] : [country],
    amount: null,
    themes,
    importance,
    sourceCount: 1,
  };
}

/** Milliseconds of processor time that this thread has had; on other systems than Linux that the process has had. */
function cpuMs(): number {
  // Also brings up to date what Linux shows of the running thread.
  const { user, system } = process.cpuUsage();
  if (process.platform !== 'linux') return (user + system) / 1_000;
  return Number(readFileSync(`/proc/self/task/${String(process.pid)}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}

/** The processor time of the longest of many sections of work that nothing can interrupt; what other processes take is no part of it. */
class Sections {
  longestMs = 0;

  run<T>(work: () => T): T {
    const before = cpuMs();
    const result = work();
    this.longestMs = Math.max(this.longestMs, cpuMs() - before);
    return result;
  }
}

const round = (value: number, digits = 3): number => Number(value.toFixed(digits));
const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? NaN;

async function load(index: SubscriptionIndex, file: string): Promise<{ load_s: number; load_longest_ms: number }> {
  const began = performance.now();
  const sections = new Sections();
  for await (const lines of slicesOf(file)) {
    sections.run(() => {
      for (const line of lines) index.upsert(toSubscription(JSON.parse(line) as BenchSubscription));
    });
    await setImmediate();
  }
  return { load_s: round((performance.now() - began) / 1_000), load_longest_ms: round(sections.longestMs) };
}

function measure(index: SubscriptionIndex, events: readonly BenchEvent[]) {
  for (const event of events.slice(0, Math.ceil(events.length * WARM_UP_SHARE))) index.match(toEvent(event));
  const times: number[] = [];
  const sections = new Sections();
  let total = 0;
  const before = process.cpuUsage();
  const began = performance.now();
  while (total < MEASURE_MS) {
    for (const event of events) {
      const start = performance.now();
      index.match(toEvent(event));
      const took = performance.now() - start;
      times.push(took);
      total += took;
    }
  }
  const { user, system } = process.cpuUsage(before);
  const busyMs = (user + system) / 1_000;
  for (const event of events) sections.run(() => index.match(toEvent(event)));
  return {
    events_per_s: round((times.length * 1_000) / total),
    p50_ms: round(quantile(times, 0.5), 4),
    p99_ms: round(quantile(times, 0.99), 4),
    cpu_ms_per_event: round(busyMs / times.length, 4),
    cpu_per_wall: round(busyMs / (performance.now() - began), 2),
    match_longest_ms: round(sections.longestMs),
  };
}

function check(index: SubscriptionIndex, events: readonly BenchEvent[]): { pairs: number; checksum: string } {
  const checksum = new Checksum();
  for (const event of events) checksum.add(event.id, index.match(toEvent(event)));
  return { pairs: checksum.pairs, checksum: checksum.hex() };
}

/** Takes out and puts back subscriptions from all over the file between the events. */
async function churn(index: SubscriptionIndex, file: string, events: readonly BenchEvent[]) {
  const some = (await linesOf(file, index.size, CHURN_SAMPLE)).map((line) =>
    toSubscription(JSON.parse(line) as BenchSubscription),
  );
  const sections = new Sections();
  const began = performance.now();
  const spent = { matching: 0, changing: 0 };
  let changes = 0;
  let matched = 0;
  let next = 0;
  while (performance.now() - began < CHURN_MS) {
    const event = events[matched % events.length]!;
    const start = performance.now();
    sections.run(() => index.match(toEvent(event)));
    matched += 1;
    const between = performance.now();
    // As many as are due by now, in slices.
    while (changes < ((performance.now() - began) / 1_000) * CHURN_PER_SECOND) {
      const slice = some.slice(next, next + CHURN_SLICE);
      next = (next + CHURN_SLICE) % some.length;
      sections.run(() => {
        for (const { id } of slice) index.remove(id);
      });
      sections.run(() => {
        for (const subscription of slice) index.upsert(subscription);
      });
      changes += 2 * slice.length;
    }
    spent.matching += between - start;
    spent.changing += performance.now() - between;
    await setImmediate();
  }
  const seconds = (performance.now() - began) / 1_000;
  return {
    changes_per_s: Math.round(changes / seconds),
    events_per_s: round((matched * 1_000) / spent.matching),
    change_us: round((spent.changing * 1_000) / changes),
    share_of_time_changing: round(spent.changing / (seconds * 1_000), 2),
    longest_ms: round(sections.longestMs),
  };
}

/** The lines of a file, some 100 at a time. */
async function* slicesOf(file: string): AsyncIterable<string[]> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: SLICE_BYTES })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}

/** Every so many lines one, `count` in all or a few more. */
async function linesOf(file: string, total: number, count: number): Promise<string[]> {
  const sample: string[] = [];
  const every = Math.max(1, Math.floor(total / count));
  let number = 0;
  for await (const lines of slicesOf(file)) sample.push(...lines.filter(() => number++ % every === 0));
  return sample;
}

async function main([subscriptionsFile, eventsFile]: string[]): Promise<void> {
  if (subscriptionsFile === undefined || eventsFile === undefined) {
    console.error('usage: npm run bench:match -- SUBSCRIPTIONS.jsonl EVENTS.jsonl');
    process.exitCode = 2;
    return;
  }
  const events = readFileSync(eventsFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BenchEvent);
  const index = new SubscriptionIndex();
  const loaded = await load(index, subscriptionsFile);
  const measured = measure(index, events);
  const checked = check(index, events);
  const changed = await churn(index, subscriptionsFile, events);
  const again = check(index, events);
  console.log(
    JSON.stringify({
      engine: 'themeline',
      n: index.size,
      m: events.length,
      ...loaded,
      ...measured,
      ...checked,
      churn: { ...changed, same_answers: again.checksum === checked.checksum },
      rss_mb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    }),
  );
}

void main(process.argv.slice(2));
