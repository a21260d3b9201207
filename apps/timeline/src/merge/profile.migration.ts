import type { Migration } from '@themeline/persistence';
import { loadVocabulary, type Vocabulary } from '@themeline/vocabulary';
import type { ClaimDocument, EventDocument } from '../timeline.collections';
import { foundBy, profilesOf } from './event.reviser';

const EVENTS_AT_ONCE = 200;

/**
 * Events are known by what of their claims was read when they were stored: those from before names in the evidence counted are read again.
 * An event that is revised meanwhile is left to the revision.
 */
export const namesInEvidence: Migration = {
  id: 'profiles-have-names-of-evidence',
  up: async (db) => {
    let vocabulary: Vocabulary | null = null;
    const events = db.collection<EventDocument>('events');
    const claims = db.collection<ClaimDocument>('claims');
    const again = async (batch: readonly EventDocument[]): Promise<void> => {
      if (batch.length === 0) return;
      const { kindById } = (vocabulary ??= loadVocabulary());
      const holding = await claims.find({ eventId: { $in: batch.map(({ _id }) => _id) } }).toArray();
      const updates = batch.flatMap(({ _id, revision }) => {
        const reports = holding.flatMap(({ eventId, report }) => (eventId === _id && report !== null ? [report] : []));
        // What an editor took off and no source tells any more stays known by what was kept of it.
        if (reports.length === 0) return [];
        const found = foundBy(profilesOf(reports, (kind) => kindById.get(kind)?.family ?? kind));
        return [{ updateOne: { filter: { _id, revision }, update: { $set: found } } }];
      });
      if (updates.length > 0) await events.bulkWrite(updates, { ordered: false });
    };
    let batch: EventDocument[] = [];
    for await (const event of events.find({ 'profiles.0': { $exists: true }, 'profiles.said': { $exists: false } })) {
      batch.push(event);
      if (batch.length < EVENTS_AT_ONCE) continue;
      await again(batch);
      batch = [];
    }
    await again(batch);
  },
};
