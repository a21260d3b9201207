import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** The articles whose paragraphs the benchmark's are put together from. */
const FOLDER = resolve(__dirname, '../eval/articles/develop');
/** Prime, so that neighbours in an article come from different ones. */
const STRIDE = 31;

/** `count` articles of `words` words each, the same at every call. */
export function benchArticles(count: number, words: number): string[] {
  const paragraphs = readParagraphs();
  let at = 0;
  return Array.from({ length: count }, () => {
    const lines: string[] = [];
    for (let missing = words; missing > 0;) {
      const paragraph = paragraphs[(at * STRIDE) % paragraphs.length] ?? [];
      lines.push(paragraph.slice(0, missing).join(' '));
      missing -= paragraph.length;
      at += 1;
    }
    return lines.join('\n\n');
  });
}

/** The words of each line that has any, in the order of the files' names. */
function readParagraphs(): string[][] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => (parse(readFileSync(join(FOLDER, name), 'utf8')) as { text: string }).text)
    .flatMap((text) => text.split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== undefined && first !== '');
}
