import { matchesTag, tagOf } from './entity.tags';

test.each([
  ['"3"', '"3"', true],
  ['W/"3"', '"3"', true],
  ['"3"', 'W/"3"', true],
  ['"1", W/"2" ,"3"', '"3"', true],
  ['*', '"3"', true],
  ['"33"', '"3"', false],
  ['3', '"3"', false],
  ['', '"3"', false],
  [undefined, '"3"', false],
])('If-None-Match: %s names %s: %p', (header, tag, matches) => {
  expect(matchesTag(header, tag)).toBe(matches);
});

test('a tag is of the text alone', () => {
  expect(tagOf('a')).toBe(tagOf('a'));
  expect(tagOf('a')).not.toBe(tagOf('b'));
  expect(tagOf('a')).toMatch(/^W\/"[\w-]{22}"$/);
});
