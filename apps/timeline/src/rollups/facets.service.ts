import { Injectable } from '@nestjs/common';
import type { Facet } from '../events/event.facets';
import type { Selection } from '../events/event.search';
import { CountingRepository } from './counting.repository';
import { countsFor, RollupReader, rolledUpTags, type Unfolded } from './rollup.reader';
import { ALL, facetOf, valueOf } from './rollup.tally';
import { RollupsRepository } from './rollups.repository';

export interface FacetValue {
  value: string;
  count: number;
}

/** The most frequent values of each facet asked for, and how many events were counted. */
export interface FacetCounts {
  facets: Record<string, FacetValue[]>;
  total: number;
  /** More match than are counted: of the newest 10,000. */
  capped: boolean;
}

const FACET_VALUES = 100;
const ENTITY_PAGE = 500;

/** Counts the events of a selection by the values of facets. */
@Injectable()
export class FacetsService {
  constructor(
    private readonly rollups: RollupsRepository,
    private readonly reader: RollupReader,
    private readonly counting: CountingRepository,
  ) {}

  async count(selection: Selection, facets: readonly Facet[]): Promise<FacetCounts> {
    const tags = selection.criteria.days === null ? rolledUpTags(selection.criteria) : null;
    const kept = tags === null || !selection.criteria.undated || isOfEntities(tags, facets) ? null : tags;
    const found =
      kept === null
        ? null
        : await this.reader.at(selection.seq, (unfolded) => this.fromRollups(kept, facets, unfolded));
    return found ?? this.fromRows(selection, facets);
  }

  private async fromRollups(
    tags: readonly string[],
    facets: readonly Facet[],
    unfolded: Unfolded,
  ): Promise<FacetCounts> {
    const changed = new Map<string, number>();
    let total = 0;
    for (const { row, by } of unfolded.changes) {
      if (!countsFor(row, tags)) continue;
      total += by;
      for (const tag of row.tags) changed.set(tag, (changed.get(tag) ?? 0) + by);
    }
    const fields = Object.fromEntries(['total', ...facets.map((facet) => `counts.${facet}`)].map((name) => [name, 1]));
    const stored = await this.rollups.findByTag(tags, fields as Record<string, 1>);
    for (const row of stored.values()) total += row.total ?? 0;
    const out: Record<string, FacetValue[]> = {};
    for (const facet of facets) {
      const counts = new Map<string, number>();
      const add = (value: string, count: number): void => void counts.set(value, (counts.get(value) ?? 0) + count);
      if (tags.includes(ALL)) await this.addTop(facet, changed, add);
      else if (facet === 'entity') await this.addEntities(tags, changed, add);
      else {
        for (const [tag, row] of stored) {
          for (const [value, count] of Object.entries(row.counts?.[facet] ?? {})) add(value, count);
          if (facetOf(tag) === facet) add(valueOf(tag), row.total ?? 0);
        }
      }
      for (const [tag, count] of changed) if (facetOf(tag) === facet) add(valueOf(tag), count);
      out[facet] = mostOf(counts);
    }
    return { facets: out, total, capped: false };
  }

  /** Of all events: the values that may be among the most frequent, with their stored counts. */
  private async addTop(
    facet: Facet,
    changed: ReadonlyMap<string, number>,
    add: (value: string, count: number) => void,
  ): Promise<void> {
    const touched = [...changed.keys()].filter((tag) => facetOf(tag) === facet);
    // Each that lost some may make place for one more.
    const top = await this.rollups.findTop(facet, FACET_VALUES + touched.length);
    const stored = new Map(top.map(({ _id, total }) => [_id, total]));
    const missing = touched.filter((tag) => !stored.has(tag));
    for (const [tag, { total }] of await this.rollups.findByTag(missing, { total: 1 })) stored.set(tag, total ?? 0);
    for (const [tag, total] of stored) add(valueOf(tag), total);
  }

  /**
   * Of the events with certain tags: the most frequent entities, and of the others those with no fewer events with the tags than the
   * hundredth among them. Those that changed are read in any case.
   */
  private async addEntities(
    tags: readonly string[],
    changed: ReadonlyMap<string, number>,
    add: (value: string, count: number) => void,
  ): Promise<void> {
    const [tag = ALL] = tags;
    const facet = facetOf(tag);
    const values = tags.map(valueOf);
    const touched = [...changed.keys()].filter((name) => facetOf(name) === 'entity');
    const seen = new Set<string>();
    const counts: number[] = [];
    const note = (id: string, stored: Record<string, number> | undefined): void => {
      if (seen.has(id)) return;
      seen.add(id);
      const count = values.reduce((sum, value) => sum + (stored?.[value] ?? 0), 0);
      add(valueOf(id), count);
      counts.push(count);
    };
    const first = await this.rollups.findEntitiesWith(facet, values, { limit: ENTITY_PAGE });
    for (const row of first) note(row._id, row.counts?.[facet]);
    const least = first[first.length - 1]?.total ?? 0;
    const hundredth = counts.sort((a, b) => b - a)[FACET_VALUES + touched.length - 1] ?? 0;
    if (first.length === ENTITY_PAGE && least >= hundredth) {
      const bounds = { most: least, fewest: Math.max(1, hundredth) };
      for (const row of await this.rollups.findEntitiesWith(facet, values, bounds)) note(row._id, row.counts?.[facet]);
    }
    const fields = Object.fromEntries(values.map((value) => [`counts.${facet}.${value}`, 1 as const]));
    for (const [id, row] of await this.rollups.findByTag(touched, fields)) note(id, row.counts?.[facet]);
  }

  private async fromRows(selection: Selection, facets: readonly Facet[]): Promise<FacetCounts> {
    const { rows, capped } = await this.counting.findRows(selection);
    const counts = new Map(facets.map((facet) => [facet as string, new Map<string, number>()]));
    for (const { tags } of rows) {
      for (const tag of tags) {
        const of = counts.get(facetOf(tag));
        if (of !== undefined) of.set(valueOf(tag), (of.get(valueOf(tag)) ?? 0) + 1);
      }
    }
    return {
      facets: Object.fromEntries([...counts].map(([facet, values]) => [facet, mostOf(values)])),
      total: rows.length,
      capped,
    };
  }
}

/** Which entities occur together is not rolled up. */
const isOfEntities = (tags: readonly string[], facets: readonly Facet[]): boolean =>
  facets.includes('entity') && tags.some((tag) => facetOf(tag) === 'entity');

function mostOf(counts: ReadonlyMap<string, number>): FacetValue[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, FACET_VALUES)
    .map(([value, count]) => ({ value, count }));
}
