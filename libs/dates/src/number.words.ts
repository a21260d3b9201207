import { CARDINALS } from './calendar.lexicon';
import type { Measured, Scan } from './phrase.scan';

/** "nineteen ninety-six", "twenty twenty-five", "two thousand and fifteen", "seventeen hundred thirty three", "nineteen oh five" */
export function spelledYear(scan: Scan, at: number): Measured | null {
  return thousands(scan, at) ?? centuries(scan, at);
}

/** "two to three", "3-5", "six or seven": from the least to the most */
export function countedRange(scan: Scan, at: number): { least: number; most: number; end: number } | null {
  if (scan.is(at, 'a', 'an')) return null;
  const least = scan.count(at);
  if (!least || !(scan.is(least.end, 'to', 'or') || scan.isDash(least.end))) return null;
  const most = scan.is(least.end + 1, 'a', 'an') ? null : scan.count(least.end + 1);
  return most && most.value > least.value ? { least: least.value, most: most.value, end: most.end } : null;
}

/** "three", and of "two to three" the most */
export function mostCounted(scan: Scan, at: number): Measured | null {
  const counts = countedRange(scan, at);
  return counts ? { value: counts.most, end: counts.end } : scan.count(at);
}

function thousands(scan: Scan, at: number): Measured | null {
  if (!scan.is(at, 'two') || !scan.is(at + 1, 'thousand')) return null;
  const rest = scan.cardinal(scan.is(at + 2, 'and') ? at + 3 : at + 2);
  return rest && { value: 2000 + rest.value, end: rest.end };
}

function centuries(scan: Scan, at: number): Measured | null {
  const century = CARDINALS.get(scan.word(at));
  if (century === undefined || century < 15 || century > 20) return null;
  const hundred = scan.is(at + 1, 'hundred');
  const start = hundred ? (scan.is(at + 2, 'and') ? at + 3 : at + 2) : scan.isDash(at + 1) ? at + 2 : at + 1;
  if (!hundred && scan.is(start, 'oh', 'o')) {
    const ones = scan.cardinal(start + 1);
    return ones && ones.value < 10 ? { value: century * 100 + ones.value, end: ones.end } : null;
  }
  const rest = scan.cardinal(start);
  if (!rest || (!hundred && rest.value < 10)) return null;
  return { value: century * 100 + rest.value, end: rest.end };
}
