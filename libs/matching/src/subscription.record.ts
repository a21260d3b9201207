import type { Requirements } from './requirements';
import type { TermTable } from './term.table';
import { offsetOf, type WordArena } from './word.arena';

/*
 * What else the index keeps of a subscription, in words:
 *
 *   size of the record, filings, clauses to verify, clauses in all, bytes of the last part
 *   for each filing   the term, the entry's place in its list
 *   for each clause   its kind and the count of its terms, then those; numbers take two words
 *   id and `match` as given, as JSON in UTF-8: outside of the heap, where a million strings would keep the collector busy
 *
 * The clauses after those to verify are decided by where and how the subscription is filed. They are kept for the sake of
 * their terms, which are released with it.
 */
const HEAD_WORDS = 5;

const ANY_OF = 0;
const NONE_OF = 1;
const IMPORTANCE = 2;
const SOURCES = 3;
const AMOUNT = 4;
const KIND_BITS = 3;
const KIND_MASK = (1 << KIND_BITS) - 1;

/** The numbers of an event, as `verify` compares them. */
export interface EventNumbers {
  importance: number;
  sourceCount: number;
  /** -1: none, or of unknown value. */
  amountUsd: number;
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** Puts a record together. */
export class RecordWriter {
  private readonly verified: number[] = [];
  private readonly covered: number[] = [];
  private verifiedCount = 0;
  private coveredCount = 0;

  anyOf(terms: readonly number[], isCovered: boolean): void {
    this.clause(ANY_OF, terms, isCovered);
  }

  noneOf(terms: readonly number[]): void {
    if (terms.length > 0) this.clause(NONE_OF, terms, false);
  }

  numbers({ minImportance, minSources, minAmountUsd }: Requirements): void {
    if (minImportance !== undefined) this.number(IMPORTANCE, minImportance);
    if (minSources !== undefined) this.number(SOURCES, minSources);
    if (minAmountUsd !== undefined) this.number(AMOUNT, minAmountUsd);
  }

  /** The record's address. `filings`: term and place, in turn. */
  write(arena: WordArena, filings: readonly number[], given: string): number {
    const bytes = Buffer.byteLength(given);
    const words = [0, filings.length / 2, this.verifiedCount, this.verifiedCount + this.coveredCount, bytes];
    words.push(...filings, ...this.verified, ...this.covered);
    const size = words.length + Math.ceil(bytes / 4);
    words[0] = size;
    const address = arena.allocate(size);
    arena.pageOf(address).set(words, offsetOf(address));
    arena.bytesOf(address).write(given, (offsetOf(address) + words.length) * 4);
    return address;
  }

  private clause(kind: number, terms: readonly number[], isCovered: boolean): void {
    const words = isCovered ? this.covered : this.verified;
    words.push(kind | (terms.length << KIND_BITS), ...terms);
    if (isCovered) this.coveredCount += 1;
    else this.verifiedCount += 1;
  }

  private number(kind: number, value: number): void {
    double[0] = value;
    this.clause(kind, [...halves], false);
  }
}

/** Whether the event whose terms are marked meets what neither filing nor entry decides. */
export function verifyRecord(arena: WordArena, address: number, terms: TermTable, event: EventNumbers): boolean {
  const words = arena.pageOf(address);
  const start = offsetOf(address);
  let at = start + HEAD_WORDS + 2 * words[start + 1]!;
  for (let left = words[start + 2]!; left > 0; left -= 1) {
    const count = words[at]! >>> KIND_BITS;
    if (!holds(words, at, terms, event)) return false;
    at += 1 + count;
  }
  return true;
}

function holds(words: Int32Array, at: number, terms: TermTable, event: EventNumbers): boolean {
  const kind = words[at]! & KIND_MASK;
  if (kind <= NONE_OF) {
    const end = at + 1 + (words[at]! >>> KIND_BITS);
    for (let next = at + 1; next < end; next += 1) if (terms.isMarked(words[next]!)) return kind === ANY_OF;
    return kind === NONE_OF;
  }
  halves[0] = words[at + 1]!;
  halves[1] = words[at + 2]!;
  const least = double[0]!;
  if (kind === IMPORTANCE) return event.importance >= least;
  return kind === SOURCES ? event.sourceCount >= least : event.amountUsd >= least;
}

/** Where a subscription is filed: term and place, in turn. */
export function filingsOf(arena: WordArena, address: number): Int32Array {
  const start = offsetOf(address);
  const words = arena.pageOf(address);
  return words.subarray(start + HEAD_WORDS, start + HEAD_WORDS + 2 * words[start + 1]!);
}

/** Every term that a record holds, as often as it does. */
export function* termsOf(arena: WordArena, address: number): Iterable<number> {
  const words = arena.pageOf(address);
  const start = offsetOf(address);
  let at = start + HEAD_WORDS + 2 * words[start + 1]!;
  for (let left = words[start + 3]!; left > 0; left -= 1) {
    const count = words[at]! >>> KIND_BITS;
    if ((words[at]! & KIND_MASK) <= NONE_OF) yield* words.subarray(at + 1, at + 1 + count);
    at += 1 + count;
  }
}

/** What was given to `write`. */
export function givenOf(arena: WordArena, address: number): string {
  const words = arena.pageOf(address);
  const start = offsetOf(address);
  const end = (start + words[start]!) * 4;
  const bytes = words[start + 4]!;
  const first = end - Math.ceil(bytes / 4) * 4;
  return arena.bytesOf(address).toString('utf8', first, first + bytes);
}

export function freeRecord(arena: WordArena, address: number): void {
  arena.free(address, arena.pageOf(address)[offsetOf(address)]!);
}
