import { unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Steps on an alert's way between which the process may die. */
export type FaultPoint =
  'after-match' | 'before-ledger-commit' | 'after-ledger-commit' | 'before-call' | 'before-marking-delivered';

/**
 * Where a fault test has the process die: it puts a file named for the step into `FAULT_POINTS_FOLDER`, and whoever comes
 * by first takes the file away and ends itself as `kill -9` would. Without the variable nothing happens.
 */
export function faultPoint(step: FaultPoint): void {
  const folder = process.env.FAULT_POINTS_FOLDER;
  if (folder === undefined || folder === '') return;
  try {
    unlinkSync(join(folder, step));
  } catch {
    return;
  }
  process.kill(process.pid, 'SIGKILL');
}
