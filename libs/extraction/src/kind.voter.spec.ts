import { loadVocabulary, type Kind, type KindWeight, type Vocabulary } from '@themeline/vocabulary';
import { extractReports, readClauses } from './article.extractor';
import { weighKind, type Vote } from './kind.voter';

const vocabulary = loadVocabulary();
const kind = (id: string): Kind => vocabulary.kindById.get(id)!;
const taught = (rows: Record<string, Record<string, number>>): Vocabulary => ({
  ...vocabulary,
  kindWeights: new Map(
    Object.entries(rows).map(([trait, row]) => [
      trait,
      Object.entries(row).map(([id, weight]): KindWeight => ({ kind: kind(id), weight })),
    ]),
  ),
});
const votes = (scores: Record<string, number>): Map<string, Vote> =>
  new Map(Object.entries(scores).map(([id, score]) => [id, { kind: kind(id), score, words: [`cue of ${id}`] }]));
const traits = new Map([
  ['verb shut', 1],
  ['word mine', 0.5],
  ['has figure', 0.5],
]);
const weights = taught({
  'verb shut': { pivot: 2, statistic: 9 },
  'word mine': { pivot: 1, other: 0.5 },
  'has figure': { pivot: 3 },
});

describe('the kind of a clause', () => {
  test('goes by what was learnt where few words speak for another, and names these words, not marks', () => {
    const { kind: chosen, words } = weighKind(votes({ other: 0.5 }), kind('other'), traits, weights, false);
    expect(chosen.id).toBe('pivot');
    expect(words).toEqual(['shut', 'mine']);
  });
  test('goes by the words where many speak for it', () => {
    const { kind: chosen, words } = weighKind(votes({ legal: 4 }), kind('legal'), traits, weights, false);
    expect(chosen.id).toBe('legal');
    expect(words).toEqual(['cue of legal']);
  });
  test('is one of figures only with a figure', () => {
    expect(weighKind(votes({}), kind('other'), traits, weights, true).kind.id).toBe('statistic');
    expect(weighKind(votes({}), kind('other'), traits, weights, false).kind.id).toBe('pivot');
  });
  test('is the preferred one where nothing was learnt', () =>
    expect(weighKind(votes({}), kind('policy'), traits, taught({}), false).kind.id).toBe('policy'));
});

const article = (text: string) => ({ title: null, text, publishedAt: '2025-11-15' });

test('a report says which words its kind was learnt from', () => {
  const text = 'The depot reopened on 3 November.';
  const learnt = taught({ 'verb reopen': { policy: 9 } });
  const read = (reader: Vocabulary) => extractReports(article(text), reader).map(({ kind: id, why }) => [id, why]);
  expect(read(learnt)).toEqual([
    [
      'policy',
      { kindRule: 'dated-happening (verb)', words: ['reopened', 'reopen'], dateRule: expect.any(String) as string },
    ],
  ]);
  expect(read(taught({}))[0]?.[0]).not.toBe('policy');
});

describe('the clauses that a learner is given', () => {
  const text = 'Acme shut a mine in Chile on 3 November. It said the ore was poor, and prices of copper fell 4%.';
  const clauses = readClauses(article(text), vocabulary);

  test('are those of reports and others that tell something, each with its place', () => {
    const [first] = clauses;
    expect(text.slice(first?.start, first?.end)).toBe('Acme shut a mine in Chile on 3 November.');
    expect(first?.reported).toBe(true);
    expect(clauses.some(({ traits: own }) => own.has('verb say') || own.has('verb be'))).toBe(false);
  });
  test('have words for common nouns, and only the sort of names and dates', () => {
    const own = [...(clauses[0]?.traits.keys() ?? [])];
    expect(own).toEqual(
      expect.arrayContaining(['verb shut', 'word mine', 'subject other', 'object place', 'prep in', 'date day']),
    );
    expect(own.join(' ')).not.toMatch(/acme|chile|november/i);
  });
});
