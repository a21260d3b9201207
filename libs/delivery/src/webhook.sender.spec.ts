import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutboundGuard } from '@themeline/outbound';
import { Webhook } from 'standardwebhooks';
import { sendWebhook } from './webhook.sender';
import { generateSecret } from './webhook.signature';

const secret = generateSecret();
const body = JSON.stringify({ type: 'event.recorded', data: { headline: 'Exportverbot für Chips – naïve' } });
let server: Server;
let port: number;
let received: { headers: IncomingMessage['headers']; body: string }[];
let answer: (response: ServerResponse) => void;
let guard: OutboundGuard;

const send = (more: { url?: string; headers?: Record<string, string>; timeoutMs?: number } = {}) =>
  sendWebhook(
    guard,
    {
      id: 'dlv_1',
      url: more.url ?? `http://127.0.0.1:${String(port)}/hook`,
      headers: more.headers ?? {},
      secrets: [secret],
      body,
    },
    () => new Date(),
    more.timeoutMs ?? 2_000,
  );

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  received = [];
  answer = (response) => response.end('thanks');
  guard = new OutboundGuard({ allow: ['127.0.0.0/8'] });
});
afterEach(() => guard.close());
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test("what arrives verifies, with the channel's headers", async () => {
  expect(await send({ headers: { Authorization: 'Bearer x' } })).toMatchObject({
    status: 200,
    error: null,
    responseExcerpt: 'thanks',
    retryAfter: null,
  });
  const [message] = received;
  expect(message?.headers).toMatchObject({
    authorization: 'Bearer x',
    'content-type': 'application/json',
    'webhook-id': 'dlv_1',
  });
  expect(new Webhook(secret).verify(message?.body ?? '', message?.headers as Record<string, string>)).toEqual(
    JSON.parse(body),
  );
});

test('Retry-After is read', async () => {
  answer = (response) => response.writeHead(503, { 'retry-after': '120' }).end();
  const { status, at, retryAfter } = await send();
  expect(status).toBe(503);
  expect((retryAfter?.getTime() ?? 0) - at.getTime()).toBeGreaterThanOrEqual(120_000);
});

test('a redirect is not followed', async () => {
  answer = (response) => response.writeHead(302, { location: '/elsewhere' }).end();
  expect((await send()).status).toBe(302);
  expect(received).toHaveLength(1);
});

test('an answer that does not come', async () => {
  answer = () => undefined;
  expect(await send({ timeoutMs: 100 })).toMatchObject({
    status: null,
    error: 'outbound-timeout: no complete answer within 100 ms',
  });
});

test('a 200 whose body never ends has been received', async () => {
  answer = (response) => void response.writeHead(200).write('…');
  expect(await send({ timeoutMs: 200 })).toMatchObject({ status: 200 });
});

test('a private address is an answer that names it', async () => {
  expect(await send({ url: 'http://10.0.0.8/' })).toMatchObject({
    status: null,
    error: 'outbound-refused: 10.0.0.8 is refused: private',
  });
});
