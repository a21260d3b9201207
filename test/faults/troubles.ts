/** What a fault leaves behind it for so long: an election, connections that are made again, a service that starts. */
const RECOVERY_MS = 10_000;

interface Trouble {
  of: string;
  from: number;
  /** Infinity while it lasts. */
  to: number;
}

/** When which process of the cluster was down, halted, cut off or otherwise not itself, by the driver's wall clock. */
export class Troubles {
  private readonly all: Trouble[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** From now until the answer is called. */
  begin(of: string): () => void {
    const trouble = { of, from: this.now(), to: Infinity };
    this.all.push(trouble);
    return () => {
      trouble.to = Math.min(trouble.to, this.now());
    };
  }

  /** Whether any process that is meant had trouble, or was recovering from some, between the two times. */
  touch(isMeant: (name: string) => boolean, from: number, to: number): boolean {
    return this.all.some((one) => isMeant(one.of) && one.from <= to && one.to + RECOVERY_MS >= from);
  }
}
