import { slugify, type Match, type Why } from '@themeline/contracts';
import { foldedWords } from '@themeline/merging';
import { factsOf, holdsPhrase, type EventFacts, type MatchableEvent } from './event.facts';
import { wordsOf } from './folded.words';

interface Phrase {
  given: string;
  words: readonly string[];
}

/** A word of `q`; `beginning`: any word that begins so. */
export interface QueryWord {
  text: string;
  beginning: boolean;
}

/** A `match` with its names and phrases folded. An empty list asks for nothing. */
export interface CompiledMatch {
  events: readonly string[];
  /** As given, and folded. */
  entities: readonly { given: string; folded: string }[];
  themes: readonly string[];
  kinds: readonly string[];
  countries: readonly string[];
  statuses: readonly string[];
  all: readonly Phrase[];
  any: readonly Phrase[];
  none: readonly Phrase[];
  q: string | undefined;
  queryWords: readonly QueryWord[];
  minImportance: number | undefined;
  minSources: number | undefined;
  minAmountUsd: number | undefined;
}

/** `"chip* U.S."` → the beginning `chip`, the word `us`; as the timeline reads it. */
export function queryWordsOf(q: string): QueryWord[] {
  return q.split(/\s+/).flatMap((part) => {
    const words = foldedWords(part);
    return words.map((text, index) => ({ text, beginning: part.endsWith('*') && index === words.length - 1 }));
  });
}

const phrase = (given: string): Phrase => ({ given, words: wordsOf(given) });

export function compileMatch(match: Match): CompiledMatch {
  return {
    events: match.events,
    entities: match.entities.map((given) => ({ given, folded: slugify(given) })),
    themes: match.themes,
    kinds: match.kinds,
    countries: match.countries,
    statuses: match.statuses,
    all: match.keywords.all.map(phrase),
    any: match.keywords.any.map(phrase),
    none: match.keywords.none.map(phrase),
    q: match.q,
    queryWords: match.q === undefined ? [] : queryWordsOf(match.q),
    minImportance: match.minImportance,
    minSources: match.minSources,
    minAmountUsd: match.minAmountUsd,
  };
}

/** Numbers and single values first: they are the cheapest to refuse by. */
export function satisfies(match: CompiledMatch, facts: EventFacts): boolean {
  return (
    (match.minImportance === undefined || facts.importance >= match.minImportance) &&
    (match.minSources === undefined || facts.sourceCount >= match.minSources) &&
    (match.minAmountUsd === undefined || (facts.amountUsd !== null && facts.amountUsd >= match.minAmountUsd)) &&
    (match.statuses.length === 0 || match.statuses.includes(facts.status)) &&
    (match.kinds.length === 0 || match.kinds.includes(facts.kind)) &&
    (match.themes.length === 0 || match.themes.some((theme) => facts.themes.has(theme))) &&
    (match.countries.length === 0 || match.countries.some((country) => facts.countries.has(country))) &&
    (match.events.length === 0 || match.events.some((id) => facts.ids.has(id))) &&
    (match.entities.length === 0 || match.entities.some(({ folded }) => facts.entities.has(folded))) &&
    match.all.every(({ words }) => holdsPhrase(facts, words)) &&
    (match.any.length === 0 || match.any.some(({ words }) => holdsPhrase(facts, words))) &&
    !match.none.some(({ words }) => holdsPhrase(facts, words)) &&
    match.queryWords.every((word) => mentions(facts, word))
  );
}

function mentions(facts: EventFacts, { text, beginning }: QueryWord): boolean {
  if (!beginning) return facts.mentions.has(text);
  for (const word of facts.mentions) if (word.startsWith(text)) return true;
  return false;
}

/** What satisfied each field that asks for something. Only meaningful where `satisfies` is true. */
export function reasons(match: CompiledMatch, facts: EventFacts): Why {
  const why: Why = [];
  const add = (field: string, values: string[]): void => {
    if (values.length > 0) why.push({ field, values });
  };
  const given = (phrases: readonly Phrase[]): string[] =>
    phrases.filter(({ words }) => holdsPhrase(facts, words)).map((found) => found.given);
  add(
    'events',
    match.events.filter((id) => facts.ids.has(id)),
  );
  add(
    'themes',
    match.themes.filter((theme) => facts.themes.has(theme)),
  );
  add(
    'kinds',
    match.kinds.filter((kind) => facts.kind === kind),
  );
  add(
    'entities',
    match.entities.filter(({ folded }) => facts.entities.has(folded)).map((entity) => entity.given),
  );
  add(
    'countries',
    match.countries.filter((country) => facts.countries.has(country)),
  );
  add(
    'statuses',
    match.statuses.filter((status) => facts.status === status),
  );
  add('keywords.all', given(match.all));
  add('keywords.any', given(match.any));
  if (match.q !== undefined) add('q', [match.q]);
  if (match.minImportance !== undefined) add('minImportance', [String(facts.importance)]);
  if (match.minSources !== undefined) add('minSources', [String(facts.sourceCount)]);
  if (match.minAmountUsd !== undefined) add('minAmountUsd', [String(facts.amountUsd)]);
  return why;
}

/**
 * Whether one subscription wants an event. An empty field means any; the values of a field are any-of (`keywords.all`:
 * every one, `keywords.none`: not one), the fields all-of.
 */
export function matchesEvent(match: Match, event: MatchableEvent): boolean {
  return satisfies(compileMatch(match), factsOf(event));
}

/**
 * Why a subscription wants an event: each field that asks for something, with the values that satisfied it, numbers as
 * the event has them. `[{field: 'themes', values: ['chips']}, {field: 'minSources', values: ['3']}]`. Null when it does
 * not want it; empty when it wants everything.
 */
export function explainMatch(match: Match, event: MatchableEvent): Why | null {
  const compiled = compileMatch(match);
  const facts = factsOf(event);
  return satisfies(compiled, facts) ? reasons(compiled, facts) : null;
}
