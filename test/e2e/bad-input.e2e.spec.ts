import type { Problem, TimelineEvent } from '@themeline/contracts';
import { request } from 'node:http';
import { happening } from '../support/happenings';
import { eventually } from '../support/message-bus';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

describe('bad input gets problem details that name the field, and stores nothing', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await Stack.start();
  });
  afterAll(() => stack.stop());

  const good = happening(1);
  const json = (value: unknown): string => JSON.stringify(value);
  const dated = (date: unknown): string => json({ ...good, date });
  const named = (headline: string): string => `{"kind":"ban","source":{"name":"Wire"},"headline":${headline}}`;

  test.each<[string, string, string, number, RegExp]>([
    ['malformed JSON', '/v1/reports', '{"kind": "ban",', 400, /JSON/i],
    ['a body that is no object', '/v1/reports', '"ban"', 400, /expected object/i],
    ['an unknown field', '/v1/reports', json({ ...good, colour: 'red' }), 400, /colour/],
    [
      'an unknown field inside',
      '/v1/reports',
      json({ ...good, source: { name: 'Wire', rank: 1 } }),
      400,
      /source.*rank|rank/,
    ],
    ['a wrong type', '/v1/reports', json({ ...good, headline: 7 }), 400, /headline/],
    ['a missing field', '/v1/reports', json({ ...good, source: undefined }), 400, /source/],
    ['an unknown kind', '/v1/reports', json({ ...good, kind: 'coronation' }), 400, /no such kind: 'coronation'/],
    ['an invalid EDTF date', '/v1/reports', dated('2025-02-30'), 400, /date.*2025-02-30/],
    ['a date in the year 9999', '/v1/reports', dated('9999-01-01'), 400, /date.*9999-01-01/],
    [
      'a phrase without a date',
      '/v1/reports',
      dated({ phrase: 'once upon a time', reference: '2025-01-01' }),
      400,
      /date\.phrase/,
    ],
    [
      'a publication in the future',
      '/v1/reports',
      json({ ...good, publishedAt: '2190-01-01T00:00:00Z' }),
      400,
      /publishedAt/,
    ],
    ['a NUL byte', '/v1/reports', named('"a\\u0000b"'), 400, /headline/],
    ['a lone surrogate', '/v1/reports', named('"a\\ud800b"'), 400, /headline/],
    [
      'a duplicate key',
      '/v1/reports',
      '{"kind":"ban","kind":"policy","headline":"x","source":{"name":"Wire"}}',
      400,
      /kind/,
    ],
    [
      'a prototype key',
      '/v1/reports',
      '{"__proto__":{"kind":"ban"},"headline":"x","source":{"name":"Wire"}}',
      400,
      /__proto__/,
    ],
    [
      'an amount that is no number',
      '/v1/reports',
      json({ ...good, amount: { value: '8bn', currency: 'USD' } }),
      400,
      /amount\.value/,
    ],
    [
      'a currency that is none',
      '/v1/reports',
      json({ ...good, amount: { value: 8, currency: 'dollars' } }),
      400,
      /amount\.currency/,
    ],
    ['an article without content', '/v1/articles', json({ title: 'Nothing' }), 400, /text, html and url/],
    ['an article in two forms', '/v1/articles', json({ text: 'a', html: 'b' }), 400, /not both/],
    ['an article that is too large', '/v1/articles', json({ text: 'word '.repeat(220_000) }), 413, /larger|1048576/],
    ['10 MB of text', '/v1/articles', json({ text: 'x'.repeat(10_000_000) }), 413, /larger/],
    [
      'an array of more than 1,000',
      '/v1/reports',
      json(Array.from({ length: 1_001 }, (_, n) => happening(n))),
      413,
      /1000|1,000/,
    ],
    [
      'a theme that does not exist',
      '/v1/subscriptions',
      json({ name: 'x', match: { themes: ['chips'] }, channels: [{ type: 'webhook', url: 'http://127.0.0.1:9/' }] }),
      400,
      /no such theme: 'chips'/,
    ],
    [
      'a webhook into a private network',
      '/v1/subscriptions',
      json({ name: 'x', channels: [{ type: 'webhook', url: 'http://169.254.169.254/' }] }),
      400,
      /169\.254\.169\.254/,
    ],
    [
      'a channel that is not a web address',
      '/v1/subscriptions',
      json({ name: 'x', channels: [{ type: 'webhook', url: 'file:///etc/passwd' }] }),
      400,
      /channels\[0\]\.url/,
    ],
    ['a date query without reference', '/v1/dates', json({ text: 'last week' }), 400, /reference/],
  ])('%s', async (_, path, raw, status, names) => {
    const answer = await stack.call<Problem>('POST', path, undefined, { raw });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.status).toBe(status);
    expect(answer.body.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(names);
  });

  test.each([
    ['an unknown parameter', '/v1/events?colour=red', /colour/],
    ['a bad value', '/v1/events?limit=0', /limit/],
    ['a bad date', '/v1/events?from=2025-13-01', /from/],
    ['a contradictory range', '/v1/events?from=2025-02-01&to=2025-01-01', /from|to/],
    ['a forged cursor', '/v1/events?cursor=nonsense', /cursor/],
  ])('query: %s', async (_, path, names) => {
    const answer = await stack.call<Problem>('GET', path);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body.errors)).toMatch(names);
  });

  test('without a key 401, with a key of too little scope 403, for what does not exist 404', async () => {
    expect((await stack.call('GET', '/v1/events', undefined, { key: 'tl_wrong' })).status).toBe(401);
    const { body: key } = await stack.call<{ secret: string }>('POST', '/v1/keys', {
      name: 'reader',
      owner: 'reader',
      scopes: ['read'],
    });
    expect((await stack.call('GET', '/v1/events', undefined, { key: key.secret })).status).toBe(200);
    const forbidden = await stack.call<Problem>('POST', '/v1/reports', good, { key: key.secret });
    expect(forbidden.status).toBe(403);
    expect(forbidden.body.detail).toMatch(/ingest/);
    expect((await stack.call('GET', '/v1/events/evt_unknown')).status).toBe(404);
    expect((await stack.call('GET', '/v1/nothing')).status).toBe(404);
  });

  test('an array with bad elements: the good ones are taken, the bad ones named', async () => {
    const answer = await stack.call<{ accepted: number; rejected: { index: number; errors: { path: string }[] }[] }>(
      'POST',
      '/v1/reports',
      [happening(10), { ...happening(11), date: '2025-99' }, happening(12)],
    );
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ accepted: 2, rejected: [{ index: 1, errors: [{ path: 'date' }] }] });
  });

  test('NDJSON: bad lines are named by number and lose nothing else', async () => {
    const lines = [
      json(happening(20)),
      '{"kind":',
      '{"kind":"ban","kind":"ban"}',
      `{"pad":"${'x'.repeat(300_000)}"}`,
      json(happening(21)),
    ];
    const answer = await stack.call<{ accepted: number; rejected: { index: number }[] }>(
      'POST',
      '/v1/reports',
      undefined,
      {
        raw: lines.join('\n'),
        headers: { 'content-type': 'application/x-ndjson' },
      },
    );
    expect(answer.status).toBe(202);
    expect(answer.body.accepted).toBe(2);
    expect(answer.body.rejected.map((rejection) => rejection.index)).toEqual([1, 2, 3]);
  });

  test('a stream that is cut off keeps what was stored before the cut', async () => {
    const sent = 1_200;
    const url = new URL('/v1/reports', stack.url);
    await new Promise<void>((resolve) => {
      const upload = request(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${stack.adminKey}`,
          'content-type': 'application/x-ndjson',
          'transfer-encoding': 'chunked',
        },
      });
      upload.on('error', () => undefined);
      upload.on('close', resolve);
      const lines = Array.from({ length: sent }, (_, n) => `${json(happening(1_000 + n))}\n`).join('');
      upload.write(lines.slice(0, -100), () => {
        // Cut when the first transactions are through, in the middle of the last line.
        void eventually('the first lines on the timeline', async () => (await countOf(1_000, 500)) > 0).then(() =>
          upload.destroy(),
        );
      });
    });
    await eventually('what was stored', async () => (await countOf(1_000, 1_000)) === 1_000);
    expect(await countOf(1_000 + sent - 1, 1)).toBe(0);
  });

  const countOf = async (from: number, count: number): Promise<number> => {
    const ids = new Set(Array.from({ length: count }, (_, n) => happening(from + n).headline));
    const events = await stack.all<TimelineEvent>('/v1/events?limit=200');
    return events.filter((event) => ids.has(event.headline)).length;
  };

  test('Idempotency-Key: the first answer is the answer to all; with another body 422', async () => {
    const headers = { 'idempotency-key': 'order-66' };
    const first = await stack.call('POST', '/v1/reports', happening(30), { headers });
    const second = await stack.call('POST', '/v1/reports', happening(30), { headers });
    expect(second.body).toEqual(first.body);
    expect((await stack.call('POST', '/v1/reports', happening(31), { headers })).status).toBe(422);
  });

  test('nothing wrong was stored', async () => {
    const events = await stack.all<TimelineEvent>('/v1/events?undated=include&limit=200');
    expect(events.every((event) => event.headline.includes(' decision'))).toBe(true);
    expect((await stack.call<{ items: unknown[] }>('GET', '/v1/subscriptions')).body.items).toEqual([]);
  });
});
