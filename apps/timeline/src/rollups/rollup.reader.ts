import { Injectable } from '@nestjs/common';
import type { Criteria } from '../events/filter.criteria';
import { ALL, type CountedRow, facetOf, isCounted } from './rollup.tally';
import { type Change, RollupsRepository } from './rollups.repository';

/** Further away from what is folded, counting is as quick. */
const MAX_CHANGES = 20_000;
/** An event has one value of these, so that their counts add up. */
const SINGLE_VALUED = new Set(['kind', 'status']);

/** What is folded, and what has to be added to it, or taken off, to get to a place in the one order. */
export interface Unfolded {
  changes: readonly Change[];
}

/** The tags whose rollups together count what the criteria mean; null when only counting can tell. Days are not looked at. */
export function rolledUpTags(criteria: Criteria): string[] | null {
  const { tags, words, since, minImportance, minSources, minAmountUsd, retracted } = criteria;
  if (words !== null || since !== null || minImportance > 0 || minSources > 0 || minAmountUsd !== null || retracted) {
    return null;
  }
  const [group, ...others] = tags;
  if (group === undefined) return [ALL];
  const [tag, ...more] = group;
  if (others.length > 0 || tag === undefined) return null;
  return more.length === 0 || SINGLE_VALUED.has(facetOf(tag)) ? group : null;
}

/** Whether an event's state is among those that the tags' rollups count. */
export function countsFor(row: CountedRow, tags: readonly string[]): boolean {
  return isCounted(row) && tags.some((tag) => tag === ALL || row.tags.includes(tag));
}

/** Reads rollups as of any place in the one order that is not far from what is folded. */
@Injectable()
export class RollupReader {
  constructor(private readonly rollups: RollupsRepository) {}

  /**
   * What `read` makes of the rollups and the changes between them and the place; null when these are too many. It is done again
   * when more was folded meanwhile, so that both belong together.
   */
  async at<T>(seq: number, read: (unfolded: Unfolded) => Promise<T>): Promise<T | null> {
    for (;;) {
      const folded = await this.rollups.foldedTo();
      if (Math.abs(seq - folded) > MAX_CHANGES) return null;
      const { items } =
        seq === folded ? { items: [] } : await this.rollups.findChanges(Math.min(seq, folded), Math.max(seq, folded));
      // Before what is folded, what has come since is taken off again.
      const changes = seq >= folded ? items : items.map(({ row, by }): Change => ({ row, by: by === 1 ? -1 : 1 }));
      const result = await read({ changes });
      if ((await this.rollups.foldedTo()) === folded) return result;
    }
  }
}
