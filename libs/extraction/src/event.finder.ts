import type { KnownEntity, Vocabulary } from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
import { EMPTY, headPart, type Finding } from './event.finding';
import { judge } from './modality.judge';
import { lightNoun, borneNoun, fromNoun } from './noun.finder';
import { partyOf, type Discourse, type Party, type Scene } from './scene.reader';
import { fromHappening, fromItem } from './happening.finder';
import { fromVerb } from './verb.finder';

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
    const found = fromNoun(scene, index, parties, discourse, vocabulary, day);
    if (found.length === 0) continue;
    findings.push(...found.filter((finding) => !findings.some((other) => clashes(other, finding))));
  }
  for (const clause of scene.clauses) {
    if (findings.some((finding) => tellsAlready(finding, clause))) continue;
    const modality = judge(scene, clause);
    const happening = modality
      ? fromHappening(scene, clause, parties.get(clause) ?? EMPTY, modality, discourse, vocabulary, day)
      : null;
    if (happening) findings.push(happening);
  }
  if (findings.length === 0) findings.push(...fromItem(scene, discourse, vocabulary, day));
  return { findings, subjects };
}

/** A clause is told when a finding came from it, from what hangs on it, or from a noun inside it. */
const tellsAlready = (finding: Finding, clause: Clause): boolean =>
  finding.clause === clause ||
  finding.clause?.governor === clause ||
  clause.governor === finding.clause ||
  (finding.trigger.first >= clause.start && finding.trigger.first < clause.end) ||
  (finding.span.first <= clause.verb.head && clause.verb.head < finding.span.last && finding.form === 'noun');

const clashes = (a: Finding, b: Finding): boolean =>
  a.kind.id === b.kind.id &&
  // "was launched with the goal of training 2,000 by 2030": a goal is another event than what was done for it.
  a.rule.planned === b.rule.planned &&
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
