import { tryParseEdtf, resolvePhrase } from '@themeline/dates';

/** How a cell's date is read. */
export interface DateContext {
  /** The day of publication, YYYY-MM-DD, for phrases that depend on it; null where the row does not say. */
  published: string | null;
  locale: string | undefined;
}

/** Two days so far apart that a phrase which depends on the day of writing means something else on each. */
const APART = ['1996-03-20', '2019-10-05'] as const;

/**
 * The EDTF of a cell: EDTF itself, a time (its day as written), or words and figures: `2024-05`, `2024-05-01T10:00:00Z`, `Q3 2026`,
 * `3 May 2024`. What depends on the day of writing ("last month") needs the row's own day of publication: importing the row
 * on another day must not change it.
 */
export function readDateCell(cell: string, { published, locale }: DateContext): string | { error: string } {
  if (tryParseEdtf(cell) !== null) return cell;
  const day = /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d/.exec(cell)?.[1];
  if (day !== undefined && tryParseEdtf(day) !== null) return day;
  const read = (reference: string): string | undefined =>
    resolvePhrase(cell, { reference, ...(locale === undefined ? {} : { locale }) })?.edtf;
  const unread = { error: `no date in '${cell.slice(0, 100)}'` };
  if (published !== null) return read(published) ?? unread;
  const [one, other] = APART.map(read);
  if (one === undefined) return unread;
  return one === other ? one : { error: `'${cell.slice(0, 100)}' depends on when it was written: give publishedAt` };
}

/** Year, month and day of three columns; the month may be a word. `['2024', '5', '']` → `2024-05` */
export function readDateParts(
  [year, month, day]: readonly [string, string, string],
  context: DateContext,
): string | { error: string } {
  const padded = [year, month, day].filter((part) => part !== '').map((part) => part.padStart(2, '0'));
  if (/^\d{1,2}$|^$/.test(month)) return readDateCell(padded.join('-'), context);
  return readDateCell([day, month, year].filter((part) => part !== '').join(' '), context);
}
