import type { Status } from '@themeline/contracts';
import type { Kind, KindRule, KnownEntity } from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
import { situates, headsOf, matchTerms, type Party, type Scene, type Span } from './scene.reader';
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

export const EMPTY: Party = { entities: [], head: '', pronoun: false, plural: false, span: { first: 0, last: 0 } };

/** "Acme, a maker of chips, said": the part before the apposition names the subject. */
export function headPart(scene: Scene, span: Span): Span {
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

export function inheritedSubject(clause: Clause): Span | null {
  for (let at = clause.subjectFrom, depth = 0; at && depth < 6; at = at.subjectFrom, depth += 1)
    if (at.subject) return at.subject;
  return null;
}

export const entitiesIn = (scene: Scene, span: Span, all = false): KnownEntity[] =>
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

export function unique(entities: readonly KnownEntity[]): KnownEntity[] {
  return entities.filter((entity, index) => entities.findIndex(({ id }) => id === entity.id) === index);
}

/** Inside a quotation that has a verb of its own somebody speaks; a quoted phrase ("pledged “billions”") does not matter. */
export function insideQuote(scene: Scene, place: number): boolean {
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
export function conjuncts(scene: Scene, object: Span, rule: KindRule): Span[] {
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

/** The subject in the text's words, or the names that its pronoun or description stands for. */
export function agentText(scene: Scene, party: Party): string {
  const own = textOf(scene, party.span);
  const names = party.entities.map(({ name }) => name);
  const described =
    party.pronoun || !scene.mentions.some(({ first, last }) => first >= party.span.first && last <= party.span.last);
  return described || own.length > 70 ? names.join(' and ') : own;
}

/** The first whole sum of a span, else the first price of a share, an hour or the like. */
export function amountOf(scene: Scene, span: Span): Scene['amounts'][number] | null {
  const inSpan = scene.amounts.filter(({ first }) => first >= span.first && first < span.last);
  return inSpan.find(({ perUnit }) => !perUnit) ?? inSpan[0] ?? null;
}

export function spanStart(clause: Clause, passive: boolean, object: Span): number {
  if (clause.subject && clause.link !== 'relative')
    return Math.min(clause.subject.first, passive ? object.first : clause.subject.first);
  if (clause.subject) return clause.subject.first;
  if (clause.link === 'infinitive' && clause.governor)
    return clause.governor.subject && clause.governor.link !== 'relative'
      ? clause.governor.subject.first
      : clause.governor.verb.first;
  return clause.verb.first;
}

/** The end of what hangs on a clause as an infinitive: "aims to become a hub by 2030". */
export function nextEnd(scene: Scene, clause: Clause): number {
  const below = scene.clauses.find(
    (other) =>
      other.governor === clause &&
      (other.link === 'infinitive' || other.link === 'complement' || other.link === 'gerund'),
  );
  return below ? below.end : clause.end;
}

/** The end of a clause and of what shortened participles add to its nouns: "must have upgraded the sites concerned by the end of 2028". */
export const reach = (scene: Scene, clause: Clause): number =>
  scene.clauses.reduce(
    (end, other) => (other.governor === clause && other.link === 'reduced' ? Math.max(end, other.end) : end),
    Math.max(clause.end, nextEnd(scene, clause)),
  );

/** "a proposed rule", "a draft law" */
export const proposed = (scene: Scene, object: Span): boolean =>
  scene.tokens.slice(object.first, object.last).some((token) => isWord(token, 'proposed', 'draft'));
