import type { Amount, EntityType, Report, Status } from '@themeline/contracts';
import { dayNumber, fallbackBounds } from '@themeline/dates';
import { readMarkers } from './title.markers';
import { contentStems, foldedWords, isEmptyWord } from './title.words';

/** Which kinds tell of the same sort of happening, as the vocabulary groups them. `kindFamily('model-release')` → 'launch' */
export type KindFamily = (kind: string) => string;

/** What of a report decides where it goes. Plain data: the timeline stores some with each event. */
export interface ClaimFeatures {
  reportId: string;
  family: string;
  kind: string;
  status: Status;
  source: string;
  article: string | null;
  url: string | null;
  /** Day numbers. */
  published: number;
  /** The first and last day number on which it can have been, null for open. Undated: the bound behind it. */
  lower: number | null;
  upper: number | null;
  dated: boolean;
  /** Both bounds are one day. */
  exact: boolean;
  approximate: boolean;
  /** Who takes part. Where a report gives everyone as a mere mention, all of them. */
  parties: { id: string; type: EntityType; agent: boolean }[];
  /** Someone other than a country or city takes part by more than being mentioned. */
  firm: boolean;
  mentions: string[];
  countries: string[];
  amount: Amount | null;
  markers: string[];
  numbers: string[];
  /** Stems of the headline without the parties' names, and of evidence and summary. */
  title: string[];
  details: string[];
  /** Of a report that is not firm: what its headline may name, runs of one to three words as ids. */
  named: string[];
}

const MAX_PARTIES = 12;
const MAX_TITLE_STEMS = 24;
const MAX_DETAIL_STEMS = 40;
const MAX_NAMED = 40;

/** History is told with a date: what is told without one happened at most this many days before it was published. */
export const UNDATED_REACH_DAYS = 730;

/** Reads once what the scores need of a report. */
export function featuresOf(report: Report, kindFamily: KindFamily): ClaimFeatures {
  const taking = report.entities.filter((entity) => entity.role !== 'mention');
  const parties = (taking.length > 0 ? taking : report.entities).slice(0, MAX_PARTIES);
  const firm = taking.some((entity) => entity.type !== 'place');
  const names = parties.filter((entity) => entity.type !== 'product').map((entity) => entity.name);
  const nameWords = new Set(parties.flatMap((entity) => contentStems(entity.name, 8)));
  const { markers, numbers } = readMarkers(report.headline, names);
  const published = dayNumber(report.publishedAt.slice(0, 10));
  const dated = report.date.lower !== null || report.date.upper !== null;
  const bounds = dated ? report.date : fallbackBounds(report.status, report.publishedAt.slice(0, 10));
  const lower = bounds.lower === null ? null : dayNumber(bounds.lower);
  const upper = bounds.upper === null ? null : dayNumber(bounds.upper);
  const without = (stems: string[]): string[] => stems.filter((word) => !nameWords.has(word));
  return {
    reportId: report.reportId,
    family: kindFamily(report.kind),
    kind: report.kind,
    status: report.status,
    source: report.source.id,
    article: report.articleId,
    url: report.url,
    published,
    lower: !dated && report.status === 'occurred' ? published - UNDATED_REACH_DAYS : lower,
    upper,
    dated,
    exact: lower !== null && lower === upper,
    approximate: report.date.approximate,
    parties: unique(
      parties.map((entity) => ({ id: entity.id, type: entity.type, agent: entity.role === 'agent' })),
      (party) => party.id,
    ),
    mentions: [...new Set(report.entities.map((entity) => entity.id))].slice(0, 50),
    countries: [...new Set(report.countries)].sort(),
    amount: report.amount,
    markers,
    numbers,
    title: without(contentStems(report.headline, MAX_TITLE_STEMS)),
    details: without(contentStems(`${report.evidence?.text ?? ''} ${report.summary ?? ''}`, MAX_DETAIL_STEMS)),
    firm,
    named: firm ? [] : namedIn(report.headline),
  };
}

/**
 * The days on which a claim's happening may have been, a little widened, as numbers for a query: two claims whose windows do
 * not meet never merge. Days half a day each, so that neighbours meet (time zones); approximate dates by their own length, at most a year.
 */
export function mergeWindow(features: Pick<ClaimFeatures, 'lower' | 'upper' | 'approximate'>): {
  lower: number;
  upper: number;
} {
  const { lower, upper } = features;
  const span = lower === null || upper === null ? 0 : upper - lower + 1;
  const slack = features.approximate ? Math.min(366, Math.max(span, 31)) : 0.5;
  return {
    lower: lower === null ? -1e9 : lower - slack,
    upper: upper === null ? 1e9 : upper + slack,
  };
}

function namedIn(headline: string): string[] {
  const words = foldedWords(headline);
  const named = new Set<string>();
  for (let size = 1; size <= 3; size += 1) {
    for (let i = 0; i + size <= words.length && named.size < MAX_NAMED; i += 1) {
      const run = words.slice(i, i + size);
      if (isEmptyWord(run[0] ?? '') || isEmptyWord(run[size - 1] ?? '')) continue;
      if (size === 1 && /^\d+$/.test(run[0] ?? '')) continue;
      named.add(run.join('-'));
    }
  }
  return [...named];
}

function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
