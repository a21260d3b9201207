import type { ClaimFeatures } from './claim.features';
import { type Part, Veto } from './pair.veto';
import { resemblance } from './text.sketch';
import { likeness, sharedWeight, stemWeight } from './title.words';

/** What it says that one text names the other's address, and at most that they share their wording. */
const CITED = 0.2;
const WORDING_WEIGHT = 0.2;
/** The weight of words that must be shared where nothing but words ties two reports: about three that few titles have. */
const TELLING = 3;
const TITLES_ALIKE = 0.7;
const DETAILS_ALIKE = 0.6;
const ENOUGH_DETAILS = 6;
/** What alike texts below the titles add at most, and what unlike ones under one title take away. */
const DETAILS_WEIGHT = 0.15;
const OTHER_DETAILS = -0.25;
/** A word that both say below their titles, or one in its title and the other below, counts a little less. */
const BELOW = 0.8;

/** The titles, or a title and what the other says below its own. 0–1 */
export function wordsLikeness(a: ClaimFeatures, b: ClaimFeatures): number {
  const all = (side: ClaimFeatures): string[] => [...new Set([...side.title, ...side.details])];
  return Math.max(
    likeness(a.title, b.title),
    BELOW * likeness(a.title, all(b)),
    BELOW * likeness(all(a), b.title),
    BELOW * likeness(all(a), all(b)),
  );
}

const beyondTitle = (side: ClaimFeatures): string[] => side.details.filter((word) => !side.title.includes(word));

/**
 * Do they share more than what many titles say: telling words of the titles, or the text below them? Titles that differ in one name ("…;
 * Vermont", "…; Montana") are those of two items: each has a telling word that the other nowhere says.
 */
export function telltale(a: ClaimFeatures, b: ClaimFeatures): boolean {
  if (lacksTelling(a, b) && lacksTelling(b, a)) return false;
  if (sharedWeight(a.title, b.title) >= TELLING && likeness(a.title, b.title) >= TITLES_ALIKE) return true;
  const [left, right] = [beyondTitle(a), beyondTitle(b)];
  return sharedWeight(left, right) >= TELLING && likeness(left, right) >= DETAILS_ALIKE;
}

function lacksTelling(from: ClaimFeatures, to: ClaimFeatures): boolean {
  const said = new Set([...to.title, ...to.details]);
  return from.title.some((word) => stemWeight(word) >= 1 && !said.has(word));
}

/** Where both say enough below alike titles, that is what tells them apart or puts them together. */
export function detailsPart(a: ClaimFeatures, b: ClaimFeatures): Part | null {
  if (likeness(a.title, b.title) < 0.8) return null;
  const left = beyondTitle(a);
  const right = beyondTitle(b);
  if (left.length < ENOUGH_DETAILS || right.length < ENOUGH_DETAILS) return null;
  const alike = likeness(left, right);
  if (alike < 0.2) return { name: 'details', value: OTHER_DETAILS, note: 'alike titles, but what they say differs' };
  return {
    name: 'details',
    value: DETAILS_WEIGHT * (alike - 0.2),
    note: `${String(Math.round(alike * 100))} % alike below the titles`,
  };
}

/**
 * A publisher that gives many items the same title (gazettes, filings, weekly columns) means different things by them: such titles say
 * nothing, only texts that agree do. Nor does it say much that one publisher tells twice of one place or authority.
 */
export function checkSameSource(a: ClaimFeatures, b: ClaimFeatures, specific: boolean): void {
  if (a.source !== b.source || (a.url !== null && a.url === b.url)) return;
  if (!specific) throw new Veto('source', 'one publisher, and only places and authorities in common');
  const titled = (side: ClaimFeatures): string => [...side.title].sort().join(' ');
  if (titled(a) !== titled(b)) return;
  const texts = [beyondTitle(a), beyondTitle(b)] as const;
  const bare = texts.some((words) => words.length < ENOUGH_DETAILS);
  if (bare || likeness(...texts) < 0.8) {
    throw new Veto('source', 'one publisher, the same title for another item');
  }
}

/** One text leads to the other, or quotes it at length. */
export function citationPart(a: ClaimFeatures, b: ClaimFeatures): Part | null {
  const cites = (from: ClaimFeatures, to: ClaimFeatures): boolean => to.url !== null && from.cites.includes(to.url);
  if (cites(a, b) || cites(b, a)) return { name: 'citation', value: CITED, note: 'one links to the other' };
  if (a.source === b.source) return null;
  const shared = resemblance(a.sketch, b.sketch);
  if (shared < 0.2) return null;
  return {
    name: 'wording',
    value: WORDING_WEIGHT * shared,
    note: `${String(Math.round(shared * 100))} % of the wording is the same`,
  };
}
