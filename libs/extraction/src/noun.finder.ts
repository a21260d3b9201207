import type { Status } from '@themeline/contracts';
import type { KnownEntity, Vocabulary } from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
import { bindDate, clauseAt, fits, isBound } from './date.binder';
import { AWAITING, LIGHT, POSSESSIVES, UNDOING, WEIGHING } from './english.lexicon';
import {
  EMPTY,
  headPart,
  entitiesIn,
  unique,
  insideQuote,
  conjuncts,
  agentText,
  amountOf,
  spanStart,
  type Finding,
} from './event.finding';
import { judge } from './modality.judge';
import {
  headsOf,
  matchTerms,
  NO_MATCH,
  nounPhraseEnd,
  partyOf,
  type Discourse,
  type Party,
  type Scene,
  type Span,
} from './scene.reader';
import { isWord } from './token.tagger';

/** The place of a noun with rules that is the object of a verb which only carries it ("announced the acquisition"). */
export function lightNoun(scene: Scene, clause: Clause, vocabulary: Vocabulary): number | null {
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
  // Asked of every word: hardly any is a noun that a rule ends with.
  const token = scene.tokens[index];
  const listed = token?.tag === 'noun' ? vocabulary.nounRules.get(token.lemma) : undefined;
  if (
    listed === undefined ||
    scene.mentions.some(({ first, last, role }) => role !== 'demonym' && first <= index && index < last)
  )
    return [];
  const rules = listed.filter(({ words }) =>
    words.every((word, offset) => scene.tokens[index - words.length + 1 + offset]?.lemma === word),
  );
  const longest = Math.max(0, ...rules.map(({ words }) => words.length));
  return rules.filter(({ words }) => words.length === longest);
}

/** "took effect", "came into force", "was announced", "was approved" say of a happening in their subject that it came about. */
export function bears(clause: Clause): boolean {
  const { verb } = clause;
  if (verb.passive)
    return /^(?:announce|approve|complete|confirm|finalise|finalize|conclude|unveil|clear)$/.test(verb.lemma);
  return /^(?:take|come|enter|go|begin|start|become|kick|apply)$/.test(verb.lemma);
}

/** The event nouns at the head of such a verb's subject. */
export function borneNoun(
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

interface NounParts {
  readonly phrase: Span;
  readonly agents: KnownEntity[];
  readonly complement: Span;
  readonly patients: KnownEntity[];
  readonly partners: KnownEntity[];
}

export function fromNoun(
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
  const ruling = nounModality(scene, index, clause, day);
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
      rule.of && of.score === 0 ? matchTerms(scene, rule.of, { first: parts.phrase.first, last: index }, []) : NO_MATCH;
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
    const asksNear = rule.nounNeeds.some((needs) => needs.includes('near-date'));
    const date =
      inner && rule.nounNeeds.some((needs) => needs.includes('inner-date'))
        ? inner
        : asksNear
          ? nearDate(scene, index, parts, clause, status, day)
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
          case 'near-date':
            return date !== null;
          case 'tied-date':
            return scene.dates.some(({ first, lower }) => first === index + 1 && lower !== null);
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

/** "the outage on 3 May", "the closure of the plant in 2022", "last year's takeover": the date that stands with the noun; any of its sentence in "there was a fire". */
function nearDate(
  scene: Scene,
  index: number,
  { phrase, complement }: NounParts,
  clause: Clause | null,
  status: Status,
  day: string,
): Scene['dates'][number] | null {
  const exists = clause?.verb.lemma === 'be' && isWord(scene.tokens[clause.verb.first - 1], 'there');
  const near = scene.dates.find(
    ({ first, last }) =>
      (first > index && first <= index + 2) ||
      (complement.last > complement.first &&
        ((first >= complement.last && first <= complement.last + 1) || (first > index && last === complement.last))) ||
      (first >= phrase.first && last <= index) ||
      (exists && clause !== null && first > index && first < clause.end),
  );
  return near && fits(near, status, day) ? near : null;
}

/** Is the happening that a noun names real, planned, or only talked of? The verb that carries it or that it is the subject of decides. */
function nounModality(
  scene: Scene,
  index: number,
  clause: Clause | null,
  day: string,
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
  // "The ban comes into force on 1 January": the present of what is to come.
  const coming =
    modality?.habit === true &&
    bears(clause) &&
    scene.dates.some(({ first, lower }) => first >= clause.verb.last && first < clause.end && (lower ?? '') > day);
  return modality && (modality.status === 'planned' || coming)
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
      const verb = token?.tag === 'aux' ? index + 1 : index;
      if (tokens[verb]?.tag === 'verb' && isWord(tokens[verb + 1], 'by')) {
        index = verb + 1;
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
