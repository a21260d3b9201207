import type { TimelineEvent } from '@themeline/contracts';
import { stringify } from 'csv-stringify/sync';
import type { ExportFormat } from './export.format';

type Cell = string | number | null;

/** Between values of one cell; the n-th of `sources`, `source_urls` and `evidence` belong together. */
const SEPARATOR = ' | ';
const list = (values: readonly (string | null)[]): string =>
  values.map((value) => (value ?? '').replaceAll(SEPARATOR, ' / ')).join(SEPARATOR);

const COLUMNS: Readonly<Record<string, (event: TimelineEvent) => Cell>> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  status: ({ status }) => status,
  headline: ({ headline }) => headline,
  summary: ({ summary }) => summary,
  date: ({ date }) => date.edtf,
  date_lower: ({ date }) => date.lower,
  date_upper: ({ date }) => date.upper,
  date_precision: ({ date }) => date.precision,
  date_display: ({ date }) => date.display,
  entities: ({ entities }) => list(entities.map(({ name }) => name)),
  entity_ids: ({ entities }) => list(entities.map(({ id }) => id)),
  countries: ({ countries }) => list(countries),
  amount: ({ amount }) => amount?.value ?? null,
  currency: ({ amount }) => amount?.currency ?? null,
  amount_usd: ({ amount }) => amount?.usd ?? null,
  themes: ({ themes }) => list(themes),
  importance: ({ importance }) => importance,
  confidence: ({ confidence }) => confidence,
  source_count: ({ sourceCount }) => sourceCount,
  sources: ({ reports }) => list(reports.map(({ source }) => source.name)),
  source_urls: ({ reports }) => list(reports.map(({ url, source }) => url ?? source.url)),
  evidence: ({ reports }) => list(reports.map(({ evidence }) => evidence?.text ?? null)),
  revision: ({ revision }) => revision,
  recorded_at: ({ recordedAt }) => recordedAt,
  updated_at: ({ updatedAt }) => updatedAt,
};
const CELLS = Object.values(COLUMNS);

/** RFC 4180. Spreadsheets run cells that begin with `=`, `+`, `-` or `@`: those get an apostrophe in front. */
const write = (rows: readonly (readonly Cell[])[]): string =>
  stringify(rows as Cell[][], { record_delimiter: 'windows', escape_formulas: true });

export const csv: ExportFormat = {
  contentType: 'text/csv; charset=utf-8; header=present',
  fileName: 'themeline.csv',
  open: () => write([Object.keys(COLUMNS)]),
  write: (batch) => write(batch.events().map((event) => CELLS.map((cell) => cell(event)))),
  close: () => '',
};
