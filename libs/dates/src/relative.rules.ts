import { DAY_PARTS, type Unit, WEEKDAYS } from './calendar.lexicon';
import { dayNumber, dayOfNumber, mondayOf, weekdayOf } from './day.math';
import { parseEdtf, tryParseEdtf } from './edtf.parser';
import { calendarUnit, daySpan, monthSpan, type Reading, type Rule, type Scan, shiftDay } from './phrase.scan';

const DAYS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['tonight', 0],
  ['yesterday', -1],
  ['tomorrow', 1],
]);
/** "today's world" is no day. */
const AGES = new Set(
  'world age era society generation generations economy landscape environment climate standards consumers youth market markets technology leaders workforce children date digital'.split(
    ' ',
  ),
);
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
const VAGUE = new Set(['few', 'several', 'some', 'many']);
const HEDGES = new Set([
  'about',
  'around',
  'nearly',
  'almost',
  'roughly',
  'approximately',
  'over',
  'some',
  'than',
  'least',
  'under',
]);
const SUPERLATIVES =
  /^(first|only|highest|lowest|biggest|largest|worst|best|most|fastest|slowest|steepest|weakest|strongest|time|once|twice|times)$/;
/** Longest span in days of an anchor from which a unit can be counted. */
const ANCHOR_SPAN: Record<Unit, number> = {
  day: 1,
  week: 7,
  fortnight: 7,
  month: 31,
  quarter: 92,
  half: 184,
  year: 366,
  decade: 3660,
};

/** "today", "yesterday", "the day after tomorrow", "last night", "this morning" */
export function dayWordRule(scan: Scan, at: number): Reading | null {
  const shift = DAYS.get(scan.word(at));
  if (shift !== undefined) {
    const mention = scan.skipPossessive(at + 1);
    if (mention > at + 1 && AGES.has(scan.word(mention))) return null;
    const name =
      scan.token(at)?.capital &&
      scan.token(at - 1)?.capital &&
      scan.token(at - 1)?.kind === 'word' &&
      scan.token(at - 1)?.sentence === scan.token(at)?.sentence;
    if (name && !WEEKDAYS.has(scan.word(at - 1))) return null;
    const end = DAY_PARTS.has(scan.word(at + 1)) ? at + 2 : at + 1;
    return { end, edtf: dayOfNumber(scan.reference + shift), rule: 'relative.day' };
  }
  if (scan.is(at, 'day') && scan.is(at + 1, 'after', 'before')) {
    if (scan.is(at + 1, 'after') && scan.is(at + 2, 'tomorrow'))
      return { end: at + 3, edtf: dayOfNumber(scan.reference + 2), rule: 'relative.day' };
    if (scan.is(at + 1, 'before') && scan.is(at + 2, 'yesterday'))
      return { end: at + 3, edtf: dayOfNumber(scan.reference - 2), rule: 'relative.day' };
  }
  if (scan.is(at, 'this') && DAY_PARTS.has(scan.word(at + 1)))
    return { end: at + 2, edtf: dayOfNumber(scan.reference), rule: 'relative.day' };
  if (scan.is(at, 'last') && scan.is(at + 1, 'night', 'evening'))
    return { end: at + 2, edtf: dayOfNumber(scan.reference - 1), rule: 'relative.day' };
  return null;
}

/** "last month", "this week", "the following year", "that day", "the month before", "next quarter" */
export function unitRule(scan: Scan, at: number): Reading | null {
  return plainUnit(scan, at) ?? anchoredUnit(scan, at) ?? unitBefore(scan, at);
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
  if (counted || scan.is(at + 1, 'after') || unit === 'day' || scan.anchor) return counted;
  return { end: at + 2, edtf: calendarUnit(unit, scan.reference, -1), rule: 'relative.anchored' };
}

function fromAnchor(scan: Scan, unit: Unit, shift: number, end: number): Reading | null {
  const base = anchorDay(scan, unit);
  return base === null ? null : { end, edtf: calendarUnit(unit, base, shift), rule: 'relative.anchored' };
}

/** The day from which a unit is counted: null when the last date is too coarse for it. */
function anchorDay(scan: Scan, unit: Unit): number | null {
  const anchor = scan.anchor;
  if (!anchor) return null;
  const lower = anchor.lower ?? anchor.upper;
  const upper = anchor.upper ?? anchor.lower;
  if (lower === null || upper === null) return null;
  return dayNumber(upper) - dayNumber(lower) < ANCHOR_SPAN[unit] ? dayNumber(upper) : null;
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

/** The same date in another year, of the same precision: ('2025-33', -1) → '2024-33' */
function shiftYears(edtf: string, years: number): string | null {
  const moved = edtf
    .split('/')
    .map((side) =>
      side === '..' ? side : `${String(Number(side.slice(0, 4)) + years).padStart(4, '0')}${side.slice(4)}`,
    )
    .join('/')
    .replace(/-02-29/g, '-02-28');
  return /NaN/.test(moved) ? null : (tryParseEdtf(moved)?.edtf ?? null);
}

/** "three weeks ago", "in two months", "a year later", "10 days from now", "two weeks before Christmas", "exactly one year later" */
export function makeCountRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    const exactly = scan.is(at, 'exactly');
    const inFuture = scan.is(at, 'in');
    const start = exactly || inFuture ? at + 1 : at;
    const half = scan.is(start, 'half') && scan.is(start + 1, 'a') ? 2 : 0;
    const count = half ? null : scan.count(start);
    if (!count || (count.value > 400 && !scan.is(count.end, 'days'))) return null;
    const unit = scan.unit(count.end);
    if (unit === null) return null;
    const next = count.end + 1;
    if (inFuture) return inUnits(scan, at, unit, count.value, next);
    return (
      spanStarting(scan, at, unit, count.value, next, depth, readDate) ??
      ago(scan, at, unit, count.value, next) ??
      counted(scan, at, unit, count.value, next, exactly) ??
      fromDate(scan, unit, count.value, next, depth, readDate, exactly)
    );
  };
}

function ago(scan: Scan, at: number, unit: Unit, count: number, next: number): Reading | null {
  let end = next;
  if (scan.is(end, 'ago')) end += 1;
  else if (scan.is(end, 'back') && scan.token(end + 1)?.kind !== 'word') end += 1;
  else if (scan.is(end, 'from') && scan.is(end + 1, 'now', 'today'))
    return hedged(scan, at, calendarUnit(unit, scan.reference, count), end + 2, 'relative.ahead');
  else if (scan.is(end, 'from') && scan.is(end + 1, 'tomorrow'))
    return { end: end + 2, edtf: dayFrom(unit, scan.reference + 1, count), rule: 'relative.ahead' };
  else if (scan.is(end, 'hence'))
    return { end: end + 1, edtf: calendarUnit(unit, scan.reference, count), rule: 'relative.ahead' };
  else if (scan.isApostrophe(end) || scan.is(end, 'time')) return timeAhead(scan, at, unit, count, end);
  else return null;
  if (unit === 'decade')
    return { end, edtf: `${calendarUnit('year', scan.reference, -10 * count)}~`, rule: 'relative.ago' };
  if (scan.is(end, 'today') || (scan.is(end, 'this') && scan.unit(end + 1) !== null)) {
    const exact = dayOfNumber(shiftDay(unit, scan.reference, -count));
    if (scan.is(end, 'today')) return { end: end + 1, edtf: exact, rule: 'relative.ago' };
  }
  return hedged(scan, at, calendarUnit(unit, scan.reference, -count), end, 'relative.ago');
}

/** "from tomorrow" counts in days exactly. */
function dayFrom(unit: Unit, base: number, count: number): string {
  return unit === 'day' ? dayOfNumber(base + count) : calendarUnit(unit, base, count);
}

/** "about two years ago" is that year, approximately. */
function hedged(scan: Scan, at: number, edtf: string, end: number, rule: string): Reading {
  const approximate = HEDGES.has(scan.word(at - 1)) && !edtf.includes('/');
  return { end, edtf: approximate ? `${edtf}~` : edtf, rule };
}

/** "three weeks' time" after "in" */
function timeAhead(scan: Scan, at: number, unit: Unit, count: number, apostrophe: number): Reading | null {
  let end = apostrophe;
  if (scan.isApostrophe(end)) end += 1;
  if (scan.is(end, 's')) end += 1;
  if (!scan.is(end, 'time') || !scan.is(at - 1, 'in')) return null;
  return { end: end + 1, edtf: calendarUnit(unit, scan.reference, count), rule: 'relative.ahead' };
}

/** "in two weeks" is a date only for what is to come: "built in two weeks" is a duration. */
function inUnits(scan: Scan, at: number, unit: Unit, count: number, next: number): Reading | null {
  const time = timeAhead(scan, at + 1, unit, count, next);
  if (time) return time;
  if (scan.is(next, 'of', 'when', 'that', 'where', 'which', 'marked', 'dominated', 'row')) return null;
  if (scan.is(next, 'since')) return null;
  for (let back = 1; back <= 5; back += 1) if (SUPERLATIVES.test(scan.word(at - back))) return null;
  const tense = scan.tense(at, next);
  if (tense === 'past' || (scan.is(at + 1, 'a', 'an') && tense !== 'future' && !scan.alone)) return null;
  if (scan.is(at - 1, 'years', 'months', 'weeks', 'days')) return null;
  return { end: next, edtf: calendarUnit(unit, scan.reference, count), rule: 'relative.ahead' };
}

/** "three days later", "a week earlier": from the last date that the text named, or the reference day */
function counted(scan: Scan, at: number, unit: Unit, count: number, next: number, exactly: boolean): Reading | null {
  const direction = scan.is(next, 'later', 'afterwards', 'after') ? 1 : scan.is(next, 'earlier', 'before') ? -1 : 0;
  if (
    direction === 0 ||
    (scan.is(next, 'after', 'before') && ['word', 'number'].includes(scan.token(next + 1)?.kind ?? ''))
  )
    return null;
  if (scan.is(next + 1, 'than', 'this')) return null;
  const compared =
    unit === 'year' && direction < 0 && scan.is(at - 1, 'from', 'than', 'with', 'to', 'versus', 'over', 'on');
  const rule = compared ? 'comparison.earlier' : 'relative.anchored';
  const end = next + 1;
  const anchor = scan.anchor;
  if (compared && anchor) {
    const edtf = shiftYears(anchor.edtf, -count);
    return edtf === null ? null : { end, edtf, rule };
  }
  if (!anchor) return { end, edtf: calendarUnit(unit, scan.reference, direction * count), rule };
  if (exactly) {
    const edtf = exactShift(anchor.edtf, unit, direction * count);
    return edtf === null ? null : { end, edtf, rule };
  }
  const base = anchorDay(scan, unit);
  return base === null ? null : { end, edtf: calendarUnit(unit, base, direction * count), rule };
}

/** "three days starting Monday", "for two weeks from 5 May": the whole span */
function spanStarting(
  scan: Scan,
  at: number,
  unit: Unit,
  count: number,
  next: number,
  depth: number,
  readDate: Rule,
): Reading | null {
  let start = scan.is(next, ',') ? next + 1 : next;
  if (scan.is(start, 'starting', 'beginning')) start += 1;
  else if (!(scan.is(start, 'from') && scan.is(at - 1, 'for'))) return null;
  if (scan.is(start, 'on', 'from')) start += 1;
  const target = readDate(scan, scan.is(start, 'the') ? start + 1 : start, depth + 1);
  if (!target || !/^\d{4}-\d\d-\d\d$/.test(target.edtf)) return null;
  const day = dayNumber(target.edtf);
  return { end: target.end, edtf: daySpan(day, shiftDay(unit, day, count) - 1), rule: 'range.starting' };
}

/** Keeps the precision of the date that it counts from: a month is moved to a month. */
function exactShift(edtf: string, unit: Unit, count: number): string | null {
  const date = tryParseEdtf(edtf);
  if (!date || date.lower === null || date.upper === null) return null;
  switch (date.precision) {
    case 'day':
      return dayOfNumber(shiftDay(unit, dayNumber(date.lower), count));
    case 'month':
      return unit === 'day' || unit === 'week' || unit === 'fortnight'
        ? null
        : calendarUnit('month', shiftDay(unit, dayNumber(date.lower), count), 0);
    default:
      return unit === 'year' ? shiftYears(edtf, count) : unit === 'decade' ? shiftYears(edtf, 10 * count) : null;
  }
}

/** "two weeks before Christmas", "ten days after 3 June 2024", "a week from Tuesday", "three days after the announcement" is none */
function fromDate(
  scan: Scan,
  unit: Unit,
  count: number,
  next: number,
  depth: number,
  readDate: Rule,
  exactly: boolean,
): Reading | null {
  const direction = scan.is(next, 'after', 'from', 'following') ? 1 : scan.is(next, 'before') ? -1 : 0;
  if (direction === 0) return null;
  const target = readDate(scan, scan.is(next + 1, 'the') ? next + 2 : next + 1, depth + 1);
  const date = target && tryParseEdtf(target.edtf);
  if (!target || !date || date.lower === null || date.upper === null || scan.isPossessive(target.end)) return null;
  if (exactly || scan.is(next, 'from')) {
    const edtf = exactShift(target.edtf, unit, direction * count);
    if (edtf !== null) return { end: target.end, edtf, rule: 'relative.from-date' };
  }
  if (dayNumber(date.upper) - dayNumber(date.lower) >= ANCHOR_SPAN[unit]) return null;
  return {
    end: target.end,
    edtf: calendarUnit(unit, dayNumber(date.upper), direction * count),
    rule: 'relative.from-date',
  };
}

/** "earlier this month", "later this year", "earlier in the week", "so far this year", "later today", "rest of the year" */
export function soFarRule(scan: Scan, at: number): Reading | null {
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
  if (!scan.is(next, 'this', 'the')) return null;
  const unit = scan.unit(next + 1);
  if (unit === null || unit === 'fortnight' || /s$/.test(scan.word(next + 1))) return null;
  return edgeOfUnit(scan, unit, early, next + 2);
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

/** "the next three years", "past 10 days", "within six months", "in the coming weeks", "the weeks ahead", "last two quarters" */
export function durationRule(scan: Scan, at: number): Reading | null {
  if (scan.is(at, 'within')) return within(scan, at);
  const reversed = scan.count(at);
  const between = reversed && direction(scan.word(reversed.end)) !== 0 && !scan.is(at, 'a', 'an');
  if (between && scan.unit(reversed.end + 1)) {
    return duration(
      scan,
      at,
      scan.unit(reversed.end + 1),
      reversed.value,
      reversed.end + 2,
      direction(scan.word(reversed.end)),
    );
  }
  const way = direction(scan.word(at));
  if (way === 0) return ahead(scan, at);
  const pair = comingPair(scan, at + 1);
  if (way > 0 && pair !== null)
    return { end: pair, edtf: `${dayOfNumber(scan.reference)}/..`, rule: 'duration.coming' };
  if (VAGUE.has(scan.word(at + 1)) && way > 0 && scan.unit(at + 2)) {
    return { end: at + 3, edtf: `${dayOfNumber(scan.reference)}/..`, rule: 'duration.coming' };
  }
  const count = scan.count(at + 1);
  if (!count || scan.is(at + 1, 'a', 'an')) return null;
  const business = scan.is(count.end, 'business', 'working', 'calendar', 'fiscal') ? 1 : 0;
  return duration(scan, at, scan.unit(count.end + business), count.value, count.end + business + 1, way);
}

function direction(word: string): -1 | 0 | 1 {
  if (word === 'last' || word === 'past' || word === 'previous' || word === 'preceding') return -1;
  return word === 'next' || word === 'coming' || word === 'upcoming' || word === 'following' ? 1 : 0;
}

/** "weeks", "weeks or months", "weeks and months" */
function comingPair(scan: Scan, at: number): number | null {
  if (!/^(days|weeks|months|quarters|years)$/.test(scan.word(at))) return null;
  return scan.is(at + 1, 'or', 'and') && /^(days|weeks|months|quarters|years)$/.test(scan.word(at + 2))
    ? at + 3
    : at + 1;
}

function ahead(scan: Scan, at: number): Reading | null {
  const pair = comingPair(scan, at);
  return pair !== null && scan.is(pair, 'ahead', 'to') && (scan.is(pair, 'ahead') || scan.is(pair + 1, 'come'))
    ? {
        end: scan.is(pair, 'ahead') ? pair + 1 : pair + 2,
        edtf: `${dayOfNumber(scan.reference)}/..`,
        rule: 'duration.coming',
      }
    : null;
}

/** Days, weeks, months and years count from the reference day; quarters are those of the calendar. */
function duration(
  scan: Scan,
  at: number,
  unit: Unit | null,
  count: number,
  end: number,
  way: -1 | 0 | 1,
): Reading | null {
  if (unit === null || way === 0) return null;
  if (count === 1 && unit !== 'decade' && !scan.is(at, 'past')) return null;
  const { reference } = scan;
  if (unit === 'quarter') {
    const quarter = Math.floor((scan.month - 1) / 3);
    const [first, last] = way < 0 ? [quarter - count, quarter - 1] : [quarter + 1, quarter + count];
    return { end, edtf: monthSpan(scan.year, first * 3, last * 3 + 2), rule: 'duration.quarters' };
  }
  return way < 0
    ? { end, edtf: daySpan(shiftDay(unit, reference, -count), reference - 1), rule: 'duration.past' }
    : { end, edtf: daySpan(reference + 1, shiftDay(unit, reference, count)), rule: 'duration.next' };
}

/** "within six months", "within the next year" */
function within(scan: Scan, at: number): Reading | null {
  let next = at + 1;
  if (scan.is(next, 'the')) next += 1;
  if (scan.is(next, 'next', 'coming')) next += 1;
  const named = next > at + 1;
  const count = scan.count(next);
  const unit = scan.unit(count?.end ?? next);
  if (unit === null || (!count && !named) || (!count && /s$/.test(scan.word(next)))) return null;
  const end = (count?.end ?? next) + 1;
  if (scan.is(end, 'of', 'after', 'from', 'following') && !scan.is(end + 1, 'now')) return null;
  const tense = scan.tense(at, end);
  if (!named && tense === 'past') return null;
  const upper = shiftDay(unit, scan.reference, count?.value ?? 1);
  return {
    end,
    edtf: daySpan(scan.reference, unit === 'day' || unit === 'week' ? upper : upper - 1),
    rule: 'duration.within',
  };
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

/** "the weekend", "over the weekend", "last weekend", "this weekend", "next weekend", "the weekend of 5 April" */
export function weekendRule(scan: Scan, at: number): Reading | null {
  if (!scan.is(at, 'weekend')) return null;
  const before = scan.word(at - 1);
  if (!['the', 'last', 'this', 'next', 'past', 'coming', 'previous'].includes(before) && !scan.alone) return null;
  const saturday = mondayOf(scan.reference) + 5;
  const latest = saturday + 1 < scan.reference ? saturday : saturday - 7;
  const upcoming = saturday;
  const future =
    before === 'next' || before === 'coming' || (before !== 'last' && before !== 'past' && scan.looksAhead(at, at + 1));
  const begun = weekdayOf(scan.reference) >= 6 && before === 'this';
  const first =
    before === 'next'
      ? saturday + 7
      : future
        ? upcoming
        : begun
          ? saturday
          : before === 'this' && scan.tense(at, at + 1) !== 'past'
            ? upcoming
            : latest;
  return { end: at + 1, edtf: daySpan(first, first + 1), rule: 'relative.weekend' };
}
