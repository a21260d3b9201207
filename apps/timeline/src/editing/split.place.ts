import { deriveId } from '@themeline/contracts';
import type { MergeRepository } from '../merge/merge.repository';
import type { ClaimDocument, EventDocument } from '../timeline.collections';

/** The event that what is split off becomes: that of its first report, if it was merged away into this one or never existed. */
export async function placeForSplit(
  repository: MergeRepository,
  event: EventDocument,
  moving: readonly ClaimDocument[],
): Promise<{ id: string; before: EventDocument | null }> {
  const founders = [...moving]
    .sort((a, b) => ((a.report?.receivedAt ?? '') < (b.report?.receivedAt ?? '') ? -1 : 1))
    .map((claim) => deriveId('evt', claim.reportId));
  const known = new Map((await repository.findEvents(founders)).map((row) => [row._id, row]));
  const heirs = await repository.findHeirs(founders);
  for (const id of founders) {
    const before = known.get(id) ?? null;
    if (before === null || (before.heir !== null && heirs.get(id)?._id === event._id)) return { id, before };
  }
  return { id: deriveId('evt', event._id, 'split', String(event.revision)), before: null };
}
