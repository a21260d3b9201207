import type { Status } from '@themeline/contracts';
import type { KindRule, TermSet, Vocabulary } from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
import { toldBy, traitsOf } from './clause.traits';
import { bindDate, nextYear } from './date.binder';
import { CHANGED_STATES, DURATIVE, OPINING, REPORTING, STATIVE, UNREAL, WEIGHING } from './english.lexicon';
import {
  agentText,
  amountOf,
  entitiesIn,
  inheritedSubject,
  insideQuote,
  nextEnd,
  spanStart,
  textOf,
  unique,
  type Finding,
} from './event.finding';
import { mostVoted, votesOf, weighKind } from './kind.voter';
import { PENDING, type Modality } from './modality.judge';
import { isWord } from './token.tagger';
import { figureIn, headsOf, type Discourse, type Party, type Scene, type Span } from './scene.reader';
import { announcesNow } from './status.judge';
import { piecesOf } from './verb.pieces';

const NOTHING: TermSet = {
  any: false,
  named: false,
  amount: false,
  figure: false,
  percent: false,
  types: new Set(),
  whats: new Set(),
  phrases: new Map(),
  exact: new Map(),
};

/** Stands for the rule of a kind where no rule fits: the words of the clause speak for the kind, and a day or period of its own makes it news. */
const DATED_HAPPENING: KindRule = {
  id: 'dated-happening',
  object: null,
  subject: null,
  of: null,
  complement: null,
  not: NOTHING,
  notSubject: NOTHING,
  needs: [],
  nounNeeds: [],
  asks: { date: true, amount: false, passive: false },
  patient: 'patient',
  commitment: false,
  planned: false,
  figures: false,
  state: false,
  base: 0.5,
  priority: 0,
};

const DATED_ITEM: KindRule = { ...DATED_HAPPENING, id: 'dated-item' };

/** Below this the words of a clause do not say what kind of happening it tells. */
const LEAST_VOTE = 0.5;
/** An undated clause must name a sum and speak clearly for one of the kinds in which sums are the news. */
const LEAST_VOTE_UNDATED = 2;
const OF_MONEY = new Set(['money', 'deals', 'corporate']);

/**
 * A clause that asserts what happened, or will on a stated day, and that no rule of a kind reads: somebody or something definite, a verb that tells a change,
 * and a date of its own. The kind is the one that its words and what was learnt of clauses like it speak for.
 */
export function fromHappening(
  scene: Scene,
  clause: Clause,
  subject: Party,
  modality: Modality,
  discourse: Discourse,
  vocabulary: Vocabulary,
  day: string,
): Finding | null {
  const { verb } = clause;
  if (!tellsChange(scene, clause, day) || insideQuote(scene, verb.head) || sharesObject(scene, clause)) return null;
  const pieces = piecesOf(scene, clause, verb.last, subject, discourse);
  const setFor = setDate(scene, clause, day);
  const stated = setFor ? 'planned' : statusOf(scene, clause, modality, day);
  if (stated === null) return null;
  const trigger = { first: verb.first, last: verb.last };
  const subjectSpan = clause.subject ?? inheritedSubject(clause) ?? trigger;
  const date = setFor ?? ownDate(scene, clause, subjectSpan, stated, day);
  const passive = verb.passive || (clause.link === 'reduced' && clause.linkWord === 'ed');
  const told = toldBy(scene, clause);
  const agents = passive ? pieces.agent.entities : subject.entities;
  const named = unique(told.flatMap((span) => entitiesIn(scene, span, true)));
  if (!definite(scene, subject, subjectSpan, named.length > 0, date !== null)) return null;
  const amount = told.map((span) => amountOf(scene, span)).findLast((found) => found !== null) ?? null;
  const measured = amount !== null || told.some((span) => figureIn(scene, span));
  const votes = votesOf(scene, told, clause, vocabulary);
  const vote = mostVoted(votes, measured);
  const spoken = vote !== null && vote.score >= LEAST_VOTE ? vote : null;
  const fallback = spoken?.kind ?? vocabulary.kindById.get('other');
  if (!fallback) return null;
  const traits = traitsOf(scene, clause, told, modality.status, day);
  const { kind, words } = weighKind(votes, fallback, traits, vocabulary, measured);
  const figures = kind.family === 'figure';
  // What is only predicted is no event.
  if (!figures && modality.predicted) return null;
  const status = figures && stated === 'planned' ? 'forecast' : stated;
  const summed = amount && spoken && spoken.score >= LEAST_VOTE_UNDATED && OF_MONEY.has(spoken.kind.family);
  if (date === null && !summed && !(stated === 'planned' && announcedOn(scene, clause, day))) return null;
  const own = entitiesIn(scene, pieces.object);
  const patients = own.filter(({ id }) => !agents.some((agent) => agent.id === id));
  const first = spanStart(clause, passive, pieces.object);
  return {
    kind,
    rule: DATED_HAPPENING,
    form: 'verb',
    status,
    hedged: modality.hedged,
    scene,
    clause,
    span: { first, last: Math.max(clause.end, date && date.first >= first ? date.last : 0) },
    trigger,
    core: { first: trigger.first, last: Math.max(trigger.last, pieces.object.last) },
    agents,
    patients,
    partners: [],
    others: named,
    objectHead: scene.tokens[headsOf(scene, pieces.object)[0] ?? -1]?.lemma ?? '',
    objectNames: [],
    amount,
    date,
    words: [scene.tokens[verb.head]?.lower ?? '', ...words],
    agentText: passive || agents.length === 0 ? null : agentText(scene, subject),
  };
}

/** An item needs a clear word of its kind, as no verb says that something happens. */
const LEAST_VOTE_OF_ITEM = 1;

/**
 * The happenings of a list item without a verb of its own: "Dholera plant: groundbreaking in March 2024, first chips late 2026". Each part with a date
 * and a word that speaks for a kind is one; a coming date makes it planned. Nothing where a clause tells the sentence.
 */
export function fromItem(scene: Scene, discourse: Discourse, vocabulary: Vocabulary, day: string): Finding[] {
  // "26 July | UK edition", "12 June · 6 min read": the line under a title.
  if (scene.tokens.some(({ text }) => /^[|·•]$/.test(text)) || UNREAL.has(scene.tokens[0]?.lower ?? '')) return [];
  if (scene.clauses.some(({ link }) => link !== 'reduced' && link !== 'participle' && link !== 'purpose')) return [];
  return datedParts(scene).flatMap(({ span, date }): Finding[] => {
    const vote = mostVoted(votesOf(scene, [span], null, vocabulary), measured(scene, span));
    if (vote === null || vote.score < LEAST_VOTE_OF_ITEM) return [];
    const figures = vote.kind.family === 'figure';
    const own = entitiesIn(scene, span, true);
    const ahead = (date.lower ?? date.upper ?? day) > day || (date.lower === null && (date.upper ?? day) >= day);
    return [
      {
        kind: vote.kind,
        rule: DATED_ITEM,
        form: 'noun',
        status: !ahead ? 'occurred' : figures ? 'forecast' : 'planned',
        hedged: false,
        scene,
        clause: null,
        span,
        trigger: span,
        core: span,
        agents: discourse.label ? [discourse.label] : [],
        patients: own.filter(({ id }) => id !== discourse.label?.id),
        partners: [],
        others: own,
        objectHead: scene.tokens[headsOf(scene, span)[0] ?? -1]?.lemma ?? '',
        objectNames: [],
        amount: amountOf(scene, span),
        date,
        words: vote.words,
        agentText: null,
      },
    ];
  });
}

/** "October sales $3.5 billion, up 17%", "factory output up 4% in September" */
const measured = (scene: Scene, span: Span): boolean =>
  figureIn(scene, span) &&
  scene.tokens
    .slice(span.first, span.last)
    .some((token, offset) =>
      isWord(token, 'up', 'down', 'unchanged', 'flat')
        ? figureIn(scene, { first: span.first + offset + 1, last: Math.min(span.last, span.first + offset + 4) })
        : token.text === ':' && figureIn(scene, { first: span.first + offset + 1, last: span.first + offset + 3 }),
    );

/** The parts of an item between commas and semicolons, each with the one date that it names; what has none goes with the part before. */
function datedParts(scene: Scene): { span: Span; date: Scene['dates'][number] }[] {
  const dates = scene.dates.filter(({ lower, upper }) => lower !== null || upper !== null);
  return dates.map((date, order) => {
    const until = dates[order + 1]?.first ?? scene.tokens.length;
    const cut = (from: number, to: number): number => {
      for (let index = to - 1; index >= from; index -= 1)
        if (/^[,;]$/.test(scene.tokens[index]?.text ?? '')) return index;
      return to;
    };
    const before = order === 0 ? 0 : cut(dates[order - 1]?.last ?? 0, date.first) + 1;
    return {
      span: { first: Math.min(before, date.first), last: order === dates.length - 1 ? until : cut(date.last, until) },
      date,
    };
  });
}

/** "struck and killed a pedestrian": the second verb tells both. */
const sharesObject = (scene: Scene, { verb }: Clause): boolean =>
  scene.tokens[verb.last]?.tag === 'conj' &&
  scene.tokens[verb.last + 1]?.tag === 'verb' &&
  /^(?:det|num|noun|adj|pron|cur)$/.test(scene.tokens[verb.last + 2]?.tag ?? '');

/** Verbs of being, having, saying, thinking and wanting tell no happening, nor does the founding of a company long ago. */
function tellsChange(scene: Scene, clause: Clause, day: string): boolean {
  const { verb, link, linkWord } = clause;
  const { lemma } = verb;
  const next = scene.tokens[verb.last];
  const state =
    lemma === 'be' && link !== 'relative' && next !== undefined && CHANGED_STATES.has(next.lower) && next.tag !== 'num';
  if (verb.passive && PENDING.has(lemma)) return true;
  if (setDate(scene, clause, day)) return true;
  if (!state && STATIVE.has(lemma)) return false;
  if (OPINING.has(lemma) || WEIGHING.has(lemma)) return false;
  if (REPORTING.has(lemma) && !showsThing(scene, clause)) return false;
  if (
    DURATIVE.has(lemma) &&
    verb.tense === 'perfect' &&
    !verb.progressive &&
    scene.tokens.slice(verb.last).some(({ lower }) => lower === 'since')
  )
    return false;
  if (verb.ended || verb.habitual || (link === 'reduced' && linkWord === 'ing')) return false;
  return link !== 'gerund' && link !== 'purpose' && link !== 'participle';
}

/** "plans mass production for the second half of 2027", "First output planned for summer 2027", "has been moved to March" */
function setDate(scene: Scene, { verb, end }: Clause, day: string): Scene['dates'][number] | null {
  const { tokens } = scene;
  if (!/^(?:past|present|perfect)$/.test(verb.tense)) return null;
  const setting =
    verb.passive || isWord(tokens[verb.last], 'for', 'in', 'by')
      ? PENDING.has(verb.lemma)
      : SETTING.test(verb.lemma) && /^(?:det|adj|num|noun|poss)$/.test(tokens[verb.last]?.tag ?? '');
  if (!setting) return null;
  for (const date of scene.dates) {
    if (date.first < verb.last || date.first >= end) continue;
    // "has called a stoppage for 18 December": a day without a year is the next one.
    const coming = isWord(tokens[date.first - 1], 'for') ? nextYear(date, day) : date;
    if ((coming.lower ?? coming.upper ?? '') > day) return coming;
  }
  return null;
}
const SETTING = /^(?:plan|schedule|slate|target|prepare|promise|pledge|vow|call|convene|arrange|book|fix)$/;

/** "showed a prototype", "was shown in Beijing": a thing is shown, nothing is said. */
const showsThing = (scene: Scene, clause: Clause): boolean =>
  /^(?:show|reveal|unveil|publish|post)$/.test(clause.verb.lemma) &&
  !scene.clauses.some(({ governor, link }) => governor === clause && link === 'complement') &&
  (clause.verb.passive || /^(?:det|adj|num|noun|poss)$/.test(scene.tokens[clause.verb.last]?.tag ?? ''));

/** What the bare present tells of is a habit, unless a coming day is named. */
function statusOf(scene: Scene, clause: Clause, modality: Modality, day: string): Status | null {
  // "No earlier than 4 March: Goliath returns to the pad": a date may stand before the clause.
  const own = scene.dates.filter(
    ({ first, last }) =>
      (first >= clause.start && first < clause.end) || (last <= clause.start && clause.start - last <= 1),
  );
  const ahead = own.some(({ lower, upper }) => (lower ?? upper ?? '') > day);
  // The present of chronicles: "In March 2023 the ministry opens a laboratory."
  const gone = own.some(({ lower, upper }) => lower !== null && upper !== null && upper <= day);
  if (modality.habit) return ahead ? 'planned' : gone && !clause.verb.passive ? 'occurred' : null;
  if (modality.progressive) return ahead ? 'planned' : announcesNow(scene, clause, day) ? 'occurred' : null;
  return modality.status === 'forecast' ? null : modality.status;
}

/** "Acme said on 23 May that it would build a line": what is to come has no date, its announcement has. */
const announcedOn = (scene: Scene, { governor, link }: Clause, day: string): boolean =>
  link === 'complement' &&
  governor !== null &&
  REPORTING.has(governor.verb.lemma) &&
  bindDate(scene, governor, { first: governor.verb.first, last: governor.verb.last }, 'occurred', day, {
    figures: false,
    narrow: false,
  }) !== null;

/** A date in the clause itself or right before its subject. */
function ownDate(
  scene: Scene,
  clause: Clause,
  subject: Span,
  status: Status,
  day: string,
): Scene['dates'][number] | null {
  const bind = (owner: Clause): Scene['dates'][number] | null =>
    bindDate(scene, owner, { first: clause.verb.first, last: clause.verb.last }, status, day, {
      figures: false,
      narrow: false,
    });
  // "finished switching off its network in May": the day stands with what was finished.
  const embedded = scene.clauses.find(({ governor, link }) => governor === clause && link === 'infinitive');
  const date = bind(clause) ?? (embedded ? bind(embedded) : null);
  if (date === null) return null;
  const below = nextEnd(scene, clause);
  const inside = date.first >= Math.min(clause.start, subject.first) && date.last <= Math.max(clause.end, below);
  // "Last month a blaze, traced to a battery, knocked out …": the date before the noun is not that of its participle.
  if (clause.link === 'reduced' || clause.link === 'relative') return date.first >= clause.start ? date : null;
  const fronted = date.last <= subject.first && subject.first - date.last <= 2;
  return inside || fronted ? date : null;
}

/** "many companies", "no one": nobody in particular, unless a name stands beside them. A date of its own makes "deliveries" those of that time. */
function definite(scene: Scene, subject: Party, span: Span, named: boolean, dated: boolean): boolean {
  if (subject.entities.length > 0) return true;
  const opening = scene.tokens[span.first];
  if (opening?.tag === 'pron') return opening.lower === 'we' || (named && /^(?:it|he|she|they)$/.test(opening.lower));
  const specific = opening !== undefined && (opening.tag === 'det' || opening.tag === 'num' || opening.capital);
  if (opening && /^(?:some|many|most|several|few|any|every|each|no|such|more|all)$/.test(opening.lower)) return named;
  return specific || named || ((dated || !subject.plural) && textOf(scene, span) !== '');
}
