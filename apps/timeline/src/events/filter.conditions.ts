import { dayNumber } from '@themeline/dates';
import { foldedWords } from '@themeline/merging';
import type { EventFilter } from './event.filter';

/** The conditions of a filter on revisions, without their place in the order. `entities` are the ids of those that it names. */
export function conditionsOf(filter: EventFilter, entities: readonly string[] | undefined): object[] {
  const conditions: object[] = [{ heir: null }];
  const tagged = (name: string, values: readonly string[] | undefined): void => {
    if (values === undefined || values.length === 0) return;
    const tags = [...new Set(values)].map((value) => `${name}:${value}`);
    conditions.push({ tags: tags.length === 1 ? tags[0] : { $in: tags } });
  };
  tagged('kind', filter.kind);
  tagged('theme', filter.theme);
  tagged('entity', entities);
  tagged('country', filter.country);
  tagged('status', filter.status);
  tagged('development', filter.development);
  if (filter.development?.includes('retracted') !== true) conditions.push({ retracted: false });
  conditions.push(...dateConditions(filter));
  if (filter.q !== undefined) conditions.push(...wordConditions(filter.q));
  if (filter.minImportance !== undefined) conditions.push({ importance: { $gte: filter.minImportance } });
  if (filter.minSources !== undefined) conditions.push({ sourceCount: { $gte: filter.minSources } });
  if (filter.minAmountUsd !== undefined) conditions.push({ amountUsd: { $gte: filter.minAmountUsd } });
  if (filter.recordedSince !== undefined) conditions.push({ knownAt: { $gte: new Date(filter.recordedSince) } });
  return conditions;
}

function dateConditions(filter: EventFilter): object[] {
  const { from, to } = filter;
  const ranged = from !== undefined || to !== undefined;
  const conditions: object[] = [];
  if ((filter.undated ?? (ranged ? 'exclude' : 'include')) === 'exclude') conditions.push({ dated: true });
  if (!ranged) return conditions;
  const first = from === undefined ? null : dayNumber(from);
  const last = to === undefined ? null : dayNumber(to);
  // Null compares equal to a missing bound only: an open side meets every range, and is certain only where the range is open too.
  if (filter.dateMatch === 'certain') {
    conditions.push({ approximate: false });
    if (first !== null) conditions.push({ lower: { $gte: first } });
    if (last !== null) conditions.push({ upper: { $lte: last } });
    return conditions;
  }
  if (last !== null) conditions.push({ $or: [{ lower: null }, { lower: { $lte: last } }] });
  if (first !== null) conditions.push({ $or: [{ upper: null }, { upper: { $gte: first } }] });
  return conditions;
}

function wordConditions(q: string): object[] {
  return q
    .split(/\s+/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const words = foldedWords(part);
      return words.map((word, index) =>
        part.endsWith('*') && index === words.length - 1 ? { terms: { $regex: `^${word}` } } : { terms: word },
      );
    });
}
