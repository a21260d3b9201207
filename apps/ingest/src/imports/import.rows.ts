import { IMPORT_FIELDS, ImportError } from '@themeline/contracts';
import { parseStrictJson, StrictJsonError } from '@themeline/http';
import type { Vocabulary } from '@themeline/vocabulary';
import iconv from 'iconv-lite';
import { readRecords } from './csv.records';
import { MAX_LINE_LENGTH, ReadingPlan } from './import.plan';
import { fillReport, mapRow, RowDefaults } from './row.mapper';
import { splitLines, TextLine } from './text.lines';
import { readSlides } from './timelinejs.reader';

/** A row of an upload: what it says, not yet checked, or why it says nothing. Rows are counted from 1. */
export type ImportRow = { row: number; line: number | null } & ({ value: unknown } | { errors: ImportError['errors'] });

export interface RowContext {
  plan: ReadingPlan;
  defaults: RowDefaults;
  vocabulary: Vocabulary;
}

/** What a decoder puts where bytes make no character. */
const UNDECODED = '\uFFFD';
const undecoded = (charset: string): string =>
  `holds bytes that are not ${charset}: give the right charset in the Content-Type`;

type RawRow = { line: number | null } & (
  { cells: Readonly<Record<string, unknown>> } | { report: unknown } | { error: string; path?: string }
);

/** The rows of an upload, the same each time; memory does not grow with their number (TimelineJS is read whole). */
export async function* readRows(bytes: AsyncIterable<Buffer>, context: RowContext): AsyncGenerator<ImportRow> {
  let row = 0;
  for await (const raw of rawRows(bytes, context.plan)) {
    row += 1;
    const place = { row, line: raw.line };
    if ('error' in raw) yield { ...place, errors: [{ path: raw.path ?? '', message: raw.error }] };
    else if ('report' in raw) yield { ...place, value: fillReport(raw.report, context.defaults) };
    else {
      const mapped = mapRow(raw.cells, columnsOf(context.plan), context.defaults, context.vocabulary);
      if ('value' in mapped) yield { ...place, value: mapped.value };
      else yield { ...place, errors: withColumns(mapped.errors, context.plan) };
    }
  }
}

/** Errors with the column that each field came from, where it came from one. */
export function withColumns(errors: ImportError['errors'], { columns }: ReadingPlan): ImportError['errors'] {
  return errors.map(({ path, message }) => {
    const field = IMPORT_FIELDS.find(
      (name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`),
    );
    const column = field === undefined ? undefined : columns[field];
    return { path, ...(column === undefined ? {} : { column }), message };
  });
}

const FIELD_COLUMNS = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, field]));

/** Slides are read into columns that bear the fields' names. */
const columnsOf = (plan: ReadingPlan): ReadingPlan['columns'] =>
  plan.format === 'timelinejs' ? FIELD_COLUMNS : plan.columns;

function rawRows(bytes: AsyncIterable<Buffer>, plan: ReadingPlan): AsyncGenerator<RawRow> {
  switch (plan.format) {
    case 'csv':
      return csvRows(bytes, plan);
    case 'ndjson':
      return jsonRows(bytes, plan);
    case 'timelinejs':
      return slideRows(bytes, plan);
  }
}

async function* csvRows(bytes: AsyncIterable<Buffer>, { charset, delimiter }: ReadingPlan): AsyncGenerator<RawRow> {
  const options = { delimiter, width: null as number | null };
  let header: string[] | null = null;
  for await (const record of readRecords(splitLines(decode(bytes, charset), MAX_LINE_LENGTH), options)) {
    if ('error' in record) yield record;
    else if (header === null) {
      header = record.cells.map((name) => name.trim());
      options.width = header.length;
    } else if (record.cells.some((cell) => cell.includes(UNDECODED))) {
      yield { line: record.line, error: undecoded(charset) };
    } else yield { line: record.line, cells: named(header, record.cells) };
  }
}

/** Of two columns of one name the first is read. */
function named(header: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''] as const).reverse());
}

async function* jsonRows(bytes: AsyncIterable<Buffer>, { charset, mapped }: ReadingPlan): AsyncGenerator<RawRow> {
  for await (const line of splitLines(decode(bytes, charset), MAX_LINE_LENGTH)) {
    if (line.tooLong || line.text.trim() !== '') yield jsonRow(line, charset, mapped);
  }
}

function jsonRow({ line, text, tooLong }: TextLine, charset: string, mapped: boolean): RawRow {
  if (tooLong) return { line, error: 'is too long' };
  if (text.includes(UNDECODED)) return { line, error: undecoded(charset) };
  try {
    const value = parseStrictJson(text);
    if (!mapped) return { line, report: value };
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { line, cells: value as Record<string, unknown> };
    }
    return { line, error: 'is no JSON object' };
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    return { line, path: error.path, error: error.message };
  }
}

async function* slideRows(bytes: AsyncIterable<Buffer>, { charset }: ReadingPlan): AsyncGenerator<RawRow> {
  const parts: Buffer[] = [];
  for await (const part of bytes) parts.push(part);
  for (const slide of readSlides(iconv.decode(Buffer.concat(parts), charset)) ?? []) yield slide;
}

async function* decode(bytes: AsyncIterable<Buffer>, charset: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(charset);
  for await (const chunk of bytes) yield decoder.write(chunk);
  yield decoder.end() ?? '';
}
