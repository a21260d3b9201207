import type { Development } from '@themeline/contracts';
import { dayNumber, type DayInterval } from '@themeline/dates';
import { foldedWords } from '@themeline/merging';
import type { SearchFields, Snapshot } from '../timeline.collections';

const MAX_TERMS = 150;

/** Widths in days up to which an interval is of a class; what is wider or open is of the last, `SPAN_LIMITS.length`. */
export const SPAN_LIMITS = [31, 366, 3_700] as const;

/** What lists find an event by. `bounds`: the days of its date, or those behind it when it is undated. */
export function searchFieldsOf(
  snapshot: Snapshot,
  bounds: DayInterval,
  developed: readonly Development[],
): SearchFields {
  const lower = bounds.lower === null ? null : dayNumber(bounds.lower);
  const upper = bounds.upper === null ? null : dayNumber(bounds.upper);
  return {
    tags: [
      `kind:${snapshot.kind}`,
      `status:${snapshot.status}`,
      ...snapshot.themes.map((theme) => `theme:${theme}`),
      ...snapshot.entities.map((entity) => `entity:${entity.id}`),
      ...snapshot.countries.map((country) => `country:${country}`),
      ...developed.map((development) => `development:${development}`),
    ],
    ...wordsOf(snapshot),
    dated: snapshot.date.edtf !== null,
    approximate: snapshot.date.approximate,
    lower,
    upper,
    dateKey: lower ?? upper ?? 0,
    span: spanOf(lower, upper),
    recordedAt: new Date(snapshot.recordedAt),
    importance: snapshot.importance,
    sourceCount: snapshot.sourceCount,
    amountUsd: snapshot.amount?.usd ?? null,
    retracted: snapshot.retracted,
  };
}

/**
 * `terms`: every word, and those of the headline once more as `=word`, so that a match there can be asked for.
 * `wording`: the words in order, one space around each and a bar between parts, for phrases: ` zu bans chips | the chips of zu | zu `
 */
export function wordsOf({
  headline,
  summary,
  entities,
}: Pick<Snapshot, 'headline' | 'summary' | 'entities'>): Pick<SearchFields, 'terms' | 'wording'> {
  const parts = [headline, ...(summary === null ? [] : [summary]), ...entities.map(({ name }) => name)].map(
    foldedWords,
  );
  const title = new Set(parts[0]);
  return {
    terms: [...[...new Set(parts.flat())].slice(0, MAX_TERMS), ...[...title].map((word) => `=${word}`)],
    wording: ` ${parts.map((words) => words.join(' ')).join(' | ')} `,
  };
}

/** Which class of width an interval is of: `spanOf(19723, 19723)` → 0, open → 3. */
export function spanOf(lower: number | null, upper: number | null): number {
  if (lower === null || upper === null) return SPAN_LIMITS.length;
  const width = upper - lower + 1;
  const found = SPAN_LIMITS.findIndex((limit) => width <= limit);
  return found < 0 ? SPAN_LIMITS.length : found;
}
