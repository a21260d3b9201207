import type { Match } from '@themeline/contracts';
import { compileMatch, type CompiledMatch } from './match.verifier';
import type { Field, TermName } from './term.table';

/** A `match` as what must hold all together: of each list in `anyOf` at least one term, of `noneOf` not one, and the numbers. */
export interface Requirements {
  anyOf: Clause[];
  noneOf: TermName[];
  statuses: Match['statuses'];
  minImportance: number | undefined;
  minSources: number | undefined;
  minAmountUsd: number | undefined;
}

/** Terms of one field. Without any it can't be met. */
export type Clause = readonly TermName[];

export function requirementsOf(match: Match): Requirements {
  const compiled = compileMatch(match);
  const { minImportance, minSources, minAmountUsd } = compiled;
  return {
    anyOf: clausesOf(compiled),
    noneOf: keywordTerms(compiled.none),
    statuses: match.statuses,
    minImportance,
    minSources,
    minAmountUsd,
  };
}

function clausesOf(match: CompiledMatch): Clause[] {
  const clauses: Clause[] = [];
  const asked = (field: Field, texts: readonly string[]): void => {
    if (texts.length > 0) clauses.push([...new Set(texts)].map((text) => ({ field, words: [text] })));
  };
  asked('event', match.events);
  asked(
    'entity',
    match.entities.map(({ folded }) => folded),
  );
  asked('theme', match.themes);
  asked('kind', match.kinds);
  asked('country', match.countries);
  for (const keyword of match.all) clauses.push(keywordTerms([keyword]));
  if (match.any.length > 0) clauses.push(keywordTerms(match.any));
  for (const { text, beginning } of match.queryWords) asked(beginning ? 'beginning' : 'mention', [text]);
  return clauses;
}

/** Keywords that hold no word are found nowhere. */
function keywordTerms(keywords: CompiledMatch['all']): TermName[] {
  return keywords.filter(({ words }) => words.length > 0).map(({ words }) => ({ field: 'word', words }));
}

/**
 * The share of events that have a given value of a field, as orders of magnitude: what a subscription asks for is rare
 * or common by its kind. They decide where it is filed, never whether it matches.
 */
const SHARE: Record<Field, number> = {
  event: 1e-6,
  entity: 1e-3,
  theme: 5e-2,
  kind: 6e-2,
  country: 5e-2,
  word: 1e-2,
  mention: 1e-2,
  beginning: 3e-2,
};
/** Words of fewer letters are mostly common ones. */
const LONG_WORD = 6;
const LONG_WORD_SHARE = 1e-3;
const PHRASE_SHARE = 3e-4;

/** The clause that the fewest events are likely to meet; null where there is none. */
export function rarestOf(clauses: readonly Clause[]): Clause | null {
  let rarest: Clause | null = null;
  let least = Infinity;
  for (const clause of clauses) {
    const share = clause.reduce((sum, term) => sum + shareOf(term), 0);
    if (share < least) [rarest, least] = [clause, share];
  }
  return rarest;
}

function shareOf({ field, words: [first = '', ...rest] }: TermName): number {
  if (rest.length > 0) return PHRASE_SHARE;
  return (field === 'word' || field === 'mention') && first.length >= LONG_WORD ? LONG_WORD_SHARE : SHARE[field];
}
