import { DAY_PARTS, WEEKDAYS } from './calendar.lexicon';
import { daySpan } from './calendar.units';
import { dayNumber, dayOfNumber } from './day.math';
import type { Measured, Reading, Scan } from './phrase.scan';

const HOUR = /^(?:h|hours?|hrs?)$/;
const CLOCK_UNIT = /^(?:minutes?|hours?|mins?|hrs?)$/;
/** Written to its number: "2h", "45min" */
const GLUED_UNIT = /^(?:h|hrs?|min|mins)$/;

/** A count of minutes or hours, in hours: "half an hour", "30 minutes", "an hour" */
function clockCount(scan: Scan, at: number): Measured | null {
  if (scan.is(at, 'half') && scan.is(at + 1, 'an') && scan.is(at + 2, 'hour')) return { value: 0.5, end: at + 3 };
  const count = scan.count(at);
  return count && clockUnit(scan, count.value, count.end);
}

function clockUnit(scan: Scan, count: number, at: number): Measured | null {
  const word = scan.word(at);
  // "1H" is a half of a year.
  if (scan.glued(at) ? !GLUED_UNIT.test(scan.token(at)?.text ?? '') : !CLOCK_UNIT.test(word)) return null;
  return { value: HOUR.test(word) ? count : count / 60, end: at + 1 };
}

/** "half an hour from now", "two hours ago", "in 5 minutes", "the last 24 hours", "next hour", "30 minutes later": the day in which they fall */
export function clockRule(scan: Scan, at: number): Reading | null {
  if (scan.is(at, 'in', 'within')) return ahead(scan, at);
  return passing(scan, at) ?? away(scan, at);
}

function ahead(scan: Scan, at: number): Reading | null {
  const named = scan.is(at + 1, 'the') && scan.is(at + 2, 'next', 'coming') ? at + 3 : at + 1;
  const count = clockCount(scan, named);
  if (!count || (named === at + 1 && isDutyWithin(scan, at))) return null;
  // By itself "within 5 hours" is a limit, "in 5 hours" is a moment.
  const itself = scan.is(at, 'in') && scan.isWhole(at, count.end);
  if (!scan.alone && !itself && !happensAt(scan, at, count)) return null;
  const last = scan.reference + wholeDays(count.value);
  return { end: count.end, edtf: daySpan(scan.is(at, 'in') ? last : scan.reference, last), rule: 'relative.clock' };
}

const HOURS_OF_A_DAY = 24;

/** What happens at a moment; anything else takes its minutes: "will charge in ten minutes". */
const MOMENTS = new Set(
  'back leave depart arrive return start begin open reopen close launch off land meet resume end expire vote speak sail go'.split(
    ' ',
  ),
);
/** How far before "in" such a verb may stand, in tokens: "go back to base in". */
const MOMENT_REACH = 4;

function happensAt(scan: Scan, at: number, { value, end }: Measured): boolean {
  if (scan.tense(at, end) !== 'future') return false;
  if (value >= HOURS_OF_A_DAY) return true;
  for (let back = 1; back <= MOMENT_REACH; back += 1) if (MOMENTS.has(scan.word(at - back))) return true;
  return false;
}

/** How far before "within" the verb of a duty may stand, in tokens. */
const DUTY_REACH = 8;

/** "firms must report breaches within 72 hours": counted from each breach, not from today */
function isDutyWithin(scan: Scan, at: number): boolean {
  for (let back = 1; back <= DUTY_REACH; back += 1)
    if (scan.is(at - back, 'must', 'shall', 'required', 'obliged', 'should')) return true;
  return false;
}

const WAYS: ReadonlyMap<string, -1 | 1> = new Map([
  ['last', -1],
  ['past', -1],
  ['previous', -1],
  ['next', 1],
  ['coming', 1],
]);

/** "the last 24 hours", "13 last minutes", "next hour" */
function passing(scan: Scan, at: number): Reading | null {
  const way = WAYS.get(scan.word(at));
  if (way !== undefined) {
    const count = scan.is(at + 1, 'hour', 'minute') ? { value: 1, end: at + 2 } : clockCount(scan, at + 1);
    return count && around(scan, way, count);
  }
  const count = scan.count(at);
  const after = count && WAYS.get(scan.word(count.end));
  const measured = count && after ? clockUnit(scan, count.value, count.end + 1) : null;
  return measured && after ? around(scan, after, measured) : null;
}

function around(scan: Scan, way: -1 | 1, { value, end }: Measured): Reading {
  const other = scan.reference + way * wholeDays(value);
  const edtf = daySpan(Math.min(other, scan.reference), Math.max(other, scan.reference));
  return { end, edtf, rule: 'relative.clock' };
}

/** "two hours ago", "hours ago", "30 minutes later", "an hour from now" */
function away(scan: Scan, at: number): Reading | null {
  const vague = scan.is(at, 'hours', 'minutes') && !scan.glued(at) ? { value: 1, end: at + 1 } : null;
  const count = clockCount(scan, at) ?? vague;
  if (!count || !wholeDayCount(count.value)) return null;
  const days = wholeDays(count.value);
  const { end } = count;
  if (scan.is(end, 'ago')) return dayAt(scan.reference - days, end + 1);
  if (scan.is(end, 'from') && scan.is(end + 1, 'now')) return dayAt(scan.reference + days, end + 2);
  if (!scan.is(end, 'later', 'earlier') || scan.is(end + 1, 'than', 'this', 'in', 'on', 'today')) return null;
  const base = baseDay(scan);
  return base === null ? null : dayAt(base + (scan.is(end, 'later') ? days : -days), end + 1);
}

const dayAt = (day: number, end: number): Reading => ({ end, edtf: dayOfNumber(day), rule: 'relative.clock' });

/** What is less than half a day away is taken to be on the same day. */
const wholeDays = (hours: number): number => (hours < 13 ? 0 : Math.ceil(hours / 24));
const wholeDayCount = (hours: number): boolean => hours < 13 || hours % 24 === 0;

/** The day named last; the reference day where the text has named none, nothing where it has named a longer span. */
function baseDay(scan: Scan): number | null {
  const { anchor } = scan;
  if (!anchor) return scan.reference;
  return anchor.lower !== null && anchor.lower === anchor.upper ? dayNumber(anchor.lower) : null;
}

/** "the next morning", "the following evening" */
export function nextDayPartRule(scan: Scan, at: number): Reading | null {
  if (!scan.is(at, 'next', 'following') || !DAY_PARTS.has(scan.word(at + 1))) return null;
  const base = baseDay(scan);
  return base === null ? null : { end: at + 2, edtf: dayOfNumber(base + 1), rule: 'relative.day' };
}

const FREE_AFTER = /^(?:and|but|after|as|in|on|at|from|by|to|with|when|while|because|that|for|following|between)$/;

/** "was attacked overnight": the night before the reference day; "the overnight rate" and "an overnight success" are none */
export function overnightRule(scan: Scan, at: number): Reading | null {
  if (!scan.is(at, 'overnight') || scan.glued(at)) return null;
  const next = scan.token(at + 1);
  const free = next?.kind !== 'word' || FREE_AFTER.test(next.lower);
  const ofADay = scan.is(at + 1, 'on', 'from') && WEEKDAYS.has(scan.word(at + 2));
  if (
    !free ||
    ofADay ||
    scan.is(at - 1, 'an', 'the', 'its', 'their', 'become', 'became') ||
    scan.looksAhead(at, at + 1)
  )
    return null;
  return { end: at + 1, edtf: daySpan(scan.reference - 1, scan.reference), rule: 'relative.day' };
}
