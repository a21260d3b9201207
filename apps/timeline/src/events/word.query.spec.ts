import { wordsOf } from './search.fields';
import { readWords, requiredTerms, WordQueryError } from './word.query';

const NOTHING = { words: [], prefixes: [], phrases: [], without: { words: [], prefixes: [], phrases: [] } };

test.each([
  ['chips', { ...NOTHING, words: ['chips'] }],
  ['Zürich CHIPS', { ...NOTHING, words: ['zurich', 'chips'] }],
  ['chip*', { ...NOTHING, prefixes: ['chip'] }],
  ['"export controls" chips', { ...NOTHING, words: ['chips'], phrases: [['export', 'controls']] }],
  ['“export controls”', { ...NOTHING, phrases: [['export', 'controls']] }],
  ['"chips"', { ...NOTHING, words: ['chips'] }],
  ['chips -rumour', { ...NOTHING, words: ['chips'], without: { ...NOTHING.without, words: ['rumour'] } }],
  ['-"price war" -spec*', { ...NOTHING, without: { words: [], prefixes: ['spec'], phrases: [['price', 'war']] } }],
  // As the words of events are: folded together they are one.
  ['artificial intelligence', { ...NOTHING, words: ['ai'] }],
  ['AI-chips', { ...NOTHING, words: ['ai', 'chips'] }],
])('%s', (q, expected) => {
  expect(readWords(q)).toEqual(expected);
});

test.each([
  ['"chips', 'has a quotation mark without its pair'],
  ['c*', "has 'c*', which needs at least 2 letters before the '*'"],
  ['??', 'has no word in it'],
  ['-', 'has no word in it'],
])('%s is refused: %s', (q, message) => {
  expect(() => readWords(q)).toThrow(new WordQueryError(message));
});

test('what must occur is asked for once', () => {
  expect(requiredTerms(readWords('chips "chips act" act*'))).toEqual([
    { word: 'chips', prefix: false },
    { word: 'act', prefix: false },
    { word: 'act', prefix: true },
  ]);
});

test('the words of an event: all, those of the headline once more, and in order by part', () => {
  const entities = [{ id: 'zu', name: 'Zü', type: 'company', role: 'agent' }] as const;
  expect(wordsOf({ headline: 'Zü bans chips', summary: 'The chips of Zü.', entities: [...entities] })).toEqual({
    terms: ['zu', 'bans', 'chips', 'the', 'of', '=zu', '=bans', '=chips'],
    wording: ' zu bans chips | the chips of zu | zu ',
  });
});
