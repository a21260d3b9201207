import type { ExtractedReport } from '@themeline/contracts';
import type { Draft } from './report.builder';

/** How far back another telling of an event is looked for, in events of its kind, and in how many of an event's tellings: keeps long articles linear. */
const MOST_EVENTS_BACK = 100;
const MOST_TELLINGS = 20;

/** A draft with what comparisons ask of it, made once. */
interface Telling {
  readonly draft: Draft;
  readonly agents: ReadonlySet<string>;
  /** Patients and partners. */
  readonly objects: ReadonlySet<string>;
  /** Agents and partners. */
  readonly actors: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** The last letters of the evidence, without marks. */
  readonly tail: string;
}

/** One report per event: what other sentences restate goes into `mentions`. The fullest telling is kept, a sentence before a headline. */
export function mergeDrafts(drafts: readonly Draft[]): ExtractedReport[] {
  const groups: Telling[][] = [];
  // Only drafts of one kind can be the same: each is compared with the groups of its kind.
  const byKind = new Map<string, Telling[][]>();
  for (const telling of drafts.map(tellingOf)) {
    const { kind } = telling.draft.report;
    const candidates = byKind.get(kind) ?? [];
    const group = candidates.find((members) => {
      const compared = members.slice(0, MOST_TELLINGS);
      return (
        compared.some((member) => restates(member, telling)) && !compared.some((member) => conflict(member, telling))
      );
    });
    if (group) group.push(telling);
    else {
      const fresh = [telling];
      groups.push(fresh);
      candidates.push(fresh);
      if (candidates.length > MOST_EVENTS_BACK) candidates.shift();
      byKind.set(kind, candidates);
    }
  }
  return withoutTitles(groups)
    .map((group) => merge(group.map(({ draft }) => draft)))
    .sort((a, b) => a.evidence.start - b.evidence.start);
}

/**
 * A title announces what the text tells in other words, and often as another kind of the same family: its tellings go to the
 * event of the text that says most of its words of somebody whom it names too.
 */
function withoutTitles(groups: readonly Telling[][]): Telling[][] {
  const isTitle = ({ draft }: Telling): boolean => {
    const { sentence } = draft.finding.scene;
    return sentence.form === 'headline' || sentence.titleCase;
  };
  const place = (group: readonly Telling[]): number => group[0]?.draft.finding.scene.sentence.paragraph ?? 0;
  const titles = groups.filter((group) => group.every(isTitle));
  const told = groups.filter((group) => !titles.includes(group)).map((group) => [...group]);
  const alone = titles.filter((title) => {
    const [opening] = title;
    const { family } = opening?.draft.finding.kind ?? {};
    // The first line stands over the whole article, any other over what follows it.
    const first = opening?.draft.finding.scene.sentence.place === 1;
    const reach = place(title) + LINES_BELOW_HEADLINE;
    let best: { group: Telling[]; share: number } | null = null;
    for (const group of told.slice(0, MOST_EVENTS_BACK)) {
      const akin = group[0]?.draft.finding.kind.family === family;
      if (!akin && !(first && place(group) <= place(title) + LEAD)) continue;
      if (!first && !(place(group) > place(title) && place(group) <= reach)) continue;
      const compared = group.slice(0, MOST_TELLINGS);
      if (compared.some((member) => title.some((telling) => conflict(telling, member)))) continue;
      const share = Math.max(...compared.flatMap((member) => title.map((telling) => announcedShare(telling, member))));
      const alike = group[0]?.draft.report.kind === opening?.draft.report.kind;
      const asked = alike ? ANNOUNCED_AS_KIND : akin ? ANNOUNCED : ANNOUNCED_BY_LEAD;
      if (share >= asked && share > (best?.share ?? 0)) best = { group, share };
    }
    best?.group.push(...title);
    return best === null;
  });
  return [...told, ...alone];
}

/** How many lines below itself a headline inside an article announces. */
const LINES_BELOW_HEADLINE = 4;
/** Of a title's words, so many must be in the sentence that tells it; fewer where both tell the same kind of thing. */
const ANNOUNCED = 0.6;
const ANNOUNCED_AS_KIND = 0.35;
/** What the first paragraphs tell is what the title announces, be it called otherwise. */
const ANNOUNCED_BY_LEAD = 0.4;
const LEAD = 2;
const SHORTEST_STEM = 5;

/** How much of a title's words a sentence has; 0 where nobody is in both. */
function announcedShare(title: Telling, telling: Telling): number {
  const named = ({ draft }: Telling): ReadonlySet<string> => idsOf(draft.report.entities);
  if (shared(named(title), named(telling)) === 0) return 0;
  const asked = stemsOf(title);
  const said = stemsOf(telling);
  return asked.size === 0 ? 0 : shared(asked, said) / asked.size;
}

/** The beginnings of the words that say something, of what is quoted as evidence. */
function stemsOf({ draft }: Telling): ReadonlySet<string> {
  const { start, end } = draft.report.evidence;
  return new Set(
    draft.finding.scene.tokens
      .filter((token) => token.start >= start && token.end <= end)
      .filter(({ lower }) => /[\p{L}\p{N}]{3}/u.test(lower) && !WEAK.has(lower))
      .map(({ lemma }) => lemma.slice(0, SHORTEST_STEM)),
  );
}

const WEAK = new Set([
  'the',
  'and',
  'for',
  'its',
  'with',
  'from',
  'has',
  'have',
  'was',
  'are',
  'that',
  'this',
  'into',
  'over',
  'after',
  'their',
  'new',
]);

function tellingOf(draft: Draft): Telling {
  const { agents, patients, partners, objectHead, objectNames } = draft.finding;
  return {
    draft,
    agents: idsOf(agents),
    objects: idsOf(patients, partners),
    actors: idsOf(agents, partners),
    names: new Set([objectHead, ...objectNames].filter((name) => name !== '')),
    // What is cut off here is longer than the marks in it could be.
    tail: draft.report.evidence.text
      .slice(-2 * LONGEST_TAIL)
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim()
      .slice(-LONGEST_TAIL),
  };
}

const idsOf = (...lists: (readonly { readonly id: string }[])[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.map(({ id }) => id)));

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const id of a) if (b.has(id)) count += 1;
  return count;
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
function conflict(a: Telling, b: Telling): boolean {
  const [first, second] = [a.draft.report, b.draft.report];
  if (onePost(a, b)) return false;
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
function restates(a: Telling, b: Telling): boolean {
  const [first, second] = [a.draft.report, b.draft.report];
  const sameAgents = shared(a.agents, b.agents) > 0;
  const sameAmount = first.amount !== null && second.amount !== null;
  if (a.draft.finding.rule.figures)
    return (
      first.evidence.text === second.evidence.text ||
      (sameAmount && sameAgents && a.draft.finding.objectHead === b.draft.finding.objectHead)
    );
  if (sameText(a, b) && a.draft.finding.scene !== b.draft.finding.scene) return true;
  if (onePost(a, b)) return true;
  const overlap = shared(a.objects, b.objects) > 0;
  // "Acme's $5 million round was led by Beta" and "Acme raised $5 million": one sum, and somebody in common.
  const inCommon = overlap || sameAgents || shared(a.agents, b.objects) > 0 || shared(a.objects, b.agents) > 0;
  if (sameAmount && inCommon) return true;
  const bothAct = a.agents.size > 0 && b.agents.size > 0;
  if (bothAct && !sameAgents) {
    // "X partnered with Y" and "Y partnered with X"
    return first.kind === 'partnership' && shared(a.actors, b.actors) >= 2;
  }
  if (a.objects.size > 0 && b.objects.size > 0 && !overlap) return false;
  const sameHead = shared(a.names, b.names) > 0;
  if (bothAct && !overlap && a.agents.size !== b.agents.size) return sameText(a, b);
  if (bothAct)
    return (
      overlap ||
      sameHead ||
      sameAmount ||
      (a.objects.size === 0 && b.objects.size === 0 && (first.kind === 'funding-round' || first.kind === 'pivot')) ||
      sameText(a, b)
    );
  return sameAmount || (overlap && sameHead) || sameText(a, b);
}

/** Two tellings of who comes to a post. */
const onePost = (a: Telling, b: Telling): boolean =>
  a.draft.report.kind === 'personnel' && (takesPostOf(a, b) || takesPostOf(b, a) || samePost(a, b));

/** "Acme appointed Ms Gray" and "she succeeds Mr Lee": the one whom an organisation appoints is the one who comes. */
const takesPostOf = (appointing: Telling, coming: Telling): boolean =>
  appointing.draft.finding.agents.every(({ type }) => type !== 'person') &&
  shared(appointing.objects, coming.agents) > 0 &&
  coming.draft.finding.agents.every(({ type }) => type === 'person');

/** "will take up the post on 1 May and succeeds Mr Lee": one sentence, one person. */
const samePost = (a: Telling, b: Telling): boolean =>
  a.draft.finding.scene === b.draft.finding.scene &&
  shared(a.agents, b.agents) > 0 &&
  [a, b].every(({ draft }) => draft.finding.agents.every(({ type }) => type === 'person')) &&
  [a, b].some(({ draft }) => SUCCEEDING.test(draft.finding.words[0] ?? ''));
const SUCCEEDING = /^(?:succeed|replac|follow)/;

const LONGEST_TAIL = 60;
const SHORTEST_TAIL = 40;

/** Teasers repeat a sentence without its full stop or with another head: the same last 60 letters are the same sentence. */
const sameText = (a: Telling, b: Telling): boolean =>
  a.tail.length >= SHORTEST_TAIL ? a.tail === b.tail : a.draft.report.evidence.text === b.draft.report.evidence.text;

/** More than a twentieth apart is another sum. */
function differ(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return true;
  return Math.abs(a - b) > 0.05 * Math.max(a, b);
}
