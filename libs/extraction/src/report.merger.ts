import type { ExtractedReport } from '@themeline/contracts';
import type { Draft } from './report.builder';

/** One report per event: what other sentences restate goes into `mentions`. The fullest telling is kept, a sentence before a headline. */
export function mergeDrafts(drafts: readonly Draft[]): ExtractedReport[] {
  const groups: Draft[][] = [];
  // Only drafts of one kind can be the same: each is compared with the groups of its kind.
  const byKind = new Map<string, Draft[][]>();
  for (const draft of drafts) {
    const candidates = byKind.get(draft.report.kind) ?? [];
    const group = candidates.find(
      (members) =>
        members.some((member) => restates(member, draft)) && !members.some((member) => conflict(member, draft)),
    );
    if (group) group.push(draft);
    else {
      const fresh = [draft];
      groups.push(fresh);
      candidates.push(fresh);
      byKind.set(draft.report.kind, candidates);
    }
  }
  return groups.map(merge).sort((a, b) => a.evidence.start - b.evidence.start);
}

function merge(group: readonly Draft[]): ExtractedReport {
  const [best, ...others] = [...group].sort(
    (a, b) => fullness(b) - fullness(a) || a.report.evidence.start - b.report.evidence.start,
  );
  if (!best) throw new Error('a group has at least one draft');
  const report = best.report;
  const dated =
    report.date.edtf === null
      ? others.find(({ report: other }) => other.date.edtf !== null && other.status === report.status)
      : undefined;
  const amount = report.amount ?? others.find(({ report: other }) => other.amount !== null)?.report.amount ?? null;
  const entities = new Map(report.entities.map((entity) => [entity.id, entity]));
  for (const other of others)
    for (const entity of other.report.entities) if (!entities.has(entity.id)) entities.set(entity.id, entity);
  return {
    ...report,
    date: dated?.report.date ?? report.date,
    amount,
    entities: [...entities.values()],
    countries: [...new Set(group.flatMap((member) => member.report.countries))].sort(),
    themes: [...new Set(group.flatMap((member) => member.report.themes))],
    importance: Math.max(...group.map((member) => member.report.importance)),
    confidence: Math.round(Math.min(0.98, report.confidence + 0.03 * others.length) * 100) / 100,
    mentions: others
      .map(({ report: { evidence } }) => evidence)
      .filter(({ start, end }) => start !== report.evidence.start || end !== report.evidence.end),
    why: dated ? { ...report.why, dateRule: dated.report.why.dateRule } : report.why,
  };
}

function fullness({ finding, report }: Draft): number {
  return (
    (finding.scene.sentence.form === 'headline' || finding.scene.sentence.titleCase ? 0 : 4) +
    (report.date.edtf ? 2 : 0) +
    (report.amount ? 1.5 : 0) +
    (finding.form === 'verb' ? 1 : 0) +
    (finding.agents.length > 0 ? 2 : 0) +
    report.confidence
  );
}

/** Another status, another sum or another time is another event. */
function conflict(a: Draft, b: Draft): boolean {
  const [first, second] = [a.report, b.report];
  if (first.status !== second.status && !sameText(a, b)) return true;
  if (first.amount && second.amount) {
    const same = first.amount.currency === second.amount.currency;
    if (same ? differ(first.amount.value, second.amount.value) : differ(first.amount.usd, second.amount.usd))
      return true;
  }
  if (first.date.lower && second.date.upper && first.date.lower > second.date.upper) return true;
  return second.date.lower !== null && first.date.upper !== null && second.date.lower > first.date.upper;
}

/** Same actor and object: two tellings of one event, if nothing conflicts. */
function restates(a: Draft, b: Draft): boolean {
  const [first, second] = [a.report, b.report];
  if (a.finding.rule.figures)
    return (
      first.evidence.text === second.evidence.text ||
      (first.amount !== null &&
        second.amount !== null &&
        sameAgents(a, b) &&
        a.finding.objectHead === b.finding.objectHead)
    );
  const ids = (draft: Draft): Set<string> =>
    new Set([...draft.finding.patients, ...draft.finding.partners].map(({ id }) => id));
  const [left, right] = [ids(a), ids(b)];
  const overlap = [...left].some((id) => right.has(id));
  const bothAct = a.finding.agents.length > 0 && b.finding.agents.length > 0;
  if (sameText(a, b) && a.finding.scene !== b.finding.scene) return true;
  if (first.amount !== null && second.amount !== null) {
    // "Acme's $5 million round was led by Beta" and "Acme raised $5 million": one sum, and somebody in common.
    const parties = (draft: Draft): string[] =>
      [...draft.finding.agents, ...draft.finding.patients, ...draft.finding.partners].map(({ id }) => id);
    if (parties(a).some((id) => parties(b).includes(id))) return true;
  }
  if (bothAct && !sameAgents(a, b)) {
    // "X partnered with Y" and "Y partnered with X"
    const everyone = (draft: Draft): string[] =>
      [...draft.finding.agents, ...draft.finding.partners].map(({ id }) => id);
    const shared = everyone(a).filter((id) => everyone(b).includes(id));
    return a.report.kind === 'partnership' && shared.length >= 2;
  }
  if (left.size > 0 && right.size > 0 && !overlap) return false;
  const names = (draft: Draft): string[] =>
    [draft.finding.objectHead, ...draft.finding.objectNames].filter((name) => name !== '');
  const sameHead = names(a).some((name) => names(b).includes(name));
  const sameAmount = first.amount !== null && second.amount !== null;
  if (bothAct && !overlap && a.finding.agents.length !== b.finding.agents.length) return sameText(a, b);
  if (bothAct)
    return (
      overlap ||
      sameHead ||
      sameAmount ||
      (left.size === 0 && right.size === 0 && (first.kind === 'funding-round' || first.kind === 'pivot')) ||
      sameText(a, b)
    );
  return sameAmount || (overlap && sameHead) || sameText(a, b);
}

/** Teasers repeat a sentence without its full stop or with another head: the same last 60 letters are the same sentence. */
const sameText = (a: Draft, b: Draft): boolean => {
  const tail = (draft: Draft): string =>
    draft.report.evidence.text
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim()
      .slice(-60);
  return tail(a).length >= 40 ? tail(a) === tail(b) : a.report.evidence.text === b.report.evidence.text;
};

const sameAgents = (a: Draft, b: Draft): boolean =>
  a.finding.agents.some(({ id }) => b.finding.agents.some((other) => other.id === id));

/** More than a twentieth apart is another sum. */
function differ(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return true;
  return Math.abs(a - b) > 0.05 * Math.max(a, b);
}
