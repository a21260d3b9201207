import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { repositoryRoot } from './stack';

const gold = resolve(repositoryRoot, '../shared/gold');

export interface SeedArticle {
  file: string;
  publishedAt: string;
  title: string;
  source: string;
}

/** The seed articles with their text, or null where the shared data is not beside the repository. */
export function seedArticles(): (SeedArticle & { text: string })[] | null {
  const seeds = resolve(gold, 'seeds.json');
  if (!existsSync(seeds)) return null;
  const { articles } = JSON.parse(readFileSync(seeds, 'utf8')) as { articles: SeedArticle[] };
  return articles.map((article) => ({
    ...article,
    text: readFileSync(resolve(gold, 'articles', article.file), 'utf8'),
  }));
}

/** A file of the shared data, or null where it is not beside the repository. `sharedLines('timelines/x.jsonl')` */
export function sharedLines(file: string): string | null {
  const path = resolve(repositoryRoot, '../shared/data', file);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
