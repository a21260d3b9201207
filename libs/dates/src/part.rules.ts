import { calendarUnit, monthSpan } from './calendar.units';
import { yearText } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import { type Part, partOf } from './part.spans';
import type { Measured, Reading, Rule, Scan } from './phrase.scan';
import { nearestByTense } from './year.choice';
import { yearToken } from './year.reader';

const WORDS: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['early', 'early'],
  ['mid', 'mid'],
  ['middle', 'mid'],
  ['late', 'late'],
  ['start', 'start'],
  ['beginning', 'start'],
  ['outset', 'start'],
  ['end', 'end'],
  ['close', 'end'],
]);

const OF_NEEDED = new Set(['start', 'beginning', 'outset', 'middle', 'close']);

/** The last sub-unit that "the end of" names, for bounds: by the end of June is by June. */
export function isEndOf(scan: Scan, at: number): number | null {
  let next = scan.is(at, 'the', 'its') ? at + 1 : at;
  if (scan.is(next, 'very')) next += 1;
  if (!scan.is(next, 'end', 'close')) return null;
  next += 1;
  if (scan.is(next, 'of')) return next + 1;
  return scan.isDash(next) && scan.glued(next) ? next + 1 : scan.monthName(next) || yearToken(scan, next) ? next : null;
}

/** "early 2024", "mid-March", "late last year", "the start of March", "end-2024", "the middle of the decade" */
export function makePartRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    const head = partHead(scan, at);
    if (!head) return null;
    const target = readWhole(scan, head.end, depth, readDate);
    if (!target) return null;
    const edtf = partOf(head.part, target.edtf);
    if (edtf === null) return null;
    return { end: target.end, edtf, rule: `part.${head.part}` };
  };
}

function partHead(scan: Scan, at: number): { part: Part; end: number } | null {
  const part = WORDS.get(scan.word(at));
  const several = severalHead(scan, at);
  if (several) return several;
  if (scan.is(at, 'midway', 'halfway') && scan.is(at + 1, 'through', 'into')) return { part: 'mid', end: at + 2 };
  if (part === undefined) return halfHead(scan, at);
  let next = at + 1;
  if (scan.isDash(next) && scan.glued(next)) next += 1;
  else if (OF_NEEDED.has(scan.word(at)) && !scan.is(next, 'of', 'to')) return null;
  // "will end in December" is a verb.
  if (scan.is(at, 'end') && scan.is(next, 'in', 'on')) return null;
  if (scan.is(next, 'to') && (scan.isDash(next + 1) || WORDS.has(scan.word(next + 1)))) return null;
  if (scan.is(next, 'of', 'in', 'on') || (scan.is(next, 'to') && scan.is(at, 'start', 'beginning', 'close'))) next += 1;
  return { part, end: next };
}

/** "the closing months of 2024", "the opening weeks of 2025", "the early days of 2025" */
function severalHead(scan: Scan, at: number): { part: Part; end: number } | null {
  const opening = scan.is(at, 'opening', 'early', 'first');
  if (!opening && !scan.is(at, 'closing', 'final', 'last', 'dying')) return null;
  if (!scan.is(at + 1, 'months', 'weeks', 'days') || !scan.is(at + 2, 'of')) return null;
  const months = scan.is(at + 1, 'months');
  const part: Part = opening ? (months ? 'early' : 'start') : months ? 'late' : 'end';
  return { part, end: at + 3 };
}

/** "first half of March"; halves of years are periods of their own. */
function halfHead(scan: Scan, at: number): { part: Part; end: number } | null {
  const ordinal = scan.ordinal(at);
  const second = scan.is(at, 'latter') || ordinal?.value === 2;
  if (!second && ordinal?.value !== 1) return null;
  const half = ordinal?.end ?? at + 1;
  return scan.is(half, 'half') && scan.is(half + 1, 'of')
    ? { part: second ? 'second-half' : 'first-half', end: half + 2 }
    : null;
}

/** The whole of which a part is named; "the year", "the month" and the like mean the current one. */
export function readWhole(scan: Scan, at: number, depth: number, readDate: Rule): Reading | null {
  const start = scan.is(at, 'the') ? at + 1 : at;
  const unit = scan.unit(start);
  const bare =
    unit !== null &&
    unit !== 'fortnight' &&
    /s$/.test(scan.word(start)) === false &&
    (start > at || scan.is(at - 1, 'of'));
  if (bare && unit !== 'day') {
    const given = readDate(scan, start, depth + 1);
    if (given && given.end > start + 1) return given;
    return { end: start + 1, edtf: calendarUnit(unit, scan.reference, 0), rule: 'relative.this' };
  }
  return readDate(scan, start, depth + 1);
}

/** "mid-to-late 2024", "early to mid March" */
export function makePartSpanRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    const first = WORDS.get(scan.word(at));
    if (first === undefined) return null;
    let next = at + 1;
    if (scan.isDash(next)) next += 1;
    if (!scan.is(next, 'to', 'or')) return null;
    next += 1;
    if (scan.isDash(next)) next += 1;
    const second = WORDS.get(scan.word(next));
    if (second === undefined) return null;
    next += 1;
    if (scan.isDash(next)) next += 1;
    if (scan.is(next, 'of', 'in')) next += 1;
    const target = readDate(scan, scan.is(next, 'the') ? next + 1 : next, depth + 1);
    const from = target && tryParseEdtf(partOf(first, target.edtf) ?? '');
    const to = target && tryParseEdtf(partOf(second, target.edtf) ?? '');
    if (!target || !from?.lower || !to?.upper || from.lower > to.upper) return null;
    return { end: target.end, edtf: span(from.edtf, to.edtf), rule: 'part.span' };
  };
}

const span = (from: string, to: string): string => `${from.split('/')[0]}/${to.split('/').at(-1)}`;

/** "year-end", "the turn of the year 2024/25", "mid-year" */
export function yearEdgeRule(scan: Scan, at: number): Reading | null {
  if (scan.is(at, 'turn') && scan.is(at + 1, 'of') && scan.is(at + 2, 'the') && scan.is(at + 3, 'year'))
    return turnOfYear(scan, at);
  if (scan.is(at, 'mid') && scan.isDash(at + 1) && scan.is(at + 2, 'year')) return edgeOf(scan, at, at + 3, 'mid');
  if (scan.is(at, 'mid') && scan.isDash(at + 1) && scan.is(at + 2, 'decade', 'century')) return midAge(scan, at);
  if (!scan.is(at, 'year')) return null;
  const next = scan.isDash(at + 1) ? at + 2 : scan.skipPossessive(at + 1);
  // "a year-end rally" says of what kind it is, not when.
  if (scan.isDash(at + 1) && scan.is(at - 1, 'a', 'an')) return null;
  return scan.is(next, 'end') ? edgeOf(scan, at, next + 1, 'end') : null;
}

/** "by mid-century"; "mid-century furniture" is of a style */
function midAge(scan: Scan, at: number): Reading | null {
  const when = scan.is(at - 1, 'by', 'in', 'around', 'until', 'since', 'towards', 'toward');
  if (!when || scan.is(at + 3, 'modern')) return null;
  const unit = scan.is(at + 2, 'decade') ? 'decade' : 'century';
  const edtf = partOf('mid', calendarUnit(unit, scan.reference, 0));
  return edtf === null ? null : { end: at + 3, edtf, rule: 'part.mid' };
}

function edgeOf(scan: Scan, at: number, end: number, part: Part): Reading | null {
  const year: Measured | null = yearToken(scan, end);
  const edtf = year
    ? partOf(part, yearText(year.value))
    : scan.is(at - 1, 'by')
      ? partOf(part, yearText(scan.year))
      : nearestByTense(scan, at, end, (value) => partOf(part, yearText(value)));
  return edtf === null ? null : { end: year?.end ?? end, edtf, rule: 'part.year-edge' };
}

function turnOfYear(scan: Scan, at: number): Reading | null {
  const turn = (year: number): string => monthSpan(year, 11, 12);
  const year = yearToken(scan, at + 4);
  if (year) {
    const second = scan.word(year.end + 1);
    const joined =
      (scan.is(year.end, '/') || scan.isDash(year.end)) && scan.glued(year.end + 1) && /^(\d\d|\d{4})$/.test(second);
    return joined
      ? { end: year.end + 2, edtf: turn(year.value), rule: 'part.turn-of-year' }
      : { end: year.end, edtf: turn(year.value - 1), rule: 'part.turn-of-year' };
  }
  const edtf = nearestByTense(scan, at, at + 4, turn);
  return edtf === null ? null : { end: at + 4, edtf, rule: 'part.turn-of-year' };
}
