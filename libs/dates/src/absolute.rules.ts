import { AMBIGUOUS_MONTHS, MONTHS, WEEKDAYS } from './calendar.lexicon';
import { dayText, isCalendarDay, monthText, numberOf, weekdayOf, yearText } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import { type Measured, nearestByTense, type Reading, type Scan } from './phrase.scan';
import { statedYear, yearStands, yearToken } from './year.reader';

/** A calendar date of which some parts may be missing: "3", "3 June", "June 2024", "Monday, 3 June". */
interface PartialDate {
  year: number | null;
  month: number | null;
  day: number | null;
  /** 1 = Monday */
  weekday: number | null;
  end: number;
}

const NEVER_SURNAME = new Set(['the', 'a', 'an', 'i', 'it', 'he', 'she', 'they', 'we', 'in', 'on', 'at', 'and', 'ai']);
/** Words that let an ambiguous month (May, March, …) stand alone. */
const BEFORE_MONTH = new Set(
  `in since by until till from before after during of early mid late this last next for to through between and or around about end beginning start middle previous
  following coming past every each only than starting effective`.split(/\s+/),
);
const DETERMINERS = new Set(['the', 'a', 'an', 'its', 'their', 'his', 'her', 'our', 'this', 'last', 'next', 's']);

/** Reads as much of a calendar date as stands at the token; says nothing on whether it may be one. */
export function partialDate(scan: Scan, at: number): PartialDate | null {
  const weekday = weekdayBefore(scan, at);
  if (weekday) {
    const rest = plainPartial(scan, weekday.end);
    if (rest && rest.day !== null && rest.month !== null) return { ...rest, weekday: weekday.value };
    return null;
  }
  return plainPartial(scan, at);
}

function plainPartial(scan: Scan, at: number): PartialDate | null {
  return (
    numericDate(scan, at) ?? yearFirst(scan, at) ?? dayFirst(scan, at) ?? monthFirst(scan, at) ?? loneYear(scan, at)
  );
}

/** "Tuesday," "Tue." "Tuesday the" before a day and month */
function weekdayBefore(scan: Scan, at: number): Measured | null {
  const value = WEEKDAYS.get(scan.word(at));
  if (value === undefined) return null;
  let end = at + 1;
  while (scan.is(end, ',', '.', '(')) end += 1;
  if (scan.is(end, 'morning', 'afternoon', 'evening', 'night')) end += scan.is(end + 1, ',') ? 2 : 1;
  if (scan.is(end, 'on')) end += 1;
  if (scan.is(end, 'the')) end += 1;
  return { value, end };
}

function numericDate(scan: Scan, at: number): PartialDate | null {
  if (!standsApart(scan, at)) return null;
  const separator = scan.word(at + 1);
  if (!['/', '-', '.', '‑'].includes(separator) || !scan.glued(at + 1)) return null;
  const [first, second, third] = [scan.token(at), scan.token(at + 2), scan.token(at + 4)];
  if (first?.kind !== 'number' || second?.kind !== 'number' || !second.glued) return null;
  const whole = scan.word(at + 3) === separator && scan.glued(at + 3) && third?.kind === 'number' && third.glued;
  if (!whole) return separator === '/' || separator === '-' ? (monthAndYear(scan, at) ?? monthAndDay(scan, at)) : null;
  if (!endsApart(scan, at + 5)) return null;
  const numbers = [first, second, third].map((token) => Number(token.text)) as [number, number, number];
  const widths = [first, second, third].map((token) => token.text.length);
  if (widths.some((width) => width > 4)) return null;
  if (widths[0] === 4 && (widths[1] ?? 0) <= 2 && (widths[2] ?? 0) <= 2)
    return checked(numbers[0], numbers[1], numbers[2], at + 5);
  if ((widths[0] ?? 0) > 2 || (widths[1] ?? 0) > 2) return null;
  const year = widths[2] === 4 ? numbers[2] : widths[2] === 2 ? twoDigitYear(scan, numbers[2]) : null;
  if (year === null || (separator === '.' && widths[2] !== 4)) return null;
  const european = checked(year, numbers[1], numbers[0], at + 5);
  const american = checked(year, numbers[0], numbers[1], at + 5);
  return scan.dayFirst || separator === '.' ? (european ?? american) : (american ?? european);
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

/** "on 11/20"; 9/11 is an event more often than a day */
function monthAndDay(scan: Scan, at: number): PartialDate | null {
  if (
    scan.word(at + 1) !== '/' ||
    !endsApart(scan, at + 3) ||
    !(scan.alone || BEFORE_SLASHED_DAY.has(scan.word(at - 1)))
  )
    return null;
  const [first, second] = [Number(scan.word(at)), Number(scan.word(at + 2))];
  if (scan.word(at).length > 2 || scan.word(at + 2).length > 2 || (first === 9 && second === 11)) return null;
  const [month, day] = scan.dayFirst ? [second, first] : [first, second];
  return existsInSomeYear(month, day) ? { year: null, month, day, weekday: null, end: at + 3 } : null;
}

/** "2017 April", "2019 March 5", 2019/Aug/01 */
function yearFirst(scan: Scan, at: number): PartialDate | null {
  const year = yearToken(scan, at);
  if (!year) return null;
  const slash = (index: number): number => (scan.is(index, '/', '-') && scan.glued(index) ? index + 1 : index);
  const name = scan.monthName(slash(year.end));
  if (!name || (scan.token(slash(year.end))?.lower === 'may' && !scan.token(slash(year.end))?.capital)) return null;
  const day = dayNumberAt(scan, slash(name.end));
  if (day && isCalendarDay(year.value, name.value, day.value)) {
    return { year: year.value, month: name.value, day: day.value, weekday: null, end: day.end };
  }
  return { year: year.value, month: name.value, day: null, weekday: null, end: name.end };
}

/** "3 June 2024", "the 3rd of June", "3-Jun-2024", "15 April of 87" */
function dayFirst(scan: Scan, at: number): PartialDate | null {
  const day = dayNumberAt(scan, at);
  if (!day || day.value > 31) return null;
  let end = day.end;
  if (scan.is(end, 'day')) end += 1;
  if (scan.is(end, 'of')) end += 1;
  else if (scan.is(end, '/', '-') && scan.glued(end) && scan.glued(end + 1)) end += 1;
  const name = scan.monthName(end);
  if (!name || lowerCaseVerb(scan, end, false)) return null;
  return withYear(scan, name.value, day.value, name.end, end > day.end && !scan.is(end - 1, 'of', 'day'));
}

/** "June 3, 2024", "June the 3rd", "June 2024", "June" */
function monthFirst(scan: Scan, at: number): PartialDate | null {
  const name = scan.monthName(at);
  if (!name) return null;
  let next = name.end;
  if (scan.is(next, '/', '-') && scan.glued(next) && scan.glued(next + 1)) next += 1;
  const day = dayNumberAt(scan, scan.is(next, 'the') ? next + 1 : next);
  if (day) {
    const joined = scan.word(day.end) === '.' && scan.token(day.end + 1)?.kind === 'number' && scan.glued(day.end + 1);
    const time = scan.word(day.end) === ':' && scan.token(day.end + 1)?.kind === 'number' && scan.glued(day.end + 1);
    if (!joined && !time && day.value >= 1 && day.value <= 31) {
      const dated = withYear(scan, name.value, day.value, day.end);
      if (dated) return dated;
    }
    if (!time) return null;
  }
  if (lowerCaseVerb(scan, at, scan.is(at - 1, ...BEFORE_MONTH))) return null;
  const year = yearAfterMonth(scan, next);
  if (year) return { year: year.value, month: name.value, day: null, weekday: null, end: year.end };
  return { year: null, month: name.value, day: null, weekday: null, end: name.end };
}

/** "2024", "the year 2024", "calendar year 2024" */
function loneYear(scan: Scan, at: number): PartialDate | null {
  const named = scan.is(at, 'year') ? at + 1 : scan.is(at, 'calendar') && scan.is(at + 1, 'year') ? at + 2 : at;
  const year = yearToken(scan, named);
  return year && { year: year.value, month: null, day: null, weekday: null, end: year.end };
}

/** A day of the month: "3", "3rd", "third" */
export function dayNumberAt(scan: Scan, at: number): Measured | null {
  const ordinal = scan.ordinal(at);
  if (ordinal) return ordinal.value <= 31 ? ordinal : null;
  const token = scan.token(at);
  if (token?.kind !== 'number' || token.text.length > 2 || '$€£¥₹#'.includes(scan.word(at - 1) || ' ')) return null;
  if (token.glued && [':', '.', ','].includes(scan.word(at - 1)) && scan.token(at - 2)?.kind === 'number') return null;
  const after = scan.token(at + 1);
  if (after?.glued && ((after.kind === 'word' && !MONTHS.has(after.lower)) || '%'.includes(after.text))) return null;
  return { value: Number(token.text), end: at + 1 };
}

function withYear(scan: Scan, month: number, day: number, end: number, joined = false): PartialDate | null {
  let next = end;
  let weekdayEnd = end;
  if (scan.is(next, ',') && WEEKDAYS.has(scan.word(next + 1))) weekdayEnd = next + 2;
  next = weekdayEnd;
  const year = yearAfterDay(scan, next, joined);
  if (year) return checked(year.value, month, day, year.end);
  return existsInSomeYear(month, day) ? { year: null, month, day, weekday: null, end: weekdayEnd } : null;
}

function yearAfterMonth(scan: Scan, at: number): Measured | null {
  const start = scan.is(at, ',', 'of', 'in') ? at + 1 : at;
  const year = yearToken(scan, start) ?? shortYear(scan, start) ?? statedYear(scan, at);
  if (year || !lastCentury(scan, at) || scan.glued(at)) return year;
  return { value: twoDigitYear(scan, Number(scan.word(at))), end: at + 1 };
}

/** `joined`: the parts before are joined by dashes or slashes, 31-Oct-74 */
function yearAfterDay(scan: Scan, at: number, joined: boolean): Measured | null {
  let start = at;
  if (joined && scan.is(start, '/', '-') && scan.glued(start)) start += 1;
  else if (scan.is(start, ',')) start += 1;
  const preposition = scan.is(start, 'of', 'in');
  if (preposition) start += 1;
  const year = yearToken(scan, start) ?? shortYear(scan, start);
  if (year) return year;
  const digits = scan.word(start);
  const bare =
    (preposition && scan.is(start - 1, 'of')) || (joined && scan.is(start - 1, '/', '-')) || lastCentury(scan, start);
  if (bare && /^\d\d$/.test(digits) && endsApart(scan, start + 1))
    return { value: twoDigitYear(scan, Number(digits)), end: start + 1 };
  return statedYear(scan, at);
}

/** "3 Aug 96", at the end of a clause */
function lastCentury(scan: Scan, at: number): boolean {
  return /^[5-9]\d$/.test(scan.word(at)) && scan.token(at + 1)?.kind !== 'word' && !scan.is(at + 1, '%', ':');
}

/** "'24" */
function shortYear(scan: Scan, at: number): Measured | null {
  if (!scan.isApostrophe(at) || !/^\d\d$/.test(scan.word(at + 1)) || !scan.glued(at + 1)) return null;
  return { value: twoDigitYear(scan, Number(scan.word(at + 1))), end: at + 2 };
}

/** How many years ahead of the reference year a year of two digits may lie. */
const AHEAD_YEARS = 20;

export function twoDigitYear(scan: Scan, digits: number): number {
  const century = Math.floor(scan.year / 100) * 100;
  return century + digits > scan.year + AHEAD_YEARS ? century - 100 + digits : century + digits;
}

const plausibleYear = (year: number): boolean => year >= 1900 && year <= 2100;

function existsInSomeYear(month: number, day: number): boolean {
  return isCalendarDay(2000, month, day);
}

function checked(year: number, month: number, day: number, end: number): PartialDate | null {
  return isCalendarDay(year, month, day) ? { year, month, day, weekday: null, end } : null;
}

/** No digit, dash or slash is glued to the front, so that 133-03-03-2020 and 80/12/1 hold no date. */
function standsApart(scan: Scan, at: number): boolean {
  const token = scan.token(at);
  if (token?.kind !== 'number') return false;
  if (!token.glued) return true;
  return (
    ['(', '[', '"', '“', '‘', "'", ',', ';', ':', '–', '—'].includes(scan.word(at - 1)) ||
    (scan.is(at - 1, '-', '_') && !/\d/.test(scan.word(at - 2)))
  );
}

function endsApart(scan: Scan, at: number): boolean {
  const token = scan.token(at);
  if (!token?.glued) return true;
  if (token.kind === 'number') return false;
  if (token.kind === 'word') return token.lower === 't' || token.lower === 's';
  return !(['/', '-', '.', '%'].includes(token.text) && scan.token(at + 1)?.kind === 'number' && scan.glued(at + 1));
}

/** "may" and "march" in lower case are verbs, unless a day or year stands beside them. */
function lowerCaseVerb(scan: Scan, at: number, afterPreposition: boolean): boolean {
  const token = scan.token(at);
  if (!token || token.capital) return false;
  if (token.lower === 'may' || token.lower === 'mar')
    return (
      !(afterPreposition && scan.alone) && !/\d/.test(scan.word(at - 1) + scan.word(at + 1)) && !scan.ordinal(at - 1)
    );
  return false;
}

/** May the name of a month stand alone here? "in May" may, "May said" and "the March for Life" may not. */
function monthStands(scan: Scan, at: number, end: number): boolean {
  if (scan.alone) return true;
  const token = scan.token(at);
  const before = scan.token(at - 1);
  const after = scan.token(end);
  if (!token || before?.text === '$' || after?.text === '$') return false;
  const inPhrase = before !== undefined && (BEFORE_MONTH.has(before.lower) || scan.isDash(at - 1));
  if (token.text.length <= 4 && MONTHS.has(token.lower) && !['may', 'june', 'july'].includes(token.lower)) {
    return inPhrase && token.capital;
  }
  const name =
    before?.kind === 'word' &&
    before.capital &&
    !inPhrase &&
    !DETERMINERS.has(before.lower) &&
    before.sentence === token.sentence &&
    !WEEKDAYS.has(before.lower);
  const surname =
    after?.kind === 'word' &&
    after.capital &&
    !NEVER_SURNAME.has(after.lower) &&
    !MONTHS.has(after.lower) &&
    !WEEKDAYS.has(after.lower);
  if (!AMBIGUOUS_MONTHS.has(token.lower)) return (token.capital || inPhrase) && !(name && surname);
  if (token.lower === 'august' && !token.capital) return inPhrase && scan.is(at - 1, 'in', 'since', 'by', 'until');
  if (!token.capital && (token.lower === 'march' || token.lower === 'may')) return false;
  if (surname && !inPhrase) return false;
  if (
    token.lower === 'march' &&
    scan.is(end, 'for', 'of', 'on', 'to') &&
    DETERMINERS.has(before?.lower ?? '') &&
    !scan.is(at - 1, 'last', 'next', 'this')
  )
    return false;
  if (surname && scan.is(at - 1, 'for', 'to', 'from', 'and', 'or', 'of', 'than', 'about', 'between')) return false;
  return inPhrase || (before !== undefined && DETERMINERS.has(before.lower) && before.sentence === token.sentence);
}

/** May a partial date stand as a date of its own at this place? */
function partialStands(scan: Scan, at: number, partial: PartialDate): boolean {
  if (partial.day !== null && partial.month === null) return false;
  if (partial.day !== null) return !scan.glued(at) || scan.token(at - 1)?.kind === 'mark';
  if (partial.month !== null && partial.year !== null) {
    const token = scan.token(at - 1);
    return !(
      token?.kind === 'number' &&
      token.sentence === scan.token(at)?.sentence &&
      token.text.length <= 2 &&
      !scan.isDash(at - 1)
    );
  }
  if (partial.month !== null) {
    const loose =
      scan.token(partial.end)?.kind === 'number' &&
      !scan.is(partial.end - 1, '.') &&
      !/^\d{1,2}$/.test(scan.word(partial.end))
        ? false
        : true;
    return loose && !wrongDayBeside(scan, at, partial.end) && monthStands(scan, at, partial.end);
  }
  return scan.token(at)?.kind === 'word' || yearStands(scan, at, partial.end);
}

/** "32 August", "August 32": a number beside a month that is no day of it */
function wrongDayBeside(scan: Scan, at: number, end: number): boolean {
  const day = (index: number): boolean => /^\d{1,2}$/.test(scan.word(index)) && !scan.glued(index + 1);
  return (day(at - 1) && !scan.glued(at - 1)) || (day(end) && scan.word(end + 1) !== ':');
}

/** The EDTF of a partial date, its missing year found from the verbs around `at`. */
function completePartial(scan: Scan, at: number, partial: PartialDate): string | null {
  const { year, month, day, weekday } = partial;
  if (year !== null) return formatParts(year, month, day);
  if (month === null) return null;
  const framed = scan.frame;
  if (
    framed &&
    framed.sentence === scan.token(at)?.sentence &&
    framed.year <= scan.year &&
    !scan.looksAhead(at, partial.end)
  ) {
    return formatParts(framed.year, month, day);
  }
  const inYear = (candidate: number): string | null => {
    if (day === null) return monthText(candidate, month);
    return isCalendarDay(candidate, month, day) ? dayText(candidate, month, day) : null;
  };
  const nearest = nearestByTense(scan, at, partial.end, inYear);
  if (weekday === null || day === null || nearest === null) return nearest;
  return matchingWeekday(scan, month, day, weekday, Number(nearest.slice(0, 4))) ?? nearest;
}

/** The weekday that is written beside a date tells its year better than the verbs: "Monday, June 2". */
function matchingWeekday(scan: Scan, month: number, day: number, weekday: number, nearest: number): string | null {
  const years = [nearest, scan.year, scan.year + 1, scan.year - 1];
  const year = years.find(
    (candidate) => isCalendarDay(candidate, month, day) && weekdayOf(numberOf(candidate, month, day)) === weekday,
  );
  return year === undefined ? null : dayText(year, month, day);
}

function formatParts(year: number, month: number | null, day: number | null): string | null {
  const edtf = month === null ? yearText(year) : day === null ? monthText(year, month) : dayText(year, month, day);
  return tryParseEdtf(edtf) ? edtf : null;
}

/** "27 January 2025", "Tuesday, Jan. 28", "January 2025", "in November", "2024", 12/03/2025 */
export function absoluteRule(scan: Scan, at: number): Reading | null {
  const partial = partialDate(scan, at);
  if (!partial || !partialStands(scan, at, partial)) return null;
  const edtf = completePartial(scan, at, partial);
  if (edtf === null) return null;
  const shape = partial.day !== null ? 'day' : partial.month !== null ? 'month' : 'year';
  return {
    end: partial.end,
    edtf,
    rule: partial.year === null ? `absolute.${shape}-without-year` : `absolute.${shape}`,
  };
}

/**
 * Two dates of which one lends the other what it lacks: "3–7 June 2024", "June 3 to 7", "Jan-Feb 2017", "from 28 May to 3 June 2024", "2018–20";
 * with `and`, for "between … and …", "3 and 4 June".
 */
export function partialSpan(scan: Scan, at: number, mayUseAnd: boolean): Reading | null {
  const first = partialOrDay(scan, at);
  if (!first) return null;
  let next = first.end;
  if (mayUseAnd && scan.is(next, 'and')) next += 1;
  else if (scan.is(next, 'to', 'through', 'thru', 'until', 'till')) next += 1;
  else if (scan.isDash(next)) next += scan.isDash(next + 1) ? 2 : 1;
  else if (
    scan.is(next, '/') &&
    first.month === null &&
    first.year !== null &&
    abbreviatedYear(scan, first, next + 1)?.year === first.year + 1
  )
    next += 1;
  else return null;
  if (scan.is(next, 'the')) next += 1;
  const second = abbreviatedYear(scan, first, next) ?? partialOrDay(scan, next);
  if (!second) return null;
  if (!endsApart(scan, second.end)) return null;
  const edtf = joinPartials(scan, at, first, second);
  return edtf === null ? null : { end: second.end, edtf, rule: 'range.span' };
}

function partialOrDay(scan: Scan, at: number): PartialDate | null {
  const start = scan.is(at, 'the') ? at + 1 : at;
  const partial = partialDate(scan, start);
  if (partial) return partial;
  const weekday = WEEKDAYS.has(scan.word(start)) && scan.is(start + 1, ',') ? start + 2 : start;
  const day = dayNumberAt(scan, weekday);
  if (!day || day.value < 1 || day.value > 31) return null;
  const year = scan.is(day.end, ',') ? yearToken(scan, day.end + 1) : null;
  return { year: year?.value ?? null, month: null, day: day.value, weekday: null, end: year?.end ?? day.end };
}

/** The second side of 2018–20 and 2024/25 */
function abbreviatedYear(scan: Scan, first: PartialDate, at: number): PartialDate | null {
  if (
    first.year === null ||
    first.month !== null ||
    !/^\d\d$/.test(scan.word(at)) ||
    !scan.glued(at) ||
    !endsApart(scan, at + 1)
  )
    return null;
  if (MONTHS.has(scan.word(at + 1))) return null;
  const year = Math.floor(first.year / 100) * 100 + Number(scan.word(at));
  return year > first.year && year - first.year <= 15
    ? { year, month: null, day: null, weekday: null, end: at + 1 }
    : null;
}

function joinPartials(scan: Scan, at: number, first: PartialDate, second: PartialDate): string | null {
  const [left, right] = [{ ...first }, { ...second }];
  if (left.day !== null && right.month !== null && right.day === null) return null;
  if (left.day !== null && left.month === null) left.month = right.month;
  if (right.day !== null && right.month === null) right.month = left.month;
  if (left.month === null && left.day === null && left.year === null) return null;
  if (left.month === null && left.day !== null) return null;
  if ((left.day === null) !== (right.day === null) || (left.month === null) !== (right.month === null)) {
    if (left.year === null || right.year === null) return null;
  }
  const wraps = order(left) > order(right);
  if (left.year === null && right.year !== null) left.year = right.year - (wraps ? 1 : 0);
  else if (right.year === null && left.year !== null) right.year = left.year + (wraps ? 1 : 0);
  else if (left.year === null && right.year === null) {
    const year = openYear(scan, at, left, right, wraps);
    if (year === null) return null;
    left.year = year;
    right.year = year + (wraps ? 1 : 0);
  }
  if (left.year === null || right.year === null) return null;
  if (left.month === null && !yearStands(scan, at, first.end) && !plausibleSpan(scan, at, left.year, right.year))
    return null;
  const [lower, upper] = [
    formatParts(left.year, left.month, left.day),
    formatParts(right.year, right.month, right.day),
  ];
  if (lower === null || upper === null) return null;
  return tryParseEdtf(`${lower}/${upper}`) ? `${lower}/${upper}` : null;
}

/** "2014-2018" on its own: two plausible years in order, no telephone number */
function plausibleSpan(scan: Scan, at: number, from: number, to: number): boolean {
  return plausibleYear(from) && plausibleYear(to) && from < to && to - from <= 60 && standsApart(scan, at);
}

const order = (partial: PartialDate): number => (partial.month ?? 0) * 100 + (partial.day ?? 0);

function openYear(scan: Scan, at: number, left: PartialDate, right: PartialDate, wraps: boolean): number | null {
  if (left.month === null) return null;
  const found = nearestByTense(scan, at, right.end, (year) => {
    const from = formatParts(year, left.month, left.day);
    const to = formatParts(year + (wraps ? 1 : 0), right.month, right.day);
    return from !== null && to !== null ? `${from}/${to}` : null;
  });
  return found === null ? null : Number(found.slice(0, 4));
}
