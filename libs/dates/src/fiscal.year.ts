import { monthSpan, type Measured, type Scan } from './phrase.scan';
import { yearText } from './day.math';
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
const CALENDARS: ReadonlyMap<string, FiscalCalendar> = new Map([
  ...rows(APRIL_BY_START, 'japan japanese tokyo nikkei singapore singaporean'),
  ...rows(
    APRIL_BY_END,
    'india indian delhi mumbai bengaluru rupee rupees crore lakh britain british uk canada canadian ottawa',
  ),
  ...rows(
    JULY_BY_END,
    'australia australian canberra pakistan pakistani islamabad bangladesh dhaka egypt egyptian cairo kenya',
  ),
  ...rows(OCTOBER_BY_END, 'thailand thai bangkok'),
  ...rows(
    CALENDAR,
    'china chinese beijing germany german france french korea korean seoul brazil brazilian russia russian spain spanish italy italian',
  ),
]);
/** American companies choose their own year; only the government's is known. */
const AMERICAN = new Set(['u', 'us', 'usa', 'america', 'american', 'washington']);
const GOVERNMENT = new Set(
  'government federal congress congressional pentagon senate budget appropriations treasury nasa agency department administration lawmakers defense defence'.split(
    ' ',
  ),
);

function rows(calendar: FiscalCalendar, words: string): [string, FiscalCalendar][] {
  return words.split(' ').map((word) => [word, calendar]);
}

/** "fiscal 2024", "fiscal year 2024-25", "FY2025", "FY24", "2024-25 fiscal year", "this fiscal year" */
export function fiscalYearAt(scan: Scan, at: number): FiscalYear | null {
  if (scan.is(at, 'fiscal', 'financial')) {
    const year = scan.is(at + 1, 'year') ? at + 2 : at + 1;
    return scan.is(at, 'financial') && year === at + 1 ? null : numbers(scan, year);
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
  const [first, months] = code === null ? [0, 12] : code < 40 ? [(code - 33) * 3, 3] : [(code - 40) * 6, 6];
  if (calendar.start === 1 && code === null) return yearText(began);
  const start = calendar.start - 1 + first;
  return monthSpan(began, start, start + months - 1);
}

/** How far from the phrase a country is looked for, in tokens. */
const REACH = 60;

function calendarNear(scan: Scan, at: number): FiscalCalendar | null {
  for (let distance = 1; distance <= REACH; distance += 1) {
    for (const index of [at - distance, at + distance]) {
      const word = scan.word(index);
      const calendar = CALENDARS.get(word);
      if (calendar) return calendar;
      if (AMERICAN.has(word) && (word !== 'u' || scan.is(index + 2, 's'))) {
        if ((word !== 'us' || scan.token(index)?.text === 'US') && governmentNear(scan, at)) return OCTOBER_BY_END;
      }
    }
  }
  return governmentNear(scan, at) && scan.tokens.length > 0 && federalNear(scan, at) ? OCTOBER_BY_END : null;
}

function governmentNear(scan: Scan, at: number): boolean {
  return near(scan, at, (word) => GOVERNMENT.has(word));
}

function federalNear(scan: Scan, at: number): boolean {
  return near(scan, at, (word) => word === 'pentagon' || word === 'congress' || word === 'nasa');
}

function near(scan: Scan, at: number, test: (word: string) => boolean): boolean {
  for (let index = Math.max(0, at - 25); index < at + 25; index += 1) {
    if (test(scan.word(index))) return true;
  }
  return false;
}
