import { parseEdtf } from '@themeline/dates';
import type { ArticleText } from '@themeline/extraction';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** The repository, and beside it the shared data that it does not ship. */
const here = __dirname;
export const sharedFolder = resolve(here, '../../../shared');
export const articlesFolder = resolve(here, 'articles');

const amount = z.strictObject({ value: z.number(), currency: z.string().regex(/^[A-Z]{3}$/) });
const status = z.enum(['occurred', 'planned', 'forecast']);
const edtf = z
  .string()
  .refine((value) => parseEdtf(value) !== null, 'no EDTF')
  .nullable();

const goldEvent = z.object({
  id: z.string(),
  kind: z.string(),
  altKinds: z.array(z.string()).default([]),
  status,
  altStatus: z.array(status).default([]),
  headline: z.string().default(''),
  date: edtf,
  altDates: z.array(edtf).default([]),
  entities: z.array(z.string()).default([]),
  amount: amount.nullable(),
  altAmounts: z.array(amount.nullable()).default([]),
  themes: z.array(z.string()).default([]),
  evidence: z.string(),
  mentions: z.array(z.string()).default([]),
  required: z.boolean(),
});
/** What a careful reader lists, in the shape of the seed articles' gold: alternatives in `alt…`, restatements in `mentions`. */
export type GoldEvent = z.output<typeof goldEvent>;

const goldArticle = z.object({
  title: z.string(),
  source: z.string().default('unknown'),
  publishedAt: z.string(),
  locale: z.string().optional(),
  events: z.array(goldEvent),
  nonEvents: z.array(z.string()),
});
export type GoldArticle = z.output<typeof goldArticle> & { readonly name: string; readonly text: string };

/**
 * `develop`: rules may be written with these in sight. `set-aside`: nobody looks at a miss in them while rules are written. `fresh`: by a writer who
 * knew no rule, each batch (`n1-…`, `n2-…`) scored as unseen before its misses were looked at and kinds were learnt from it.
 */
export type OwnSet = 'develop' | 'set-aside' | 'fresh';

/** The product's own articles with gold, by file name. Throws with the file's name where one is malformed or quotes what its text does not say. */
export function ownArticles(set: OwnSet): GoldArticle[] {
  const folder = resolve(articlesFolder, set);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const read = goldArticle
        .extend({ text: z.string() })
        .safeParse(parse(readFileSync(resolve(folder, file), 'utf8')));
      if (!read.success) throw new Error(`${set}/${file}: ${z.prettifyError(read.error)}`);
      return quoted({ ...read.data, name: basename(file, '.yaml') });
    });
}

/** The four seed articles, or null where the shared data is not beside the repository. */
export function seedArticles(): GoldArticle[] | null {
  const file = resolve(sharedFolder, 'gold/seeds.json');
  if (!existsSync(file)) return null;
  const seeds = z
    .object({ articles: z.array(goldArticle.extend({ file: z.string() })) })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  return seeds.articles.map((article) =>
    quoted({
      ...article,
      name: article.file.slice(0, 3),
      text: readFileSync(resolve(sharedFolder, 'gold/articles', article.file), 'utf8'),
    }),
  );
}

/** What a reader of an article is given of it. */
export const articleOf = ({ title, text, publishedAt, source, locale }: GoldArticle): ArticleText => ({
  title,
  text,
  publishedAt,
  source,
  ...(locale === undefined ? {} : { locale }),
});

function quoted(article: GoldArticle): GoldArticle {
  const quotes = [...article.events.flatMap(({ evidence, mentions }) => [evidence, ...mentions]), ...article.nonEvents];
  const missing = quotes.find((quote) => !article.text.includes(quote));
  if (missing !== undefined) throw new Error(`${article.name}: its text does not say «${missing}»`);
  return article;
}

/** Articles by the batch that their names begin with, up to the first hyphen. */
export function batchesOf(articles: readonly GoldArticle[]): Map<string, GoldArticle[]> {
  const batches = new Map<string, GoldArticle[]>();
  for (const article of articles) {
    const batch = article.name.slice(0, article.name.indexOf('-'));
    batches.set(batch, [...(batches.get(batch) ?? []), article]);
  }
  return batches;
}
