#!/usr/bin/env node
// Holds the locked dependencies against the known advisories of the npm registry. Only what is critical and part of the product fails;
// everything else is told. A registry that does not answer fails nothing, but is named, so that nobody takes silence for safety.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

const PATIENCE_MS = Number(process.env.AUDIT_TIMEOUT_MS ?? 30_000);
const SEVERITIES = ['critical', 'high', 'moderate', 'low', 'info'];

/** The vulnerable packages of the lock file, or why there was no answer. */
function audit() {
  const npm = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
    cwd: root,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (npm.error !== undefined) {
    return { reason: npm.error.code === 'ETIMEDOUT' ? `nothing in ${PATIENCE_MS} ms` : npm.error.message };
  }
  try {
    const report = JSON.parse(npm.stdout);
    if (report.metadata?.vulnerabilities === undefined) {
      return { reason: firstLine(report.error?.summary || report.message || npm.stderr) };
    }
    return { found: Object.values(report.vulnerabilities) };
  } catch {
    return { reason: firstLine(npm.stderr) };
  }
}

const firstLine = (text) =>
  String(text ?? '')
    .trim()
    .split('\n', 1)[0] || 'no reason given';

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
/** Whether any copy of it is installed without development tools. */
const isOfTheProduct = ({ nodes }) => nodes.some((node) => packages[node]?.dev !== true);

/** `1 critical, 3 high` */
const counted = (found) =>
  SEVERITIES.map((severity) => [found.filter((one) => one.severity === severity).length, severity])
    .flatMap(([count, severity]) => (count > 0 ? [`${count} ${severity}`] : []))
    .join(', ') || 'none';

const { reason, found } = audit();
if (reason !== undefined) {
  console.log(
    `NOT AUDITED: no advisory source answered (${reason}); nothing is known of the dependencies' vulnerabilities`,
  );
} else {
  const ofTheProduct = found.filter(isOfTheProduct);
  const others = found.filter((one) => !isOfTheProduct(one));
  console.log(
    `known vulnerabilities of the product: ${counted(ofTheProduct)}; of development tools: ${counted(others)}`,
  );
  for (const [place, list] of Object.entries({ product: ofTheProduct, development: others })) {
    for (const { name, severity, via } of list) {
      const causes = via.map((cause) => (typeof cause === 'string' ? `by ${cause}` : `${cause.title} ${cause.url}`));
      console.log(`  ${severity} (${place}) ${name}: ${causes.join('; ')}`);
    }
  }
  if (ofTheProduct.some(({ severity }) => severity === 'critical')) process.exitCode = 1;
}
