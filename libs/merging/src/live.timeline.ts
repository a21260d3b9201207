import { isCommonKey, keysOf } from './candidate.keys';
import { type ClaimFeatures, mergeWindow } from './claim.features';
import { chooseEvent, type EventProfile } from './event.choice';
import { SCORED_CLAIMS } from './event.rebuild';

/**
 * Events as they grow while reports come in one by one, in memory: what the timeline does, without its database. For measuring how far the
 * order of arrival matters; `rebuild` is what does not depend on it.
 */
export class LiveTimeline {
  private readonly events = new Map<string, { id: string; profiles: ClaimFeatures[]; lower: number; upper: number }>();
  private readonly byKey = new Map<string, Set<string>>();
  /** How many events were made under a key. */
  private readonly made = new Map<string, number>();

  accept(report: ClaimFeatures): void {
    const keys = keysOf(report);
    const choice = chooseEvent(report, this.candidates(report, keys));
    const id = choice?.id ?? report.reportId;
    if (choice === null) for (const key of keys) this.made.set(key, (this.made.get(key) ?? 0) + 1);
    this.put(id, [report]);
    for (const other of choice?.bridged ?? []) {
      this.put(id, this.events.get(other)?.profiles ?? []);
      this.events.delete(other);
    }
  }

  /** Groups of report ids, as `rebuild` gives them. */
  groups(): string[][] {
    return [...this.events.values()]
      .map(({ profiles }) => profiles.map(({ reportId }) => reportId).sort())
      .sort((x, y) => ((x[0] ?? '') < (y[0] ?? '') ? -1 : 1));
  }

  private candidates(report: ClaimFeatures, keys: readonly string[]): EventProfile[] {
    const { lower, upper } = mergeWindow(report);
    const telling = keys.filter((key) => !isCommonKey(key, this.made.get(key) ?? 0));
    const found = telling.flatMap((key) => placesUnder(key, lower, upper));
    const ids = new Set(found.flatMap((place) => [...(this.byKey.get(place) ?? [])]));
    return [...ids].flatMap((id) => {
      const event = this.events.get(id);
      if (event === undefined || event.lower > upper || event.upper < lower) return [];
      return [{ id, profiles: event.profiles.slice(0, SCORED_CLAIMS) }];
    });
  }

  private put(id: string, claims: readonly ClaimFeatures[]): void {
    const event = this.events.get(id) ?? { id, profiles: [], lower: 1e9, upper: -1e9 };
    this.events.set(id, event);
    for (const claim of claims) {
      const window = mergeWindow(claim);
      event.profiles.push(claim);
      event.lower = Math.min(event.lower, window.lower);
      event.upper = Math.max(event.upper, window.upper);
      for (const key of keysOf(claim)) {
        for (const place of placesUnder(key, window.lower, window.upper)) {
          this.byKey.set(place, (this.byKey.get(place) ?? new Set()).add(id));
        }
      }
    }
  }
}

const BUCKET_DAYS = 64;
/** Days outside of these lie in the first or last bucket. */
const EARLIEST = -100 * 366;
const LATEST = 100 * 366;

/** A key's places in the index, one for each stretch of days that the window touches; two windows that meet share one. */
function placesUnder(key: string, lower: number, upper: number): string[] {
  const bucket = (day: number): number => Math.floor(Math.min(LATEST, Math.max(EARLIEST, day)) / BUCKET_DAYS);
  const places: string[] = [];
  for (let at = bucket(lower); at <= bucket(upper); at += 1) places.push(`${key}@${String(at)}`);
  return places;
}
