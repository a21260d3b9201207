import { describe as linesOf } from './checks';
import { FAULT_KINDS } from './faults';
import { runFaults } from './faults.run';

jest.setTimeout(420_000);

test('a seeded load through a cluster that is broken all the while: nothing lost, nothing doubled', async () => {
  const lines: string[] = [];
  const { findings, faults } = await runFaults({
    seed: 1,
    seconds: 15,
    reportsPerSecond: 10,
    kinds: FAULT_KINDS,
    say: (line) => lines.push(line),
    keep: false,
  });
  // With what happened, for whoever reads of a failure.
  expect({ wrong: linesOf(findings), lines: [] }).toEqual({ wrong: [], lines: findings.lost.length > 0 ? lines : [] });
  expect(faults.size).toBeGreaterThan(3);
});
