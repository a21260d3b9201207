import { unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Steps of a message's way, in every service: committed and not yet sent, sent and not yet marked, worked on and not yet committed, committed and not yet acknowledged. */
export const MESSAGE_FAULT_POINTS = [
  'after-commit',
  'after-publish',
  'before-batch-commit',
  'after-batch-commit',
] as const;
/** Steps of an alert's way. */
export const ALERT_FAULT_POINTS = [
  'after-match',
  'before-ledger-commit',
  'after-ledger-commit',
  'before-call',
  'before-marking-delivered',
] as const;

/** Steps between which the process may die. */
export type FaultPoint = (typeof MESSAGE_FAULT_POINTS)[number] | (typeof ALERT_FAULT_POINTS)[number];

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
