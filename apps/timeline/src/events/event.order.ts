import type { RevisionDocument } from '../timeline.collections';

/**
 * The orders of lists. `recorded`: by when an event became known. `date`: by the first day of its interval, of one that begins open by the
 * last, of an undated one by its publication; a wider interval does not come before or after a narrower one of the same day.
 * `relevance`: those with every word in the headline, then the others, each by importance. What is equal goes by id, so no order depends on chance.
 */
export const SORTS = ['-recorded', 'recorded', '-date', 'date', 'importance', 'relevance'] as const;
export type Sort = (typeof SORTS)[number];

export type SortField = 'knownSeq' | 'dateKey' | 'importance';
export const SORT_FIELDS: Record<Sort, { field: SortField; by: 1 | -1 }> = {
  recorded: { field: 'knownSeq', by: 1 },
  '-recorded': { field: 'knownSeq', by: -1 },
  date: { field: 'dateKey', by: 1 },
  '-date': { field: 'dateKey', by: -1 },
  importance: { field: 'importance', by: -1 },
  relevance: { field: 'importance', by: -1 },
};

/** Where an item stands in an order: no two have the same. */
export interface Position {
  key: number;
  id: string;
}

/** What a headline match adds to the key in the order of relevance: more than any importance. */
const HEADLINE = 1_000;

/** In the order of relevance, whether it is among those with every word in the headline. */
export const inHeadline = ({ key }: Position): boolean => key >= HEADLINE;

export function positionOf(row: Pick<RevisionDocument, 'eventId' | SortField>, sort: Sort, headline = false): Position {
  return { key: (row[SORT_FIELDS[sort].field] ?? 0) + (headline ? HEADLINE : 0), id: row.eventId };
}

/** The condition that holds for what comes after a position. */
export function afterPosition({ key, id }: Position, sort: Sort): object[] {
  const { field, by } = SORT_FIELDS[sort];
  if (field === 'knownSeq') return beyondPosition({ key, id }, sort);
  return [
    // Alone it already bounds the index.
    { [field]: { [by === 1 ? '$gte' : '$lte']: keyAt(key, sort) } },
    { $or: beyondPosition({ key, id }, sort) },
  ];
}

/** Of these conditions, each of which bounds the order's index, one holds for what comes after a position. */
export function beyondPosition({ key, id }: Position, sort: Sort): object[] {
  const { field, by } = SORT_FIELDS[sort];
  const at = keyAt(key, sort);
  const beyond = by === 1 ? '$gt' : '$lt';
  const later = { [field]: { [beyond]: at } };
  return field === 'knownSeq' ? [later] : [{ [field]: at, eventId: { [beyond]: id } }, later];
}

const keyAt = (key: number, sort: Sort): number => (sort === 'relevance' ? key % HEADLINE : key);
