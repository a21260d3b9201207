import { monthSpan } from './calendar.units';
import type { Country } from './country.lexicon';
import { countryNear } from './country.reader';
import { yearText } from './day.math';
import type { Measured, Scan } from './phrase.scan';
import { yearToken } from './year.reader';

/** A fiscal year as it is named: "fiscal 2024" → value 2024, "2024-25" → value 2024 and last 2025. */
export interface FiscalYear extends Measured {
  last: number | null;
}

interface FiscalCalendar {
  /** first month, 1–12 */
  start: number;
  /** is a year with one number named for the year in which it begins? Otherwise for the one in which it ends. */
  namedByStart: boolean;
}

const APRIL_BY_START: FiscalCalendar = { start: 4, namedByStart: true };
const APRIL_BY_END: FiscalCalendar = { start: 4, namedByStart: false };
const JULY_BY_END: FiscalCalendar = { start: 7, namedByStart: false };
const OCTOBER_BY_END: FiscalCalendar = { start: 10, namedByStart: false };
const CALENDAR: FiscalCalendar = { start: 1, namedByStart: true };

/** Fiscal years of governments, which companies there mostly share; source: each country's budget law. */
const CALENDARS: Partial<Record<Country, FiscalCalendar>> = {
  japan: APRIL_BY_START,
  singapore: APRIL_BY_START,
  india: APRIL_BY_END,
  uk: APRIL_BY_END,
  canada: APRIL_BY_END,
  australia: JULY_BY_END,
  pakistan: JULY_BY_END,
  bangladesh: JULY_BY_END,
  egypt: JULY_BY_END,
  kenya: JULY_BY_END,
  thailand: OCTOBER_BY_END,
  china: CALENDAR,
  germany: CALENDAR,
  france: CALENDAR,
  korea: CALENDAR,
  brazil: CALENDAR,
  russia: CALENDAR,
  spain: CALENDAR,
  italy: CALENDAR,
  saudi: CALENDAR,
  uae: CALENDAR,
};
/** American companies choose their own year; only the government's is known. */
const GOVERNMENT = new Set(
  'government federal congress congressional pentagon senate budget appropriations treasury nasa agency department administration lawmakers defense defence'.split(
    ' ',
  ),
);
/** Bodies that need no country beside them. */
const FEDERAL = new Set(['pentagon', 'congress', 'nasa']);

/** "fiscal 2024", "fiscal-year 2024-25", "FY2025", "FY24", "2024-25 fiscal year", "this fiscal year" */
export function fiscalYearAt(scan: Scan, at: number): FiscalYear | null {
  if (scan.is(at, 'fiscal', 'financial', 'tax')) {
    const noun = scan.isDash(at + 1) ? at + 2 : at + 1;
    if (!scan.is(noun, 'year')) return scan.is(at, 'fiscal') ? numbers(scan, at + 1) : null;
    return numbers(scan, noun + 1);
  }
  if (scan.is(at, 'fy')) return numbers(scan, scan.isApostrophe(at + 1) ? at + 2 : at + 1);
  const before = numbers(scan, at);
  if (before && yearToken(scan, at) && scan.is(before.end, 'fiscal', 'financial') && scan.is(before.end + 1, 'year')) {
    return { ...before, end: before.end + 2 };
  }
  const shift = scan.is(at, 'this', 'current')
    ? 0
    : scan.is(at, 'last', 'previous')
      ? -1
      : scan.is(at, 'next', 'coming')
        ? 1
        : null;
  if (shift === null || !scan.is(at + 1, 'fiscal', 'financial') || !scan.is(at + 2, 'year')) return null;
  const calendar = calendarNear(scan, at);
  if (!calendar) return { value: scan.year + shift, last: null, end: at + 3 };
  const began = (scan.month >= calendar.start ? scan.year : scan.year - 1) + shift;
  return { value: began, last: calendar.start === 1 ? null : began + 1, end: at + 3 };
}

function numbers(scan: Scan, at: number): FiscalYear | null {
  const full = yearToken(scan, at);
  const short =
    /^\d\d$/.test(scan.word(at)) && scan.glued(at) ? { value: 2000 + Number(scan.word(at)), end: at + 1 } : null;
  const first = full ?? short;
  if (!first) return null;
  const second = scan.word(first.end + 1);
  const joined =
    (scan.isDash(first.end) || scan.is(first.end, '/')) && scan.glued(first.end) && scan.glued(first.end + 1);
  if (joined && /^(\d\d|\d{4})$/.test(second) && Number(second) % 100 === (first.value + 1) % 100) {
    return { value: first.value, last: first.value + 1, end: first.end + 2 };
  }
  return { ...first, last: null };
}

/**
 * The months of a fiscal year, or of its quarter or half (`code` 33–36, 40–41), in the country that the text names nearest to the phrase.
 * Where no country tells the calendar, the year of that number, marked as approximate.
 */
export function fiscalSpan(scan: Scan, at: number, year: FiscalYear, code: number | null): string | null {
  const calendar = calendarNear(scan, at);
  if (!calendar) {
    if (year.last !== null) return `${yearText(year.value)}/${yearText(year.last)}~`;
    return `${yearText(year.value)}${code === null ? '' : `-${code}`}~`;
  }
  const began = year.last !== null || calendar.namedByStart || calendar.start === 1 ? year.value : year.value - 1;
  return calendar.start === 1 && code === null ? yearText(began) : monthsOf(calendar, began, code);
}

/** A quarter or half of the fiscal year that begins in a given year, in the country named nearest; null where no country tells the calendar */
export function fiscalPart(scan: Scan, at: number, code: number): ((began: number) => string) | null {
  const calendar = calendarNear(scan, at);
  return calendar && ((began) => monthsOf(calendar, began, code));
}

function monthsOf(calendar: FiscalCalendar, began: number, code: number | null): string {
  const [first, months] = code === null ? [0, 12] : code < 40 ? [(code - 33) * 3, 3] : [(code - 40) * 6, 6];
  const start = calendar.start - 1 + first;
  return monthSpan(began, start, start + months - 1);
}

function calendarNear(scan: Scan, at: number): FiscalCalendar | null {
  const country = countryNear(scan, at);
  if (country !== null && country !== 'us') return CALENDARS[country] ?? null;
  if (near(scan, at, country === 'us' ? GOVERNMENT : FEDERAL)) return OCTOBER_BY_END;
  return country === null && scan.home !== null ? (CALENDARS[scan.home] ?? null) : null;
}

/** How far from the phrase the American government is looked for, in tokens. */
const REACH = 25;

function near(scan: Scan, at: number, words: ReadonlySet<string>): boolean {
  for (let index = Math.max(0, at - REACH); index < at + REACH; index += 1) {
    if (words.has(scan.word(index))) return true;
  }
  return false;
}
