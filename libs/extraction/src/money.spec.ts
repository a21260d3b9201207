import { loadVocabulary } from '@themeline/vocabulary';
import { findAmounts } from './money.finder';

const { currencies } = loadVocabulary();
const all = (text: string): [number, string][] =>
  findAmounts(text, currencies).map(({ value, currency }) => [value, currency]);

describe('findAmounts', () => {
  test.each<[string, [number, string][]]>([
    ['raised $8.3 billion', [[8.3e9, 'USD']]],
    [
      '$5m and €1.2bn',
      [
        [5e6, 'USD'],
        [1.2e9, 'EUR'],
      ],
    ],
    [
      '7 billion yuan ($1 billion USD)',
      [
        [7e9, 'CNY'],
        [1e9, 'USD'],
      ],
    ],
    ['over £20m', [[20e6, 'GBP']]],
    ['Rs 10,372 crore', [[103_720_000_000, 'INR']]],
    ['₹2.5 lakh crore', [[2.5e12, 'INR']]],
    ['1,00,000 rupees', [[100_000, 'INR']]],
    ['US$1-2 billion', [[1e9, 'USD']]],
    ['$100 million to $150 million', [[100e6, 'USD']]],
    ['between 3 and 5 billion euros', [[3e9, 'EUR']]],
    ['a C$240-million investment', [[240e6, 'CAD']]],
    ['NT$30 billion', [[30e9, 'TWD']]],
    ['SEK 400m', [[400e6, 'SEK']]],
    ['AED 5 billion', [[5e9, 'AED']]],
    ['1.7 trillion yen', [[1.7e12, 'JPY']]],
    ['¥980,000', [[980_000, 'JPY']]],
    [
      '¥3 billion, or 3 billion yuan',
      [
        [3e9, 'CNY'],
        [3e9, 'CNY'],
      ],
    ],
    ['310 billion won', [[310e9, 'KRW']]],
    ['half a billion dollars', [[5e8, 'USD']]],
    ['a million euros', [[1e6, 'EUR']]],
    ['€1,5 million', [[1.5e6, 'EUR']]],
    ['100 million Australian dollars', [[100e6, 'AUD']]],
    ['$100 million+ in costs', [[100e6, 'USD']]],
  ])('%s', (text, expected) => {
    expect(all(text)).toEqual(expected);
  });

  test.each([
    'billions of yuan',
    'they won 3 games',
    'won 12 medals',
    'the RTX 5090',
    'model B2',
    '25 per cent',
    'in 2025',
    'Class A$',
    'a real 5 people',
    'PS5 consoles',
  ])('nothing in: %s', (text) => {
    expect(all(text)).toEqual([]);
  });

  test('offsets point at the words', () => {
    const text = 'It paid about 5.4 billion euros, then $3m.';
    expect(findAmounts(text, currencies).map(({ start, end }) => text.slice(start, end))).toEqual([
      '5.4 billion euros',
      '$3m',
    ]);
  });
});
