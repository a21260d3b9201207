import { ENTRY_WORDS } from './posting.entry';
import type { RowStore } from './row.store';
import { LIST_ADDRESS, LIST_LENGTH } from './term.table';
import { offsetOf, type WordArena } from './word.arena';

/** A list longer than this is made of blocks of so many entries, so that none is ever copied as a whole. */
export const BLOCK_ENTRIES = 1_024;
const BLOCK_WORDS = BLOCK_ENTRIES * ENTRY_WORDS;

/** For each term the entries of the subscriptions filed under it, in no order. */
export class PostingLists {
  /** The blocks of the lists that have more than one. */
  private readonly blocks = new Map<number, number[]>();

  constructor(
    private readonly terms: RowStore,
    private readonly arena: WordArena,
  ) {}

  length(term: number): number {
    return this.terms.get(term, LIST_LENGTH);
  }

  /** The address of a block of entries: the list's `number`th `BLOCK_ENTRIES`. */
  block(term: number, number: number): number {
    return number === 0 ? this.terms.get(term, LIST_ADDRESS) : this.blocks.get(term)![number]!;
  }

  /** Appends an entry; its place in the list. */
  add(term: number, entry: readonly number[]): number {
    const place = this.length(term);
    this.makeRoom(term, place);
    this.terms.set(term, LIST_LENGTH, place + 1);
    const address = this.addressOf(term, place);
    const page = this.arena.pageOf(address);
    for (let word = 0; word < ENTRY_WORDS; word += 1) page[offsetOf(address) + word] = entry[word]!;
    return place;
  }

  /** Takes an entry out and puts the last one in its place: that one's slot, or -1 where none moved. */
  remove(term: number, place: number): number {
    const last = this.length(term) - 1;
    const from = this.addressOf(term, last);
    const to = this.addressOf(term, place);
    if (last !== place) copyWords(this.arena, from, to, ENTRY_WORDS);
    const moved = last === place ? -1 : this.arena.pageOf(to)[offsetOf(to)]!;
    this.terms.set(term, LIST_LENGTH, last);
    this.giveRoom(term, last);
    return moved;
  }

  private addressOf(term: number, place: number): number {
    return this.block(term, Math.floor(place / BLOCK_ENTRIES)) + (place % BLOCK_ENTRIES) * ENTRY_WORDS;
  }

  /** For one more than `length`: up to a block a list has room for a power of two. */
  private makeRoom(term: number, length: number): void {
    if (length < BLOCK_ENTRIES) {
      if (isFull(length)) this.resize(term, length, Math.max(1, length * 2));
    } else if (length % BLOCK_ENTRIES === 0) {
      const blocks = this.blocks.get(term) ?? [this.terms.get(term, LIST_ADDRESS)];
      blocks.push(this.arena.allocate(BLOCK_WORDS));
      this.blocks.set(term, blocks);
    }
  }

  /** What `length` entries no longer need. */
  private giveRoom(term: number, length: number): void {
    if (length < BLOCK_ENTRIES) {
      if (isFull(length)) this.resize(term, Math.max(1, length * 2), length);
    } else if (length % BLOCK_ENTRIES === 0) {
      const blocks = this.blocks.get(term)!;
      this.arena.free(blocks.pop()!, BLOCK_WORDS);
      if (blocks.length === 1) this.blocks.delete(term);
    }
  }

  /** Moves the list to a room for `to` entries. */
  private resize(term: number, from: number, to: number): void {
    const old = this.terms.get(term, LIST_ADDRESS);
    if (to > 0) {
      const address = this.arena.allocate(to * ENTRY_WORDS);
      copyWords(this.arena, old, address, Math.min(from, to) * ENTRY_WORDS);
      this.terms.set(term, LIST_ADDRESS, address);
    }
    if (from > 0) this.arena.free(old, from * ENTRY_WORDS);
  }
}

/** Whether a room for a power of two is full with so many entries. */
function isFull(length: number): boolean {
  return (length & (length - 1)) === 0;
}

function copyWords(arena: WordArena, from: number, to: number, words: number): void {
  const source = arena.pageOf(from);
  arena.pageOf(to).set(source.subarray(offsetOf(from), offsetOf(from) + words), offsetOf(to));
}
