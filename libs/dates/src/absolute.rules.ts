import { AMBIGUOUS_MONTHS, MONTHS, WEEKDAYS } from './calendar.lexicon';
import { dayText, isCalendarDay, monthText, numberOf, weekdayOf } from './day.math';
import type { PartialDate } from './numeric.date';
import { BEFORE_MONTH, formatParts, partialDate } from './partial.date';
import { spelledYear } from './number.words';
import type { Reading, Scan } from './phrase.scan';
import { listJoint, LONGEST_LIST, nearestByTense } from './year.choice';
import { yearStands, yearToken } from './year.reader';

const NEVER_SURNAME = new Set(['the', 'a', 'an', 'i', 'it', 'he', 'she', 'they', 'we', 'in', 'on', 'at', 'and', 'ai']);
const AFTER_YEAR = new Set(
  'and but or when as at in on it he she they we the a an was is by to after before'.split(' '),
);
const DETERMINERS = new Set(['the', 'a', 'an', 'its', 'their', 'his', 'her', 'our', 'this', 'last', 'next', 's']);

/** May the name of a month stand alone here? "in May" may, "May said" and "the March for Life" may not. */
function monthStands(scan: Scan, at: number, end: number): boolean {
  if (scan.alone) return true;
  const token = scan.token(at);
  const before = scan.token(at - 1);
  const after = scan.token(end);
  if (!token || before?.text === '$' || scan.is(at - 1, 'every', 'each')) return false;
  const asLateAs = scan.is(at - 1, 'as') && scan.is(at - 2, 'late', 'early', 'recently', 'soon');
  const inPhrase = before !== undefined && (BEFORE_MONTH.has(before.lower) || asLateAs || scan.isDash(at - 1));
  if (token.text.length <= 4 && MONTHS.has(token.lower) && !['may', 'june', 'july'].includes(token.lower)) {
    return (
      inPhrase &&
      (token.capital ||
        (token.lower !== 'mar' && scan.is(at - 1, 'in', 'since', 'until', 'by') && clauseGoesOn(scan, end)))
    );
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

/** Nothing that the month could describe follows: "in sep mode" */
const clauseGoesOn = (scan: Scan, at: number): boolean =>
  scan.token(at)?.kind !== 'word' || AFTER_YEAR.has(scan.word(at));

/** May a partial date stand as a date of its own at this place? */
function partialStands(scan: Scan, at: number, partial: PartialDate): boolean {
  if (partial.day !== null && partial.month === null) return false;
  if (partial.day !== null)
    return (!scan.glued(at) || scan.token(at - 1)?.kind === 'mark') && !impossibleSpan(scan, partial);
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
    return (
      loose &&
      !wrongDayBeside(scan, at, partial.end) &&
      (monthStands(scan, at, partial.end) || yearOfList(scan, partial) !== null)
    );
  }
  if (spelledYear(scan, at)) return spelledYearStands(scan, at, partial.end);
  return scan.token(at)?.kind === 'word' || yearStands(scan, at, partial.end);
}

/** "June 10 - 31, 2022": what goes on to a day that the month lacks is no date at all */
function impossibleSpan(scan: Scan, { month, day, year, end }: PartialDate): boolean {
  if (year !== null || day === null || month === null || !scan.isDash(end) || !/^\d{1,2}$/.test(scan.word(end + 1)))
    return false;
  const stated = scan.is(end + 2, ',') ? yearToken(scan, end + 3) : yearToken(scan, end + 2);
  return stated !== null && !isCalendarDay(stated.value, month, Number(scan.word(end + 1)));
}

/** "in nineteen ninety-six"; "two thousand and ten people" is a count */
function spelledYearStands(scan: Scan, at: number, end: number): boolean {
  const next = scan.token(end);
  return scan.alone || (BEFORE_MONTH.has(scan.word(at - 1)) && (next?.kind !== 'word' || AFTER_YEAR.has(next.lower)));
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
  const listed = yearOfList(scan, partial);
  if (listed !== null) return formatParts(listed, month, day);
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

/** "in March and October 2024", "on 3 June, 5 July and 12 September 2024": the year behind the last of them */
function yearOfList(scan: Scan, first: PartialDate): number | null {
  let joint = listJoint(scan, first.end);
  for (let members = 1; joint !== null && members < LONGEST_LIST; members += 1) {
    const next = partialDate(scan, joint + 1);
    if (!next || next.month === null || (next.day === null) !== (first.day === null)) return null;
    if (next.year !== null) return next.year - (place(first) > place(next) ? 1 : 0);
    joint = listJoint(scan, next.end);
  }
  return null;
}

/** Order in a year */
const place = ({ month, day }: PartialDate): number => (month ?? 0) * 100 + (day ?? 0);

/** The weekday that is written beside a date tells its year better than the verbs: "Monday, June 2". */
function matchingWeekday(scan: Scan, month: number, day: number, weekday: number, nearest: number): string | null {
  const years = [nearest, scan.year, scan.year + 1, scan.year - 1];
  const year = years.find(
    (candidate) => isCalendarDay(candidate, month, day) && weekdayOf(numberOf(candidate, month, day)) === weekday,
  );
  return year === undefined ? null : dayText(year, month, day);
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
