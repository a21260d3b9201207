import type {
  Amount,
  EntityRef,
  EntityRole,
  EventDate,
  EventReport,
  Report,
  Status,
  TimelineEvent,
} from '@themeline/contracts';
import { UNDATED } from '@themeline/contracts';
import { type DayInterval, displayDate, fallbackBounds, overlaps, spanInDays } from '@themeline/dates';
import { type AmountRelation, compareAmounts, showAmount } from './amount.comparison';
import { independentSources } from './text.sketch';

/** What an event says by its claims alone. Themes, revision and times are the timeline's to add. */
export type EventFields = Pick<
  TimelineEvent,
  | 'id'
  | 'kind'
  | 'status'
  | 'headline'
  | 'summary'
  | 'date'
  | 'entities'
  | 'countries'
  | 'amount'
  | 'importance'
  | 'confidence'
  | 'sourceCount'
  | 'reports'
  | 'disputes'
> & {
  /** The days it can have been: the date's, or for an undated event those behind it. */
  bounds: DayInterval;
};

/** How many reports an event shows by itself. */
export const SHOWN_REPORTS = 50;
const MAX_ENTITIES = 50;
/** Importance that each doubling of the sources adds. */
const IMPORTANCE_PER_DOUBLING = 4;
const MOST_CONFIDENCE = 0.99;
const ROLES: readonly EntityRole[] = ['agent', 'patient', 'partner', 'mention'];

/**
 * The fields of an event, from its claims; the order in which they came does not matter. At least one claim is needed.
 *
 * - status: occurred if any claim says so, else planned, else forecast; date, amount and headline come from claims of that status;
 * - kind: the most frequent by sources, then the earliest published;
 * - date: the one that most sources' dates allow, then the most precise, then the most often given, then the earliest published;
 * - amount: of the sums that agree, those that the most trusted sources give (the sum of their confidences), and of them the earliest published;
 * - headline and summary: of the earliest published claim that agrees with the chosen kind, and with the sum where it can;
 * - entities and countries: the union, the most telling role, those that most claims name first;
 * - importance: the highest, and more for every doubling of the sources; confidence: that not all independent sources are wrong, where one that
 *   only copies another's text adds nothing;
 * - disputes: dates and sums of claims that exclude what was chosen.
 */
export function buildEvent(id: string, claims: readonly Report[]): EventFields {
  const all = [...claims].sort(byPublication);
  const first = all[0];
  if (first === undefined) throw new RangeError(`event '${id}' has no claims`);
  const status = statusOf(all);
  const speaking = all.filter((claim) => claim.status === status);
  const kind = mostFrequent(speaking, (claim) => claim.kind) ?? first.kind;
  const date = chooseDate(speaking, all);
  const amount = chooseAmount(speaking) ?? chooseAmount(all);
  const voices = speaking.filter((claim) => claim.kind === kind);
  const voice =
    voices.find((claim) => amount === null || compareAmounts(claim.amount, amount) === 'same') ?? voices[0] ?? first;
  const sourceCount = new Set(all.map((claim) => claim.source.id)).size;
  return {
    id,
    kind,
    status,
    headline: voice.headline,
    summary: voice.summary ?? voices.find((claim) => claim.summary !== null)?.summary ?? null,
    date: { ...date, display: displayDate(date.edtf) },
    entities: unionOfEntities(all),
    countries: [...new Set(all.flatMap((claim) => claim.countries))].sort(),
    amount,
    importance: importanceOf(all, sourceCount),
    confidence: confidenceOf(all),
    sourceCount,
    reports: all.slice(0, SHOWN_REPORTS).map(eventReportOf),
    disputes: disputesOf(speaking, date, amount),
    bounds: boundsOf(all, status, date),
  };
}

/** What of a report is shown. */
export type ShownReport = Pick<
  Report,
  'reportId' | 'source' | 'url' | 'publishedAt' | 'evidence' | 'kind' | 'status' | 'headline' | 'date' | 'amount'
>;

/** A report as an event shows it. */
export function eventReportOf(claim: ShownReport): EventReport {
  return {
    reportId: claim.reportId,
    source: claim.source,
    url: claim.url,
    publishedAt: claim.publishedAt,
    evidence: claim.evidence,
    claims: {
      kind: claim.kind,
      status: claim.status,
      headline: claim.headline,
      date: claim.date,
      amount: claim.amount,
    },
  };
}

function byPublication(a: Report, b: Report): number {
  return compare(a.publishedAt, b.publishedAt) || compare(a.reportId, b.reportId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function statusOf(claims: readonly Report[]): Status {
  const said = new Set(claims.map((claim) => claim.status));
  return said.has('occurred') ? 'occurred' : said.has('planned') ? 'planned' : 'forecast';
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

const sourcesOf = (claims: readonly Report[]): number => new Set(claims.map((claim) => claim.source.id)).size;

/** Of the values that claims give, the one with most sources, then most claims; of equal ones the first in order. */
function mostFrequent(claims: readonly Report[], valueOf: (claim: Report) => string): string | null {
  const groups = groupBy(claims, valueOf);
  let best: { value: string; sources: number; claims: number } | null = null;
  for (const [value, group] of groups) {
    const sources = sourcesOf(group);
    if (best === null || sources > best.sources || (sources === best.sources && group.length > best.claims)) {
      best = { value, sources, claims: group.length };
    }
  }
  return best?.value ?? null;
}

function isDated(date: EventDate): boolean {
  return date.edtf !== null;
}

function chooseDate(speaking: readonly Report[], all: readonly Report[]): EventDate {
  // What came about without a date keeps the one for which it was planned, if that had come when it was told.
  const dated = [speaking, all]
    .map((claims) => claims.filter((claim) => isDated(claim.date) && canHoldFor(claim, speaking)))
    .find((claims) => claims.length > 0);
  if (dated === undefined) return UNDATED;
  const groups = groupBy(dated, (claim) => claim.date.edtf);
  let best: { date: EventDate; allowedBy: number; rough: number; span: number; given: number } | null = null;
  for (const group of groups.values()) {
    const date = group[0]?.date;
    if (date === undefined) continue;
    const candidate = {
      date,
      allowedBy: sourcesOf(dated.filter((claim) => overlaps(claim.date, date))),
      rough: date.approximate ? 1 : 0,
      span: spanInDays(date),
      given: sourcesOf(group),
    };
    if (best === null || beats(candidate, best)) best = candidate;
  }
  return best?.date ?? UNDATED;
}

function canHoldFor(claim: Report, speaking: readonly Report[]): boolean {
  if (speaking.includes(claim)) return true;
  return speaking.every((other) => overlaps(claim.date, fallbackBounds(other.status, other.publishedAt.slice(0, 10))));
}

type DateChoice = Record<'allowedBy' | 'rough' | 'span' | 'given', number>;

function beats(a: DateChoice, b: DateChoice): boolean {
  if (a.allowedBy !== b.allowedBy) return a.allowedBy > b.allowedBy;
  if (a.span !== b.span) return a.span < b.span;
  if (a.rough !== b.rough) return a.rough < b.rough;
  return a.given > b.given;
}

function chooseAmount(claims: readonly Report[]): Amount | null {
  let best: { amount: Amount; trust: number } | null = null;
  for (const claim of claims) {
    const amount = claim.amount;
    if (amount === null) continue;
    const trust = trustIn(claims.filter((other) => compareAmounts(other.amount, amount) === 'same'));
    if (best === null || trust > best.trust) best = { amount, trust };
  }
  return best?.amount ?? null;
}

/** The best confidence of each source, added up; in thousandths, so that no order of adding makes a difference. */
function trustIn(claims: readonly Report[]): number {
  const bySource = groupBy(claims, (claim) => claim.source.id);
  return [...bySource.values()].reduce((sum, own) => sum + Math.round(1000 * bestConfidence(own)), 0);
}

const bestConfidence = (claims: readonly Report[]): number => Math.max(...claims.map((claim) => claim.confidence));

function unionOfEntities(claims: readonly Report[]): EntityRef[] {
  const byId = new Map<string, { entity: EntityRef; roles: EntityRole[]; count: number }>();
  for (const claim of claims) {
    for (const entity of claim.entities) {
      const known = byId.get(entity.id);
      if (known === undefined) byId.set(entity.id, { entity, roles: [entity.role], count: 1 });
      else {
        known.roles.push(entity.role);
        known.count += 1;
        if (known.entity.type === 'other') known.entity = { ...known.entity, type: entity.type };
      }
    }
  }
  return [...byId.values()]
    .map(({ entity, roles, count }) => ({
      entity: { ...entity, role: ROLES.find((role) => roles.includes(role)) ?? 'mention' },
      count,
    }))
    .sort(
      (a, b) =>
        ROLES.indexOf(a.entity.role) - ROLES.indexOf(b.entity.role) ||
        b.count - a.count ||
        compare(a.entity.id, b.entity.id),
    )
    .slice(0, MAX_ENTITIES)
    .map(({ entity }) => entity);
}

function importanceOf(claims: readonly Report[], sources: number): number {
  const highest = Math.max(...claims.map((claim) => claim.importance));
  return Math.min(100, Math.round(highest + IMPORTANCE_PER_DOUBLING * Math.log2(sources)));
}

function confidenceOf(claims: readonly Report[]): number {
  const speaking = independentSources(claims);
  const bySource = groupBy(
    claims.filter((claim) => speaking.has(claim.source.id)),
    (claim) => claim.source.id,
  );
  let allWrong = 1;
  for (const id of [...bySource.keys()].sort()) allWrong *= 1 - bestConfidence(bySource.get(id) ?? []);
  // A sole source that is sure of itself keeps its word.
  return Math.round(Math.max(bestConfidence(claims), Math.min(MOST_CONFIDENCE, 1 - allWrong)) * 1000) / 1000;
}

const CONTRADICTS: ReadonlySet<string> = new Set<AmountRelation>(['near', 'different']);

function disputesOf(claims: readonly Report[], date: EventDate, amount: Amount | null): TimelineEvent['disputes'] {
  const disputes: TimelineEvent['disputes'] = [];
  const otherDates = claims.filter((claim) => isDated(claim.date) && isDated(date) && !overlaps(claim.date, date));
  if (otherDates.length > 0 && date.edtf !== null) {
    disputes.push({
      field: 'date',
      values: distinct([date.edtf, ...otherDates.map((claim) => claim.date.edtf ?? '')]),
    });
  }
  const otherSums = claims.flatMap((claim) => {
    const relation = compareAmounts(claim.amount, amount);
    // Two currencies at the rates of two days are no dispute.
    const apart = relation === 'close' ? claim.amount?.currency === amount?.currency : CONTRADICTS.has(relation);
    return claim.amount !== null && apart ? [claim.amount] : [];
  });
  if (otherSums.length > 0 && amount !== null) {
    disputes.push({ field: 'amount', values: distinct([amount, ...otherSums].map(showAmount)) });
  }
  return disputes;
}

/** The chosen value first, the others in a fixed order. */
function distinct(values: readonly string[]): string[] {
  const [chosen = '', ...others] = values;
  return [chosen, ...[...new Set(others)].filter((value) => value !== chosen).sort()];
}

function boundsOf(claims: readonly Report[], status: Status, date: EventDate): DayInterval {
  if (isDated(date)) return { lower: date.lower, upper: date.upper, approximate: date.approximate };
  const days = claims
    .filter((claim) => claim.status === status)
    .map((claim) => claim.publishedAt.slice(0, 10))
    .sort();
  // It had occurred when the first told of it; it was still to come when the last did.
  const day = status === 'occurred' ? days[0] : days[days.length - 1];
  return fallbackBounds(status, day ?? '');
}
