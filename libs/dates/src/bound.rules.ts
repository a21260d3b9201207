import { calendarUnit, daySpan, fromSide, joinDates, toSide } from './calendar.units';
import { calendarDay, dayNumber, dayOfNumber } from './day.math';
import { dayOfTime } from './clock.time';
import { parseEdtf, tryParseEdtf } from './edtf.parser';
import { isEndOf } from './part.rules';
import { partialSpan } from './partial.span';
import type { Reading, Rule, Scan } from './phrase.scan';

/** A preposition that bounds a date, and what it makes of it. */
interface Bound {
  end: number;
  rule: string;
  make: (edtf: string) => string | null;
}

const upTo = (edtf: string): string | null => (toSide(edtf) === '..' ? null : `../${toSide(edtf)}`);
const startingAt = (edtf: string): string | null => (fromSide(edtf) === '..' ? null : `${fromSide(edtf)}/..`);
/** After a day means from it on, after a month or year from the next one on: 2024-06 → 2024-07/.. */
function afterAll(edtf: string): string | null {
  const date = tryParseEdtf(toSide(edtf));
  if (!date || date.upper === null || date.precision === 'day') return startingAt(edtf);
  const next = dayNumber(date.upper) + 1;
  if (date.precision === 'year') return `${calendarUnit('year', next, 0)}/..`;
  return date.precision === 'month' ? `${calendarUnit('month', next, 0)}/..` : `${dayOfNumber(next)}/..`;
}
const itself = (edtf: string): string | null => (edtf.includes('..') ? null : edtf);

/** "by 2028", "until June", "no later than", "before", "since 2018", "from 2018 on", "no earlier than 2031", "after 2025" */
export function makeBoundRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    const bound = notBefore(scan, at) ?? boundHead(scan, at);
    if (!bound) return null;
    const timed = timedDay(scan, at, bound);
    if (timed !== null) return throughDay(readDate(scan, timed, depth + 1));
    const whole = bound.rule === 'bound.by' ? isEndOf(scan, bound.end) : null;
    const start = whole ?? bound.end;
    const target = readTarget(scan, start, depth, readDate, whole !== null);
    if (!target || target.rule.startsWith('comparison.') || (scan.isPossessive(target.end) && !scan.alone)) return null;
    const edtf = bound.make(target.edtf);
    if (edtf === null) return null;
    const onwards =
      scan.is(target.end, 'onwards', 'onward', 'on', 'forward') &&
      bound.rule === 'bound.from' &&
      !(scan.is(target.end, 'on') && scan.is(target.end + 1, 'the', 'a'));
    return { end: onwards ? target.end + 1 : target.end, edtf, rule: bound.rule };
  };
}

/** Words before "before" that put what happened next to the time: on that day, not by it. */
const BESIDE = new Set('shortly just minutes hours hour moments soon long immediately even'.split(' '));

/** "by 5 p.m. on ⟨Friday⟩", "before noon on ⟨30 April⟩" in what is still to come; "before 3 a.m. on Monday" of what happened is on that day */
function timedDay(scan: Scan, at: number, { rule, end }: Bound): number | null {
  if (rule !== 'bound.by' && rule !== 'bound.before') return null;
  const day = dayOfTime(scan, scan.is(end, 'around', 'about') ? end + 1 : end);
  if (day === null || BESIDE.has(scan.word(at - 1))) return null;
  // "from 9 a.m. until 5 p.m. on Friday" is on that day.
  if (scan.is(at, 'until', 'till', 'through') && /^(?:am|pm|m|\.|\d+|noon|midnight)$/.test(scan.word(at - 1)))
    return null;
  return rule === 'bound.before' && scan.tense(at, end) === 'past' ? null : day;
}

const throughDay = (day: Reading | null): Reading | null =>
  day && /^\d{4}-\d\d-\d\d$/.test(day.edtf) ? { ...day, edtf: `../${day.edtf}`, rule: 'bound.by' } : null;

/** What a bound applies to; after "the end of" also the bare "year", "month", "decade". */
function readTarget(scan: Scan, at: number, depth: number, readDate: Rule, endOf: boolean): Reading | null {
  const start = scan.is(at, 'the') ? at + 1 : at;
  const named = start > at ? scan.unit(start) : null;
  if (named !== null && scan.is(start + 1, 'is') && scan.is(start + 2, 'out', 'over', 'through'))
    return { end: start + 3, edtf: calendarUnit(named, scan.reference, 0), rule: 'relative.this' };
  const unit = endOf ? named : null;
  if (unit !== null && !/s$/.test(scan.word(start))) {
    const edge = readDate(scan, at - (scan.is(at - 1, 'of') ? 2 : 1), depth + 1);
    if (edge) return { ...edge, edtf: wholeOf(edge.edtf) };
  }
  return readDate(scan, start, depth + 1);
}

/** December of a year stands for its end, hence for the year: ../2025 rather than ../2025-12 */
function wholeOf(edtf: string): string {
  return /^\d{4}-12$/.test(edtf) ? edtf.slice(0, 4) : toSide(edtf);
}

function boundHead(scan: Scan, at: number): Bound | null {
  const word = scan.word(at);
  switch (word) {
    case 'until':
      if (scan.is(at + 1, 'at') && scan.is(at + 2, 'least'))
        return { end: at + 3, rule: 'bound.after', make: startingAt };
      return { end: at + 1, rule: 'bound.by', make: upTo };
    case 'by':
    case 'till':
    case 'through':
      if (scan.is(at - 1, 'all')) return { end: at + 1, rule: 'bound.throughout', make: itself };
      return { end: scan.is(at + 1, 'about', 'around') ? at + 2 : at + 1, rule: 'bound.by', make: upTo };
    case 'up':
      return scan.is(at + 1, 'to', 'until') && (scan.is(at + 2, 'the') || scan.monthName(at + 2) !== null)
        ? { end: at + 2, rule: 'bound.by', make: upTo }
        : null;
    case 'no':
    case 'not':
      return negated(scan, at);
    case 'before':
      return { end: at + 1, rule: 'bound.before', make: upTo };
    case 'prior':
    case 'earlier':
      return scan.is(at + 1, 'to', 'than') ? { end: at + 2, rule: 'bound.before', make: upTo } : null;
    case 'later':
      return scan.is(at + 1, 'than') ? { end: at + 2, rule: 'bound.after', make: afterAll } : null;
    case 'after':
      return { end: at + 1, rule: 'bound.after', make: afterAll };
    case 'ahead':
      return scan.is(at + 1, 'of') ? { end: at + 2, rule: 'bound.before', make: upTo } : null;
    case 'since':
      return { end: scan.is(at + 1, 'about', 'around', 'at') ? at + 2 : at + 1, rule: 'bound.since', make: itself };
    case 'from':
    case 'starting':
    case 'beginning':
    case 'effective':
      return {
        end: scan.is(at + 1, 'in', 'on', 'from', 'as') ? (scan.is(at + 1, 'as') ? at + 3 : at + 2) : at + 1,
        rule: 'bound.from',
        make: itself,
      };
    case 'as':
      return scan.is(at + 1, 'of', 'from') ? { end: at + 2, rule: 'bound.from', make: itself } : null;
    default:
      return null;
  }
}

/** How far before "until" its negation may stand, in tokens. */
const NEGATION_REACH = 6;

/** "will not open until 2028" is no earlier than 2028; "did not open until 2019" is 2019 */
function notBefore(scan: Scan, at: number): Bound | null {
  const until = scan.is(at, 'until', 'till');
  if (!until && !scan.is(at, 'before')) return null;
  const end = scan.is(at + 1, 'at') && scan.is(at + 2, 'least') ? at + 3 : at + 1;
  if (!isNegated(scan, at)) return null;
  if (scan.tense(at, at + 1) !== 'past') return { end, rule: 'bound.after', make: startingAt };
  return until ? { end, rule: 'bound.since', make: itself } : null;
}

/** Does the verb before carry a "not"? Commas and conjunctions end its reach. */
function isNegated(scan: Scan, at: number): boolean {
  for (let back = at - 1; back >= at - NEGATION_REACH; back -= 1) {
    if (scan.is(back, ',', ';', 'and', 'but', 'that', 'which')) return false;
    if (scan.is(back, 'not', 'never', 'cannot', 'unlikely') || (scan.is(back, 't') && scan.isApostrophe(back - 1)))
      return true;
  }
  return false;
}

function negated(scan: Scan, at: number): Bound | null {
  if (scan.is(at + 1, 'later') && scan.is(at + 2, 'than')) return { end: at + 3, rule: 'bound.by', make: upTo };
  if (scan.is(at + 1, 'earlier', 'sooner') && scan.is(at + 2, 'than'))
    return { end: at + 3, rule: 'bound.after', make: startingAt };
  if (scan.is(at + 1, 'before', 'until', 'till')) return { end: at + 2, rule: 'bound.after', make: startingAt };
  return null;
}

/** "between March and May 2024", "from 3 to 7 June", "3–7 June 2024", "2018-20", "from mid-2024 to early 2025", "Monday to Friday" */
export function makeRangeRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    if (scan.is(at, 'between', 'from')) {
      const between = scan.is(at, 'between');
      const read = bestOf(partialSpan(scan, at + 1, between), generalRange(scan, at + 1, depth, between, readDate));
      return read && { ...read, rule: between ? 'range.between' : 'range.from-to' };
    }
    return bestOf(
      partialSpan(scan, at, false) ?? dayPair(scan, at) ?? dayList(scan, at),
      generalRange(scan, at, depth, false, readDate),
    );
  };
}

function bestOf(first: Reading | null, second: Reading | null): Reading | null {
  if (!first || !second) return first ?? second;
  return second.end > first.end ? second : first;
}

/** "3 and 4 June", "January and February": neighbouring days or months are one span */
function dayPair(scan: Scan, at: number): Reading | null {
  const pair = partialSpan(scan, at, true);
  if (!pair) return null;
  const [from = '', to = ''] = pair.edtf.split('/').map((side) => parseEdtf(side).lower ?? '');
  const days = pair.edtf.length === 21 && dayNumber(to) - dayNumber(from) === 1;
  const months = pair.edtf.length === 15 && dayNumber(to) - dayNumber(from) <= 31;
  return days || months ? pair : null;
}

/** "5, 6 and 7 May": days in a row are one span */
function dayList(scan: Scan, at: number): Reading | null {
  let next = at;
  let days = 0;
  while (/^\d{1,2}$/.test(scan.word(next)) && scan.is(next + 1, ',') && days < 7) {
    if (days > 0 && Number(scan.word(next)) !== Number(scan.word(next - 2)) + 1) return null;
    next += 2;
    days += 1;
  }
  if (days === 0 || scan.glued(at)) return null;
  const pair = dayPair(scan, next);
  const first = pair && dayNumber(fromSide(pair.edtf)) - days;
  if (!pair || first === null || pair.edtf.length !== 21 || Number(scan.word(at)) !== calendarDay(first).day)
    return null;
  return { ...pair, edtf: daySpan(first, dayNumber(toSide(pair.edtf))) };
}

/** Both ends are read at the range's own depth: no date holds a range, and what a date alone would be is known already. */
function generalRange(scan: Scan, at: number, depth: number, between: boolean, readDate: Rule): Reading | null {
  const now = between && scan.is(at, 'now') ? { end: at + 1, edtf: dayOfNumber(scan.reference), rule: 'now' } : null;
  const first = now ?? readDate(scan, scan.is(at, 'the') ? at + 1 : at, depth);
  if (!first) return null;
  const dash = scan.isDash(first.end);
  if (
    !(between
      ? scan.is(first.end, 'and') || dash
      : dash || scan.is(first.end, 'to', 'until', 'till', 'through', 'thru'))
  )
    return null;
  const next = scan.is(first.end + 1, 'the') ? first.end + 2 : first.end + 1;
  const second = readDate(scan, next, depth);
  if (!second) return null;
  const edtf =
    joinDates(first.edtf, second.edtf) ??
    weekdayAfter(first, second) ??
    joinDates(withYearOf(first, second), second.edtf);
  return edtf === null ? null : { end: second.end, edtf, rule: 'range.general' };
}

/** "from next Monday to Friday": the first such weekday after the first date */
function weekdayAfter(first: Reading, second: Reading): string | null {
  if (!second.rule.startsWith('weekday.plain') || first.edtf.length !== 10) return null;
  const start = dayNumber(first.edtf);
  return daySpan(start, start + ((((dayNumber(second.edtf) - start) % 7) + 7) % 7));
}

/** "from the end of March to the middle of September": a first date that came out later takes the year of the second. */
function withYearOf(first: Reading, second: Reading): string {
  const year = toSide(second.edtf).slice(0, 4);
  return first.edtf
    .split('/')
    .map((side) => `${year}${side.slice(4)}`)
    .join('/');
}

/** "2018 or later", "March 2026 onwards", "2031 at the earliest": a bound that follows its date */
export function boundAfter(scan: Scan, reading: Reading): Reading {
  const { end, edtf } = reading;
  const length =
    scan.is(end, 'or', 'and') && scan.is(end + 1, 'later', 'beyond', 'thereafter', 'after', 'above', 'greater', 'newer')
      ? 2
      : scan.is(end, 'onwards', 'onward')
        ? 1
        : scan.is(end, 'at') && scan.is(end + 1, 'the') && scan.is(end + 2, 'earliest')
          ? 3
          : 0;
  if (length > 0 && !edtf.includes('/')) return { end: end + length, edtf: `${edtf}/..`, rule: 'bound.after' };
  const latest =
    scan.is(end, 'or') && scan.is(end + 1, 'earlier', 'before', 'sooner')
      ? 2
      : scan.is(end, 'at') && scan.is(end + 1, 'the') && scan.is(end + 2, 'latest')
        ? 3
        : 0;
  return latest > 0 && !edtf.includes('/') ? { end: end + latest, edtf: `../${edtf}`, rule: 'bound.by' } : reading;
}

const GATHERINGS = new Set(
  `meeting summit conference visit forum event trip talks session sessions hearing strike festival workshop expo fair tour gathering hackathon symposium exhibition
  retreat congress convention trial vote outage shutdown exercise drill`.split(/\s+/),
);
/** How far before its date "a two-day meeting" may stand, in tokens. */
const REACH = 12;

/** "a two-day meeting that began on 3 June": the whole span of a gathering of N days, when the date is its first or last day */
export function gatheringSpan(scan: Scan, at: number, reading: Reading): Reading {
  if (!/^\d{4}-\d\d-\d\d$/.test(reading.edtf)) return reading;
  const sentence = scan.token(at)?.sentence;
  for (let index = at - 1; index > Math.max(1, at - REACH) && scan.token(index)?.sentence === sentence; index -= 1) {
    if (!scan.is(index, 'day') || !scan.isDash(index - 1)) continue;
    const count = scan.count(index - 2);
    const gathering = [1, 2, 3].some((step) => GATHERINGS.has(scan.word(index + step)));
    if (!count || !gathering || count.value > 31) return reading;
    const between = Array.from({ length: at - index }, (_, step) => scan.word(index + step));
    const day = dayNumber(reading.edtf);
    if (between.some((word) => /^(said|announced|told|after|before|ahead|by|until|since)$/.test(word))) return reading;
    const ends = between.some((word) => /^(ended|ends|ending|concluded|concludes|closed|closes|wrapped)$/.test(word));
    const edtf = ends ? daySpan(day - count.value + 1, day) : daySpan(day, day + count.value - 1);
    return { ...reading, edtf, rule: 'range.gathering' };
  }
  return reading;
}
