import type { Status } from '@themeline/contracts';
import {
  ANY_VERB,
  type Kind,
  type KindRule,
  type KnownEntity,
  type VerbRule,
  type Vocabulary,
} from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
import { bindDate, clauseAt, fits, isBound } from './date.binder';
import { PREDICTING, COMPANY_NOUNS, FAILING, GIVING_UP, PERSON_NOUNS } from './english.lexicon';
import {
  inheritedSubject,
  entitiesIn,
  unique,
  insideQuote,
  textOf,
  conjuncts,
  agentText,
  amountOf,
  spanStart,
  nextEnd,
  reach,
  type Finding,
} from './event.finding';
import { isDuty, type Modality } from './modality.judge';
import {
  figureIn,
  headsOf,
  matchTerms,
  NO_MATCH,
  nounPhraseEnd,
  type Discourse,
  type Party,
  type Scene,
  type Span,
} from './scene.reader';
import { statusOf } from './status.judge';
import { isWord } from './token.tagger';
import { type Pieces, piecesOf } from './verb.pieces';

interface Scored {
  readonly kind: Kind;
  readonly rule: KindRule;
  readonly score: number;
  readonly pieces: Pieces;
  readonly words: string[];
  readonly status: Status;
  readonly objectWords: string[];
}

export function fromVerb(
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
  const own = vocabulary.verbRules.get(verb.lemma) ?? [];
  const ofAny = vocabulary.verbRules.get(ANY_VERB) ?? [];
  if (insideQuote(scene, verb.head)) return [];
  // "failed to raise" tells what did not happen, unless a rule asks for just that; "stopped making" that it was given up.
  const failed =
    FAILING.has(verb.lemma) &&
    scene.clauses.some(
      (other) =>
        other.link === 'infinitive' &&
        other.linkWord === null &&
        other.governor === clause &&
        !(other.verb.tense === 'ing' && GIVING_UP.has(verb.lemma)),
    );
  const headline = sentence.form === 'headline' || sentence.titleCase;
  const best: Scored[] = [];
  const known = new Map<number, Pieces>();
  const undated = scene.dates.length === 0;
  const active = !verb.passive && !(clause.link === 'reduced' && clause.linkWord === 'ed');
  const consider = ({ kind, rule, rest: particles }: VerbRule): void => {
    if (failed && particles[0] !== 'to') return;
    const { asks } = rule;
    if (asks.date && undated && !(rule.figures && discourse.period !== null)) return;
    if ((asks.amount && scene.amounts.length === 0) || (asks.passive && active)) return;
    if (verb.ended && !rule.needs.some((needs) => needs.includes('no-longer'))) return;
    let after = verb.last;
    if (particles.length > 0) {
      // Most rules of common verbs ask for particles that do not follow.
      after = particlesEnd(scene, verb.last, particles);
      if (after < 0) return;
    }
    // Most rules of a verb have the same particles, or none.
    let pieces = known.get(after);
    if (!pieces) known.set(after, (pieces = piecesOf(scene, clause, after, subject, discourse)));
    const status = statusOf(modality, rule, kind, headline, subject, clause, scene, pieces, day);
    if (status === null) return;
    const scored = scoreRule(scene, clause, rule, kind, pieces, status, modality, discourse, day);
    if (scored && (best.length === 0 || scored.score > (best[0]?.score ?? 0))) best[0] = scored;
  };
  for (const rule of own) consider(rule);
  for (const rule of ofAny) if (!rule.rule.planned || modality.status === 'planned') consider(rule);
  const [chosen] = best;
  if (!chosen) return [];
  const parts = chosen.rule.figures ? [chosen.pieces.object] : conjuncts(scene, chosen.pieces.object, chosen.rule);
  return parts.flatMap((object, order) => {
    const finding = build(scene, clause, chosen, object, parts.length > 1, order, discourse, day);
    return finding ? [finding] : [];
  });
}

/** Where the words behind a verb's particles begin: behind the verb itself where its one particle stands later; -1 where they do not follow. */
function particlesEnd(scene: Scene, at: number, particles: readonly string[]): number {
  for (let offset = 0; offset < particles.length; offset += 1) {
    if (scene.tokens[at + offset]?.lower === particles[offset]) continue;
    return particles.length === 1 && particleLater(scene, at, particles[0] ?? '') !== null ? at : -1;
  }
  return at + particles.length;
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

function scoreRule(
  scene: Scene,
  clause: Clause,
  rule: KindRule,
  kind: Kind,
  pieces: Pieces,
  status: Status,
  modality: Modality,
  discourse: Discourse,
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
    // "… it applies from 1 January": what the pronoun stands for is asked by `law-subject`.
    const itself = pieces.agent.pronoun && rule.needs.some((needs) => needs.includes('law-subject'));
    if (!agentNamed && !itself && inSubject.score < (rule.subject.any ? 0.5 : 1.25)) return null;
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
      { first: pieces.rest.first, last: Math.max(pieces.rest.last, complementEnd(scene, clause)) },
      [],
    );
    const inSubject = passive ? matchTerms(scene, rule.complement, pieces.object, []) : NO_MATCH;
    const fronted = clause.subject ? matchTerms(scene, rule.complement, frontedPart(scene, clause), []) : NO_MATCH;
    if (complement.score === 0 && inSubject.score === 0 && fronted.score === 0) return null;
    score += 1;
    words.push(...complement.words, ...inSubject.words, ...fronted.words);
  }
  const whole = passive ? [pieces.object, pieces.rest] : [pieces.rest, clause.object ?? { first: 0, last: 0 }];
  // Words anywhere speak against a rule, a sort of entity only as the thing itself: "Ghent's Lumisphere" is no place.
  if (whole.some((span) => matchTerms(scene, rule.not, span, [], 'words').score > 0)) return null;
  if (matchTerms(scene, rule.not, pieces.object, headsOf(scene, pieces.object), 'things').score >= 2.5) return null;
  const actor =
    pieces.agent.span.last > pieces.agent.span.first ? pieces.agent.span : passive ? pieces.agent.span : subjectSpan;
  if (matchTerms(scene, rule.notSubject, actor, headsOf(scene, actor), 'words').score >= 3) return null;
  if (pieces.agent.entities.length > 0 && pieces.agent.entities.every(({ type }) => rule.notSubject.types.has(type)))
    return null;
  for (const alternatives of rule.needs) {
    if (
      !alternatives.some(
        (need) =>
          need === 'head' ||
          need === 'named-head' ||
          needMet(scene, clause, need, pieces, modality, status, rule, discourse, day),
      )
    )
      return null;
  }
  return { kind, rule, score, pieces, words, status, objectWords };
}

/** The end of a clause's adverbials: with "tapped Acme to build …" the purpose belongs to them. */
const complementEnd = (scene: Scene, clause: Clause): number =>
  Math.max(
    nextEnd(scene, clause),
    scene.clauses.find((other) => other.governor === clause && other.link === 'purpose')?.end ?? 0,
  );

/** "In a phase 3 trial, Acme's pill …": what stands before the subject. */
const frontedPart = (scene: Scene, clause: Clause): Span => {
  const first = clause.subject?.first ?? clause.start;
  return scene.tokens[first - 1]?.text === ',' ? { first: clause.start, last: first } : { first, last: first };
};

function needMet(
  scene: Scene,
  clause: Clause,
  need: string,
  pieces: Pieces,
  modality: Modality,
  status: Status,
  rule: KindRule,
  discourse: Discourse,
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
    case 'counted':
      return COUNTED.test(textOf(scene, pieces.object));
    case 'number-of-agents':
      return COUNTED.test(textOf(scene, pieces.agent.span));
    case 'counted-agent':
      return COUNTED.test(textOf(scene, pieces.agent.span)) || figureIn(scene, pieces.agent.span);
    case 'period':
      return (dateOf(scene, clause, status, rule, day)?.precision ?? 'day') !== 'day';
    case 'figure':
      return figureIn(scene, { first: Math.min(span.first, pieces.rest.first), last: clause.end });
    case 'date':
      return (
        dateOf(scene, clause, status, rule, day) !== null ||
        periodBefore(scene, clause, status, rule, discourse) !== null
      );
    case 'by-date':
      return scene.dates.some(
        (date) =>
          date.first >= clause.start &&
          date.first < reach(scene, clause) &&
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
      return (
        pieces.agent.entities.length > 0 ||
        entitiesIn(scene, span).length > 0 ||
        (clause.subject !== null && entitiesIn(scene, clause.subject).length > 0)
      );
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
    case 'duty':
      return isDuty(clause);
    case 'export-word':
      return EXPORT.test(textOf(scene, { first: clause.start, last: clause.end }));
    case 'under-deal':
      return UNDER_DEAL.test(textOf(scene, { first: Math.min(clause.start, clause.verb.first), last: clause.end }));
    case 'expected':
      return modality.predicted || (clause.governor !== null && PREDICTING.has(clause.governor.verb.lemma));
    case 'agreed':
      return clause.governor !== null && /^(?:agree|contract|sign|undertake)$/.test(clause.governor.verb.lemma);
    case 'jointly':
      return /\b(?:jointly|together)\b/.test(textOf(scene, { first: clause.verb.first, last: clause.end }));
    case 'ongoing':
      return clause.verb.progressive && clause.verb.tense === 'perfect';
    case 'gerund':
      return scene.tokens[pieces.rest.first]?.forms.some(({ form }) => form === 'ing') === true;
    case 'no-longer':
      return clause.verb.ended;
    case 'enabled':
      return clause.verb.modal === 'can';
    case 'intransitive':
      return !clause.verb.passive && !objectFollows(scene, clause);
    case 'to-settle':
      return TO_SETTLE.test(textOf(scene, { first: clause.verb.last, last: scene.tokens.length }));
    case 'law-subject':
      return lawLike(scene, pieces.agent, clause);
    default:
      return false;
  }
}

/** "1,350 of its robots", "more than 40 machines" */
const COUNTED =
  /^(?:(?:more|fewer|less) than |a record |a total of |at least |up to |about |around |some |nearly |almost |over |just |only |roughly )?\d[\d,.]+/i;
const UNDER_DEAL =
  /\b(?:under|as part of|in) (?:an?|the|its|their|this) (?:[\w’'$€£¥.,-]+ ){0,7}(?:deal|contract|agreement|pact|accord|memorandum|licence|license|partnership|tie-up|collaboration|alliance)\b/i;
/** The date of a clause, else of what it begins or orders: "began trading on 5 June", "told schools to remove it in May". */
function dateOf(
  scene: Scene,
  clause: Clause,
  status: Status,
  rule: KindRule,
  day: string,
): Scene['dates'][number] | null {
  const bind = (owner: Clause): Scene['dates'][number] | null =>
    bindDate(scene, owner, { first: owner.verb.first, last: owner.verb.last }, status, day, {
      figures: rule.figures,
      narrow: false,
    });
  const own = bind(clause);
  if (own !== null) return own;
  const embedded = scene.clauses.find(
    ({ governor, link, linkWord }) => governor === clause && link === 'infinitive' && linkWord === null,
  );
  return embedded && (CARRYING.test(clause.verb.lemma) || clause.verb.passive) ? bind(embedded) : null;
}

/** "Revenue in the third quarter rose 8 %. Net income came in at $37 million": results without a period are those of the period told before. */
function periodBefore(
  scene: Scene,
  clause: Clause,
  status: Status,
  rule: KindRule,
  { period }: Discourse,
): Scene['dates'][number] | null {
  if (period === null || !rule.figures || status !== 'occurred' || clause.subject === null) return null;
  if (scene.sentence.paragraph - period.paragraph > FURTHEST_PERIOD) return null;
  const [head] = headsOf(scene, clause.subject);
  return RESULTS.test(scene.tokens[head ?? -1]?.lemma ?? '') ? period.date : null;
}
/** Releases tell a quarter's results over this many paragraphs without naming it again. */
const FURTHEST_PERIOD = 4;
const RESULTS =
  /^(?:revenue|sale|turnover|income|profit|loss|earnings|ebitda|ebit|margin|expense|cost|bookings|backlog|order|shipment|cash|dividend)$/;

/** Verbs whose infinitive tells the same happening. */
const CARRYING = /^(?:begin|start|finish|stop|cease|resume|complete|tell|order|instruct|direct|force|help|get)$/;

const EXPORT = /\b(?:exports?|exporting|exporters?|overseas sales?|shipments? abroad)\b/i;

/** Behind the verb, adverbs and particles left aside, stands a noun phrase that is no date. */
function objectFollows(scene: Scene, clause: Clause): boolean {
  let at = clause.verb.last;
  while (at < clause.end && /^(?:adv|neg)$/.test(scene.tokens[at]?.tag ?? '')) at += 1;
  const next = scene.tokens[at];
  if (!next || at >= clause.end || scene.dates.some(({ first, last }) => first <= at && at < last)) return false;
  return /^(?:noun|num|det|adj|pron|poss)$/.test(next.tag);
}
const TO_SETTLE =
  /\bto (?:settle|resolve|end) (?:[\w’'-]+ ){0,6}(?:lawsuits?|suits?|class[- ]actions?|cases?|claims?|charges?|probes?|investigations?|allegations?|disputes?|complaints?|litigation)\b/i;

const LAW =
  /\b(?:laws?|acts?|regulations?|rules?|bills?|directives?|decrees?|orders?|requirements?|restrictions?|controls?|ban|bans|tariffs?|duties|tax|taxes|obligations?|measures?|standards?|provisions?|guidelines?|prohibitions?|framework|treaty|convention|code|regime|licensing|licen[cs]e|permits?|agreement|accord|pact|ordinance|legislation|mandate|levy|curbs|sanctions|amendments?|policy|gdpr|moratorium)\b/i;

function lawLike(scene: Scene, agent: Party, clause: Clause): boolean {
  const span = clause.subject ?? agent.span;
  // "They will apply from 1 July": only rules do.
  const fromThen = clause.verb.lemma === 'apply' && isWord(scene.tokens[clause.verb.last], 'from', 'as');
  // "It takes effect in October."
  const comesInto =
    isWord(scene.tokens[clause.verb.last], 'effect', 'force') ||
    (isWord(scene.tokens[clause.verb.last], 'into') && isWord(scene.tokens[clause.verb.last + 1], 'effect', 'force'));
  if (agent.pronoun) return fromThen || comesInto || LAW.test(textOf(scene, { first: 0, last: scene.tokens.length }));
  return LAW.test(textOf(scene, span)) || (agent.span.last > agent.span.first && LAW.test(textOf(scene, agent.span)));
}

function build(
  scene: Scene,
  clause: Clause,
  chosen: Scored,
  object: Span,
  several: boolean,
  order: number,
  discourse: Discourse,
  day: string,
): Finding | null {
  const { rule, kind, pieces, status } = chosen;
  const trigger = { first: clause.verb.first, last: clause.verb.last };
  const passive = clause.verb.passive || (clause.link === 'reduced' && clause.linkWord === 'ed');
  const date = dateOf(scene, clause, status, rule, day);
  const bound = date ?? (rule.planned ? boundBelow(scene, clause, day) : null);
  const period = bound === null ? periodBefore(scene, clause, status, rule, discourse) : null;
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
    rule.figures &&
    bound &&
    status === 'occurred' &&
    (!fits(bound, 'occurred', day) ||
      // "For this year it forecasts sales of …": the year has begun, its figure is still a guess.
      (PREDICTING.has(clause.verb.lemma) && bound.upper !== null && bound.upper > day))
      ? 'forecast'
      : rule.figures && status === 'planned'
        ? 'forecast'
        : status;
  if (rule.figures && bound && finalStatus === 'occurred' && !fits(bound, 'occurred', day)) return null;
  if (
    agents.length === 0 &&
    patients.length === 0 &&
    partners.length === 0 &&
    amount === null &&
    bound === null &&
    period === null &&
    (inClause.length === 0 || vague(pieces)) &&
    !namesSomebody(scene, clause, kind.family)
  )
    return null;
  if (bound === null && period === null && amount === null && vagueCount(scene, object)) return null;
  if (
    !rule.figures &&
    agents.length === 0 &&
    patients.length === 0 &&
    amount === null &&
    (passive
      ? bound === null && !rule.planned && !namesSomebody(scene, clause, kind.family)
      : vague(pieces) &&
        !namesSomebody(scene, clause, kind.family) &&
        (bound === null ||
          (!rule.planned &&
            !rule.needs.some((needs) => needs.includes('law-subject')) &&
            (pieces.agent.pronoun || COMPANY_NOUNS.has(pieces.agent.head) || PERSON_NOUNS.has(pieces.agent.head)))))
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
    date: bound ?? period,
    words: [scene.tokens[clause.verb.head]?.lower ?? '', ...chosen.objectWords, ...chosen.words],
    agentText: passive || agents.length === 0 ? null : agentText(scene, pieces.agent),
  };
}

/** "numerous policies", "several products": an undated number of things is no event. */
const vagueCount = (scene: Scene, object: Span): boolean =>
  /^(?:numerous|several|many|various|some|countless|different|such|multiple|more)$/.test(
    scene.tokens[object.first]?.lower ?? '',
  ) && !isWord(scene.tokens[object.first + 1], 'than');

/** Only plural or indefinite nobodies on both sides: "startups are raising money". */
const vague = (pieces: Pieces): boolean =>
  pieces.agent.entities.length === 0 && (pieces.agent.plural || pieces.agent.head === '' || pieces.agent.pronoun);

/** "Researchers at Delft University", "a joint venture with Fortum": the subject says of whom it speaks. */
const namesSomebody = (scene: Scene, clause: Clause, family = ''): boolean =>
  clause.subject !== null &&
  entitiesIn(scene, clause.subject).some(
    // "Researchers in Hefei", "police in Seoul": where somebody works says who it is.
    ({ type }) => (type !== 'place' && type !== 'authority') || /^(?:science|harm|law)$/.test(family),
  );

function boundBelow(scene: Scene, clause: Clause, day: string): Scene['dates'][number] | null {
  const end = reach(scene, clause);
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
