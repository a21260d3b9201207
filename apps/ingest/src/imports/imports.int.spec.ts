import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ImportDryRun, ImportError, ImportOut, Page, Problem, SCOPES } from '@themeline/contracts';
import { createServiceApp, IDENTITY_HEADER, signIdentity } from '@themeline/http';
import { Backpressure, JetStreamStrategy } from '@themeline/messaging';
import { Database } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { eventually } from '../../../../test/support/message-bus';
import { sharedLines } from '../../../../test/support/shared-data';
import { ReportDocument } from '../ingest.collections';
import { IngestModule } from '../ingest.module';
import { ImportDocument } from './imports.collections';
import { ImportsRunner } from './imports.runner';

const SECRET = 'a secret of at least thirty-two characters';

describe('imports', () => {
  let app: NestFastifyApplication;
  let database: Database;

  const start = (): Promise<NestFastifyApplication> =>
    createServiceApp({
      name: 'ingest',
      module: IngestModule,
      configure: (service) => {
        service.connectMicroservice({ strategy: service.get(JetStreamStrategy) });
      },
    });

  beforeAll(async () => {
    const prefix = `t${randomUUID().slice(0, 8)}`;
    Object.assign(process.env, {
      MONGODB_URI: process.env.TEST_MONGODB_URI,
      NATS_URL: process.env.TEST_NATS_URL,
      DB_PREFIX: prefix,
      NATS_NAMESPACE: prefix,
      STREAM_MAX_BYTES: '50000000',
      IDENTITY_SECRET: SECRET,
      LOG_LEVEL: 'error',
      IMPORT_MAX_BYTES: '3000000',
    });
    app = await start();
    database = app.get(Database);
  });
  afterAll(() => app.close());

  const signed = (owner: string, scopes: readonly (typeof SCOPES)[number][] = ['ingest', 'read']): string =>
    signIdentity({ keyId: 'k', owner, scopes: [...scopes], expiresAt: Date.now() + 60_000 }, SECRET);
  const get = (path: string, owner = 'local') =>
    request(app.getHttpServer()).get(path).set(IDENTITY_HEADER, signed(owner));
  const post = (query: string, body: string | Buffer, type = 'text/csv', owner = 'local') =>
    request(app.getHttpServer())
      .post(`/v1/imports${query}`)
      .set(IDENTITY_HEADER, signed(owner))
      .set('content-type', type)
      .send(body);
  const cancel = (id: string, owner = 'local') =>
    request(app.getHttpServer()).post(`/v1/imports/${id}/cancel`).set(IDENTITY_HEADER, signed(owner));
  const ended = (id: string): Promise<ImportOut> =>
    eventually('the import to end', async () => {
      const { body } = (await get(`/v1/imports/${id}`)) as { body: ImportOut };
      return ['done', 'failed', 'cancelled'].includes(body.state) ? body : null;
    });
  const load = async (query: string, body: string | Buffer, type?: string): Promise<ImportOut> => {
    const answer = await post(query, body, type);
    expect(answer.body).toMatchObject({ id: expect.any(String) as string });
    expect(answer.status).toBe(202);
    expect(answer.headers['location']).toBe(`/v1/imports/${(answer.body as ImportOut).id}`);
    return ended((answer.body as ImportOut).id);
  };
  const errorsOf = async (id: string): Promise<ImportError[]> => {
    const items: ImportError[] = [];
    for (let cursor = ''; ;) {
      const { body } = (await get(`/v1/imports/${id}/errors?limit=2${cursor}`)) as { body: Page<ImportError> };
      items.push(...body.items);
      if (body.nextCursor === null) return items;
      cursor = `&cursor=${body.nextCursor}`;
    }
  };
  const stored = (headline: string) =>
    database.collection<ReportDocument>('reports').findOne({ 'report.headline': headline });
  const counts = ({ rows, accepted, duplicates, rejected }: ImportOut) => ({ rows, accepted, duplicates, rejected });

  const sheet = [
    'Title;When;Company;Size',
    'Norland bans Zephyr;2024-05-01;Zephyr Ltd;',
    'Ostrava Labs buys Pinewood;May 2024;Ostrava Labs|Pinewood;"$30 million"',
    '"A row; with two lines',
    'and a delimiter";Q3 2026;;',
    'Too few cells;2024',
    ';2024-01-01;;',
    'No such date;soonish;;',
    '"Never closed;2024-01-02;;',
    'The last row;2024-01-03;;',
    '',
  ].join('\n');

  test('bad rows are listed by line and cost nothing else; the same file again changes nothing', async () => {
    const first = await load('?source=Desk&kind=policy&name=first', sheet);
    expect(first).toMatchObject({
      state: 'done',
      name: 'first',
      format: 'csv',
      backfill: true,
      columns: { headline: 'Title', date: 'When', entities: 'Company', amount: 'Size' },
      ignoredColumns: [],
    });
    expect(first.bytesRead).toBe(Buffer.byteLength(sheet));
    expect(counts(first)).toEqual({ rows: 8, accepted: 4, duplicates: 0, rejected: 4 });
    expect((await errorsOf(first.id)).map(({ line, errors }) => [line, errors[0]?.path, errors[0]?.column])).toEqual([
      [6, '', undefined],
      [7, 'headline', 'Title'],
      [8, 'date', 'When'],
      [9, '', undefined],
    ]);
    expect((await stored('Ostrava Labs buys Pinewood'))?.report).toMatchObject({
      kind: 'policy',
      date: { edtf: '2024-05' },
      amount: { value: 3e7, currency: 'USD' },
      entities: [{ name: 'Ostrava Labs' }, { name: 'Pinewood' }],
      backfill: true,
    });
    const again = await load('?source=Desk&kind=policy', sheet);
    expect(counts(again)).toEqual({ rows: 8, accepted: 0, duplicates: 4, rejected: 4 });
    const outbox = await database
      .collection('outbox')
      .countDocuments({ body: { $regex: 'Ostrava Labs buys Pinewood' } });
    expect(outbox).toBe(1);
  });

  test('nothing of an upload stays once it has been read', async () => {
    const { id } = await load('?source=Desk', 'title\nA row that goes by\n');
    await eventually('the pieces to be gone', async () => {
      const pieces = await database
        .collection<{ files_id: string }>('import_uploads.chunks')
        .countDocuments({ files_id: id });
      return pieces === 0;
    });
  });

  test('a dry run reads everything, says what is wrong and stores nothing', async () => {
    const answer = await post('?source=Dry&dryRun=true', sheet);
    expect(answer.status).toBe(200);
    const body = answer.body as ImportDryRun;
    expect(body).toMatchObject({ dryRun: true, rows: 8, valid: 4, rejected: 4 });
    expect(body.errors.map(({ line }) => line)).toEqual([6, 7, 8, 9]);
    expect(body.sample[0]).toMatchObject({ headline: 'Norland bans Zephyr', date: '2024-05-01' });
    expect(await database.collection<ReportDocument>('reports').countDocuments({ 'report.source.name': 'Dry' })).toBe(
      0,
    );
  });

  test('NDJSON: reports as they stand, and objects of other shapes by their keys', async () => {
    const lines = [
      { kind: 'ban', headline: 'A ban by line', date: '2024-01-01', source: { name: 'Wire' }, backfill: false },
      { headline: 'A line without a kind' },
      { headline: 'A line with a field too many', colour: 'red' },
    ];
    const reports = await load(
      '?source=Desk',
      `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"head`,
      'application/x-ndjson',
    );
    expect(counts(reports)).toEqual({ rows: 4, accepted: 2, duplicates: 0, rejected: 2 });
    expect((await errorsOf(reports.id)).map(({ line }) => line)).toEqual([3, 4]);
    expect((await stored('A ban by line'))?.report).toMatchObject({ backfill: false, source: { name: 'Wire' } });
    expect((await stored('A line without a kind'))?.report).toMatchObject({ kind: 'other', backfill: true });

    const others = await load(
      '?source=Desk',
      '{"id":"n-1","text":"Read by its keys","date":"2022-02"}',
      'application/x-ndjson',
    );
    expect(others).toMatchObject({ accepted: 1, columns: { headline: 'text', externalId: 'id', date: 'date' } });
  });

  test('TimelineJS: slides with dates in parts, HTML and an end', async () => {
    const timeline = {
      title: { text: { headline: 'All' } },
      events: [
        {
          start_date: { year: '2024', month: '5' },
          end_date: { year: 2024, month: 8, day: null },
          text: { headline: '<b>Halt</b> &amp; pivot', text: '<p>It stopped.</p>' },
          media: { url: 'https://example.org/a', credit: 'Harbour Gazette' },
          unique_id: 's1',
        },
        { start_date: { year: -44 }, text: { headline: 'Long ago' } },
      ],
    };
    const result = await load('?source=Desk', JSON.stringify(timeline, null, 1), 'application/json');
    expect(counts(result)).toEqual({ rows: 2, accepted: 1, duplicates: 0, rejected: 1 });
    expect((await stored('Halt & pivot'))?.report).toMatchObject({
      date: { edtf: '2024-05/2024-08' },
      summary: 'It stopped.',
      source: { name: 'Harbour Gazette' },
      url: 'https://example.org/a',
    });
    expect((await errorsOf(result.id))[0]?.line).toBeGreaterThan(20);
  });

  test('other charsets and line ends: by the Content-Type, by the byte order mark; the wrong one is told by line', async () => {
    const latin = Buffer.from('title\r\nCaf\u00e9 opens\r\n', 'latin1');
    expect(await load('?source=Desk', latin, 'text/csv; charset=windows-1252')).toMatchObject({ accepted: 1 });
    expect(await stored('Caf\u00e9 opens')).not.toBeNull();
    expect(await load('?source=Desk', Buffer.from('\uFEFFtitle\nSixteen bits\n', 'utf16le'))).toMatchObject({
      accepted: 1,
    });
    const wrong = await load('?source=Desk', Buffer.concat([latin, Buffer.from('A plain row\r\n')]));
    expect(counts(wrong)).toEqual({ rows: 2, accepted: 1, duplicates: 0, rejected: 1 });
    expect((await errorsOf(wrong.id))[0]).toMatchObject({
      line: 2,
      errors: [{ message: expect.stringMatching(/utf-8/) as string }],
    });
  });

  test.each<[string, string, string, string, number, RegExp]>([
    ['another type', '', 'a', 'text/plain', 415, /text\/plain/],
    ['an empty file', '', '', 'text/csv', 400, /header/],
    ['no headline', '', 'a,b\n1,2\n', 'text/csv', 400, /map=headline:Column/],
    ['a column that is not there', '?map=date:When', 'title\nx\n', 'text/csv', 400, /no such column: 'When'/],
    ['a field that is none', '?map=colour:title', 'title\nx\n', 'text/csv', 400, /colour:title/],
    ['an unknown parameter', '?colour=red', 'title\nx\n', 'text/csv', 400, /colour/],
    ['a charset that is none', '', 'title\nx\n', 'text/csv; charset=klingon', 400, /klingon/],
    ['JSON that is no timeline', '', '{"a":1}', 'application/json', 400, /events/],
    ['broken JSON', '', '{"events":[', 'application/json', 400, /JSON/],
    ['a first line that is no object', '', '[1]', 'application/x-ndjson', 400, /object/],
    ['too large a file', '', `title\n${'x'.repeat(100)}\n`.repeat(40_000), 'text/csv', 413, /3000000/],
  ])('%s is refused, and nothing of it stays', async (_, query, body, type, status, message) => {
    const answer = await post(query, body, type, 'refused');
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body as Problem)).toMatch(message);
    const { body: list } = (await get('/v1/imports', 'refused')) as { body: Page<ImportOut> };
    expect(list.items.filter(({ state }) => state !== 'failed')).toEqual([]);
    expect(await database.collection('import_uploads.chunks').countDocuments()).toBe(0);
  });

  const many = (from: number, count: number): string =>
    `title,id\n${Array.from({ length: count }, (_, n) => `Row ${String(from + n)} of many,row-${String(from + n)}\n`).join('')}`;

  /** Holds imports back, as a deep backlog does. */
  const hold = (): jest.SpyInstance => jest.spyOn(app.get(Backpressure), 'fullness', 'get').mockReturnValue(1);

  test('it waits while the backlog is deep, says so, and can be cancelled there', async () => {
    const held = hold();
    try {
      const { id } = (await post('?source=Desk', many(0, 10))).body as ImportOut;
      await eventually('it to wait', async () =>
        /catch up/.test(((await get(`/v1/imports/${id}`)).body as ImportOut).reason ?? ''),
      );
      expect((await cancel(id, 'somebody-else')).status).toBe(404);
      expect((await cancel(id)).body).toMatchObject({ state: 'cancelled', rows: 0 });
      expect((await cancel(id)).status).toBe(409);
    } finally {
      held.mockRestore();
    }
    expect(await stored('Row 0 of many')).toBeNull();
  });

  test('a service that closes in the middle hands over: every row once, none twice', async () => {
    const { id } = (await post('?source=Desk', many(1_000, 3_000))).body as ImportOut;
    await eventually('some rows', async () => ((await get(`/v1/imports/${id}`)).body as ImportOut).rows > 0);
    await app.close();
    app = await start();
    database = app.get(Database);
    const { rows } = (await get(`/v1/imports/${id}`)).body as ImportOut;
    expect(rows).toBeLessThan(3_000);
    const done = await ended(id);
    expect(counts(done)).toEqual({ rows: 3_000, accepted: 3_000, duplicates: 0, rejected: 0 });
  });

  test('an upload whose receiver died is failed, and its pieces go', async () => {
    const template = await database.collection<ImportDocument>('imports').findOne({});
    if (template === null) throw new Error('there is no import');
    const _id = 'imp_broken';
    await database.collection<ImportDocument>('imports').insertOne({
      ...template,
      _id,
      state: 'receiving',
      spooled: true,
      heldUntil: new Date(0),
      finishedAt: null,
    });
    await database.collection('import_uploads.chunks').insertOne({ files_id: _id, n: 0, data: Buffer.from('title\n') });
    await app.get(ImportsRunner).cleanUp();
    expect((await get(`/v1/imports/${_id}`)).body).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/send it again/) as string,
    });
    expect(
      await database.collection<{ files_id: string }>('import_uploads.chunks').countDocuments({ files_id: _id }),
    ).toBe(0);
  });

  test('lists page through, each owner its own', async () => {
    const { body: page } = (await get('/v1/imports?limit=2')) as { body: Page<ImportOut> };
    expect(page.items).toHaveLength(2);
    const { body: next } = (await get(`/v1/imports?limit=2&cursor=${page.nextCursor ?? ''}`)) as {
      body: Page<ImportOut>;
    };
    expect(next.items.map(({ id }) => id)).not.toContain(page.items[1]?.id);
    expect(((await get('/v1/imports', 'nobody')).body as Page<ImportOut>).items).toEqual([]);
    const [first] = page.items;
    for (const path of ['', '/errors']) {
      expect((await get(`/v1/imports/${first?.id ?? ''}${path}`, 'nobody')).status).toBe(404);
    }
  });

  const timeline = sharedLines('timelines/ai-timeline-nhlocal.jsonl');
  (timeline === null ? test.skip : test)(
    timeline === null ? 'skipped: no shared data' : 'a public timeline of month precision goes in as it is',
    async () => {
      const result = await load('?source=AI%20Timeline&kind=model-release', timeline ?? '', 'application/x-ndjson');
      expect(result).toMatchObject({
        state: 'done',
        rejected: 0,
        columns: { headline: 'text', date: 'date', externalId: 'id' },
      });
      expect(result.accepted).toBe((timeline ?? '').trim().split('\n').length);
    },
  );
});
