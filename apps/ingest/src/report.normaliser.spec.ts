import { reportIn } from '@themeline/contracts';
import { loadVocabulary } from '@themeline/vocabulary';
import { canonicalJson, NormalisedReport, normaliseReport } from './report.normaliser';

const vocabulary = loadVocabulary();
const receivedAt = new Date('2025-06-01T10:00:00Z');
const base = { kind: 'ban', headline: 'Norland bans Zephyr', source: { name: 'Wire' } };

const normalise = (input: object, owner = 'local') =>
  normaliseReport(reportIn.parse({ ...base, ...input }), { owner, receivedAt, vocabulary });
const passed = (input: object, owner = 'local'): NormalisedReport => {
  const result = normalise(input, owner);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result;
};

describe('ids of reports', () => {
  const id = (input: object, owner?: string): string => passed(input, owner).report.reportId;

  test('follow the source and externalId, whatever else changes', () => {
    expect(id({ externalId: '7', headline: 'A' })).toBe(id({ externalId: '7', headline: 'B' }));
    expect(id({ externalId: '7' })).not.toBe(id({ externalId: '8' }));
    expect(id({ externalId: '7' })).not.toBe(id({ externalId: '7', source: { name: 'Herald' } }));
    expect(id({ externalId: '7', source: { name: ' WIRE' } })).toBe(id({ externalId: '7' }));
  });

  test('without externalId follow the content', () => {
    expect(id({ headline: 'A' })).toBe(id({ headline: 'A' }));
    expect(id({ headline: 'A' })).not.toBe(id({ headline: 'B' }));
    expect(id({ backfill: true })).toBe(id({}));
  });

  test('belong to their owner', () => {
    expect(id({ externalId: '7' }, 'a')).not.toBe(id({ externalId: '7' }, 'b'));
  });
});

describe('normalising', () => {
  test('a date phrase is counted from its own reference', () => {
    const { report } = passed({ date: { phrase: 'last month', reference: '2025-02-27' } });
    expect(report.date).toMatchObject({
      edtf: '2025-01',
      lower: '2025-01-01',
      upper: '2025-01-31',
      precision: 'month',
    });
    expect(report.datePhrase).toBe('last month');
  });

  test('no date is no date', () => {
    expect(passed({}).report.date).toMatchObject({ edtf: null, lower: null, upper: null, precision: 'none' });
  });

  test('known entities get their canonical name, unknown ones keep theirs; the first acts', () => {
    const { report } = passed({ entities: ['South Korea', 'Zephyr Öl GmbH', 'South Korea'] });
    expect(report.entities.map(({ id, role }) => [id, role])).toEqual([
      ['south-korea', 'agent'],
      ['zephyr-ol-gmbh', 'patient'],
    ]);
  });

  test('amounts get their value in dollars', () => {
    expect(passed({ amount: { value: 5, currency: 'USD' } }).report.amount).toEqual({
      value: 5,
      currency: 'USD',
      usd: 5,
    });
  });

  test.each([
    [{ kind: 'coronation' }, 'kind', "no such kind: 'coronation'"],
    [{ date: { phrase: 'whenever', reference: '2025-01-01' } }, 'date.phrase', "no date in the phrase: 'whenever'"],
    [{ publishedAt: '2025-07-01' }, 'publishedAt', "lies in the future: '2025-07-01T00:00:00.000Z'"],
  ])('%j is refused', (input, path, message) => {
    expect(normalise(input)).toEqual({ errors: [{ path, message }] });
  });
});

test('canonical JSON does not depend on the order of keys', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
