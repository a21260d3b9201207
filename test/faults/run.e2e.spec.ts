import { describe as lines, totalOf } from './checks';
import type { FaultKind } from './faults';
import { runFaults } from './faults.run';

jest.setTimeout(420_000);

/** Those that a short load recovers from soon, and one that each service is restarted by. */
const KINDS: FaultKind[] = [
  'upgrade',
  'kill-mongod',
  'kill-nats',
  'mongo-step-down',
  'nats-leader',
  'halt-service',
  'reset',
  'latency',
  'receiver',
  'poison',
];

test('a cluster under load is broken and upgraded: nothing is lost, doubled or broken, and each service ends with 0 at SIGTERM', async () => {
  const told: string[] = [];
  const { findings, counts, faults } = await runFaults({
    seed: 7,
    seconds: 22,
    reportsPerSecond: 8,
    kinds: KINDS,
    say: (line) => told.push(line),
    keep: false,
  });
  // With what was done, or a failure could not be understood.
  if (totalOf(findings) > 0) throw new Error([...told, ...lines(findings)].join('\n'));
  expect(faults.get('upgrade')).toBeGreaterThanOrEqual(1);
  expect(faults.size).toBeGreaterThanOrEqual(8);
  expect(counts.reports).toBeGreaterThan(120);
  expect(counts.calls).toBeGreaterThanOrEqual(counts.deliveries);
});
