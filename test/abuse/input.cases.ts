import { request } from 'node:http';
import { runInNewContext } from 'node:vm';
import type { Operation } from '../schema/examples';
import { type AbuseStack, calling, faultOf, Faults, pathOf, type Reply } from './abuse.stack';
import { extendedAt, HOSTILE_OBJECTS, HOSTILE_TEXTS, hostileQueries, placesIn, replacedAt } from './hostile.values';

/** What is sent where words or numbers are expected, over every operation that is served. */
export function describeInput(running: () => AbuseStack): void {
  describe('operators and prototypes', () => {
    const NOTHING = 'nobody-has-this-name';

    test('in any parameter of any operation: refused, or a text like any other', async () => {
      const faults = new Faults();
      let sent = 0;
      const send = async (what: string, operation: Operation, path: string, fault: (reply: Reply) => string | null) => {
        sent += 1;
        const call = calling(operation, running().stack.adminKey);
        faults.add(`${operation.operationId} ${what}`, fault(await running().call(operation.method, path, call)));
      };
      for (const operation of running().operations.filter(({ operationId }) => !/^Health|stream/i.test(operationId))) {
        const base = pathOf(operation, running().ids);
        for (const { name, in: place } of operation.parameters) {
          if (place === 'query') {
            for (const query of hostileQueries(name))
              await send(query, operation, `${base}?${query}`, (reply) => faultOf(reply, [400]));
            if (operation.method !== 'get') continue;
            const withValue = (value: string): string => `${base}?${name}=${encodeURIComponent(value)}`;
            const plain = shape(await running().call('get', withValue(NOTHING)));
            for (const text of HOSTILE_TEXTS) {
              await send(`${name}=${text}`, operation, withValue(text), (reply) =>
                shape(reply) === plain || faultOf(reply) === null ? null : `${shape(reply)} instead of ${plain}`,
              );
            }
          } else if (place === 'path') {
            for (const text of HOSTILE_TEXTS) {
              const path = operation.path.replace(`{${name}}`, encodeURIComponent(text));
              await send(`${name} ${text}`, operation, pathOf({ path }, running().ids), (reply) => faultOf(reply));
            }
          }
        }
      }
      expect(faults.found).toEqual([]);
      expect(sent).toBeGreaterThan(1_000);
    });

    test('at any place of any body: refused, and nothing is changed by it', async () => {
      const faults = new Faults();
      let sent = 0;
      for (const operation of running().operations) {
        const { operationId, method, body } = operation;
        if (body?.type !== 'application/json' || operationId === 'Imports_submit') continue;
        const path = pathOf(operation, running().ids);
        // Of many, those that are good are taken whatever the others are.
        const example: unknown = Array.isArray(body.example) ? body.example[0] : body.example;
        for (const place of placesIn(example)) {
          for (const hostile of HOSTILE_OBJECTS) {
            for (const value of [replacedAt(example, place, hostile), extendedAt(example, place, hostile)]) {
              if (value === undefined) continue;
              const reply = await running().call(method, path, { body: value });
              sent += 1;
              const where = `${operationId} ${place.join('.')} ${JSON.stringify(value).slice(0, 200)}`;
              faults.add(where, faultOf(reply));
            }
          }
        }
      }
      expect(faults.found).toEqual([]);
      expect(sent).toBeGreaterThan(500);
      const { text } = await running().call('get', '/v1/events?undated=include&limit=200');
      expect(text).not.toMatch(/polluted|\$gt|\$where/);
    });

    test('in the mapping and the cells of an import', async () => {
      const upload = (query: string, raw: string) =>
        running().call('post', `/v1/imports?dryRun=true&${query}`, { raw, type: 'text/csv' });
      for (const name of ['__proto__', 'constructor', '$set']) {
        expect(faultOf(await upload(`map=${name}:Title`, 'Title\nA plan\n'), [400])).toBeNull();
        const tried = await upload('source=Desk', `Title;${name}\nA plan;x\n`);
        expect([tried.status, tried.text]).toEqual([200, expect.stringContaining('"rows":1')]);
      }
    });

    /** Status and how many there are: what a filter lets through shows in it. */
    function shape({ status, headers, text }: Reply): string {
      if (headers.get('content-type')?.includes('json') !== true)
        return `${String(status)} ${String(text.split('\n').length)} lines`;
      if (text === '') return `${String(status)} empty`;
      const parsed = JSON.parse(text) as { items?: unknown[]; total?: number };
      return `${String(status)} ${String(parsed.items?.length)} ${String(parsed.total)}`;
    }
  });

  describe('what is too large', () => {
    const raw = (
      method: string,
      path: string,
      headers: Record<string, string>,
      body?: string,
    ): Promise<{ status: number; type: string; text: string }> =>
      new Promise((resolve, reject) => {
        const sent = request(
          new URL(path, running().stack.url),
          { method: method.toUpperCase(), headers },
          (answer) => {
            let text = '';
            answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
            answer.on('end', () => {
              sent.destroy();
              resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', text });
            });
          },
        );
        sent.on('error', reject);
        if (body === undefined) sent.end();
        else sent.write(body);
      });
    const authorization = (): string => `Bearer ${running().stack.adminKey}`;

    test('a body of more than any operation takes is refused before it has come', async () => {
      const faults: string[] = [];
      const takers = running().operations.filter(
        ({ body, operationId }) => body?.type === 'application/json' && operationId !== 'Imports_submit',
      );
      for (const operation of takers) {
        const headers = {
          authorization: authorization(),
          'content-type': 'application/json',
          'content-length': '70000000',
        };
        const { status, type } = await raw(operation.method, pathOf(operation, running().ids), headers, '{"a":');
        if (status !== 413 || !type.startsWith('application/problem+json'))
          faults.push(`${operation.operationId}: ${String(status)}`);
      }
      expect(takers.length).toBeGreaterThan(15);
      expect(faults).toEqual([]);
    });

    test('a body just over its limit, and one that is nested too deep', async () => {
      for (const [path, bytes] of [
        ['/v1/reports', 8_400_000],
        ['/v1/tokens', 20_000],
        ['/v1/keys', 20_000],
      ] as const) {
        const reply = await running().call('post', path, { raw: `{"name":"${'x'.repeat(bytes)}"}` });
        expect(faultOf(reply, [413])).toBeNull();
      }
      const deep = await running().call('post', '/v1/reports', { raw: `${'['.repeat(100_000)}${']'.repeat(100_000)}` });
      expect(faultOf(deep, [400])).toBeNull();
    });

    test('headers and addresses over their limits', async () => {
      const large = await raw('get', '/v1/events', { authorization: authorization(), 'x-filler': 'x'.repeat(70_000) });
      expect([large.status, large.type]).toEqual([431, 'application/problem+json; charset=utf-8']);
      const long = await raw('get', `/v1/events?q=${'x'.repeat(70_000)}`, { authorization: authorization() });
      expect([long.status, long.type]).toEqual([431, 'application/problem+json; charset=utf-8']);
      const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`x-${String(n)}`, '1']));
      expect((await raw('get', '/v1/events', { authorization: authorization(), ...many })).status).toBe(431);
      for (const [name, value] of [
        ['idempotency-key', 'x'.repeat(300)],
        ['if-match', 'x'.repeat(5_000)],
        ['last-event-id', '9'.repeat(40)],
      ] as const) {
        const path =
          name === 'if-match'
            ? `/v1/events/${running().ids.events ?? ''}/retract`
            : name === 'last-event-id'
              ? '/v1/stream'
              : '/v1/reports';
        const reply = await running().call(name === 'last-event-id' ? 'get' : 'post', path, {
          headers: { [name]: value },
          ...(name === 'last-event-id'
            ? {}
            : { body: { reason: 'x', kind: 'ban', headline: 'x', source: { name: 'x' } } }),
        });
        expect(`${name} ${String(faultOf(reply))}`).toBe(`${name} null`);
      }
    });

    test('every parameter has an end', async () => {
      const faults = new Faults();
      for (const { operationId, method, path, parameters } of running().operations) {
        if (method !== 'get') continue;
        const base = pathOf({ path }, running().ids);
        for (const { name } of parameters.filter(({ in: place }) => place === 'query')) {
          const endless = [
            `${name}=${'y'.repeat(12_000)}`,
            Array.from({ length: 1_500 }, (_, n) => `${name}=y${String(n)}`).join('&'),
          ];
          for (const query of endless) {
            faults.add(
              `${operationId} ${query.slice(0, 30)}`,
              faultOf(await running().call('get', `${base}?${query}`)),
            );
          }
        }
      }
      expect(faults.found).toEqual([]);
    });
  });

  describe('patterns', () => {
    /** What makes a backtracking engine try again and again. */
    const PUMPS = [
      'a',
      '0',
      '-',
      '.',
      'a.',
      'a-',
      ' ',
      'a ',
      '@',
      'a@',
      '+',
      '(',
      '*',
      '0:',
      '2025-01',
      'T',
      '/',
      ':',
      'é',
    ];
    const SUFFIXES = ['', '!', '\u0000', '@', '"'];

    test('those of the description look at any text in no time', () => {
      const patterns = new Set<string>();
      JSON.stringify(running().document, (key, value: unknown) => {
        if (key === 'pattern' && typeof value === 'string') patterns.add(value);
        return value;
      });
      expect(patterns.size).toBeGreaterThan(5);
      const texts = PUMPS.flatMap((pump) =>
        SUFFIXES.map((suffix) => pump.repeat(Math.ceil(20_000 / pump.length)) + suffix),
      );
      for (const pattern of patterns) {
        // A pattern that backtracks without end is ended by the time limit, and the error names it.
        const look = 'const expression = new RegExp(pattern, "u"); for (const text of texts) expression.test(text)';
        expect(() => runInNewContext(look, { pattern, texts }, { timeout: 2_000 })).not.toThrow();
      }
    });

    test('words, phrases and rules that a user gives are read in no time, and so are texts', async () => {
      const nasty = [
        'a'.repeat(180) + '!',
        '(a+)+'.repeat(30),
        '.*'.repeat(90),
        '* '.repeat(90),
        '"'.repeat(181),
        `${'-a '.repeat(60)}`,
      ];
      const took = async (work: () => Promise<Reply>): Promise<number> => {
        const startedAt = performance.now();
        const { status } = await work();
        expect(status).toBeLessThan(500);
        return performance.now() - startedAt;
      };
      const times: number[] = [];
      for (const text of nasty) {
        const short = text.slice(0, 100);
        const rule = { phrases: [short], entities: [short], exclude: [short] };
        const match = { keywords: { all: [short], any: [short], none: [short] }, q: text, entities: [short] };
        times.push(
          await took(() => running().call('get', `/v1/events?q=${encodeURIComponent(text)}`)),
          await took(() => running().call('get', `/v1/entities?q=${encodeURIComponent(text)}`)),
          await took(() => running().call('post', '/v1/themes/preview', { body: { rule } })),
          await took(() => running().call('post', '/v1/subscriptions/preview', { body: { match, days: 1 } })),
          await took(() =>
            running().call('post', '/v1/dates', { body: { text: text.repeat(20), reference: '2025-01-01' } }),
          ),
          await took(() =>
            running().call('post', '/v1/extract', { body: { text: text.repeat(20), publishedAt: '2025-01-01' } }),
          ),
        );
      }
      expect(Math.max(...times)).toBeLessThan(3_000);
    });
  });
}
