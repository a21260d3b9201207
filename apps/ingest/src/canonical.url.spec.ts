import { canonicalUrl } from './canonical.url';

test.each([
  ['https://example.org/a/', 'https://example.org/a'],
  ['https://EXAMPLE.org:443/a#part', 'https://example.org/a'],
  ['https://example.org/?utm_source=x&b=2&a=1&fbclid=z', 'https://example.org/?a=1&b=2'],
  ['https://example.org/?id=7', 'https://example.org/?id=7'],
  ['http://example.org/a', 'http://example.org/a'],
])('%s is %s', (given, expected) => {
  expect(canonicalUrl(given)).toBe(expected);
  expect(canonicalUrl(expected)).toBe(expected);
});
