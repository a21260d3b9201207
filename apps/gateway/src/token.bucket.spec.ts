import fc from 'fast-check';
import { TokenBuckets } from './token.bucket';

test('allows the burst at once and then the rate', () => {
  const buckets = new TokenBuckets(60, 3);
  expect([0, 0, 0, 0].map((at) => buckets.take('a', at).allowed)).toEqual([true, true, true, false]);
  expect(buckets.take('a', 999).allowed).toBe(false);
  expect(buckets.take('a', 1_000).allowed).toBe(true);
  expect(buckets.take('a', 1_001).allowed).toBe(false);
  expect(buckets.take('b', 1_001).allowed).toBe(true);
});

test('says how much is left and how long to wait', () => {
  const buckets = new TokenBuckets(60, 2);
  expect(buckets.take('a', 0)).toEqual({ allowed: true, remaining: 1, retryAfter: 0, reset: 1 });
  expect(buckets.take('a', 0)).toEqual({ allowed: true, remaining: 0, retryAfter: 0, reset: 2 });
  expect(buckets.take('a', 500)).toEqual({ allowed: false, remaining: 0, retryAfter: 1, reset: 2 });
  expect(buckets.peek('a', 10_000)).toMatchObject({ allowed: true, remaining: 2, reset: 0 });
});

test('never allows more than the burst and the rate together', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 100 }),
      (rate, burst, pauses) => {
        const buckets = new TokenBuckets(rate, burst);
        let now = 0;
        let allowed = 0;
        for (const pause of pauses) {
          now += pause;
          if (buckets.take('a', now).allowed) allowed += 1;
        }
        expect(allowed).toBeLessThanOrEqual(burst + (now * rate) / 60_000 + 1e-6);
      },
    ),
  );
});
