import type { ClaimFeatures } from './claim.features';
import { type Part, Veto } from './pair.veto';
import { likeness } from './title.words';

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
