import type { EventRevision, Page } from '@themeline/contracts';
import { eventually } from '../../../../test/support/message-bus';
import { accepted, report, TimelineReplicas, withdrawn } from '../../../../test/support/timeline-replicas';
import type { BridgeDocument } from '../timeline.collections';

let timeline: TimelineReplicas;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(2);
});

afterAll(() => timeline.stop());

const standing = async (who: string): Promise<string[]> =>
  (await timeline.eventsOf(who)).filter(({ heir }) => heir === null).map(({ _id }) => _id);
const noted = (): Promise<number> => timeline.database.collection<BridgeDocument>('bridges').countDocuments();

/** Two tellings that have nothing but a name in common, and one that tells what both do. */
const tellings = (who: string) => ({
  first: report({ who, headline: `${who} launches a delivery drone`, at: '2025-04-10' }),
  second: report({ who, headline: `${who} begins flying parcels over the river`, at: '2025-04-11' }),
  bridge: report({
    who,
    headline: `Flying parcels over the river: ${who} launches a delivery drone`,
    at: '2025-04-12',
  }),
});

test('what an early split keeps apart is joined when a later report bridges it', async () => {
  const { first, second, bridge } = tellings('Corylus');
  await timeline.deliver(accepted(first));
  await timeline.deliver(accepted(second), 1);
  expect(await standing('Corylus')).toHaveLength(2);
  await timeline.deliver(accepted(bridge));
  await eventually('one event', async () => (await standing('Corylus')).length === 1);
  const [id = ''] = await standing('Corylus');
  const shown = (await timeline.get(`/v1/events/${id}`).expect(200)).body as { reports: { reportId: string }[] };
  expect(shown.reports.map(({ reportId }) => reportId).sort()).toEqual(
    [first, second, bridge].map(({ reportId }) => reportId).sort(),
  );
  const history = (await timeline.get(`/v1/events/${id}/revisions`).expect(200)).body as Page<EventRevision>;
  expect(history.items[0]).toMatchObject({
    cause: { type: 'edit', author: 'themeline', reason: `the report ${bridge.reportId} tells of both` },
  });
  expect(await noted()).toBe(0);
});

test('what a person has parted stays apart, whatever bridges it', async () => {
  const { first, second, bridge } = tellings('Tilia');
  await timeline.deliver(accepted(first, second, bridge));
  await eventually('one event', async () => (await standing('Tilia')).length === 1);
  const [id = ''] = await standing('Tilia');
  const { revision } = (await timeline.eventsOf('Tilia')).find(({ _id }) => _id === id) ?? { revision: 0 };
  await timeline.edit({ id, revision }, '/split', { reports: [second.reportId], reason: 'another drone' }).expect(200);
  const again = report({ who: 'Tilia', headline: bridge.headline, at: '2025-04-13' });
  await timeline.deliver(accepted(again));
  await eventually('nothing left to join', async () => (await noted()) === 0);
  expect(await standing('Tilia')).toHaveLength(2);
});

test('a person undoes such a joining, and it lasts: each side keeps its own, and comes back to it', async () => {
  const { first, second, bridge } = tellings('Salix');
  await timeline.deliver(accepted(first));
  await timeline.deliver(accepted(second));
  await timeline.deliver(accepted(bridge));
  const [id = ''] = await eventually('one event', async () => {
    const ids = await standing('Salix');
    return ids.length === 1 && ids;
  });
  const history = (await timeline.get(`/v1/events/${id}/revisions`).expect(200)).body as Page<EventRevision>;
  const [joining] = history.items;
  const { revision = 0 } = joining ?? {};
  await timeline.edit({ id, revision }, '/undo', { revision, reason: 'two drones' }).expect(200);
  const reportsOf = async (eventId: string): Promise<string[]> =>
    ((await timeline.get(`/v1/events/${eventId}`).expect(200)).body as { reports: { reportId: string }[] }).reports.map(
      ({ reportId }) => reportId,
    );
  const both = await standing('Salix');
  expect(both).toHaveLength(2);
  const other = both.find((one) => one !== id) ?? '';
  const before = { [id]: (await reportsOf(id)).sort(), [other]: (await reportsOf(other)).sort() };
  expect(before[id]).toContain(first.reportId);
  expect(before[other]).toContain(second.reportId);
  for (const one of [first, second]) {
    await timeline.deliver(withdrawn(one, 2));
    await timeline.deliver(accepted({ ...one, version: 3, headline: bridge.headline }));
  }
  await eventually('nothing left to join', async () => (await noted()) === 0);
  expect({ [id]: (await reportsOf(id)).sort(), [other]: (await reportsOf(other)).sort() }).toEqual(before);
});
