const PAGE_BITS = 12;
const IN_PAGE = (1 << PAGE_BITS) - 1;

/**
 * Rows of whole numbers of 32 bits, `1 << widthBits` to a row, in pages: growing by a page costs the same at a million
 * rows as at a thousand. A row that was given back is the next to be taken.
 */
export class RowStore {
  private readonly pages: Int32Array[] = [];
  private used = 0;
  /** The row given back last; its first column names the one before. */
  private free = -1;

  constructor(private readonly widthBits: number) {}

  get bytes(): number {
    return this.pages.length * 4 * (1 << (PAGE_BITS + this.widthBits));
  }

  /** A row of zeros. */
  take(): number {
    if (this.free < 0) {
      if (this.used >>> PAGE_BITS === this.pages.length)
        this.pages.push(new Int32Array(1 << (PAGE_BITS + this.widthBits)));
      return this.used++;
    }
    const row = this.free;
    this.free = this.get(row, 0);
    const start = (row & IN_PAGE) << this.widthBits;
    this.pages[row >>> PAGE_BITS]!.fill(0, start, start + (1 << this.widthBits));
    return row;
  }

  give(row: number): void {
    this.set(row, 0, this.free);
    this.free = row;
  }

  get(row: number, column: number): number {
    return this.pages[row >>> PAGE_BITS]![((row & IN_PAGE) << this.widthBits) + column]!;
  }

  set(row: number, column: number, value: number): void {
    this.pages[row >>> PAGE_BITS]![((row & IN_PAGE) << this.widthBits) + column] = value;
  }
}

/** Strings by row number, in pages as those of a `RowStore`. */
export class TextStore {
  private readonly pages: string[][] = [];

  get(row: number): string {
    return this.pages[row >>> PAGE_BITS]![row & IN_PAGE]!;
  }

  set(row: number, text: string): void {
    while (row >>> PAGE_BITS >= this.pages.length) this.pages.push(new Array<string>(1 << PAGE_BITS).fill(''));
    this.pages[row >>> PAGE_BITS]![row & IN_PAGE] = text;
  }
}
