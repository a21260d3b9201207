import { type EntityType, type Report, slugify, UNDATED } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import fc from 'fast-check';
import { chooseEvent, type Constraints, explainScore, featuresOf, keysOf, rebuild, scoreFeatures } from './index';
import { LiveTimeline } from './live.timeline';

const FAMILIES: Record<string, string> = { 'model-release': 'release', 'product-launch': 'release', ban: 'rules' };
const kindFamily = (kind: string): string => FAMILIES[kind] ?? kind;
const TYPES: Record<string, EntityType> = { Norland: 'place', Sudmark: 'place', Lynx: 'product', Otter: 'product' };

interface Given {
  id: string;
  kind?: string;
  status?: Report['status'];
  says: string;
  date?: string;
  by?: string[];
  names?: string[];
  sum?: number;
  at?: string;
  source?: string;
  url?: string;
  evidence?: string;
}

function report({ id, kind, status, says, date, by, names, sum, at, source, url, evidence }: Given): Report {
  const entity = (role: 'agent' | 'patient') => (name: string) => ({
    id: slugify(name),
    name,
    type: TYPES[name] ?? ('company' as const),
    role,
  });
  return {
    reportId: id,
    version: 1,
    owner: 'test',
    articleId: null,
    kind: kind ?? 'product-launch',
    status: status ?? 'occurred',
    headline: says,
    summary: null,
    date: date === undefined ? UNDATED : parseEdtf(date),
    datePhrase: null,
    entities: [...(by ?? []).map(entity('agent')), ...(names ?? []).map(entity('patient'))],
    countries: [],
    amount: sum === undefined ? null : { value: sum, currency: 'USD', usd: sum },
    themes: [],
    source: { id: `src_${source ?? id}`, name: source ?? id, url: null },
    url: url ?? null,
    publishedAt: `${at ?? '2025-04-10'}T08:00:00.000Z`,
    receivedAt: '2025-06-01T00:00:00.000Z',
    evidence: evidence === undefined ? null : { text: evidence, start: null, end: null },
    mentions: [],
    importance: 50,
    confidence: 0.7,
    backfill: false,
  };
}

const features = (given: Given) => featuresOf(report(given), kindFamily);
const groupsOf = (given: readonly Given[], constraints?: Constraints): string[][] =>
  rebuild(given.map(features), constraints);

const drone: Given = { id: 'a', says: 'Acme launches a delivery drone', by: ['Acme'], at: '2025-04-10' };
const parcels: Given = { id: 'b', says: 'Acme begins flying parcels over the river', by: ['Acme'], at: '2025-04-11' };
const both: Given = {
  id: 'c',
  says: 'Flying parcels over the river: Acme launches a delivery drone',
  by: ['Acme'],
  at: '2025-04-12',
};

describe('rebuild', () => {
  test('joins what a report bridges, and only then', () => {
    expect(groupsOf([drone, parcels])).toEqual([['a'], ['b']]);
    expect(groupsOf([drone, parcels, both])).toEqual([['a', 'b', 'c']]);
  });

  test('a vague report does not tie two versions together, nor goes to either of two that claim it alike', () => {
    const versions = ['V2', 'V3'].map((version) => ({
      id: version,
      kind: 'model-release',
      says: `Acme releases ${version} coding model`,
      by: ['Acme'],
      date: '2025-01',
    }));
    const vague: Given = {
      id: 'vague',
      kind: 'model-release',
      says: 'Acme releases coding model',
      by: ['Acme'],
      date: '2025-01',
    };
    expect(groupsOf([...versions.slice(0, 1), vague])).toEqual([['V2', 'vague']]);
    expect(groupsOf([...versions, vague])).toEqual([['V2'], ['V3'], ['vague']]);
  });

  test('what a person decided holds: together against the scores, apart against them, and apart before together', () => {
    const other: Given = { id: 'd', says: 'Birch buys a harbour', by: ['Birch'], kind: 'acquisition' };
    expect(groupsOf([drone, other], { together: [['d', 'a']], apart: [] })).toEqual([['a', 'd']]);
    expect(groupsOf([drone, parcels, both], { together: [], apart: [['a', 'b']] })).not.toContainEqual(['a', 'b', 'c']);
    expect(groupsOf([drone, other], { together: [['a', 'd']], apart: [['d', 'a']] })).toEqual([['a'], ['d']]);
    // A chain of words that would bring together what is kept apart.
    const constraints: Constraints = {
      together: [
        ['a', 'd'],
        ['b', 'd'],
      ],
      apart: [['a', 'b']],
    };
    const groups = groupsOf([drone, parcels, other], constraints);
    expect(groups.some((group) => group.includes('a') && group.includes('b'))).toBe(false);
  });

  test('a report given twice counts once; none gives none', () => {
    expect(groupsOf([drone, drone])).toEqual([['a']]);
    expect(groupsOf([])).toEqual([]);
  });
});

describe('chooseEvent', () => {
  test('names the event, why, and what else it shows to be the same', () => {
    const events = [
      { id: 'evt_1', profiles: [features(drone)] },
      { id: 'evt_2', profiles: [features(parcels)] },
    ];
    const choice = chooseEvent(features(both), events);
    expect(choice).toMatchObject({ score: { merge: true } });
    expect([choice?.id, ...(choice?.bridged ?? [])].sort()).toEqual(['evt_1', 'evt_2']);
    expect(chooseEvent(features(parcels), events.slice(0, 1))).toBeNull();
    expect(explainScore(choice!.score)).toMatch(/^0\.\d+ of the 0\.55 needed: .*parties \+0\.35 \(both: acme\)/);
  });
});

test('a link to the other article, or its wording, speaks for one happening', () => {
  const plain: Given = {
    id: 'p',
    says: 'A ferry ran aground off Vik',
    kind: 'incident',
    url: 'https://port.example/vik/',
  };
  const linking: Given = {
    id: 'q',
    says: 'Grounded ferry blocks the fjord at Vik',
    kind: 'incident',
    evidence: 'More at https://www.port.example/vik.',
  };
  const score = scoreFeatures(features(plain), features(linking));
  expect(score.parts).toContainEqual({ name: 'citation', value: 0.2, note: 'one links to the other' });
  expect(keysOf(features(plain)).filter((key) => keysOf(features(linking)).includes(key))).toContain(
    'url|port.example/vik',
  );
  const words = 'the harbour master said that the crane had fallen on the quay at dawn and that nobody was under it';
  const quoting = ['x', 'y'].map((id): Given => ({
    id,
    says: `Crane falls ${id}`,
    kind: 'incident',
    by: ['Acme'],
    evidence: words,
  }));
  expect(scoreFeatures(features(quoting[0]!), features(quoting[1]!)).parts).toContainEqual({
    name: 'wording',
    value: 0.2,
    note: '100 % of the wording is the same',
  });
});

/** Happenings of a few firms that look alike, each told several times with less and less precision. */
const COMPANIES = ['Acme', 'Birch', 'Corylus', 'Norland', 'Sudmark'];
const THINGS = ['Lynx', 'Otter'];
const ACTS = ['delivery drone', 'speech model', 'payment card', 'harbour crane'];

const telling = fc.record({
  precise: fc.constantFrom('day', 'month', 'none'),
  words: fc.subarray(['new', 'much awaited', 'after a year', 'for schools', 'in autumn'], { maxLength: 3 }),
  lag: fc.nat(25),
  sumTold: fc.boolean(),
  source: fc.nat(9),
});
const happening = fc.record({
  company: fc.constantFrom(...COMPANIES),
  thing: fc.constantFrom(...THINGS, null, null),
  act: fc.constantFrom(...ACTS),
  version: fc.constantFrom('', '', 'V2', 'V3'),
  kind: fc.constantFrom('model-release', 'product-launch', 'ban'),
  month: fc.integer({ min: 1, max: 9 }),
  day: fc.integer({ min: 1, max: 28 }),
  sum: fc.constantFrom(8e6, 2e7, 5e8),
  tellings: fc.array(telling, { minLength: 1, maxLength: 4 }),
});
const corpus = fc.array(happening, { minLength: 2, maxLength: 14 }).map((happenings) =>
  happenings.flatMap(({ company, thing, act, version, kind, month, day, sum, tellings }, n) =>
    tellings.map(({ precise, words, lag, sumTold, source }, k) => {
      const date = `2025-0${String(month)}-${String(day).padStart(2, '0')}`;
      const at = new Date(Date.parse(date) + lag * 86_400_000).toISOString().slice(0, 10);
      return features({
        id: `r${String(n)}.${String(k)}`,
        kind,
        says: `${company} ${['shows', 'launches', 'presents', 'stops'][k] ?? ''} ${act} ${version} ${words.join(' ')}`,
        by: [company],
        names: thing === null ? [] : [thing],
        at,
        source: `s${String(source)}`,
        ...(precise === 'none' ? {} : { date: precise === 'day' ? date : date.slice(0, 7) }),
        ...(sumTold ? { sum } : {}),
      });
    }),
  ),
);
const shuffledCorpus = corpus.chain((claims) =>
  fc.tuple(fc.constant(claims), fc.shuffledSubarray(claims, { minLength: claims.length, maxLength: claims.length })),
);

test('any order of the same reports gives the same events', () => {
  let joined = 0;
  fc.assert(
    fc.property(shuffledCorpus, ([claims, shuffled]) => {
      const groups = rebuild(claims);
      joined += groups.filter((group) => group.length > 1).length;
      expect(rebuild(shuffled)).toEqual(groups);
    }),
    { numRuns: 150 },
  );
  expect(joined).toBeGreaterThan(100);
});

test('whatever could merge shares a candidate key', () => {
  let merged = 0;
  fc.assert(
    fc.property(corpus, (claims) => {
      const keys = claims.map((claim) => new Set(keysOf(claim)));
      claims.forEach((a, i) =>
        claims.slice(i + 1).forEach((b, j) => {
          if (!scoreFeatures(a, b).merge) return;
          merged += 1;
          expect([...(keys[i] ?? [])].some((key) => keys[i + 1 + j]?.has(key))).toBe(true);
        }),
      );
    }),
    { numRuns: 60 },
  );
  expect(merged).toBeGreaterThan(100);
});

test('the live timeline agrees with it on at least 99 % of pairs, whatever the order of arrival', () => {
  const counts = { pairs: 0, apart: 0, joined: 0 };
  fc.assert(
    fc.property(shuffledCorpus, ([claims, shuffled]) => {
      const live = new LiveTimeline();
      for (const claim of shuffled) live.accept(claim);
      const [one, other] = [pairsIn(rebuild(claims)), pairsIn(live.groups())];
      counts.pairs += (claims.length * (claims.length - 1)) / 2;
      counts.joined += one.size;
      counts.apart += [...one].filter((pair) => !other.has(pair)).length;
      counts.apart += [...other].filter((pair) => !one.has(pair)).length;
    }),
    { numRuns: 200, seed: 20250410 },
  );
  expect(counts.joined).toBeGreaterThan(200);
  expect(1 - counts.apart / counts.pairs).toBeGreaterThanOrEqual(0.99);
});

function pairsIn(groups: readonly (readonly string[])[]): Set<string> {
  return new Set(groups.flatMap((group) => group.flatMap((a, i) => group.slice(i + 1).map((b) => `${a} ${b}`))));
}
