import { loadVocabulary } from '@themeline/vocabulary';
import { Outbox, OutboxRepository } from '@themeline/messaging';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../../../../test/support/message-bus';
import { repositoryRoot } from '../../../../test/support/stack';
import { accepted, report, TimelineReplicas } from '../../../../test/support/timeline-replicas';
import type { ClaimDocument, EventDocument } from '../timeline.collections';
import { type RebuildResult, RebuildService } from './rebuild.service';

let timeline: TimelineReplicas;
let rebuild: RebuildService;

// Each test has a timeline of its own: a rebuild is of the whole.
beforeEach(async () => {
  timeline = await TimelineReplicas.start(1);
  const vocabulary = loadVocabulary();
  const outbox = new Outbox(new OutboxRepository(timeline.database));
  rebuild = new RebuildService(timeline.database, outbox, (kind) => vocabulary.kindById.get(kind)?.family ?? kind);
});

afterEach(async () => {
  await timeline.database.beside(`${timeline.database.db.databaseName}_rebuilt`).db.dropDatabase();
  await timeline.stop();
});

const line = (who: string) => report({ who, headline: `${who} opens a ferry line`, date: '2025-03-01' });
const ban = (who: string) => report({ who, kind: 'ban', headline: `${who} is kept from the harbour`, date: '2025-06' });
const edit = async (id: string, path: string, body: object): Promise<void> => {
  const { revision } = (await timeline.get(`/v1/events/${id}`)).body as { revision: number };
  const answer = await timeline.edit({ id, revision }, path, { reason: 'x', ...body });
  if (answer.status !== 200) throw new Error(answer.text);
};
const idsOf = async (who: string): Promise<{ line: string; ban: string }> => {
  const events = await timeline.eventsOf(who);
  const of = (kind: string): string => events.find(({ snapshot }) => snapshot.kind === kind)?._id ?? '';
  return { line: of('product-launch'), ban: of('ban') };
};
/** As if nobody had decided it: what is left is a timeline that went wrong. */
const forget = async (): Promise<void> => {
  await timeline.database.collection('pins').deleteMany({});
  await timeline.database.collection('partings').deleteMany({});
};
const beside = () => timeline.database.beside(`${timeline.database.db.databaseName}_rebuilt`);
const grouping = async (): Promise<string[]> => {
  const claims = await timeline.database
    .collection<ClaimDocument>('claims')
    .find({ eventId: { $ne: null } })
    .toArray();
  return claims.map(({ reportId, eventId }) => `${reportId} ${String(eventId)}`).sort();
};
const agrees = (result: RebuildResult): void => {
  expect({ ...result.pairs, differences: result.differences, readings: result.readings }).toMatchObject({
    share: 1,
    differences: [],
    readings: [],
  });
};

test('a timeline that is as its reports say is rebuilt the same, with the same ids, into a second database', async () => {
  for (const who of ['Alder', 'Birch', 'Cedar']) await timeline.deliver(accepted(line(who), ban(who), line(who)));
  const { line: one } = await idsOf('Alder');
  await edit(one, '', { headline: 'Corrected' });
  const result = await rebuild.run();
  expect(result).toMatchObject({ reports: 9, liveEvents: 6, rebuiltEvents: 6 });
  agrees(result);
  const rows = await beside().collection<EventDocument>('events').find({}).toArray();
  const live = await timeline.database.collection<EventDocument>('events').find({}).toArray();
  expect(rows.map(({ _id, keys }) => ({ _id, keys })).sort((a, b) => (a._id < b._id ? -1 : 1))).toEqual(
    live.map(({ _id, keys }) => ({ _id, keys })).sort((a, b) => (a._id < b._id ? -1 : 1)),
  );
  expect(rows.find(({ _id }) => _id === one)?.snapshot.headline).toBe('Corrected');
  expect(await beside().collection('claims').countDocuments()).toBe(9);
});

test('what persons decided stands, and what they retracted stays as it is', async () => {
  await timeline.deliver(accepted(line('Dogwood'), line('Dogwood'), ban('Dogwood')));
  const { line: one, ban: two } = await idsOf('Dogwood');
  await edit(one, '/merge', { with: two });
  const lines = [line('Elder'), line('Elder')];
  await timeline.deliver(accepted(...lines));
  const [elder] = await timeline.eventsOf('Elder');
  await edit(elder?._id ?? '', '/split', { reports: [lines[1]?.reportId] });
  await timeline.deliver(accepted(line('Fir'), line('Fir')));
  const [fir] = await timeline.eventsOf('Fir');
  await edit(fir?._id ?? '', '/retract', {});
  const before = await grouping();
  const result = await rebuild.run();
  agrees(result);
  expect(result).toMatchObject({ reports: 5, liveEvents: 3 });
  expect(await rebuild.switchOver()).toBe(0);
  expect(await grouping()).toEqual(before);
});

test('what went wrong is named, and put right by switching over: ids and history stay, nobody is alerted', async () => {
  await timeline.deliver(accepted(line('Ginkgo'), line('Ginkgo'), ban('Ginkgo')));
  const { line: one, ban: two } = await idsOf('Ginkgo');
  await edit(one, '/merge', { with: two });
  const lines = [line('Hazel'), line('Hazel'), line('Hazel')];
  await timeline.deliver(accepted(...lines));
  const [hazel] = await timeline.eventsOf('Hazel');
  await edit(hazel?._id ?? '', '/split', { reports: [lines[2]?.reportId] });
  await timeline.deliver(accepted(line('Ivy')));
  const [ivy] = await timeline.eventsOf('Ivy');
  await timeline.database
    .collection<EventDocument>('events')
    .updateOne({ _id: ivy?._id ?? '' }, { $set: { 'snapshot.headline': 'As an older reader had it' } });
  await forget();
  await timeline.sequenced();
  const before = await eventually('the clock to go on', () => new Date().toISOString());
  await eventually('that moment to pass', () => (Date.now() > Date.parse(before) + 1 ? true : null));

  const result = await rebuild.run();
  expect(result.pairs).toEqual({ both: 2, onlyLive: 2, onlyRebuilt: 2, share: 1 / 3 });
  expect(result.differences.map(({ type, events }) => [type, events.length])).toEqual([
    ['join', 2],
    ['part', 1],
  ]);
  expect(result.readings).toEqual([{ eventId: ivy?._id, fields: ['headline'] }]);

  expect(await rebuild.switchOver()).toBe(5);
  agrees(await rebuild.run());
  expect(await rebuild.switchOver()).toBe(0);
  const fresh = await timeline.sent<{ backfill: boolean; at: string }>('event.revised', ({ at }) => at > before);
  expect(fresh).toHaveLength(5);
  expect(fresh.every(({ backfill }) => backfill)).toBe(true);

  // The old ids: one lives again, one redirects; and the past is what it was.
  expect((await idsOf('Ginkgo')).ban).toBe(two);
  const [joined] = await timeline.eventsOf('Hazel');
  expect(joined).toMatchObject({ _id: hazel?._id, snapshot: { sourceCount: 3 } });
  await timeline.sequenced();
  expect((await timeline.list(`/v1/events?entity=Hazel&asOf=${before}`)).items).toHaveLength(2);
  expect((await timeline.list('/v1/events?entity=Hazel')).items).toHaveLength(1);
});

test('the command says what differs, and changes nothing unless told to', async () => {
  await timeline.deliver(accepted(line('Juniper'), line('Juniper'), ban('Juniper')));
  const { line: one, ban: two } = await idsOf('Juniper');
  await edit(one, '/merge', { with: two });
  await forget();
  const before = await grouping();
  const run = async (...options: string[]): Promise<string> => {
    const args = ['--import', 'tsx', join(__dirname, 'rebuild.main.ts'), ...options];
    return (await promisify(execFile)(process.execPath, args, { cwd: repositoryRoot, env: process.env })).stdout;
  };
  expect(await run()).toContain(`part ${one} into`);
  expect(await grouping()).toEqual(before);
  expect(JSON.parse(await run('--json'))).toMatchObject({
    reports: 3,
    liveEvents: 1,
    rebuiltEvents: 2,
    revisions: null,
  });
  expect(await run('--switch')).toContain('switched over: 2 revisions');
  expect((await idsOf('Juniper')).ban).toBe(two);
  expect(await run()).toContain('(100.00 % agree)');
  await expect(run('--swich')).rejects.toThrow("no such option: '--swich'");
});
