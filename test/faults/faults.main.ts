// What is promised is broken on purpose, and looked at from outside. `npm run test:faults -- --help` says how.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../support/stack';
import { describe, totalOf } from './checks';
import { FAULT_KINDS, type FaultKind, USUAL_KINDS } from './faults';
import { type RunResult, runFaults } from './faults.run';

const HELP = `npm run test:faults [-- options]   Runs the product in a cluster on this machine, breaks it, and counts.

Two of each service, a replica set of three mongods, three nats-servers with three copies of each stream. A seeded load is
posted while faults are injected; then every report must have one event, every development that somebody waits for one
alert, every alert a delivery, and histories and counts must be whole, as seen through the API and by webhook receivers.

  --seed N       of load and faults (one by the clock, printed); a run repeats from it
  --seconds N    of load and faults in a run (30)
  --runs N       runs one after another, with seeds that follow on one another (1)
  --rate N       reports a second (15)
  --faults A,B   only these kinds (all but server-clock): ${FAULT_KINDS.join(', ')}
  --keep         keep logs, data and the recorded load even of a run that was well
  --help         this text
`;

function options(): { seed: number; seconds: number; runs: number; rate: number; kinds: FaultKind[]; keep: boolean } {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      seconds: { type: 'string', default: '30' },
      runs: { type: 'string', default: '1' },
      rate: { type: 'string', default: '15' },
      faults: { type: 'string', default: USUAL_KINDS.join(',') },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const whole = (name: 'seed' | 'seconds' | 'runs' | 'rate'): number => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < (name === 'seed' ? 0 : 1))
      throw new Error(`--${name} is not a whole number: '${values[name]}'`);
    return value;
  };
  const kinds = values.faults.split(',').map((name) => {
    const kind = FAULT_KINDS.find((known) => known === name);
    if (kind === undefined) throw new Error(`no such fault: '${name}'; there are ${FAULT_KINDS.join(', ')}`);
    return kind;
  });
  return {
    seed: whole('seed'),
    seconds: whole('seconds'),
    runs: whole('runs'),
    rate: whole('rate'),
    kinds,
    keep: values.keep,
  };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { seed, seconds, runs, rate, kinds, keep } = options();
  // The launcher builds what has changed before it says how it is used.
  const built = spawnSync(process.execPath, [join(repositoryRoot, 'deploy/local/start.mjs'), '--help'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0) throw new Error('the services cannot be built');
  const results: RunResult[] = [];
  for (let run = 0; run < runs; run += 1) {
    say(`seed ${String(seed + run)}: ${String(seconds)} s, ${String(rate)} reports a second, ${kinds.join(', ')}`);
    const result = await runFaults({ seed: seed + run, seconds, reportsPerSecond: rate, kinds, say, keep });
    results.push(result);
    for (const line of describe(result.findings)) say(line);
    say(summaryOf(result));
  }
  if (runs > 1 || results.length > 0) table(results);
  process.exitCode = results.every(({ findings }) => totalOf(findings) === 0) ? 0 : 1;
}

function summaryOf({ seed, findings, counts, retriedRequests, ownExits }: RunResult): string {
  const { lost, doubled, broken } = findings;
  return (
    `seed ${String(seed)}: ${String(lost.length)} lost, ${String(doubled.length)} doubled, ${String(broken.length)} broken; ` +
    `${String(counts.reports)} reports, ${String(counts.events)} events, ${String(counts.revisions)} revisions, ` +
    `${String(counts.alerts)} alerts, ${String(counts.deliveries)} deliveries in ${String(counts.calls)} calls ` +
    `(${String(counts.repeats)} repeats of a lost answer), ${String(counts.deadLetters)} dead letters; ` +
    `${String(retriedRequests)} requests tried again, ${String(ownExits)} processes ended by themselves`
  );
}

function table(results: readonly RunResult[]): void {
  say('');
  for (const kind of FAULT_KINDS) {
    const count = results.reduce((sum, { faults }) => sum + (faults.get(kind) ?? 0), 0);
    if (count > 0) say(`${kind.padEnd(16)} ${String(count).padStart(5)}`);
  }
  const wrong = (sort: 'lost' | 'doubled' | 'broken'): string =>
    String(results.reduce((sum, { findings }) => sum + findings[sort].length, 0));
  say(`${String(results.length)} runs: ${wrong('lost')} lost, ${wrong('doubled')} doubled, ${wrong('broken')} broken`);
}

main()
  // Of itself Node 20 has been seen to turn for ever in the last clean-up of its handles.
  .then(() => process.exit())
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
