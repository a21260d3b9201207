import type { TimelineEvent } from '@themeline/contracts';
import { IDENTITY_HEADER } from '@themeline/http';
import { createParser } from 'eventsource-parser';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { eventually } from '../../../../test/support/message-bus';
import { accepted, as, report, TimelineReplicas, withdrawn } from '../../../../test/support/timeline-replicas';
import type { RevisionDocument } from '../timeline.collections';
import { StreamRepository } from './stream.repository';

interface Told {
  seq: number;
  eventId: string;
  developments: string[];
  event: TimelineEvent;
}

jest.setTimeout(180_000);

let timeline: TimelineReplicas;
const open = new Set<AbortController>();

beforeAll(async () => {
  process.env['STREAM_HEARTBEAT_SECONDS'] = '1';
  timeline = await TimelineReplicas.start(2);
});
afterEach(() => {
  for (const connection of open) connection.abort();
  open.clear();
});
afterAll(() => timeline.stop());

/** Reads the stream; what was told so far is in `told`, every id that was seen in `ids`. */
async function follow(query = '', lastEventId?: string, replica = 0) {
  const connection = new AbortController();
  open.add(connection);
  const response = await fetch(timeline.get(`/v1/stream${query}`, replica).url, {
    headers: {
      [IDENTITY_HEADER]: as('read'),
      'accept-encoding': 'gzip, br',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: connection.signal,
  });
  const told: Told[] = [];
  const ids: string[] = [];
  const comments: string[] = [];
  const read = async (): Promise<void> => {
    const parser = createParser({
      onComment: (comment) => comments.push(comment),
      onEvent: ({ id, data }) => {
        ids.push(id ?? '');
        told.push(JSON.parse(data) as Told);
      },
    });
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
  };
  const ended = read().catch(() => undefined);
  return { response, told, ids, comments, ended };
}

const whoOf = ({ event }: Told) => event.entities[0]?.name;

test('tells each development once, in the one order, with the event as it then was, whichever replica wrote it', async () => {
  const { response, told, ids } = await follow();
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect(response.headers.get('content-encoding')).toBeNull();
  const first = report({ who: 'Alder', date: '2025-03' });
  await timeline.deliver(accepted(first), 0);
  await timeline.deliver(accepted(report({ who: 'Alder', date: '2025-03-04' })), 1);
  await timeline.deliver(accepted(report({ who: 'Birch' })), 1);
  await eventually('three developments', () => told.length >= 3 || null);
  expect(told.map(({ developments }) => developments)).toEqual([
    ['recorded'],
    expect.arrayContaining(['corroborated', 'date_narrowed']),
    ['recorded'],
  ]);
  expect(told.map(whoOf)).toEqual(['Alder', 'Alder', 'Birch']);
  expect(told.map(({ event }) => event.reports.length)).toEqual([1, 2, 1]);
  expect(ids).toEqual(told.map(({ seq }) => String(seq)));
});

test('goes on after Last-Event-ID without a gap and without a repeat, also by the query', async () => {
  const whole = await follow('?q=launches', '0');
  await timeline.deliver(accepted(...Array.from({ length: 230 }, (_, n) => report({ who: `Cedar ${String(n)}` }))));
  await timeline.sequenced();
  await eventually('all of them', () => whole.told.length >= 233 || null);
  const middle = whole.ids[100] ?? '';
  const rest = await follow('?q=launches', middle, 1);
  const same = await follow(`?q=launches&lastEventId=${middle}`);
  await eventually('the rest', () => (rest.told.length >= 132 && same.told.length >= 132) || null);
  expect(rest.ids).toEqual(whole.ids.slice(101));
  expect(same.ids).toEqual(whole.ids.slice(101));
});

test('a restart of the server in the middle of it neither loses nor repeats anything for a reader that comes back', async () => {
  const all = Array.from({ length: 120 }, (_, n) =>
    report({ who: `Elder ${String(n)}`, headline: `Elder ${String(n)} sells berries` }),
  );
  const before = await follow('?q=berries', '0', 1);
  const writing = (async () => {
    for (let at = 0; at < all.length; at += 6) await timeline.deliver(accepted(...all.slice(at, at + 6)));
  })();
  await eventually('some to be told', () => before.told.length > 10 || null);
  await timeline.restart(1);
  await before.ended;
  const after = await follow('?q=berries', before.ids[before.ids.length - 1], 1);
  await writing;
  await eventually('the rest to be told', () => before.told.length + after.told.length >= all.length || null);
  expect(after.told.length).toBeGreaterThan(0);
  const whole = await follow('?q=berries', '0');
  await eventually('all of it again', () => whole.told.length >= all.length || null);
  expect([...before.ids, ...after.ids]).toEqual(whole.ids);
  expect(new Set(whole.told.map(whoOf)).size).toBe(all.length);
});

test('filters say what is told; a retraction is told although lists leave the event out', async () => {
  const mine = await follow('?entity=Dogwood&development=retracted&development=recorded');
  const gone = report({ who: 'Dogwood' });
  await timeline.deliver(accepted(gone, report({ who: 'Elder' })));
  await timeline.deliver(accepted(report({ who: 'Dogwood' })));
  await eventually('the event', () => mine.told.length >= 1 || null);
  const other = report({ who: 'Dogwood', kind: 'ban', headline: 'Dogwood is banned' });
  await timeline.deliver(accepted(other));
  await timeline.deliver(withdrawn(other));
  await eventually('its retraction', () => mine.told.length >= 3 || null);
  expect(mine.told.map(({ developments }) => developments)).toEqual([['recorded'], ['recorded'], ['retracted']]);
  expect(new Set(mine.told.map(whoOf))).toEqual(new Set(['Dogwood']));
});

test('says that it is still there, and how far it is, while there is nothing to tell', async () => {
  const quiet = await follow('?entity=Nobody');
  await eventually('two signs of life', () => quiet.comments.length >= 2 || null);
  expect(quiet.told).toEqual([]);
});

test('what is no id, no filter or no theme is a 400 that names it', async () => {
  expect((await timeline.get('/v1/stream').set('last-event-id', 'yesterday')).body).toMatchObject({
    status: 400,
    errors: [{ path: 'Last-Event-ID' }],
  });
  expect((await timeline.get('/v1/stream?asOf=2025-01-01')).status).toBe(400);
  expect((await timeline.get('/v1/stream?theme=no-such')).status).toBe(400);
});

/** Events of 20 KB each in the next places, written as the sequencer would leave them. */
async function writeNovels(count: number): Promise<void> {
  const revisions = timeline.database.collection<RevisionDocument>('revisions');
  const pattern = await revisions.findOne({ fromSeq: { $gt: 0 } });
  if (pattern === null) throw new Error('there is no revision to write like');
  const state = timeline.database.collection<{ _id: string; seq: number }>('state');
  const before = (await state.findOne({ _id: 'sequence' }))?.seq ?? 0;
  await revisions.insertMany(
    Array.from({ length: count }, (_, n) => {
      const eventId = `evt_novel_${String(n)}`;
      const snapshot = { ...pattern.snapshot, id: eventId, summary: 'A long novel. '.repeat(1_500) };
      return { ...pattern, _id: `${eventId}@1`, eventId, snapshot, terms: ['novel'], fromSeq: before + n + 1 };
    }),
  );
  await state.updateOne({ _id: 'sequence' }, { $set: { seq: before + count } });
}

test('a reader that does not read costs the server no more than one piece, and gets everything when it reads again', async () => {
  const find = jest.spyOn(timeline.replica(0).get(StreamRepository, { strict: false }), 'findDeveloped');
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { [IDENTITY_HEADER]: as('read'), 'last-event-id': '0' };
    httpGet(timeline.get('/v1/stream?q=novel').url, { headers }, resolve).on('error', reject);
  });
  // Far more than the buffers of a connection take.
  const many = 1_000;
  await writeNovels(many);
  const reads = await eventually('no more reading', async () => {
    const before = find.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return before > 0 && find.mock.calls.length === before ? before : null;
  });
  // 100 developments to a piece: it waits for the reader long before the last.
  expect(reads).toBeLessThan(many / 100);
  const places: number[] = [];
  const parser = createParser({ onEvent: ({ id }) => void places.push(Number(id)) });
  const decoder = new TextDecoder();
  response.on('data', (chunk: Buffer) => parser.feed(decoder.decode(chunk, { stream: true })));
  await eventually('all of them', () => places.length >= many || null, 90_000);
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  expect(places).toHaveLength(many);
  response.on('error', () => undefined).destroy();
  find.mockRestore();
});
