import type { Amount } from '@themeline/contracts';

/** `close`: one is the other rounded or converted generously; it says less than `same`, and contradicts nothing. */
export type AmountRelation = 'same' | 'close' | 'near' | 'different' | 'unknown';

/** Different sources round and convert at different days' rates: sums in two currencies are the same within this share. */
const CONVERSION = 0.1;
/** "$8 billion" and "$8.3 billion" are the same sum rounded, "$100 billion" and "$140 billion" are not. */
const ROUNDING = 0.05;
/** "Over two billion" for 2.2, a rate of last year: within this share two sums are close. */
const GENEROUS = 0.12;
const GENEROUS_CONVERSION = 0.2;
/** Up to this ratio two sums can be one that sources dispute. */
const DISPUTABLE = 1.5;

/**
 * How two sums stand to each other: `same` within rounding or conversion, `close` a little beyond, `near` when sources may be
 * disputing one sum, `unknown` when one is missing or they cannot be converted. `{8e9 USD}` and `{60e9 CNY, usd 8.3e9}` → 'same'
 */
export function compareAmounts(a: Amount | null, b: Amount | null): AmountRelation {
  if (a === null || b === null) return 'unknown';
  const sameCurrency = a.currency === b.currency;
  const left = sameCurrency ? a.value : a.usd;
  const right = sameCurrency ? b.value : b.usd;
  if (left === null || right === null) return 'unknown';
  if (left === right) return 'same';
  const small = Math.min(left, right);
  const apart = small === 0 ? Infinity : Math.max(left, right) / small - 1;
  if (apart <= (sameCurrency ? ROUNDING : CONVERSION)) return 'same';
  if (apart <= (sameCurrency ? GENEROUS : GENEROUS_CONVERSION)) return 'close';
  return apart <= DISPUTABLE - 1 ? 'near' : 'different';
}

/** `showAmount({value: 8e9, currency: 'USD', usd: 8e9})` → '8000000000 USD' */
export function showAmount(amount: Amount): string {
  return `${String(amount.value)} ${amount.currency}`;
}
