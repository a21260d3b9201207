import { ImportField } from '@themeline/contracts';
import { loadVocabulary } from '@themeline/vocabulary';
import { planColumns } from './column.plan';
import { readDateCell } from './date.cells';
import { MappedRow, mapRow } from './row.mapper';

const vocabulary = loadVocabulary();

function map(cells: Record<string, unknown>, mapping: { field: ImportField; column: string }[] = []): MappedRow {
  const { columns } = planColumns(Object.keys(cells), mapping);
  return mapRow(
    cells,
    columns,
    {
      kind: 'other',
      source: 'Desk',
      sourceUrl: undefined,
      status: undefined,
      currency: undefined,
      locale: undefined,
      backfill: true,
    },
    vocabulary,
  );
}

describe('which column is what', () => {
  test.each<[string[], Partial<Record<ImportField, string>>]>([
    [['Title', 'When', 'Company'], { headline: 'Title', date: 'When', entities: 'Company' }],
    [['Event Name', 'Start date', 'End date'], { headline: 'Event Name', date: 'Start date', endDate: 'End date' }],
    [
      ['Year', 'Month', 'Day', 'End Year', 'Headline', 'Text', 'Media'],
      {
        year: 'Year',
        month: 'Month',
        day: 'Day',
        endYear: 'End Year',
        headline: 'Headline',
        summary: 'Text',
        url: 'Media',
      },
    ],
    [['id', 'text', 'date'], { externalId: 'id', headline: 'text', date: 'date' }],
    [['headline', 'colour'], { headline: 'headline' }],
  ])('%j', (header, columns) => {
    expect(planColumns(header, []).columns).toEqual(columns);
  });

  test('what the client says goes first, and a field can be left out', () => {
    const { columns, ignored } = planColumns(
      ['title', 'what', 'id'],
      [
        { field: 'headline', column: 'what' },
        { field: 'externalId', column: '' },
      ],
    );
    expect(columns).toEqual({ headline: 'what' });
    expect(ignored).toEqual(['title', 'id']);
  });

  test.each<[string[], { field: ImportField; column: string }[], RegExp]>([
    [['a', 'b'], [], /no column looks like a headline: a, b/],
    [['title'], [{ field: 'date', column: 'when' }], /no such column: 'when'; there are: title/],
  ])('%j with %j is refused by name', (header, mapping, message) => {
    expect(() => planColumns(header, mapping)).toThrow(message);
  });
});

describe('what a row says', () => {
  test.each<[Record<string, unknown>, object]>([
    [
      { title: 'A', date: 'May 2024' },
      { headline: 'A', date: '2024-05', source: { name: 'Desk' }, kind: 'other', backfill: true },
    ],
    [{ title: 'A', type: 'Model release' }, { kind: 'model-release' }],
    [{ title: 'A', start: '2024-05-01', end: '2024-05-03' }, { date: '2024-05-01/2024-05-03' }],
    [{ title: 'A', year: 2024, month: '5', day: 7 }, { date: '2024-05-07' }],
    [{ title: 'A', year: '2024', month: 'May' }, { date: '2024-05' }],
    [{ title: 'A', companies: 'Acme, Inc.; Boreal' }, { entities: ['Acme, Inc.', 'Boreal'] }],
    [{ title: 'A', companies: ['Acme', 'Boreal'] }, { entities: ['Acme', 'Boreal'] }],
    [{ title: 'A', countries: 'kr, US' }, { countries: ['KR', 'US'] }],
    [{ title: 'A', amount: '$1.5 billion' }, { amount: { value: 1.5e9, currency: 'USD' } }],
    [{ title: 'A', amount: '1,500,000', currency: 'eur' }, { amount: { value: 1_500_000, currency: 'EUR' } }],
    [
      { title: 'A', link: 'https://www.example.org/x', source: 'Wire' },
      { url: 'https://www.example.org/x', source: { name: 'Wire' } },
    ],
  ])('%j', (cells, value) => {
    expect(map(cells)).toMatchObject({ value });
  });

  test.each<[Record<string, unknown>, string, RegExp]>([
    [{ title: 'A', date: 'soonish' }, 'date', /no date in 'soonish'/],
    [{ title: 'A', date: 'last month' }, 'date', /depends on when it was written/],
    [{ title: 'A', date: '2024-02-30' }, 'date', /no date/],
    [{ title: 'A', amount: 'plenty' }, 'amount', /no amount of money in 'plenty'/],
    [{ title: 'A', amount: '12' }, 'amount', /'12' has no currency/],
  ])('%j names the field %s', (cells, path, message) => {
    expect(map(cells)).toEqual({ errors: [{ path, message: expect.stringMatching(message) as string }] });
  });

  test.each([
    ['2024-05', null, '2024-05'],
    ['2024-05/2024-08', null, '2024-05/2024-08'],
    ['2024-05-01T23:10:00+09:00', null, '2024-05-01'],
    ['Q3 2026', null, '2026-35'],
    ['last month', '2025-02-27', '2025-01'],
  ])('the date %j, published %j, is %s', (cell, published, edtf) => {
    expect(readDateCell(cell, { published, locale: undefined })).toBe(edtf);
  });

  test('the locale says what comes first', () => {
    expect(readDateCell('03/04/2025', { published: null, locale: 'en-US' })).toBe('2025-03-04');
    expect(readDateCell('03/04/2025', { published: null, locale: 'en-GB' })).toBe('2025-04-03');
  });
});
