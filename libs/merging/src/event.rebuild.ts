import { keysOf } from './candidate.keys';
import { type ClaimFeatures, mergeWindow } from './claim.features';
import { isVeto, type MergeScore, scoreFeatures } from './pair.score';

/** What a person decided, by report ids: it holds whatever the scores say. */
export interface Constraints {
  /** Reports that tell of one happening. */
  together: readonly (readonly [string, string])[];
  /** Reports that do not. Where a pair is in both, it stays apart. */
  apart: readonly (readonly [string, string])[];
}

export const NO_CONSTRAINTS: Constraints = { together: [], apart: [] };

/** How many claims of an event a veto is looked for in: its earliest ones, which is enough to know a happening by. */
export const SCORED_CLAIMS = 40;

/**
 * The events of a set of reports, whatever their order: groups of report ids, each sorted, the groups by their first id.
 * `[['rep_1', 'rep_4'], ['rep_2']]`
 *
 * Constraints first; then the most alike pairs join their groups, best score first (ties by id), unless any report of one group
 * rules out any of the other. So no vague report ties two distinct happenings together, and what a later report bridges is joined.
 */
export function rebuild(reports: readonly ClaimFeatures[], constraints: Constraints = NO_CONSTRAINTS): string[][] {
  const claims = [...new Map(reports.map((report) => [report.reportId, report])).values()].sort((a, b) =>
    compare(a.reportId, b.reportId),
  );
  const groups = new Groups(claims, constraints);
  const indexOf = new Map(claims.map((claim, index) => [claim.reportId, index]));
  const together = constraints.together
    .map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const)))
    .sort((x, y) => compare(x[0], y[0]) || compare(x[1], y[1]));
  for (const [a, b] of together) {
    const [left, right] = [indexOf.get(a), indexOf.get(b)];
    if (left !== undefined && right !== undefined) groups.join(left, right, 'decided');
  }
  const edges = candidatePairs(claims).flatMap(([a, b]) => {
    const score = groups.scoreOf(a, b);
    return score.merge ? [{ a, b, score: score.score }] : [];
  });
  edges.sort((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);
  const edgesOf = new Map<number, Edge[]>();
  for (const edge of edges) {
    for (const end of [edge.a, edge.b]) {
      const known = edgesOf.get(end);
      if (known === undefined) edgesOf.set(end, [edge]);
      else known.push(edge);
    }
  }
  for (const edge of edges) {
    const unsure = [edge.a, edge.b].some((end) => groups.isTorn(end, edge, edgesOf.get(end) ?? []));
    if (!unsure) groups.join(edge.a, edge.b, 'alike');
  }
  return groups.all();
}

interface Edge {
  a: number;
  b: number;
  score: number;
}

/** Within this much of a score, two events that rule each other out claim a report alike. */
export const TORN_WITHIN = 0.03;

/** Pairs of indices that share a key and whose days can meet, each once. */
function candidatePairs(claims: readonly ClaimFeatures[]): [number, number][] {
  const windows = claims.map(mergeWindow);
  const byKey = new Map<string, number[]>();
  claims.forEach((claim, index) => {
    for (const key of keysOf(claim)) {
      const under = byKey.get(key);
      if (under === undefined) byKey.set(key, [index]);
      else under.push(index);
    }
  });
  const seen = new Set<number>();
  const pairs: [number, number][] = [];
  const lowerOf = (index: number): number => windows[index]?.lower ?? 0;
  for (const under of byKey.values()) {
    under.sort((a, b) => lowerOf(a) - lowerOf(b));
    under.forEach((a, position) => {
      const upper = windows[a]?.upper ?? 0;
      for (let next = position + 1; next < under.length; next += 1) {
        const b = under[next] ?? 0;
        if (lowerOf(b) > upper) break;
        const id = a < b ? a * claims.length + b : b * claims.length + a;
        if (seen.has(id)) continue;
        seen.add(id);
        pairs.push(a < b ? [a, b] : [b, a]);
      }
    });
  }
  return pairs;
}

class Groups {
  private readonly groupOf: number[][];
  private readonly scores = new Map<number, MergeScore>();
  private readonly apart: Map<string, Set<string>>;

  constructor(
    private readonly claims: readonly ClaimFeatures[],
    constraints: Constraints,
  ) {
    this.groupOf = claims.map((_, index) => [index]);
    this.apart = new Map();
    for (const [a, b] of constraints.apart) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        this.apart.set(from, (this.apart.get(from) ?? new Set()).add(to));
      }
    }
  }

  scoreOf(a: number, b: number): MergeScore {
    const id = a < b ? a * this.claims.length + b : b * this.claims.length + a;
    const known = this.scores.get(id);
    if (known !== undefined) return known;
    const score = scoreFeatures(this.claim(a), this.claim(b));
    // Most pairs end in a veto and are never asked for again.
    if (score.merge || this.sizeOf(a) > 1 || this.sizeOf(b) > 1) this.scores.set(id, score);
    return score;
  }

  join(a: number, b: number, why: 'decided' | 'alike'): void {
    const left = this.groupOf[a] ?? [];
    const right = this.groupOf[b] ?? [];
    if (left === right || this.keptApart(left, right)) return;
    if (why === 'alike' && this.ruledOut(left, right)) return;
    const joined = [...left, ...right].sort((x, y) => this.byPublication(x, y));
    for (const index of joined) this.groupOf[index] = joined;
  }

  /**
   * Is a report that still stands alone claimed as much by another group, which the one at the edge's other end rules out? Then nobody can
   * say to which it belongs, and it stays by itself.
   */
  isTorn(end: number, edge: Edge, edges: readonly Edge[]): boolean {
    if (this.sizeOf(end) > 1) return false;
    const other = edge.a === end ? edge.b : edge.a;
    const chosen = this.groupOf[other] ?? [];
    return edges.some((rival) => {
      if (rival === edge || rival.score < edge.score - TORN_WITHIN) return false;
      const group = this.groupOf[rival.a === end ? rival.b : rival.a] ?? [];
      return group !== chosen && this.ruledOut(chosen, group);
    });
  }

  all(): string[][] {
    return [...new Set(this.groupOf)]
      .map((group) => group.map((index) => this.claim(index).reportId).sort(compare))
      .sort((x, y) => compare(x[0] ?? '', y[0] ?? ''));
  }

  private ruledOut(left: readonly number[], right: readonly number[]): boolean {
    return left
      .slice(0, SCORED_CLAIMS)
      .some((x) => right.slice(0, SCORED_CLAIMS).some((y) => isVeto(this.scoreOf(x, y))));
  }

  private keptApart(left: readonly number[], right: readonly number[]): boolean {
    if (this.apart.size === 0) return false;
    const ids = new Set(right.map((index) => this.claim(index).reportId));
    return left.some((index) => [...(this.apart.get(this.claim(index).reportId) ?? [])].some((id) => ids.has(id)));
  }

  private sizeOf(index: number): number {
    return this.groupOf[index]?.length ?? 0;
  }

  private byPublication(a: number, b: number): number {
    const [x, y] = [this.claim(a), this.claim(b)];
    return x.published - y.published || compare(x.reportId, y.reportId);
  }

  private claim(index: number): ClaimFeatures {
    const claim = this.claims[index];
    if (claim === undefined) throw new RangeError(`no claim ${String(index)}`);
    return claim;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
