import type { Kind, Vocabulary } from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
import type { ClauseTraits } from './clause.traits';
import { headsOf, type Scene, type Span } from './scene.reader';
import { standAt } from './token.tagger';

/** What the verb and the heads of noun phrases say counts more than what modifies them. */
const HEAD_WEIGHT = 2;

/** Verbs that alone speak for no kind, with any particle. */
const EMPTY_VERBS: ReadonlySet<string> = new Set(
  (
    'plan schedule slate target fix assign pencil aim intend take put go come get set place cut give hold begin start run make turn move add drop pull bring see meet reach follow order keep send pass open ' +
    'close end complete finish receive change enter leave fund settle hand carry extend serve appear replace become offer fall call question face search fold ' +
    'cap cover control subject notify ground pause return deliver fly sign agree join share supply build produce work develop test record build allow host'
  ).split(' '),
);

export interface Vote {
  readonly kind: Kind;
  readonly score: number;
  readonly words: readonly string[];
}

/** Without a figure nothing is a kind of figures. */
const possible = ({ family }: Kind, withFigure: boolean): boolean => withFigure || family !== 'figure';

/**
 * What the words of some spans say for each kind: each cue counts once, by the vocabulary's weight, doubled for the clause's verb and for heads of
 * noun phrases. By kind, in the order of the words.
 */
export function votesOf(
  scene: Scene,
  spans: readonly Span[],
  clause: Clause | null,
  vocabulary: Vocabulary,
): ReadonlyMap<string, Vote> {
  const { tokens } = scene;
  const heads = new Set(spans.flatMap((span) => headsOf(scene, span)));
  const votes = new Map<string, { kind: Kind; score: number; words: string[] }>();
  const count = (kind: Kind, phrase: string, score: number): void => {
    const vote = votes.get(kind.id) ?? { kind, score: 0, words: [] };
    if (vote.words.includes(phrase)) return;
    vote.score += score;
    vote.words.push(phrase);
    votes.set(kind.id, vote);
  };
  if (clause !== null) {
    const after = clause.verb.last;
    for (const { kind, words, weight } of vocabulary.kindVerbs.get(clause.verb.lemma) ?? [])
      if (standAt(tokens, after, words, 'lower', 1)) count(kind, words.join(' '), weight * words.length * HEAD_WEIGHT);
  }
  for (const span of spans)
    for (let index = span.first; index < span.last; index += 1) {
      const token = tokens[index];
      if (!token) continue;
      const verb = clause !== null && index === clause.verb.head;
      const lemma = verb
        ? clause.verb.lemma
        : token.tag === 'verb'
          ? (token.forms[0]?.lemma ?? token.lemma)
          : token.lemma;
      for (const { kind, words, weight } of vocabulary.kindCues.get(lemma) ?? []) {
        const last = index + words.length;
        if (!standAt(tokens, index + 1, words, 'lemma', 1)) continue;
        count(kind, words.join(' '), weight * words.length * (verb || heads.has(last - 1) ? HEAD_WEIGHT : 1));
      }
    }
  // "put", "take", "go up": what is done, only the words around them say.
  const verb = clause?.verb.lemma ?? '';
  if (EMPTY_VERBS.has(verb))
    for (const [id, { words }] of votes) {
      const [word = '', ...others] = words;
      if (others.length === 0 && word.split(' ')[0] === verb) votes.delete(id);
    }
  return votes;
}

/** The kind that is spoken for most, null where none is; a tie goes to the kind of the earlier word. */
export function mostVoted(votes: ReadonlyMap<string, Vote>, withFigure: boolean): Vote | null {
  let best: Vote | null = null;
  for (const vote of votes.values())
    if (possible(vote.kind, withFigure) && (best === null || vote.score > best.score)) best = vote;
  return best;
}

/** How much the learnt weights count beside the votes, and the kind with most votes beside them; set on articles that neither was made with. */
const LEARNT_WEIGHT = 0.8;
const MOST_VOTED_BONUS = 1.5;
/** Many words for one kind are no better than some. */
const MOST_VOTES = 4;
/** So many traits explain a choice. */
const MOST_REASONS = 2;

/**
 * The kind of a clause by its votes together with what the vocabulary's learnt weights make of its traits;
 * `preferred` is the one with most votes. `words`: the cues for it and the words among the traits that speak for it most.
 */
export function weighKind(
  votes: ReadonlyMap<string, Vote>,
  preferred: Kind,
  traits: ClauseTraits,
  vocabulary: Vocabulary,
  withFigure: boolean,
): { readonly kind: Kind; readonly words: readonly string[] } {
  const kinds = vocabulary.kinds.filter((kind) => possible(kind, withFigure));
  const learnt = new Map(kinds.map(({ id }) => [id, 0]));
  for (const [trait, value] of traits)
    for (const { kind, weight } of vocabulary.kindWeights.get(trait) ?? []) {
      const before = learnt.get(kind.id);
      if (before !== undefined) learnt.set(kind.id, before + weight * value);
    }
  let best = preferred;
  let most = -Infinity;
  for (const kind of kinds) {
    const score =
      LEARNT_WEIGHT * (learnt.get(kind.id) ?? 0) +
      Math.min(MOST_VOTES, votes.get(kind.id)?.score ?? 0) +
      (kind === preferred ? MOST_VOTED_BONUS : 0);
    if (score > most) [best, most] = [kind, score];
  }
  const reasons: { word: string; weight: number }[] = [];
  for (const [trait, value] of traits) {
    const word = /^(?:verb|word) (.*)$/.exec(trait)?.[1];
    const weight = vocabulary.kindWeights.get(trait)?.find(({ kind }) => kind === best)?.weight ?? 0;
    if (word !== undefined && weight > 0) reasons.push({ word, weight: weight * value });
  }
  reasons.sort((a, b) => b.weight - a.weight);
  return {
    kind: best,
    words: [
      ...new Set([...(votes.get(best.id)?.words ?? []), ...reasons.slice(0, MOST_REASONS).map(({ word }) => word)]),
    ],
  };
}
