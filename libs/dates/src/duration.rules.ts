import type { Unit } from './calendar.lexicon';
import { daySpan, monthSpan, shiftDay } from './calendar.units';
import { dayOfNumber } from './day.math';
import { mostCounted } from './number.words';
import type { Reading, Scan } from './phrase.scan';

const VAGUE = new Set(['few', 'several', 'some', 'many']);

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
  const count = mostCounted(scan, at + 1);
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
export function duration(
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
  const count = mostCounted(scan, next);
  const unit = scan.unit(count?.end ?? next);
  if (unit === null || (!count && !named) || (!count && /s$/.test(scan.word(next)))) return null;
  const end = (count?.end ?? next) + 1;
  if (scan.is(end, 'of', 'after', 'from', 'following') && !scan.is(end + 1, 'now')) return null;
  if (!named && scan.tense(at, end) === 'past') return null;
  const upper = shiftDay(unit, scan.reference, count?.value ?? 1);
  return {
    end,
    edtf: daySpan(scan.reference, unit === 'day' || unit === 'week' ? upper : upper - 1),
    rule: 'duration.within',
  };
}
