import { SEASONS } from './calendar.lexicon';
import { calendarUnit, groupText, monthSpan } from './calendar.units';
import { monthText } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import { fiscalPart, fiscalSpan, fiscalYearAt } from './fiscal.year';
import { twoDigitYear } from './numeric.date';
import type { Measured, Reading, Scan } from './phrase.scan';
import { nearestByTense, nearestYear } from './year.choice';
import { statedYear, yearToken } from './year.reader';

/** A quarter or half without its year; `code` is the ISO 8601-2 code, 33–36 or 40–41. */
export interface Period {
  code: number;
  end: number;
  /** "Q3" or "H1", which also names products, as against "the third quarter" */
  short: boolean;
}

/** What a short form may precede when it has no year: "its Q3 revenue", not "the Q3 chip". */
const FIGURES = new Set(
  'results result earnings revenue revenues sales profit profits loss losses report reports guidance deliveries shipments forecast figures numbers growth gdp performance call investment funding output orders financial'.split(
    ' ',
  ),
);

/** "Q1 2025", "first quarter of 2025", "1Q25", "2025 Q1", "H1 2025", "first half of this year", "the fiscal third quarter of 2024" */
export function periodRule(scan: Scan, at: number): Reading | null {
  return yearThenPeriod(scan, at) ?? periodThenYear(scan, at) ?? namedQuarter(scan, at);
}

/** The head of a quarter or half: "Q1", "1Q", "first quarter", "first-half" */
export function periodHead(scan: Scan, at: number): Period | null {
  const short = /^[qh]$/.test(scan.word(at)) ? scan.word(at) : '';
  if (short && scan.token(at + 1)?.kind === 'number' && scan.glued(at + 1))
    return period(short, Number(scan.word(at + 1)), at + 2, true);
  const reversed = scan.word(at + 1);
  if (/^[1-4]$/.test(scan.word(at)) && /^[qh]$/.test(reversed) && scan.glued(at + 1))
    return period(reversed, Number(scan.word(at)), at + 2, true);
  const ordinal = periodOrdinal(scan, at);
  if (!ordinal) return null;
  let end = scan.isDash(ordinal.end) ? ordinal.end + 1 : ordinal.end;
  if (scan.is(end, 'fiscal', 'financial', 'calendar')) end += 1;
  const noun = scan.word(end);
  if (noun === 'quarter' || noun === 'qtr') return period('q', ordinal.value === 9 ? 4 : ordinal.value, end + 1, false);
  if (noun === 'half') return period('h', ordinal.value === 9 ? 2 : ordinal.value, end + 1, false);
  return null;
}

/** An ordinal, with 9 for "final" */
export function periodOrdinal(scan: Scan, at: number): Measured | null {
  if (scan.is(at, 'opening')) return { value: 1, end: at + 1 };
  if (scan.is(at, 'closing', 'final', 'latter', 'back')) return { value: 9, end: at + 1 };
  return scan.ordinal(at);
}

function period(letter: string, value: number, end: number, short: boolean): Period | null {
  if (letter === 'q') return value >= 1 && value <= 4 ? { code: 32 + value, end, short } : null;
  return value === 1 || value === 2 ? { code: 39 + value, end, short } : null;
}

function periodThenYear(scan: Scan, at: number): Reading | null {
  const start = scan.is(at, 'fiscal', 'financial') ? at + 1 : at;
  const head = periodHead(scan, start);
  if (!head) return null;
  const fiscalHead = start !== at || scan.is(head.end - 2, 'fiscal', 'financial');
  let next = head.end;
  if (scan.is(next, 'of', 'in', ',', '/') || scan.isDash(next)) next += 1;
  if (scan.is(next, 'the')) next += 1;
  const fiscal = fiscalYearAt(scan, next);
  if (fiscal) {
    const edtf = fiscalSpan(scan, at, fiscal, head.code);
    return edtf === null ? null : { end: fiscal.end, edtf, rule: 'period.fiscal' };
  }
  const calendar = scan.is(next, 'cy', 'calendar') ? (scan.is(next + 1, 'year') ? next + 2 : next + 1) : next;
  const year = yearToken(scan, calendar) ?? shortYear(scan, head, calendar) ?? statedYear(scan, head.end);
  if (year) {
    if (fiscalHead) {
      const edtf = fiscalSpan(scan, at, { ...year, last: null }, head.code);
      return edtf === null ? null : { end: year.end, edtf, rule: 'period.fiscal' };
    }
    return reading(groupText(year.value, head.code), year.end, head.code);
  }
  if (fiscalHead) return fiscalWithoutYear(scan, at, head);
  // "its fiscal third quarter" was asked at its "fiscal": without a calendar it is none of the calendar's
  if (scan.is(at - 1, 'fiscal', 'financial')) return null;
  return withoutYear(scan, at, head);
}

/** "its fiscal third quarter": the nearest one by the verbs, where the country tells when a fiscal year begins */
function fiscalWithoutYear(scan: Scan, at: number, head: Period): Reading | null {
  const part = fiscalPart(scan, at, head.code);
  const edtf = part && nearestByTense(scan, at, head.end, part);
  return edtf ? { end: head.end, edtf, rule: 'period.fiscal' } : null;
}

/** "1Q25", "Q1'25" */
function shortYear(scan: Scan, head: Period, at: number): Measured | null {
  if (!head.short) return null;
  const start = scan.isApostrophe(at) ? at + 1 : at;
  const glued = /^\d\d$/.test(scan.word(start)) && scan.glued(start);
  return glued ? { value: twoDigitYear(scan, Number(scan.word(start))), end: start + 1 } : null;
}

function yearThenPeriod(scan: Scan, at: number): Reading | null {
  const named = yearToken(scan, at) ?? possessiveYear(scan, at);
  if (!named) return null;
  const year = named;
  let next = scan.skipPossessive(year.end);
  if (scan.isDash(next)) next += 1;
  const head = periodHead(scan, next);
  return head && reading(groupText(year.value, head.code), head.end, head.code);
}

/** "last year's" */
function possessiveYear(scan: Scan, at: number): Measured | null {
  const year = statedYear(scan, at);
  return year && scan.isPossessive(year.end) ? year : null;
}

function withoutYear(scan: Scan, at: number, head: Period): Reading | null {
  if (!scan.alone && !periodStands(scan, at, head)) return null;
  const edtf = nearestByTense(scan, at, head.end, (year) => groupText(year, head.code));
  return edtf === null ? null : reading(edtf, head.end, head.code);
}

function periodStands(scan: Scan, at: number, head: Period): boolean {
  const figure = FIGURES.has(scan.word(head.end)) || FIGURES.has(scan.word(head.end + 1));
  const preposition = /^(in|for|during|by|since|until|from|through|before|after|of|late|early|mid|s|its|their|to|and)$/;
  const before = scan.word(at - 1) === 'the' ? scan.word(at - 2) : scan.word(at - 1);
  if (scan.is(head.end, 'running') || (scan.is(head.end, 'in') && scan.is(head.end + 1, 'a'))) return false;
  if (head.short)
    return (
      figure ||
      (preposition.test(before) && scan.token(head.end)?.kind !== 'word') ||
      (preposition.test(before) &&
        /^(and|as|when|while|the|from|to|by|with|this|was|were|is|will|after|but)$/.test(scan.word(head.end)))
    );
  if (scan.is(head.end, 'of')) return false;
  if (head.code < 40)
    return scan.is(at - 1, 'the', 's', 'its', 'their', 'a', 'our') || preposition.test(before) || figure;
  return figure || (/^(in|for|during|by)$/.test(before) && scan.token(head.end)?.kind !== 'word');
}

/** "the March quarter": the one that ends with that month */
function namedQuarter(scan: Scan, at: number): Reading | null {
  const name = scan.monthName(at);
  if (!name) return null;
  const yearBefore = yearToken(scan, name.end);
  const noun = yearBefore?.end ?? name.end;
  if (!scan.is(noun, 'quarter', 'half')) return null;
  const length = scan.is(noun, 'half') ? 6 : 3;
  const year = yearBefore ?? yearToken(scan, noun + 1) ?? statedYear(scan, noun + 1);
  const span = (value: number): string => monthSpan(value, name.value - length, name.value - 1);
  const edtf = year ? span(year.value) : nearestYear(scan, scan.looksAhead(at, name.end), span);
  return edtf === null ? null : { end: Math.max(year?.end ?? 0, noun + 1), edtf, rule: 'period.named-quarter' };
}

function reading(edtf: string, end: number, code: number): Reading {
  return { end, edtf, rule: code < 40 ? 'period.quarter' : 'period.half' };
}

/** "spring 2024", "summer of 2024", "the winter of 2024-25", "this autumn", "last summer", "in the fall" */
export function seasonRule(scan: Scan, at: number): Reading | null {
  const code = SEASONS.get(scan.word(at));
  if (code === undefined) return null;
  const of = scan.is(at + 1, 'of', 'in', ',') ? at + 2 : at + 1;
  const year = yearToken(scan, of) ?? apostropheYear(scan, of) ?? statedYear(scan, at + 1);
  if (year) return seasonOf(scan, code, year);
  const before = scan.word(at - 1);
  const edtf = seasonWithoutYear(scan, at, code, before);
  return edtf === null ? null : { end: at + 1, edtf, rule: 'period.season' };
}

/** "2024 spring" is left to its year; "2024-25" after "winter" spans both years. */
function seasonOf(scan: Scan, code: number, year: Measured): Reading {
  const second = scan.word(year.end + 1);
  const joined = (scan.isDash(year.end) || scan.is(year.end, '/')) && scan.glued(year.end) && scan.glued(year.end + 1);
  if (code === 24 && joined && Number(second) % 100 === (year.value + 1) % 100 && /^(\d\d|\d{4})$/.test(second)) {
    return {
      end: year.end + 2,
      edtf: `${monthText(year.value, 12)}/${monthText(year.value + 1, 2)}`,
      rule: 'period.season',
    };
  }
  return { end: year.end, edtf: groupText(year.value, code), rule: 'period.season' };
}

function apostropheYear(scan: Scan, at: number): Measured | null {
  const digits = scan.word(at + 1);
  return scan.isApostrophe(at) && /^\d\d$/.test(digits) && scan.glued(at + 1)
    ? { value: twoDigitYear(scan, Number(digits)), end: at + 2 }
    : null;
}

function seasonWithoutYear(scan: Scan, at: number, code: number, before: string): string | null {
  const candidate = (year: number): string => groupText(year, code);
  if (before === 'last' || before === 'past') {
    return nearestOver(scan, code);
  }
  if (before === 'next') return nearestYear(scan, true, (year) => begins(scan, year, code));
  if (before === 'this')
    return scan.tense(at, at + 1) === 'past' ? nearestYear(scan, false, candidate) : candidate(seasonYear(scan, code));
  const preposition =
    /^(in|by|since|until|during|early|late|mid|before|after|from|through|over|coming|come|end|to|of)$/;
  const word = before === 'the' ? scan.word(at - 2) : before;
  if (!scan.alone && !preposition.test(word)) return null;
  if (
    scan.is(
      at + 1,
      'school',
      'festival',
      'camp',
      'break',
      'olympics',
      'games',
      'wheat',
      'cleaning',
      'collection',
      'house',
      'in',
      'of',
    )
  )
    return null;
  const named = scan.token(at + 1);
  if (code === 23 && scan.is(at, 'fall') && before !== 'the' && !['by', 'in', 'early', 'late'].includes(before))
    return null;
  if (
    scan.is(at, 'fall') &&
    scan.is(at - 1, 'to', 'from', 'the') &&
    named?.kind === 'word' &&
    !['and', 'when', 'as'].includes(named.lower)
  )
    return null;
  return nearestByTense(scan, at, at + 1, candidate);
}

/** The latest such season that was over by the reference day. */
function nearestOver(scan: Scan, code: number): string | null {
  const reference = calendarUnit('day', scan.reference, 0);
  return nearestYear(scan, false, (year) => {
    const edtf = groupText(year, code);
    const upper = tryParseEdtf(edtf)?.upper ?? null;
    return upper !== null && upper < reference ? edtf : null;
  });
}

function begins(scan: Scan, year: number, code: number): string | null {
  const edtf = groupText(year, code);
  const lower = tryParseEdtf(edtf)?.lower ?? null;
  return lower !== null && lower > calendarUnit('day', scan.reference, 0) ? edtf : null;
}

/** The year of "this winter": in January and February it began in December. */
function seasonYear(scan: Scan, code: number): number {
  return code === 24 && scan.month <= 2 ? scan.year - 1 : scan.year;
}

/** "fiscal 2024", "FY24", "the 2024-25 fiscal year" */
export function fiscalRule(scan: Scan, at: number): Reading | null {
  const fiscal = fiscalYearAt(scan, at);
  if (!fiscal) return null;
  const edtf = fiscalSpan(scan, at, fiscal, null);
  return edtf === null ? null : { end: fiscal.end, edtf, rule: 'period.fiscal' };
}
