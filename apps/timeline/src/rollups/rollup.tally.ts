import type { RollupDocument, RollupYearDocument, SearchFields } from '../timeline.collections';
import { dayCellOf, monthCellOf } from './date.cell';

/** Of a revision what rollups count. */
export type CountedRow = Pick<
  SearchFields,
  'tags' | 'dated' | 'approximate' | 'lower' | 'upper' | 'retracted' | 'heir'
>;
export const COUNTED = {
  _id: 0,
  tags: 1,
  dated: 1,
  approximate: 1,
  lower: 1,
  upper: 1,
  retracted: 1,
  heir: 1,
} as const;

/** Stands for all events among the tags. */
export const ALL = '';

/** `facetOf('kind:ban')` → 'kind' */
export const facetOf = (tag: string): string => tag.slice(0, Math.max(0, tag.indexOf(':')));
/** `valueOf('kind:ban')` → 'ban' */
export const valueOf = (tag: string): string => tag.slice(tag.indexOf(':') + 1);

/** Whether lists show it, unless asked for what is retracted. */
export const isCounted = ({ retracted, heir }: Pick<CountedRow, 'retracted' | 'heir'>): boolean =>
  !retracted && heir === undefined;

/** Sums up what many events add to the rollups, or what their changes do. */
export class RollupTally {
  readonly rollups = new Map<string, RollupDocument>();
  readonly years = new Map<string, RollupYearDocument>();

  /** `by` is 1 for a state that is there now, -1 for one that is no longer. */
  add(row: CountedRow, by: 1 | -1): void {
    if (!isCounted(row)) return;
    const { year, key } = dayCellOf(row);
    const month = monthCellOf(row);
    const named = row.tags.map((tag) => [tag, facetOf(tag), valueOf(tag)] as const);
    const counted = named.filter(([, facet]) => facet !== 'entity');
    for (const [tag, facet] of [[ALL, ''] as const, ...named]) {
      const rollup = this.rollupOf(tag, facet);
      rollup.total += by;
      increase(rollup.months, month, by);
      // Of all events a value's count is the total of its own document.
      if (tag !== ALL) {
        for (const [other, otherFacet, value] of counted) {
          if (other !== tag) increase((rollup.counts[otherFacet] ??= {}), value, by);
        }
      }
      if (facet !== 'entity') increase(this.yearOf(`${tag}|${year}`).days, key, by);
    }
  }

  private rollupOf(tag: string, facet: string): RollupDocument {
    let rollup = this.rollups.get(tag);
    if (rollup === undefined) this.rollups.set(tag, (rollup = { _id: tag, facet, total: 0, counts: {}, months: {} }));
    return rollup;
  }

  private yearOf(id: string): RollupYearDocument {
    let year = this.years.get(id);
    if (year === undefined) this.years.set(id, (year = { _id: id, days: {} }));
    return year;
  }
}

function increase(counts: Record<string, number>, key: string, by: number): void {
  counts[key] = (counts[key] ?? 0) + by;
}

/** The `$inc` of a document that adds these counts to what is stored: `{counts: {kind: {ban: 2}}}` → `{'counts.kind.ban': 2}`. Zeros are left out. */
export function incrementsOf(counts: object, prefix = ''): Record<string, number> {
  const out: Record<string, number> = {};
  for (const [name, value] of Object.entries(counts) as [string, unknown][]) {
    if (typeof value === 'number') {
      if (value !== 0) out[prefix + name] = value;
    } else if (typeof value === 'object' && value !== null)
      Object.assign(out, incrementsOf(value, `${prefix}${name}.`));
  }
  return out;
}
