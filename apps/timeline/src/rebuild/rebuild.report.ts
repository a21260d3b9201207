import type { Difference } from './rebuild.planner';
import type { Reading, RebuildResult } from './rebuild.service';

/** The result for people. `revisions`: how many switching over took, null where it was not asked for. At most `most` differences each. */
export function showRebuild(result: RebuildResult, revisions: number | null, most: number): string {
  const { pairs, differences, readings } = result;
  const lines = [
    `${String(result.reports)} reports: ${String(result.liveEvents)} events live, ${String(result.rebuiltEvents)} rebuilt in '${result.database}'`,
    `pairs of reports in one event: ${String(pairs.both)} in both, ${String(pairs.onlyLive)} only live, ${String(pairs.onlyRebuilt)} only rebuilt (${(100 * pairs.share).toFixed(2)} % agree)`,
    ...listed('to be joined or parted', differences, describe, most),
    ...listed('read otherwise from the same reports', readings, describeReading, most),
  ];
  if (revisions !== null) lines.push(`switched over: ${String(revisions)} revisions`);
  else if (differences.length + readings.length > 0)
    lines.push('nothing was changed; --switch brings the timeline to this');
  return `${lines.join('\n')}\n`;
}

function listed<T>(title: string, items: readonly T[], show: (item: T) => string, most: number): string[] {
  const left = items.length - most;
  return [
    `${title}: ${String(items.length)}`,
    ...items.slice(0, most).map((item) => `  ${show(item)}`),
    ...(left > 0 ? [`  and ${String(left)} more; --all names them`] : []),
  ];
}

function describe({ type, events, groups }: Difference): string {
  return type === 'join'
    ? `join ${events.join(' + ')}`
    : `part ${events.join()} into ${groups.map((group) => `{${group.join(', ')}}`).join(' ')}`;
}

const describeReading = ({ eventId, fields }: Reading): string => `${eventId}: ${fields.join(', ')}`;
