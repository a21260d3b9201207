import type { ImportOut } from '@themeline/contracts';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Stack } from '../support/stack';

const MIB = 1024 * 1024;

/** `npm run bench:import -- 100000`: loads so many rows of CSV by the gateway, then the same file again; needs /proc. */
async function main(rows: number): Promise<void> {
  const stack = await Stack.start({ timeoutMs: 300_000 });
  try {
    for (const what of ['new rows', 'the same again']) {
      const [pid] = await stack.pids('ingest');
      const idle = await memoryOf(pid, 'VmRSS');
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
      while (current.finishedAt === null) {
        await setTimeout(500);
        samples.push(await memoryOf(pid, 'VmRSS'));
        current = (await stack.call<ImportOut>('GET', `/v1/imports/${current.id}`)).body;
      }
      const seconds = (performance.now() - uploaded) / 1000;
      const half = Math.ceil(samples.length / 2);
      const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
      console.log(
        [
          `${what}: ${String(current.rows)} rows (${String(current.accepted)} taken, ${String(current.duplicates)} known, ${String(current.rejected)} refused)`,
          `  sent ${(current.bytes / MIB).toFixed(1)} MiB in ${((uploaded - began) / 1000).toFixed(1)} s, read in ${seconds.toFixed(1)} s: ${(current.rows / seconds).toFixed(0)} rows/s`,
          `  ingest: ${((((await processorSecondsOf(pid)) - cpu) / rows) * 1e6).toFixed(0)} microseconds of processor a row`,
          `  ingest: resident ${mib(idle)} before, ${mib(mean(samples.slice(0, half)))} in the first half, ${mib(mean(samples.slice(half)))} in the second, ${mib(Math.max(idle, ...samples))} at most`,
        ].join('\n'),
      );
    }
  } finally {
    await stack.stop();
  }
}

function* linesOf(rows: number): Generator<string> {
  yield 'id,title,date,company,amount,url\n';
  for (let n = 0; n < rows; n++) {
    const day = new Date(Date.UTC(2000, 0, 1 + (n % 9_000))).toISOString().slice(0, 10);
    yield `row-${String(n)},"Company ${String(n)} opens plant ${String(n * 7919)}, says ""Desk ${String(n % 97)}""",${day},Company ${String(n)},$${String(1 + (n % 900))} million,https://example.org/${String(n)}\n`;
  }
}

/** Bytes. */
async function memoryOf(pid: number | undefined, field: 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
}

/** User and system time; /proc counts in hundredths of a second. */
async function processorSecondsOf(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${String(pid)}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const mib = (bytes: number): string => `${(bytes / MIB).toFixed(0)} MiB`;

const rows = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(rows) || rows < 1) throw new Error(`not a number of rows: '${process.argv[2] ?? ''}'`);
void main(rows);
