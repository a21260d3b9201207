import type { Report } from '@themeline/contracts';
import { foldedWords } from './title.words';

/** Words in a row that count as one piece of a text. */
const SHINGLE = 4;
/** Shorter texts are alike by chance: two papers that say the same in ten words need not have copied. */
const FEWEST_WORDS = 14;
/** How many pieces a sketch keeps: enough to tell 0.8 from 0.6 nine times in ten. */
const SKETCH_SIZE = 32;
/** From this resemblance on one text is a copy of the other, cut or retouched. */
const COPY_AT = 0.6;

/**
 * The smallest hashes of a text's runs of four words (bottom-k sketch, Broder 1997): two sketches tell how much two texts share without
 * the texts. Sorted; empty for a text of fewer than fourteen words.
 */
export function sketchOf(text: string): number[] {
  const words = foldedWords(text);
  if (words.length < FEWEST_WORDS) return [];
  const hashes = new Set<number>();
  for (let i = 0; i + SHINGLE <= words.length; i += 1) hashes.add(hash(words.slice(i, i + SHINGLE).join(' ')));
  return [...hashes].sort((a, b) => a - b).slice(0, SKETCH_SIZE);
}

/** What of both texts' pieces is in both, 0–1, estimated from their sketches; 0 where either is empty. */
export function resemblance(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [left, right] = [new Set(a), new Set(b)];
  const size = Math.min(SKETCH_SIZE, Math.max(a.length, b.length));
  const smallest = [...new Set([...a, ...b])].sort((x, y) => x - y).slice(0, size);
  return smallest.filter((value) => left.has(value) && right.has(value)).length / smallest.length;
}

export function isCopy(a: readonly number[], b: readonly number[]): boolean {
  return resemblance(a, b) >= COPY_AT;
}

/** What a report says in its source's own words. */
export function wordingOf(report: Report): string {
  return `${report.evidence?.text ?? ''} ${report.summary ?? ''}`;
}

/** How many texts a text is held against: an event with more tellings is beyond doubt. */
const MOST_TEXTS = 200;

/**
 * The sources that speak for themselves, by id: a source whose every telling is a copy of another source's earlier one repeats it.
 * `claims` in the order of publication.
 */
export function independentSources(claims: readonly Report[]): Set<string> {
  const originals: { source: string; sketch: number[] }[] = [];
  const independent = new Set<string>();
  for (const claim of claims) {
    const sketch = sketchOf(wordingOf(claim));
    const source = claim.source.id;
    if (originals.some((other) => other.source !== source && isCopy(other.sketch, sketch))) continue;
    independent.add(source);
    if (sketch.length > 0 && originals.length < MOST_TEXTS) originals.push({ source, sketch });
  }
  return independent;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
