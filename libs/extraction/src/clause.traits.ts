import type { Status } from '@themeline/contracts';
import type { Clause } from './clause.parser';
import { amountOf, inheritedSubject, nextEnd } from './event.finding';
import { PENDING } from './modality.judge';
import { figureIn, headsOf, type Scene, type Span } from './scene.reader';
import { isWord } from './token.tagger';

/** What a clause is like, by general words and marks, each with how much it counts: `verb close`, `word plant`, `subject company`, `has amount`. */
export type ClauseTraits = ReadonlyMap<string, number>;

const VERB = 0.8;
const PARTICLE = 0.5;
const HEAD_WORD = 0.8;
const OTHER_WORD = 0.56;
const MARK = 0.5;
const DATE = 0.25;
const PREPOSITION = 0.3;
/** A date in front of a clause belongs to it. */
const BEFORE_CLAUSE = 3;

const EMPTY_WORDS: ReadonlySet<string> = new Set(['be', 'have', 'do', 'will', 'would', 'that', 'which', 'who']);

/** The words that tell what a clause tells: the thing that a relative clause is about, its subject, and from its verb to the end of what hangs on it. */
export function toldBy(scene: Scene, clause: Clause): Span[] {
  const { verb } = clause;
  const subject = clause.subject ?? inheritedSubject(clause) ?? { first: verb.first, last: verb.last };
  const last = Math.max(clause.end, nextEnd(scene, clause));
  // "Acme, which makes chips, closed its plant": another clause between the subject and the verb says nothing of this one.
  const apart = scene.clauses.some(
    (other) => other.verb.first >= subject.last && other.verb.last <= verb.first && other !== clause,
  );
  // "the agreement that they signed": what was signed says what it was.
  const antecedent = clause.object ? [clause.object] : [];
  return apart
    ? [...antecedent, subject, { first: verb.first, last }]
    : [...antecedent, { first: Math.min(subject.first, verb.first), last }];
}

/** Names, dates and sums count by their sort alone. `day`: the publication's. */
export function traitsOf(
  scene: Scene,
  clause: Clause,
  told: readonly Span[],
  status: Status | null,
  day: string,
): ClauseTraits {
  const { tokens, mentions, dates, amounts } = scene;
  const { verb } = clause;
  const traits = new Map<string, number>();
  const add = (trait: string, value: number): void => void traits.set(trait, (traits.get(trait) ?? 0) + value);
  const mark = (trait: string, value = MARK): void => void traits.set(trait, value);
  const subject = clause.subject ?? inheritedSubject(clause);
  const heads = new Set(told.flatMap((span) => headsOf(scene, span)));
  const holds =
    (index: number) =>
    ({ first, last }: Span): boolean =>
      first <= index && index < last;
  mark('any', 1);
  // "has been moved to October", "is scheduled for 3 May": the verb says when, what it says that of tells the kind.
  if (!(verb.passive && PENDING.has(verb.lemma))) {
    mark(`verb ${verb.lemma}`, VERB);
    const particle = tokens[verb.head + 1];
    if (particle && /^(?:prep|adv)$/.test(particle.tag)) mark(`verb ${verb.lemma} ${particle.lower}`, PARTICLE);
  }
  const seen = new Set<number>([verb.head]);
  for (const span of told)
    for (let index = span.first; index < span.last; index += 1) {
      const token = tokens[index];
      if (!token || seen.has(index)) continue;
      seen.add(index);
      const within = holds(index);
      const mention = mentions.find(within);
      if (mention) {
        const role = subject && within(subject) ? 'subject' : index > verb.head ? 'object' : 'beside';
        if (mention.role !== 'demonym') mark(`${role} ${mention.entity.type}`);
        continue;
      }
      if (token.tag === 'prep') mark(`prep ${token.lower}`, PREPOSITION);
      if (isWord(token, '%', 'percent', 'cent')) mark('has percentage');
      if (!/^(?:verb|noun|adj)$/.test(token.tag) || dates.some(within) || amounts.some(within)) continue;
      const lemma = token.tag === 'verb' ? (token.forms[0]?.lemma ?? token.lemma) : token.lemma;
      if (EMPTY_WORDS.has(lemma) || !/^[a-z][a-z-]+$/.test(lemma)) continue;
      add(`word ${lemma}`, heads.has(index) ? HEAD_WORD : OTHER_WORD);
    }
  if (told.some((span) => amountOf(scene, span) !== null)) mark('has amount');
  if (told.some((span) => figureIn(scene, span))) mark('has figure');
  if (verb.passive) mark('is passive');
  if (status !== null) mark(`is ${status}`);
  const date = dates.find(({ first, last }) =>
    told.some((span) => first >= span.first - BEFORE_CLAUSE && last <= span.last),
  );
  if (date) {
    mark(`date ${date.precision}`, DATE);
    if ((date.lower ?? date.upper ?? '') > day) mark('is ahead');
  }
  return traits;
}
