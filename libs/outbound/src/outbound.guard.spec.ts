import { INNER_ADDRESSES } from '../../../test/support/inner-addresses';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  OutboundFailed,
  OutboundRefused,
  OutboundTimeout,
  OutboundTooManyRedirects,
  OutboundUnresolved,
} from './outbound.errors';
import { guardFromEnv, OutboundGuard, type OutboundRequest } from './outbound.guard';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server;
let port: number;
let seen: Seen[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const guards: OutboundGuard[] = [];

const guardWith = (options: ConstructorParameters<typeof OutboundGuard>[0]): OutboundGuard => {
  const guard = new OutboundGuard(options);
  guards.push(guard);
  return guard;
};
const get = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: 'GET',
  url,
  timeoutMs: 2_000,
  maxResponseBytes: 1_000,
  ...more,
});
const local = (path = '/'): string => `http://127.0.0.1:${String(port)}${path}`;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  seen = [];
  answer = (_request, response) => response.end('ok');
});
afterEach(async () => {
  await Promise.all(guards.splice(0).map((guard) => guard.close()));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('addresses', () => {
  test.each(INNER_ADDRESSES)(
    '%s is refused at subscription and at request, and nothing is connected',
    async (template) => {
      const guard = guardWith({ allow: [] });
      const url = template.replace('PORT', String(port));
      await expect(guard.checkUrl(url)).rejects.toBeInstanceOf(OutboundRefused);
      await expect(guard.request(get(url))).rejects.toBeInstanceOf(OutboundRefused);
      expect(seen).toEqual([]);
    },
  );

  test.each([
    ['ftp://example.org/', /scheme is 'ftp:'/],
    ['file:///etc/passwd', /scheme is 'file:'/],
    ['gopher://example.org/', /scheme/],
    ['/relative', /not an absolute address/],
    ['http://user:pass@example.org/', /user name and password/],
    ['http://user@example.org/', /user name and password/],
    ['http://example.org:22/', /port 22 is not allowed/],
    ['http://example.org:6379/', /port 6379 is not allowed/],
    ['http://example.org:0/', /port 0 is not allowed/],
  ])('%s is refused: %s', async (url, reason) => {
    const guard = guardWith({
      allow: LOOPBACK,
      resolve: () => Promise.resolve([{ address: '93.184.215.14', family: 4 }]),
    });
    await expect(guard.checkUrl(url)).rejects.toMatchObject({
      code: 'outbound-refused',
      message: expect.stringMatching(reason),
    });
    await expect(guard.request(get(url))).rejects.toMatchObject({
      code: 'outbound-refused',
      message: expect.stringMatching(reason),
    });
  });

  test('the refusal names the host, the address behind it and the reason', async () => {
    const guard = guardWith({ allow: [], resolve: () => Promise.resolve([{ address: '10.0.0.8', family: 4 }]) });
    await expect(guard.checkUrl('https://hooks.example/x')).rejects.toThrow(
      'hooks.example (10.0.0.8) is refused: private',
    );
  });

  test('one private address among public ones condemns the host', async () => {
    const addresses = [
      { address: '93.184.215.14', family: 4 },
      { address: '::1', family: 6 },
    ];
    const guard = guardWith({ allow: [], resolve: () => Promise.resolve(addresses) });
    await expect(guard.request(get('http://mixed.example/'))).rejects.toMatchObject({
      code: 'outbound-refused',
      address: 'mixed.example (::1)',
    });
  });

  test('a name that turns private after the check is refused at the connection', async () => {
    let asked = 0;
    const resolve = () => Promise.resolve([{ address: (asked += 1) === 1 ? '93.184.215.14' : '127.0.0.1', family: 4 }]);
    const guard = guardWith({ allow: [], resolve });
    const url = `http://rebinding.example:${String(port)}/`;
    await guard.checkUrl(url);
    await expect(guard.request(get(url))).rejects.toBeInstanceOf(OutboundRefused);
    expect(seen).toEqual([]);
  });

  test('the connection goes to the address that was checked, with one resolution', async () => {
    const resolve = jest.fn(() => Promise.resolve([{ address: '127.0.0.1', family: 4 }]));
    const guard = guardWith({ allow: LOOPBACK, resolve });
    const response = await guard.request(get(`http://receiver.example:${String(port)}/hook`));
    expect(response.status).toBe(200);
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(seen[0]?.headers.host).toBe(`receiver.example:${String(port)}`);
  });

  test('a host that does not resolve passes the check and fails the request', async () => {
    const guard = guardWith({ allow: [], resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    await guard.checkUrl('https://later.example/');
    await expect(guard.request(get('https://later.example/'))).rejects.toBeInstanceOf(OutboundUnresolved);
  });

  test('an allowed range is reachable, another private one is not', async () => {
    const guard = guardWith({ allow: LOOPBACK });
    await guard.checkUrl(local());
    expect((await guard.request(get(local()))).status).toBe(200);
    await expect(guard.checkUrl('http://10.0.0.8/')).rejects.toThrow('10.0.0.8 is refused: private');
  });
});

describe('exchange', () => {
  test('method, headers, body, answer', async () => {
    answer = (_request, response) => response.writeHead(418, { 'X-One': 'a' }).end('teapot');
    const guard = guardWith({ allow: LOOPBACK });
    const response = await guard.request(
      get(local('/x?y=1'), { method: 'POST', headers: { 'X-Two': 'b' }, body: '{"a":1}' }),
    );
    expect(response).toMatchObject({ status: 418, truncated: false, url: local('/x?y=1') });
    expect(response.headers['x-one']).toBe('a');
    expect(response.body.toString()).toBe('teapot');
    expect(seen).toMatchObject([{ method: 'POST', url: '/x?y=1', body: '{"a":1}', headers: { 'x-two': 'b' } }]);
  });

  test.each([
    [999, 999, false],
    [1_000, 1_000, false],
    [1_001, 1_000, true],
    [5_000_000, 1_000, true],
  ])('an answer of %i bytes gives %i, truncated: %s', async (size, kept, truncated) => {
    answer = (_request, response) => response.end(Buffer.alloc(size, 'x'));
    const response = await guardWith({ allow: LOOPBACK }).request(get(local()));
    expect([response.body.length, response.truncated]).toEqual([kept, truncated]);
  });

  test('an endless answer is left after the limit', async () => {
    let closed: () => void;
    const left = new Promise<void>((resolve) => (closed = resolve));
    answer = (_request, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(500, 'x')), 1);
      response.on('close', () => {
        clearInterval(timer);
        closed();
      });
    };
    expect((await guardWith({ allow: LOOPBACK }).request(get(local()))).truncated).toBe(true);
    await left;
  });

  test('no answer in time', async () => {
    answer = () => undefined;
    await expect(guardWith({ allow: LOOPBACK }).request(get(local(), { timeoutMs: 100 }))).rejects.toMatchObject({
      code: 'outbound-timeout',
      status: null,
      timeoutMs: 100,
    });
  });

  test('a head in time, a body that never ends: the status is kept', async () => {
    answer = (_request, response) => void response.writeHead(202).write('…');
    const failure = guardWith({ allow: LOOPBACK }).request(get(local(), { timeoutMs: 200 }));
    await expect(failure).rejects.toBeInstanceOf(OutboundTimeout);
    await expect(failure).rejects.toMatchObject({ status: 202 });
  });

  test('a resolver that does not answer runs into the deadline', async () => {
    const guard = guardWith({ allow: [], resolve: () => new Promise(() => undefined) });
    await expect(guard.request(get('http://slow.example/', { timeoutMs: 100 }))).rejects.toBeInstanceOf(
      OutboundTimeout,
    );
  });

  test('nobody listens', async () => {
    const failure = guardWith({ allow: LOOPBACK }).request(get('http://127.0.0.1:1/'));
    await expect(failure).rejects.toBeInstanceOf(OutboundFailed);
    await expect(failure).rejects.toMatchObject({ reason: 'ECONNREFUSED' });
  });

  test('a broken connection', async () => {
    answer = (request) => request.socket.destroy();
    await expect(guardWith({ allow: LOOPBACK }).request(get(local()))).rejects.toBeInstanceOf(OutboundFailed);
  });
});

describe('redirects', () => {
  const redirecting = (status: number, location: string) => {
    answer = (request, response) => {
      if (request.url === '/final') response.end('final');
      else response.writeHead(status, { location }).end();
    };
  };

  test('are handed back by default', async () => {
    redirecting(302, '/final');
    const response = await guardWith({ allow: LOOPBACK }).request(get(local('/start')));
    expect(response.status).toBe(302);
    expect(seen.map(({ url }) => url)).toEqual(['/start']);
  });

  test.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'body'],
    [308, 'POST', 'POST', 'body'],
    [301, 'GET', 'GET', ''],
  ] as const)('%i of a %s is followed with %s', async (status, method, followed, body) => {
    redirecting(status, '/final');
    const sent = method === 'GET' ? {} : { body: 'body', headers: { 'Content-Type': 'text/plain' } };
    const guard = guardWith({ allow: LOOPBACK });
    const response = await guard.request(get(local('/start'), { method, maxRedirects: 2, ...sent }));
    expect(response).toMatchObject({ status: 200, url: local('/final') });
    expect(seen[1]).toMatchObject({ method: followed, body });
    expect(seen[1]?.headers['content-type']).toBe(body === '' ? undefined : 'text/plain');
  });

  test('to a private address is refused', async () => {
    redirecting(302, 'http://10.0.0.8/');
    const failure = guardWith({ allow: LOOPBACK }).request(get(local('/start'), { maxRedirects: 5 }));
    await expect(failure).rejects.toThrow('10.0.0.8 is refused: private');
  });

  test('to another origin go without credentials, to the same with them', async () => {
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Kept': 'yes' };
    const guard = guardWith({ allow: LOOPBACK });
    redirecting(307, `http://localhost.example:${String(port)}/final`);
    const elsewhere = guardWith({
      allow: LOOPBACK,
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    });
    await elsewhere.request(get(local('/start'), { maxRedirects: 1, headers }));
    redirecting(307, '/final');
    await guard.request(get(local('/start'), { maxRedirects: 1, headers }));
    expect([seen[1]?.headers.authorization, seen[1]?.headers.cookie, seen[1]?.headers['x-kept']]).toEqual([
      undefined,
      undefined,
      'yes',
    ]);
    expect([seen[3]?.headers.authorization, seen[3]?.headers.cookie]).toEqual(['Bearer x', 'a=b']);
  });

  test('in a circle end', async () => {
    redirecting(302, '/start');
    const failure = guardWith({ allow: LOOPBACK }).request(get(local('/start'), { maxRedirects: 3 }));
    await expect(failure).rejects.toBeInstanceOf(OutboundTooManyRedirects);
    expect(seen).toHaveLength(4);
  });
});

describe('guardFromEnv', () => {
  test('none by default, ranges by comma or space', async () => {
    const closed = guardFromEnv({});
    const open = guardFromEnv({ OUTBOUND_ALLOW: ' 127.0.0.0/8, ::1/128 10.0.0.8' });
    guards.push(closed, open);
    await expect(closed.checkUrl(local())).rejects.toBeInstanceOf(OutboundRefused);
    await open.checkUrl(local());
    await open.checkUrl('http://10.0.0.8/');
  });

  test('names a range that it cannot read', () => {
    expect(() => guardFromEnv({ OUTBOUND_ALLOW: '127.0.0.0/8,lo' })).toThrow("OUTBOUND_ALLOW: not a CIDR range: 'lo'");
    expect(() => guardFromEnv({ OUTBOUND_DNS: 'nowhere' })).toThrow(/^OUTBOUND_DNS: .*nowhere/);
  });
});
