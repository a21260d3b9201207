import type { ClaimFeatures } from './claim.features';
import { TORN_WITHIN } from './event.rebuild';
import { isVeto, type MergeScore, scoreFeatures, scoreReportToEvent } from './pair.score';

/** An event as a report is held against it. */
export interface EventProfile {
  id: string;
  profiles: readonly ClaimFeatures[];
}

export interface EventChoice {
  id: string;
  score: MergeScore & { closest: string | null };
  /** Further events that the report shows to be the same, best first: an early split that it bridges. */
  bridged: string[];
}

/**
 * The event that a report belongs to, of those that share a key with it; null where it begins one of its own. So it does too when two events
 * that rule each other out claim it alike. Deterministic: ties go to the smaller id.
 */
export function chooseEvent(report: ClaimFeatures, events: readonly EventProfile[]): EventChoice | null {
  const claiming = events
    .map((event) => ({ event, score: scoreReportToEvent(report, event.profiles) }))
    .filter(({ score }) => score.merge)
    .sort((x, y) => y.score.score - x.score.score || (x.event.id < y.event.id ? -1 : 1));
  const [best, ...others] = claiming;
  if (best === undefined) return null;
  const rival = others.find(
    ({ event, score }) => score.score >= best.score.score - TORN_WITHIN && ruleOut(best.event.profiles, event.profiles),
  );
  if (rival !== undefined) return null;
  const joined = [...best.event.profiles];
  const bridged: string[] = [];
  for (const { event } of others) {
    if (ruleOut(joined, event.profiles)) continue;
    joined.push(...event.profiles);
    bridged.push(event.id);
  }
  return { id: best.event.id, score: best.score, bridged };
}

/** Does any claim of the one event exclude any of the other? */
export function ruleOut(left: readonly ClaimFeatures[], right: readonly ClaimFeatures[]): boolean {
  return left.some((a) => right.some((b) => isVeto(scoreFeatures(a, b))));
}
