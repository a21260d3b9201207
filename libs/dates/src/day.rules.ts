import { DAY_PARTS, WEEKDAYS } from './calendar.lexicon';
import { daySpan, weekendWith } from './calendar.units';
import { dayOfNumber, mondayOf, weekdayOf } from './day.math';
import type { Reading, Rule, Scan } from './phrase.scan';

const DAYS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['tonight', 0],
  ['yesterday', -1],
  ['tomorrow', 1],
  ['tonite', 0],
  ['tmr', 1],
  ['tmrw', 1],
]);

/** "today's world" is no day. */
const AGES = new Set(
  'world age era society generation generations economy landscape environment climate standards consumers youth market markets technology leaders workforce children date digital'.split(
    ' ',
  ),
);

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
  if (scan.is(at, 'night') && scan.is(at + 1, 'before') && scan.is(at + 2, 'last'))
    return { end: at + 3, edtf: dayOfNumber(scan.reference - 2), rule: 'relative.day' };
  if (scan.is(at, 'this') && DAY_PARTS.has(scan.word(at + 1)))
    return { end: at + 2, edtf: dayOfNumber(scan.reference), rule: 'relative.day' };
  if (scan.is(at, 'last') && scan.is(at + 1, 'night', 'evening'))
    return { end: at + 2, edtf: dayOfNumber(scan.reference - 1), rule: 'relative.day' };
  return null;
}

/** "the weekend of 5 April", "the weekend of Thanksgiving": the Saturday and Sunday next to the day, and the day */
export function makeWeekendOfRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    if (!scan.is(at, 'weekend') || !scan.is(at + 1, 'of')) return null;
    const target = readDate(scan, scan.is(at + 2, 'the') ? at + 3 : at + 2, depth + 1);
    const edtf = target && weekendWith(target.edtf);
    return target && edtf ? { end: target.end, edtf, rule: 'relative.weekend' } : null;
  };
}

/** "the weekend", "over the weekend", "last weekend", "this weekend", "next weekend", "the weekend of 5 April" */
export function weekendRule(scan: Scan, at: number): Reading | null {
  if (!scan.is(at, 'weekend')) return null;
  const before = scan.word(at - 1);
  if (!['the', 'last', 'this', 'next', 'past', 'coming', 'previous'].includes(before) && !scan.alone) return null;
  const saturday = mondayOf(scan.reference) + 5;
  const far =
    scan.is(at + 1, 'before') && scan.is(at + 2, 'last')
      ? -14
      : scan.is(at + 1, 'after') && scan.is(at + 2, 'next')
        ? 14
        : 0;
  if (far !== 0) return { end: at + 3, edtf: daySpan(saturday + far, saturday + far + 1), rule: 'relative.weekend' };
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
