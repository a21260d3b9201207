import { match as matchSchema, slugify, type Match } from '@themeline/contracts';
import type { IndexedSubscription, MatchableEvent } from '@themeline/matching';
import { foldedWords } from '@themeline/merging';
import * as fc from 'fast-check';

export type Wanted = Partial<Omit<Match, 'keywords'>> & { keywords?: Partial<Match['keywords']> };

/** A match that asks for nothing but what is given. */
export const wants = (parts: Wanted = {}): Match => matchSchema.parse(parts);

/** The definition, word for word and with no index: keywords by a regular expression over the folded text. */
export function matchesByDefinition(match: Match, given: MatchableEvent): boolean {
  const anyOf = <T>(wanted: readonly T[], had: readonly T[]): boolean =>
    wanted.length === 0 || wanted.some((value) => had.includes(value));
  const texts = [given.headline, given.summary ?? ''];
  const holds = (keyword: string): boolean => holdsKeyword(texts, keyword);
  const names = given.entities.map(({ name }) => name);
  return (
    anyOf(match.themes, given.themes) &&
    anyOf(match.kinds, [given.kind]) &&
    anyOf(
      match.entities.map(slugify),
      given.entities.flatMap(({ id, name }) => [id, slugify(name)]),
    ) &&
    anyOf(match.countries, given.countries) &&
    anyOf(match.statuses, [given.status]) &&
    anyOf(match.events, [given.id, ...(given.lineage ?? [])]) &&
    given.importance >= (match.minImportance ?? 0) &&
    given.sourceCount >= (match.minSources ?? 0) &&
    (match.minAmountUsd === undefined || (given.amount?.usd ?? -1) >= match.minAmountUsd) &&
    match.keywords.all.every(holds) &&
    (match.keywords.any.length === 0 || match.keywords.any.some(holds)) &&
    !match.keywords.none.some(holds) &&
    (match.q ?? '').split(/\s+/).every((part) => holdsQueried([...texts, ...names], part))
  );
}

function holdsKeyword(texts: readonly string[], keyword: string): boolean {
  const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const pattern = fold(keyword)
    .replace(/[^\p{L}\p{Nd}]+/gu, ' ')
    .trim()
    .split(' ')
    .join('[^\\p{L}\\p{Nd}]+');
  const whole = new RegExp(`(?<![\\p{L}\\p{Nd}])${pattern}(?![\\p{L}\\p{Nd}])`, 'u');
  return pattern !== '' && texts.some((text) => whole.test(fold(text)));
}

/** One part of `q`: by a regular expression over the folded words. */
function holdsQueried(texts: readonly string[], part: string): boolean {
  const had = ` ${foldedWords(texts.join(' ')).join(' ')} `;
  const words = foldedWords(part);
  return words.every((word, index) =>
    new RegExp(` ${word}${part.endsWith('*') && index === words.length - 1 ? '[^ ]*' : ''} `, 'u').test(had),
  );
}

/** What the index must answer: every subscription is asked. */
export class BruteForceTwin {
  readonly kept = new Map<string, Match>();

  get size(): number {
    return this.kept.size;
  }

  upsert({ id, match }: IndexedSubscription): void {
    this.kept.set(id, match);
  }

  remove(id: string): void {
    this.kept.delete(id);
  }

  match(event: MatchableEvent): string[] {
    return [...this.kept].filter(([, match]) => matchesByDefinition(match, event)).map(([id]) => id);
  }

  matches(id: string, event: MatchableEvent): boolean {
    const match = this.kept.get(id);
    return match !== undefined && matchesByDefinition(match, event);
  }
}

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${name}-${n}`);
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/**
 * Few values, so that much matches, and of kinds and countries also more than have room in the lists' entries. Words that
 * fold to each other, begin alike, or are none.
 */
const WORDS = ['chip', 'chips', 'export', 'controls', 'Zürich', 'zurich', 'AI', 'Q3', 'naïve', 'tools', '+'];
const THEMES = ['chips', 'cars', 'ai', 'rail', 'law'];
const NAMES = ['ASML', 'Škoda', 'skoda', 'Moonshot AI', 'Zurich Tools'];
const EVENTS = ['evt_1', 'evt_2', 'evt_3'];
const KINDS = [...numbered('kind', 40), ...Array.from({ length: 40 }, () => 'ban')];
const MANY_COUNTRIES = LETTERS.flatMap((one) => LETTERS.slice(0, 12).map((other) => one + other));
const COUNTRIES = [...MANY_COUNTRIES, ...MANY_COUNTRIES.flatMap(() => ['NL', 'CN'])];
const STATUSES = ['occurred', 'planned', 'forecast'] as const;

const someOf = <T>(values: readonly T[], maxLength: number) => fc.array(fc.constantFrom(...values), { maxLength });
const sparse = <T>(arbitrary: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const phrases = fc.array(
  fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
  { maxLength: 4 },
);
const importance = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(69.5, 70, 70.25));
const sources = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constantFrom(62, 63, 64, 65));
const amountUsd = fc.oneof(fc.nat(3), fc.constantFrom(0.5, 1_023, 1_024, 1_500, 2_000_000_000));

export const anyMatch: fc.Arbitrary<Match> = fc
  .record({
    themes: sparse(someOf(THEMES, 4)),
    kinds: sparse(someOf(KINDS, 4)),
    entities: sparse(someOf(NAMES, 4)),
    countries: sparse(someOf(COUNTRIES, 6)),
    statuses: sparse(someOf(STATUSES, 3)),
    keywords: fc.record({ all: sparse(phrases), any: sparse(phrases), none: sparse(phrases) }),
    events: sparse(someOf(EVENTS, 3)),
    q: maybe(fc.array(fc.constantFrom(...WORDS, 'ch*', 'con*', 'moonshot'), { minLength: 1, maxLength: 2 })),
    minImportance: maybe(importance),
    minSources: maybe(sources),
    minAmountUsd: fc.option(amountUsd, { nil: undefined, freq: 4 }),
  })
  .map(({ q, ...parts }) => wants(JSON.parse(JSON.stringify({ ...parts, q: q?.join(' ') })) as Wanted));

const text = fc
  .array(fc.constantFrom(...WORDS, ',', '-'), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(' '));

export const anyEvent: fc.Arbitrary<MatchableEvent> = fc.record({
  id: fc.constantFrom('evt_1', 'evt_2'),
  lineage: fc.constantFrom([], ['evt_3']),
  kind: fc.constantFrom(...KINDS),
  status: fc.constantFrom(...STATUSES),
  headline: text,
  summary: fc.option(text),
  entities: someOf(NAMES, 3).map((names) =>
    names.map((name) => ({ id: slugify(name), name, type: 'company' as const, role: 'agent' as const })),
  ),
  countries: someOf(COUNTRIES, 4),
  amount: fc.option(fc.record({ value: fc.nat(3), currency: fc.constant('USD'), usd: fc.option(amountUsd) })),
  themes: someOf(THEMES, 3),
  importance,
  sourceCount: sources,
});
