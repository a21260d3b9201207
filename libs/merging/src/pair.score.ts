import type { Report } from '@themeline/contracts';
import { compareAmounts } from './amount.comparison';
import { type ClaimFeatures, featuresOf, type KindFamily } from './claim.features';
import { amountPart, datePart, markersPart, numbersPart, statusPart } from './pair.parts';
import { checkParties, isNameless, type Shared, sharedParties, sharesCountry } from './pair.parties';
import { type Part, Veto } from './pair.veto';
import { checkSameSource, citationPart, detailsPart, telltale, wordsLikeness } from './pair.words';

export type ScorePart = Part;

export interface MergeScore {
  /** 0–1 */
  score: number;
  merge: boolean;
  parts: ScorePart[];
}

/** From this score on two reports tell the same. Chosen, with the weights of the parts, on tables of pairs that do and do not. */
export const MERGE_AT = 0.55;

const WORDS_WEIGHT = 0.35;
/** What can still come after the words. */
const MOST_AFTER_WORDS = 0.12;

/** Two kinds of one family, and kinds of two families that readers take for one another. */
const AKIN = -0.05;
const CONFUSABLE = -0.15;
/** Any others: what was read from an article may have taken one clause for another, so much else can outweigh it. */
const UNLIKE = -0.3;
/** "Other" is what a reader says who finds no kind. */
const UNKIND = 'other';
const CONFUSABLE_KINDS: readonly ReadonlySet<string>[] = [
  new Set(['ban', 'export-control', 'regulation', 'policy', 'legal']),
  new Set(['funding-round', 'investment-pledge', 'acquisition', 'partnership']),
  new Set(['partnership', 'product-launch', 'model-release']),
  new Set(['incident', 'legal']),
];

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
  const parts: Part[] = [];
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

/** A score in words, for people: `0.71 of the 0.55 needed: parties +0.35 (both: acme); date +0.3 (the same date)`. */
export function explainScore({ score, parts }: Pick<MergeScore, 'score' | 'parts'>): string {
  const said = parts.map(({ name, value, note }) =>
    note.startsWith('veto:') ? `${name}: ${note}` : `${name} ${value < 0 ? '' : '+'}${String(value)} (${note})`,
  );
  return `${String(score)} of the ${String(MERGE_AT)} needed: ${said.join('; ')}`;
}

function addUp(a: ClaimFeatures, b: ClaimFeatures, parts: Part[]): number {
  let total = 0;
  const add = (part: Part | null): number => {
    if (part === null) return 0;
    total += part.value;
    parts.push({ ...part, value: round(part.value) });
    return part.value;
  };

  const shared = sharedParties(a, b);
  add(kindPart(a, b, shared));
  if (a.article !== null && a.article === b.article) {
    throw new Veto('article', 'one article tells of both, apart');
  }
  const cited = citationPart(a, b);
  const linkedTo = cited?.name === 'citation';
  if (shared.part === null && !linkedTo) throw new Veto('link', 'they have nobody in common');
  checkSameSource(a, b, shared.specific > 0 || compareAmounts(a.amount, b.amount) === 'same');
  const strangers = checkParties(a, b, shared.specific);
  add(shared.part);
  add(strangers);
  add(statusPart(a, b));
  const date = add(datePart(a, b));
  const marked = add(markersPart(a, b)) > 0;
  const linked = shared.specific > 0 && date >= 0.12;
  const summed = add(amountPart(a, b, (date >= 0.25 && shared.specific > 0) || marked, linked)) > 0.2;
  add(numbersPart(a, b));
  add(cited);

  // Words take longest to compare: only where they can decide.
  const words = total + WORDS_WEIGHT + MOST_AFTER_WORDS < MERGE_AT ? 0 : wordsLikeness(a, b);
  add({
    name: 'words',
    value: words * WORDS_WEIGHT,
    note: words === 0 ? 'none that would do' : `${String(Math.round(words * 100))} % alike`,
  });
  if (words > 0) add(detailsPart(a, b));
  if (a.source === b.source) add({ name: 'source', value: -0.1, note: 'one source seldom tells a thing twice' });

  checkLink(a, b, {
    parties: shared.parties.length,
    specific: shared.specific,
    words,
    date,
    firm: summed || marked || linkedTo,
    summed,
    cited: linkedTo,
    named: shared.named,
  });
  return total;
}

const SHARES = {
  anchors: (a: ClaimFeatures, b: ClaimFeatures): boolean => a.anchors.some((word) => b.anchors.includes(word)),
  titleAnchors: (a: ClaimFeatures, b: ClaimFeatures): boolean =>
    a.titleAnchors.some((word) => b.titleAnchors.includes(word)),
};

interface Common {
  /** How many, and how many of them are neither places nor authorities. */
  parties: number;
  specific: number;
  /** 0–1 */
  words: number;
  date: number;
  /** A sum, a version or a link in common. */
  firm: boolean;
  summed: boolean;
  cited: boolean;
  named: boolean;
}

/** What two reports must have in common besides a name. */
function checkLink(a: ClaimFeatures, b: ClaimFeatures, common: Common): void {
  const { parties, specific, words, date, firm, summed, cited, named } = common;
  const unkind = a.kind === UNKIND || b.kind === UNKIND;
  const oneDay = onOneDay(a, b);
  const enough = oneDay && specific > 0 ? 0.1 : unkind || parties > 1 ? 0.3 : 0.4;
  if (a.family !== b.family && words < enough && !firm) {
    throw new Veto('link', 'of different kinds and in other words');
  }
  const anchored = (parties === 0 && !sharesCountry(a, b) ? SHARES.titleAnchors : SHARES.anchors)(a, b);
  if (specific === 0 && !anchored && !summed && !cited && !named) throw new Veto('link', 'no telling word in common');
  if (parties === 0) {
    // Of nobody in common, "Amendment No. 3" is one of many.
    const tied = summed || cited;
    const held = tied || (a.dated && b.dated && date >= 0.2) || sharesCountry(a, b) || words >= 0.95;
    if (words < (cited ? 0.25 : 0.5) || !held) throw new Veto('link', 'words alone are not enough');
    if (!tied && !named && !telltale(a, b)) throw new Veto('link', 'nothing but common words');
  } else if (specific > 0 && oneDay && a.kind === b.kind && (isNameless(a) || isNameless(b))) {
    // What was read without a name is short of words too.
  } else if (!firm && parties < 2 && words < (specific > 0 ? 0.12 : 0.25)) {
    throw new Veto('link', 'nothing but one name in common');
  } else if (!firm && specific === 0 && words < 0.25) {
    throw new Veto('link', 'nothing but places and authorities in common');
  }
}

function kindPart(a: ClaimFeatures, b: ClaimFeatures, { specific, known }: Shared): Part | null {
  if (a.kind === b.kind) return null;
  if (a.family === b.family) return { name: 'kind', value: AKIN, note: `${a.kind} and ${b.kind} are akin` };
  const confusable =
    a.kind === UNKIND || b.kind === UNKIND || CONFUSABLE_KINDS.some((kinds) => kinds.has(a.kind) && kinds.has(b.kind));
  if (confusable && specific > 0) {
    return { name: 'kind', value: CONFUSABLE, note: `${a.kind} and ${b.kind} may be taken for one another` };
  }
  const summed = compareAmounts(a.amount, b.amount) === 'same';
  const national = summed && !a.firm && !b.firm && sharesCountry(a, b);
  if (!national && !(known > 0 && (summed || onOneDay(a, b))))
    throw new Veto('link', `${a.kind} and ${b.kind} are different kinds`);
  return { name: 'kind', value: UNLIKE, note: `${a.kind} and ${b.kind} are different kinds` };
}

const onOneDay = (a: ClaimFeatures, b: ClaimFeatures): boolean => a.exact && b.exact && a.lower === b.lower;

function inOrder(one: ClaimFeatures, other: ClaimFeatures): [ClaimFeatures, ClaimFeatures] {
  if (one.reportId !== other.reportId) return one.reportId < other.reportId ? [one, other] : [other, one];
  return JSON.stringify(one) <= JSON.stringify(other) ? [one, other] : [other, one];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
