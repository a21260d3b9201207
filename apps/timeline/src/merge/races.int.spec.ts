import type { Report } from '@themeline/contracts';
import { inventedName } from '../../../../test/support/happenings';
import { accepted, report, TimelineReplicas, withdrawn } from '../../../../test/support/timeline-replicas';
import type { ClaimDocument, EventDocument, RevisionDocument } from '../timeline.collections';

const REPLICAS = 4;
let timeline: TimelineReplicas;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(REPLICAS);
});

afterAll(() => timeline.stop());

const replicas = Array.from({ length: REPLICAS }, (_, index) => index);

/** The n-th list begins a little further on than the one before: replicas meet the same happenings in other orders. */
function turned<T>(items: readonly T[], by: number): T[] {
  const at = (by * 3) % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

async function oneEventOf(who: string, sources: number): Promise<void> {
  const events = await timeline.eventsOf(who);
  expect({ who, events: events.map(({ snapshot }) => snapshot.sourceCount) }).toEqual({ who, events: [sources] });
}

test('the same happening told to four replicas at one instant is one event, 160 times', async () => {
  const names = Array.from({ length: 160 }, (_, n) => inventedName(n));
  let reruns = 0;
  for (let from = 0; from < names.length; from += 8) {
    const some = names.slice(from, from + 8);
    const batches = replicas.map((index) => turned(some, index).map((who) => report({ who, date: '2025-04-08' })));
    reruns += (
      await Promise.all(batches.map((reports, index) => timeline.deliver(accepted(...reports), index)))
    ).reduce((sum, one) => sum + one, 0);
  }
  for (const who of names) await oneEventOf(who, REPLICAS);
  // Without a collision it would have shown nothing.
  expect(reruns).toBeGreaterThan(20);
}, 120_000);

test('pairs at one instant, each report by itself', async () => {
  const names = Array.from({ length: 60 }, (_, n) => inventedName(1_000 + n));
  for (let from = 0; from < names.length; from += 2) {
    const some = names.slice(from, from + 2);
    await Promise.all(
      replicas.map((index) => timeline.deliver(accepted(report({ who: some[index % 2] ?? '' })), index)),
    );
  }
  for (const who of names) await oneEventOf(who, 2);
}, 120_000);

test('one and the same report through all replicas, new versions and withdrawals among them, counts once', async () => {
  const reports = Array.from({ length: 20 }, (_, n) => report({ who: inventedName(2_000 + n) }));
  const newer = (one: Report): Report => ({ ...one, version: 2, summary: 'In other words.' });
  await Promise.all(
    replicas.map((index) =>
      timeline.deliver(accepted(...turned(reports, index), ...(index % 2 === 0 ? reports.map(newer) : [])), index),
    ),
  );
  await Promise.all(
    replicas.map((index) =>
      timeline.deliver(
        turned(reports.slice(10), index).flatMap((one) => withdrawn(one, 3)),
        index,
      ),
    ),
  );
  const claims = timeline.database.collection<ClaimDocument>('claims');
  for (const [n, { reportId }] of reports.entries()) {
    const current = await claims.find({ reportId, current: true }).toArray();
    expect(current).toMatchObject([
      n < 10 ? { version: 2, withdrawnVersion: null } : { eventId: null, withdrawnVersion: 3 },
    ]);
    const [event] = await timeline.eventsOf(inventedName(2_000 + n));
    expect(event?.snapshot).toMatchObject({ retracted: n >= 10, sourceCount: 1 });
  }
});

test('afterwards every event is what its claims say, and its history has no gap', async () => {
  const events = await timeline.database.collection<EventDocument>('events').find({}).toArray();
  expect(events.length).toBeGreaterThan(200);
  const revisions = timeline.database.collection<RevisionDocument>('revisions');
  const claims = timeline.database.collection<ClaimDocument>('claims');
  for (const { _id, revision, snapshot } of events) {
    const steps = await revisions.find({ eventId: _id }).sort({ revision: 1 }).toArray();
    expect(steps.map((step) => step.revision)).toEqual(Array.from({ length: revision }, (_, index) => index + 1));
    const held = await claims.find({ eventId: _id }).toArray();
    if (!snapshot.retracted) expect(snapshot.sourceCount).toBe(new Set(held.map((one) => one.report?.source.id)).size);
  }
});
