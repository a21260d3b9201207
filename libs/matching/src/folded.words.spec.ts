import * as fc from 'fast-check';
import { wordsOf } from './folded.words';

test.each([
  ["Zürich's AI-chips", ['zurich', 's', 'ai', 'chips']],
  ["Zurich's AI_chips 3.5", ['zurich', 's', 'ai', 'chips', '3', '5']],
  ['芯片 ban', ['芯', '片', 'ban']],
  ['+++', []],
  ['', []],
])('%s', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('plain text is read as any other', () => {
  const plain = fc.string({ unit: 'binary-ascii', maxLength: 60 });
  // A word that needs folding sends all of the text the other way.
  fc.assert(
    fc.property(plain, (text) => expect(wordsOf(`${text} é`)).toEqual([...wordsOf(text), 'e'])),
    {
      numRuns: 1_000,
    },
  );
});
