import { ENTRY_WORDS } from './posting.entry';
import type { RowStore } from './row.store';
import { LIST_ADDRESS, LIST_LENGTH } from './term.table';
import { offsetOf, PAGE_WORDS, pageNumberOf, WordArena } from './word.arena';

/** A list longer than this is made of blocks of so many entries, so that none is ever copied as a whole. */
export const BLOCK_ENTRIES = 1_024;
const BLOCK_WORDS = BLOCK_ENTRIES * ENTRY_WORDS;

/**
 * For each term the entries of the subscriptions filed under it, in no order. Beside each entry stands the subscription's
 * id, to be read in the order of the entries: ids that lie anywhere in memory took longer than all the rest of a look-up.
 */
export class PostingLists {
  private readonly arena = new WordArena();
  /** By page and entry. */
  private readonly ids: string[][] = [];
  /** The blocks of the lists that have more than one. */
  private readonly blocks = new Map<number, number[]>();

  constructor(private readonly terms: RowStore) {}

  get bytes(): number {
    return this.arena.bytes;
  }

  length(term: number): number {
    return this.terms.get(term, LIST_LENGTH);
  }

  /** The address of a block of entries: the list's `number`th `BLOCK_ENTRIES`. */
  block(term: number, number: number): number {
    return number === 0 ? this.terms.get(term, LIST_ADDRESS) : this.blocks.get(term)![number]!;
  }

  /** The page that holds a block; it begins at `offsetOf(address)`. */
  pageOf(address: number): Int32Array {
    return this.arena.pageOf(address);
  }

  /** The ids of that page: the entry at the word `offset` has the id at `offset / ENTRY_WORDS`. */
  idsOf(address: number): readonly string[] {
    return this.ids[pageNumberOf(address)]!;
  }

  /** Appends an entry; its place in the list. */
  add(term: number, entry: readonly number[], id: string): number {
    const place = this.length(term);
    this.makeRoom(term, place);
    this.terms.set(term, LIST_LENGTH, place + 1);
    const address = this.addressOf(term, place);
    const page = this.arena.pageOf(address);
    for (let word = 0; word < ENTRY_WORDS; word += 1) page[offsetOf(address) + word] = entry[word]!;
    this.ids[pageNumberOf(address)]![offsetOf(address) / ENTRY_WORDS] = id;
    return place;
  }

  /** Takes an entry out and puts the last one in its place: that one's slot, or -1 where none moved. */
  remove(term: number, place: number): number {
    const last = this.length(term) - 1;
    const from = this.addressOf(term, last);
    const to = this.addressOf(term, place);
    if (last !== place) this.copy(from, to, 1);
    this.forgetIds(from, 1);
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
      blocks.push(this.allocate(BLOCK_ENTRIES));
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
      const address = this.allocate(to);
      this.copy(old, address, Math.min(from, to));
      this.terms.set(term, LIST_ADDRESS, address);
    }
    if (from === 0) return;
    this.forgetIds(old, from);
    this.arena.free(old, from * ENTRY_WORDS);
  }

  /** Room for so many entries and their ids. */
  private allocate(entries: number): number {
    const address = this.arena.allocate(entries * ENTRY_WORDS);
    if (pageNumberOf(address) === this.ids.length) this.ids.push(new Array<string>(PAGE_WORDS / ENTRY_WORDS).fill(''));
    return address;
  }

  private copy(from: number, to: number, entries: number): void {
    const source = this.pageOf(from);
    this.pageOf(to).set(source.subarray(offsetOf(from), offsetOf(from) + entries * ENTRY_WORDS), offsetOf(to));
    const sourceIds = this.ids[pageNumberOf(from)]!;
    const targetIds = this.ids[pageNumberOf(to)]!;
    for (let entry = 0; entry < entries; entry += 1) {
      targetIds[offsetOf(to) / ENTRY_WORDS + entry] = sourceIds[offsetOf(from) / ENTRY_WORDS + entry]!;
    }
  }

  private forgetIds(from: number, entries: number): void {
    const first = offsetOf(from) / ENTRY_WORDS;
    this.ids[pageNumberOf(from)]!.fill('', first, first + entries);
  }
}

/** Whether a room for a power of two is full with so many entries. */
function isFull(length: number): boolean {
  return (length & (length - 1)) === 0;
}
