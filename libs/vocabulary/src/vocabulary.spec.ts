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
