import { Logger } from '@nestjs/common';
import { isCleanText } from '@themeline/contracts';
import { beginSpan, histogram, runWithCorrelation, type Tracing } from '@themeline/observability';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { badRequest, type FieldError } from './problem.error';
import { RouteTable } from './route.table';

const seconds = histogram('http_request_seconds', 'Time from request to answer, by route', [
  'method',
  'route',
  'status',
]);

/** What monitors ask for all the time. */
const WATCHED = /^\/(health|metrics)/;

/** The client's own `x-request-id` if it is harmless, else a new one. */
export function requestId(request: { headers: IncomingMessage['headers'] }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,128}$/.test(given) ? given : randomUUID();
}

/** The requests that are being answered, so that a shutdown can wait for them. */
export class OpenRequests {
  private readonly replies = new Set<ServerResponse>();

  add(reply: ServerResponse): void {
    this.replies.add(reply);
    reply.once('close', () => this.replies.delete(reply));
  }

  get size(): number {
    return this.replies.size;
  }

  /** Streams of events have no end of their own; their clients come back and resume with `Last-Event-ID`. */
  endEventStreams(): void {
    for (const reply of this.replies) {
      if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) reply.end();
    }
  }
}

/** Correlation, clean addresses, one log line and one measurement for each request. */
export function addRequestHooks(fastify: FastifyInstance, routes: RouteTable, open: OpenRequests): void {
  const logger = new Logger('Requests');
  const spans = new WeakMap<FastifyRequest, Tracing>();
  // No path takes it: else Fastify asks for its body before anybody can say so.
  fastify.addHttpMethod('QUERY', { hasBody: false });
  fastify.addHook('onRoute', (route) => routes.add(route.url, route.method));
  fastify.addHook('onRequest', (request, reply, done) => {
    open.add(reply.raw);
    void reply.header('x-request-id', request.id);
    const span = spanOf(request);
    if (span !== null) spans.set(request, span);
    const errors = uncleanParts(request);
    const [first] = errors;
    const refusal = first === undefined ? undefined : badRequest(`the address ${first.message}`, errors);
    runWithCorrelation(request.id, () => done(refusal));
  });
  // Reading the body loses the asynchronous context of onRequest.
  fastify.addHook('preValidation', (request, _reply, done) => runWithCorrelation(request.id, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const took = reply.elapsedTime;
    spans
      .get(request)
      ?.end(
        { 'http.response.status_code': reply.statusCode },
        reply.statusCode >= 500 ? String(reply.statusCode) : undefined,
      );
    seconds.observe({ method: request.method, route, status: String(reply.statusCode) }, took / 1000);
    const line = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(took * 10) / 10,
      ...(request.identity === undefined ? {} : { owner: request.identity.owner, keyId: request.identity.keyId }),
    };
    runWithCorrelation(request.id, () => {
      if (WATCHED.test(route)) logger.debug(line);
      else logger.log(line, 'answered');
    });
    done();
  });
  fastify.addHook('preClose', (done) => {
    open.endEventStreams();
    done();
  });
}

/** By its route, never its address: that may hold a token. */
function spanOf(request: FastifyRequest): Tracing | null {
  const route = request.routeOptions.url ?? 'none';
  if (WATCHED.test(route)) return null;
  const { traceparent } = request.headers;
  return beginSpan(
    `${request.method} ${route}`,
    'server',
    request.id,
    typeof traceparent === 'string' ? traceparent : undefined,
    { 'http.request.method': request.method, 'http.route': route },
  );
}

/** NUL bytes and malformed percent-encoding would reach the database as something other than what was sent. */
function uncleanParts(request: FastifyRequest): FieldError[] {
  const url = request.raw.url ?? '/';
  if (!url.includes('%')) return [];
  const [path = '', query = ''] = url.split('?', 2);
  const errors = [
    { path: '', text: path },
    ...query.split('&').map((text) => ({ path: text.split('=', 1)[0] ?? '', text })),
  ];
  return errors.flatMap(({ path: name, text }) =>
    isCleanEncoding(text) ? [] : [{ path: name, message: 'must be percent-encoded UTF-8 without NUL bytes' }],
  );
}

function isCleanEncoding(text: string): boolean {
  try {
    return isCleanText(decodeURIComponent(text));
  } catch {
    return false;
  }
}
