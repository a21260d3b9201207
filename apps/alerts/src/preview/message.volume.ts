import type { Cadence } from '@themeline/contracts';
import { nextRelease } from '@themeline/delivery';

/** How many messages alerts at these times, in their order, would have been: those that wait for one release are one. */
export function messagesOf(times: readonly Date[], cadence: Cadence): number {
  if (cadence.mode === 'immediate') return times.length;
  let messages = 0;
  let release = -Infinity;
  for (const at of times) {
    if (at.getTime() < release) continue;
    messages += 1;
    release = nextRelease(cadence, at).getTime();
  }
  return messages;
}
