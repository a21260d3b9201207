import { loadVocabulary } from '@themeline/vocabulary';
import { scoreDateSets } from './date-sets.scorer';
import {
  f1Of,
  precisionOf,
  recallOf,
  scoreDetection,
  share,
  type DetectionScore,
  type Ratio,
} from './detection.scorer';
import { batchesOf, ownArticles, seedArticles, type GoldArticle } from './gold.reader';
import { vocabularyWithout } from './vocabulary.ablation';

const HELP = `npm run eval [-- options]   How well articles are read, against their gold.

  --set NAME   only seeds, develop, set-aside, fresh or dates
  --article X  only articles whose name contains X
  --blind      print no misses of the set-aside articles (for use while rules are written)
  --summary    print the tables only
  --help       this text

Seeds and dates need the shared data beside the repository; without it they are left out and said to be.`;

const options = process.argv.slice(2);
const option = (name: string): string | undefined => {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options[at + 1];
};
if (options.includes('--help')) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
const only = option('--set');
const part = option('--article') ?? '';
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const ratio = (value: Ratio): string =>
  value.asked === 0 ? '-' : `${percent(share(value))} (${String(value.right)}/${String(value.asked)})`;

function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows)
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  print('');
}

const detectionRow = (name: string, score: DetectionScore): string[] => [
  name,
  String(score.articles),
  percent(precisionOf(score)),
  percent(recallOf(score)),
  percent(f1Of(score)),
  ratio(score.dates),
  ratio(score.undated),
  ratio(score.amounts),
  ratio(score.statuses),
  ratio(score.entities),
  ratio(score.themes),
  String(score.onNonEvents),
];

function detection(): string[] {
  const vocabulary = loadVocabulary();
  const sets: { name: string; row?: string; articles: GoldArticle[]; blind: boolean }[] = [];
  const seeds = seedArticles();
  if (seeds) sets.push({ name: 'seeds', articles: seeds, blind: false });
  else print('seeds: skipped, no shared data');
  sets.push({ name: 'develop', articles: ownArticles('develop'), blind: false });
  sets.push({ name: 'set-aside', articles: ownArticles('set-aside'), blind: options.includes('--blind') });
  for (const [batch, articles] of batchesOf(ownArticles('fresh')))
    sets.push({ name: 'fresh', row: `fresh, batch ${batch}`, articles, blind: false });
  const rows = [
    [
      'articles',
      'count',
      'precision',
      'recall',
      'F1',
      'dates',
      'undated',
      'amounts',
      'status',
      'entities',
      'themes',
      'on nonEvents',
    ],
  ];
  const lines: string[] = [];
  for (const { name, row, articles, blind } of sets) {
    if (only !== undefined && only !== name) continue;
    const chosen = articles.filter((article) => article.name.includes(part));
    const score = scoreDetection(chosen, vocabulary);
    rows.push(detectionRow(row ?? name, score));
    if (!blind) lines.push(...score.lines);
    const { vocabulary: bare, removed } = vocabularyWithout(chosen);
    rows.push(detectionRow(`  ${String(removed)} known names taken out`, scoreDetection(chosen, bare)));
  }
  if (rows.length > 1) table(rows);
  return lines;
}

function dates(): string[] {
  const scores = scoreDateSets();
  if (!scores) {
    print('dates: skipped, no shared data');
    return [];
  }
  table([
    ['public date set', 'themeline', 'chrono-node'],
    ...scores.sets.map(({ set, themeline, chrono }) => [set, ratio(themeline), ratio(chrono)]),
  ]);
  for (const { set, allowed } of scores.most)
    print(`${set}: the conventions allow ${ratio(allowed)} of its answers, so that more cannot be exact\n`);
  return scores.lines;
}

const lines = [...(only === 'dates' ? [] : detection()), ...(only === undefined || only === 'dates' ? dates() : [])];
if (!options.includes('--summary')) for (const line of lines) print(line);
