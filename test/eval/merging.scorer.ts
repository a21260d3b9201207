import type { Ratio } from './detection.scorer';

/** How well groups agree with what is true. Pairs are unordered pairs of items. */
export interface PartitionScore {
  /** Of the pairs that were put together, those that belong together. */
  precision: Ratio;
  /** Of the pairs that belong together, those that were put together. */
  recall: Ratio;
  /** B-cubed: per item, the share of its group that is right and the share of its happening that is there; their means' harmonic mean. */
  bCubedF1: number;
  wrongPairs: [string, string][];
  missedPairs: [string, string][];
}

export function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}

/** `groups` holds every item once; `truth` names each item's happening. Items without a truth are left out. */
export function scorePartition(
  groups: readonly (readonly string[])[],
  truth: ReadonlyMap<string, string>,
): PartitionScore {
  const known = groups.map((group) => group.filter((item) => truth.has(item))).filter((group) => group.length > 0);
  const groupOf = new Map(known.flatMap((group, index) => group.map((item) => [item, index] as const)));
  const happenings = new Map<string, string[]>();
  for (const item of groupOf.keys()) {
    const happening = truth.get(item) ?? '';
    happenings.set(happening, [...(happenings.get(happening) ?? []), item]);
  }
  const joined = known.flatMap(pairsOf);
  const wrongPairs = joined.filter(([a, b]) => truth.get(a) !== truth.get(b));
  const wanted = [...happenings.values()].flatMap(pairsOf);
  const missedPairs = wanted.filter(([a, b]) => groupOf.get(a) !== groupOf.get(b));
  let precision = 0;
  let recall = 0;
  for (const [item, index] of groupOf) {
    const group = known[index] ?? [];
    const happening = happenings.get(truth.get(item) ?? '') ?? [];
    const right = group.filter((other) => truth.get(other) === truth.get(item)).length;
    precision += right / group.length;
    recall += right / happening.length;
  }
  return {
    precision: { right: joined.length - wrongPairs.length, asked: joined.length },
    recall: { right: wanted.length - missedPairs.length, asked: wanted.length },
    bCubedF1: precision + recall === 0 ? 0 : (2 * precision * recall) / (groupOf.size * (precision + recall)),
    wrongPairs,
    missedPairs,
  };
}

/** Of the pairs of look-alike happenings, those of which no two tellings were put together. */
export function lookalikesApart(
  groups: readonly (readonly string[])[],
  tellings: readonly { id: string; happening: string; cluster: string }[],
): Ratio {
  const happeningOf = new Map(tellings.map(({ id, happening }) => [id, happening]));
  const touched = new Set<string>();
  for (const group of groups) {
    const told = [...new Set(group.map((item) => happeningOf.get(item) ?? ''))].filter((name) => name !== '').sort();
    for (const [a, b] of pairsOf(told)) touched.add(`${a}\n${b}`);
  }
  const clusters = new Map<string, Set<string>>();
  for (const { cluster, happening } of tellings) {
    clusters.set(cluster, (clusters.get(cluster) ?? new Set()).add(happening));
  }
  const pairs = [...clusters.values()].flatMap((names) => pairsOf([...names].sort()));
  return { right: pairs.filter(([a, b]) => !touched.has(`${a}\n${b}`)).length, asked: pairs.length };
}

/** Pairs that either way of grouping the same items joins, and those that both join. */
export function agreementOf(one: readonly (readonly string[])[], other: readonly (readonly string[])[]): Ratio {
  const pairsIn = (groups: readonly (readonly string[])[]): Set<string> =>
    new Set(groups.flatMap((group) => pairsOf([...group].sort()).map((pair) => pair.join(' '))));
  const [left, right] = [pairsIn(one), pairsIn(other)];
  const both = [...left].filter((pair) => right.has(pair)).length;
  return { right: both, asked: left.size + right.size - both };
}
