import { dayNumber } from '@themeline/dates';
import type { EventFilter } from './event.filter';
import { readWords, type WordQuery, wordConditions } from './word.query';

/** A filter with its names resolved, taken apart by what an index can be asked for. All parts hold together. */
export interface Criteria {
  /** Of each group an event has at least one: `[['kind:ban', 'kind:policy'], ['entity:zu']]` */
  tags: string[][];
  words: WordQuery | null;
  days: DayRange | null;
  /** Known from this place in the one order on. */
  since: number | null;
  minImportance: number;
  minSources: number;
  minAmountUsd: number | null;
  retracted: boolean;
  undated: boolean;
}

/** Day numbers, null where open. */
export interface DayRange {
  first: number | null;
  last: number | null;
  /** Lies inside and is not approximate, instead of meets. */
  certain: boolean;
}

/** `entities` are the ids of those that the filter names, `since` the place that its `recordedSince` stands for. */
export function criteriaOf(
  filter: EventFilter,
  entities: readonly string[] | undefined,
  since: number | null,
): Criteria {
  const groups = {
    kind: filter.kind,
    theme: filter.theme,
    entity: entities,
    country: filter.country,
    status: filter.status,
    development: filter.development,
  };
  const { from, to } = filter;
  const ranged = from !== undefined || to !== undefined;
  return {
    tags: Object.entries(groups).flatMap(([name, values]) =>
      values === undefined || values.length === 0 ? [] : [[...new Set(values)].map((value) => `${name}:${value}`)],
    ),
    words: filter.q === undefined ? null : readWords(filter.q),
    days: ranged
      ? {
          first: from === undefined ? null : dayNumber(from),
          last: to === undefined ? null : dayNumber(to),
          certain: filter.dateMatch === 'certain',
        }
      : null,
    since,
    minImportance: filter.minImportance ?? 0,
    minSources: filter.minSources ?? 0,
    minAmountUsd: filter.minAmountUsd ?? null,
    retracted: filter.development?.includes('retracted') === true,
    undated: (filter.undated ?? (ranged ? 'exclude' : 'include')) === 'include',
  };
}

/**
 * Conditions on revisions, without their place in the order. With a lead, which bounds an index, the others of its kind are put such
 * that the database cannot bound it by them instead.
 */
export function conditionsOf(criteria: Criteria, lead: { tags?: number; term?: number } = {}): object[] {
  const { tags, words, days, since, minImportance, minSources, minAmountUsd, retracted, undated } = criteria;
  return [
    { heir: null },
    ...tags.flatMap((group, index) =>
      lead.tags === undefined ? [tagCondition(group)] : index === lead.tags ? [] : [unindexedTags(group)],
    ),
    ...(retracted ? [] : [{ retracted: false }]),
    ...(undated ? [] : [{ dated: true }]),
    ...(days === null ? [] : dayConditions(days)),
    ...(words === null ? [] : wordConditions(words, lead.term)),
    ...(since === null ? [] : [{ knownSeq: { $gte: since } }]),
    ...(minImportance > 0 ? [{ importance: { $gte: minImportance } }] : []),
    ...(minSources > 0 ? [{ sourceCount: { $gte: minSources } }] : []),
    ...(minAmountUsd === null ? [] : [{ amountUsd: { $gte: minAmountUsd } }]),
  ];
}

export function tagCondition(group: readonly string[]): object {
  return { tags: group.length === 1 ? group[0] : { $in: group } };
}

function unindexedTags(group: readonly string[]): object {
  return { $expr: { $or: group.map((tag) => ({ $in: [tag, '$tags'] })) } };
}

// Null compares equal to a missing bound only: an open side meets every range, and is certain only where the range is open too.
function dayConditions({ first, last, certain }: DayRange): object[] {
  if (certain) {
    return [
      { approximate: false },
      ...(first === null ? [] : [{ lower: { $gte: first } }]),
      ...(last === null ? [] : [{ upper: { $lte: last } }]),
    ];
  }
  return [
    ...(last === null ? [] : [{ $or: [{ lower: null }, { lower: { $lte: last } }] }]),
    ...(first === null ? [] : [{ $or: [{ upper: null }, { upper: { $gte: first } }] }]),
  ];
}
