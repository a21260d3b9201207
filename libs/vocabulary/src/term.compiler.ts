import { ENTITY_TYPES, type EntityType } from '@themeline/contracts';
import { fold, singular } from './morphology.rules';

/** What may fill a place of a rule. Phrases are sequences of singular lemmas, looked up by their first word. */
export interface TermSet {
  readonly any: boolean;
  readonly named: boolean;
  readonly amount: boolean;
  readonly figure: boolean;
  readonly percent: boolean;
  readonly types: ReadonlySet<EntityType>;
  readonly whats: ReadonlySet<string>;
  readonly phrases: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** As written, not brought to singular. */
  readonly exact: ReadonlyMap<string, readonly (readonly string[])[]>;
}

export class TermError extends Error {
  readonly code = 'unknown-term';
}

/** Words of a phrase as the reader of texts splits them. `open-source model` → `['open-source', 'model']` */
export function phraseWords(phrase: string): string[] {
  // Texts are cut before a genitive: "People's Republic" is three words.
  return fold(phrase)
    .replace(/(\p{L})'s(?!\p{L})/gu, "$1 's")
    .split(/\s+/)
    .filter(Boolean);
}

/** `['@fund', 'type:company', 'venture arm']` → a set to look words up in. Throws TermError on an unknown '@class' or 'type:'. */
export function compileTerms(terms: readonly string[], classes: Readonly<Record<string, readonly string[]>>): TermSet {
  const flags = new Set<string>();
  const types = new Set<EntityType>();
  const whats = new Set<string>();
  const phrases = new Map<string, string[][]>();
  const exact = new Map<string, string[][]>();
  const add = (value: string): void => {
    if (value.startsWith('@')) {
      const members = classes[value.slice(1)];
      if (!members) throw new TermError(`no such class: '${value}'`);
      for (const member of members) add(member);
    } else if (value.startsWith('type:')) {
      const type = ENTITY_TYPES.find((known) => known === value.slice(5));
      if (!type) throw new TermError(`no such entity type: '${value}'`);
      types.add(type);
    } else if (value.startsWith('what:')) whats.add(value.slice(5));
    else if (['any', 'named', 'amount', 'figure', 'percent'].includes(value)) flags.add(value);
    else if (value.startsWith('=')) put(exact, phraseWords(value.slice(1)));
    else put(phrases, phraseWords(value).map(singular));
  };
  for (const value of terms) add(value);
  return {
    any: flags.has('any'),
    named: flags.has('named'),
    amount: flags.has('amount'),
    figure: flags.has('figure'),
    percent: flags.has('percent'),
    types,
    whats,
    phrases,
    exact,
  };
}

function put(index: Map<string, string[][]>, words: string[]): void {
  const first = words[0];
  if (first === undefined) return;
  const list = index.get(first);
  if (list) list.push(words);
  else index.set(first, [words]);
}

/** `['@release', 'open up']` → lemma and following words of each verb. */
export function compileVerbs(
  verbs: readonly string[],
  groups: Readonly<Record<string, readonly string[]>>,
): { lemma: string; rest: string[] }[] {
  const seen = new Set<string>();
  const compiled: { lemma: string; rest: string[] }[] = [];
  for (const verb of verbs) {
    const members = verb.startsWith('@') ? groups[verb.slice(1)] : [verb];
    if (!members) throw new TermError(`no such verb group: '${verb}'`);
    for (const member of members) {
      const [lemma = '', ...rest] = phraseWords(member);
      if (lemma === '' || seen.has(member)) continue;
      seen.add(member);
      compiled.push({ lemma, rest });
    }
  }
  return compiled;
}
