import { loadVocabulary } from '@themeline/vocabulary';
import { extractReports } from './article.extractor';
import { findAmounts, type FoundAmount } from './money.finder';

const vocabulary = loadVocabulary();
const { currencies } = vocabulary;
const all = (text: string, ...countries: string[]): string[] =>
  findAmounts(text, currencies, () => countries).map(({ value, currency }) => `${String(value)} ${currency}`);
const first = (text: string, ...countries: string[]): FoundAmount => {
  const [amount] = findAmounts(text, currencies, () => countries);
  if (!amount) throw new Error(`no amount in: ${text}`);
  return amount;
};

describe('signs, codes and names', () => {
  test.each<[string, string]>([
    ['raised $8.3 billion', '8300000000 USD'],
    ['over £20m', '20000000 GBP'],
    ['a loan of €1.2bn', '1200000000 EUR'],
    ['£121 mn', '121000000 GBP'],
    ['a $2B round', '2000000000 USD'],
    ['a $1.1T company', '1100000000000 USD'],
    ['$100k in prizes', '100000 USD'],
    ['RAISES $40 MILLION', '40000000 USD'],
    ['Raises $40 Million to Grow', '40000000 USD'],
    ['$5.5 M in seed funding', '5500000 USD'],
    ['$12mm of debt', '12000000 USD'],
    ['US$ 4.7 billion', '4700000000 USD'],
    ['U.S.$300 million', '300000000 USD'],
    ['USD 25m', '25000000 USD'],
    ['S$18 million', '18000000 SGD'],
    ['NT$30 billion', '30000000000 TWD'],
    ['A$2.4bn', '2400000000 AUD'],
    ['HK$7.5 billion', '7500000000 HKD'],
    ['R$900 million', '900000000 BRL'],
    ['a C$240-million investment', '240000000 CAD'],
    ['NZ$60m', '60000000 NZD'],
    ['Mex$300 million', '300000000 MXN'],
    ['$35 million CAD', '35000000 CAD'],
    ['$6 million Australian dollars', '6000000 AUD'],
    ['$1 billion US dollars', '1000000000 USD'],
    ['100 million Australian dollars', '100000000 AUD'],
    ['EUR 1.2 billion', '1200000000 EUR'],
    ['Euro 40 million', '40000000 EUR'],
    ['20 €', '20 EUR'],
    ['1,2 Mrd. Euro', '1200000000 EUR'],
    ['500 Mio. Euro', '500000000 EUR'],
    ['€1,5 million', '1500000 EUR'],
    ['€1.200.000', '1200000 EUR'],
    ["CHF 1'200'000", '1200000 CHF'],
    ['SFr80m', '80000000 CHF'],
    ['SEK 1 200 000', '1200000 SEK'],
    ['SEK 400m', '400000000 SEK'],
    ['1\u00a0500 euros', '1500 EUR'],
    ['1.7 trillion yen', '1700000000000 JPY'],
    ['¥980,000', '980000 JPY'],
    ['¥1.5 trillion', '1500000000000 JPY'],
    ['a 60-billion-yuan fund', '60000000000 CNY'],
    ['Rmb5bn', '5000000000 CNY'],
    ['RMB 120 million', '120000000 CNY'],
    ['310 billion won', '310000000000 KRW'],
    ['₩45 billion', '45000000000 KRW'],
    ['AED 100 million', '100000000 AED'],
    ['Dh350m', '350000000 AED'],
    ['SAR 5bn', '5000000000 SAR'],
    ['400 million riyals', '400000000 SAR'],
    ['90 million shekels', '90000000 ILS'],
    ['NIS 200 million', '200000000 ILS'],
    ['3 billion baht', '3000000000 THB'],
    ['RM42', '42 MYR'],
    ['RM 2.5 billion', '2500000000 MYR'],
    ['ringgit 80 million', '80000000 MYR'],
    ['Rp 5 trillion', '5000000000000 IDR'],
    ['8 trillion rupiah', '8000000000000 IDR'],
    ['800 billion dong', '800000000000 VND'],
    ['5 billion naira', '5000000000 NGN'],
    ['KSh 900 million', '900000000 KES'],
    ['R500 million', '500000000 ZAR'],
    ['R1,500', '1500 ZAR'],
    ['200 million rand', '200000000 ZAR'],
    ['2 billion lira', '2000000000 TRY'],
    ['TL 300 million', '300000000 TRY'],
    ['12 million zlotys', '12000000 PLN'],
    ['90 billion forints', '90000000000 HUF'],
    ['40 million reais', '40000000 BRL'],
    ['70 million cedis', '70000000 GHS'],
    ['80 billion CFA francs', '80000000000 XOF'],
    ['4 billion Czech crowns', '4000000000 CZK'],
    ['30 million Egyptian pounds', '30000000 EGP'],
    ['LE 300 million', '300000000 EGP'],
    ['Tk 500 crore', '5000000000 BDT'],
    ['75 cents', '0.75 USD'],
    ['80 pence', '0.8 GBP'],
    ['20 dollars and 43 cents', '20.43 USD'],
  ])('%s', (text, expected) => expect(all(text)).toEqual([expected]));

  test.each<[string, string, string]>([
    ['500 million pesos', 'MX', '500000000 MXN'],
    ['500 million pesos', 'CO', '500000000 COP'],
    ['500 million pesos', 'PH', '500000000 PHP'],
    ['P500 million', 'PH', '500000000 PHP'],
    ['900 million kroner', 'NO', '900000000 NOK'],
    ['900 million kroner', 'DK', '900000000 DKK'],
    ['kr 60m', 'SE', '60000000 SEK'],
    ['2 million crowns', 'SE', '2000000 SEK'],
    ['20 billion francs', 'CH', '20000000000 CHF'],
    ['20 billion francs', 'SN', '20000000000 XOF'],
    ['700 million pounds', 'EG', '700000000 EGP'],
    ['40 million dinars', 'KW', '40000000 KWD'],
    ['Rs 80 billion', 'PK', '80000000000 PKR'],
    ['Rs 80 billion', 'IN', '80000000000 INR'],
    ['N50 billion', 'NG', '50000000000 NGN'],
    ['won 310 billion', 'KR', '310000000000 KRW'],
    ['¥6 billion', 'CN', '6000000000 CNY'],
    ['¥6 billion', 'JP', '6000000000 JPY'],
  ])('%s near %s', (text, country, expected) => expect(all(`for ${text}.`, country)).toEqual([expected]));

  test('"¥" is what the text calls it', () => {
    expect(all('¥3 billion, or 3 billion yuan')).toEqual(['3000000000 CNY', '3000000000 CNY']);
    expect(all('¥3 billion. The yen fell.', 'CN')).toEqual(['3000000000 JPY']);
  });
});

describe('scales and spelled numbers', () => {
  test.each<[string, string]>([
    ['Rs 10,372 crore', '103720000000 INR'],
    ['Rs.500 crore', '5000000000 INR'],
    ['₹2.5 lakh crore', '2500000000000 INR'],
    ['10 lakh crore rupees', '10000000000000 INR'],
    ['Rs 76 thousand crore', '760000000000 INR'],
    ['5 lakh rupees', '500000 INR'],
    ['1,00,000 rupees', '100000 INR'],
    ['1.5 thousand million euros', '1500000000 EUR'],
    ['half a billion dollars', '500000000 USD'],
    ['a half-billion-dollar order', '500000000 USD'],
    ['a quarter of a million pounds', '250000 GBP'],
    ['three quarters of a billion dollars', '750000000 USD'],
    ['a million euros', '1000000 EUR'],
    ['two billion dollars', '2000000000 USD'],
    ['two and a half billion dollars', '2500000000 USD'],
    ['twenty-five million euros', '25000000 EUR'],
    ['a hundred billion yen', '100000000000 JPY'],
    ['two hundred and fifty thousand dollars', '250000 USD'],
    ['€2½ billion', '2500000000 EUR'],
    ['ten dollars', '10 USD'],
  ])('%s', (text, expected) => expect(all(text)).toEqual([expected]));
});

describe('ranges and approximations', () => {
  test.each<[string, number, number]>([
    ['$20-25 million', 20e6, 25e6],
    ['US$1-2 billion', 1e9, 2e9],
    ['between $1 and $2 billion', 1e9, 2e9],
    ['between 3 and 5 billion euros', 3e9, 5e9],
    ['between 3 billion and 5 billion euros', 3e9, 5e9],
    ['$100 million to $150 million', 100e6, 150e6],
    ['$900 million–$1.2 billion', 900e6, 1.2e9],
    ['$900-1.2 billion', 900e6, 1.2e9],
    ['€5m-€6m', 5e6, 6e6],
    ['10 to 20 dollars', 10, 20],
    ['two to three billion yen', 2e9, 3e9],
    ['7-9 lakh rupees', 7e5, 9e5],
    ['$500 to $2 million', 500, 2e6],
  ])('%s', (text, low, high) =>
    expect(first(text)).toMatchObject({ value: low, low, high, text: expect.any(String) as string }),
  );

  test('no range: another thing is counted', () => {
    expect(first('gave $5 million to 20 schools')).toMatchObject({ value: 5e6, high: 5e6 });
    expect(first('paid $300 and 20 people left')).toMatchObject({ value: 300, high: 300 });
  });

  test.each<[string, number | null, number | null, boolean]>([
    ['at least $5 million', 5e6, null, false],
    ['more than €2bn', 2e9, null, false],
    ['$30 million or more', 30e6, null, false],
    ['$30 million+', 30e6, null, false],
    ['no less than 4 billion yuan', 4e9, null, false],
    ['up to £50m', null, 50e6, false],
    ['as much as 3 billion won', null, 3e9, false],
    ['under $1000', null, 1000, false],
    ['no more than 7 euros', null, 7, false],
    ['about $40 million', 40e6, 40e6, true],
    ['nearly 20 billion yen', 20e9, 20e9, true],
    ['some $3bn', 3e9, 3e9, true],
    ['an estimated €2 million', 2e6, 2e6, true],
    ['roughly $1-2 million', 1e6, 2e6, true],
    ['under a $5 million contract', 5e6, 5e6, false],
    ['exactly $5 million', 5e6, 5e6, false],
  ])('%s', (text, low, high, approximate) => expect(first(text)).toMatchObject({ low, high, approximate }));
});

describe('prices of a unit and conversions', () => {
  test.each([
    '$3.5/barrel',
    '$35 per share',
    '$35 a share',
    '$35-a-share offer',
    '€20 a month',
    '$20/month',
    '7.2 yuan per dollar',
    '83 rupees a dollar',
    '$2 per million tokens',
    '$499 each',
    'euro 90/MWh',
    '$20-25 an hour',
    '60 yuan ($8.30) a share',
  ])('%s', (text) => expect(first(text).perUnit).toBe(true));

  test.each([
    '$5 million a year',
    '$5 million per year',
    '$5 billion. A share',
    '$40 million each',
    '$2 million a day after',
    '$30 million per cent',
  ])('no price: %s', (text) => expect(first(text).perUnit).toBe(false));

  test.each<[string, string, string]>([
    ['60 billion yuan ($8.3 billion)', '60000000000 CNY', '8300000000 USD'],
    ['7 billion yuan ($1 billion USD)', '7000000000 CNY', '1000000000 USD'],
    ['€20 million (about US$22 million) in cash', '20000000 EUR', '22000000 USD'],
    ['310 billion won, or roughly $225 million, for', '310000000000 KRW', '225000000 USD'],
    ['€5m/$5.4m', '5000000 EUR', '5400000 USD'],
  ])('one sum: %s', (text, sum, other) => {
    expect(all(text)).toEqual([sum]);
    const { restated } = first(text);
    expect(`${String(restated?.value)} ${String(restated?.currency)}`).toBe(other);
  });

  test.each([
    '$5 million ($2 million last year)',
    '€5 million (of which $2 million)',
    'it paid €5 million and $2 million',
    '$5m and €1.2bn',
  ])('two sums: %s', (text) => expect(all(text)).toHaveLength(2));
});

test.each<[string, number | null]>([
  ['Acme agreed to buy Bolt Systems for $35 a share on Monday.', null],
  ['Acme agreed to buy Bolt Systems for $35 a share, or $2.1 billion, on Monday.', 2.1e9],
  ['Acme agreed to buy Bolt Systems for 60 billion yuan ($8.3 billion) on Monday.', 60e9],
  ['Acme cut the price of its chatbot to $20 a month on Monday.', 20],
])('the amount of: %s', (text, value) => {
  const reports = extractReports({ title: null, text, publishedAt: '2025-05-07' }, vocabulary);
  expect(reports.map(({ amount }) => amount?.value ?? null)).toEqual([value]);
});

describe('no money', () => {
  test.each([
    'billions of yuan',
    'tens of millions of dollars',
    'several hundred million euros',
    'a multibillion-dollar plan',
    'a million-dollar question',
    'they won 3 games',
    'They won 2 million customers',
    'won 12 medals',
    'In 2024 won the prize',
    'since 2020 RAND said',
    'in 2019 dollars',
    'the RTX 5090',
    'the R1 model',
    'R1 beats V2',
    'model B2',
    '25 per cent',
    'in 2025',
    'a 5G phone',
    '10,000 GPUs',
    'buy $GOOG',
    'Class A$',
    'a real 5 people',
    'PS5 consoles',
    'COP28 and COP 30 in Brazil',
    'PHP 8 code',
    'three SAR satellites',
    'TRY 5 NEW APPS',
    'it weighs 2,000 pounds',
    'a 40-pound robot',
    '1.5 million pounds of thrust',
    '3 million pounds of copper',
    '20 euro zone countries',
    'Euro 2024 and Euro 7 rules',
    'three dollar stores',
    'two dollar-denominated bonds',
    '90 Brazilian real estate firms',
    'the dollar rose 5 percent',
    'pushed the ringgit 4.2 percent lower',
    'a strong dollar policy',
    'the crown of 3 kings',
    'A H100 dollar spent',
    'Rows 20 and Rsync 3',
    'XY$5',
  ])('%s', (text) => expect(all(text)).toEqual([]));

  test('but not less of the sum beside it', () => {
    expect(all('won $20 million in funding', 'KR')).toEqual(['20000000 USD']);
    expect(all('Samsung won 2 million customers', 'KR')).toEqual([]);
    expect(all('$20 T-shirts')).toEqual(['20 USD']);
    expect(all('a $5 M&A fee')).toEqual(['5 USD']);
    expect(all('1.5 million pounds of investment')).toEqual(['1500000 GBP']);
    expect(all('In 2024 $5 million was paid')).toEqual(['5000000 USD']);
    expect(all('It sold 15 $999 phones')).toEqual(['999 USD']);
  });
});

test('offsets point at the words', () => {
  const text = 'It paid about 5.4 billion euros, then $3m to $4m.';
  expect(findAmounts(text, currencies).map(({ start, end, text: words }) => [text.slice(start, end), words])).toEqual([
    ['5.4 billion euros', '5.4 billion euros'],
    ['$3m to $4m', '$3m to $4m'],
  ]);
});

test('a long text takes time in proportion', () => {
  const time = (text: string): number => {
    const start = performance.now();
    findAmounts(text, currencies);
    return performance.now() - start;
  };
  for (const unit of ['1 ', 'a half a quarter of a ', '$', '$1 to ', 'between 5 and ', '1,234,', 'one hundred and ']) {
    time(unit.repeat(2_000));
    const [short, long] = [Math.min(time(unit.repeat(5_000)), time(unit.repeat(5_000))), time(unit.repeat(40_000))];
    expect(long).toBeLessThan(short * 8 * 6 + 200);
  }
});
