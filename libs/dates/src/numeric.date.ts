import { WEEKDAYS } from './calendar.lexicon';
import { isCalendarDay } from './day.math';
import type { Scan } from './phrase.scan';

/** A calendar date of which some parts may be missing: "3", "3 June", "June 2024", "Monday, 3 June". */
export interface PartialDate {
  year: number | null;
  month: number | null;
  day: number | null;
  /** 1 = Monday */
  weekday: number | null;
  end: number;
}

const SEPARATORS: ReadonlySet<string> = new Set(['/', '-', '.', '‑']);

/** 2025-03-12, 12/03/2025, 12.3.2025, 20240603, 05/2024, and 11/20 where the words before it make it a day */
export function numericDate(scan: Scan, at: number): PartialDate | null {
  if (!standsApart(scan, at)) return null;
  const compact = compactDay(scan, at);
  if (compact) return compact;
  if (isTriple(scan, at)) {
    const day = fullDay(scan, at);
    return day && endsApart(scan, day.end) ? day : null;
  }
  return scan.is(at + 1, '/', '-') && scan.glued(at + 1) && isJoined(scan, at + 2)
    ? (monthAndYear(scan, at) ?? monthAndDay(scan, at))
    : null;
}

const isJoined = (scan: Scan, at: number): boolean => scan.token(at)?.kind === 'number' && scan.glued(at);

/** Three numbers with the same separator twice, glued together */
function isTriple(scan: Scan, at: number): boolean {
  const separator = scan.word(at + 1);
  return (
    SEPARATORS.has(separator) &&
    scan.glued(at + 1) &&
    scan.word(at + 3) === separator &&
    scan.glued(at + 3) &&
    isJoined(scan, at + 2) &&
    isJoined(scan, at + 4)
  );
}

/** A day with its year in digits, whatever follows it */
function fullDay(scan: Scan, at: number): PartialDate | null {
  if (scan.token(at)?.kind !== 'number' || !isTriple(scan, at)) return null;
  const texts = [scan.word(at), scan.word(at + 2), scan.word(at + 4)] as const;
  const [first, second, third] = texts.map(Number) as [number, number, number];
  const widths = texts.map((digits) => digits.length);
  if (widths[0] === 4 && (widths[1] ?? 0) <= 2 && (widths[2] ?? 0) <= 2) return checked(first, second, third, at + 5);
  if ((widths[0] ?? 0) > 2 || (widths[1] ?? 0) > 2) return null;
  const dotted = scan.is(at + 1, '.');
  const year = widths[2] === 4 ? third : widths[2] === 2 && !dotted ? twoDigitYear(scan, third) : null;
  if (year === null) return null;
  const european = checked(year, second, first, at + 5);
  const american = checked(year, first, second, at + 5);
  return scan.dayFirst || dotted ? (european ?? american) : (american ?? european);
}

/** How many years from the reference year a date without separators may lie. */
const COMPACT_REACH = 20;
const LABEL = new Set('no number id case patent order file ref reference code serial isbn #'.split(' '));

/** 20240603, as ISO 8601 writes it without hyphens; only near the reference year, being mostly a number of another kind */
function compactDay(scan: Scan, at: number): PartialDate | null {
  const digits = scan.word(at);
  if (
    digits.length !== 8 ||
    (scan.glued(at + 1) && scan.token(at + 1)?.kind === 'word') ||
    LABEL.has(scan.word(at - 1))
  )
    return null;
  const year = Number(digits.slice(0, 4));
  if (Math.abs(year - scan.year) > COMPACT_REACH) return null;
  return checked(year, Number(digits.slice(4, 6)), Number(digits.slice(6)), at + 1);
}

/** 05/2024, 2024/05 and 2024-05, which is no span of years as 2010-11 is */
function monthAndYear(scan: Scan, at: number): PartialDate | null {
  const [first, second] = [scan.word(at), scan.word(at + 2)];
  if (!endsApart(scan, at + 3)) return null;
  const [year, month] = first.length === 4 ? [first, second] : [second, first];
  if (year.length !== 4 || month.length > 2) return null;
  if (first.length === 4 && (month.length !== 2 || Number(month) === (Number(year) % 100) + 1)) return null;
  if (first.length !== 4 && scan.word(at + 1) !== '/') return null;
  const monthNumber = Number(month);
  if (monthNumber < 1 || monthNumber > 12 || !plausibleYear(Number(year))) return null;
  return { year: Number(year), month: monthNumber, day: null, weekday: null, end: at + 3 };
}

const BEFORE_SLASHED_DAY = new Set('on by from until since before to between this next'.split(' '));

/** Verbs and labels that a day may follow without "on": "doors open 5/17" */
const DATED = new Set(
  'meet meets met open opens opened due launch launches launched expires expired starts started begins began closes closed dated effective'.split(
    ' ',
  ),
);

/** "on 11/20", "Thursday 11/20"; 9/11 is an event more often than a day */
function monthAndDay(scan: Scan, at: number): PartialDate | null {
  const day = slashedDay(scan, at);
  if (!day || !endsApart(scan, day.end) || scan.monthName(day.end) !== null) return null;
  const before = scan.word(at - 1);
  const stands =
    scan.alone ||
    BEFORE_SLASHED_DAY.has(before) ||
    (DATED.has(before) && scan.token(day.end)?.kind !== 'word' && !scan.is(day.end, '-', '%')) ||
    (WEEKDAYS.has(before) && before.length > 5) ||
    followsSlashedDay(scan, at);
  return stands ? day : null;
}

/** 11/20: a month and a day, in the order of the locale, or in the other one where that is the only one that exists */
function slashedDay(scan: Scan, at: number): PartialDate | null {
  if (scan.word(at + 1) !== '/' || !scan.glued(at + 1) || !isJoined(scan, at + 2)) return null;
  const [first, second] = [scan.word(at), scan.word(at + 2)];
  if (!/^\d{1,2}$/.test(first) || !/^\d{1,2}$/.test(second) || (Number(first) === 9 && Number(second) === 11))
    return null;
  const ordered = scan.dayFirst ? [second, first] : [first, second];
  for (const [month, day] of [ordered.map(Number), ordered.map(Number).reverse()] as [number, number][])
    if (existsInSomeYear(month, day)) return { year: null, month, day, weekday: null, end: at + 3 };
  return null;
}

/** "on 11/20, 11/22 or 11/25" */
function followsSlashedDay(scan: Scan, at: number): boolean {
  if (!scan.is(at - 1, ',', 'or', 'and') || scan.word(at - 3) !== '/') return false;
  return /^\d{1,2}$/.test(scan.word(at - 2)) && /^\d{1,2}$/.test(scan.word(at - 4));
}

/** The two days of a span in digits, as they are written; `end` is behind the second. */
interface NumericSpan {
  first: PartialDate;
  second: PartialDate;
  end: number;
}

/** "10/1-11/2/2017", "10-1-2018-10-7-2018", "5/1 – 5/7/2025", "2025-03-03/2025-03-07"; without any year only where words, or days beyond the 12th, say that these are dates */
export function numericSpan(scan: Scan, at: number): NumericSpan | null {
  if (!standsApart(scan, at)) return null;
  const first = fullDay(scan, at) ?? slashedDay(scan, at);
  if (!first) return null;
  const joint = first.end;
  const interval = scan.is(joint, '/') && scan.word(at).length === 4;
  if (!interval && !scan.isDash(joint) && !scan.is(joint, 'to', 'through', 'thru', 'until', 'till')) return null;
  const start = joint + 1;
  const second = fullDay(scan, start) ?? slashedDay(scan, start);
  if (!second || !endsApart(scan, second.end)) return null;
  const stated = first.year !== null || second.year !== null;
  const evident =
    scan.isDash(joint) && [at, at + 2, start, start + 2].some((index) => Number(scan.word(index)) > MONTHS_OF_A_YEAR);
  return stated || evident || scan.alone || scan.is(at - 1, 'from', 'between', 'on')
    ? { first, second, end: second.end }
    : null;
}

const MONTHS_OF_A_YEAR = 12;

/** How many years ahead of the reference year a year of two digits may lie. */
const AHEAD_YEARS = 20;

export function twoDigitYear(scan: Scan, digits: number): number {
  const century = Math.floor(scan.year / 100) * 100;
  return century + digits > scan.year + AHEAD_YEARS ? century - 100 + digits : century + digits;
}

export const plausibleYear = (year: number): boolean => year >= 1900 && year <= 2100;

export function existsInSomeYear(month: number, day: number): boolean {
  return isCalendarDay(2000, month, day);
}

export function checked(year: number, month: number, day: number, end: number): PartialDate | null {
  return isCalendarDay(year, month, day) ? { year, month, day, weekday: null, end } : null;
}

/** No digit, dash or slash is glued to the front, so that 133-03-03-2020 and 80/12/1 hold no date. */
export function standsApart(scan: Scan, at: number): boolean {
  const token = scan.token(at);
  if (token?.kind !== 'number') return false;
  if (!token.glued) return true;
  return (
    ['(', '[', '"', '“', '‘', "'", ',', ';', ':', '–', '—'].includes(scan.word(at - 1)) ||
    (scan.is(at - 1, '-', '_') && !/\d/.test(scan.word(at - 2)))
  );
}

export function endsApart(scan: Scan, at: number): boolean {
  const token = scan.token(at);
  if (!token?.glued) return true;
  if (token.kind === 'number') return false;
  if (token.kind === 'word') return token.lower === 't' || token.lower === 's';
  return !(['/', '-', '.', '%'].includes(token.text) && scan.token(at + 1)?.kind === 'number' && scan.glued(at + 1));
}
