import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadVocabulary, VocabularyError } from './index';
import { inflect, singular } from './morphology.rules';

const vocabulary = loadVocabulary();
const data = path.resolve(__dirname, '../data');

describe('the default vocabulary', () => {
  test('has the kinds and themes of the product', () => {
    expect([...vocabulary.kindById.keys()].sort()).toEqual(
      'acquisition ban export-control fund-launch funding-round incident investment-pledge legal model-release other partnership personnel pivot policy price-change product-launch regulation research statistic'.split(
        ' ',
      ),
    );
    expect(vocabulary.themes.map(({ id }) => id)).toEqual(
      'semiconductors export-controls open-source-models state-funding venture-capital regulation privacy-security talent-education agents applications-pivots price-war robotics foundation-models data-governance'.split(
        ' ',
      ),
    );
  });

  test.each<[string, string | null]>([
    ['Hon Hai', 'Foxconn'],
    ['the European Commission', 'European Commission'],
    ['mistral', 'Mistral AI'],
    ['U.S.', 'United States'],
    ['South Korea', 'South Korea'],
    ['GPT-4', 'GPT-4'],
    ['Nobody & Sons', null],
    ['', null],
  ])('resolveEntity(%s)', (name, expected) => expect(vocabulary.resolveEntity(name)?.name ?? null).toBe(expected));

  test.each<[string, string | null]>([
    ['Dutch', 'NL'],
    ['UAE', 'AE'],
    ['european union', 'EU'],
    ['Atlantis', null],
  ])('countryOf(%s)', (name, expected) => expect(vocabulary.countryOf(name)).toBe(expected));

  test('toUsd takes the rate of the year, or of the nearest known one', () => {
    expect(vocabulary.toUsd({ value: 60e9, currency: 'CNY' }, '2025-01-20')).toBeCloseTo(8.34e9, -8);
    expect(vocabulary.toUsd({ value: 100, currency: 'USD' }, '1999-01-01')).toBe(100);
    expect(vocabulary.toUsd({ value: 1000, currency: 'JPY' }, '2050-01-01')).toBe(
      vocabulary.toUsd({ value: 1000, currency: 'JPY' }, '2026-01-01'),
    );
    expect(vocabulary.toUsd({ value: 1, currency: 'XXX' }, '2025-01-01')).toBeNull();
  });

  test.each<[string, string, number, number]>([
    ['CNY', '2020-06-01', 6.7, 7.1],
    ['CNY', '2024-06-01', 7, 7.3],
    ['JPY', '2011-06-01', 75, 84],
    ['JPY', '2020-06-01', 103, 110],
    ['JPY', '2024-05-01', 150, 160],
    ['KES', '2024-06-01', 125, 140],
    ['NGN', '2024-06-01', 1200, 1700],
    ['EGP', '2024-02-01', 30, 40],
    ['EGP', '2024-08-01', 46, 51],
    ['TRY', '2021-02-01', 6.5, 8],
    ['TRY', '2021-12-01', 9, 14],
    ['TRY', '2024-06-01', 31, 35],
    ['ARS', '2023-11-30', 340, 820],
    ['ARS', '2024-06-01', 850, 1000],
    ['EUR', '2008-06-01', 0.62, 0.7],
    ['GBP', '2022-09-01', 0.8, 0.93],
  ])('%s for a dollar in %s', (currency, day, low, high) => {
    const rate = 1e6 / (vocabulary.toUsd({ value: 1e6, currency }, day) ?? 0);
    expect(rate).toBeGreaterThan(low);
    expect(rate).toBeLessThan(high);
  });

  test('toUsd keeps three figures, and dollars as they are', () => {
    expect(vocabulary.toUsd({ value: 60e9, currency: 'CNY' }, '2025-01-20')).toBe(8.34e9);
    expect(vocabulary.toUsd({ value: 1_234_567, currency: 'USD' }, '2025-01-20')).toBe(1_234_567);
  });

  test('every currency has its years, and its quarters lie around them', () => {
    for (const { code, perUsd } of vocabulary.currencies) {
      expect([code, perUsd.has('2016'), perUsd.has('2026')]).toEqual([code, true, true]);
      for (const [period, rate] of perUsd) {
        const year = perUsd.get(period.slice(0, 4)) ?? 0;
        expect([code, period, Math.max(rate / year, year / rate) < 1.7]).toEqual([code, period, true]);
      }
    }
  });

  test('ids are those of contracts', () => expect(vocabulary.resolveEntity('Moonshot')?.id).toBe('moonshot-ai'));
});

describe('forms of words', () => {
  test.each<[string, string]>([
    ['ban', 'base:ban s:bans past:banned participle:banned ing:banning'],
    ['release', 'base:release s:releases past:released participle:released ing:releasing'],
    ['unveil', 'base:unveil s:unveils past:unveiled participle:unveiled ing:unveiling'],
    ['commit', 'base:commit s:commits past:committed participle:committed ing:committing'],
    ['launch', 'base:launch s:launches past:launched participle:launched ing:launching'],
    ['apply', 'base:apply s:applies past:applied participle:applied ing:applying'],
    ['open', 'base:open s:opens past:opened participle:opened ing:opening'],
  ])('%s', (lemma, expected) =>
    expect(
      inflect(lemma)
        .map(({ form, word }) => `${form}:${word}`)
        .join(' '),
    ).toBe(expected),
  );

  test.each<[string, string]>([
    ['policies', 'policy'],
    ['exchanges', 'exchange'],
    ['chips', 'chip'],
    ['buses', 'bus'],
    ['series', 'series'],
    ['analysis', 'analysis'],
    ['batches', 'batch'],
    ['robotics', 'robotics'],
    ['businesses', 'business'],
    ['its', 'its'],
  ])('singular(%s)', (word, expected) => expect(singular(word)).toBe(expected));
});

describe('learnt weights', () => {
  test('are hundredths for kinds, by trait', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'vocabulary-'));
    cpSync(data, folder, { recursive: true });
    writeFileSync(
      path.join(folder, 'kind-weights.json'),
      JSON.stringify({ about: '', weights: { 'verb sell': 'acquisition 120 takeover 7 ban -35' } }),
    );
    const { kindWeights } = loadVocabulary(folder);
    rmSync(folder, { recursive: true });
    expect([...kindWeights.keys()]).toEqual(['verb sell']);
    // A kind that the vocabulary does not have is left out.
    expect(kindWeights.get('verb sell')?.map(({ kind, weight }) => [kind.id, weight])).toEqual([
      ['acquisition', 1.2],
      ['ban', -0.35],
    ]);
  });
});

describe('errors', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'vocabulary-'));
    cpSync(data, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const change = (file: string, from: string, to: string): void => {
    const content = readFileSync(path.join(folder, file), 'utf8');
    expect(content).toContain(from);
    writeFileSync(path.join(folder, file), content.replace(from, to));
  };

  test.each<[string, string, string, string, RegExp]>([
    [
      'a wrong number',
      'kinds/fund-launch.yaml',
      'importance: 65',
      'importance: 650',
      /^kinds\/fund-launch\.yaml: importance: /,
    ],
    [
      'an unknown class',
      'kinds/fund-launch.yaml',
      "object: ['@fund']",
      "object: ['@fond']",
      /^kinds\/fund-launch\.yaml: rules\[0\] \(fund-established\): no such class: '@fond'$/,
    ],
    [
      'learnt weights that are no numbers',
      'kind-weights.json',
      '"any": "acquisition ',
      '"any": "acquisition much ',
      /^kind-weights\.json: weights\.any: /,
    ],
    [
      'an unknown kind in a theme',
      'themes.yaml',
      'kinds: [export-control]',
      'kinds: [export-controls]',
      /^themes\.yaml: themes\[1\]\.rule\.kinds\[0\]: no such kind: 'export-controls'$/,
    ],
    [
      'a kind under another name',
      'kinds/ban.yaml',
      'id: ban\n',
      'id: embargo\n',
      /^kinds\/ban\.yaml: id: 'embargo' is not the name of its file$/,
    ],
    ['an unknown key', 'currencies.yaml', 'symbols:', 'signs:', /^currencies\.yaml: currencies\[0\]/],
    ['broken YAML', 'countries.yaml', 'countries:', 'countries: [', /^countries\.yaml: /],
    [
      'a theme twice',
      'themes.yaml',
      'id: export-controls',
      'id: semiconductors',
      /^themes\.yaml: themes\[1\]\.id: 'semiconductors' is there twice$/,
    ],
  ])('%s is named with file and place', (_name, file, from, to, message) => {
    change(file, from, to);
    expect(() => loadVocabulary(folder)).toThrow(VocabularyError);
    expect(() => loadVocabulary(folder)).toThrow(message);
  });

  test('a missing file is named', () => {
    rmSync(path.join(folder, 'entities.yaml'));
    expect(() => loadVocabulary(folder)).toThrow(/^entities\.yaml: /);
  });

  test('VOCABULARY_DIR overrides the default folder', () => {
    change('kinds/fund-launch.yaml', 'name: Fund launch', 'name: New fund');
    process.env['VOCABULARY_DIR'] = folder;
    try {
      expect(loadVocabulary().kindById.get('fund-launch')?.name).toBe('New fund');
    } finally {
      delete process.env['VOCABULARY_DIR'];
    }
  });
});
