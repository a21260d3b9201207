const PAGE_BITS = 16;
export const PAGE_WORDS = 1 << PAGE_BITS;
const IN_PAGE = PAGE_WORDS - 1;
/** Addresses are non-negative whole numbers of 32 bits: 8 GB. */
const MAX_PAGES = 1 << (31 - PAGE_BITS);

/**
 * Blocks of 32-bit words out of pages of 256 KB: no allocation copies what others have. A block that was freed serves the
 * next of its size; there are two sizes to each power of two.
 */
export class WordArena {
  private readonly pages: Int32Array[] = [];
  /** The same memory as bytes. */
  private readonly buffers: Buffer[] = [];
  private taken = 0;
  /** Where the newest page is empty from on. */
  private unused = PAGE_WORDS;
  /** Size → the block of that size that was freed last; its first word is the address of the one before, or -1. */
  private readonly freed = new Map<number, number>();

  get bytes(): number {
    return this.taken;
  }

  /** The address of a block of at least so many words, whatever is in them. */
  allocate(words: number): number {
    const room = roomFor(words);
    const address = this.freed.get(room) ?? -1;
    if (address >= 0) {
      this.freed.set(room, this.pageOf(address)[offsetOf(address)]!);
      return address;
    }
    if (this.unused + room > PAGE_WORDS) {
      if (this.pages.length === MAX_PAGES) throw new RangeError('the subscription index is full: 8 GB');
      const page = new Int32Array(Math.max(room, PAGE_WORDS));
      this.pages.push(page);
      this.buffers.push(Buffer.from(page.buffer));
      this.taken += page.byteLength;
      this.unused = 0;
    }
    const offset = this.unused;
    this.unused += room;
    return (this.pages.length - 1) * PAGE_WORDS + offset;
  }

  /** `words`: as many as were asked for. */
  free(address: number, words: number): void {
    const room = roomFor(words);
    this.pageOf(address)[offsetOf(address)] = this.freed.get(room) ?? -1;
    this.freed.set(room, address);
  }

  /** The page that holds a block; it begins at `offsetOf(address)`. */
  pageOf(address: number): Int32Array {
    return this.pages[address >>> PAGE_BITS]!;
  }

  /** The same page as bytes, four to a word. */
  bytesOf(address: number): Buffer {
    return this.buffers[address >>> PAGE_BITS]!;
  }
}

/** The number of the page that holds a block. */
export function pageNumberOf(address: number): number {
  return address >>> PAGE_BITS;
}

/** Where in its page a block begins. */
export function offsetOf(address: number): number {
  return address & IN_PAGE;
}

function roomFor(words: number): number {
  if (words <= 16) return Math.max(4, (words + 3) & ~3);
  const half = 1 << (31 - Math.clz32(words - 1));
  return words <= half * 1.5 ? half * 1.5 : half * 2;
}
