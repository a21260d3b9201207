import { ImportField, ImportQuery, Rejection, slugify } from '@themeline/contracts';
import { findAmounts } from '@themeline/extraction';
import type { Vocabulary } from '@themeline/vocabulary';
import { readDateCell, readDateParts } from './date.cells';

/** What stands in for what a row does not say. */
export type RowDefaults = Pick<
  ImportQuery,
  'source' | 'sourceUrl' | 'kind' | 'status' | 'currency' | 'locale' | 'backfill'
>;

type Errors = Rejection['errors'];
export type MappedRow = { value: Record<string, unknown> } | { errors: Errors };

/** The cell of a field, trimmed; '' where there is none. */
type Cell = (field: ImportField) => string;

/**
 * Makes of a row's cells what `POST /v1/reports` takes, as yet unchecked but for what has no place there: dates and amounts
 * that cannot be read. `{ Title: 'A plan', When: 'May 2024' }` → `{ headline: 'A plan', date: '2024-05', … }`
 */
export function mapRow(
  cells: Readonly<Record<string, unknown>>,
  columns: Readonly<Partial<Record<ImportField, string>>>,
  defaults: RowDefaults,
  vocabulary: Vocabulary,
): MappedRow {
  const errors: Errors = [];
  const cell: Cell = (field) => {
    const column = columns[field];
    return column === undefined ? '' : textOf(Object.hasOwn(cells, column) ? cells[column] : undefined);
  };
  const plain = (field: ImportField): string | undefined => cell(field) || undefined;
  const date = dateOf(cell, defaults.locale, errors);
  const amount = amountOf(cell, defaults.currency, vocabulary, errors);
  if (errors.length > 0) return { errors };
  const url = plain('url');
  const kind = cell('kind');
  return {
    value: compact({
      kind: kind === '' ? defaults.kind : slugify(kind),
      status: cell('status').toLowerCase() || defaults.status,
      headline: plain('headline'),
      summary: plain('summary'),
      date,
      entities: listOf(cell('entities'), /[;|\n]/),
      countries: listOf(cell('countries'), /[;|,\s]+/)?.map((code) => code.toUpperCase()),
      amount,
      themes: listOf(cell('themes'), /[;|,\n]/)?.map(slugify),
      source: sourceOf(cell, url, defaults),
      url,
      publishedAt: plain('publishedAt'),
      evidence: plain('evidence'),
      externalId: plain('externalId'),
      confidence: cell('confidence') === '' ? undefined : Number(cell('confidence')),
      backfill: defaults.backfill,
    }),
  };
}

/** A report that came whole, with what it leaves open filled in; anything that is no object is left for the schema to refuse. */
export function fillReport(value: unknown, defaults: RowDefaults): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return {
    ...compact({
      kind: defaults.kind,
      status: defaults.status,
      source: defaults.source === undefined ? undefined : sourceRef(defaults.source, defaults.sourceUrl),
      backfill: defaults.backfill,
    }),
    ...value,
  };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(';');
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value === undefined || value === null ? '' : String(value).trim();
}

function dateOf(cell: Cell, locale: string | undefined, errors: Errors): string | undefined {
  const published = /^\d{4}-\d\d-\d\d/.exec(cell('publishedAt'))?.[0] ?? null;
  const context = { published, locale };
  const read = (path: ImportField, result: string | { error: string }): string | undefined => {
    if (typeof result === 'string') return result;
    errors.push({ path, message: result.error });
    return undefined;
  };
  const one = (
    whole: 'date' | 'endDate',
    parts: readonly [ImportField, ImportField, ImportField],
  ): string | undefined => {
    if (cell(whole) !== '') return read(whole, readDateCell(cell(whole), context));
    const [year, month, day] = parts;
    return cell(year) === '' ? undefined : read(year, readDateParts([cell(year), cell(month), cell(day)], context));
  };
  const start = one('date', ['year', 'month', 'day']);
  const end = one('endDate', ['endYear', 'endMonth', 'endDay']);
  if (start === undefined || end === undefined || start === end) return start ?? end;
  return `${start}/${end}`;
}

function amountOf(
  cell: Cell,
  currency: string | undefined,
  vocabulary: Vocabulary,
  errors: Errors,
): { value: number; currency: string } | undefined {
  const written = cell('amount');
  if (written === '') return undefined;
  const bare = written.replace(/(?<=\d)[,_ ](?=\d{3}(?!\d))/g, '');
  if (/^\d+(\.\d+)?(e\d+)?$/i.test(bare)) {
    const unit = cell('currency').toUpperCase() || currency;
    if (unit !== undefined) return { value: Number(bare), currency: unit };
    errors.push({ path: 'amount', message: `'${written.slice(0, 100)}' has no currency: give a column or currency=` });
    return undefined;
  }
  const found = findAmounts(written, vocabulary.currencies)[0];
  if (found !== undefined) return { value: found.value, currency: found.currency };
  errors.push({ path: 'amount', message: `no amount of money in '${written.slice(0, 100)}'` });
  return undefined;
}

const sourceRef = (name: string, url: string | undefined): object => compact({ name, url });

/** The row's own word, else what was said for all, else the host of its address. */
function sourceOf(cell: Cell, url: string | undefined, defaults: RowDefaults): object | undefined {
  const name = cell('source');
  if (name !== '') return sourceRef(name, cell('sourceUrl') || undefined);
  if (defaults.source !== undefined) return sourceRef(defaults.source, defaults.sourceUrl);
  if (url === undefined || !URL.canParse(url)) return undefined;
  return sourceRef(new URL(url).hostname.replace(/^www\./, ''), undefined);
}

function listOf(cell: string, separator: RegExp): string[] | undefined {
  const items = cell
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? undefined : items;
}

/** Without the fields that are undefined: schemas take a missing field, not an empty one, and the database would keep a null. */
export function compact<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
