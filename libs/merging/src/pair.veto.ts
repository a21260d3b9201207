/** One part of a score, with its reason in words. */
export interface Part {
  name: string;
  /** What it adds. A veto adds nothing and ends the comparison: its note says why. */
  value: number;
  note: string;
}

/** Thrown by what rules a merge out. No Error: thousands of pairs end with one, and stack traces would take most of the time. */
export class Veto {
  constructor(
    readonly part: string,
    readonly note: string,
  ) {}
}
