import type { Status } from '@themeline/contracts';
import type { Clause } from './clause.parser';
import {
  AHEAD_ADJECTIVES,
  CLAIMING,
  COMMITTING,
  DEAL_NOUNS,
  DENYING,
  FAILING,
  IMPLYING,
  OPINING,
  PLANNING,
  PLAN_NOUNS,
  PREDICTING,
  REPORTING,
  UNDOING,
  UNREAL,
  WEIGHING,
} from './english.lexicon';
import type { Scene } from './scene.reader';
import { isBound } from './date.binder';
import { reach } from './event.finding';
import { isWord } from './token.tagger';

/** What a clause says of its own truth. `null` where it tells of nothing that has happened or is going to. */
export interface Modality {
  readonly status: Status;
  /** Decided and made known, though it lies ahead: "agreed to buy", "will invest". */
  readonly committed: boolean;
  /** Told with a reserve: "reportedly", "claims to have". */
  readonly hedged: boolean;
  /** A bare present: an event in a headline, a habit elsewhere. */
  readonly habit: boolean;
  readonly progressive: boolean;
  /** Below "expects", "predicts": only figures count. */
  readonly predicted: boolean;
  /** "will", "is expected to": a figure below is a forecast; below "intends to" it is an aim. */
  readonly foreseen: boolean;
}

const PLAIN: Modality = {
  status: 'occurred',
  committed: false,
  hedged: false,
  habit: false,
  progressive: false,
  predicted: false,
  foreseen: false,
};
const PLANNED: Modality = { ...PLAIN, status: 'planned' };

/** Judges one clause by its verb and by all that governs it; the recursion ends at the main clause. */
export function judge(scene: Scene, clause: Clause, depth = 0): Modality | null {
  if (depth > 6) return null;
  const { verb } = clause;
  if (verb.negated || negatedObject(scene, clause)) return null;
  const above = clause.governor ? judge(scene, clause.governor, depth + 1) : PLAIN;
  switch (clause.link) {
    case 'main':
    case 'coordinate':
      return bySelf(scene, clause);
    case 'relative':
    case 'reduced': {
      // "sees the market reaching 14 billion in 2029"
      if (clause.linkWord === 'ing')
        return clause.governor && PREDICTING.has(clause.governor.verb.lemma) && above?.status === 'occurred'
          ? { ...PLANNED, predicted: true, foreseen: true }
          : null;
      const own = bySelf(scene, clause);
      // "which enters into force on 1 January": a time of its own makes it news; whether it is ahead is asked later.
      return own?.habit && !(clause.link === 'relative' && datedAhead(scene, clause)) ? null : own;
    }
    case 'subordinate': {
      if (clause.linkWord !== null && UNREAL.has(clause.linkWord)) return null;
      const own = bySelf(scene, clause);
      // "will adopt … as it moves to …": the present below a plan is planned too.
      return own?.habit && above?.status === 'planned' ? { ...PLANNED, committed: true } : own;
    }
    case 'complement': {
      const lemma = clause.governor?.verb.lemma ?? '';
      if (clause.governor?.verb.negated) return null;
      if (DENYING.has(lemma) || WEIGHING.has(lemma)) return null;
      if (REPORTING.has(lemma)) {
        if (above === null) return null;
        const own = bySelf(scene, clause, true);
        return own && lemma === 'claim' ? { ...own, hedged: true } : own;
      }
      if (PREDICTING.has(lemma)) {
        const own = bySelf(scene, clause, true);
        return own ? { ...own, predicted: true } : null;
      }
      if (OPINING.has(lemma)) return null;
      return bySelf(scene, clause);
    }
    case 'infinitive':
      return byGovernor(scene, clause, above);
    case 'participle':
      if (donePreviously(scene, clause)) return PLAIN;
      if (above === null) return null;
      return verb.lemma === 'aim' || verb.lemma === 'plan' ? PLAIN : { ...above, habit: false };
    case 'gerund': {
      const link = clause.linkWord ?? '';
      if (donePreviously(scene, clause) && /^(?:|,|after|since|upon)$/.test(link)) return PLAIN;
      if (/^(?:after|since|following|upon)$/.test(link)) return PLAIN;
      if (link === 'by') return above && above.status === 'occurred' ? { ...above, committed: false } : null;
      return null;
    }
    case 'purpose':
      return clause.governor && usesOccasion(scene, clause.governor, clause.verb.first) ? above : null;
  }
}

/** "Having bought a rival in March, Acme now wants to …": whatever becomes of the wish. */
const donePreviously = (scene: Scene, { verb }: Clause): boolean => isWord(scene.tokens[verb.first], 'having');

/** "is pencilled in for March": what is so told of lies ahead. */
export const PENDING: ReadonlySet<string> = new Set([
  'plan',
  'schedule',
  'slate',
  'pencil',
  'expect',
  'due',
  'set',
  'earmark',
  'time',
  'fix',
  'assign',
  'move',
  'postpone',
  'delay',
  'defer',
  'reschedule',
  'book',
  'call',
  'convene',
]);

/** Does the clause name a time of its own, behind its verb? */
const datedAhead = (scene: Scene, clause: Clause): boolean =>
  scene.dates.some(({ first }) => first >= clause.verb.last && first < reach(scene, clause)) ||
  (clause.verb.first > 0 && scene.dates.some(({ first, last }) => first >= clause.start && last <= clause.verb.first));

/** "… by the end of 2028" */
const boundedBehind = (scene: Scene, clause: Clause): boolean =>
  scene.dates.some((date) => date.first >= clause.verb.last && date.first < reach(scene, clause) && isBound(date));

const OBLIGING = /^(?:require|oblige|mandate|order|compel|direct|instruct|bind)$/;

/** "must upgrade", "are required to upgrade" */
export const isDuty = ({ verb, link, governor }: Clause): boolean =>
  verb.modal === 'must' ||
  verb.modal === 'shall' ||
  (link === 'infinitive' && governor !== null && governor.verb.passive && OBLIGING.test(governor.verb.lemma));

const OCCASION =
  /^(?:event|ceremony|conference|summit|speech|address|keynote|visit|occasion|meeting|forum|gathering|fair|launch|anniversary|interview|appearance|trip|debate|session)$/;

/** "used the ceremony to present": what an occasion was used for was done. */
const usesOccasion = (scene: Scene, { verb }: Clause, place: number): boolean =>
  verb.lemma === 'use' &&
  /^(?:past|perfect)$/.test(verb.tense) &&
  scene.tokens.slice(verb.last, place).some(({ lemma }) => OCCASION.test(lemma));

const begunBehind = (scene: Scene, clause: Clause): boolean =>
  scene.dates.some(
    ({ first, phrase }) =>
      first >= clause.verb.last &&
      first < clause.end &&
      (/^since\b/i.test(phrase) || isWord(scene.tokens[first - 1], 'since')),
  );

const madePossible = (scene: Scene, clause: Clause): boolean =>
  scene.tokens.slice(clause.verb.first, clause.verb.last).some((token) => isWord(token, 'now')) ||
  isWord(scene.tokens[clause.verb.first - 1], 'now') ||
  scene.dates.some(
    ({ first }) =>
      first >= clause.start &&
      first < clause.end &&
      (isWord(scene.tokens[first - 1], 'from', 'since', 'starting') || isWord(scene.tokens[first], 'from', 'since')),
  );

/** "are now due", "is also slated": the place of the word that the adverbs stand before. */
function behindAdverbs(scene: Scene, place: number): number {
  let at = place;
  while (scene.tokens[at]?.tag === 'adv') at += 1;
  return at;
}

/** "became the first country to adopt a law", "was the third to ship": whoever is counted among those who did a thing did it. */
const countsAmongDoers = (scene: Scene, { verb }: Clause, place: number): boolean =>
  /^(?:be|become|make|remain)$/.test(verb.lemma) &&
  /^(?:past|perfect)$/.test(verb.tense) &&
  scene.tokens.slice(verb.last, place).some((token) => isWord(token, ...ORDINALS));
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'last', 'latest', 'only'] as const;

/** "made no acquisition", "has no plans to" */
function negatedObject(scene: Scene, clause: Clause): boolean {
  const next = scene.tokens[clause.verb.last];
  return (
    isWord(next, 'no', 'neither') &&
    !isWord(scene.tokens[clause.verb.last + 1], 'longer', 'later', 'earlier', 'fewer', 'less')
  );
}

function bySelf(scene: Scene, clause: Clause, reported = false): Modality | null {
  const { verb } = clause;
  const hedged = scene.tokens
    .slice(Math.max(0, verb.first - 2), verb.last)
    .some(({ lower }) => /^(?:reportedly|allegedly|apparently|supposedly|rumoured|rumored)$/.test(lower));
  if (verb.modal !== null) {
    if (/^(?:will|shall|ll|'ll)$/.test(verb.modal)) return { ...PLANNED, hedged, committed: true, foreseen: true };
    if (verb.modal === 'would' && reported) return { ...PLANNED, hedged, committed: true, foreseen: true };
    // "should close in the first quarter", "must upgrade by the end of 2028": a date makes a wish a plan.
    // "should have upgraded" regrets; "must have upgraded by the end of 2028" demands.
    if (/^(?:should|must|shall)$/.test(verb.modal) && datedAhead(scene, clause)) {
      const done = scene.tokens.slice(verb.first, verb.last).some((token) => isWord(token, 'have'));
      return !done || (verb.modal === 'must' && boundedBehind(scene, clause))
        ? // "Sales this year should be about 4 billion": no duty, but a guess
          { ...PLANNED, hedged, foreseen: verb.modal === 'should' && verb.lemma !== 'have' }
        : null;
    }
    // "Users can now order it", "can be booked from today": what is made possible from a day on.
    if (verb.modal === 'can' && madePossible(scene, clause)) return { ...PLAIN, hedged };
    return null;
  }
  switch (verb.tense) {
    case 'future':
      return { ...PLANNED, hedged, committed: true };
    case 'infinitive':
      // A headline: "Acme to open plant".
      return clause.linkWord === 'to' ? { ...PLANNED, hedged, committed: true } : null;
    case 'present':
      if (verb.progressive) return { ...PLAIN, hedged, progressive: true };
      // "is pencilled in for March", "are scheduled for 3 May"
      if (verb.passive && PENDING.has(verb.lemma) && datedAhead(scene, clause)) return { ...PLANNED, hedged };
      if (
        verb.lemma === 'be' &&
        isWord(scene.tokens[behindAdverbs(scene, verb.last)], 'due', 'bound', 'slated') &&
        datedAhead(scene, clause)
      )
        return { ...PLANNED, hedged };
      return verb.passive ? { ...PLAIN, hedged, habit: true } : { ...PLAIN, hedged, habit: verb.lemma !== 'be' };
    case 'ing':
      return null;
    case 'past':
    case 'perfect':
    case 'participle':
      // "said it was leaving the country": what was then under way.
      if (verb.progressive && reported && !verb.passive) return { ...PLAIN, hedged, progressive: true };
      // "has been running a pilot line since 2023": begun then.
      if (verb.progressive && verb.tense === 'perfect') return begunBehind(scene, clause) ? { ...PLAIN, hedged } : null;
      return verb.progressive ? null : { ...PLAIN, hedged };
  }
}

function byGovernor(scene: Scene, clause: Clause, above: Modality | null): Modality | null {
  const governor = clause.governor;
  if (!governor) return null;
  if (governor.verb.negated) return null;
  const noun = clause.linkWord;
  const lemma = governor.verb.lemma;
  if (usesOccasion(scene, governor, clause.verb.first)) return above;
  if (countsAmongDoers(scene, governor, clause.verb.first)) return above === null ? null : { ...above, habit: false };
  if (governor.verb.passive && isDuty(clause) && boundedBehind(scene, clause)) return PLANNED;
  if (noun !== null) {
    if (lemma === 'be' || governor.verb.passive) return AHEAD_ADJECTIVES.has(noun) ? PLANNED : null;
    if (/^(?:no|not)$/.test(scene.tokens[governor.verb.last]?.lower ?? '')) return null;
    if (above === null || above.progressive) return null;
    // "scrapped its plan to build"
    if (FAILING.has(lemma) || UNDOING.has(lemma)) return null;
    if (PLAN_NOUNS.has(noun)) return { ...PLANNED, committed: true };
    // "awarded Acme a contract to build": who gives it does not build.
    if (/^(?:award|give|grant|hand)$/.test(lemma) && !governor.verb.passive) return null;
    if (DEAL_NOUNS.has(noun)) return { ...PLAIN, committed: true };
    return null;
  }
  if (FAILING.has(lemma) && !(governor.verb.passive && lemma === 'rule')) return null;
  if (above === null) {
    // "is expected to", "may begin to": the modal of the governor counts for all below.
    return null;
  }
  // "expects sales to rise", "is seen reaching $90 billion": what is expected of others is a prediction.
  if (PREDICTING.has(lemma) && (governor.verb.passive ? clause.verb.tense === 'ing' : clause.subject !== null))
    return { ...PLANNED, predicted: true, foreseen: true, hedged: above.hedged };
  if (COMMITTING.has(lemma)) {
    return above.status === 'occurred' ? { ...PLAIN, committed: true, hedged: above.hedged } : above;
  }
  if (PLANNING.has(lemma)) {
    // "had planned to", "was set to" look back at what was then ahead.
    if (governor.verb.tense === 'perfect' && scene.tokens[governor.verb.first]?.lower === 'had') return null;
    return {
      ...PLANNED,
      committed: true,
      hedged: above.hedged,
      foreseen: PREDICTING.has(lemma) || lemma === 'set' || lemma === 'tip',
    };
  }
  if (CLAIMING.has(lemma)) {
    return clause.verb.tense === 'perfect' || lemma === 'claim' ? { ...PLAIN, hedged: true } : null;
  }
  if (WEIGHING.has(lemma)) return null;
  // "are likely to miss it"
  if (
    lemma === 'be' &&
    scene.tokens.slice(governor.verb.last, clause.verb.first).some(({ lower }) => /^(?:un)?likely$/.test(lower))
  )
    return { ...PLANNED, predicted: true, foreseen: true };
  if (IMPLYING.has(lemma)) return { ...above, habit: false, progressive: false };
  return null;
}
