import { anchorDay, fromAnchor, shiftYears } from './anchor.reader';
import type { Unit } from './calendar.lexicon';
import { calendarUnit, daySpan } from './calendar.units';
import { dayNumber, dayOfNumber, mondayOf } from './day.math';
import { duration } from './duration.rules';
import { parseEdtf } from './edtf.parser';
import type { Reading, Scan } from './phrase.scan';

const UNIT_SHIFTS: ReadonlyMap<string, number> = new Map([
  ['last', -1],
  ['this', 0],
  ['current', 0],
  ['next', 1],
  ['coming', 1],
  ['upcoming', 1],
]);

/** Shifts that count from the last date that the text named. */
const ANCHORED: ReadonlyMap<string, number> = new Map([
  ['previous', -1],
  ['preceding', -1],
  ['prior', -1],
  ['following', 1],
  ['ensuing', 1],
  ['subsequent', 1],
  ['same', 0],
]);

/** "last month", "this week", "the following year", "that day", "the month before", "next quarter" */
export function unitRule(scan: Scan, at: number): Reading | null {
  return plainUnit(scan, at) ?? anchoredUnit(scan, at) ?? unitBefore(scan, at) ?? unitSpokenOf(scan, at);
}

function plainUnit(scan: Scan, at: number): Reading | null {
  const word = scan.word(at);
  const calendar = scan.is(at + 1, 'calendar') ? 1 : 0;
  const unit = scan.unit(at + 1 + calendar);
  if (unit === null || /s$/.test(scan.word(at + 1 + calendar))) return null;
  const end = at + 2 + calendar;
  const shift = UNIT_SHIFTS.get(word);
  if (shift !== undefined) {
    if (unit === 'day' && word !== 'next') return null;
    if (
      word === 'next' &&
      scan.is(at - 1, 'the') &&
      scan.anchor &&
      (unit === 'day' || !scan.is(at - 2, 'in', 'over', 'within', 'during', 'for'))
    ) {
      const counted = fromAnchor(scan, unit, 1, end);
      if (counted && (unit === 'day' || scan.anchor.precision !== 'year')) return counted;
    }
    if (word === 'next' && unit === 'day' && !scan.is(at - 1, 'the')) return null;
    if (unit === 'fortnight') {
      const monday = mondayOf(scan.reference) + (shift < 0 ? -14 : 7 * shift);
      return { end, edtf: daySpan(monday, monday + 13), rule: 'relative.fortnight' };
    }
    return {
      end,
      edtf: calendarUnit(unit, scan.reference, shift),
      rule: `relative.${shift < 0 ? 'last' : shift > 0 ? 'next' : 'this'}`,
    };
  }
  if (word === 'past' && unit !== 'day') return duration(scan, at, unit, 1, end, -1);
  if (word === 'that' && scan.anchor) return fromAnchor(scan, unit, 0, end);
  return null;
}

function anchoredUnit(scan: Scan, at: number): Reading | null {
  const shift = ANCHORED.get(scan.word(at));
  if (shift === undefined) return null;
  if (shift === 0) {
    if (scan.is(at + 1, 'period', 'quarter', 'time') && samePeriodEnd(scan, at + 2)) return samePeriod(scan, at);
    if (!scan.is(at - 1, 'the', 'that')) return null;
  }
  const unit = scan.unit(at + 1);
  if (unit === null || /s$/.test(scan.word(at + 1))) return null;
  const counted = fromAnchor(scan, unit, shift, at + 2);
  if (counted || shift === 0) return counted;
  return unit === 'day' || scan.anchor
    ? null
    : { end: at + 2, edtf: calendarUnit(unit, scan.reference, shift), rule: 'relative.anchored' };
}

/** "the year before", "the day after", "the previous day" */
function unitBefore(scan: Scan, at: number): Reading | null {
  const unit = scan.unit(at);
  if (
    unit === null ||
    !scan.is(at - 1, 'the') ||
    /s$/.test(scan.word(at)) ||
    !scan.is(at + 1, 'before', 'after', 'earlier')
  )
    return null;
  const next = scan.token(at + 2);
  if (next?.kind === 'word' && !/^(and|but|when|as|the|he|she|it|they|with|in|at|to|by|on)$/.test(next.lower))
    return null;
  if (next?.kind === 'word' && /^(the|he|she|it|they)$/.test(next.lower)) return null;
  const counted = fromAnchor(scan, unit, scan.is(at + 1, 'after') ? 1 : -1, at + 2);
  if (counted || scan.is(at + 1, 'after') || scan.anchor) return counted;
  return { end: at + 2, edtf: calendarUnit(unit, scan.reference, -1), rule: 'relative.anchored' };
}

/** Words of a clause that goes on behind "the year"; others say which year is meant. */
const GOES_ON = new Set(['and', 'but', 'as', 'while', 'at', 'by']);

/** "raised its forecast for the year", "rose 3 % in the month": the one that holds the last date, or the current one of what is to come and where no date was named */
function unitSpokenOf(scan: Scan, at: number): Reading | null {
  const unit = scan.unit(at);
  if (unit === null || unit === 'decade' || unit === 'century' || /s$/.test(scan.word(at)) || !scan.is(at - 1, 'the'))
    return null;
  if (!(unit === 'day' ? scan.is(at - 2, 'for') : scan.is(at - 2, 'for', 'in', 'during', 'over'))) return null;
  const next = scan.token(at + 1);
  const open = next !== undefined && !GOES_ON.has(next.lower);
  if (open && (next.kind !== 'mark' || scan.isDash(at + 1) || scan.isApostrophe(at + 1) || next.text === '%'))
    return null;
  const end = at + 1;
  // Nothing but "for the year": of what, and hence of when, nobody says.
  if (scan.isWhole(at - 2, end)) return null;
  if (scan.anchor && !scan.looksAhead(at, end)) return fromAnchor(scan, unit, 0, end);
  // Results are of a quarter or half that is over.
  return unit === 'quarter' || unit === 'half'
    ? null
    : { end, edtf: calendarUnit(unit, scan.reference, 0), rule: 'relative.this' };
}

function samePeriodEnd(scan: Scan, at: number): boolean {
  return scan.is(at, 'last', 'of', 'a', 'in', 'the');
}

/** "the same period last year": the last period that the text named, in the year before; a comparison, not when something happened */
function samePeriod(scan: Scan, at: number): Reading | null {
  let next = at + 2;
  if (scan.is(next, 'of', 'in', 'the')) next += 1;
  if (scan.is(next, 'the')) next += 1;
  const lastYear = scan.is(next, 'last', 'previous', 'prior', 'preceding') && scan.is(next + 1, 'year');
  const yearAgo = scan.is(next, 'a') && scan.is(next + 1, 'year') && scan.is(next + 2, 'ago', 'earlier', 'before');
  const numbered = /^(19|20)\d\d$/.test(scan.word(next)) ? Number(scan.word(next)) : null;
  const anchor = scan.anchor;
  if (!anchor || anchor.lower === null || anchor.upper === null) return null;
  if (!lastYear && !yearAgo && numbered === null) return null;
  const shift = numbered === null ? -1 : numbered - Number(anchor.lower.slice(0, 4));
  const edtf = shiftYears(anchor.edtf, shift);
  return edtf === null
    ? null
    : { end: yearAgo ? next + 3 : numbered === null ? next + 2 : next + 1, edtf, rule: 'comparison.same-period' };
}

/** "earlier this month", "later this year", "earlier in the week", "so far this year", "later today", "rest of the year" */
export function soFarRule(scan: Scan, at: number): Reading | null {
  if (scan.is(at, 'year', 'month', 'quarter') && toDate(scan, at + 1))
    return edgeOfUnit(scan, scan.unit(at) ?? 'year', true, toDate(scan, at + 1) ?? at);
  const soFar = scan.is(at, 'so') && scan.is(at + 1, 'far');
  const rest = scan.is(at, 'rest', 'remainder') && scan.is(at + 1, 'of');
  const early = soFar || scan.is(at, 'earlier');
  if (!early && !rest && !scan.is(at, 'later')) return null;
  let next = soFar || rest ? at + 2 : at + 1;
  if (scan.is(next, 'on', 'in')) next += 1;
  if (scan.is(next, 'today') && !rest)
    return { end: next + 1, edtf: dayOfNumber(scan.reference), rule: 'relative.so-far' };
  const dated = /^(19|20)\d\d$/.test(scan.word(next)) ? Number(scan.word(next)) : null;
  if (dated === scan.year && scan.is(next - 1, 'in') && !rest) return edgeOfUnit(scan, 'year', early, next + 1);
  if (scan.is(next, 'that') && !rest) return edgeOfAnchor(scan, early, next + 1);
  if (!scan.is(next, 'this', 'the')) return null;
  const unit = scan.unit(next + 1);
  if (unit === null || unit === 'fortnight' || /s$/.test(scan.word(next + 1))) return null;
  return edgeOfUnit(scan, unit, early, next + 2);
}

/** "later that month": from the date named last to the end of its month */
function edgeOfAnchor(scan: Scan, early: boolean, at: number): Reading | null {
  const unit = scan.unit(at);
  const base = unit && anchorDay(scan, unit);
  const { anchor } = scan;
  if (unit === null || base === null || !anchor?.lower || !anchor.upper) return null;
  const whole = parseEdtf(calendarUnit(unit, base, 0));
  if (whole.lower === null || whole.upper === null || (whole.lower === anchor.lower && whole.upper === anchor.upper))
    return null;
  const edtf = early
    ? daySpan(dayNumber(whole.lower), dayNumber(anchor.lower))
    : daySpan(dayNumber(anchor.upper), dayNumber(whole.upper));
  return { end: at + 1, edtf, rule: 'relative.anchored' };
}

/** "year to date", "year-to-date" */
function toDate(scan: Scan, at: number): number | null {
  const to = scan.isDash(at) ? at + 1 : at;
  const date = scan.isDash(to + 1) ? to + 2 : to + 1;
  return scan.is(to, 'to') && scan.is(date, 'date') ? date + 1 : null;
}

/** The current unit up to the reference day or from it on */
function edgeOfUnit(scan: Scan, unit: Unit, early: boolean, end: number): Reading | null {
  const whole = parseEdtf(calendarUnit(unit, scan.reference, 0));
  if (whole.lower === null || whole.upper === null) return null;
  const edtf = early
    ? daySpan(dayNumber(whole.lower), scan.reference)
    : daySpan(scan.reference, dayNumber(whole.upper));
  return { end, edtf, rule: early ? 'relative.so-far' : 'relative.rest' };
}

/** "the week after next", "the month before last" */
export function unitAfterNextRule(scan: Scan, at: number): Reading | null {
  const unit = scan.unit(at);
  if (unit === null || /s$/.test(scan.word(at))) return null;
  const shift =
    scan.is(at + 1, 'after') && scan.is(at + 2, 'next')
      ? 2
      : scan.is(at + 1, 'before') && scan.is(at + 2, 'last')
        ? -2
        : 0;
  return shift === 0
    ? null
    : { end: at + 3, edtf: calendarUnit(unit, scan.reference, shift), rule: 'relative.after-next' };
}
