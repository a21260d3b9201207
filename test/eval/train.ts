import { compileWeights, loadVocabulary, type Vocabulary } from '@themeline/vocabulary';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { repositoryRoot } from '../support/stack';
import { f1Of, precisionOf, recallOf, scoreDetection } from './detection.scorer';
import { batchesOf, ownArticles, type GoldArticle } from './gold.reader';
import { examplesOf, trainingArticles, type KindExample } from './kinds.examples';
import { learn, withoutRare, type Weights } from './softmax.learner';

const HELP = `npm run train [-- options]   Learns what words and marks of a clause say for each kind of event.

  --left-out   write nothing: score each batch of articles with what the other batches teach, beside no learning at all
  --help       this text

Learns from the articles for development, the fresh ones and test/eval/training, never from the set-aside ones. Writes
libs/vocabulary/data/kind-weights.json; the same articles and vocabulary give the same file.`;

/** A trait must be seen in so many texts: what is kept is general vocabulary. */
const LEAST_SOURCES = 2;
/** Weights of fewer hundredths decide nothing. */
const LEAST_WEIGHT = 5;
const ABOUT =
  'Written by `npm run train` (test/eval/train.ts), not by hand: for each trait of a clause, hundredths that a multinomial logistic regression gives to kinds.';

const options = process.argv.slice(2);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const vocabulary = loadVocabulary();
const kinds = [...vocabulary.kindById.keys()].sort();
/** What has been learnt before must not tell what is learnt now. */
const untaught: Vocabulary = { ...vocabulary, kindWeights: new Map() };

const teach = (examples: readonly KindExample[]): Weights => learn(withoutRare(examples, LEAST_SOURCES), kinds);

/** By trait, the kinds with their hundredths, as the file has them. */
function rowsOf(weights: Weights): Record<string, string> {
  return Object.fromEntries(
    [...weights]
      .map(([trait, row]): [string, string] => {
        const hundredths = [...row].map((weight) => Math.round(weight * 100));
        const told = kinds.flatMap((kind, order) => {
          const value = hundredths[order] ?? 0;
          return Math.abs(value) < LEAST_WEIGHT ? [] : [`${kind} ${String(value)}`];
        });
        return [trait, told.join(' ')];
      })
      .filter(([, row]) => row !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const taught = (weights: Weights): Vocabulary => ({
  ...vocabulary,
  kindWeights: compileWeights(rowsOf(weights), vocabulary.kindById),
});

function leftOut(articles: readonly GoldArticle[], lessons: readonly KindExample[]): void {
  const examples = new Map(articles.map((article) => [article, examplesOf(article, untaught)]));
  for (const [batch, own] of batchesOf(articles)) {
    if (own.length < 3) continue;
    const others = articles
      .filter((article) => !own.includes(article))
      .flatMap((article) => examples.get(article) ?? []);
    const rows = [untaught, taught(teach([...others, ...lessons]))].map((reader) => scoreDetection(own, reader));
    const figures = rows.map((score) =>
      [precisionOf(score), recallOf(score), f1Of(score)].map((value) => value.toFixed(3)).join(' '),
    );
    print(`${batch.padEnd(10)} ${String(own.length).padStart(2)} articles, P R F1: ${figures.join(' -> ')}`);
  }
}

if (options.includes('--help')) print(HELP);
else {
  const articles = [...ownArticles('develop'), ...ownArticles('fresh')];
  const lessons = trainingArticles().flatMap((article) => examplesOf(article, untaught));
  if (options.includes('--left-out')) leftOut(articles, lessons);
  else {
    const examples = [...articles.flatMap((article) => examplesOf(article, untaught)), ...lessons];
    const weights = rowsOf(teach(examples));
    writeFileSync(
      resolve(repositoryRoot, 'libs/vocabulary/data/kind-weights.json'),
      `${JSON.stringify({ about: ABOUT, weights }, null, 2)}\n`,
    );
    print(`${String(examples.length)} clauses, ${String(Object.keys(weights).length)} traits`);
  }
}
