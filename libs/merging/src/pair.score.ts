import type { EntityType, Report } from '@themeline/contracts';
import { compareAmounts, showAmount } from './amount.comparison';
import { type ClaimFeatures, featuresOf, type KindFamily, mergeWindow } from './claim.features';
import { likeness } from './title.words';

export interface ScorePart {
  name: string;
  /** What it adds. A veto adds nothing and ends the comparison: its note says why. */
  value: number;
  note: string;
}

export interface MergeScore {
  /** 0–1 */
  score: number;
  merge: boolean;
  parts: ScorePart[];
}

/** From this score on two reports tell the same. Chosen, with the weights below, on tables of pairs that do and do not. */
export const MERGE_AT = 0.55;

/** What one shared party says: many things happen to a country, few to one product. The second counts half, the third a quarter. */
const PARTY_WEIGHT: Record<EntityType, number> = {
  product: 0.45,
  person: 0.35,
  company: 0.35,
  organisation: 0.35,
  other: 0.35,
  authority: 0.25,
  place: 0.15,
};
const MOST_BY_PARTIES = 0.6;
const WORDS_WEIGHT = 0.35;

/** Kinds whose happening is its sum: another sum is another happening. */
const SUM_IS_THE_THING = new Set([
  'fund-launch',
  'funding-round',
  'investment-pledge',
  'acquisition',
  'price-change',
  'legal',
  'statistic',
]);
/** Kinds that are defined by who is in them: another party is another happening. */
const PARTIES_ARE_THE_THING = new Set(['partnership', 'acquisition', 'legal', 'personnel']);
/** Kinds that are a figure for a period: another figure or period is another fact. */
const FIGURE_IS_THE_THING = new Set(['statistic']);

/** Thrown by what rules a merge out. No Error: thousands of pairs end with one, and stack traces would take most of the time. */
class Veto {
  constructor(
    readonly part: string,
    readonly note: string,
  ) {}
}

/** {@link scoreFeatures} of two reports. */
export function scoreReports(a: Report, b: Report, kindFamily: KindFamily): MergeScore {
  return scoreFeatures(featuresOf(a, kindFamily), featuresOf(b, kindFamily));
}

/**
 * Do two reports tell of one happening? Symmetric. Vetoes come first (another kind, country, version, sum, day), then weights add up.
 * → `{score: 0.71, merge: true, parts: [{name: 'parties', value: 0.15, note: 'both: china'}, …]}`
 */
export function scoreFeatures(one: ClaimFeatures, other: ClaimFeatures): MergeScore {
  const [a, b] = inOrder(one, other);
  const parts: ScorePart[] = [];
  try {
    const total = addUp(a, b, parts);
    const score = round(Math.min(1, Math.max(0, total)));
    return { score, merge: score >= MERGE_AT, parts };
  } catch (error) {
    if (!(error instanceof Veto)) throw error;
    return {
      score: 0,
      merge: false,
      parts: [...parts, { name: error.part, value: 0, note: `veto: ${error.note}` }],
    };
  }
}

/**
 * A report against all that is known of an event: as much as against the claim that is most alike, but a veto of any claim keeps it out,
 * so that a vague claim cannot tie two distinct ones together. `closest` is the report id of the claim that scored.
 */
export function scoreReportToEvent(
  report: ClaimFeatures,
  claims: readonly ClaimFeatures[],
): MergeScore & { closest: string | null } {
  let best: (MergeScore & { closest: string }) | null = null;
  for (const claim of claims) {
    const score = scoreFeatures(report, claim);
    if (isVeto(score)) return { ...score, closest: claim.reportId };
    if (best === null || score.score > best.score || (score.score === best.score && claim.reportId < best.closest)) {
      best = { ...score, closest: claim.reportId };
    }
  }
  return best ?? { score: 0, merge: false, parts: [], closest: null };
}

/** Ruled out, rather than merely not alike enough. */
export function isVeto(score: MergeScore): boolean {
  const last = score.parts[score.parts.length - 1];
  // A missing link is no contradiction: the event's other claims may have it.
  return last !== undefined && last.note.startsWith('veto:') && last.name !== 'link';
}

function addUp(a: ClaimFeatures, b: ClaimFeatures, parts: ScorePart[]): number {
  let total = 0;
  const add = (name: string, value: number, note: string): void => {
    if (value === 0 && note === '') return;
    total += value;
    parts.push({ name, value: round(value), note });
  };

  if (a.family !== b.family) throw new Veto('link', `${a.kind} and ${b.kind} are different kinds`);
  if (a.kind !== b.kind) add('kind', -0.05, `${a.kind} and ${b.kind} are akin`);
  if (a.article !== null && a.article === b.article) {
    throw new Veto('article', 'one article tells of both, apart');
  }

  const common = sharedParties(a, b);
  const shared = common.length > 0 ? common : partiesNamed(a, b);
  const link = shared.length > 0 ? null : looseLink(a, b);
  if (shared.length === 0 && link === null) throw new Veto('link', 'they have nobody in common');
  const specific = shared.filter((party) => party.type !== 'place' && party.type !== 'authority').length;
  checkSameSource(a, b, specific > 0 || compareAmounts(a.amount, b.amount) === 'same');
  checkPlaces(a, b);
  checkParties(a, b);
  const names = shared.map((party) => party.id).join(', ');
  if (link !== null) add('parties', link.value, link.note);
  else if (common.length > 0) add('parties', weighParties(shared), `both: ${names}`);
  else add('parties', 0.8 * weighParties(shared), `named in the headline: ${names}`);
  const strangers = bothLack(a, b);
  if (strangers !== null) add('parties', -0.15, strangers);

  const status = statusPart(a, b);
  add('status', status.value, status.note);
  const date = datePart(a, b);
  add('date', date.value, date.note);

  const markers = markersPart(a, b);
  add('markers', markers.value, markers.note);
  const amount = amountPart(a, b, (date.value >= 0.25 && specific > 0) || markers.shared);
  add('amount', amount.value, amount.note);
  const numbers = numbersPart(a, b);
  add('numbers', numbers.value, numbers.note);

  // Words take longest to compare: only where they can decide.
  const words = total + WORDS_WEIGHT < MERGE_AT ? 0 : wordsLikeness(a, b);
  add('words', words * WORDS_WEIGHT, words === 0 ? 'none that would do' : `${String(Math.round(words * 100))} % alike`);
  if (words > 0 && detailsDiffer(a, b)) add('details', -0.25, 'alike titles, but what they say differs');
  if (a.source === b.source) add('source', -0.1, 'one source seldom tells a thing twice');

  const sameSum = amount.value > 0;
  const firm = sameSum || markers.shared;
  if (shared.length === 0) {
    if (
      words < 0.5 ||
      !(sameSum || (a.dated && b.dated && date.value >= 0.2) || sharesCountry(a, b) || words >= 0.95)
    ) {
      throw new Veto('link', 'words alone are not enough');
    }
  } else if (!firm && shared.length < 2 && words < (specific > 0 ? 0.12 : 0.34)) {
    throw new Veto('link', 'nothing but one name in common');
  } else if (!firm && specific === 0 && words < 0.34) {
    throw new Veto('link', 'nothing but places and authorities in common');
  }
  return total;
}

function sharedParties(a: ClaimFeatures, b: ClaimFeatures): ClaimFeatures['parties'] {
  const ids = new Set(b.parties.map((party) => party.id));
  return heaviestFirst(a.parties.filter((party) => ids.has(party.id)));
}

function heaviestFirst(parties: ClaimFeatures['parties']): ClaimFeatures['parties'] {
  return parties.sort((x, y) => PARTY_WEIGHT[y.type] - PARTY_WEIGHT[x.type] || (x.id < y.id ? -1 : 1));
}

function weighParties(shared: ClaimFeatures['parties']): number {
  const sum = shared.reduce((total, party, index) => total + PARTY_WEIGHT[party.type] / 2 ** index, 0);
  return Math.min(MOST_BY_PARTIES, sum);
}

/** Where one side was given without parties: those of the other that its headline names. */
function partiesNamed(a: ClaimFeatures, b: ClaimFeatures): ClaimFeatures['parties'] {
  return heaviestFirst([
    ...a.parties.filter((party) => b.named.includes(party.id)),
    ...b.parties.filter((party) => a.named.includes(party.id)),
  ]);
}

/** What can stand in for a shared party where neither side names any but places. */
function looseLink(a: ClaimFeatures, b: ClaimFeatures): { value: number; note: string } | null {
  if (a.firm || b.firm) return null;
  if (sharesCountry(a, b)) return { value: PARTY_WEIGHT.place, note: 'the same country' };
  const named = new Set(b.named);
  if (a.named.some((name) => named.has(name))) return { value: 0, note: 'neither names a party' };
  return null;
}

function sharesCountry(a: ClaimFeatures, b: ClaimFeatures): boolean {
  return a.countries.some((country) => b.countries.includes(country));
}

function covers(a: readonly string[], b: readonly string[]): boolean {
  return a.every((item) => b.includes(item)) || b.every((item) => a.includes(item));
}

const idsOf = (features: ClaimFeatures, type: EntityType): string[] =>
  features.parties.filter((party) => party.type === type).map((party) => party.id);

/** South Korea's ban is not Australia's. */
function checkPlaces(a: ClaimFeatures, b: ClaimFeatures): void {
  if (a.countries.length > 0 && b.countries.length > 0 && !sharesCountry(a, b)) {
    throw new Veto('countries', `${a.countries.join(', ')} against ${b.countries.join(', ')}`);
  }
  const left = idsOf(a, 'place');
  const right = idsOf(b, 'place');
  if (left.length === 0 || right.length === 0 || left.some((id) => right.includes(id))) return;
  const oneCountry = a.countries.length > 0 && b.countries.length > 0 && covers(a.countries, b.countries);
  if (!oneCountry) throw new Veto('countries', `${left.join(', ')} against ${right.join(', ')}`);
}

function checkParties(a: ClaimFeatures, b: ClaimFeatures): void {
  const agentsOf = (features: ClaimFeatures) => features.parties.filter((party) => party.agent);
  const left = agentsOf(a);
  const right = agentsOf(b);
  const known = (party: { id: string }, features: ClaimFeatures): boolean =>
    features.mentions.includes(party.id) || features.named.includes(party.id);
  if (left.length > 0 && right.length > 0) {
    const apart = !left.some((party) => known(party, b)) && !right.some((party) => known(party, a));
    // A country and its ministry act as one.
    const official = [...left, ...right].every((party) => party.type === 'place' || party.type === 'authority');
    const oneState = official && a.countries.length > 0 && b.countries.length > 0 && covers(a.countries, b.countries);
    if (apart && !oneState) {
      throw new Veto(
        'agents',
        `done by ${left.map((p) => p.id).join(', ')} against ${right.map((p) => p.id).join(', ')}`,
      );
    }
  }
  const products = [idsOf(a, 'product'), idsOf(b, 'product')] as const;
  const [mine, yours] = products;
  const kin = (x: string, y: string): boolean => x.startsWith(y) || y.startsWith(x);
  if (mine.length > 0 && yours.length > 0 && !mine.some((x) => yours.some((y) => kin(x, y)))) {
    throw new Veto('products', `${mine.join(', ')} against ${yours.join(', ')}`);
  }
  const persons = [idsOf(a, 'person'), idsOf(b, 'person')] as const;
  if (a.kind === 'personnel' && persons[0].length > 0 && persons[1].length > 0) {
    if (!persons[0].some((id) => persons[1].includes(id))) {
      throw new Veto('parties', `${persons[0].join(', ')} against ${persons[1].join(', ')}`);
    }
  }
  const strangers = bothLack(a, b);
  if (strangers !== null && PARTIES_ARE_THE_THING.has(a.kind) && PARTIES_ARE_THE_THING.has(b.kind)) {
    throw new Veto('parties', strangers);
  }
}

/** Each side has a company, product or person that the other does not name at all. */
function bothLack(a: ClaimFeatures, b: ClaimFeatures): string | null {
  const lacking = (from: ClaimFeatures, to: ClaimFeatures): string[] =>
    from.parties
      .filter((party) => party.type !== 'place' && party.type !== 'authority' && !to.mentions.includes(party.id))
      .map((party) => party.id)
      .filter(
        (id) =>
          !to.named.includes(id) && !to.parties.some((party) => party.id.startsWith(id) || id.startsWith(party.id)),
      );
  const left = lacking(a, b);
  const right = lacking(b, a);
  return left.length > 0 && right.length > 0 && b.parties.length > 0 && a.parties.length > 0
    ? `${left.join(', ')} against ${right.join(', ')}`
    : null;
}

function statusPart(a: ClaimFeatures, b: ClaimFeatures): { value: number; note: string } {
  if (a.status === b.status) return { value: 0, note: '' };
  const note = `${a.status} and ${b.status}`;
  if (a.status === 'forecast' || b.status === 'forecast') {
    if (FIGURE_IS_THE_THING.has(a.kind) || FIGURE_IS_THE_THING.has(b.kind)) throw new Veto('status', note);
    return { value: -0.25, note };
  }
  // What was planned has come about, or one source speaks of it before the other.
  return { value: -0.05, note };
}

function datePart(a: ClaimFeatures, b: ClaimFeatures): { value: number; note: string } {
  const left = mergeWindow(a);
  const right = mergeWindow(b);
  if (left.lower > right.upper || right.lower > left.upper) throw new Veto('date', 'their dates exclude each other');
  if (a.dated && b.dated) {
    if (a.lower === b.lower && a.upper === b.upper) {
      // A goal is known by its date more than what was done is by a year.
      const telling = a.exact || (a.status !== 'occurred' && b.status !== 'occurred');
      return { value: telling ? 0.3 : 0.25, note: 'the same date' };
    }
    if (FIGURE_IS_THE_THING.has(a.kind) || FIGURE_IS_THE_THING.has(b.kind)) {
      throw new Veto('date', 'figures for different periods');
    }
    const meet = low(a) <= high(b) && low(b) <= high(a);
    if (!meet) return { value: -0.05, note: 'a day apart' };
    const open = [a, b].some((side) => side.lower === null || side.upper === null);
    return open ? { value: 0.05, note: 'their dates can meet' } : { value: 0.12, note: 'one date holds the other' };
  }
  return apart(gapWhenUndated(a, b));
}

const low = (side: ClaimFeatures): number => side.lower ?? -Infinity;
const high = (side: ClaimFeatures): number => side.upper ?? Infinity;

/** Days between what is known: the dated side's interval, the undated side's day of publication. */
function gapWhenUndated(a: ClaimFeatures, b: ClaimFeatures): number {
  const known = (side: ClaimFeatures): [number, number] =>
    side.dated && (side.lower !== null || side.upper !== null)
      ? [side.lower ?? side.upper ?? 0, side.upper ?? side.lower ?? 0]
      : [side.published, side.published];
  const [fromA, toA] = known(a);
  const [fromB, toB] = known(b);
  const gap = Math.max(0, fromB - toA, fromA - toB);
  // A date that is open to one side is no nearer than its publication.
  return Math.min(gap, Math.abs(a.published - b.published));
}

function apart(days: number): { value: number; note: string } {
  const note = `no date in common; ${String(days)} days between what is known`;
  if (days <= 7) return { value: 0.12, note };
  if (days <= 31) return { value: 0.06, note };
  if (days <= 180) return { value: 0, note };
  return { value: days <= 365 ? -0.1 : -0.2, note };
}

function amountPart(a: ClaimFeatures, b: ClaimFeatures, tied: boolean): { value: number; note: string } {
  const relation = compareAmounts(a.amount, b.amount);
  if (a.amount === null || b.amount === null || relation === 'unknown') return { value: 0, note: '' };
  const sums = `${showAmount(a.amount)} and ${showAmount(b.amount)}`;
  if (relation === 'same') return { value: 0.3, note: sums };
  const matters = SUM_IS_THE_THING.has(a.kind) || SUM_IS_THE_THING.has(b.kind);
  // The same round of the same firm on the same day with another sum: one happening, disputed.
  if (relation === 'near' && tied && !FIGURE_IS_THE_THING.has(a.kind))
    return { value: -0.05, note: `${sums}: disputed` };
  if (matters) throw new Veto('amount', sums);
  return { value: -0.25, note: sums };
}

function markersPart(a: ClaimFeatures, b: ClaimFeatures): { value: number; note: string; shared: boolean } {
  const common = a.markers.filter((marker) => b.markers.includes(marker));
  if (common.length > 0) return { value: 0.15, note: `both: ${common.join(', ')}`, shared: true };
  if (a.markers.length > 0 && b.markers.length > 0) {
    throw new Veto('markers', `${a.markers.join(', ')} against ${b.markers.join(', ')}`);
  }
  const some = [...a.markers, ...b.markers];
  return some.length === 0
    ? { value: 0, note: '', shared: false }
    : { value: -0.03, note: `only one: ${some.join(', ')}`, shared: false };
}

function numbersPart(a: ClaimFeatures, b: ClaimFeatures): { value: number; note: string } {
  if (a.numbers.length === 0 || b.numbers.length === 0) return { value: 0, note: '' };
  const common = a.numbers.filter((number) => b.numbers.includes(number));
  if (common.length > 0) return { value: 0.08, note: `both: ${common.join(', ')}` };
  const note = `${a.numbers.join(', ')} against ${b.numbers.join(', ')}`;
  if (FIGURE_IS_THE_THING.has(a.kind) || FIGURE_IS_THE_THING.has(b.kind)) throw new Veto('numbers', note);
  return { value: -0.15, note };
}

/** The titles, or a title and what the other says below its own, where a word counts a little less. */
function wordsLikeness(a: ClaimFeatures, b: ClaimFeatures): number {
  const all = (side: ClaimFeatures): string[] => [...new Set([...side.title, ...side.details])];
  return Math.max(
    likeness(a.title, b.title),
    0.8 * likeness(a.title, all(b)),
    0.8 * likeness(all(a), b.title),
    0.8 * likeness(all(a), all(b)),
  );
}

const ENOUGH_DETAILS = 6;

function detailsDiffer(a: ClaimFeatures, b: ClaimFeatures): boolean {
  if (likeness(a.title, b.title) < 0.8) return false;
  const beyond = (side: ClaimFeatures): string[] => side.details.filter((word) => !side.title.includes(word));
  const left = beyond(a);
  const right = beyond(b);
  return left.length >= ENOUGH_DETAILS && right.length >= ENOUGH_DETAILS && likeness(left, right) < 0.2;
}

/**
 * A publisher that gives many items the same title (gazettes, filings, weekly columns) means different things by them: such titles say
 * nothing, only texts that agree do. Nor does it say much that one publisher tells twice of one place or authority.
 */
function checkSameSource(a: ClaimFeatures, b: ClaimFeatures, specific: boolean): void {
  if (a.source !== b.source || (a.url !== null && a.url === b.url)) return;
  if (!specific) throw new Veto('source', 'one publisher, and only places and authorities in common');
  const titled = (side: ClaimFeatures): string => [...side.title].sort().join(' ');
  if (titled(a) !== titled(b)) return;
  const beyond = (side: ClaimFeatures): string[] => side.details.filter((word) => !side.title.includes(word));
  const texts = [beyond(a), beyond(b)] as const;
  const bare = texts.some((words) => words.length < ENOUGH_DETAILS);
  if (bare || likeness(...texts) < 0.8) {
    throw new Veto('source', 'one publisher, the same title for another item');
  }
}

function inOrder(one: ClaimFeatures, other: ClaimFeatures): [ClaimFeatures, ClaimFeatures] {
  if (one.reportId !== other.reportId) return one.reportId < other.reportId ? [one, other] : [other, one];
  return JSON.stringify(one) <= JSON.stringify(other) ? [one, other] : [other, one];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
