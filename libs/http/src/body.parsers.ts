import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { badRequest, ProblemError, tooLarge } from './problem.error';
import { parseStrictJson } from './strict.json';

/** The largest JSON body; above it the answer is 413. */
export const MAX_JSON_BYTES = 8 * 1024 * 1024;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is left to the handler as a stream, whatever its type. */
    rawBody?: boolean;
    /** The cap of this route's JSON, in bytes. */
    jsonBytes?: number;
  }
}

/** A smaller cap for one route's JSON, in bytes. */
export const BodyLimit = (bytes: number) => RouteConfig({ jsonBytes: bytes });

/** The route takes its body as a stream, of whatever type: it checks type and size itself. */
export const StreamedBody = () => RouteConfig({ rawBody: true });

/**
 * JSON is read strictly up to its cap; NDJSON and CSV of any length are left to the handler as a stream (`body instanceof
 * Readable`); every other type is a 415.
 */
export function addBodyParsers(fastify: FastifyInstance): void {
  const unread = (request: FastifyRequest): boolean => request.is404 || request.routeOptions.config.rawBody === true;
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    if (unread(request)) return payload;
    const bytes = await collect(payload, request.routeOptions.config.jsonBytes ?? MAX_JSON_BYTES);
    // A body is optional for some calls: whether it may be missing is for the handler's schema to say.
    return bytes.length === 0 ? undefined : parseStrictJson(decodeUtf8(bytes));
  });
  fastify.addContentTypeParser(['application/x-ndjson', 'text/csv'], (_request, payload, done) => done(null, payload));
  fastify.addContentTypeParser('*', (request, payload, done) => {
    if (unread(request)) return done(null, payload);
    const given = request.headers['content-type'];
    const detail =
      given === undefined
        ? 'the body has no Content-Type; send application/json'
        : `'${given}' is not read here; send application/json`;
    done(new ProblemError(415, 'Unsupported Media Type', detail));
  });
}

/** So much of a body that is too large is read and thrown away before it is refused: who is still sending may not hear an answer. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

function collect(payload: IncomingMessage, limit: number): Promise<Buffer> {
  const refusal = (): ProblemError => tooLarge(`the body is larger than ${limit} bytes`);
  if (Number(payload.headers['content-length'] ?? 0) > MAX_DISCARDED_BYTES) return Promise.reject(refusal());
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    payload.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else {
        chunks = [];
        if (length > MAX_DISCARDED_BYTES) {
          payload.removeAllListeners('data');
          payload.resume();
          reject(refusal());
        }
      }
    });
    payload.once('end', () => {
      if (length > limit) reject(refusal());
      else resolve(Buffer.concat(chunks));
    });
    payload.once('error', reject);
    payload.once('close', () => reject(badRequest('the body ended early')));
  });
}

/** Reads the rest of a refused body and throws it away, up to a bound: who is still sending may not hear an answer. */
export async function discardBody(payload: IncomingMessage): Promise<void> {
  let length = 0;
  try {
    for await (const chunk of payload as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MAX_DISCARDED_BYTES) return;
    }
  } catch {
    // Whoever sent it has gone away.
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badRequest('the body is not UTF-8', [{ path: '', message: 'is not UTF-8' }]);
  }
}
