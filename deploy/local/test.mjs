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
const CHECKS = process.argv.length > 2 ? [] : ['format:check', 'lint', 'types', 'boundaries'];
let checksFailed = 0;
for (const check of CHECKS) {
  const started = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', check], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) checksFailed += 1;
  progress(`${check}: ${status === 0 ? 'ok' : 'FAILED'} (${Math.round((Date.now() - started) / 1_000)} s)`);
}

const folder = mkdtempSync(join(tmpdir(), 'themeline-results-'));
const results = join(folder, 'results.json');
const jest = spawn(
  process.execPath,
  [join(root, 'node_modules/jest/bin/jest.js'), '--json', '--outputFile', results, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
// Ctrl-C reaches jest by itself; this process stays to say how far it came.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => jest.kill('SIGTERM'));
const code = await new Promise((done) => jest.once('close', (exit) => done(exit ?? 1)));

let passed = 0;
// A run that left no results has failed as a whole, a suite that could not be loaded counts as one failure.
let failed = 1 + checksFailed;
let skipped = 0;
try {
  const totals = JSON.parse(readFileSync(results, 'utf8'));
  passed = totals.numPassedTests;
  failed = totals.numFailedTests + totals.numRuntimeErrorTestSuites + checksFailed;
  skipped = totals.numPendingTests + totals.numTodoTests;
} catch {
  process.stderr.write('themeline: the tests did not run to their end\n');
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`, () =>
  process.exit(code === 0 && checksFailed > 0 ? 1 : code),
);
