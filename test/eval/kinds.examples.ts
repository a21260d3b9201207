import { readClauses } from '@themeline/extraction';
import type { Vocabulary } from '@themeline/vocabulary';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { overlap } from './detection.scorer';
import { articleOf, type GoldArticle, type GoldEvent } from './gold.reader';
import type { Example } from './softmax.learner';

export interface KindExample extends Example {
  /** The article, or the line of the training clauses. */
  readonly source: string;
}

/** What the kind that the gold gives is worth where it accepts others, too. */
const FIRST_CHOICE = 0.7;
const TRAINING_DAY = '2025-11-15';

function rightKinds({ kind, altKinds }: Pick<GoldEvent, 'kind' | 'altKinds'>): Map<string, number> {
  const others = altKinds.filter((other) => other !== kind);
  return new Map([
    [kind, others.length === 0 ? 1 : FIRST_CHOICE],
    ...others.map((other) => [other, (1 - FIRST_CHOICE) / others.length] as const),
  ]);
}

/** Every clause that a report is made of, with the kind of the event that it tells by the gold, and for each event without one the clause that covers it best. */
export function examplesOf(article: GoldArticle, vocabulary: Vocabulary): KindExample[] {
  const labelled = readClauses(articleOf(article), vocabulary).flatMap((clause) => {
    const covers = article.events
      .map((event) => ({
        event,
        share: Math.max(...[event.evidence, ...event.mentions].map((quote) => overlap(article.text, clause, quote))),
      }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share);
    return covers[0] ? [{ clause, ...covers[0] }] : [];
  });
  const reported = labelled.filter(({ clause }) => clause.reported);
  const told = new Set(reported.map(({ event }) => event));
  const best = new Map<GoldEvent, (typeof labelled)[number]>();
  for (const item of labelled) {
    const other = best.get(item.event);
    if (!told.has(item.event) && (other === undefined || item.share > other.share)) best.set(item.event, item);
  }
  return [...reported, ...best.values()].map(({ clause, event }) => ({
    source: article.name,
    traits: clause.traits,
    right: rightKinds(event),
  }));
}

const lines = z.record(z.string(), z.array(z.string().min(1)));

/** The training clauses, each an article of one line. */
export function trainingArticles(): GoldArticle[] {
  const file = resolve(__dirname, 'training/clauses.yaml');
  return Object.entries(lines.parse(parse(readFileSync(file, 'utf8')))).flatMap(([kind, texts]) =>
    texts.map((text, order) => ({
      name: `${kind}-${String(order)}`,
      title: '',
      text,
      source: 'unknown',
      publishedAt: TRAINING_DAY,
      nonEvents: [],
      events: [
        {
          id: `${kind}-${String(order)}`,
          kind,
          altKinds: [],
          status: 'occurred' as const,
          altStatus: [],
          headline: '',
          date: null,
          altDates: [],
          entities: [],
          amount: null,
          altAmounts: [],
          themes: [],
          evidence: text,
          mentions: [],
          required: true,
        },
      ],
    })),
  );
}
