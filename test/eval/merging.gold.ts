import { deriveId, type Report, reportIn, type ReportIn, slugify } from '@themeline/contracts';
import { extractReports } from '@themeline/extraction';
import type { Vocabulary } from '@themeline/vocabulary';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { normaliseReport, sourceOf } from '../../apps/ingest/src/report.normaliser';
import { type OwnSet, seedArticles, sharedFolder } from './gold.reader';

const names = z.array(z.string());
const roles = { by: names.optional(), on: names.optional(), with: names.optional(), in: names.optional() };

const tellingFile = z.strictObject({
  source: z.string(),
  at: z.string(),
  /** EDTF as the text supports it; left out where it gives none. */
  date: z.string().optional(),
  sum: z.tuple([z.number(), z.string()]).optional(),
  status: z.enum(['occurred', 'planned', 'forecast']).optional(),
  ...roles,
  /** The title on the first line. */
  text: z.string(),
  /** The sentence that tells it; the first one below the title where it is left out. */
  says: z.string().optional(),
});
const happeningFile = z.strictObject({
  id: z.string(),
  kind: z.string().optional(),
  status: z.enum(['occurred', 'planned', 'forecast']).default('occurred'),
  ...roles,
  tellings: z.array(tellingFile).min(1),
});
const clusterFile = z.strictObject({
  cluster: z.string(),
  kind: z.string(),
  types: z.record(z.string(), z.string()),
  happenings: z.array(happeningFile).min(2),
});

/** One paper's telling of one happening, and what a careful reader reports of it. */
export interface Telling {
  id: string;
  /** All tellings with the same one are one event. */
  happening: string;
  /** Happenings of one cluster are look-alikes. */
  cluster: string;
  title: string;
  text: string;
  publishedAt: string;
  source: string;
  kind: string;
  /** The exact words of the text that tell it. */
  evidence: string;
  gold: ReportIn;
}

export const mergingFolder = resolve(__dirname, 'merging');

/** The product's own tellings. Throws with the file's name where one is malformed. */
export function ownTellings(set: OwnSet): Telling[] {
  const folder = resolve(mergingFolder, set);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const read = z.array(clusterFile).safeParse(parse(readFileSync(resolve(folder, file), 'utf8')));
      if (!read.success) throw new Error(`${set}/${file}: ${z.prettifyError(read.error)}`);
      return read.data.flatMap((cluster) => tellingsOf(`${basename(file, '.yaml')}: ${cluster.cluster}`, cluster));
    });
}

function tellingsOf(name: string, { kind, types, happenings }: z.output<typeof clusterFile>): Telling[] {
  return happenings.flatMap((happening) =>
    happening.tellings.map((telling, index) => {
      const [title = '', ...below] = telling.text.trim().split('\n');
      const text = below.join('\n').trim();
      const evidence = telling.says ?? /^.*?[.!?](?=\s+[A-Z]|$)/s.exec(text)?.[0] ?? text;
      if (!telling.text.includes(evidence)) throw new Error(`${name}: its text does not say «${evidence}»`);
      const entity = (role: string) => (given: string) => ({ name: given, role, type: types[given] ?? 'company' });
      const who = (role: 'by' | 'on' | 'with' | 'in'): string[] => telling[role] ?? happening[role] ?? [];
      return {
        id: `${name}/${happening.id}/${String(index + 1)}`,
        happening: `${name}/${happening.id}`,
        cluster: name,
        title,
        text,
        publishedAt: telling.at,
        source: telling.source,
        kind: happening.kind ?? kind,
        evidence,
        gold: reportIn.parse({
          kind: happening.kind ?? kind,
          status: telling.status ?? happening.status,
          headline: title,
          date: telling.date ?? null,
          entities: [
            ...who('by').map(entity('agent')),
            ...who('on').map(entity('patient')),
            ...who('with').map(entity('partner')),
          ],
          countries: who('in').filter((code) => code.length === 2),
          amount: telling.sum === undefined ? null : { value: telling.sum[0], currency: telling.sum[1] },
          source: { name: telling.source },
          url: `https://${slugify(telling.source)}.example/${slugify(title)}`,
          publishedAt: telling.at,
          evidence,
        }),
      };
    }),
  );
}

const RECEIVED = new Date('2026-11-01T00:00:00Z');

/** `told`: with types, roles and countries. `plain`: names alone, as a client may send them. */
export type GoldForm = 'told' | 'plain';

/** The careful reader's report as ingest takes it in, its id the telling's. */
export function goldReport(telling: Pick<Telling, 'id' | 'gold'>, form: GoldForm, vocabulary: Vocabulary): Report {
  const input: ReportIn =
    form === 'told'
      ? telling.gold
      : {
          ...telling.gold,
          countries: [],
          entities: telling.gold.entities.map((entity) => (typeof entity === 'string' ? entity : entity.name)),
        };
  const result = normaliseReport(input, { owner: 'eval', receivedAt: RECEIVED, vocabulary });
  if ('errors' in result) throw new Error(`${telling.id}: ${JSON.stringify(result.errors)}`);
  return { ...result.report, reportId: telling.id };
}

/** An article as its reports: every one that is read in it, by `<article>#<n>`. */
export function readReports(
  article: { id: string; title: string; text: string; publishedAt: string; source: string },
  vocabulary: Vocabulary,
): Report[] {
  const { id, title, text, publishedAt, source } = article;
  return extractReports({ title, text: `${title}\n\n${text}`, publishedAt }, vocabulary).map(
    ({ date: { phrase, ...date }, ...extract }, index) => ({
      ...extract,
      reportId: `${id}#${String(index)}`,
      version: 1,
      owner: 'eval',
      articleId: deriveId('art', id),
      date,
      datePhrase: phrase,
      source: sourceOf(source),
      url: `https://${slugify(source)}.example/${slugify(title)}`,
      publishedAt: new Date(publishedAt).toISOString(),
      receivedAt: RECEIVED.toISOString(),
      backfill: false,
    }),
  );
}

/** The read report that tells what the telling is about: on its sentence before its title, of its kind if there is one; null where it was not read. */
export function reportOf(telling: Telling, reports: readonly Report[]): Report | null {
  for (const quote of [telling.evidence, telling.title]) {
    const on = reports.filter(({ evidence }) => {
      const said = evidence?.text ?? '';
      return quote.includes(said) || said.includes(quote);
    });
    const report = on.find(({ kind }) => kind === telling.kind) ?? on[0];
    if (report !== undefined) return report;
  }
  return null;
}

export interface SeedGold {
  reports: { id: string; article: string; gold: ReportIn; evidence: string; kind: string }[];
  same: string[][];
  allowed: string[][];
  different: [string, string][];
}

/** The seeds' gold events as reports that a client posts, and which of them are one; null where the shared data is not beside the repository. */
export function seedGold(): SeedGold | null {
  const file = resolve(sharedFolder, 'gold/seeds.json');
  const articles = seedArticles();
  if (!existsSync(file) || articles === null) return null;
  const groups = z
    .object({
      sameEvent: z.array(names),
      sameEventOptional: z.array(names),
      differentEvent: z.array(z.tuple([z.string(), z.string()])),
    })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    reports: articles.flatMap((article) =>
      article.events.map((event) => ({
        id: event.id,
        article: article.name,
        kind: event.kind,
        evidence: event.evidence,
        gold: reportIn.parse({
          kind: event.kind,
          status: event.status,
          headline: event.headline,
          date: event.date,
          entities: event.entities,
          amount: event.amount,
          source: { name: article.source },
          publishedAt: article.publishedAt,
          evidence: event.evidence,
        }),
      })),
    ),
    same: groups.sameEvent,
    allowed: [...groups.sameEvent, ...groups.sameEventOptional],
    different: groups.differentEvent,
  };
}
