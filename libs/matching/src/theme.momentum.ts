/** So many weeks before this one say what is usual. */
export const USUAL_WEEKS = 8;

/** Beyond two standard deviations: chance alone goes so far in either direction in about one week of twenty. */
const NOTABLE = 2;

export interface Momentum {
  /** Events of the last seven days. */
  thisWeek: number;
  /** Their mean number in each of the weeks before. */
  usual: number;
  /** By how many standard deviations this week differs from the usual, if events come by chance. */
  z: number;
  trend: 'rising' | 'steady' | 'falling';
}

/**
 * This week against the usual. Counts of what happens by chance vary as their mean does (Poisson); Anscombe's square root, 2√(n + 3/8), makes their
 * spread one whatever the mean, and the mean of k weeks adds 1/k to it: z = 2(√(n + 3/8) − √(m + 3/8)) / √(1 + 1/k).
 * `momentumOf(9, [1, 0, 2, 1, 1, 0, 1, 2])` → `{ thisWeek: 9, usual: 1, z: 3.56, trend: 'rising' }`
 */
export function momentumOf(thisWeek: number, before: readonly number[]): Momentum {
  const usual = before.reduce((sum, count) => sum + count, 0) / Math.max(1, before.length);
  const spread = Math.sqrt(1 + 1 / Math.max(1, before.length));
  const z = (2 * (Math.sqrt(thisWeek + 3 / 8) - Math.sqrt(usual + 3 / 8))) / spread;
  return {
    thisWeek,
    usual: round(usual),
    z: round(z),
    trend: z > NOTABLE ? 'rising' : z < -NOTABLE ? 'falling' : 'steady',
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
