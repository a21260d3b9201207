import { ALL, incrementsOf, RollupTally } from './rollup.tally';
import type { RollupsRepository } from './rollups.repository';

/** Where a stored count is not what there is. `{rollup: 'kind:ban', field: 'counts.country.FR', stored: 3, counted: 2}` */
export interface Difference {
  rollup: string;
  field: string;
  stored: number;
  counted: number;
}

export interface Verification {
  /** The place up to which the rollups were folded, and counted. */
  seq: number;
  events: number;
  counts: number;
  differences: Difference[];
}

/** More than these are not listed. */
const MAX_DIFFERENCES = 100;

/** Counts every event as of where the rollups are folded to and compares. What is folded meanwhile makes it begin again. */
export async function verifyRollups(rollups: RollupsRepository): Promise<Verification> {
  for (;;) {
    const seq = await rollups.foldedTo();
    const tally = new RollupTally();
    for await (const row of rollups.standingAt(seq)) tally.add(row, 1);
    const events = tally.rollups.get(ALL)?.total ?? 0;
    const differences: Difference[] = [];
    let counts = 0;
    const compare = (rollup: string, stored: object, counted: object | undefined): void => {
      const is = incrementsOf(stored);
      const should = incrementsOf(counted ?? {});
      for (const field of new Set([...Object.keys(is), ...Object.keys(should)])) {
        counts += 1;
        const found = { rollup, field, stored: is[field] ?? 0, counted: should[field] ?? 0 };
        if (found.stored !== found.counted && differences.length < MAX_DIFFERENCES) differences.push(found);
      }
    };
    const stored = rollups.stored();
    for await (const row of stored.rollups) {
      compare(row._id, row, tally.rollups.get(row._id));
      tally.rollups.delete(row._id);
    }
    for await (const row of stored.years) {
      compare(row._id, row, tally.years.get(row._id));
      tally.years.delete(row._id);
    }
    for (const row of [...tally.rollups.values(), ...tally.years.values()]) compare(row._id, {}, row);
    if ((await rollups.foldedTo()) === seq) return { seq, events, counts, differences };
  }
}
