import { accepted, report, TimelineReplicas } from '../../../../test/support/timeline-replicas';
import type { EventDocument } from '../timeline.collections';
import { namesInEvidence } from './profile.migration';

let timeline: TimelineReplicas;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
});

afterAll(() => timeline.stop());

const telling = (who: string) =>
  report({
    who,
    date: '2025-04-08',
    evidence: { text: `${who} launched a drone that Chalk Lake had ordered.`, start: null, end: null },
  });

const withoutKey = [{ $set: { keys: { $setDifference: ['$keys', ['chalk-lake']] } } }];

test('events of a version that knew no names of evidence are found by them, once and for all', async () => {
  const events = timeline.database.collection<EventDocument>('events');
  await timeline.deliver(accepted(telling('Heron Labs'), telling('Ibis Labs')));
  const now = await events.find().sort({ _id: 1 }).toArray();
  expect(now).toHaveLength(2);
  for (const { keys } of now) expect(keys).toContain('chalk-lake');

  // As that version left them: no such names, and no keys of them.
  await events.updateMany({}, { $unset: { 'profiles.$[].said': 1 } });
  await events.updateMany({}, withoutKey);
  await namesInEvidence.up(timeline.database.db);
  expect(await events.find().sort({ _id: 1 }).toArray()).toEqual(now);

  // A second run, as after a crash at its end, finds nothing to do.
  await events.updateOne({ _id: now[0]!._id }, withoutKey);
  await namesInEvidence.up(timeline.database.db);
  expect((await events.findOne({ _id: now[0]!._id }))?.keys).not.toContain('chalk-lake');
});

test('reports are put into events of that version also before they are read again', async () => {
  const events = timeline.database.collection<EventDocument>('events');
  await timeline.deliver(accepted(telling('Stork Labs')));
  await events.updateMany({}, { $unset: { 'profiles.$[].said': 1 } });
  await timeline.deliver(accepted(telling('Stork Labs')));
  expect((await timeline.eventOf('Stork Labs')).snapshot.sourceCount).toBe(2);
});
