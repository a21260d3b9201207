interface Waiting<I, O> {
  item: I;
  resolve: (answer: O) => void;
  reject: (error: unknown) => void;
}

/**
 * Puts writes (or reads) that are asked for while another is under way into one, as databases do with their log: a single one
 * goes at once, and under load the wait for the disk is shared. Who asked is answered by one that began after it asked.
 */
export class GroupCommit<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private underWay = 0;

  /**
   * @param write writes some items, in order; as many answers as items, in the same order
   * @param most items in one write
   * @param sideBySide writes at the same time
   */
  constructor(
    private readonly write: (items: readonly I[]) => Promise<readonly O[]>,
    private readonly most = 200,
    private readonly sideBySide = 1,
  ) {}

  add(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      // After whatever else this turn of the event loop has to add.
      if (this.underWay < this.sideBySide && this.waiting.length === 1) setImmediate(() => void this.next());
    });
  }

  private async next(): Promise<void> {
    if (this.waiting.length === 0 || this.underWay >= this.sideBySide) return;
    this.underWay += 1;
    try {
      await this.settle(this.waiting.splice(0, this.most));
    } finally {
      this.underWay -= 1;
      void this.next();
    }
  }

  private async settle(group: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const answers = await this.write(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(answers[index] as O);
    } catch (error) {
      const [first, ...others] = group;
      if (first === undefined) return;
      // What is wrong with one is not the others' fault: then each is written by itself.
      if (others.length === 0) first.reject(error);
      else for (const one of group) await this.settle([one]);
    }
  }
}
