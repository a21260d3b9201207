import type { Report } from '@themeline/contracts';
import { slugify } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { sourceOf } from '../../apps/ingest/src/report.normaliser';
import type { Ratio } from './detection.scorer';
import { sharedFolder } from './gold.reader';

const item = z.object({
  id: z.string(),
  published: z.string(),
  title: z.string(),
  summary: z.string().nullable(),
  url: z.string(),
});
export type GazetteItem = z.output<typeof item>;

/** 27,025 items of a public gazette, thousands with boilerplate titles; null where the shared data is not beside the repository. */
export function gazetteItems(): GazetteItem[] | null {
  const file = resolve(sharedFolder, 'data/load/federal-register.jsonl.gz');
  if (!existsSync(file)) return null;
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => item.parse(JSON.parse(line)));
}

/** An item as a client would post it: one kind, the day, no names. */
export function gazetteReport(given: GazetteItem, source: string): Report {
  const day = given.published.slice(0, 10);
  return {
    reportId: given.id,
    version: 1,
    owner: 'eval',
    articleId: null,
    kind: 'regulation',
    status: 'occurred',
    headline: given.title.slice(0, 500),
    summary: given.summary?.slice(0, 4_000) ?? null,
    date: parseEdtf(day),
    datePhrase: null,
    entities: [],
    countries: ['US'],
    amount: null,
    themes: [],
    source: sourceOf(source),
    url: given.url,
    publishedAt: `${day}T00:00:00.000Z`,
    receivedAt: '2026-11-01T00:00:00.000Z',
    evidence: null,
    mentions: [],
    importance: 50,
    confidence: 0.9,
    backfill: true,
  };
}

const OTHER_WORDS: readonly [RegExp, string][] = [
  [/\bnotice of\b/gi, 'announcement about'],
  [/\bproposed\b/gi, 'planned'],
  [/\bsubmission for\b/gi, 'request for'],
  [/\breview\b/gi, 'examination'],
  [/\bmeetings?\b/gi, 'session'],
  [/\bestablish(?:es|ment of)?\b/gi, 'set up'],
  [/\bamend(?:s|ments? to)?\b/gi, 'change'],
  [/\bissu(?:es|ed|ing)\b/gi, 'puts out'],
  [/\brequir(?:es|ed|ing)\b/gi, 'demands'],
  [/\bprovides?\b/gi, 'gives'],
  [/\badopts?\b/gi, 'takes on'],
  [/\bregarding\b/gi, 'about'],
  [/\bcertain\b/gi, 'some'],
  [/\bpursuant to\b/gi, 'under'],
  [/\bwe are\b/gi, 'the agency is'],
];

/**
 * What another paper makes of an item: the title's parts turned round, a fifth of the longer words of the summary gone, other words for common ones,
 * the summary cut to its first two sentences. By rule, so that every run has the same copies.
 */
export function reworded(given: GazetteItem): GazetteItem {
  const parts = given.title.split(/;\s+|:\s+/);
  const title = otherWords([...parts.slice(1), parts[0] ?? ''].join(', '));
  const sentences = (given.summary ?? '').split(/(?<=[.!?])\s+/).slice(0, 2);
  let long = 0;
  const summary = otherWords(sentences.join(' '))
    .split(' ')
    .filter((word) => word.length < 6 || (long += 1) % 5 !== 0)
    .join(' ');
  return {
    id: `copy:${given.id}`,
    published: given.published,
    title,
    summary: summary === '' ? null : summary,
    url: `https://paper.example/${slugify(given.id)}`,
  };
}

function otherWords(text: string): string {
  return OTHER_WORDS.reduce((out, [from, to]) => out.replace(from, to), text);
}

/** How many copies are mixed in: a thousand among all, as many to a number of items among fewer. */
const ITEMS_PER_COPY = 27;

export const originalOf = (id: string): string => id.replace(/^copy:/, '');

export interface GazetteScore {
  reports: Report[];
  /** Groups that hold more than one item: every one of their members counts as falsely merged. */
  wrong: string[][];
  found: Ratio;
  lost: [string, string][];
}

/** Puts items and reworded copies of every 27th together: different items are different happenings, a copy and its original are one. */
export function scoreGazette(
  items: readonly GazetteItem[],
  group: (reports: readonly Report[]) => string[][],
): GazetteScore {
  const copied = items.filter((_, index) => index % ITEMS_PER_COPY === 0).slice(0, 1_000);
  const reports = [
    ...items.map((item) => gazetteReport(item, 'Gazette')),
    ...copied.map((item) => gazetteReport(reworded(item), 'Paper')),
  ];
  const groups = group(reports);
  const groupOf = new Map(groups.flatMap((members) => members.map((id) => [id, members] as const)));
  const lost = copied
    .filter(({ id }) => groupOf.get(id) !== groupOf.get(`copy:${id}`))
    .map(({ id }): [string, string] => [id, `copy:${id}`]);
  return {
    reports,
    wrong: groups.filter((members) => new Set(members.map(originalOf)).size > 1),
    found: { right: copied.length - lost.length, asked: copied.length },
    lost,
  };
}
