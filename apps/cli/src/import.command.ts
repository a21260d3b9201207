import { answerOf, type Schemas } from '@themeline/client';
import { SingleBar } from 'cli-progress';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type Connection, UsageError } from './connection';
import { EXIT } from './exit.codes';
import { type Output, print } from './output';

const POLL_MS = 500;
const SHOWN_ERRORS = 20;

const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.tsv': 'text/csv',
  '.ndjson': 'application/x-ndjson',
  '.jsonl': 'application/x-ndjson',
  '.json': 'application/json',
};

export interface ImportOptions {
  map: string[];
  source?: string;
  kind?: string;
  currency?: string;
  locale?: string;
  delimiter?: ',' | ';' | '|' | 'tab';
  charset?: string;
  live?: boolean;
  dryRun?: boolean;
  wait: boolean;
}

type Import = Schemas['ImportOut'];
interface DryRun {
  columns: Record<string, string>;
  ignoredColumns: string[];
  rows: number;
  valid: number;
  rejected: number;
  errors: RowError[];
}
interface RowError {
  row: number;
  line: number | null;
  errors: { path: string; column?: string | undefined; message: string }[];
}

/** Sends a file, follows the import to its end, and shows the rows that were refused. */
export async function importFile(
  { client }: Connection,
  output: Output,
  file: string,
  options: ImportOptions,
): Promise<number> {
  const type = TYPES[extname(file).toLowerCase()];
  if (type === undefined) throw new UsageError(`${file}: the name must end in ${Object.keys(TYPES).join(', ')}`);
  const size = await stat(file).then(
    (found) => found.size,
    () => {
      throw new UsageError(`${file}: no such file`);
    },
  );
  const bar = barOf(output, 'sending', size);
  const { source, kind, currency, locale, delimiter, charset } = options;
  const query = {
    name: basename(file),
    ...(options.map.length === 0 ? {} : { map: options.map }),
    ...(source === undefined ? {} : { source }),
    ...(kind === undefined ? {} : { kind }),
    ...(currency === undefined ? {} : { currency }),
    ...(locale === undefined ? {} : { locale }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(options.live === true ? { backfill: 'false' as const } : {}),
    ...(options.dryRun === true ? { dryRun: 'true' as const } : {}),
  };
  const counted = createReadStream(file).pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bar.increment(chunk.length);
        done(null, chunk);
      },
    }),
  );
  const sent = await answerOf(
    client.POST('/v1/imports', {
      params: { query },
      // The body's type is the file's text; it goes out as it is read.
      body: Readable.toWeb(counted) as unknown as string,
      bodySerializer: (body: unknown) => body,
      headers: { 'content-type': charset === undefined ? type : `${type}; charset=${charset}` },
      duplex: 'half',
    } as never),
  ).finally(() => bar.stop());
  if (options.dryRun === true) return showDryRun(output, sent as unknown as DryRun);
  const accepted = sent as unknown as Import;
  const ended = options.wait ? await follow(client, output, accepted) : accepted;
  print(output, ended, showImport);
  if (ended.state === 'failed' || ended.state === 'cancelled') return EXIT.refused;
  if (ended.rejected === 0) return EXIT.ok;
  const { items } = await answerOf(
    client.GET('/v1/imports/{id}/errors', {
      params: { path: { id: ended.id }, query: { limit: SHOWN_ERRORS } },
    }),
  );
  showErrors(output, items, ended.rejected);
  return EXIT.rowsRefused;
}

async function follow(client: Connection['client'], output: Output, started: Import): Promise<Import> {
  const bar = barOf(output, 'reading', started.bytes);
  let current = started;
  try {
    while (current.finishedAt === null) {
      await setTimeout(POLL_MS);
      current = await answerOf(client.GET('/v1/imports/{id}', { params: { path: { id: started.id } } }));
      bar.update(current.bytesRead);
    }
    return current;
  } finally {
    bar.stop();
  }
}

function showDryRun(output: Output, result: DryRun): number {
  print(output, result, ({ rows, valid, rejected, columns, ignoredColumns }) =>
    [
      `${String(rows)} rows: ${String(valid)} would be taken, ${String(rejected)} refused; nothing was stored`,
      ...Object.entries(columns).map(([field, column]) => `  ${field} <- ${column}`),
      ...(ignoredColumns.length === 0 ? [] : [`  not read: ${ignoredColumns.join(', ')}`]),
    ].join('\n'),
  );
  showErrors(output, result.errors.slice(0, SHOWN_ERRORS), result.rejected);
  return result.rejected === 0 ? EXIT.ok : EXIT.rowsRefused;
}

function showImport({ id, state, reason, rows, accepted, duplicates, rejected }: Import): string {
  const counts = `${String(rows)} rows: ${String(accepted)} taken, ${String(duplicates)} known already, ${String(rejected)} refused`;
  return `${id} ${state}${reason === null ? '' : ` (${reason})`}: ${counts}`;
}

function showErrors(output: Output, items: readonly RowError[], total: number): void {
  if (output.json) return;
  for (const { line, row, errors } of items) {
    const place = line === null ? `row ${String(row)}` : `line ${String(line)}`;
    const text = errors.map(({ path, column, message }) => `${column ?? path} ${message}`.trim()).join('; ');
    output.err(`  ${place}: ${text}\n`);
  }
  if (total > items.length) output.err(`  and ${String(total - items.length)} more\n`);
}

/** On a terminal only: in a log a bar is noise. */
function barOf(output: Output, what: string, total: number): SingleBar {
  const bar = new SingleBar({
    format: `${what} {bar} {percentage} % | {value}/{total} bytes | {eta_formatted}`,
    stream: process.stderr,
    noTTYOutput: false,
    clearOnComplete: true,
    hideCursor: true,
  });
  if (!output.json && process.stderr.isTTY) bar.start(total, 0);
  return bar;
}
