import type { Status } from '@themeline/contracts';
import type { Kind, KindRule, KnownEntity, Vocabulary } from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
import { bindDate, clauseAt, fits, isBound } from './date.binder';
import {
  AWAITING,
  COMPANY_NOUNS,
  FAILING,
  LIGHT,
  PERSON_NOUNS,
  POSSESSIVES,
  UNDOING,
  WEIGHING,
} from './english.lexicon';
import { judge, type Modality } from './modality.judge';
import {
  figureIn,
  situates,
  headsOf,
  matchTerms,
  nounPhraseEnd,
  partyOf,
  type Discourse,
  type Party,
  type Scene,
  type Span,
} from './scene.reader';
import { isWord } from './token.tagger';

/** An event as one place of one sentence tells it; spans are token places. */
export interface Finding {
  readonly kind: Kind;
  readonly rule: KindRule;
  readonly form: 'verb' | 'noun';
  readonly status: Status;
  readonly hedged: boolean;
  readonly scene: Scene;
  readonly clause: Clause | null;
  /** The words that tell the event, for its evidence when the sentence tells several. */
  readonly span: Span;
  readonly trigger: Span;
  readonly agents: readonly KnownEntity[];
  readonly patients: readonly KnownEntity[];
  readonly partners: readonly KnownEntity[];
  readonly others: readonly KnownEntity[];
  /** The verb and its object, or the noun and its complement: no other event is read out of these words. */
  readonly core: Span;
  /** Head of the object in singular: tells two launches of one company apart. */
  readonly objectHead: string;
  /** Other words for the object: what stands behind a comma, and what a known product is. */
  readonly objectNames: readonly string[];
  readonly amount: Scene['amounts'][number] | null;
  readonly date: Scene['dates'][number] | null;
  readonly words: readonly string[];
  readonly agentText: string | null;
}

const EMPTY: Party = { entities: [], head: '', pronoun: false, plural: false, span: { first: 0, last: 0 } };

/** All events of a sentence, verbs first, then nouns that no verb has used. */
export function findEvents(
  scene: Scene,
  discourse: Discourse,
  vocabulary: Vocabulary,
  day: string,
): { findings: Finding[]; subjects: KnownEntity[] } {
  const subjects: KnownEntity[] = [];
  const findings: Finding[] = [];
  if (scene.tokens.at(-1)?.text === '?') return { findings, subjects };
  const parties = new Map<Clause, Party>();
  const used = new Set<number>();
  const backward = scene.clauses.filter(
    ({ subjectFrom, verb }) => subjectFrom !== null && subjectFrom.verb.first > verb.first,
  );
  for (const clause of [...scene.clauses.filter((item) => !backward.includes(item)), ...backward]) {
    const party = subjectOf(scene, clause, parties, discourse);
    parties.set(clause, party);
    if (subjects.length === 0 && clause.link !== 'subordinate') subjects.push(...party.entities);
  }
  for (const clause of scene.clauses) {
    const light = lightNoun(scene, clause, vocabulary);
    const modality = judge(scene, clause);
    const found = modality
      ? fromVerb(scene, clause, parties.get(clause) ?? EMPTY, modality, discourse, vocabulary, day)
      : [];
    const borne = found.length > 0 ? borneNoun(scene, clause, parties, discourse, vocabulary, day) : [];
    // "The ban took effect": the noun tells what happened, the verb only that it did.
    if (borne.length > 0 && borne.every(({ kind }) => found.every((other) => other.kind.id !== kind.id))) {
      found.length = 0;
    }
    const nominal =
      found.length === 0 && borne.length > 0
        ? borne
        : light
          ? fromNoun(scene, light, parties, discourse, vocabulary, day)
          : [];
    const best = [...found, ...nominal];
    const verbWins =
      found.length > 0 &&
      (nominal.length === 0 || (found[0]?.kind.id !== undefined && found[0].kind.id !== 'product-launch'));
    for (const finding of verbWins ? found : nominal.length > 0 ? nominal : best) {
      findings.push(finding);
      for (let index = finding.core.first; index < finding.core.last; index += 1) used.add(index);
    }
  }
  // "plans to open a plant by 2030": the aim itself says more than that there is one.
  const specific = new Set(
    findings
      .filter(({ kind, clause }) => kind.id !== 'other' && clause !== null && clause.link === 'infinitive')
      .map(({ clause }) => clause?.governor),
  );
  const governing = new Set(
    findings
      .filter(({ rule, clause }) => rule.planned && clause !== null && !specific.has(clause))
      .map(({ clause }) => clause),
  );
  // "amends the Regulations by adding …": how it is done is what is done.
  const means = findings.filter(({ clause }) => clause?.link === 'gerund' && clause.linkWord === 'by');
  const kept = findings.filter(({ rule, clause, kind }) =>
    means.some((item) => item.clause?.governor === clause && item.kind.family === kind.family)
      ? false
      : rule.planned
        ? !specific.has(clause)
        : !(clause?.link === 'infinitive' && governing.has(clause.governor)),
  );
  findings.length = 0;
  findings.push(...kept);
  for (let index = 0; index < scene.tokens.length; index += 1) {
    if (used.has(index)) continue;
    findings.push(
      ...fromNoun(scene, index, parties, discourse, vocabulary, day).filter(
        (finding) => !findings.some((other) => clashes(other, finding)),
      ),
    );
  }
  return { findings, subjects };
}

/** "took effect", "came into force", "was announced", "was approved" say of a happening in their subject that it came about. */
function bears(clause: Clause): boolean {
  const { verb } = clause;
  if (verb.passive)
    return /^(?:announce|approve|complete|confirm|finalise|finalize|conclude|unveil|clear)$/.test(verb.lemma);
  return /^(?:take|come|enter|go|begin|start|become|kick|apply)$/.test(verb.lemma);
}

/** The event nouns at the head of such a verb's subject. */
function borneNoun(
  scene: Scene,
  clause: Clause,
  parties: ReadonlyMap<Clause, Party>,
  discourse: Discourse,
  vocabulary: Vocabulary,
  day: string,
): Finding[] {
  if (!bears(clause) || clause.subject === null || clause.link === 'relative' || clause.link === 'reduced') return [];
  const [head] = headsOf(scene, headPart(scene, clause.subject));
  return head === undefined ? [] : fromNoun(scene, head, parties, discourse, vocabulary, day);
}

const clashes = (a: Finding, b: Finding): boolean =>
  a.kind.id === b.kind.id &&
  a.span.first < b.span.last &&
  b.span.first < a.span.last &&
  a.amount?.start === b.amount?.start;

function subjectOf(scene: Scene, clause: Clause, parties: ReadonlyMap<Clause, Party>, discourse: Discourse): Party {
  if (clause.subject === null) return (clause.subjectFrom ? parties.get(clause.subjectFrom) : null) ?? EMPTY;
  const governed = clause.governor
    ? (parties.get(clause.governor)?.entities ?? [])
    : earlierSubject(scene, clause, parties);
  return partyOf(scene, headPart(scene, clause.subject), discourse, governed);
}

/** "As Acme grew, it …": the one organisation that acts in a clause before. */
function earlierSubject(scene: Scene, clause: Clause, parties: ReadonlyMap<Clause, Party>): readonly KnownEntity[] {
  const before = scene.clauses.findLast(
    (other) => other.link === 'subordinate' && other.verb.first < clause.verb.first && parties.has(other),
  );
  const entities = before ? (parties.get(before)?.entities ?? []) : [];
  return entities.length === 1 && entities.every(({ type }) => type !== 'person' && type !== 'product') ? entities : [];
}

/** "Acme, a maker of chips, said": the part before the apposition names the subject. */
function headPart(scene: Scene, span: Span): Span {
  let { first } = span;
  for (let guard = 0; guard < 6; guard += 1) {
    const token = scene.tokens[first];
    const date = scene.dates.find(
      (item) => item.first === first || (item.first === first + 1 && token?.tag === 'prep'),
    );
    if (date && date.last < span.last) first = date.last;
    else if (token && first < span.last && (token.tag === 'conj' || token.tag === 'adv' || /^["“‘,]$/.test(token.text)))
      first += 1;
    else break;
  }
  return { first, last: span.last };
}

interface Pieces {
  /** The object noun phrase of an active verb, the subject of a passive one. */
  readonly object: Span;
  /** From the verb to the end of the clause. */
  readonly rest: Span;
  /** Behind a comma or "as": says what the object is. */
  readonly apposition: Span;
  readonly agent: Party;
}

function piecesOf(scene: Scene, clause: Clause, after: number, subject: Party, discourse: Discourse): Pieces {
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

/** "were found by the court to be unfit and will be listed": a passive without a subject shares the one of the passive before it. */
const passiveBefore = (scene: Scene, clause: Clause): Clause | undefined =>
  clause.link === 'coordinate'
    ? scene.clauses.findLast(({ verb, subject }) => verb.passive && subject !== null && verb.first < clause.verb.first)
    : undefined;

function inheritedSubject(clause: Clause): Span | null {
  for (let at = clause.subjectFrom, depth = 0; at && depth < 6; at = at.subjectFrom, depth += 1)
    if (at.subject) return at.subject;
  return null;
}

function byPhrase(scene: Scene, from: number, to: number): Span | null {
  for (let index = from; index < to; index += 1) {
    if (!isWord(scene.tokens[index], 'by') || scene.dates.some(({ first, last }) => first <= index && index < last))
      continue;
    return { first: index + 1, last: Math.max(index + 1, nounPhraseEnd(scene, index + 1, to)) };
  }
  return null;
}

const entitiesIn = (scene: Scene, span: Span, all = false): KnownEntity[] =>
  unique(
    scene.mentions
      .filter(
        (mention) =>
          mention.first >= span.first &&
          mention.last <= span.last &&
          mention.role !== 'demonym' &&
          (all || !(mention.last < span.last && situates(scene, mention))),
      )
      .map(({ entity }) => entity),
  );

function unique(entities: readonly KnownEntity[]): KnownEntity[] {
  return entities.filter((entity, index) => entities.findIndex(({ id }) => id === entity.id) === index);
}

interface Scored {
  readonly kind: Kind;
  readonly rule: KindRule;
  readonly score: number;
  readonly pieces: Pieces;
  readonly words: string[];
  readonly status: Status;
  readonly objectWords: string[];
}

function fromVerb(
  scene: Scene,
  clause: Clause,
  subject: Party,
  modality: Modality,
  discourse: Discourse,
  vocabulary: Vocabulary,
  day: string,
): Finding[] {
  const { sentence } = scene;
  const { verb } = clause;
  const rules = vocabulary.verbRules.get(verb.lemma);
  if (!rules || insideQuote(scene, verb.head)) return [];
  // "failed to raise" tells what did not happen.
  if (
    FAILING.has(verb.lemma) &&
    scene.clauses.some((other) => other.link === 'infinitive' && other.governor === clause)
  )
    return [];
  const headline = sentence.form === 'headline' || sentence.titleCase;
  let best: Scored | null = null;
  for (const { kind, rule, rest: particles } of rules) {
    if (!particlesFollow(scene, verb.last, particles)) continue;
    const pieces = piecesOf(scene, clause, particlesEnd(scene, verb.last, particles), subject, discourse);
    const status = statusOf(modality, rule, kind, headline, subject, clause, scene, pieces, day);
    if (status === null) continue;
    const scored = scoreRule(scene, clause, rule, kind, pieces, status, modality, day);
    if (scored && (best === null || scored.score > best.score)) best = scored;
  }
  if (best === null) return [];
  const chosen = best;
  const parts = chosen.rule.figures ? [chosen.pieces.object] : conjuncts(scene, chosen.pieces.object, chosen.rule);
  return parts.flatMap((object, order) => {
    const finding = build(scene, clause, chosen, object, parts.length > 1, order, day);
    return finding ? [finding] : [];
  });
}

function particlesFollow(scene: Scene, at: number, particles: readonly string[]): boolean {
  if (particles.length === 0) return true;
  return (
    particles.every((word, offset) => scene.tokens[at + offset]?.lower === word) ||
    (particles.length === 1 && particleLater(scene, at, particles[0] ?? '') !== null)
  );
}

/** "rolled the service out" */
function particleLater(scene: Scene, at: number, particle: string): number | null {
  for (let index = at; index < Math.min(scene.tokens.length, at + 6); index += 1) {
    const token = scene.tokens[index];
    if (!token || token.tag === 'verb' || token.tag === 'punct') return null;
    if (token.lower === particle) return index;
  }
  return null;
}

const particlesEnd = (scene: Scene, at: number, particles: readonly string[]): number =>
  particles.every((word, offset) => scene.tokens[at + offset]?.lower === word) ? at + particles.length : at;

/** Inside a quotation that has a verb of its own somebody speaks; a quoted phrase ("pledged “billions”") does not matter. */
function insideQuote(scene: Scene, place: number): boolean {
  let open = -1;
  for (let index = 0; index < scene.tokens.length; index += 1) {
    const text = scene.tokens[index]?.text;
    if (text === '“' || (text === '"' && open < 0)) open = index;
    else if ((text === '”' || text === '"') && open >= 0) {
      if (open < place && place < index) return index - open > 6;
      open = -1;
    }
  }
  return open >= 0 && open < place && scene.tokens.length - open > 6;
}

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

/** "a proposed rule", "a draft law" */
const proposed = (scene: Scene, object: Span): boolean =>
  scene.tokens.slice(object.first, object.last).some((token) => isWord(token, 'proposed', 'draft'));

/** The status of an event of this rule, or null when such a sentence tells of none. */
function statusOf(
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
    if (OPEN_ENDED.has(clause.verb.lemma) || rule.figures) return null;
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
  if (modality.habit && !headline) {
    // A bare present tells of habits, unless one named actor does one definite thing.
    if (rule.figures && clause.verb.lemma !== 'see') return subject.plural ? null : 'occurred';
    if (clause.verb.passive || clause.verb.habitual || subject.entities.length === 0 || subject.plural) return null;
    const object = pieces.object;
    const definite =
      scene.amounts.some(({ first }) => first >= object.first && first < clause.end) ||
      scene.dates.some(({ first }) => first >= clause.start && first < clause.end) ||
      (/^(?:a|an|new|first)$/.test(scene.tokens[object.first]?.lower ?? '') &&
        rule.object !== null &&
        !rule.object.any);
    return definite && !scene.sentence.label ? 'occurred' : null;
  }
  if (modality.status === 'planned') {
    if (rule.commitment) return 'occurred';
    if (rule.figures) return modality.foreseen ? 'forecast' : null;
    return 'planned';
  }
  if (modality.status === 'occurred' && kind.id === 'regulation' && proposed(scene, pieces.object)) return 'planned';
  if (modality.committed && !rule.figures) return 'occurred';
  return modality.predicted && rule.figures ? 'forecast' : modality.status;
}

function scoreRule(
  scene: Scene,
  clause: Clause,
  rule: KindRule,
  kind: Kind,
  pieces: Pieces,
  status: Status,
  modality: Modality,
  day: string,
): Scored | null {
  let score = rule.priority;
  const words: string[] = [];
  const objectWords: string[] = [];
  const passive = clause.verb.passive || (clause.link === 'reduced' && clause.linkWord === 'ed');
  const subjectSpan = clause.subject ?? inheritedSubject(clause) ?? { first: clause.start, last: clause.verb.first };
  if (rule.object) {
    const heads = headsOf(scene, pieces.object);
    const inObject = matchTerms(scene, rule.object, pieces.object, heads);
    const behind = matchTerms(scene, rule.object, pieces.apposition, headsOf(scene, pieces.apposition));
    // "announced Project Falcon, a plan to …": what stands behind the comma says what the name is.
    const named =
      inObject.score === 0 &&
      scene.mentions.some(
        ({ first, role }) => role === 'name' && first >= pieces.object.first && first < pieces.object.last,
      );
    const value =
      inObject.score > 0
        ? Math.max(inObject.score, behind.score > 0 ? inObject.score + 0.25 : 0)
        : Math.min(behind.score, named ? 2 : 1.25);
    if (value === 0) return null;
    if (rule.needs.some((need) => need.includes('head')) && Math.max(inObject.score, named ? behind.score : 0) < 2.5)
      return null;
    if (rule.needs.some((need) => need.includes('named-head')) && inObject.score < 1.75) return null;
    score += value;
    objectWords.push(...(inObject.score > 0 ? inObject.words : behind.words));
  }
  if (rule.subject && !passive) {
    const agentNamed =
      pieces.agent.entities.some(
        ({ type }) => rule.subject?.types.has(type) || (type === 'other' && rule.subject?.types.has('company')),
      ) ||
      (rule.subject.named && pieces.agent.entities.length > 0);
    const span = pieces.agent.span.last > pieces.agent.span.first ? pieces.agent.span : subjectSpan;
    const inSubject = matchTerms(scene, rule.subject, span, headsOf(scene, span));
    if (!agentNamed && inSubject.score < (rule.subject.any ? 0.5 : 1.25)) return null;
    score += 0.5;
  } else if (rule.subject && passive) {
    if (rule.object === null) {
      const inSubject = matchTerms(scene, rule.subject, pieces.object, headsOf(scene, pieces.object));
      if (inSubject.score === 0) return null;
    } else if (
      pieces.agent.entities.length > 0 &&
      !pieces.agent.entities.some(({ type }) => rule.subject?.types.has(type) || rule.subject?.named)
    )
      return null;
  }
  if (rule.complement) {
    const complement = matchTerms(
      scene,
      rule.complement,
      { first: pieces.rest.first, last: Math.max(pieces.rest.last, nextEnd(scene, clause)) },
      [],
    );
    const inSubject = passive ? matchTerms(scene, rule.complement, pieces.object, []) : { score: 0, words: [] };
    if (complement.score === 0 && inSubject.score === 0) return null;
    score += 1;
    words.push(...complement.words, ...inSubject.words);
  }
  const whole = passive ? [pieces.object, pieces.rest] : [pieces.rest, clause.object ?? { first: 0, last: 0 }];
  // Words anywhere speak against a rule, a sort of entity only as the thing itself: "Ghent's Lumisphere" is no place.
  if (whole.some((span) => matchTerms(scene, { ...rule.not, types: new Set() }, span, []).score > 0)) return null;
  if (
    matchTerms(
      scene,
      { ...rule.not, phrases: new Map(), exact: new Map() },
      pieces.object,
      headsOf(scene, pieces.object),
    ).score >= 2.5
  )
    return null;
  const actor =
    pieces.agent.span.last > pieces.agent.span.first ? pieces.agent.span : passive ? pieces.agent.span : subjectSpan;
  if (matchTerms(scene, { ...rule.notSubject, types: new Set() }, actor, headsOf(scene, actor)).score >= 3) return null;
  if (pieces.agent.entities.length > 0 && pieces.agent.entities.every(({ type }) => rule.notSubject.types.has(type)))
    return null;
  for (const alternatives of rule.needs) {
    if (
      !alternatives.some(
        (need) =>
          need === 'head' || need === 'named-head' || needMet(scene, clause, need, pieces, modality, status, rule, day),
      )
    )
      return null;
  }
  return { kind, rule, score, pieces, words, status, objectWords };
}

function needMet(
  scene: Scene,
  clause: Clause,
  need: string,
  pieces: Pieces,
  modality: Modality,
  status: Status,
  rule: KindRule,
  day: string,
): boolean {
  const span = { first: Math.min(clause.verb.first, pieces.object.first), last: clause.end };
  switch (need) {
    case 'amount':
      return scene.amounts.some(({ first }) => first >= span.first && first < span.last);
    case 'round':
      return /\b(?:round|series [a-h]|seed|pre-seed|financing|(?:funding|investment|backing|capital|money) (?:from|led))\b/i.test(
        textOf(scene, span),
      );
    case 'figure':
      return figureIn(scene, { first: Math.min(span.first, pieces.rest.first), last: clause.end });
    case 'date':
      return (
        bindDate(scene, clause, { first: clause.verb.first, last: clause.verb.last }, status, day, {
          figures: rule.figures,
          narrow: false,
        }) !== null
      );
    case 'by-date':
      return scene.dates.some(
        (date) =>
          date.first >= clause.start &&
          date.first < Math.max(clause.end, nextEnd(scene, clause)) &&
          (isBound(date) || (date.upper !== null && date.upper > day)),
      );
    case 'agent':
      return pieces.agent.entities.length > 0 || pieces.agent.head !== '';
    case 'named-agent':
      return pieces.agent.entities.length > 0;
    case 'patient':
      return pieces.object.last > pieces.object.first;
    case 'named-patient':
      return entitiesIn(scene, { first: pieces.object.first, last: clause.end }).length > 0;
    case 'named':
      return pieces.agent.entities.length > 0 || entitiesIn(scene, span).length > 0;
    case 'vow':
      return modality.committed;
    case 'ahead':
      return modality.status === 'planned' || modality.committed;
    case 'perfect':
      return clause.verb.tense === 'perfect';
    case 'past':
      return clause.verb.tense === 'past' || clause.verb.tense === 'participle' || modality.hedged;
    case 'passive':
      return clause.verb.passive || (clause.link === 'reduced' && clause.linkWord === 'ed');
    case 'law-subject':
      return lawLike(scene, pieces.agent, clause);
    default:
      return false;
  }
}

/** The end of what hangs on a clause as an infinitive: "aims to become a hub by 2030". */
function nextEnd(scene: Scene, clause: Clause): number {
  const below = scene.clauses.find(
    (other) =>
      other.governor === clause &&
      (other.link === 'infinitive' || other.link === 'complement' || other.link === 'gerund'),
  );
  return below ? below.end : clause.end;
}

const LAW =
  /\b(?:laws?|acts?|regulations?|rules?|bills?|directives?|decrees?|orders?|requirements?|restrictions?|controls?|ban|bans|tariffs?|duties|tax|taxes|obligations?|measures?|standards?|provisions?|guidelines?|prohibitions?|framework|treaty|convention|code|ordinance|legislation|mandate|levy|curbs|sanctions|amendments?|policy|gdpr|moratorium)\b/i;

function lawLike(scene: Scene, agent: Party, clause: Clause): boolean {
  const span = clause.subject ?? agent.span;
  if (agent.pronoun) return LAW.test(textOf(scene, { first: 0, last: scene.tokens.length }));
  return LAW.test(textOf(scene, span)) || (agent.span.last > agent.span.first && LAW.test(textOf(scene, agent.span)));
}

export function textOf(scene: Scene, span: Span): string {
  const { tokens } = scene;
  let text = '';
  for (let index = span.first; index < span.last; index += 1) {
    const token = tokens[index];
    if (!token) break;
    text += index > span.first && token.start > (tokens[index - 1]?.end ?? token.start) ? ` ${token.text}` : token.text;
  }
  return text;
}

/** "a $2bn fund and a $3bn fund" are two; "Acme and Bolt" is one object. */
function conjuncts(scene: Scene, object: Span, rule: KindRule): Span[] {
  const { tokens } = scene;
  const inAmounts = scene.amounts.filter(({ first, last }) => first >= object.first && last <= object.last);
  if (inAmounts.length < 2) return [object];
  const cuts: number[] = [];
  for (let index = object.first + 1; index < object.last; index += 1) {
    const next = tokens[index + 1];
    if (
      isWord(tokens[index], 'and') &&
      next &&
      (next.tag === 'det' ||
        next.tag === 'cur' ||
        next.tag === 'num' ||
        scene.mentions.some(({ first }) => first === index + 1))
    )
      cuts.push(index);
  }
  const spans = [object.first, ...cuts.map((cut) => cut + 1)].map((first, order) => ({
    first,
    last: cuts[order] ?? object.last,
  }));
  const whole = spans.every(
    (span) =>
      scene.amounts.some(({ first, last }) => first >= span.first && last <= span.last) &&
      (!rule.object || matchTerms(scene, rule.of ?? rule.object, span, headsOf(scene, span)).score > 0),
  );
  return spans.length > 1 && whole ? spans : [object];
}

function build(
  scene: Scene,
  clause: Clause,
  chosen: Scored,
  object: Span,
  several: boolean,
  order: number,
  day: string,
): Finding | null {
  const { rule, kind, pieces, status } = chosen;
  const trigger = { first: clause.verb.first, last: clause.verb.last };
  const passive = clause.verb.passive || (clause.link === 'reduced' && clause.linkWord === 'ed');
  const date = bindDate(scene, clause, trigger, status, day, { figures: rule.figures, narrow: false });
  const bound = date ?? (rule.planned ? boundBelow(scene, clause, day) : null);
  // "Acme's $5 million round, announced in May": whose it is did it.
  const possessors =
    passive && pieces.agent.entities.length === 0 && /^(?:money|release|science|price)$/.test(kind.family)
      ? unique(
          scene.mentions
            .filter(
              ({ first, last, role }) =>
                role !== 'demonym' && first >= object.first && last < object.last && scene.tokens[last]?.tag === 'poss',
            )
            .map(({ entity }) => entity),
        )
      : [];
  const agents = possessors.length > 0 ? possessors : pieces.agent.entities;
  const own = entitiesIn(scene, {
    first: object.first,
    last: Math.max(object.last, passive || several ? object.last : pieces.apposition.last),
  });
  const withPhrase = partnersIn(scene, pieces.rest);
  const patients = own.filter(({ id }) => !agents.some((agent) => agent.id === id));
  const inClause = entitiesIn(scene, { first: Math.min(clause.start, object.first), last: clause.end });
  const partners = rule.patient === 'partner' ? unique([...withPhrase, ...patients, ...(passive ? [] : inClause)]) : [];
  const amount = several ? amountOf(scene, object) : verbAmount(scene, clause, object, clause.end);
  const finalStatus: Status =
    rule.figures && bound && status === 'occurred' && !fits(bound, 'occurred', day)
      ? 'forecast'
      : rule.figures && status === 'planned'
        ? 'forecast'
        : status;
  if (rule.figures && bound && finalStatus === 'occurred' && !fits(bound, 'occurred', day)) return null;
  if (agents.length === 0 && patients.length === 0 && partners.length === 0 && amount === null && bound === null)
    return null;
  if (bound === null && amount === null && vagueCount(scene, object)) return null;
  if (
    !rule.figures &&
    agents.length === 0 &&
    patients.length === 0 &&
    amount === null &&
    (passive
      ? bound === null && !rule.planned
      : vague(pieces) &&
        (bound === null ||
          pieces.agent.pronoun ||
          COMPANY_NOUNS.has(pieces.agent.head) ||
          PERSON_NOUNS.has(pieces.agent.head)))
  )
    return null;
  const first = several && order > 0 ? object.first : spanStart(clause, passive, object);
  const last =
    several && order === 0 ? object.last : rule.planned ? Math.max(clause.end, nextEnd(scene, clause)) : clause.end;
  const span = { first, last: Math.max(last, bound && bound.first >= first && !several ? bound.last : last) };
  return {
    kind,
    rule,
    form: 'verb',
    status: finalStatus,
    hedged: /\b(?:reportedly|allegedly|claims? to|claimed)\b/i.test(
      textOf(scene, { first: clause.start, last: clause.verb.last }),
    ),
    scene,
    clause,
    span,
    trigger,
    core: {
      first: Math.min(trigger.first, object.last > object.first ? object.first : trigger.first),
      last: Math.max(trigger.last, object.last),
    },
    agents,
    patients: rule.patient === 'patient' ? patients : [],
    partners: partners.filter(({ id }) => !agents.some((agent) => agent.id === id)),
    others: entitiesIn(scene, { first: Math.min(clause.start, object.first), last: clause.end }, true),
    objectHead: scene.tokens[headsOf(scene, object)[0] ?? -1]?.lemma ?? '',
    objectNames: [
      ...headsOf(scene, pieces.apposition).map((index) => scene.tokens[index]?.lemma ?? ''),
      ...patients.map(({ what }) => what ?? ''),
    ].filter((name) => name !== ''),
    amount,
    date: bound,
    words: [scene.tokens[clause.verb.head]?.lower ?? '', ...chosen.objectWords, ...chosen.words],
    agentText: passive || agents.length === 0 ? null : agentText(scene, pieces.agent),
  };
}

/** The subject in the text's words, or the names that its pronoun or description stands for. */
function agentText(scene: Scene, party: Party): string {
  const own = textOf(scene, party.span);
  const names = party.entities.map(({ name }) => name);
  const described =
    party.pronoun || !scene.mentions.some(({ first, last }) => first >= party.span.first && last <= party.span.last);
  return described || own.length > 70 ? names.join(' and ') : own;
}

/** "numerous policies", "several products": an undated number of things is no event. */
const vagueCount = (scene: Scene, object: Span): boolean =>
  /^(?:numerous|several|many|various|some|countless|different|such|multiple|more)$/.test(
    scene.tokens[object.first]?.lower ?? '',
  ) && !isWord(scene.tokens[object.first + 1], 'than');

/** Only plural or indefinite nobodies on both sides: "startups are raising money". */
const vague = (pieces: Pieces): boolean =>
  pieces.agent.entities.length === 0 && (pieces.agent.plural || pieces.agent.head === '' || pieces.agent.pronoun);

function boundBelow(scene: Scene, clause: Clause, day: string): Scene['dates'][number] | null {
  const end = Math.max(clause.end, nextEnd(scene, clause));
  return (
    scene.dates.find((date) => date.first >= clause.start && date.first < end && fits(date, 'planned', day)) ?? null
  );
}

function partnersIn(scene: Scene, rest: Span): KnownEntity[] {
  const found: KnownEntity[] = [];
  for (let index = rest.first; index < rest.last; index += 1) {
    if (!isWord(scene.tokens[index], 'with', 'between', 'alongside', 'from', 'to')) continue;
    found.push(
      ...entitiesIn(scene, { first: index + 1, last: nounPhraseEnd(scene, index + 1, rest.last) }).filter(
        ({ type }) => type !== 'product' && type !== 'place',
      ),
    );
  }
  return found;
}

function amountOf(scene: Scene, span: Span): Scene['amounts'][number] | null {
  return scene.amounts.find(({ first }) => first >= span.first && first < span.last) ?? null;
}

/** The amount of a verb: in its object, else behind it up to where another happening begins, else in what a participle adds. */
function verbAmount(scene: Scene, clause: Clause, object: Span, end: number): Scene['amounts'][number] | null {
  const inObject = amountOf(scene, object);
  if (inObject) return inObject;
  let stop = clause.verb.last;
  while (
    stop < end &&
    !isWord(
      scene.tokens[stop],
      'following',
      'after',
      'amid',
      'since',
      'despite',
      'than',
      'before',
      'compared',
      'against',
    )
  )
    stop += 1;
  const behind = amountOf(scene, { first: Math.min(object.first, clause.verb.first), last: stop });
  if (behind) return behind;
  return (
    scene.amounts.find(({ first }) => {
      const around = clauseAt(scene, first);
      for (let at = around, depth = 0; at && depth < 4; at = at.governor, depth += 1) {
        if (at === clause) return first > clause.verb.last && first >= end;
        if (at.link !== 'participle' && at.link !== 'reduced') return false;
      }
      return false;
    }) ?? null
  );
}

function spanStart(clause: Clause, passive: boolean, object: Span): number {
  if (clause.subject && clause.link !== 'relative')
    return Math.min(clause.subject.first, passive ? object.first : clause.subject.first);
  if (clause.subject) return clause.subject.first;
  if (clause.link === 'infinitive' && clause.governor)
    return clause.governor.subject && clause.governor.link !== 'relative'
      ? clause.governor.subject.first
      : clause.governor.verb.first;
  return clause.verb.first;
}

/** The place of a noun with rules that is the object of a verb which only carries it ("announced the acquisition"). */
function lightNoun(scene: Scene, clause: Clause, vocabulary: Vocabulary): number | null {
  if (!LIGHT.has(clause.verb.lemma) || clause.verb.passive) return null;
  const end = nounPhraseEnd(scene, clause.verb.last, clause.end);
  for (let index = clause.verb.last; index < end; index += 1) {
    const token = scene.tokens[index];
    if (
      token?.tag === 'noun' &&
      (vocabulary.nounRules.get(token.lemma) ?? []).length > 0 &&
      nounMatches(scene, index, vocabulary).length > 0
    )
      return index;
  }
  return null;
}

function nounMatches(scene: Scene, index: number, vocabulary: Vocabulary) {
  const token = scene.tokens[index];
  if (
    !token ||
    token.tag !== 'noun' ||
    scene.mentions.some(({ first, last, role }) => role !== 'demonym' && first <= index && index < last)
  )
    return [];
  const rules = (vocabulary.nounRules.get(token.lemma) ?? []).filter(({ words }) =>
    words.every((word, offset) => scene.tokens[index - words.length + 1 + offset]?.lemma === word),
  );
  const longest = Math.max(0, ...rules.map(({ words }) => words.length));
  return rules.filter(({ words }) => words.length === longest);
}

interface NounParts {
  readonly phrase: Span;
  readonly agents: KnownEntity[];
  readonly complement: Span;
  readonly patients: KnownEntity[];
  readonly partners: KnownEntity[];
}

function fromNoun(
  scene: Scene,
  index: number,
  parties: ReadonlyMap<Clause, Party>,
  discourse: Discourse,
  vocabulary: Vocabulary,
  day: string,
): Finding[] {
  const matches = nounMatches(scene, index, vocabulary);
  if (matches.length === 0 || insideQuote(scene, index)) return [];
  const clause = clauseAt(scene, index) ?? scene.clauses.find(({ verb }) => verb.first > index) ?? null;
  const ruling = nounModality(scene, index, clause);
  if (ruling === null) return [];
  const carried =
    clause !== null &&
    index >= clause.verb.last &&
    index < clause.end &&
    LIGHT.has(clause.verb.lemma) &&
    index - clause.verb.last < 14;
  const subject = clause && carried ? (parties.get(clause) ?? EMPTY) : EMPTY;
  for (const { kind, rule, words } of matches) {
    const parts = nounParts(scene, index - words.length + 1, index, clause, subject, parties, discourse);
    const heads = headsOf(scene, parts.complement);
    const of = rule.of ? matchTerms(scene, rule.of, parts.complement, heads) : { score: 1, words: [] };
    const before =
      rule.of && of.score === 0
        ? matchTerms(scene, rule.of, { first: parts.phrase.first, last: index }, [])
        : { score: 0, words: [] };
    if (rule.of && of.score < 1.25 && before.score === 0) continue;
    if (matchTerms(scene, rule.not, { first: parts.phrase.first, last: parts.complement.last }, []).score > 0) continue;
    const token = scene.tokens[index];
    const pronominal = POSSESSIVES.has(scene.tokens[parts.phrase.first]?.lower ?? '') && !carried;
    if (
      token &&
      token.lower !== token.lemma &&
      (parts.agents.length === 0 || pronominal) &&
      !scene.dates.some(({ first, last }) => first >= parts.phrase.first && last <= index)
    )
      continue;
    const status: Status = rule.planned ? 'planned' : ruling.status;
    const spans = rule.of ? conjuncts(scene, parts.complement, rule) : [parts.complement];
    const anchor = { first: parts.phrase.first, last: Math.max(parts.complement.last, index + 1) };
    const inner =
      scene.dates.find(({ first, last }) => first >= parts.phrase.first && last <= index && last - first === 1) ?? null;
    const date =
      inner && rule.nounNeeds.some((needs) => needs.includes('inner-date'))
        ? inner
        : bindDate(
            scene,
            isWord(scene.tokens[parts.phrase.first - 1], 'following', 'after', 'amid', 'since', 'despite', 'before')
              ? null
              : clause,
            anchor,
            status,
            day,
            { figures: false, narrow: !carried && !ruling.predicate },
          );
    const bound = rule.planned
      ? (scene.dates.find(
          (item) =>
            item.first > index &&
            item.first < Math.max(parts.complement.last + 14, index + 16) &&
            (isBound(item) || (item.upper ?? '') > day),
        ) ?? null)
      : date;
    const amountIn = (span: Span): Scene['amounts'][number] | null => amountOf(scene, span);
    const met = rule.nounNeeds.every((needs) =>
      needs.some((need) => {
        switch (need) {
          case 'agent':
            return parts.agents.length > 0;
          case 'patient':
            return parts.patients.length > 0 || (parts.complement.last > parts.complement.first && kind.id === 'ban');
          case 'partner':
            return parts.partners.length > 0;
          case 'amount':
            return amountIn(anchor) !== null;
          case 'date':
            return bound !== null;
          case 'by-date':
            return bound !== null;
          case 'inner-date':
            return (
              inner !== null &&
              inner.precision !== 'decade' &&
              isWord(scene.tokens[parts.phrase.first], 'the', 'its', 'their')
            );
          default:
            return false;
        }
      }),
    );
    if (!met) continue;
    const government =
      rule.state && discourse.government?.paragraph === scene.sentence.paragraph ? [discourse.government.entity] : [];
    const agents = parts.agents.length > 0 ? parts.agents : government;
    const findings = spans.map((span, order): Finding => {
      const own = spans.length > 1 ? entitiesIn(scene, span) : parts.patients;
      const extent =
        spans.length > 1 && order > 0
          ? span
          : {
              first: carried && clause ? spanStart(clause, false, span) : parts.phrase.first,
              last: Math.max(
                spans.length > 1
                  ? span.last
                  : Math.max(
                      parts.complement.last,
                      bound && bound.first < parts.complement.last + 10 && bound.last > parts.complement.last
                        ? bound.last
                        : 0,
                    ),
                index + 1,
              ),
            };
      return {
        kind,
        rule,
        form: 'noun',
        status,
        hedged: false,
        scene,
        clause,
        span: extent,
        trigger: { first: index, last: index + 1 },
        core: { first: index, last: Math.max(index + 1, span.last) },
        agents,
        patients: rule.patient === 'patient' ? own : [],
        partners: rule.patient === 'partner' ? unique([...parts.partners, ...own]) : parts.partners,
        others: entitiesIn(scene, extent, true),
        objectHead: scene.tokens[headsOf(scene, span)[0] ?? -1]?.lemma ?? '',
        objectNames: own.map(({ what }) => what ?? '').filter((name) => name !== ''),
        amount: amountIn(spans.length > 1 ? span : anchor),
        date: bound,
        words: [...words, ...of.words, ...before.words],
        agentText: carried && subject.entities.length > 0 ? agentText(scene, subject) : null,
      };
    });
    return findings.filter(
      (finding) =>
        finding.agents.length + finding.patients.length + finding.partners.length > 0 ||
        finding.amount !== null ||
        finding.date !== null,
    );
  }
  return [];
}

/** Is the happening that a noun names real, planned, or only talked of? The verb that carries it or that it is the subject of decides. */
function nounModality(
  scene: Scene,
  index: number,
  clause: Clause | null,
): { status: Status; predicate: boolean } | null {
  const { tokens } = scene;
  for (let back = index - 1; back >= Math.max(0, index - 5); back -= 1) {
    const token = tokens[back];
    if (!token || token.tag === 'verb' || token.text === ',') break;
    if (
      /^(?:potential|possible|proposed|planned|threatened|hypothetical|any|no|without|against|alleged|future|another|would-be|rumoured|rumored|looming|impending|failed|ahead|before|pending|upcoming)$/.test(
        token.lower,
      )
    ) {
      return /^(?:planned|upcoming|pending)$/.test(token.lower) ? { status: 'planned', predicate: false } : null;
    }
    if (
      token.tag === 'prep' &&
      isWord(token, 'for') &&
      /^(?:call|plan|demand|push|proposal|bid|talk|need|hope|support|request)s?$/.test(tokens[back - 1]?.lower ?? '')
    )
      return null;
  }
  if (clause === null) return { status: 'occurred', predicate: false };
  if (index >= clause.verb.last) {
    const lemma = clause.verb.lemma;
    if (UNDOING.has(lemma) || WEIGHING.has(lemma)) return null;
    const modality = judge(scene, clause);
    if (AWAITING.has(lemma)) return modality ? { status: 'planned', predicate: true } : null;
    if (!LIGHT.has(lemma))
      return clause.verb.modal !== null && clause.verb.modal !== 'will'
        ? null
        : clause.verb.negated
          ? null
          : { status: 'occurred', predicate: false };
    if (modality === null) return null;
    if (modality.progressive) return null;
    return { status: modality.status, predicate: true };
  }
  // The noun stands in the subject.
  const lemma = clause.verb.lemma;
  if (clause.verb.passive && AWAITING.has(lemma)) return { status: 'planned', predicate: true };
  if (clause.verb.passive && (UNDOING.has(lemma) || WEIGHING.has(lemma))) return null;
  if (clause.verb.modal !== null || clause.verb.negated) return null;
  if (scene.tokens[clause.start - 1]?.lower === 'if' || scene.tokens[0]?.lower === 'if') return null;
  const modality = judge(scene, clause);
  return modality && modality.status === 'planned'
    ? { status: 'planned', predicate: true }
    : {
        status: 'occurred',
        predicate: bears(clause) || /^(?:follow|happen|occur|arrive|be|hit|end)$/.test(lemma),
      };
}

function nounParts(
  scene: Scene,
  first: number,
  head: number,
  clause: Clause | null,
  subject: Party,
  parties: ReadonlyMap<Clause, Party>,
  discourse: Discourse,
): NounParts {
  const { tokens, mentions } = scene;
  let start = first;
  const agents: KnownEntity[] = [];
  const premodifiers: KnownEntity[] = [];
  while (start > 0) {
    const token = tokens[start - 1];
    if (!token || !/^(?:noun|adj|num|cur|det|poss)$/.test(token.tag) || clausesAt(scene, start - 1)) break;
    start -= 1;
    if (token.tag === 'det') break;
  }
  const possessive = tokens.slice(start, first).findIndex(({ tag }) => tag === 'poss');
  for (const mention of mentions) {
    if (mention.first < start || mention.last > first) continue;
    if (possessive >= 0 && mention.last === start + possessive) agents.push(mention.entity);
    else if (mention.role === 'demonym') {
      if (possessive < 0) agents.push(mention.entity);
    } else if (mention.entity.type === 'place') agents.push(mention.entity);
    else premodifiers.push(mention.entity);
  }
  const opening = tokens[start];
  if (opening && POSSESSIVES.has(opening.lower) && agents.length === 0) {
    const own =
      subject.entities.length > 0
        ? subject
        : clause && head >= clause.verb.last
          ? (parties.get(clause) ?? EMPTY)
          : EMPTY;
    agents.push(
      ...(own.entities.length > 0
        ? own.entities
        : partyOf(scene, { first: start, last: start + 1 }, { ...discourse }, []).entities),
    );
    if (agents.length === 0)
      agents.push(...discourse.recent.filter(({ type }) => type !== 'person' && type !== 'product').slice(-1));
  }
  let complement: Span = { first: head + 1, last: head + 1 };
  const possessors: KnownEntity[] = [];
  const partners: KnownEntity[] = [];
  const patients: KnownEntity[] = [...premodifiers];
  for (let index = head + 1, guard = 0; index < tokens.length && guard < 4; guard += 1) {
    const token = tokens[index];
    if (!token || token.tag !== 'prep') {
      if (tokens[index]?.tag === 'verb' && isWord(tokens[index + 1], 'by')) {
        index += 1;
        continue;
      }
      break;
    }
    if (scene.dates.some((date) => date.first <= index && index < date.last)) {
      index = scene.dates.find((date) => date.first <= index && index < date.last)?.last ?? index + 1;
      continue;
    }
    const end = complementEnd(scene, index + 1);
    const inside = entitiesIn(scene, { first: index + 1, last: end });
    if (token.lower === 'of') {
      possessors.push(
        ...mentions
          .filter(({ first: from, last: to }) => from > index && to < end && tokens[to]?.tag === 'poss')
          .map(({ entity }) => entity),
      );
    }
    switch (token.lower) {
      case 'by':
        agents.push(...partyOf(scene, { first: index + 1, last: end }, discourse, []).entities);
        break;
      case 'with':
      case 'between':
        partners.push(...inside.filter(({ type }) => type !== 'place' || token.lower === 'between'));
        break;
      default:
        if (complement.last === complement.first || token.lower === 'of' || token.lower === 'on') {
          if (complement.last === complement.first) complement = { first: index + 1, last: end };
          patients.push(...inside);
        }
        complement = { first: complement.first, last: end };
    }
    if (token.lower === 'by' || token.lower === 'with')
      complement = { first: complement.first, last: Math.max(complement.last, end) };
    index = end;
  }
  if (subject.entities.length > 0 && agents.length === 0) agents.push(...subject.entities);
  // "the release of Acme's model": whose model it is released it.
  if (agents.length === 0) agents.push(...possessors);
  const acting = unique(agents);
  return {
    phrase: { first: start, last: head + 1 },
    agents: acting,
    complement,
    patients: unique(patients).filter(({ id }) => !acting.some((agent) => agent.id === id)),
    partners: unique(partners).filter(({ id }) => !acting.some((agent) => agent.id === id)),
  };
}

const clausesAt = (scene: Scene, place: number): boolean =>
  scene.clauses.some(({ verb }) => verb.first <= place && place < verb.last);

/** A complement ends where the phrase does, and before "and" + another possessor: "X's ban on A and Y's ban on B". */
function complementEnd(scene: Scene, from: number): number {
  const limit = nounPhraseEnd(scene, from, scene.tokens.length);
  for (let index = from; index < limit; index += 1) {
    if (!isWord(scene.tokens[index], 'and')) continue;
    const named = scene.mentions.find(({ first }) => first === index + 1);
    if (named && scene.tokens[named.last]?.tag === 'poss') return index;
    if (
      scene.tokens[index + 1]?.tag === 'det' &&
      scene.tokens[index + 2]?.tag === 'noun' &&
      isWord(scene.tokens[index + 3], 'of', 'on')
    )
      return index;
  }
  return limit;
}
