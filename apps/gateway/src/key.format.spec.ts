import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { hashKey, makeKey, mayBeKey } from './key.format';

test('a key has its shape, and is not made twice', () => {
  const keys = Array.from({ length: 200 }, () => makeKey(randomInt));
  for (const { key, prefix } of keys) {
    expect(key).toMatch(/^tl_[0-9A-Za-z]{8}_[0-9A-Za-z]{34}$/);
    expect(key.slice(3, 11)).toBe(prefix);
    expect(mayBeKey(key)).toBe(true);
  }
  expect(new Set(keys.map(({ key }) => hashKey(key))).size).toBe(200);
});

test('a key is a function of its random numbers', () => {
  expect(makeKey(() => 0).key).toBe(makeKey(() => 0).key);
  expect(makeKey(() => 61).prefix).toBe('zzzzzzzz');
});

test('any single mistyped character is noticed', () => {
  const { key } = makeKey(randomInt);
  fc.assert(
    fc.property(fc.integer({ min: 3, max: key.length - 1 }), fc.constantFrom(...'09AZaz'), (at, other) => {
      fc.pre(key[at] !== other);
      expect(mayBeKey(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
    }),
  );
});

test.each<[string, boolean]>([
  ['tl_', false],
  ['tl_abc', false],
  [`${makeKey(() => 5).key}x`, false],
  [makeKey(() => 5).key.slice(0, -1), false],
  [makeKey(() => 5).key.toLowerCase(), false],
  ['an-admin-key-that-somebody-chose-himself', true],
])('mayBeKey %s', (token, expected) => {
  expect(mayBeKey(token)).toBe(expected);
});
