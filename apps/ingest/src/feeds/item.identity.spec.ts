import { type ItemTraits, type KnownTraits, recogniseItems } from './item.identity';

const item = (fields: Partial<ItemTraits>): ItemTraits => ({
  guid: null,
  link: null,
  contentHash: 'new',
  title: null,
  publishedAt: null,
  ...fields,
});
const known = (fields: Partial<KnownTraits>): KnownTraits => ({
  id: 'k',
  guids: [],
  links: [],
  contentHash: 'old',
  title: null,
  publishedAt: null,
  ...fields,
});

/** One item against one known: is it that one? */
test.each<[string, Partial<ItemTraits>, Partial<KnownTraits>, boolean]>([
  ['nothing changed', { guid: 'a', link: 'l', contentHash: 'old' }, { guids: ['a'], links: ['l'] }, true],
  ['an edit', { guid: 'a', link: 'l', title: 'T' }, { guids: ['a'], links: ['l'], title: 'T' }, true],
  [
    'an edit of everything but guid and link',
    { guid: 'a', link: 'l', title: 'T2' },
    { guids: ['a'], links: ['l'], title: 'T' },
    true,
  ],
  [
    'a new link, the same title',
    { guid: 'a', link: 'l2', title: 'T' },
    { guids: ['a'], links: ['l'], title: 'T' },
    true,
  ],
  ['a new guid, the old one gone', { guid: 'b', link: 'l' }, { guids: ['a'], links: ['l'] }, true],
  ['no guid any more', { link: 'l' }, { guids: ['a'], links: ['l'] }, true],
  ['an earlier guid again', { guid: 'a', link: 'l' }, { guids: ['a', 'b'], links: ['l'] }, true],
  [
    'guid and link new, the words the same',
    { guid: 'b', link: 'l2', contentHash: 'old' },
    { guids: ['a'], links: ['l'] },
    true,
  ],
  ['a guid without link, edited', { guid: 'a', title: 'T2' }, { guids: ['a'], title: 'T' }, true],
  [
    'neither guid nor link, title and date the same',
    { title: 'T', publishedAt: 'd' },
    { title: 'T', publishedAt: 'd' },
    true,
  ],
  [
    'a guid that comes back for something else',
    { guid: 'a', link: 'l2', title: 'T2', publishedAt: 'd2' },
    { guids: ['a'], links: ['l'], title: 'T', publishedAt: 'd' },
    false,
  ],
  [
    'the same title, another day',
    { guid: 'b', link: 'l2', title: 'T', publishedAt: 'd2' },
    { guids: ['a'], links: ['l'], title: 'T', publishedAt: 'd' },
    false,
  ],
  ['neither guid nor link, another title', { title: 'T2', publishedAt: 'd' }, { title: 'T', publishedAt: 'd' }, false],
])('%s', (_, fields, old, same) => {
  expect(recogniseItems([item(fields)], [known(old)])[0]?.known !== null).toBe(same);
});

test('a guid that two items share says nothing by itself', () => {
  const items = [item({ guid: 'a', link: 'l1', title: 'T1' }), item({ guid: 'a', link: 'l2', title: 'T2' })];
  expect(recogniseItems(items, [])).toHaveLength(2);
  const olds = [known({ id: '1', guids: ['a'], links: ['l1'] }), known({ id: '2', guids: ['a'], links: ['l2'] })];
  expect(recogniseItems(items, olds).map((one) => one.known?.id)).toEqual(['1', '2']);
});

test('a link that all items share says nothing by itself, and what stands twice is one item', () => {
  const items = [
    item({ guid: 'a', link: 'home', contentHash: '1' }),
    item({ guid: 'b', link: 'home', contentHash: '2' }),
  ];
  const olds = [known({ id: '1', guids: ['a'], links: ['home'], contentHash: '1' })];
  expect(recogniseItems(items, olds).map((one) => one.known?.id ?? null)).toEqual(['1', null]);
  expect(recogniseItems([items[0]!, { ...items[0]! }], [])).toHaveLength(1);
});

test('a changed policy for all guids at once makes nothing new', () => {
  const numbers = Array.from({ length: 50 }, (_, at) => String(at));
  const olds = numbers.map((n) => known({ id: n, guids: [`post-${n}`], links: [`l${n}`], contentHash: n }));
  const items = numbers.map((n) => item({ guid: `?p=${n}`, link: `l${n}`, contentHash: n }));
  expect(recogniseItems(items, olds).map((one) => one.known?.id)).toEqual(numbers);
});
