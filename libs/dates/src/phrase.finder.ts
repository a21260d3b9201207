import type { Precision } from './edtf.parser';

/** A date in a text: `text.slice(start, end) === phrase` (UTF-16 indices). */
export interface DatePhrase {
  phrase: string;
  start: number;
  end: number;
  edtf: string;
  lower: string | null;
  upper: string | null;
  precision: Precision;
  /** id of the rule that made it */
  rule: string;
}

export interface FindDatesOptions {
  /** the day from which relative phrases count: 'YYYY-MM-DD' or RFC 3339, of which the written day is taken */
  reference: string;
  /** decides 12/03/2025: 'en-US' (default) reads December 3, other locales 12 March */
  locale?: string;
}

export function findDates(_text: string, _options: FindDatesOptions): DatePhrase[] {
  return [];
}

export function resolvePhrase(_phrase: string, _options: FindDatesOptions): DatePhrase | null {
  return null;
}
