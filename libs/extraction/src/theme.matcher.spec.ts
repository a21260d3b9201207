import { matchThemes, type ThemeWithRule } from './theme.matcher';

const themes: ThemeWithRule[] = [
  {
    id: 'chips',
    rule: { phrases: ['chip', 'memory chips'], entities: ['Café Semi'], kinds: [], exclude: ['potato chip'] },
  },
  { id: 'money', rule: { phrases: [], entities: [], kinds: ['funding-round'], exclude: ['lottery'] } },
];
const about = (headline: string, kind = 'other', entities: string[] = []) =>
  matchThemes({ headline, kind, entities }, themes);

describe('matchThemes', () => {
  test.each<[string, string[]]>([
    ['Acme unveils a chip', ['chips']],
    ['CHIP makers rally', ['chips']],
    ['Demand for memory-chips grows', ['chips']],
    ['chipmaker Acme', []],
    ['A potato chip tax', []],
    ['microchip', []],
  ])('%s', (headline, expected) => expect(about(headline)).toEqual(expected));

  test('entities are compared folded', () => expect(about('News', 'other', ['CAFE SEMI'])).toEqual(['chips']));
  test('kinds hit', () => expect(about('Acme raises money', 'funding-round')).toEqual(['money']));
  test('an excluded phrase outweighs a kind', () =>
    expect(about('Acme raises money in lottery', 'funding-round')).toEqual([]));
  test('summary and evidence count too', () =>
    expect(
      matchThemes({ headline: 'x', summary: 'a chip', evidence: null, kind: 'other', entities: [] }, themes),
    ).toEqual(['chips']));
});
