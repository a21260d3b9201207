#!/usr/bin/env node
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, importBuilt, prepare, root } from './bootstrap.mjs';

await prepare();
const { findServer } = await importBuilt('deploy/local/servers.js');
const progress = (line) => process.stderr.write(`${line}\n`);
try {
  if (!process.env.MONGODB_URI) await findServer('mongod', process.env, progress);
  if (!process.env.NATS_URL) await findServer('nats-server', process.env, progress);
} catch (error) {
  fail(error.name === 'StackError' ? error.message : error.stack);
}

// The whole run also keeps the code in order; a run of chosen tests (npm test -- libs/dates) does not wait for that.
const CHECKS = process.argv.length > 2 ? [] : ['format:check', 'lint', 'types', 'boundaries', 'audit'];
let checksFailed = 0;
for (const check of CHECKS) {
  const started = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', check], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) checksFailed += 1;
  progress(`${check}: ${status === 0 ? 'ok' : 'FAILED'} (${Math.round((Date.now() - started) / 1_000)} s)`);
}

// The whole run takes what stands alone two at a time, and after that, one by one, what starts whole stacks and times them.
const chosen = process.argv.slice(2);
const RUNS =
  chosen.length > 0
    ? [chosen]
    : [
        ['--selectProjects', 'unit', 'integration'],
        // A stack that would not start may leave its connections open: that run ends all the same, and says so.
        ['--selectProjects', 'e2e', '--runInBand', '--forceExit'],
      ];

let running;
// Ctrl-C reaches jest by itself; this process stays to say how far it came.
let interrupted = false;
process.on('SIGINT', () => (interrupted = true));
process.on('SIGTERM', () => {
  interrupted = true;
  running?.kill('SIGTERM');
});

/** Runs jest once: its exit code, and how many tests passed, failed and were skipped. */
async function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'themeline-results-'));
  const results = join(folder, 'results.json');
  running = spawn(
    process.execPath,
    [join(root, 'node_modules/jest/bin/jest.js'), '--json', '--outputFile', results, ...args],
    { cwd: root, stdio: 'inherit' },
  );
  const code = await new Promise((done) => running.once('close', (exit) => done(exit ?? 1)));
  try {
    const totals = JSON.parse(readFileSync(results, 'utf8'));
    return {
      code,
      passed: totals.numPassedTests,
      // A suite that could not be loaded counts as one failure.
      failed: totals.numFailedTests + totals.numRuntimeErrorTestSuites,
      skipped: totals.numPendingTests + totals.numTodoTests,
    };
  } catch {
    // A run that left no results has failed as a whole.
    process.stderr.write('themeline: the tests did not run to their end\n');
    return { code, passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const runs = [];
for (const args of RUNS) if (!interrupted) runs.push(await runJest(args));
const sum = (count) => runs.reduce((total, run) => total + count(run), 0);
const failed = checksFailed + sum((run) => run.failed) + (RUNS.length - runs.length);
const skipped = sum((run) => run.skipped);
const code = runs.find((run) => run.code !== 0)?.code ?? (failed > 0 ? 1 : 0);
process.stdout.write(
  `${sum((run) => run.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
  () => process.exit(code),
);
