import { CsvError, parse } from 'csv-parse/sync';
import type { TextLine } from './text.lines';

/** A record and the line that it begins on, or why that line is none. */
export type CsvRecord = { line: number; cells: string[] } | { line: number; error: string };

export interface CsvOptions {
  delimiter: string;
  /** How many cells a record has; null: any number. More are right too where the surplus is empty. */
  width: number | null;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** A quoted cell may go over this many lines. */
const MAX_RECORD_LINES = 1_000;
const MAX_RECORD_LENGTH = 1024 * 1024;

/** The delimiter that a header most likely has: the one that stands most often outside quotes. */
export function guessDelimiter(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

/**
 * Records of CSV (RFC 4180, and bare quotes inside cells), read so that a broken line costs itself alone: where a quote is opened and
 * what follows makes no record, the line is judged by itself and reading goes on with the next one. Blank lines between records are skipped.
 */
export async function* readRecords(source: AsyncIterable<TextLine>, options: CsvOptions): AsyncGenerator<CsvRecord> {
  const lines = new PushBack(source);
  for (let first = await lines.take(); first !== null; first = await lines.take()) {
    if (first.tooLong) {
      yield { line: first.line, error: 'is too long' };
      continue;
    }
    if (first.text.trim() === '') continue;
    const taken = [first];
    let quotes = countQuotes(first.text);
    let length = first.text.length;
    while (quotes % 2 === 1 && taken.length < MAX_RECORD_LINES && length < MAX_RECORD_LENGTH) {
      const next = await lines.take();
      if (next === null) break;
      taken.push(next);
      quotes += countQuotes(next.text);
      length += next.text.length;
    }
    const whole = recordOf(taken.map((line) => line.text).join('\n'), options);
    if (Array.isArray(whole)) {
      yield { line: first.line, cells: whole };
      continue;
    }
    const alone = taken.length === 1 ? whole : recordOf(first.text, options);
    yield Array.isArray(alone) ? { line: first.line, cells: alone } : { line: first.line, error: alone.error };
    lines.giveBack(taken.slice(1));
  }
}

/** The cells of a text that is exactly one record, or why it is not. */
function recordOf(text: string, { delimiter, width }: CsvOptions): string[] | { error: string } {
  const records = text.includes('"') ? parseQuoted(text, delimiter) : [text.split(delimiter)];
  if (!Array.isArray(records)) return records;
  const [cells, ...more] = records;
  if (cells === undefined || more.length > 0) return { error: 'has a quote that is not closed' };
  if (width === null || cells.length === width) return cells;
  if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === '')) return cells.slice(0, width);
  return { error: `has ${String(cells.length)} cells, the header has ${String(width)}` };
}

/**
 * Strictly first. Bare quotes are let through only where they do not reach over a line end: else the quote that one line opens by mistake
 * and that another opens by mistake would make a cell of all that lies between.
 */
function parseQuoted(text: string, delimiter: string): string[][] | { error: string } {
  for (const relax_quotes of [false, true]) {
    try {
      const records: string[][] = parse(text, {
        delimiter,
        relax_quotes,
        relax_column_count: true,
        // Lines were told apart already; looking for their ends anew takes half of the time.
        record_delimiter: '\n',
      });
      if (!relax_quotes || !records.flat().some((cell) => cell.startsWith('"') && cell.includes('\n'))) return records;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
    }
  }
  return { error: 'has a quote that is not closed' };
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

class PushBack {
  private readonly iterator: AsyncIterator<TextLine>;
  private waiting: TextLine[] = [];

  constructor(source: AsyncIterable<TextLine>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  async take(): Promise<TextLine | null> {
    const waiting = this.waiting.shift();
    if (waiting !== undefined) return waiting;
    const next = await this.iterator.next();
    return next.done === true ? null : next.value;
  }

  giveBack(lines: readonly TextLine[]): void {
    if (lines.length > 0) this.waiting = [...lines, ...this.waiting];
  }
}
