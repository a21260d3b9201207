import type { RevisionDocument } from '../timeline.collections';

export const SORTS = ['-recorded', 'recorded', '-date', 'date', 'importance'] as const;
export type Sort = (typeof SORTS)[number];

export const SORT_FIELDS: Record<Sort, { field: 'recordedAt' | 'dateKey' | 'importance'; by: 1 | -1 }> = {
  recorded: { field: 'recordedAt', by: 1 },
  '-recorded': { field: 'recordedAt', by: -1 },
  date: { field: 'dateKey', by: 1 },
  '-date': { field: 'dateKey', by: -1 },
  importance: { field: 'importance', by: -1 },
};

/** Where an item stands in an order: no two have the same. */
export interface Position {
  key: number;
  id: string;
}

export function positionOf(
  row: Pick<RevisionDocument, 'eventId' | 'recordedAt' | 'dateKey' | 'importance'>,
  sort: Sort,
): Position {
  const value = row[SORT_FIELDS[sort].field];
  return { key: value instanceof Date ? value.getTime() : value, id: row.eventId };
}

/** The condition that holds for what comes after a position. */
export function afterPosition({ key, id }: Position, sort: Sort): object[] {
  const { field, by } = SORT_FIELDS[sort];
  const at = field === 'recordedAt' ? new Date(key) : key;
  const beyond = by === 1 ? '$gt' : '$lt';
  return [
    // Alone it already bounds the index.
    { [field]: { [by === 1 ? '$gte' : '$lte']: at } },
    { $or: [{ [field]: { [beyond]: at } }, { [field]: at, eventId: { [beyond]: id } }] },
  ];
}
