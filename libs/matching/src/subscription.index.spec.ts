import { match as matchSchema, slugify, type Match } from '@themeline/contracts';
import { foldedWords } from '@themeline/merging';
import * as fc from 'fast-check';
import type { MatchableEvent } from './event.facts';
import { explainMatch, matchesEvent } from './match.verifier';
import { SubscriptionIndex } from './subscription.index';

const wants = (parts: Partial<Omit<Match, 'keywords'>> & { keywords?: Partial<Match['keywords']> } = {}): Match =>
  matchSchema.parse(parts);

const event = (parts: Partial<MatchableEvent> = {}): MatchableEvent => ({
  id: 'evt_1',
  kind: 'export-control',
  status: 'planned',
  headline: 'Netherlands to widen export controls on chip tools',
  summary: 'The Hague says the new licences apply to ASML’s older machines from Q3.',
  entities: [
    { id: 'asml', name: 'ASML', type: 'company', role: 'patient' },
    { id: 'dutch-government', name: 'Government of the Netherlands', type: 'authority', role: 'agent' },
  ],
  countries: ['NL', 'CN'],
  amount: { value: 2_000_000_000, currency: 'EUR', usd: 2_200_000_000 },
  themes: ['chips', 'export-controls'],
  importance: 70,
  sourceCount: 3,
  ...parts,
});

/** The definition, word for word and with no index: keywords by a regular expression over the folded text. */
function matchesBrute(match: Match, given: MatchableEvent): boolean {
  const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const holds = (keyword: string): boolean => {
    const pattern = fold(keyword)
      .replace(/[^\p{L}\p{Nd}]+/gu, ' ')
      .trim()
      .split(' ')
      .join('[^\\p{L}\\p{Nd}]+');
    return (
      pattern !== '' &&
      [given.headline, given.summary ?? ''].some((text) =>
        new RegExp(`(?<![\\p{L}\\p{Nd}])${pattern}(?![\\p{L}\\p{Nd}])`, 'u').test(fold(text)),
      )
    );
  };
  const anyOf = <T>(wanted: readonly T[], had: readonly T[]): boolean =>
    wanted.length === 0 || wanted.some((value) => had.includes(value));
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
    match.keywords.all.every(holds) &&
    (match.keywords.any.length === 0 || match.keywords.any.some(holds)) &&
    !match.keywords.none.some(holds) &&
    (match.q ?? '')
      .split(/\s+/)
      .every((part) =>
        queried(part, [given.headline, given.summary ?? '', ...given.entities.map(({ name }) => name)]),
      ) &&
    given.importance >= (match.minImportance ?? 0) &&
    given.sourceCount >= (match.minSources ?? 0) &&
    (match.minAmountUsd === undefined || (given.amount?.usd ?? -1) >= match.minAmountUsd)
  );
}

/** One part of `q`: by a regular expression over the folded words. */
function queried(part: string, texts: readonly string[]): boolean {
  const had = ` ${foldedWords(texts.join(' ')).join(' ')} `;
  const words = foldedWords(part);
  return words.every((word, index) =>
    new RegExp(` ${word}${part.endsWith('*') && index === words.length - 1 ? '[^ ]*' : ''} `, 'u').test(had),
  );
}

const viaIndex = (match: Match, given: MatchableEvent): boolean => {
  const index = new SubscriptionIndex();
  index.upsert({ id: 'sub', match });
  return index.match(given).length === 1;
};

describe.each([
  ['the index', viaIndex],
  ['a single question', matchesEvent],
  ['the definition', matchesBrute],
])('%s', (_name, matches) => {
  test.each<[string, Match, Partial<MatchableEvent>]>([
    ['nothing asked', wants(), {}],
    ['theme', wants({ themes: ['chips'] }), {}],
    ['one of two themes', wants({ themes: ['cars', 'chips'] }), {}],
    ['kind', wants({ kinds: ['ban', 'export-control'] }), {}],
    ['entity by id', wants({ entities: ['dutch-government'] }), {}],
    ['entity by name', wants({ entities: ['Asml'] }), {}],
    ['entity by its name in the event', wants({ entities: ['government of the netherlands'] }), {}],
    [
      'entity in another script',
      wants({ entities: ['比亚迪'] }),
      { entities: [{ id: slugify('比亚迪'), name: '比亚迪', type: 'company', role: 'agent' }] },
    ],
    ['country', wants({ countries: ['KR', 'CN'] }), {}],
    ['status', wants({ statuses: ['planned'] }), {}],
    ['id', wants({ events: ['evt_0', 'evt_1'] }), {}],
    ['id that was merged into it', wants({ events: ['evt_7'] }), { lineage: ['evt_1', 'evt_7'] }],
    ['keyword in the headline', wants({ keywords: { all: ['CHIP'] } }), {}],
    ['keyword in the summary', wants({ keywords: { all: ['hague'] } }), {}],
    ['phrase', wants({ keywords: { all: ['Export Controls'] } }), {}],
    [
      'phrase across punctuation',
      wants({ keywords: { any: ['export controls'] } }),
      { headline: 'New export-controls' },
    ],
    ['phrase with a possessive', wants({ keywords: { any: ["ASML's older machines"] } }), {}],
    [
      'phrase at a later place of its first word',
      wants({ keywords: { any: ['chip tools'] } }),
      { headline: 'Chip after chip tools' },
    ],
    ['all, each somewhere', wants({ keywords: { all: ['hague', 'chip tools'] } }), {}],
    ['any, one of them', wants({ keywords: { any: ['batteries', 'licences'] } }), {}],
    ['none, and it has none', wants({ keywords: { none: ['batteries', 'export chip'] } }), {}],
    ['accents folded in the text', wants({ keywords: { any: ['Zurich'] } }), { headline: 'Zürich moves' }],
    ['accents folded in the keyword', wants({ keywords: { any: ['São Paulo'] } }), { headline: 'SAO PAULO moves' }],
    ['digits', wants({ keywords: { any: ['Q3'] } }), {}],
    ['q, its words in any order', wants({ q: 'licences NETHERLANDS' }), {}],
    ['q, the beginning of a word', wants({ q: 'licen* chip' }), {}],
    ['q, a whole word as its own beginning', wants({ q: 'chip*' }), {}],
    ['q, a word of a name', wants({ q: 'government' }), {}],
    ['q, possessives and dotted letters as the list reads them', wants({ q: "U.S. asml's" }), { headline: 'US move' }],
    ['importance reached', wants({ minImportance: 70 }), {}],
    ['sources reached', wants({ minSources: 3 }), {}],
    ['amount reached', wants({ minAmountUsd: 2_200_000_000 }), {}],
    [
      'everything at once',
      wants({
        themes: ['chips'],
        kinds: ['export-control'],
        entities: ['ASML'],
        countries: ['NL'],
        statuses: ['planned'],
        events: ['evt_1'],
        keywords: { all: ['chip'], any: ['tools'], none: ['cars'] },
        minImportance: 1,
        minSources: 1,
        minAmountUsd: 1,
      }),
      {},
    ],
  ])('matches: %s', (_case, match, parts) => {
    expect(matches(match, event(parts))).toBe(true);
  });

  test.each<[string, Match, Partial<MatchableEvent>]>([
    ['another theme', wants({ themes: ['cars'] }), {}],
    ['part of a theme', wants({ themes: ['export'] }), {}],
    ['another kind', wants({ kinds: ['ban'] }), {}],
    ['another entity', wants({ entities: ['Nvidia'] }), {}],
    ['part of an entity', wants({ entities: ['dutch'] }), {}],
    ['another country', wants({ countries: ['DE'] }), {}],
    ['another status', wants({ statuses: ['occurred', 'forecast'] }), {}],
    ['another id', wants({ events: ['evt_2'] }), {}],
    ['part of a word', wants({ keywords: { all: ['control'] } }), {}],
    ['word inside another', wants({ keywords: { any: ['hip'] } }), {}],
    ['words apart', wants({ keywords: { any: ['export chip'] } }), {}],
    ['words in another order', wants({ keywords: { any: ['controls export'] } }), {}],
    ['phrase over the end of the headline', wants({ keywords: { any: ['tools the hague'] } }), {}],
    ['all, one missing', wants({ keywords: { all: ['chip', 'batteries'] } }), {}],
    ['any, none of them', wants({ keywords: { any: ['batteries', 'cars'] } }), {}],
    ['none, and it has one', wants({ keywords: { none: ['batteries', 'chip tools'] } }), {}],
    ['keyword of no word', wants({ keywords: { any: ['+++'] } }), {}],
    ['keyword only in the name of an entity', wants({ keywords: { any: ['government'] } }), {}],
    ['no summary', wants({ keywords: { any: ['hague'] } }), { summary: null }],
    ['q, one word missing', wants({ q: 'licences batteries' }), {}],
    ['q, part of a word', wants({ q: 'licen' }), {}],
    ['q, the middle of a word', wants({ q: 'ether*' }), {}],
    ['q, a longer word', wants({ q: 'chipset*' }), {}],
    ['importance missed', wants({ minImportance: 71 }), {}],
    ['sources missed', wants({ minSources: 4 }), {}],
    ['amount missed', wants({ minAmountUsd: 2_200_000_001 }), {}],
    ['no amount', wants({ minAmountUsd: 0 }), { amount: null }],
    ['amount of unknown value', wants({ minAmountUsd: 0 }), { amount: { value: 5, currency: 'XAU', usd: null } }],
    ['two fields, one missed', wants({ themes: ['chips'], countries: ['DE'] }), {}],
    ['no entities', wants({ entities: ['ASML'] }), { entities: [] }],
  ])('does not match: %s', (_case, match, parts) => {
    expect(matches(match, event(parts))).toBe(false);
  });
});

test('characters of scripts without spaces are words', () => {
  const given = event({ headline: '荷兰扩大芯片出口管制' });
  expect(viaIndex(wants({ keywords: { all: ['芯片'] } }), given)).toBe(true);
  expect(viaIndex(wants({ keywords: { all: ['片芯'] } }), given)).toBe(false);
});

describe('why', () => {
  test('names each field that asked, with the values that satisfied it', () => {
    const match = wants({
      themes: ['cars', 'chips'],
      entities: ['Nvidia', 'Asml'],
      countries: ['CN'],
      keywords: { all: ['Chip'], any: ['batteries', 'export controls'], none: ['cars'] },
      minSources: 2,
      q: 'netherlands lic*',
    });
    const why = [
      { field: 'themes', values: ['chips'] },
      { field: 'entities', values: ['Asml'] },
      { field: 'countries', values: ['CN'] },
      { field: 'keywords.all', values: ['Chip'] },
      { field: 'keywords.any', values: ['export controls'] },
      { field: 'q', values: ['netherlands lic*'] },
      { field: 'minSources', values: ['3'] },
    ];
    const index = new SubscriptionIndex();
    index.upsert({ id: 'sub', match });
    expect(index.why('sub', event())).toEqual(why);
    expect(explainMatch(match, event())).toEqual(why);
  });

  test('is empty for everything wanted, for no match, and for an unknown id', () => {
    const index = new SubscriptionIndex();
    index.upsert({ id: 'all', match: wants() });
    index.upsert({ id: 'cars', match: wants({ themes: ['cars'] }) });
    expect(['all', 'cars', 'unknown'].map((id) => index.why(id, event()))).toEqual([[], [], []]);
    expect(explainMatch(wants(), event())).toEqual([]);
    expect(explainMatch(wants({ themes: ['cars'] }), event())).toBeNull();
  });
});

describe('changes', () => {
  test('a changed subscription is found by what it asks now only', () => {
    const index = new SubscriptionIndex();
    index.upsert({ id: 'sub', match: wants({ themes: ['chips'] }) });
    index.upsert({ id: 'sub', match: wants({ themes: ['cars'] }) });
    expect(index.size).toBe(1);
    expect(index.match(event())).toEqual([]);
    expect(index.match(event({ themes: ['cars'] }))).toEqual(['sub']);
  });

  test('a subscription filed under several values of an event is given once', () => {
    const index = new SubscriptionIndex();
    index.upsert({ id: 'sub', match: wants({ themes: ['chips', 'export-controls', 'chips'] }) });
    expect(index.match(event())).toEqual(['sub']);
  });

  test('removal is complete, and of an unknown id nothing', () => {
    const index = new SubscriptionIndex();
    index.upsert({ id: 'a', match: wants({ themes: ['chips'] }) });
    index.upsert({ id: 'b', match: wants() });
    index.remove('a');
    index.remove('a');
    index.remove('c');
    expect([index.size, index.match(event()), index.matches('a', event())]).toEqual([1, ['b'], false]);
  });
});

const words = ['chip', 'chips', 'export', 'controls', 'Zürich', 'zurich', 'AI', 'Q3', 'naïve', 'tools', '+'];
const someOf = (values: readonly string[], maxLength = 3) => fc.array(fc.constantFrom(...values), { maxLength });
const phrases = fc.array(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
  { maxLength: 3 },
);
const sparse = <T>(arbitrary: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary });
const THEMES = ['chips', 'cars', 'ai'];
const NAMES = ['ASML', 'Škoda', 'skoda', 'Moonshot AI'];

const anyMatch: fc.Arbitrary<Match> = fc
  .record({
    themes: sparse(someOf(THEMES)),
    kinds: sparse(someOf(['ban', 'launch'])),
    entities: sparse(someOf(NAMES)),
    countries: sparse(someOf(['NL', 'CN', 'KR'])),
    statuses: sparse(someOf(['occurred', 'planned', 'forecast'])) as fc.Arbitrary<Match['statuses']>,
    keywords: fc.record({ all: sparse(phrases), any: sparse(phrases), none: sparse(phrases) }),
    events: sparse(someOf(['evt_1', 'evt_2', 'evt_3'])),
    q: fc.option(fc.array(fc.constantFrom(...words, 'ch*', 'con*', 'moonshot'), { minLength: 1, maxLength: 2 }), {
      nil: undefined,
      freq: 3,
    }),
    minImportance: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    minSources: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    minAmountUsd: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 4 }),
  })
  .map(({ q, ...parts }) =>
    matchSchema.parse(JSON.parse(JSON.stringify({ ...parts, ...(q === undefined ? {} : { q: q.join(' ') }) }))),
  );

const text = fc
  .array(fc.constantFrom(...words, ',', '-'), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(' '));
const anyEvent: fc.Arbitrary<MatchableEvent> = fc.record({
  id: fc.constantFrom('evt_1', 'evt_2'),
  lineage: fc.constantFrom([], ['evt_3']),
  kind: fc.constantFrom('ban', 'launch'),
  status: fc.constantFrom('occurred', 'planned', 'forecast'),
  headline: text,
  summary: fc.option(text),
  entities: someOf(NAMES).map((names) =>
    names.map((name) => ({ id: slugify(name), name, type: 'company' as const, role: 'agent' as const })),
  ),
  countries: someOf(['NL', 'CN', 'KR']),
  amount: fc.option(fc.record({ value: fc.nat(3), currency: fc.constant('USD'), usd: fc.option(fc.nat(3)) })),
  themes: someOf(THEMES),
  importance: fc.integer({ min: 0, max: 100 }),
  sourceCount: fc.integer({ min: 1, max: 3 }),
});

test('the index agrees with the definition under any sequence of changes', () => {
  const change = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    match: fc.option(anyMatch, { freq: 5 }),
  });
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 25 }),
      fc.array(anyEvent, { minLength: 1, maxLength: 5 }),
      (changes, events) => {
        const index = new SubscriptionIndex();
        const kept = new Map<string, Match>();
        for (const { id, match } of changes) {
          if (match === null) {
            index.remove(id);
            kept.delete(id);
          } else {
            index.upsert({ id, match });
            kept.set(id, match);
          }
        }
        expect(index.size).toBe(kept.size);
        for (const given of events) {
          const expected = [...kept].filter(([, match]) => matchesBrute(match, given)).map(([id]) => id);
          expect(index.match(given).sort()).toEqual(expected.sort());
          for (const [id, match] of kept) {
            expect(index.matches(id, given)).toBe(expected.includes(id));
            expect(explainMatch(match, given) !== null).toBe(expected.includes(id));
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
