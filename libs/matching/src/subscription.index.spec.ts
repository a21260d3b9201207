import { slugify, type Match } from '@themeline/contracts';
import * as fc from 'fast-check';
import { anyEvent, anyMatch, BruteForceTwin, matchesByDefinition, wants } from '../../../test/support/matching.twin';
import type { MatchableEvent } from './event.facts';
import { explainMatch, matchesEvent } from './match.verifier';
import { SubscriptionIndex } from './subscription.index';

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

const viaIndex = (match: Match, given: MatchableEvent): boolean => {
  const index = new SubscriptionIndex();
  index.upsert({ id: 'sub', match });
  return index.match(given).length === 1;
};

describe.each([
  ['the index', viaIndex],
  ['a single question', matchesEvent],
  ['the definition', matchesByDefinition],
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

const change = (ids: fc.Arbitrary<string>) => fc.record({ id: ids, match: fc.option(anyMatch, { freq: 5 }) });

/** Applied to the index and to its twin. */
function apply(
  { id, match }: { id: string; match: Match | null },
  ...indexes: (SubscriptionIndex | BruteForceTwin)[]
): void {
  for (const index of indexes) {
    if (match === null) index.remove(id);
    else index.upsert({ id, match });
  }
}

describe('the index and its twin agree', () => {
  test('under any sequence of changes', () => {
    fc.assert(
      fc.property(
        fc.array(change(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')), { maxLength: 25 }),
        fc.array(anyEvent, { minLength: 1, maxLength: 5 }),
        (changes, events) => {
          const index = new SubscriptionIndex();
          const twin = new BruteForceTwin();
          for (const one of changes) apply(one, index, twin);
          expect(index.size).toBe(twin.size);
          for (const given of events) {
            const expected = twin.match(given);
            expect(index.match(given).sort()).toEqual(expected.sort());
            for (const [id, match] of twin.kept) {
              expect(index.matches(id, given)).toBe(expected.includes(id));
              expect(explainMatch(match, given) !== null).toBe(expected.includes(id));
            }
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  // More than fit a block of a list, more kinds and countries than have codes, and lists that shrink again.
  test('with thousands, and while they come and go', () => {
    const [changes = []] = fc.sample(
      fc.array(change(fc.integer({ min: 0, max: 3_999 }).map((number) => `sub-${String(number)}`)), {
        minLength: 9_000,
        maxLength: 9_000,
        size: 'max',
      }),
      { numRuns: 1, seed: 7 },
    );
    const events = fc.sample(anyEvent, { numRuns: 12, seed: 7 });
    const index = new SubscriptionIndex();
    const twin = new BruteForceTwin();
    const compare = (): void => {
      expect(index.size).toBe(twin.size);
      for (const given of events) expect(index.match(given).sort()).toEqual(twin.match(given).sort());
    };
    for (const [number, one] of changes.entries()) {
      // Half of them ask for one theme.
      const crowded =
        one.match !== null && number % 2 === 0 ? wants({ themes: ['chips'], minImportance: 20 }) : one.match;
      apply({ id: one.id, match: crowded }, index, twin);
      if (number % 3_000 === 2_999) compare();
    }
    for (const id of [...twin.kept.keys()].slice(0, 3_000)) apply({ id, match: null }, index, twin);
    compare();
  });
});

test('what came and went leaves nothing behind', () => {
  const matches = fc.sample(anyMatch, { numRuns: 3_000, seed: 11 });
  const index = new SubscriptionIndex();
  const memory: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (const [number, match] of matches.entries()) index.upsert({ id: `sub-${String(number)}`, match });
    for (const number of matches.keys()) index.remove(`sub-${String(number)}`);
    memory.push(index.bytes);
  }
  expect(index.size).toBe(0);
  expect(memory.at(-1)).toBe(memory[0]);
});

test('a subscription may ask for more than has room in a list', () => {
  const index = new SubscriptionIndex();
  const numbered = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, n) => `${name}${String(n)}`);
  const match = wants({
    themes: ['chips', ...numbered('theme-', 150)],
    entities: numbered('Company ', 500),
    keywords: { all: ['chip'], any: ['tools', ...numbered('word', 150)], none: numbered('no ', 150) },
  });
  index.upsert({ id: 'sub', match });
  const entity = (name: string) => ({ id: slugify(name), name, type: 'company' as const, role: 'agent' as const });
  const given = (name: string, more = '') =>
    event({ headline: `Chip tools${more}`, entities: [entity(name), entity('Company 3')] });
  expect(index.match(given('Company 499'))).toEqual(['sub']);
  expect(index.match(given('Company 3', ' and no 77'))).toEqual([]);
  index.remove('sub');
  expect(index.match(given('Company 499'))).toEqual([]);
});
