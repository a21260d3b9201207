import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../support/stack';
import { type Counts, type Findings, totalOf, Watch } from './checks';
import { Cluster } from './cluster';
import { type FaultKind, inject, planFaults, Traces } from './faults';
import { Load, planLoad } from './load';
import { Receivers } from './receivers';
import { RunFolder } from './run.folder';

const run = promisify(execFile);

const READY_MS = 120_000;

export interface RunOptions {
  seed: number;
  /** Of load and faults; starting and waiting for quiet come on top. */
  seconds: number;
  reportsPerSecond: number;
  kinds: readonly FaultKind[];
  say: (line: string) => void;
  /** Keep the logs and the recorded load even if all is well. */
  keep: boolean;
}

export interface RunResult {
  seed: number;
  findings: Findings;
  counts: Counts;
  faults: Map<FaultKind, number>;
  /** Requests that were tried again, and how often processes ended by themselves. */
  retriedRequests: number;
  ownExits: number;
}

/** One run: a cluster of its own, load and faults, then quiet, then the checks. What fails keeps its folder. */
export async function runFaults({ seed, seconds, reportsPerSecond, kinds, say, keep }: RunOptions): Promise<RunResult> {
  const folder = await RunFolder.create();
  const startedAt = performance.now();
  const tell = (what: string): void =>
    say(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(7)} s  ${what}`);
  const plan = planLoad(seed, seconds, reportsPerSecond);
  const faults = planFaults(seed, seconds, kinds);
  let cluster: Cluster | undefined;
  const receivers = new Receivers();
  await receivers.start();
  let isWell = false;
  try {
    cluster = await Cluster.start({ folder: folder.path, serverClocks: kinds.includes('server-clock') });
    const [gateway] = cluster.gateways;
    if (gateway === undefined) throw new Error('there is no gateway');
    const watch = new Watch(gateway, receivers, cluster.troubles);
    await watch.subscribe();
    tell(`ready; ${String(plan.happenings.length)} happenings in ${String(plan.steps.length)} requests follow`);
    const traces = new Traces();
    const load = new Load(plan, cluster.gateways);
    const scene = { cluster, receivers, paths: watch.paths, traces };
    const [injected] = await Promise.all([inject(faults, scene, tell), load.run()]);
    tell(`all is sent; waiting for quiet`);
    await cluster.ready(READY_MS);
    const { findings, counts } = await watch.verify(
      load,
      plan.happenings,
      traces.mayLackDeadLetters ? 0 : traces.deadLetters,
    );
    findings.broken.push(...traces.broken, ...(await differencesOfRollups(cluster)), ...(await cluster.stopServices()));
    tell('checked');
    await writeFile(join(folder.path, 'load.ndjson'), load.sent.map((sent) => `${JSON.stringify(sent)}\n`).join(''));
    isWell = totalOf(findings) === 0;
    return {
      seed,
      findings,
      counts,
      faults: countBy(injected),
      retriedRequests: load.sent.filter(({ tries }) => tries > 1).length,
      ownExits: cluster.processes.reduce((sum, { ownExits }) => sum + ownExits, 0),
    };
  } finally {
    await cluster?.stop();
    await receivers.stop();
    if (isWell && !keep) await folder.remove();
    else {
      await folder.keep();
      say(`logs and data are kept in ${folder.path}`);
    }
  }
}

/** What `npm run verify:rollups` finds, a line each. */
async function differencesOfRollups(cluster: Cluster): Promise<string[]> {
  const script = join(repositoryRoot, 'dist/apps/timeline/src/rollups/rollups.main.js');
  const env = { PATH: process.env.PATH, MONGODB_URI: cluster.mongoUri() };
  return run(process.execPath, [script], { env }).then(
    () => [],
    ({ stdout, stderr }: { stdout: string; stderr: string }) =>
      `${stdout}${stderr}`
        .trim()
        .split('\n')
        .map((line) => `rollups: ${line}`),
  );
}

function countBy<K>(keys: readonly K[]): Map<K, number> {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
