import { type BsonValue, documentOf, fieldOf, numberOf, stringOf } from '@themeline/persistence';
import type { RevisionDocument } from '../timeline.collections';
import type { Access } from './access.plan';
import { type Criteria, conditionsOf } from './filter.criteria';
import { afterPosition, beyondPosition, inHeadline, type Position, type Sort, SORT_FIELDS } from './event.order';
import { headlineConditions } from './word.query';

/** Of a revision what a list shows and goes on by. */
export const LISTED = {
  _id: 0,
  eventId: 1,
  revision: 1,
  sourceCount: 1,
  snapshot: 1,
  knownSeq: 1,
  dateKey: 1,
  importance: 1,
} as const;
export type ListedRow = Required<Pick<RevisionDocument, Exclude<keyof typeof LISTED, '_id' | 'snapshot'>>> & {
  /** As it is stored, see `EventBatch`. */
  snapshot: BsonValue;
};

/** Out of what a query gives with `raw: true`. */
export function listedRow(bytes: Uint8Array): ListedRow {
  const row = documentOf(bytes);
  return {
    eventId: stringOf(row, 'eventId'),
    revision: numberOf(row, 'revision'),
    sourceCount: numberOf(row, 'sourceCount'),
    snapshot: fieldOf(row, 'snapshot') ?? row,
    knownSeq: numberOf(row, 'knownSeq'),
    dateKey: numberOf(row, 'dateKey'),
    importance: numberOf(row, 'importance'),
  };
}

/** What goes to the database for one page. */
export interface PageQuery {
  filter: object;
  sort: Record<string, 1 | -1>;
  hint: Record<string, 1>;
}

/** What stood at a place in the one order. */
export const atPlace = (seq: number) => ({ fromSeq: { $lte: seq }, toSeq: { $gt: seq } });

/** In the order of relevance `headline` says which of its two parts is meant; only where some word must occur. */
export function pageQuery(
  seq: number,
  criteria: Criteria,
  access: Access,
  sort: Sort,
  after: Position | null,
  headline?: boolean,
): PageQuery {
  const { field, by } = SORT_FIELDS[sort];
  const goOn = after !== null && (headline === undefined || inHeadline(after) === headline);
  return {
    filter: {
      $and: [
        ...(goOn ? conditionsAfter(access, after, sort) : access.conditions),
        ...conditionsOf(criteria, access.lead),
        ...(headline === undefined ? [] : [headlineCondition(criteria, headline)]),
        atPlace(seq),
      ],
    },
    // What is known first at a place is one event: no more is needed to tell rows apart.
    sort: field === 'knownSeq' ? { knownSeq: by } : { [field]: by, eventId: by },
    hint: access.hint,
  };
}

/** Many events may share a place but for their ids: each part of the index begins at the id where the list goes on. */
function conditionsAfter({ conditions, branches, ordered }: Access, after: Position, sort: Sort): object[] {
  if (!ordered || branches === undefined) return [...conditions, ...afterPosition(after, sort)];
  const beyond = beyondPosition(after, sort);
  return [{ $or: branches.flatMap((branch) => beyond.map((later) => ({ $and: [branch, later] }))) }];
}

function headlineCondition({ words }: Criteria, inside: boolean): object {
  const conditions = words === null ? [] : headlineConditions(words);
  return inside ? { $and: conditions } : { $nor: [{ $and: conditions }] };
}
