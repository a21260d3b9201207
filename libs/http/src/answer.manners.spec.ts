import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { addManners, allowOrigins } from './answer.manners';

const LONG = { text: 'many words '.repeat(500) };

let fastify: FastifyInstance;
beforeAll(async () => {
  fastify = new FastifyAdapter().getInstance();
  await allowOrigins(fastify, ['https://desk.example.org']);
  await addManners(fastify);
  fastify.addContentTypeParser('application/x-ndjson', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  fastify.get('/long', async () => LONG);
  fastify.get('/short', async () => ({ text: 'few' }));
  fastify.get('/strong', { config: { compress: false } as object }, async (_request, reply) =>
    reply.header('etag', '"1"').send(LONG),
  );
  fastify.get('/secret', async (_request, reply) => reply.header('cache-control', 'no-store').send(LONG));
  fastify.get('/stream', async (_request, reply) =>
    reply.header('content-type', 'text/event-stream; charset=utf-8').send(`data: ${LONG.text}\n\n`),
  );
  fastify.post('/body', async (request) => ({ bytes: (request.body as Buffer).length }));
  await fastify.ready();
});
afterAll(() => fastify.close());

const get = (url: string, headers: Record<string, string> = {}) => fastify.inject({ method: 'GET', url, headers });

test('long answers are compressed as the client likes it, short ones, event streams and those with a strong tag are not', async () => {
  const encodings = { 'accept-encoding': 'gzip, br' };
  const br = await get('/long', encodings);
  expect(br.headers).toMatchObject({ 'content-encoding': 'br', vary: expect.stringMatching(/accept-encoding/i) });
  expect(JSON.parse(brotliDecompressSync(br.rawPayload).toString())).toEqual(LONG);
  const gzip = await get('/long', { 'accept-encoding': 'gzip' });
  expect(JSON.parse(gunzipSync(gzip.rawPayload).toString())).toEqual(LONG);
  for (const path of ['/short', '/strong', '/stream']) {
    expect((await get(path, encodings)).headers['content-encoding']).toBeUndefined();
  }
  expect((await get('/long')).headers['content-encoding']).toBeUndefined();
});

test('an answer has a tag by which it is not sent again, unless it must not be kept', async () => {
  const first = await get('/long', { 'accept-encoding': 'br' });
  expect(first.headers).toMatchObject({ 'cache-control': 'private, no-cache', etag: expect.stringMatching(/^W\/"/) });
  const again = await get('/long', { 'if-none-match': String(first.headers['etag']) });
  expect([again.statusCode, again.body]).toEqual([304, '']);
  expect((await get('/long', { 'if-none-match': '"other"' })).statusCode).toBe(200);
  expect((await get('/strong')).headers['etag']).toBe('"1"');
  expect((await get('/secret')).headers['etag']).toBeUndefined();
});

test('a compressed body is taken as it was sent', async () => {
  const payload = gzipSync('{}\n'.repeat(10_000));
  const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
  const answer = await fastify.inject({ method: 'POST', url: '/body', headers, payload });
  expect(answer.json()).toEqual({ bytes: payload.length });
});

test('scripts of the sites that are named may call and see what they need, those of others may not', async () => {
  const preflight = await fastify.inject({
    method: 'OPTIONS',
    url: '/long',
    headers: { origin: 'https://desk.example.org', 'access-control-request-method': 'PATCH' },
  });
  expect(preflight.statusCode).toBe(204);
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': 'https://desk.example.org',
    'access-control-allow-methods': expect.stringContaining('PATCH'),
    'access-control-allow-headers': expect.stringContaining('If-Match'),
  });
  const answer = await get('/short', { origin: 'https://desk.example.org' });
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': 'https://desk.example.org',
    'access-control-expose-headers': expect.stringContaining('ETag'),
  });
  expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  const stranger = await get('/short', { origin: 'https://elsewhere.example.org' });
  expect(stranger.headers['access-control-allow-origin']).not.toBe('https://elsewhere.example.org');
});
