import type { Kind, Vocabulary } from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
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

/**
 * The kind that the words of some spans speak for most, null where none does: each cue counts once, by the vocabulary's weight, doubled for the clause's
 * verb and for heads of noun phrases. Without a figure none is a kind of figures. A tie goes to the kind of the earlier word.
 */
export function voteKind(
  scene: Scene,
  spans: readonly Span[],
  clause: Clause | null,
  vocabulary: Vocabulary,
  withFigure = true,
): Vote | null {
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
  let best: Vote | null = null;
  // "put", "take", "go up": what is done, only the words around them say.
  const verb = clause?.verb.lemma ?? '';
  const bare = ({ words: [word = '', ...others] }: Vote): boolean =>
    others.length === 0 && EMPTY_VERBS.has(verb) && word.split(' ')[0] === verb;
  for (const vote of votes.values())
    if (!bare(vote) && (withFigure || vote.kind.family !== 'figure') && (best === null || vote.score > best.score))
      best = vote;
  return best;
}
