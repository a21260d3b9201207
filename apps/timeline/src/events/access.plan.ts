import { type DayRange, type Criteria, tagCondition } from './filter.criteria';
import { type Sort, SORT_FIELDS, type SortField } from './event.order';
import { SPAN_LIMITS } from './search.fields';
import { requiredTerms } from './word.query';

/** How often things occur, about: of all events, of each group of tags, of each required word. */
export interface Frequencies {
  all: number;
  tags: readonly number[];
  terms: readonly number[];
  /** Events known since the criteria's `since`. */
  since: number;
}

/** Which index a query goes through, and what bounds it there: a group of tags, a word, days, a place in the order, or nothing. */
export interface Access {
  hint: Record<string, 1>;
  /** The index gives the rows in the order asked for; else all that it bounds are gathered and sorted. */
  ordered: boolean;
  /** What bounds the index. */
  conditions: object[];
  /** The same taken apart where places in the order are in several parts of the index, which are merged: one of them holds. */
  branches?: object[];
  /** The group of tags, or the word among those required, that is in the conditions: others of its kind must not bound the index. */
  lead?: { tags: number } | { term: number };
}

const TAG_INDEX = {
  knownSeq: { tags: 1, knownSeq: 1 },
  dateKey: { tags: 1, span: 1, dateKey: 1, eventId: 1 },
} as const;
const ORDER_INDEX = {
  knownSeq: { knownSeq: 1 },
  dateKey: { span: 1, dateKey: 1, eventId: 1 },
  importance: { importance: 1, eventId: 1 },
} as const;
const TERM_INDEX = { terms: 1, knownSeq: 1 } as const;
const SPANS = [...SPAN_LIMITS.keys(), SPAN_LIMITS.length];
/** Events lie mostly within this many days: only for guesses. */
const USUAL_DAYS = 3_650;
/** Part of all whose date is open or very wide, undated ones among them: only for guesses. */
const OPEN_PART = 0.05;

interface Option extends Access {
  /** Part of all events that the index is bounded to. */
  part: number;
}

/**
 * The cheapest way to the next `limit` rows in that order, by the number of rows that must be looked at when filters are taken as
 * independent. `whole`: not one page but page after page to the end is wanted.
 */
export function planAccess(
  criteria: Criteria,
  sort: Sort,
  limit: number,
  frequencies: Frequencies,
  whole = false,
): Access {
  const all = Math.max(1, frequencies.all);
  const matches = Math.max(1, all * partMatching(criteria, frequencies));
  const cost = ({ part, ordered }: Option): number => {
    const rows = Math.max(1, all * part);
    // Sorting costs more than looking; page after page, what is gathered is gathered again for each.
    if (!ordered) return rows * 1.3 * (whole ? 1 + matches / limit : 1);
    return whole ? rows : Math.min(rows, (limit * rows) / matches);
  };
  const [first, ...others] = accessOptions(criteria, sort, frequencies);
  const best = others.reduce((least, option) => (cost(option) < cost(least) ? option : least), first);
  return best;
}

/** The way to one tag and nothing else that needs no counts: its index gives the rows in the order asked for. Null for all other criteria. */
export function plainAccess(criteria: Criteria, sort: Sort): Access | null {
  const { tags, words, days, since } = criteria;
  const isPlain = tags.length === 1 && tags[0]?.length === 1 && words === null && days === null && since === null;
  if (!isPlain) return null;
  const ways = accessOptions(criteria, sort, { all: 1, tags: [], terms: [], since: 1 });
  return ways.find(({ lead, ordered }) => lead !== undefined && ordered) ?? null;
}

/** Every way that there is an index for; the first is the order's own. */
export function accessOptions(criteria: Criteria, sort: Sort, frequencies: Frequencies): [Option, ...Option[]] {
  const { field } = SORT_FIELDS[sort];
  const { days, since } = criteria;
  // What is open is looked at whatever the days are, unless it must lie inside.
  const inDays = days === null ? 1 : Math.min(1, partOfDays(days) + (days.certain ? 0 : OPEN_PART));
  const inSince = since === null ? 1 : partOf(frequencies.since, frequencies);
  const bounded: Record<SortField, Pick<Option, 'conditions' | 'branches' | 'part'>> = {
    knownSeq: { conditions: [], part: inSince },
    dateKey: { ...bySpan(days, {}), part: inDays },
    importance: { conditions: [], branches: [{}], part: 1 },
  };
  const options: [Option, ...Option[]] = [{ hint: ORDER_INDEX[field], ordered: true, ...bounded[field] }];
  for (const other of ['knownSeq', 'dateKey'] as const) {
    if (other !== field && bounded[other].part < 1) {
      options.push({ hint: ORDER_INDEX[other], ordered: false, ...bounded[other] });
    }
    criteria.tags.forEach((group, index) => {
      const tagged = tagCondition(group);
      options.push({
        hint: TAG_INDEX[other],
        ordered: other === field,
        ...(other === 'dateKey' ? bySpan(days, tagged) : { conditions: [tagged] }),
        lead: { tags: index },
        part: partOf(frequencies.tags[index], frequencies) * bounded[other].part,
      });
    });
  }
  const terms = criteria.words === null ? [] : requiredTerms(criteria.words);
  terms.forEach(({ word, prefix }, index) => {
    const part = partOf(frequencies.terms[index], frequencies) * inSince;
    const conditions = [{ terms: prefix ? { $regex: `^${word}` } : word }, { knownSeq: { $gte: since ?? 0 } }];
    const ordered = field === 'knownSeq' && !prefix;
    options.push({ hint: TERM_INDEX, ordered, conditions, lead: { term: index }, part });
  });
  return options;
}

function partMatching(criteria: Criteria, frequencies: Frequencies): number {
  return [
    ...frequencies.tags.map((count) => partOf(count, frequencies)),
    ...frequencies.terms.map((count) => partOf(count, frequencies)),
    criteria.days === null ? 1 : partOfDays(criteria.days),
    criteria.since === null ? 1 : partOf(frequencies.since, frequencies),
    (1 - criteria.minImportance / 101) ** 2,
    1 / Math.max(1, criteria.minSources),
    criteria.minAmountUsd === null ? 1 : 0.1,
  ].reduce((product, part) => product * part, 1);
}

const partOf = (count: number | undefined, { all }: Frequencies): number =>
  Math.min(1, (count ?? all) / Math.max(1, all));

function partOfDays({ first, last }: DayRange): number {
  if (first === null || last === null) return 0.5;
  return Math.min(1, (last - first + 31) / USUAL_DAYS);
}

/**
 * Where in the order of dates those that may meet the days lie, for each class of width: a narrow interval begins shortly before
 * them at most. Without days it says only that every class is meant, which lets the index give the order. The tags are said in
 * each, or the database bounds the index by them alone.
 */
function bySpan(days: DayRange | null, tagged: object): Pick<Access, 'conditions' | 'branches'> {
  const branches = spanBranches(days, tagged);
  return { conditions: [days === null ? { ...tagged, span: { $in: SPANS } } : { $or: branches }], branches };
}

function spanBranches(days: DayRange | null, tagged: object): object[] {
  if (days === null) return SPANS.map((span) => ({ ...tagged, span }));
  const { first, last, certain } = days;
  return SPANS.map((span) => {
    const limit = SPAN_LIMITS[span];
    if (certain) return { ...tagged, span, ...dateKeyBetween(first, last) };
    // What is open or very wide may begin, or end, anywhere.
    if (limit === undefined) return { ...tagged, span };
    return { ...tagged, span, ...dateKeyBetween(first === null ? null : first - limit, last) };
  });
}

function dateKeyBetween(first: number | null, last: number | null): object {
  if (first === null && last === null) return {};
  return { dateKey: { ...(first === null ? {} : { $gte: first }), ...(last === null ? {} : { $lte: last }) } };
}
