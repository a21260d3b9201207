import type { EventRevised, Page } from '@themeline/contracts';
import { eventually } from '../../../../test/support/message-bus';
import { accepted, report, TimelineReplicas } from '../../../../test/support/timeline-replicas';

jest.setTimeout(180_000);

let timeline: TimelineReplicas;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(2);
});
afterAll(() => timeline.stop());

const pair = (one: string, two: string) => [
  { id: one.toLowerCase().replaceAll(' ', '-'), name: one, type: 'company' as const, role: 'agent' as const },
  { id: two.toLowerCase().replaceAll(' ', '-'), name: two, type: 'company' as const, role: 'partner' as const },
];

test('an entity has its timeline, its count, and who is in its events too', async () => {
  await timeline.deliver(
    accepted(
      report({
        who: 'Alder',
        headline: 'Alder and Birch join',
        date: '2025-01',
        entities: pair('Alder', 'Birch'),
      } as never),
      report({
        who: 'Alder',
        headline: 'Alder and Birch part',
        date: '2025-06',
        kind: 'ban',
        entities: pair('Alder', 'Birch'),
      } as never),
      report({
        who: 'Alder',
        headline: 'Alder and Cedar build',
        date: '2024-03',
        kind: 'policy',
        entities: pair('Alder', 'Cedar'),
      } as never),
    ),
  );
  await timeline.sequenced();
  const dates = (await timeline.list('/v1/entities/alder/timeline')).items.map(({ date }) => date.edtf);
  expect(dates).toEqual(['2025-06', '2025-01', '2024-03']);
  expect((await timeline.get('/v1/entities/alder')).body).toEqual({
    id: 'alder',
    name: 'Alder',
    type: 'company',
    events: 3,
    aliases: [],
  });
  expect((await timeline.get('/v1/entities/alder/co-occurring')).body).toEqual({
    items: [
      { id: 'birch', name: 'Birch', type: 'company', events: 2, together: 2 },
      { id: 'cedar', name: 'Cedar', type: 'company', events: 1, together: 1 },
    ],
    nextCursor: null,
  });
  expect((await timeline.get('/v1/entities/nobody')).status).toBe(404);
});

test('a merge moves the name: old events follow, new ones come under it, every alias finds it, and nobody is alerted', async () => {
  const old = report({ who: 'Oldpine Works', date: '2023' });
  await timeline.deliver(accepted(old, report({ who: 'Newpine', date: '2024' })));
  await timeline.sequenced();
  const merged = await timeline.call('post', '/v1/entities/newpine/merge').send({ with: 'oldpine-works' });
  expect(merged.status).toBe(200);
  expect(merged.body).toMatchObject({ id: 'newpine', aliases: ['Oldpine Works'] });
  await timeline.deliver(accepted(report({ who: 'Oldpine Works', date: '2025', kind: 'ban' })), 1);
  await eventually('all events under the new name', async () => {
    const { items } = await timeline.list('/v1/events?entity=newpine');
    return items.length === 3 && items.every(({ entities }) => entities.map(({ id }) => id).join() === 'newpine');
  });
  expect((await timeline.list('/v1/events?entity=Oldpine%20Works')).items).toHaveLength(3);
  const search = async (q: string): Promise<string[]> =>
    ((await timeline.get(`/v1/entities?q=${q}`)).body as Page<{ id: string }>).items.map(({ id }) => id);
  expect(await search('oldpi')).toEqual(['newpine']);
  expect(await search('newpine')).toEqual(['newpine']);
  expect((await timeline.get('/v1/entities?q=.*')).body).toMatchObject({ status: 400, errors: [{ path: 'q' }] });
  expect((await timeline.get('/v1/entities/oldpine-works')).body).toMatchObject({ id: 'newpine', events: 3 });
  const told = await timeline.sent<EventRevised>('event.revised', ({ after }) =>
    after.entities.some(({ id }) => id === 'newpine'),
  );
  const moves = told.filter(({ before }) => before?.entities.some(({ id }) => id === 'oldpine-works'));
  expect(moves).toHaveLength(1);
  expect(moves.every(({ backfill, developments }) => backfill && developments.length === 0)).toBe(true);
});

test('what cannot be merged is said', async () => {
  const merge = (id: string, other: string) => timeline.call('post', `/v1/entities/${id}/merge`).send({ with: other });
  expect((await merge('alder', 'alder')).status).toBe(400);
  expect((await merge('alder', 'nobody')).body).toMatchObject({ status: 404, detail: "no such entity: 'nobody'" });
  expect((await merge('alder', 'oldpine-works')).status).toBe(409);
  expect((await timeline.call('post', '/v1/entities/alder/merge', 'read').send({ with: 'birch' })).status).toBe(403);
});
