import { fold, loadVocabulary, type Vocabulary } from '@themeline/vocabulary';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { repositoryRoot } from '../support/stack';
import type { GoldArticle } from './gold.reader';

const key = (name: string): string =>
  fold(name.replace(/\s*\([^)]*\)\s*$/, ''))
    .replace(/^the\s+/, '')
    .trim();

/** The product's vocabulary without every company, product, authority, person and country that the gold names: what is left must be found by rule. */
export function vocabularyWithout(articles: readonly GoldArticle[]): { vocabulary: Vocabulary; removed: number } {
  const named = new Set(articles.flatMap(({ events }) => events.flatMap(({ entities }) => entities.map(key))));
  const folder = mkdtempSync(join(tmpdir(), 'themeline-eval-'));
  let removed = 0;
  try {
    cpSync(resolve(repositoryRoot, 'libs/vocabulary/data'), folder, { recursive: true });
    for (const list of ['entities', 'countries']) {
      const file = join(folder, `${list}.yaml`);
      const content = parse(readFileSync(file, 'utf8')) as Record<string, { name: string; aliases?: string[] }[]>;
      const rows = content[list] ?? [];
      const kept = rows.filter(({ name, aliases }) => ![name, ...(aliases ?? [])].some((item) => named.has(key(item))));
      removed += rows.length - kept.length;
      writeFileSync(file, stringify({ [list]: kept }));
    }
    return { vocabulary: loadVocabulary(folder), removed };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
