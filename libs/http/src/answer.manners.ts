import compress from '@fastify/compress';
import cors from '@fastify/cors';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { constants } from 'node:zlib';
import { matchesTag, tagOf } from './entity.tags';

/** For an answer with a strong entity tag: it names these very bytes. */
export const Uncompressed = () => RouteConfig({ compress: false });

/** Smaller answers are not worth it. */
const MIN_COMPRESSED_BYTES = 1_024;
/** Event streams must go out piece by piece, and what is not text is mostly compressed already. */
const COMPRESSED = /^text\/(?!event-stream)|[+/](?:json|x-ndjson|xml|javascript)(?:;|$)/;
/** Of 11: beyond it answers are hardly smaller and take several times as long. */
const BROTLI_QUALITY = 4;

/** What is sent as it stands, not piece by piece. */
const isWhole = (payload: unknown): payload is string | Buffer =>
  typeof payload === 'string' || Buffer.isBuffer(payload);

/** br and gzip for whoever takes them, also for streams; entity tags and 304 for every JSON that has no tag of its own. */
export async function addManners(fastify: FastifyInstance): Promise<void> {
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || reply.statusCode !== 200 || !isWhole(payload)) return payload;
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-cache');
    if (reply.hasHeader('etag') || /no-store/.test(String(reply.getHeader('cache-control')))) return payload;
    const tag = tagOf(payload);
    void reply.header('etag', tag);
    if (!matchesTag(request.headers['if-none-match'], tag)) return payload;
    void reply.code(304).removeHeader('content-type');
    return null;
  });
  await fastify.register(compress, {
    encodings: ['br', 'gzip'],
    // Bodies are taken as they are sent: what a compressed one grows to would go round the caps.
    globalDecompression: false,
    threshold: MIN_COMPRESSED_BYTES,
    customTypes: COMPRESSED,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  });
}

/** What scripts on other sites may see of an answer, beyond its body. */
const EXPOSED = [
  'ETag',
  'Location',
  'Retry-After',
  'X-Request-Id',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
];
const PREFLIGHT_SECONDS = 600;

/** Lets scripts on these sites call: origins such as `https://desk.example.org`, or `*` for any. */
export async function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): Promise<void> {
  await fastify.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'Last-Event-ID',
      'X-Request-Id',
    ],
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_SECONDS,
    strictPreflight: false,
  });
}
