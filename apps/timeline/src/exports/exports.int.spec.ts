import type { TimelineEvent } from '@themeline/contracts';
import { IDENTITY_HEADER } from '@themeline/http';
import Ajv from 'ajv';
import { parse as parseCsv } from 'csv-parse/sync';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import ICAL from 'ical.js';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { accepted, as, report, TimelineReplicas } from '../../../../test/support/timeline-replicas';
import { EventSearch } from '../events/event.search';

jest.setTimeout(180_000);

let timeline: TimelineReplicas;
let events: TimelineEvent[];

const FORMULA = '=HYPERLINK("http://evil.example","x")';
const LONG = 'Über die längste Überschrift der Wält, 中文字符 – '.repeat(5);

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
  await timeline.deliver(
    accepted(
      report({ who: 'Alder', date: '2024', headline: 'Alder opens a "mill", with commas,\nand lines' }),
      report({ who: 'Birch', date: '2025-02-28', url: 'https://birch.example/a?b=1&c=<d>', status: 'planned' }),
      report({ who: 'Cedar', date: '../2028', headline: FORMULA, status: 'forecast' }),
      report({ who: 'Elm', date: null, headline: `${LONG}`, summary: 'a\u0001b & <c>' }),
      ...Array.from({ length: 520 }, (_, n) => report({ who: `Oak ${String(n)}`, date: '2023-05', importance: 10 })),
    ),
  );
  await timeline.sequenced();
  events = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await timeline.list(`/v1/events?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`);
    events.push(...page.items);
    cursor = page.nextCursor;
  }
});

afterAll(() => timeline.stop());

const fetched = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await timeline
    .get(path)
    .set({ 'accept-encoding': 'identity', ...headers })
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
  return { status: answer.status, headers: answer.headers as Record<string, string>, body: answer.body as Buffer };
};
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
const byName = (who: string): TimelineEvent => {
  const found = events.find((event) => event.entities.some(({ name }) => name === who));
  if (found === undefined) throw new Error(`no event of ${who}`);
  return found;
};

test('CSV: csv-parse reads every event in the order of the list, quotes and line breaks whole, formulas as text', async () => {
  const { headers, body } = await fetched('/v1/export.csv');
  expect(headers['content-type']).toMatch(/^text\/csv/);
  expect(headers['content-disposition']).toBe('attachment; filename="themeline.csv"');
  const rows = parseCsv<Record<string, string>>(body.toString('utf8'), { columns: true, record_delimiter: '\r\n' });
  expect(rows.map((row) => row['id'])).toEqual(ids(events));
  const row = (who: string) => rows.find(({ id }) => id === byName(who).id);
  expect(row('Alder')).toMatchObject({ headline: byName('Alder').headline, date: '2024', date_lower: '2024-01-01' });
  expect(row('Birch')).toMatchObject({ source_urls: 'https://birch.example/a?b=1&c=<d>', evidence: 'Birch said so.' });
  expect(row('Cedar')?.['headline']).toBe(`'${FORMULA}`);
});

test('NDJSON: each line is the event as the list has it', async () => {
  const { body } = await fetched('/v1/export.ndjson?sort=-recorded');
  const lines = body.toString('utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events);
});

test('iCalendar: ical.js reads every dated event as whole days, its end the day after, with a stable UID and its revision', async () => {
  const { headers, body } = await fetched('/v1/export.ics');
  expect(headers['content-type']).toMatch(/^text\/calendar/);
  const text = body.toString('utf8');
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const entries = calendar.getAllSubcomponents('vevent').map((item) => new ICAL.Event(item));
  expect(entries.map(({ uid }) => uid)).toEqual(
    ids(events.filter(({ date }) => date.edtf !== null)).map((id) => `${id}@themeline`),
  );
  const shown = (who: string) => {
    const entry = entries.find(({ uid }) => uid === `${byName(who).id}@themeline`);
    if (entry === undefined) throw new Error(`${who} is not in the calendar`);
    return {
      days: `${entry.startDate.toString()}/${entry.endDate.toString()}`,
      wholeDays: entry.startDate.isDate,
      sequence: entry.sequence,
      status: entry.component.getFirstPropertyValue('status'),
      description: entry.description,
      url: String(entry.component.getFirstPropertyValue('url') ?? ''),
    };
  };
  expect(shown('Alder')).toMatchObject({ days: '2024-01-01/2025-01-01', wholeDays: true, sequence: 1 });
  expect(shown('Birch')).toMatchObject({
    days: '2025-02-28/2025-03-01',
    status: 'TENTATIVE',
    url: 'https://birch.example/a?b=1&c=<d>',
  });
  expect(shown('Birch').description).toContain('“Birch said so.” (https://birch.example/a?b=1&c=<d>)');
  expect(shown('Cedar').days).toBe('2028-12-31/2029-01-01');
});

test('Atom and JSON Feed: feedsmith reads every event with its sources', async () => {
  const feed = await fetched('/v1/export.atom?limit=300');
  expect(feed.headers['content-type']).toMatch(/^application\/atom\+xml/);
  const atom = parseAtomFeed(feed.body.toString('utf8'));
  expect(atom.entries?.map(({ id }) => id)).toEqual(
    ids(events)
      .slice(0, 300)
      .map((id) => `urn:themeline:event:${id}`),
  );
  const all = parseAtomFeed((await fetched('/v1/export.atom')).body.toString('utf8'));
  expect(all.entries).toHaveLength(events.length);
  expect(all.updated).toBeDefined();
  const birch = all.entries?.find(({ id }) => id === `urn:themeline:event:${byName('Birch').id}`);
  expect(birch?.links?.map(({ href }) => href)).toContain('https://birch.example/a?b=1&c=<d>');
  const elm = all.entries?.find(({ id }) => id === `urn:themeline:event:${byName('Elm').id}`);
  expect(elm?.content?.value).toContain('a b & <c>');

  const json = parseJsonFeed((await fetched('/v1/export.json')).body.toString('utf8'));
  expect(json.items?.map(({ id }) => id)).toEqual(ids(events));
  expect(json.items?.every(({ content_text }) => (content_text ?? '') !== '')).toBe(true);
});

test('TimelineJS: its schema holds', async () => {
  const date = {
    type: 'object',
    required: ['year'],
    properties: {
      year: { type: 'integer' },
      month: { type: 'integer', minimum: 1, maximum: 12 },
      day: { type: 'integer', minimum: 1, maximum: 31 },
    },
    additionalProperties: false,
  };
  const text = { type: 'object', properties: { headline: { type: 'string' }, text: { type: 'string' } } };
  const validate = new Ajv({ allErrors: true }).compile({
    type: 'object',
    required: ['events'],
    properties: {
      title: { type: 'object', properties: { text } },
      events: {
        type: 'array',
        items: {
          type: 'object',
          required: ['start_date', 'text'],
          properties: {
            start_date: date,
            end_date: date,
            text,
            unique_id: { type: 'string' },
            group: { type: 'string' },
            display_date: { type: 'string' },
          },
          additionalProperties: false,
        },
      },
    },
  });
  const timelinejs = JSON.parse((await fetched('/v1/export/timelinejs')).body.toString('utf8')) as {
    events: { unique_id: string }[];
  };
  validate(timelinejs);
  expect(validate.errors).toBeNull();
  expect(timelinejs.events.map((event) => event.unique_id)).toEqual(
    ids(events.filter(({ date: { edtf } }) => edtf !== null)),
  );
});

test.each(['csv', 'ndjson', 'ics', 'atom', 'json'])('%s of nothing is whole', async (extension) => {
  const { status, body } = await fetched(`/v1/export.${extension}?q=nowhere`);
  expect(status).toBe(200);
  const text = body.toString('utf8');
  if (extension === 'csv') expect(text.split('\r\n')).toHaveLength(2);
  if (extension === 'ndjson') expect(text).toBe('');
  if (extension === 'ics') expect(new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents()).toEqual([]);
  if (extension === 'atom') expect(parseAtomFeed(text).title?.value).toBe('Themeline');
  if (extension === 'json') expect(JSON.parse(text)).toMatchObject({ items: [] });
});

test('filters, sort and limit are those of lists; what they do not know is named', async () => {
  const { body } = await fetched('/v1/export.ndjson?status=planned&status=forecast&sort=date&limit=1');
  expect(body.toString('utf8').trimEnd().split('\n')).toHaveLength(1);
  const wrong = await timeline.get('/v1/export.ics?theme=no-such');
  expect(wrong.status).toBe(400);
  expect(wrong.body).toMatchObject({ detail: "no such theme: 'no-such'" });
  expect((await timeline.get('/v1/export.csv?cursor=x')).status).toBe(400);
});

test('who asks again before anything has happened gets 304, and then the new', async () => {
  const first = await fetched('/v1/export.ics');
  const again = await fetched('/v1/export.ics', { 'if-none-match': first.headers['etag'] ?? '' });
  expect(again).toMatchObject({ status: 304 });
  expect(again.body).toHaveLength(0);
  await timeline.deliver(accepted(report({ who: 'Fir', date: '2025' })));
  await timeline.sequenced();
  expect((await fetched('/v1/export.ics', { 'if-none-match': first.headers['etag'] ?? '' })).status).toBe(200);
});

test('exports are compressed for who takes it', async () => {
  const raw = (encoding: string): Promise<IncomingMessage & { bytes: Buffer }> =>
    new Promise((resolve, reject) => {
      const url = timeline.get('/v1/export.ndjson').url;
      httpGet(url, { headers: { [IDENTITY_HEADER]: as('read'), 'accept-encoding': encoding } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Object.assign(response, { bytes: Buffer.concat(chunks) })));
      }).on('error', reject);
    });
  const [plain, gzip, br] = [await raw('identity'), await raw('gzip'), await raw('br, gzip')];
  expect([plain, gzip, br].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br']);
  expect(gunzipSync(gzip.bytes).equals(plain.bytes)).toBe(true);
  expect(brotliDecompressSync(br.bytes).equals(plain.bytes)).toBe(true);
});

test('HEAD reads no event', async () => {
  const walk = jest.spyOn(timeline.replica(0).get(EventSearch, { strict: false }), 'walk');
  const answer = await timeline.call('head', '/v1/export.csv', 'read');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/csv/);
  expect(walk).not.toHaveBeenCalled();
  walk.mockRestore();
});

test('who stops reading stops the export', async () => {
  const search = timeline.replica(0).get(EventSearch, { strict: false });
  const page = jest.spyOn(search, 'page');
  await new Promise<void>((resolve, reject) => {
    const request = httpGet(
      timeline.get('/v1/export.ndjson').url,
      { headers: { [IDENTITY_HEADER]: as('read') } },
      (response) => {
        response.once('data', () => request.destroy());
        response.once('close', resolve);
        response.on('error', () => undefined);
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve() : reject(error)));
  });
  expect(page.mock.calls.length).toBeLessThanOrEqual(2);
  page.mockRestore();
});
