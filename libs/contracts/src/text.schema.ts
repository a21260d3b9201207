import { tryParseEdtf } from '@themeline/dates';
import { z } from 'zod';

/** True when a string can be stored and sent as UTF-8 unchanged: no NUL byte, no lone surrogate. */
export function isCleanText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\u0000');
}

/** A trimmed, non-empty line or paragraph of at most `max` UTF-16 units. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max)
    .refine(isCleanText, 'must be well-formed text without NUL bytes');

/** Lower-case words joined by hyphens: kinds, themes, entity ids. `export-controls` */
export const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');

/** ISO 3166-1 alpha-2, upper case. `KR` */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as KR');

/** ISO 4217, upper case. `CNY` */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as CNY');

export const day = z.iso.date();

/** An absolute http(s) address without user or password. */
export const webUrl = z
  .string()
  .max(2048)
  .refine((value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  }, 'must be an http or https address without user name or password');

/** The years that dates are read in: phrases count from such a day, and intervals are of such days. */
const YEARS = { first: 1000, last: 2199 };

/** RFC 3339 with an offset, or a plain day, which stands for its first instant in UTC. Out: RFC 3339 in UTC. */
export const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: 'must be an RFC 3339 time or an ISO date' })
  .transform((value) => new Date(value))
  .refine((value) => value.getUTCFullYear() >= YEARS.first && value.getUTCFullYear() <= YEARS.last, {
    error: `must be between the years ${String(YEARS.first)} and ${String(YEARS.last)}`,
  })
  .transform((value) => value.toISOString());

/** RFC 3339 in UTC, as we write it ourselves. */
export const utc = z.iso.datetime();

/** An EDTF expression of the subset that libs/dates reads; refused with the reader's own message. */
export const edtf = z
  .string()
  .max(64)
  .refine((value) => tryParseEdtf(value) !== null, {
    error: (issue) =>
      `not an EDTF date between the years 1000 and 2199: '${String(issue.input)}' (for example 2025-01-29, 2025-01, 2024-05/2024-08, ../2028)`,
  });

export const precision = z.enum(['day', 'month', 'season', 'quarter', 'half', 'year', 'decade', 'range', 'none']);
