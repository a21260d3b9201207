import { All, Controller, Inject, Logger, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Identity } from '@themeline/contracts';
import { Caller, IDENTITY_TTL_MS, Open, pathOf, ProblemError, RouteTable, Scopes, signIdentity } from '@themeline/http';
import { traceparentOf } from '@themeline/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Dispatcher } from 'undici';
import { GATEWAY_SETTINGS, type GatewaySettings } from './gateway.settings';
import { toClient, toUpstream } from './proxy.headers';
import { serviceOf } from './service.route';
import { TokenBuckets } from './token.bucket';
import { Upstreams } from './upstream.pool';
import { withoutToken } from './url.token';

/** The proxy's paths as Fastify has them. */
export const PROXY_ROUTES: readonly string[] = ['/v1/*', '/v1/open/*'];

/** Calls without a key from one address. */
const OPEN_PER_MINUTE = 600;

/** Everything that the gateway does not answer itself goes to its service, both bodies as streams. */
@ApiExcludeController()
@Controller()
export class ProxyController {
  private readonly logger = new Logger(ProxyController.name);
  private readonly strangers = new TokenBuckets(OPEN_PER_MINUTE, OPEN_PER_MINUTE);

  constructor(
    private readonly upstreams: Upstreams,
    private readonly routes: RouteTable,
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  /** What carries its own secret in the path: links in mails, feed readers and event sources send no key. */
  @All('v1/open/*')
  @Open()
  async forwardOpen(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { allowed, retryAfter } = this.strangers.take(request.ip, performance.now());
    if (!allowed) {
      const detail = 'too many requests without a key from this address';
      throw new ProblemError(429, 'Too Many Requests', detail, undefined, { 'retry-after': String(retryAfter) });
    }
    await this.pass(request, reply, null);
  }

  /** Any key will do here: the services check the scopes. */
  @All('v1/*')
  @Scopes()
  async forward(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Caller() caller: Identity): Promise<void> {
    await this.pass(request, reply, caller);
  }

  private async pass(request: FastifyRequest, reply: FastifyReply, caller: Identity | null): Promise<void> {
    const path = withoutToken(request.raw.url ?? '/');
    const service = serviceOf(pathOf(request));
    // One of the gateway's own paths with a method that it does not take comes here too.
    if (service === null) throw this.routes.refusal(request.method, pathOf(request));
    const gone = new AbortController();
    // Whoever was answered closes too.
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) gone.abort();
    });
    try {
      const answer = await this.upstreams.send(service, {
        method: request.method as Dispatcher.HttpMethod,
        path,
        headers: toUpstream(request.headers, {
          identity: caller && this.vouch(caller),
          requestId: request.id,
          traceparent: traceparentOf(request.id),
          host: request.host,
          protocol: request.protocol,
          address: request.ip,
        }),
        body: hasBody(request.raw) ? await bodyOf(request.raw, gone) : null,
        signal: gone.signal,
      });
      await passOn(answer, request, reply);
    } catch (error) {
      if (!gone.signal.aborted) {
        if (!reply.sent) throw error;
        this.logger.warn({ err: error, service }, 'an answer broke off');
      }
      // Nobody is left to be answered, or half of the answer is out: Fastify must not send another.
      if (!reply.sent) reply.hijack();
      reply.raw.destroy();
    }
  }

  private vouch(caller: Identity): string {
    return signIdentity({ ...caller, expiresAt: Date.now() + IDENTITY_TTL_MS }, this.settings.identitySecret);
  }
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** What is shorter goes in one piece, which costs less than to watch over two streams; what is longer as it comes. */
const ONE_PIECE_BYTES = 64 * 1024;

const isShort = (headers: IncomingHttpHeaders): boolean => Number(headers['content-length'] ?? NaN) <= ONE_PIECE_BYTES;

async function bodyOf(request: IncomingMessage, gone: AbortController): Promise<Buffer | PassThrough> {
  if (!isShort(request.headers)) return streamOf(request);
  try {
    return await readAll(request);
  } catch (error) {
    gone.abort();
    throw error;
  }
}

async function readAll(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}

/** Not the request itself: a service may answer before it has read all, and its socket's end must not be the client's. */
function streamOf(request: IncomingMessage): PassThrough {
  const body = new PassThrough();
  request.once('close', () => {
    if (!request.complete) body.destroy(new Error('the client went away'));
  });
  // The failure reaches the caller through the request to the service.
  body.on('error', () => undefined);
  return request.pipe(body);
}

async function passOn(answer: Dispatcher.ResponseData, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { complete } = request.raw;
  const headers: OutgoingHttpHeaders = {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    ...toClient(answer.headers),
    'x-request-id': request.id,
    // The rest of an upload that was answered early is not read.
    ...(complete || !hasBody(request.raw) ? {} : { connection: 'close' }),
  };
  reply.hijack();
  reply.raw.statusCode = answer.statusCode;
  // One by one, so that they can be asked for: a shutdown ends event streams by their type.
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.raw.setHeader(name, value);
  if (isShort(answer.headers)) {
    reply.raw.end(await readAll(answer.body));
    return;
  }
  // Event streams begin with silence: their client must know at once that they are open.
  reply.raw.flushHeaders();
  await pipeline(answer.body, reply.raw);
}
