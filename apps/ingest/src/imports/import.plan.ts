import { ImportFormat, ImportQuery } from '@themeline/contracts';
import { badRequest, parseStrictJson, ProblemError, StrictJsonError, tooLarge } from '@themeline/http';
import iconv from 'iconv-lite';
import { ColumnPlan, planColumns } from './column.plan';
import { guessDelimiter, readRecords } from './csv.records';
import { splitLines } from './text.lines';
import { readSlides } from './timelinejs.reader';

/** How an upload is read, settled from its first bytes: kept with the import, so that whoever carries on reads it alike. */
export interface ReadingPlan extends ColumnPlan {
  format: ImportFormat;
  charset: string;
  delimiter: string;
  /** False: each row is a report as `POST /v1/reports` takes it. */
  mapped: boolean;
}

export const MAX_LINE_LENGTH = 256 * 1024;
/** TimelineJS comes as one JSON value, which is read whole. */
export const MAX_JSON_IMPORT_BYTES = 16 * 1024 * 1024;
/** A header or a first line must end within these bytes. */
export const HEAD_BYTES = 256 * 1024;

const FORMATS: Readonly<Record<string, ImportFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/json': 'timelinejs',
};

/** @throws ProblemError 415 for a type that is not imported, 400 for a charset that nobody knows */
export function readContentType(header: string | undefined): { format: ImportFormat; charset: string | null } {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim());
  const format = Object.hasOwn(FORMATS, type.toLowerCase()) ? FORMATS[type.toLowerCase()] : undefined;
  if (format === undefined) {
    throw new ProblemError(
      415,
      'Unsupported Media Type',
      `'${type}' is not imported; send ${Object.keys(FORMATS).join(', ')}`,
    );
  }
  const charset = parameters.map((part) => /^charset="?([^"]+)"?$/i.exec(part)?.[1]).find((name) => name !== undefined);
  if (charset !== undefined && !iconv.encodingExists(charset)) {
    const message = `no such charset: '${charset}'`;
    throw badRequest(message, [{ path: 'Content-Type', message }]);
  }
  return { format, charset: charset ?? null };
}

/**
 * Settles from the first bytes (all of them for TimelineJS) how the rest will be read.
 *
 * @throws ProblemError 400 when there is no header, no first row, or nothing to be a headline
 */
export async function planReading(
  head: Buffer,
  type: { format: ImportFormat; charset: string | null },
  query: ImportQuery,
): Promise<ReadingPlan> {
  const charset =
    type.charset ?? (/^(\xff\xfe|\xfe\xff)/.test(head.subarray(0, 2).toString('latin1')) ? 'utf-16' : 'utf-8');
  const base = { format: type.format, charset, delimiter: ',', mapped: true };
  switch (type.format) {
    case 'csv': {
      const text = iconv.decode(head, charset);
      const delimiter = query.delimiter ?? guessDelimiter(text.split('\n', 1)[0] ?? '');
      const header = await headerOf(text, delimiter);
      return { ...base, delimiter, ...planColumns(header, query.map) };
    }
    case 'ndjson': {
      const first = firstLine(head);
      if (Object.hasOwn(first, 'headline') && query.map.length === 0) {
        return { ...base, mapped: false, columns: {}, ignored: [] };
      }
      return { ...base, ...planColumns(Object.keys(first), query.map) };
    }
    case 'timelinejs': {
      checkTimeline(iconv.decode(head, charset));
      return { ...base, columns: {}, ignored: [] };
    }
  }
}

async function headerOf(text: string, delimiter: string): Promise<string[]> {
  const chunks = (async function* () {
    yield await Promise.resolve(text);
  })();
  const { value: record } = await readRecords(splitLines(chunks, MAX_LINE_LENGTH), { delimiter, width: null }).next();
  if (record === undefined) throw badRequest('the CSV is empty: its first line must be a header', []);
  if ('error' in record) throw badRequest(`the header, line ${String(record.line)}, ${record.error}`, []);
  return record.cells;
}

function firstLine(head: Buffer): object {
  const line = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
    .find((text) => text.trim() !== '');
  if (line === undefined) throw badRequest('the NDJSON is empty', []);
  try {
    const value = parseStrictJson(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    throw badRequest(`the first line ${error.message}`, [{ path: error.path, message: error.message }]);
  }
  throw badRequest('the first line is no JSON object', []);
}

function checkTimeline(text: string): void {
  if (text.length > MAX_JSON_IMPORT_BYTES) {
    throw tooLarge(
      `a TimelineJS document holds at most ${String(MAX_JSON_IMPORT_BYTES)} bytes; send more as application/x-ndjson`,
    );
  }
  // Whatever is wrong with the JSON is said here, with its place.
  parseStrictJson(text.replace(/^\uFEFF/, ''));
  if (readSlides(text) === null) {
    throw badRequest('is not a TimelineJS document: it has no list "events"', [
      { path: 'events', message: 'must be a list of slides' },
    ]);
  }
}
