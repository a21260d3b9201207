// How fast articles are read. `npm run bench:extract` prints a table and, as its last line, the same as JSON; `-- --no-service` leaves out
// the part that starts the product. Deterministic input, loopback only, bounded, ends by itself.
import { parse as parseWithChrono } from 'chrono-node';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../support/stack';
import { benchArticles } from './bench.articles';
import { probeHealth } from './health.probe';
import { nastyTimings } from './nasty.timing';

const WORDS = 500;
const ARTICLES = 100;
const ROUNDS = 9;
const WARM_UP_ROUNDS = 3;
const LENGTHS = [1, 2, 4, 8, 16];
const SERVICE_ARTICLES = 1_000;
const PUBLISHED = '2025-03-07T00:00:00Z';

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** By the clock, and of one core: a thread that has to wait for other processes is no slower reader. */
interface Took {
  ms: number;
  cpuMs: number;
}

function time(work: () => void): Took {
  const before = process.cpuUsage();
  const began = performance.now();
  work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1_000 };
}

interface Rates {
  perSecond: number;
  perCpuSecond: number;
}

/** Texts a second, for each way: the ways take turns in every round, so that a busy machine slows all of them. */
function ratesOf(texts: readonly string[], ways: readonly ((text: string) => void)[]): Rates[] {
  const rounds = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, () =>
    ways.map((way) => time(() => texts.forEach(way))),
  ).slice(WARM_UP_ROUNDS);
  const rate = (way: number, of: (took: Took) => number): number =>
    median(rounds.map((took) => (texts.length * 1_000) / of(took[way] ?? { ms: NaN, cpuMs: NaN })));
  return ways.map((_, way) => ({
    perSecond: rate(way, ({ ms }) => ms),
    perCpuSecond: rate(way, ({ cpuMs }) => cpuMs),
  }));
}

/** Milliseconds of processor time for 1 kB at growing lengths: the least of several readings. */
function growth(read: (text: string) => void): { length: number; msPerKB: number }[] {
  return LENGTHS.map((length) => {
    const [text = ''] = benchArticles(1, WORDS * length);
    const least = Math.min(...Array.from({ length: 2 * ROUNDS }, () => time(() => read(text)).cpuMs));
    return { length, msPerKB: (least * 1_000) / Buffer.byteLength(text) };
  });
}

/** The compiled product, built anew if its sources changed: what services run is what is measured. */
async function importProduct(): Promise<{ read: (text: string) => void; findDates: (text: string) => void }> {
  const bootstrap = pathToFileURL(join(repositoryRoot, 'deploy/local/bootstrap.mjs')).href;
  const { prepare } = (await import(bootstrap)) as { prepare: () => Promise<void> };
  await prepare();
  const load = createRequire(__filename);
  const built = (lib: string): unknown => load(join(repositoryRoot, `dist/libs/${lib}/src/index.js`));
  const { extractReports } = built('extraction') as typeof import('@themeline/extraction');
  const { findDates } = built('dates') as typeof import('@themeline/dates');
  const { loadVocabulary } = built('vocabulary') as typeof import('@themeline/vocabulary');
  const vocabulary = loadVocabulary();
  return {
    read: (text) => void extractReports({ title: null, text, publishedAt: PUBLISHED }, vocabulary),
    findDates: (text) => void findDates(text, { reference: PUBLISHED }),
  };
}

async function main(): Promise<void> {
  const say = (name: string, figure: string): void => void process.stdout.write(`${name.padEnd(52)} ${figure}\n`);
  const { read, findDates } = await importProduct();
  const texts = benchArticles(ARTICLES, WORDS);
  const none: Rates = { perSecond: NaN, perCpuSecond: NaN };
  const [articles = none, dates = none, chrono = none] = ratesOf(texts, [
    read,
    findDates,
    (text) => void parseWithChrono(text, new Date(PUBLISHED)),
  ]);
  const ratio = chrono.perSecond / articles.perSecond;
  const rates = ({ perSecond, perCpuSecond }: Rates): string =>
    `${String(round(perSecond, 0))}/s, ${String(round(perCpuSecond, 0))} a second of processor time`;
  say(`articles of ${String(WORDS)} words, one thread`, rates(articles));
  say('  their dates alone', rates(dates));
  say('  their dates alone by chrono-node', rates(chrono));
  say('  time of a whole reading to chrono-node’s dates', `${String(round(ratio))} ×`);

  const lengths = growth(read);
  const first = lengths[0]?.msPerKB ?? NaN;
  for (const { length, msPerKB } of lengths)
    say(
      `time for 1 kB, ${String(length)} × the length`,
      `${String(round(msPerKB, 3))} ms, ${String(round(msPerKB / first, 2))} ×`,
    );

  const nasty = nastyTimings(read);
  for (const { name, ms } of nasty.slice(0, 5)) say(`10 kB of ${name}`, `${String(round(ms))} ms`);

  const health = process.argv.includes('--no-service')
    ? null
    : await probeHealth(benchArticles(SERVICE_ARTICLES, WORDS));
  if (health !== null) {
    say('health call, p99, idle', `${String(round(health.idleP99Ms))} ms`);
    say(
      `health call, p99, while ${String(health.articles)} articles are read`,
      `${String(round(health.readingP99Ms))} ms (most ${String(round(health.readingMaxMs))} ms, ${String(health.calls)} calls)`,
    );
    say('  articles sent, read and stored', `${String(round(health.articles / health.seconds, 0))}/s`);
    if (health.idleMb !== null && health.peakMb !== null)
      say(
        '  memory of the service, idle and at most',
        `${String(round(health.idleMb, 0))} and ${String(round(health.peakMb, 0))} MB`,
      );
  }
  process.stdout.write(
    `${JSON.stringify({
      articles_per_s: round(articles.perSecond),
      articles_per_cpu_s: round(articles.perCpuSecond),
      dates_per_s: round(dates.perSecond),
      chrono_dates_per_s: round(chrono.perSecond),
      time_to_chrono: round(ratio, 2),
      ms_per_kb_by_length: Object.fromEntries(lengths.map(({ length, msPerKB }) => [length, round(msPerKB, 4)])),
      growth_16x: round((lengths.at(-1)?.msPerKB ?? NaN) / first, 3),
      worst_ms_per_10kb: round(nasty[0]?.ms ?? NaN, 2),
      worst_text: nasty[0]?.name,
      health:
        health === null
          ? null
          : Object.fromEntries(
              Object.entries(health).map(([name, value]: [string, number | null]) => [
                name,
                value === null ? null : round(value, 2),
              ]),
            ),
    })}\n`,
  );
}

void main();
