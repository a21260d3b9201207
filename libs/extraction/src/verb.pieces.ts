import type { Clause } from './clause.parser';
import { EMPTY, headPart, inheritedSubject } from './event.finding';
import { nounPhraseEnd, partyOf, type Discourse, type Party, type Scene, type Span } from './scene.reader';
import { isWord } from './token.tagger';

export interface Pieces {
  /** The object noun phrase of an active verb, the subject of a passive one. */
  readonly object: Span;
  /** From the verb to the end of the clause. */
  readonly rest: Span;
  /** Behind a comma or "as": says what the object is. */
  readonly apposition: Span;
  readonly agent: Party;
}

export function piecesOf(scene: Scene, clause: Clause, after: number, subject: Party, discourse: Discourse): Pieces {
  const { tokens } = scene;
  const rest = { first: after, last: clause.end };
  const passive = clause.verb.passive || (clause.link === 'reduced' && clause.linkWord === 'ed');
  if (passive) {
    const own = clause.subject ?? passiveBefore(scene, clause)?.subject ?? inheritedSubject(clause);
    const object = own
      ? {
          first: headPart(scene, own).first,
          last: Math.max(own.first, nounPhraseEnd(scene, headPart(scene, own).first, own.last)),
        }
      : { first: after, last: after };
    const by = byPhrase(scene, after, clause.end);
    const agent = by ? partyOf(scene, by, discourse, []) : EMPTY;
    return { object, rest, apposition: { first: object.last, last: object.last }, agent };
  }
  if (clause.object) return { object: clause.object, rest, apposition: { first: 0, last: 0 }, agent: subject };
  let first = after;
  while (
    first < clause.end &&
    (/^(?:adv|neg)$/.test(tokens[first]?.tag ?? '') || /^["“‘]$/.test(tokens[first]?.text ?? ''))
  )
    first += 1;
  // "announced, on 11 February, an initiative"
  const inset =
    tokens[first]?.text === ',' ? scene.dates.find((date) => date.first > first && date.first <= first + 2) : undefined;
  if (inset && tokens[inset.last]?.text === ',') first = inset.last + 1;
  // "dismissed on 29 January an action"
  const day = scene.dates.find(
    (date) => date.first === first || (date.first === first + 1 && tokens[first]?.tag === 'prep'),
  );
  if (day && day.last < clause.end && /^(?:det|cur)$/.test(tokens[day.last]?.tag ?? '')) first = day.last;
  // "granted it marketing approval": who is given something is not what is given.
  const [given, thing] = [tokens[first], tokens[first + 1]];
  if (
    GIVING.test(clause.verb.lemma) &&
    given?.tag === 'pron' &&
    /^(?:noun|det|adj|num|cur|verb)$/.test(thing?.tag ?? '')
  )
    first += 1;
  const startsPrep =
    tokens[first]?.tag === 'prep' &&
    !isWord(
      tokens[first],
      'over',
      'about',
      'around',
      'under',
      'off',
      'up',
      'out',
      'down',
      'into',
      'in',
      'on',
      'for',
      'from',
      'with',
      'against',
      'of',
    );
  const last = startsPrep || first >= clause.end ? first : nounPhraseEnd(scene, first, clause.end);
  let apposition = { first: last, last };
  if (/^[,(—–]$/.test(tokens[last]?.text ?? ''))
    apposition = { first: last + 1, last: nounPhraseEnd(scene, last + 1, clause.end) };
  else if (isWord(tokens[last], 'as', 'called', 'named'))
    apposition = { first: last + 1, last: nounPhraseEnd(scene, last + 1, clause.end) };
  return { object: { first, last }, rest, apposition, agent: subject };
}

const GIVING = /^(?:grant|give|award|offer|lend|send|sell|pay|hand|fine|hire|issue|bring|cost|deny|promise|guarantee)$/;

/** "were found by the court to be unfit and will be listed": a passive without a subject shares the one of the passive before it. */
const passiveBefore = (scene: Scene, clause: Clause): Clause | undefined =>
  clause.link === 'coordinate'
    ? scene.clauses.findLast(({ verb, subject }) => verb.passive && subject !== null && verb.first < clause.verb.first)
    : undefined;

function byPhrase(scene: Scene, from: number, to: number): Span | null {
  for (let index = from; index < to; index += 1) {
    if (!isWord(scene.tokens[index], 'by') || scene.dates.some(({ first, last }) => first <= index && index < last))
      continue;
    return { first: index + 1, last: Math.max(index + 1, nounPhraseEnd(scene, index + 1, to)) };
  }
  return null;
}
