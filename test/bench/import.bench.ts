import type { ImportOut } from '@themeline/contracts';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Stack } from '../support/stack';
import { memoryOf, processorSecondsOf } from './process.figures';

const HELP = `npm run bench:import [-- ROWS] [-- options]   So many rows of CSV by the gateway, then the same file again; needs /proc.

  ROWS      100000 by default; a million takes about ten times as long
  --timely  wait for the timeline as imports do in use; else the backlog may grow, and reading alone is measured
  --help    this text`;

const MIB = 1024 * 1024;
/** What the heap of a process may waver by, for the limit of flat memory below. */
const WAVERING_MIB = 64;
/** Nothing of an upload waits longer for its progress to be seen than this. */
const PROGRESS_EVERY_MS = 10_000;
/** Room for everything that is imported, where the timeline is not waited for. */
const ROOM = { OUTBOX_LIMIT: '100000000', CONSUMER_LAG_LIMIT: '100000000', STREAM_MAX_BYTES: String(2 * 1024 ** 3) };

async function main(rows: number, timely: boolean): Promise<void> {
  const stack = await Stack.start({ timeoutMs: 300_000, env: timely ? {} : ROOM });
  try {
    for (const what of ['new rows', 'the same again']) await load(stack, rows, what);
  } finally {
    await stack.stop();
  }
}

async function load(stack: Stack, rows: number, what: string): Promise<void> {
  const [pid] = await stack.pids('ingest');
  if (pid === undefined) throw new Error('ingest does not run');
  const idle = await memoryOf(pid);
  const cpu = await processorSecondsOf(pid);
  const began = performance.now();
  const sent = await fetch(`${stack.url}/v1/imports?source=Bench&kind=policy`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.adminKey}`, 'content-type': 'text/csv' },
    body: Readable.toWeb(Readable.from(linesOf(rows))),
    duplex: 'half',
  } as RequestInit);
  const uploaded = performance.now();
  let current = (await sent.json()) as ImportOut;
  const samples: number[] = [];
  let shown = uploaded;
  while (current.finishedAt === null) {
    await setTimeout(500);
    samples.push(await memoryOf(pid));
    current = (await stack.call<ImportOut>('GET', `/v1/imports/${current.id}`)).body;
    if (performance.now() - shown < PROGRESS_EVERY_MS) continue;
    shown = performance.now();
    const share = ((100 * current.bytesRead) / current.bytes).toFixed(0);
    console.log(
      `  ${share} %, ${String(current.rows)} rows, resident ${mib(samples.at(-1) ?? 0)}${current.reason === null ? '' : ` (${current.reason})`}`,
    );
  }
  const seconds = (performance.now() - uploaded) / 1000;
  // The first quarter fills the heap; what grows with the rows grows on.
  const quarter = Math.ceil(samples.length / 4);
  const [early, late] = [mean(samples.slice(quarter, 2 * quarter)), mean(samples.slice(-quarter))];
  const flat = (late - early) / MIB < WAVERING_MIB;
  const whole = current.state === 'done' && current.rows === rows && current.rejected === 0;
  console.log(
    [
      `${what}: ${String(current.rows)} rows (${String(current.accepted)} taken, ${String(current.duplicates)} known, ${String(current.rejected)} refused): ${verdict(whole)}`,
      `  sent ${(current.bytes / MIB).toFixed(1)} MiB in ${((uploaded - began) / 1000).toFixed(1)} s, read in ${seconds.toFixed(1)} s: ${(current.rows / seconds).toFixed(0)} rows/s`,
      `  ingest: ${((((await processorSecondsOf(pid)) - cpu) / rows) * 1e6).toFixed(0)} microseconds of processor a row`,
      `  ingest: resident ${mib(idle)} before, ${mib(early)} in the second quarter, ${mib(late)} in the last, ${mib(Math.max(idle, ...samples))} at most; grows by less than ${String(WAVERING_MIB)} MiB: ${verdict(flat)}`,
    ].join('\n'),
  );
}

function verdict(passed: boolean): string {
  if (!passed) process.exitCode = 1;
  return passed ? 'PASS' : 'FAIL';
}

function* linesOf(rows: number): Generator<string> {
  yield 'id,title,date,company,amount,url\n';
  for (let n = 0; n < rows; n++) {
    const day = new Date(Date.UTC(2000, 0, 1 + (n % 9_000))).toISOString().slice(0, 10);
    yield `row-${String(n)},"Company ${String(n)} opens plant ${String(n * 7919)}, says ""Desk ${String(n % 97)}""",${day},Company ${String(n)},$${String(1 + (n % 900))} million,https://example.org/${String(n)}\n`;
  }
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
const mib = (bytes: number): string => `${(bytes / MIB).toFixed(0)} MiB`;

const given = process.argv.slice(2);
const written = given.find((option) => !option.startsWith('--')) ?? '100000';
if (given.includes('--help')) console.log(HELP);
else if (!/^[1-9]\d{0,7}$/.test(written)) throw new Error(`not a number of rows: '${written}'`);
else void main(Number(written), given.includes('--timely'));
