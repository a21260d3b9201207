import { IMPORT_FIELDS, ImportField } from '@themeline/contracts';
import { badRequest, FieldError } from '@themeline/http';

/** Which column each field is read from, and which are read by nobody. */
export interface ColumnPlan {
  columns: Partial<Record<ImportField, string>>;
  ignored: string[];
}

/** Names of columns as found in the wild, likeliest first; compared without case, accents, spaces and punctuation. */
const NAMES: Readonly<Record<ImportField, readonly string[]>> = {
  headline: ['headline', 'title', 'event', 'eventname', 'name', 'subject', 'text', 'description'],
  summary: ['summary', 'description', 'details', 'text', 'body', 'abstract', 'content', 'notes', 'comment'],
  date: ['date', 'eventdate', 'startdate', 'start', 'when', 'datum', 'period'],
  endDate: ['enddate', 'end', 'until', 'to'],
  year: ['year', 'startyear'],
  month: ['month', 'startmonth'],
  day: ['day', 'startday'],
  endYear: ['endyear'],
  endMonth: ['endmonth'],
  endDay: ['endday'],
  kind: ['kind', 'type', 'category', 'eventtype'],
  status: ['status', 'state'],
  entities: [
    'entities',
    'entity',
    'companies',
    'company',
    'organisations',
    'organizations',
    'organisation',
    'organization',
    'actors',
    'who',
  ],
  countries: ['countries', 'country', 'countrycode', 'where'],
  amount: ['amount', 'value', 'sum', 'size', 'amountvalue'],
  currency: ['currency', 'amountcurrency', 'ccy'],
  themes: ['themes', 'theme', 'tags', 'topics'],
  source: ['source', 'sourcename', 'publisher', 'outlet', 'publication', 'mediacredit'],
  sourceUrl: ['sourceurl', 'publisherurl'],
  url: ['url', 'link', 'href', 'articleurl', 'media', 'reference'],
  publishedAt: ['publishedat', 'published', 'publicationdate', 'datepublished', 'pubdate', 'publisheddate'],
  evidence: ['evidence', 'quote', 'quotation', 'excerpt'],
  externalId: ['externalid', 'id', 'guid', 'uuid', 'uniqueid', 'key'],
  confidence: ['confidence', 'certainty'],
};

const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]+/gu, '');

/**
 * Fits fields to columns: first as the client says (`{ field: 'headline', column: '' }` takes none), then by the names of the columns that
 * are left. `Title, When, Company` → headline, date, entities.
 *
 * @throws ProblemError 400 naming the column that does not exist, or what no column gives
 */
export function planColumns(
  header: readonly string[],
  mapping: readonly { field: ImportField; column: string }[],
): ColumnPlan {
  const names = header.map((name) => name.trim());
  const columns: ColumnPlan['columns'] = {};
  const errors: FieldError[] = [];
  const settled = new Set<ImportField>();
  for (const { field, column } of mapping) {
    if (settled.has(field)) errors.push({ path: 'map', message: `names the field '${field}' twice` });
    settled.add(field);
    if (column === '') continue;
    if (names.includes(column)) columns[field] = column;
    else errors.push({ path: 'map', message: `no such column: '${column}'; there are: ${names.join(', ')}` });
  }
  const free = new Map(
    names
      .filter((name) => name !== '' && !Object.values(columns).includes(name))
      .map((name) => [fold(name), name] as const),
  );
  for (const field of IMPORT_FIELDS) {
    if (settled.has(field)) continue;
    const found = NAMES[field].find((name) => free.has(name));
    if (found === undefined) continue;
    columns[field] = free.get(found) ?? found;
    free.delete(found);
  }
  if (columns.headline === undefined && errors.length === 0) {
    errors.push({
      path: 'map',
      message: `no column looks like a headline: ${names.join(', ')}; say which, as map=headline:Column`,
    });
  }
  const [first] = errors;
  if (first !== undefined) throw badRequest(first.message, errors);
  const used = new Set(Object.values(columns));
  return { columns, ignored: names.filter((name) => name !== '' && !used.has(name)) };
}
