import type { Migration } from '@themeline/persistence';
import { spanOf, wordsOf } from './events/search.fields';
import type { RevisionDocument } from './timeline.collections';

const BATCH = 1_000;

export const timelineMigrations: Migration[] = [
  {
    id: 'events-have-corrections',
    up: async (db) => {
      await db.collection('events').updateMany({ corrections: { $exists: false } }, { $set: { corrections: {} } });
    },
  },
  {
    // Before it lists were ordered by `recordedAt`, and phrases and widths of dates were not looked for.
    id: 'revisions-have-known-seq-span-wording',
    up: async (db) => {
      const revisions = db.collection<RevisionDocument>('revisions');
      const rows = revisions
        .find({}, { projection: { eventId: 1, revision: 1, fromSeq: 1, snapshot: 1, lower: 1, upper: 1 } })
        .sort({ eventId: 1, revision: 1 });
      let event = '';
      let knownSeq: number | undefined;
      let writes: Parameters<typeof revisions.bulkWrite>[0][number][] = [];
      for await (const { _id, eventId, fromSeq, snapshot, lower, upper } of rows) {
        // The first of an event is the one by which it became known.
        if (event !== eventId) [event, knownSeq] = [eventId, fromSeq];
        const known = fromSeq === undefined || knownSeq === undefined ? {} : { knownSeq };
        const $set = { ...wordsOf(snapshot), span: spanOf(lower, upper), ...known };
        writes.push({ updateOne: { filter: { _id }, update: { $set } } });
        if (writes.length < BATCH) continue;
        await revisions.bulkWrite(writes);
        writes = [];
      }
      if (writes.length > 0) await revisions.bulkWrite(writes);
      const gone = ['recordedAt_1_eventId_1', 'dateKey_1_eventId_1', 'tags_1_recordedAt_1_eventId_1'];
      for (const name of [...gone, 'tags_1_dateKey_1_eventId_1', 'terms_1']) {
        if (await revisions.indexExists(name)) await revisions.dropIndex(name);
      }
    },
  },
];
