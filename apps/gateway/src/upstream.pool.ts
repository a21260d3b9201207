import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Service } from '@themeline/contracts';
import { ProblemError, unavailable } from '@themeline/http';
import { histogram } from '@themeline/observability';
import { Agent, type Dispatcher } from 'undici';
import { GATEWAY_SETTINGS, type GatewaySettings } from './gateway.settings';

const CONNECT_TIMEOUT_MS = 2_000;
/** From the last byte of the request to the first of the answer. */
const ANSWER_TIMEOUT_MS = 120_000;
/** A replica that refused is asked last for this long. */
const AVOID_MS = 1_000;

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);
const BROKEN = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

const seconds = histogram('gateway_upstream_seconds', 'Time to the first byte of a service', ['upstream', 'status']);

interface Replica {
  origin: string;
  refusedAt: number;
}

interface Ring {
  replicas: Replica[];
  turn: number;
}

export type UpstreamRequest = Pick<Dispatcher.RequestOptions, 'path' | 'method' | 'headers' | 'body' | 'signal'>;

/** The services' replicas: asked in turn, and those that do not answer last. */
@Injectable()
export class Upstreams implements OnModuleDestroy {
  private readonly agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: ANSWER_TIMEOUT_MS,
    // Event streams and uploads may be silent for as long as they like.
    bodyTimeout: 0,
  });
  private readonly rings: Readonly<Record<Service, Ring>>;

  constructor(@Inject(GATEWAY_SETTINGS) { upstreams }: GatewaySettings) {
    const ring = (service: Service): Ring => ({
      replicas: upstreams[service].map((origin) => ({ origin, refusedAt: -Infinity })),
      turn: 0,
    });
    this.rings = { ingest: ring('ingest'), timeline: ring('timeline'), alerts: ring('alerts') };
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }

  /**
   * Sends to one replica, and to the next when it cannot be reached, if nothing of the request can have had an effect.
   *
   * @throws ProblemError 503, 502 or 504 when no replica answers
   */
  async send(service: Service, request: UpstreamRequest): Promise<Dispatcher.ResponseData> {
    const startedAt = performance.now();
    const observe = (status: string): void =>
      seconds.observe({ upstream: service, status }, (performance.now() - startedAt) / 1_000);
    let failure: unknown;
    for (const replica of this.inTurn(service, startedAt)) {
      try {
        const answer = await this.agent.request({ ...request, origin: replica.origin });
        replica.refusedAt = -Infinity;
        observe(String(answer.statusCode));
        return answer;
      } catch (error) {
        failure = error;
        const unreachable = UNREACHABLE.has(codeOf(error));
        if (unreachable) replica.refusedAt = performance.now();
        // A body that was a stream is gone; and what is not safe may have been done before the connection broke.
        const mayRepeat = SAFE.has(request.method) && !request.body && (unreachable || BROKEN.has(codeOf(error)));
        if (!mayRepeat) break;
      }
    }
    observe('none');
    throw describeFailure(service, failure);
  }

  private inTurn(service: Service, now: number): Replica[] {
    const ring = this.rings[service];
    const first = ring.turn;
    ring.turn = (first + 1) % ring.replicas.length;
    const rotated = [...ring.replicas.slice(first), ...ring.replicas.slice(0, first)];
    const avoided = (replica: Replica): boolean => now - replica.refusedAt < AVOID_MS;
    return [...rotated.filter((replica) => !avoided(replica)), ...rotated.filter(avoided)];
  }
}

function describeFailure(service: Service, error: unknown): ProblemError {
  const code = codeOf(error);
  if (UNREACHABLE.has(code)) return unavailable(`the service '${service}' cannot be reached`, 1);
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return new ProblemError(504, 'Gateway Timeout', `the service '${service}' did not answer in time`);
  }
  return new ProblemError(502, 'Bad Gateway', `the service '${service}' broke off without an answer`);
}

/** A host with several addresses fails with one error for each. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return String((error as { code?: unknown } | null)?.code ?? '');
}
