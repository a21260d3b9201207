import { learn, withoutRare, type Example } from './softmax.learner';

const example = (right: string, ...traits: string[]): Example => ({
  traits: new Map(traits.map((trait) => [trait, 1])),
  right: new Map([[right, 1]]),
});
const examples = [
  example('legal', 'verb sue', 'any'),
  example('legal', 'verb fine', 'any'),
  example('incident', 'verb burn', 'any'),
  example('incident', 'verb leak', 'word data', 'any'),
  example('legal', 'verb sue', 'word data', 'any'),
];

describe('learn', () => {
  const weights = learn(examples, ['incident', 'legal']);

  test('gives a trait to the class that it goes with', () => {
    const [incident = 0, legal = 0] = weights.get('verb sue') ?? [];
    expect(legal).toBeGreaterThan(0.1);
    expect(incident).toBeLessThan(-0.1);
  });
  test('trusts what it has seen twice more than what it has seen once, and what goes with both least', () => {
    const legal = (trait: string): number => weights.get(trait)?.[1] ?? NaN;
    expect(legal('verb sue')).toBeGreaterThan(legal('verb fine'));
    expect(Math.abs(legal('word data'))).toBeLessThan(legal('verb fine'));
  });
  test('shares a choice between classes that are both right', () => {
    const both = {
      traits: new Map([['verb cut', 1]]),
      right: new Map([
        ['incident', 0.5],
        ['legal', 0.5],
      ]),
    };
    expect([...(learn([both], ['incident', 'legal']).get('verb cut') ?? [])]).toEqual([0, 0]);
  });
  test('says the same again', () => expect(learn(examples, ['incident', 'legal'])).toEqual(weights));
});

test('traits of one source alone are left out, however often it has them', () => {
  const kept = withoutRare(
    [
      { ...example('legal', 'word data', 'word quaint'), source: 'a' },
      { ...example('legal', 'word quaint'), source: 'a' },
      { ...example('incident', 'word data'), source: 'b' },
    ],
    2,
  );
  expect(kept.map(({ traits }) => [...traits.keys()])).toEqual([['word data'], [], ['word data']]);
});
