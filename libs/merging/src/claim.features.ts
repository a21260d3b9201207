import type { Amount, EntityRef, EntityType, Report, Status } from '@themeline/contracts';
import { dayNumber, fallbackBounds } from '@themeline/dates';
import { countryNamed } from './country.names';
import { placesIn } from './place.phrases';
import { sketchOf, wordingOf } from './text.sketch';
import { readMarkers } from './title.markers';
import { namedIn, namesIn, properIn } from './title.names';
import { contentStems, tellingStems } from './title.words';

/** Which kinds tell of the same sort of happening, as the vocabulary groups them. `kindFamily('model-release')` → 'launch' */
export type KindFamily = (kind: string) => string;

export interface Party {
  /** As of EntityRef. */
  id: string;
  type: EntityType;
  agent: boolean;
}

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
  parties: Party[];
  /** Someone other than a country or city takes part by more than being mentioned. */
  firm: boolean;
  /** Who is named beside them. */
  mentions: { id: string; type: EntityType }[];
  /** Names that the evidence writes beside those, as ids: what was read in an article may have missed who it is about. Earlier versions stored none. */
  said?: string[];
  countries: string[];
  /** Where headline and evidence say that it is, as ids. */
  places: string[];
  amount: Amount | null;
  markers: string[];
  numbers: string[];
  /** Of the text, as in text.sketch.ts. */
  sketch: number[];
  /** Addresses that the text names, without scheme and trailing stroke. */
  cites: string[];
  /** Stems of the headline without the parties' names, and of evidence and summary. */
  title: string[];
  details: string[];
  /** The most telling stems of the title, and of what is said below it: what nobody but places or words tie must share one. */
  anchors: string[];
  /** Those of the title alone. */
  titleAnchors: string[];
  /** Of a report that is not firm: what its headline may name, runs of one to three words as ids. */
  named: string[];
  /** Those of them that are written as names in the midst of a sentence. */
  proper: string[];
}

const MAX_PARTIES = 12;
const MAX_MENTIONS = 12;
const MAX_TITLE_STEMS = 24;
const MAX_DETAIL_STEMS = 40;
const MAX_CITES = 4;
const TITLE_ANCHORS = 6;
const DETAIL_ANCHORS = 4;

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
  const where = placesIn(`${report.headline}. ${report.evidence?.text ?? ''}`);
  const without = (stems: string[]): string[] => stems.filter((word) => !nameWords.has(word));
  const title = without(contentStems(report.headline, MAX_TITLE_STEMS));
  const details = without(contentStems(wordingOf(report), MAX_DETAIL_STEMS));
  return {
    reportId: report.reportId,
    family: kindFamily(report.kind),
    kind: report.kind,
    status: report.status,
    source: report.source.id,
    article: report.articleId,
    url: report.url === null ? null : bareUrl(report.url),
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
    mentions: mentionsOf(report, parties),
    said: saidIn(report),
    countries: countriesOf(report, parties, [where.countries, firm ? [] : namedCountries(report.headline)]),
    places: where.places.filter((id) => !parties.some((party) => party.id === id)),
    amount: report.amount,
    markers,
    numbers,
    sketch: sketchOf(wordingOf(report)),
    cites: citesOf(report),
    title,
    details,
    ...anchorsOf(title, details),
    firm,
    named: firm ? [] : namedIn(report.headline),
    proper: firm ? [] : properIn(report.headline),
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

function mentionsOf(report: Report, parties: readonly EntityRef[]): ClaimFeatures['mentions'] {
  const ids = new Set(parties.map((party) => party.id));
  const others = report.entities.filter((entity) => !ids.has(entity.id)).slice(0, MAX_MENTIONS);
  return unique(
    others.map(({ id, type }) => ({ id, type })),
    (mention) => mention.id,
  );
}

export const saidBy = ({ said }: Pick<ClaimFeatures, 'said'>): readonly string[] => said ?? [];

function saidIn(report: Report): string[] {
  const given = new Set(report.entities.map((entity) => entity.id));
  return namesIn(report.evidence?.text ?? '').filter((id) => !given.has(id));
}

/** Those given, or else the countries that take part, or else those that the text tells of. */
function countriesOf(report: Report, parties: readonly EntityRef[], told: readonly string[][]): string[] {
  const taking = parties.flatMap((party) => (party.type === 'place' ? (countryNamed(party.id) ?? []) : []));
  const found = [report.countries, taking, ...told].find((countries) => countries.length > 0) ?? [];
  return [...new Set(found)].sort();
}

const namedCountries = (headline: string): string[] => namedIn(headline).flatMap((id) => countryNamed(id) ?? []);

function citesOf(report: Report): string[] {
  const found = [...wordingOf(report).matchAll(/https?:\/\/[^\s<>"')\]]+/gi)].map(([url]) => bareUrl(url));
  return [...new Set(found)].slice(0, MAX_CITES);
}

const bareUrl = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/[/.,;]+$/, '');

function anchorsOf(
  title: readonly string[],
  details: readonly string[],
): Pick<ClaimFeatures, 'anchors' | 'titleAnchors'> {
  const titleAnchors = tellingStems(title, TITLE_ANCHORS);
  const below = tellingStems(
    details.filter((word) => !title.includes(word)),
    DETAIL_ANCHORS,
  );
  return { titleAnchors, anchors: [...titleAnchors, ...below] };
}

function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
