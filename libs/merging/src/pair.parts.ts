import { showAmount, compareAmounts } from './amount.comparison';
import { type ClaimFeatures, mergeWindow } from './claim.features';
import { type Part, Veto } from './pair.veto';

/** Kinds whose happening is its sum: another sum is another happening. */
const SUM_IS_THE_THING = new Set([
  'fund-launch',
  'funding-round',
  'investment-pledge',
  'acquisition',
  'price-change',
  'legal',
  'statistic',
]);
/** Kinds that are a figure for a period: another figure or period is another fact. */
const FIGURE_IS_THE_THING = new Set(['statistic']);

export const isFigure = (a: ClaimFeatures, b: ClaimFeatures): boolean =>
  FIGURE_IS_THE_THING.has(a.kind) || FIGURE_IS_THE_THING.has(b.kind);

export function statusPart(a: ClaimFeatures, b: ClaimFeatures): Part | null {
  if (a.status === b.status) return null;
  const note = `${a.status} and ${b.status}`;
  if (a.status === 'forecast' || b.status === 'forecast') {
    if (isFigure(a, b)) throw new Veto('status', note);
    return { name: 'status', value: -0.25, note };
  }
  // What was planned has come about, or one source speaks of it before the other.
  return { name: 'status', value: -0.05, note };
}

export function datePart(a: ClaimFeatures, b: ClaimFeatures): Part {
  const left = mergeWindow(a);
  const right = mergeWindow(b);
  if (left.lower > right.upper || right.lower > left.upper) throw new Veto('date', 'their dates exclude each other');
  if (a.dated && b.dated) {
    if (a.lower === b.lower && a.upper === b.upper) {
      // What is to come is known by its date: a goal more than what was done is by a year, an exact day more than one gone by.
      const ahead = a.status !== 'occurred' && b.status !== 'occurred';
      const value = 0.25 + (a.exact || ahead ? 0.05 : 0) + (a.exact && ahead ? 0.05 : 0);
      return { name: 'date', value, note: 'the same date' };
    }
    if (isFigure(a, b)) throw new Veto('date', 'figures for different periods');
    const meet = low(a) <= high(b) && low(b) <= high(a);
    if (!meet) return { name: 'date', value: -0.05, note: 'a day apart' };
    const open = [a, b].some((side) => side.lower === null || side.upper === null);
    if (open) return { name: 'date', value: 0.05, note: 'their dates can meet' };
    const days = Math.max(high(a) - low(a), high(b) - low(b)) + 1;
    return { name: 'date', value: days <= 7 ? 0.2 : days <= 31 ? 0.17 : 0.12, note: 'one date holds the other' };
  }
  return apart(gapWhenUndated(a, b));
}

const low = (side: ClaimFeatures): number => side.lower ?? -Infinity;
const high = (side: ClaimFeatures): number => side.upper ?? Infinity;

/** Days between what is known: the dated side's interval, the undated side's day of publication. */
function gapWhenUndated(a: ClaimFeatures, b: ClaimFeatures): number {
  const known = (side: ClaimFeatures): [number, number] =>
    side.dated && (side.lower !== null || side.upper !== null)
      ? [side.lower ?? side.upper ?? 0, side.upper ?? side.lower ?? 0]
      : [side.published, side.published];
  const [fromA, toA] = known(a);
  const [fromB, toB] = known(b);
  const gap = Math.max(0, fromB - toA, fromA - toB);
  // A date that is open to one side is no nearer than its publication.
  return Math.min(gap, Math.abs(a.published - b.published));
}

function apart(days: number): Part {
  const note = `no date in common; ${String(days)} days between what is known`;
  const value = days <= 7 ? 0.12 : days <= 31 ? 0.06 : days <= 180 ? 0 : days <= 365 ? -0.1 : -0.2;
  return { name: 'date', value, note };
}

/** `tied`: so much else agrees that another sum is a dispute. `linked`: they are of one party and of days that meet. */
export function amountPart(a: ClaimFeatures, b: ClaimFeatures, tied: boolean, linked: boolean): Part | null {
  const relation = compareAmounts(a.amount, b.amount);
  if (a.amount === null || b.amount === null || relation === 'unknown') return null;
  const note = `${showAmount(a.amount)} and ${showAmount(b.amount)}`;
  if (relation === 'same') return { name: 'amount', value: 0.3, note };
  const figure = isFigure(a, b);
  // Rounded or converted once more than is usual.
  if (relation === 'close' && (tied || linked) && !figure) return { name: 'amount', value: 0.1, note };
  // The same round of the same firm on the same day with another sum: one happening, disputed.
  if (relation === 'near' && tied && !figure) return { name: 'amount', value: -0.05, note: `${note}: disputed` };
  if (SUM_IS_THE_THING.has(a.kind) || SUM_IS_THE_THING.has(b.kind)) throw new Veto('amount', note);
  return { name: 'amount', value: relation === 'close' ? -0.05 : -0.25, note };
}

export function markersPart(a: ClaimFeatures, b: ClaimFeatures): Part | null {
  const common = a.markers.filter((marker) => b.markers.includes(marker));
  if (common.length > 0) return { name: 'markers', value: 0.15, note: `both: ${common.join(', ')}` };
  if (a.markers.length > 0 && b.markers.length > 0) {
    throw new Veto('markers', `${a.markers.join(', ')} against ${b.markers.join(', ')}`);
  }
  const some = [...a.markers, ...b.markers];
  return some.length === 0 ? null : { name: 'markers', value: -0.03, note: `only one: ${some.join(', ')}` };
}

export function numbersPart(a: ClaimFeatures, b: ClaimFeatures): Part | null {
  if (a.numbers.length === 0 || b.numbers.length === 0) return null;
  const common = a.numbers.filter((number) => b.numbers.includes(number));
  if (common.length > 0) return { name: 'numbers', value: 0.08, note: `both: ${common.join(', ')}` };
  const note = `${a.numbers.join(', ')} against ${b.numbers.join(', ')}`;
  if (isFigure(a, b)) throw new Veto('numbers', note);
  return { name: 'numbers', value: -0.15, note };
}
