import type { Status } from '@themeline/contracts';
import type { Kind, KindRule } from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
import { isBound } from './date.binder';
import { REPORTING } from './english.lexicon';
import { textOf, nextEnd, proposed } from './event.finding';
import type { Modality } from './modality.judge';
import { figureIn, type Party, type Scene } from './scene.reader';
import { isWord } from './token.tagger';
import type { Pieces } from './verb.pieces';

const OPEN_ENDED = new Set(['develop', 'build', 'train', 'design', 'create', 'work', 'raise-awareness']);
const ONGOING_IS_DONE = new Set(['partnership', 'legal', 'personnel', 'pivot', 'incident']);

const LEGAL_TEXT =
  /\b(?:rules?|regulations?|orders?|list|notice|act|license requirements?|licence requirements?|controls|sanctions)\b/i;

/**
 * Official notices do what they say in the present: "this rule adds …", "the Bureau is amending the Regulations by adding …". Only for rules, by an
 * authority or the rule itself, of a legal text, and not where a coming day is named.
 */
function isDecree(modality: Modality, kind: Kind, clause: Clause, scene: Scene, subject: Party): boolean {
  if (!(modality.progressive || modality.habit) || kind.family !== 'rules' || clause.verb.passive) return false;
  if (
    !/^(?:add|amend|remove|revise|expand|impose|publish|issue|place|relax|adopt|tighten|extend|lift|implement)$/.test(
      clause.verb.lemma,
    )
  )
    return false;
  const opening = scene.tokens[subject.span.first]?.lower ?? '';
  const text = opening === 'this' && /^(?:rule|order|notice|regulation|document|action)$/.test(subject.head);
  if (proposed(scene, { first: clause.verb.last, last: clause.end })) return false;
  const authority = subject.entities.length > 0 && subject.entities.every(({ type }) => type === 'authority');
  if (!text && !authority) return false;
  return (
    LEGAL_TEXT.test(textOf(scene, { first: clause.verb.last, last: Math.max(clause.end, nextEnd(scene, clause)) })) &&
    !scene.dates.some((date) => date.first >= clause.verb.last && isBound(date))
  );
}

/** "Today we are releasing …", "we are cutting our prices": who speaks does it by saying so, unless a coming day is named. */
export function announcesNow(scene: Scene, clause: Clause, day: string): boolean {
  const dates = scene.dates.filter(({ first }) => first >= clause.start - 1 && first < clause.end);
  if (dates.some(({ lower, upper }) => lower === day && upper === day)) return true;
  const ahead = dates.some(({ lower, upper }) => (lower ?? upper ?? day) > day);
  return !ahead && clause.subject !== null && isWord(scene.tokens[clause.verb.first - 1], 'we');
}

/** "told staff that it would close its plant": a turn made known without a day on which it is to come is made by saying so. */
const decidedNow = (scene: Scene, clause: Clause, modality: Modality, day: string): boolean =>
  modality.committed &&
  !clause.verb.passive &&
  clause.governor?.verb.tense === 'past' &&
  REPORTING.has(clause.governor.verb.lemma) &&
  !scene.dates.some(({ lower, upper }) => (lower ?? upper ?? day) > day);

/** The status of an event of this rule, or null when such a sentence tells of none. */
export function statusOf(
  modality: Modality,
  rule: KindRule,
  kind: Kind,
  headline: boolean,
  subject: Party,
  clause: Clause,
  scene: Scene,
  pieces: Pieces,
  day: string,
): Status | null {
  if (modality.predicted && !rule.figures) return null;
  if (isDecree(modality, kind, clause, scene, subject)) return 'occurred';
  if (rule.planned) return modality.status === 'occurred' || modality.status === 'planned' ? 'planned' : null;
  if (modality.progressive) {
    if (clause.verb.passive) return null;
    if (ONGOING_IS_DONE.has(kind.id)) return 'occurred';
    // "was giving more than 250,000 rides a week": measured while it goes on.
    if (rule.figures)
      return figureIn(scene, { first: clause.verb.last, last: clause.end }) && clause.subject !== null
        ? 'occurred'
        : null;
    if (OPEN_ENDED.has(clause.verb.lemma)) return null;
    if (announcesNow(scene, clause, day)) return 'occurred';
    return rule.commitment ? 'occurred' : 'planned';
  }
  if (
    modality.habit &&
    !rule.figures &&
    scene.dates.some(
      (date) => date.first >= clause.start && date.first < clause.end && date.lower !== null && date.lower > day,
    )
  )
    return 'planned';
  // "CHF 80 million is earmarked for …", "the budget sets aside €40 million": a sum told of as set aside has been.
  if (
    modality.habit &&
    rule.commitment &&
    scene.amounts.some(({ first }) => first >= pieces.object.first && first < pieces.object.last) &&
    (clause.verb.passive || !subject.plural)
  )
    return 'occurred';
  if (modality.habit && !headline) {
    // A bare present tells of habits, unless one named actor does one definite thing.
    if (rule.figures && clause.verb.lemma !== 'see') return subject.plural ? null : 'occurred';
    if (clause.verb.passive || clause.verb.habitual || subject.entities.length === 0 || subject.plural) return null;
    const object = pieces.object;
    // "Ms Gray takes over as chief executive": nobody takes over as a habit.
    if (kind.id === 'personnel' && subject.entities.every(({ type }) => type === 'person')) return 'occurred';
    const definite =
      (rule.needs.some((needs) => needs.includes('figure')) &&
        figureIn(scene, { first: clause.verb.last, last: clause.end })) ||
      scene.amounts.some(({ first }) => first >= object.first && first < clause.end) ||
      scene.dates.some(({ first }) => first >= clause.start && first < clause.end) ||
      (/^(?:a|an|new|first)$/.test(scene.tokens[object.first]?.lower ?? '') &&
        rule.object !== null &&
        !rule.object.any);
    return definite && !scene.sentence.label ? 'occurred' : null;
  }
  if (modality.status === 'planned') {
    if (rule.commitment || (kind.id === 'pivot' && decidedNow(scene, clause, modality, day))) return 'occurred';
    if (rule.figures) return modality.foreseen ? 'forecast' : null;
    return 'planned';
  }
  if (modality.status === 'occurred' && kind.id === 'regulation' && proposed(scene, pieces.object)) return 'planned';
  if (modality.committed && !rule.figures) return 'occurred';
  return modality.predicted && rule.figures ? 'forecast' : modality.status;
}
