import { DAY_PARTS, MONTHS, WEEKDAYS } from './calendar.lexicon';
import { daySpan } from './calendar.units';
import {
  addMonths,
  calendarDay,
  dayNumber,
  dayOfNumber,
  daysInMonth,
  isCalendarDay,
  mondayOf,
  numberOf,
  weekdayOf,
} from './day.math';
import { dayNumberAt } from './partial.date';
import type { Measured, Reading, Scan } from './phrase.scan';

/** Newspapers and shows, not days: "the Sunday Times" */
const NAMED = new Set(
  'times telegraph mail mirror express post herald star review night supper com independent world age business'.split(
    ' ',
  ),
);
const COMPANY = new Set('inc corp ltd labs gmbh technologies ai'.split(' '));
/** What is named for a day without being on it: "the Friday app" */
const NAMED_THINGS = new Set(
  'app apps platform software browser chatbot assistant api sdk startup start-up'.split(' '),
);
const WEEK_SHIFTS: ReadonlyMap<string, number> = new Map([
  ['last', -1],
  ['previous', -1],
  ['this', 0],
  ['next', 1],
  ['coming', 1],
]);

/** "on Tuesday", "last Friday", "next Monday", "Tuesday of last week", "Friday the 13th", "Monday and Tuesday" */
export function weekdayRule(scan: Scan, at: number): Reading | null {
  const weekday = WEEKDAYS.get(scan.word(at));
  const token = scan.token(at);
  if (weekday === undefined || !token) return null;
  if (token.text.length <= 5 && !['monday', 'friday', 'sunday'].includes(token.lower) && !token.lower.endsWith('day'))
    return shortWeekday(scan, at, weekday);
  if (!weekdayStands(scan, at)) return null;
  return read(scan, at, weekday, at + 1);
}

/** "Tue." and "Wed" need "on", a full stop or a number to be days. */
function shortWeekday(scan: Scan, at: number, weekday: number): Reading | null {
  if (!scan.token(at)?.capital && !scan.alone) return null;
  if (!scan.alone && !scan.is(at - 1, 'on', 'last', 'next', 'this', 'since', 'until', 'by') && !scan.ordinal(at + 1))
    return null;
  return read(scan, at, weekday, scan.is(at + 1, '.') && scan.glued(at + 1) ? at + 2 : at + 1);
}

function weekdayStands(scan: Scan, at: number): boolean {
  const after = scan.token(at + 1);
  if (after?.capital && (NAMED.has(after.lower) || COMPANY.has(after.lower))) return false;
  if (NAMED_THINGS.has(scan.word(at + 1)) && !scan.is(at - 1, 'on', 'last', 'next', 'this')) return false;
  if (scan.is(at + 1, '.') && scan.is(at + 2, 'com', 'ai') && scan.glued(at + 2)) return false;
  return !scan.is(at - 1, 'every', 'each', 'black', 'bloody', 'super', 'fat', 'ash', 'cyber');
}

function read(scan: Scan, at: number, weekday: number, end: number): Reading | null {
  return (
    numbered(scan, at, weekday, end) ??
    consecutive(scan, at, weekday) ??
    ofWeek(scan, weekday, end) ??
    afterNext(scan, weekday, end) ??
    plain(scan, at, weekday, end)
  );
}

/** "Friday the 13th", "Monday 21": the nearest month in which that number falls on that weekday */
function numbered(scan: Scan, at: number, weekday: number, end: number): Reading | null {
  const start = scan.is(end, 'the') ? end + 1 : end;
  const day = dayNumberAt(scan, start);
  if (!day || day.value < 1 || day.value > 31) return null;
  const after = scan.token(day.end);
  if (
    after?.kind === 'word' &&
    !timeFollows(scan, day.end) &&
    (!AFTER_DAY.has(after.lower) || (start === end && !scan.ordinal(start)))
  )
    return null;
  if (scan.is(day.end, ':', '.', ',', '/') && scan.token(day.end + 1)?.kind === 'number' && scan.glued(day.end))
    return null;
  const ahead = scan.looksAhead(at, day.end);
  for (let months = 0; months <= 24; months += 1) {
    const first = addMonths(numberOf(scan.year, scan.month, 1), ahead ? months : -months);
    const { year, month } = calendarDay(first);
    if (!isCalendarDay(year, month, day.value)) continue;
    const candidate = numberOf(year, month, day.value);
    const fits =
      weekdayOf(candidate) === weekday && (ahead ? candidate >= scan.reference : candidate <= scan.reference);
    if (fits) return { end: day.end, edtf: dayOfNumber(candidate), rule: 'weekday.numbered' };
  }
  return null;
}

/** "at 4", "from 2pm", "six pm" */
function timeFollows(scan: Scan, at: number): boolean {
  const hour = scan.is(at, 'at', 'from', 'between') ? at + 1 : at;
  const spelled = scan.cardinal(hour);
  return (
    (hour > at && scan.token(hour)?.kind === 'number') ||
    (spelled !== null && scan.is(spelled.end, 'am', 'pm', 'a', 'p', 'o'))
  );
}

/** "Monday and Tuesday": two days in a row are one span */
function consecutive(scan: Scan, at: number, weekday: number): Reading | null {
  const second = WEEKDAYS.get(scan.word(at + 2));
  if (!scan.is(at + 1, 'and') || second === undefined || second % 7 !== (weekday + 1) % 7) return null;
  const first = ofWeekDay(scan, at, weekday, at + 3);
  return { end: first.end, edtf: daySpan(first.day, first.day + 1), rule: 'weekday.consecutive' };
}

function ofWeekDay(scan: Scan, at: number, weekday: number, end: number): { day: number; end: number } {
  const week = weekAfter(scan, end);
  if (week) return { day: week.monday + weekday - 1, end: week.end };
  return { day: nearest(scan, at, end, weekday), end };
}

/** "Tuesday of last week", "Tuesday next week" */
function ofWeek(scan: Scan, weekday: number, end: number): Reading | null {
  const after = weekAfter(scan, skipDayPart(scan, end));
  return after && { end: after.end, edtf: dayOfNumber(after.monday + weekday - 1), rule: 'weekday.of-week' };
}

/** "the Friday after next" */
function afterNext(scan: Scan, weekday: number, end: number): Reading | null {
  if (
    !scan.is(end, 'after') ||
    !scan.is(end + 1, 'next') ||
    scan.unit(end + 2) !== null ||
    WEEKDAYS.has(scan.word(end + 2))
  )
    return null;
  const ahead = (weekday - weekdayOf(scan.reference) + 7) % 7 || 7;
  return { end: end + 2, edtf: dayOfNumber(scan.reference + ahead + 7), rule: 'weekday.after-next' };
}

/** "two Fridays ago", "three Mondays from now" */
export function countedWeekdayRule(scan: Scan, at: number): Reading | null {
  const count = scan.count(at);
  const weekday = count && WEEKDAYS.get(scan.word(count.end).replace(/s$/, ''));
  if (!count || !weekday) return null;
  const today = weekdayOf(scan.reference);
  const back = (today - weekday + 7) % 7 || 7;
  const forth = (weekday - today + 7) % 7 || 7;
  const weeks = 7 * (count.value - 1);
  if (scan.is(count.end + 1, 'ago'))
    return { end: count.end + 2, edtf: dayOfNumber(scan.reference - back - weeks), rule: 'weekday.counted' };
  return scan.is(count.end + 1, 'from') && scan.is(count.end + 2, 'now')
    ? { end: count.end + 3, edtf: dayOfNumber(scan.reference + forth + weeks), rule: 'weekday.counted' }
    : null;
}

/** "last week on Tuesday", "next week's Wednesday", "a week ago on Monday" */
export function weekThenDayRule(scan: Scan, at: number): Reading | null {
  const ago = scan.is(at, 'a') && scan.is(at + 2, 'ago');
  const shift = ago ? -1 : WEEK_SHIFTS.get(scan.word(at));
  if (shift === undefined || !scan.is(at + 1, 'week')) return null;
  let next = ago ? at + 3 : scan.skipPossessive(at + 2);
  if (scan.is(next, ',') || scan.isDash(next)) next += 1;
  if (scan.is(next, 'on')) next += 1;
  const weekday = WEEKDAYS.get(scan.word(next));
  if (weekday === undefined || (scan.word(next).length < 6 && !scan.token(next)?.capital)) return null;
  return {
    end: next + 1,
    edtf: dayOfNumber(mondayOf(scan.reference) + 7 * shift + weekday - 1),
    rule: 'weekday.of-week',
  };
}

function weekAfter(scan: Scan, at: number): { monday: number; end: number } | null {
  let next = at;
  if (scan.is(next, ',')) next += 1;
  if (scan.is(next, 'of', 'in', 'from')) next += 1;
  if (scan.is(next, 'the')) next += 1;
  if (
    scan.is(next, 'following', 'next') &&
    next > at &&
    scan.is(next - 1, 'the') &&
    scan.is(next + 1, 'week') &&
    scan.anchor?.upper
  ) {
    return { monday: mondayOf(dayNumber(scan.anchor.upper)) + 7, end: next + 2 };
  }
  if (scan.is(next, 'a') && scan.is(next + 1, 'week') && scan.is(next + 2, 'ago'))
    return { monday: mondayOf(scan.reference) - 7, end: next + 3 };
  const word = scan.is(next, 'following') ? 'next' : scan.word(next);
  const shift = WEEK_SHIFTS.get(word);
  return shift === undefined || !scan.is(next + 1, 'week')
    ? null
    : { monday: mondayOf(scan.reference) + 7 * shift, end: next + 2 };
}

function plain(scan: Scan, at: number, weekday: number, end: number): Reading {
  return { end: skipDayPart(scan, end), edtf: dayOfNumber(nearest(scan, at, end, weekday)), rule: 'weekday.plain' };
}

const skipDayPart = (scan: Scan, at: number): number => (DAY_PARTS.has(scan.word(at)) ? at + 1 : at);

/** Before the reference day unless the words or verbs say otherwise; "last" and "next" leave the reference day itself out. */
function nearest(scan: Scan, at: number, end: number, weekday: number): number {
  const { reference } = scan;
  const today = weekdayOf(reference);
  const onOrBefore = reference - ((today - weekday + 7) % 7);
  const onOrAfter = reference + ((weekday - today + 7) % 7);
  const strictlyBefore = onOrBefore === reference ? reference - 7 : onOrBefore;
  const strictlyAfter = onOrAfter === reference ? reference + 7 : onOrAfter;
  switch (scan.word(at - 1)) {
    case 'last':
    case 'past':
      return strictlyBefore;
    case 'next':
    case 'upcoming':
    case 'coming':
      return strictlyAfter;
    case 'following':
      return afterAnchor(scan, weekday) ?? strictlyAfter;
    case 'previous':
      return beforeAnchor(scan, weekday) ?? strictlyBefore;
    case 'this':
      return scan.tense(at, end) === 'past'
        ? onOrBefore
        : scan.looksAhead(at, end)
          ? onOrAfter
          : mondayOf(reference) + weekday - 1;
    case 'starting':
    case 'beginning':
    case 'effective':
      return onOrAfter;
    case 'by':
    case 'until':
    case 'till':
      return scan.tense(at, end) === 'past' ? onOrBefore : onOrAfter;
    default:
      if (!scan.looksAhead(at, end)) return scan.isScheduled(at) ? onOrAfter : onOrBefore;
      return inNamedWeek(scan, at, weekday) ?? onOrAfter;
  }
}

/** "It meets next week and will decide on Wednesday": of that week */
function inNamedWeek(scan: Scan, at: number, weekday: number): number | null {
  const week = scan.namedWeek;
  if (!week || week.sentence !== scan.token(at)?.sentence || week.monday <= scan.reference) return null;
  return week.monday + weekday - 1;
}

function afterAnchor(scan: Scan, weekday: number): number | null {
  const day = anchoredDay(scan);
  return day === null ? null : day + 1 + ((weekday - weekdayOf(day + 1) + 7) % 7);
}

function beforeAnchor(scan: Scan, weekday: number): number | null {
  const day = anchoredDay(scan);
  return day === null ? null : day - 1 - ((weekdayOf(day - 1) - weekday + 7) % 7);
}

function anchoredDay(scan: Scan): number | null {
  const anchor = scan.anchor;
  return anchor?.upper && anchor.lower === anchor.upper ? dayNumber(anchor.upper) : null;
}

const AFTER_DAY = new Set(
  `and or at in with to by for the it he she they we when after before will was is as said but until from on of this next last that during, a an which while who its`.split(
    /\s+/,
  ),
);

/** "the 12th", "on the 3rd", "the 15th of next month", "the 21st this month": in the month that it must then be */
export function dayOfMonthRule(scan: Scan, at: number): Reading | null {
  const ordinal = scan.ordinal(at) ?? dayBeforeTime(scan, at);
  if (!ordinal || ordinal.value > 31) return null;
  let end = ordinal.end;
  if (scan.is(end, 'day')) end += 1;
  const month = monthAfter(scan, end);
  if (month) {
    return isCalendarDay(month.year, month.month, ordinal.value)
      ? {
          end: month.end,
          edtf: dayOfNumber(numberOf(month.year, month.month, ordinal.value)),
          rule: 'weekday.day-of-month',
        }
      : null;
  }
  if (end > ordinal.end || scan.token(at)?.kind !== 'number' || !scan.is(at - 1, 'the', 'on')) return null;
  const before = scan.is(at - 1, 'the') ? scan.word(at - 2) : scan.word(at - 1);
  if (before === 'of' && (scan.is(at - 3, 'week') || DAY_PARTS.has(scan.word(at - 3))))
    return ordinalDay(scan, at, end, ordinal.value);
  if (
    !['on', 'until', 'by', 'from', 'since', 'before', 'after', 'to', 'and', 'around', 'through'].includes(before) &&
    !timeFollows(scan, end) &&
    !scan.alone
  )
    return null;
  const next = scan.token(end);
  if (timeFollows(scan, end)) return ordinalDay(scan, at, end, ordinal.value);
  if (
    (scan.isDash(end) && scan.glued(end)) ||
    (next?.kind === 'word' && (!AFTER_DAY.has(next.lower) || next.lower === 'of'))
  )
    return null;
  return ordinalDay(scan, at, end, ordinal.value);
}

/** "on the 17 from 2pm" */
function dayBeforeTime(scan: Scan, at: number): Measured | null {
  const day = scan.is(at - 1, 'the') && scan.is(at - 2, 'on') ? dayNumberAt(scan, at) : null;
  return day && timeFollows(scan, day.end) ? day : null;
}

function ordinalDay(scan: Scan, at: number, end: number, day: number): Reading | null {
  const found = nearestDay(scan, at, end, day);
  return found === null ? null : { end, edtf: dayOfNumber(found), rule: 'weekday.day-of-month' };
}

function monthAfter(scan: Scan, at: number): { year: number; month: number; end: number } | null {
  let next = at;
  const of = scan.is(next, 'of', 'in');
  if (of) next += 1;
  if (scan.is(next, 'the')) next += 1;
  const shift = scan.is(next, 'this', 'current')
    ? 0
    : scan.is(next, 'next')
      ? 1
      : scan.is(next, 'last', 'previous')
        ? -1
        : null;
  const monthWord = shift === null ? next : next + 1;
  if (
    !scan.is(monthWord, 'month') ||
    MONTHS.has(scan.word(next)) ||
    (shift === null && !(of && scan.is(next - 1, 'the')))
  )
    return null;
  const moved = calendarDay(addMonths(numberOf(scan.year, scan.month, 1), shift ?? 0));
  return { year: moved.year, month: moved.month, end: monthWord + 1 };
}

function nearestDay(scan: Scan, at: number, end: number, day: number): number | null {
  const ahead = scan.looksAhead(at, end);
  for (let months = 0; months <= 3; months += 1) {
    const { year, month } = calendarDay(addMonths(numberOf(scan.year, scan.month, 1), ahead ? months : -months));
    if (day > daysInMonth(year, month)) continue;
    const candidate = numberOf(year, month, day);
    if (ahead ? candidate >= scan.reference : candidate <= scan.reference) return candidate;
  }
  return null;
}
