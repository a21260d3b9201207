import { deriveId } from '@themeline/contracts';
import type { Constraints } from '@themeline/merging';

/** A group of reports that a rebuild takes for one event. `rep_…` ids, sorted. */
export interface RebuiltEvent {
  id: string;
  reportIds: string[];
}

/** How two ways of grouping the same reports differ, in pairs of reports that are in one event. */
export interface PairAgreement {
  both: number;
  onlyLive: number;
  onlyRebuilt: number;
  /** `both` as a share of all of them; 1 where there are none. */
  share: number;
}

/** What is one event in the one timeline and several in the other. */
export interface Difference {
  type: 'join' | 'part';
  /** The live events that a rebuild would join, or the one whose reports it would part. */
  events: string[];
  /** The reports, as the rebuild groups them. */
  groups: string[][];
}

/**
 * What persons have decided, by report ids: those that were put into one event belong together, and of two events that were
 * parted one report each stands for all. `eventOf` and `parted` name events that stand.
 */
export function constraintsOf(
  pins: ReadonlyMap<string, string>,
  parted: readonly (readonly [string, string])[],
  eventOf: ReadonlyMap<string, string>,
): Constraints {
  const pinned = new Map<string, string[]>();
  for (const [reportId, eventId] of [...pins].sort(([a], [b]) => order(a, b))) {
    if (eventOf.has(reportId)) pinned.set(eventId, [...(pinned.get(eventId) ?? []), reportId]);
  }
  const first = (eventId: string): string | undefined => pinned.get(eventId)?.[0];
  return {
    together: [...pinned.values()].flatMap((ids) => ids.slice(1).map((id, at) => [ids[at] ?? id, id] as const)),
    apart: parted.flatMap(([a, b]) => {
      const [one, other] = [first(a), first(b)];
      return one === undefined || other === undefined ? [] : [[one, other] as const];
    }),
  };
}

/** Each group gets the id of the live event that has most of its reports, which only one group can have; else one of its first report. */
export function nameGroups(
  groups: readonly (readonly string[])[],
  eventOf: ReadonlyMap<string, string>,
): RebuiltEvent[] {
  const claims = groups.flatMap((reportIds, group) => {
    const shares = new Map<string, number>();
    for (const id of reportIds) {
      const eventId = eventOf.get(id);
      if (eventId !== undefined) shares.set(eventId, (shares.get(eventId) ?? 0) + 1);
    }
    return [...shares].map(([eventId, count]) => ({ group, eventId, count }));
  });
  claims.sort((a, b) => b.count - a.count || order(a.eventId, b.eventId) || a.group - b.group);
  const idOf = new Map<number, string>();
  const taken = new Set<string>();
  for (const { group, eventId } of claims) {
    if (idOf.has(group) || taken.has(eventId)) continue;
    idOf.set(group, eventId);
    taken.add(eventId);
  }
  const live = new Set(eventOf.values());
  return groups.map((reportIds, group) => {
    const [first = ''] = reportIds;
    const own = deriveId('evt', first);
    const fresh = live.has(own) ? deriveId('evt', first, 'rebuilt') : own;
    return { id: idOf.get(group) ?? fresh, reportIds: [...reportIds] };
  });
}

/** `eventOf`: where each report is in the live timeline. */
export function comparePairs(rebuilt: readonly RebuiltEvent[], eventOf: ReadonlyMap<string, string>): PairAgreement {
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  const live = new Map<string, number>();
  for (const eventId of eventOf.values()) live.set(eventId, (live.get(eventId) ?? 0) + 1);
  let both = 0;
  let inRebuilt = 0;
  for (const { reportIds } of rebuilt) {
    inRebuilt += pairs(reportIds.length);
    const parts = new Map<string | undefined, number>();
    for (const id of reportIds) parts.set(eventOf.get(id), (parts.get(eventOf.get(id)) ?? 0) + 1);
    for (const count of parts.values()) both += pairs(count);
  }
  const inLive = [...live.values()].reduce((sum, count) => sum + pairs(count), 0);
  const all = inLive + inRebuilt - both;
  return { both, onlyLive: inLive - both, onlyRebuilt: inRebuilt - both, share: all === 0 ? 1 : both / all };
}

/** First what would be joined, then what would be parted; each by the ids of its events. */
export function differencesOf(rebuilt: readonly RebuiltEvent[], eventOf: ReadonlyMap<string, string>): Difference[] {
  const eventsOf = (reportIds: readonly string[]): string[] =>
    [...new Set(reportIds.flatMap((id) => eventOf.get(id) ?? []))].sort(order);
  const joined = rebuilt
    .map(({ reportIds }) => ({ type: 'join' as const, events: eventsOf(reportIds), groups: [reportIds] }))
    .filter(({ events }) => events.length > 1);
  const groupsOf = new Map<string, string[][]>();
  for (const { reportIds } of rebuilt) {
    for (const eventId of eventsOf(reportIds)) {
      const here = reportIds.filter((id) => eventOf.get(id) === eventId);
      groupsOf.set(eventId, [...(groupsOf.get(eventId) ?? []), here]);
    }
  }
  const parted = [...groupsOf]
    .filter(([, groups]) => groups.length > 1)
    .map(([eventId, groups]) => ({ type: 'part' as const, events: [eventId], groups }));
  const byEvents = (a: Difference, b: Difference): number => order(a.events.join(), b.events.join());
  return [...joined.sort(byEvents), ...parted.sort(byEvents)];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
