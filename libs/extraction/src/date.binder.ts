import type { Status } from '@themeline/contracts';
import { tryParseEdtf, type DatePhrase } from '@themeline/dates';
import type { Clause } from './clause.parser';
import { REPORTING } from './english.lexicon';
import type { Scene, Span } from './scene.reader';

type PlacedDate = Scene['dates'][number];

/** The clause that a place in a sentence belongs to: the innermost one around it. */
export function clauseAt(scene: Scene, place: number): Clause | null {
  let innermost: Clause | null = null;
  for (const clause of scene.clauses) {
    if (clause.start <= place && place < clause.end && (innermost === null || clause.start >= innermost.start))
      innermost = clause;
  }
  return innermost;
}

/** A date before the first verb of a clause, such as "In May, …", lies before its subject: it belongs to the clause that begins there. */
function ownerOf(scene: Scene, date: PlacedDate): Clause | null {
  const around = clauseAt(scene, date.first);
  if (around) return around;
  return scene.clauses.find(({ verb }) => verb.first >= date.last) ?? scene.clauses.at(-1) ?? null;
}

/** Can an event of this status have this date, told on `day`? What has happened has begun by then; what is planned is not over. */
export function fits(date: DatePhrase, status: Status, day: string): boolean {
  if (status === 'occurred') return date.lower !== null ? date.lower <= day : date.upper !== null && date.upper <= day;
  return date.upper === null || date.upper >= day;
}

/** A date that was written without a year and taken for one gone by, a year later; any other as it is. `18 December`, 2024-12-18 → 2025-12-18 */
export function nextYear(date: PlacedDate, day: string): PlacedDate {
  if (date.upper === null || date.lower === null || date.upper >= day || /\d{4}/.test(date.phrase)) return date;
  if (date.precision !== 'day' && date.precision !== 'month') return date;
  const edtf = date.edtf.replace(
    /(^|\/)(\d{4})/g,
    (_, stroke: string, year: string) => stroke + String(Number(year) + 1),
  );
  const { lower, upper } = tryParseEdtf(edtf) ?? date;
  return { ...date, edtf, lower, upper };
}

/** "by 2030", "until June" */
export const isBound = (date: DatePhrase): boolean => date.edtf.startsWith('../') && !/^before/i.test(date.phrase);

/**
 * The date of an event: the phrase in its own clause (nearest to the verb), else the one of the clause that reports it or in which it is embedded.
 * `figures` keeps to periods and leaves out what a figure is compared with. Null when the sentence dates something else.
 */
export function bindDate(
  scene: Scene,
  clause: Clause | null,
  anchor: Span,
  status: Status,
  day: string,
  options: { figures: boolean; narrow: boolean },
): PlacedDate | null {
  const usable = scene.dates.filter(
    (date) =>
      !date.rule.startsWith('comparison') && (options.figures ? true : fits(date, status, day)) && !isDuration(date),
  );
  if (usable.length === 0) return null;
  const distance = (date: PlacedDate): number =>
    date.last <= anchor.first ? anchor.first - date.last : Math.max(0, date.first - anchor.last);
  const nearest = (dates: readonly PlacedDate[]): PlacedDate | null => {
    const ranked = [...dates].sort(
      (a, b) =>
        Number(isFrom(scene, a)) - Number(isFrom(scene, b)) ||
        // "on Tuesday reported a profit of … for the quarter ended June"
        (options.figures ? Number(a.precision === 'day') - Number(b.precision === 'day') : 0) ||
        distance(a) - distance(b),
    );
    const first = ranked[0];
    // "on Monday, at this year's fair": the narrower of two dates of which one holds the other.
    const inner = first
      ? ranked.find((date) => date !== first && isFrom(scene, date) === isFrom(scene, first) && holds(first, date))
      : undefined;
    return inner ?? first ?? null;
  };
  const inside = nearest(usable.filter((date) => date.first >= anchor.first && date.last <= anchor.last));
  if (inside) return inside;
  if (options.narrow || clause === null) {
    if (clause === null) return null;
    return nearest(usable.filter((date) => ownerOf(scene, date) === clause && !foreign(scene, date, anchor)));
  }
  const own = nearest(usable.filter((date) => ownerOf(scene, date) === clause));
  if (own) return own;
  // "set up a fund to invest in chips in May": a purpose lies ahead, so a day gone by dates what was done for it.
  const below =
    status === 'occurred' && !options.figures
      ? nearest(
          usable.filter((date) => date.upper !== null && date.upper <= day && purposeOf(ownerOf(scene, date), clause)),
        )
      : null;
  if (below) return below;
  // A purpose below ("to expand in 2026") has its own time; what the noun's participle says ("a fund set up in 2020") too.
  for (let above = clause.governor, depth = 0; above && depth < 5; above = above.governor, depth += 1) {
    const governed = above;
    const linked =
      clause.link === 'complement'
        ? REPORTING.has(governed.verb.lemma) || governed !== clause.governor
        : clause.link !== 'relative' || governed.verb.lemma === clause.verb.lemma;
    if (!linked) continue;
    const date = nearest(usable.filter((item) => ownerOf(scene, item) === governed));
    if (date && (status === 'occurred' || !REPORTING.has(governed.verb.lemma))) return date;
  }
  if (clause.subjectFrom && clause.link === 'coordinate') {
    // "In May Acme closed its plant and cut 300 jobs": a date that opens the sentence holds for all its verbs.
    const first = scene.clauses[0];
    const opening = usable.find(
      (date) => first !== undefined && date.last <= first.verb.first && ownerOf(scene, date) === clause.subjectFrom,
    );
    if (opening) return opening;
  }
  // "…, Acme said on Monday": a report that follows what it says.
  const tail = scene.clauses.find(
    (other) =>
      other.verb.first > clause.verb.last &&
      REPORTING.has(other.verb.lemma) &&
      other.link !== 'relative' &&
      other.verb.tense !== 'ing',
  );
  if (tail && status === 'occurred') return nearest(usable.filter((date) => ownerOf(scene, date) === tail));
  return null;
}

/** "to invest in chips", "from using the app", "on landing": but what came before or after another happening has its own time. */
const purposeOf = (owner: Clause | null, clause: Clause): boolean =>
  owner !== null &&
  owner.governor === clause &&
  (owner.verb.tense === 'infinitive' ||
    (owner.link === 'gerund' && /^(?:from|on|for|in|of|into|to|against|at)$/.test(owner.linkWord ?? '')));

const holds = (outer: DatePhrase, inner: DatePhrase): boolean =>
  outer.lower !== null &&
  outer.upper !== null &&
  inner.lower !== null &&
  inner.upper !== null &&
  outer.lower <= inner.lower &&
  inner.upper <= outer.upper &&
  (outer.lower < inner.lower || inner.upper < outer.upper);

/** "from 3 % in 2023" is what a figure is compared with. */
function isFrom(scene: Scene, date: PlacedDate): boolean {
  for (let back = date.first - 1; back >= Math.max(0, date.first - 5); back -= 1) {
    const token = scene.tokens[back];
    if (!token || token.tag === 'verb' || token.text === ',') return false;
    if (/^(?:from|than|versus|against|compared)$/.test(token.lower)) return true;
  }
  return false;
}

const isDuration = (date: DatePhrase): boolean =>
  /^(?:over|for|within|in) the (?:next|coming|following)\b/i.test(date.phrase) &&
  !/coming (?:days|weeks|months)/i.test(date.phrase);

/** Between the noun and a date beyond it stands another verb. */
function foreign(scene: Scene, date: PlacedDate, anchor: Span): boolean {
  const [from, to] = date.first >= anchor.last ? [anchor.last, date.first] : [date.last, anchor.first];
  return scene.tokens.slice(from, to).some(({ tag }) => tag === 'verb');
}
