import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  deadLetterOut,
  type DeadLetterOut,
  type Identity,
  page,
  type Page,
  type Service,
  SERVICES,
} from '@themeline/contracts';
import {
  Answer,
  Caller,
  encodeCursor,
  IDENTITY_HEADER,
  ProblemError,
  Scopes,
  signIdentity,
  zodQuery,
} from '@themeline/http';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GATEWAY_SETTINGS, type GatewaySettings } from './gateway.settings';
import { Upstreams } from './upstream.pool';

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});
type ListQuery = z.infer<typeof listQuery>;

/** All services' dead letters as one list. A single one goes to its service, which its id names. */
@ApiTags('dead letters')
@Controller('v1/dead-letters')
@Scopes('admin')
export class DeadLettersController {
  constructor(
    private readonly upstreams: Upstreams,
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  /** The services' lists have one order (newest first, then by id) and one kind of cursor, so they merge page by page. */
  @Get()
  @Answer(200, page(deadLetterOut), 'newest first')
  async list(
    @Query(zodQuery(listQuery)) query: ListQuery,
    @Caller() caller: Identity,
    @Req() request: FastifyRequest,
  ): Promise<Page<DeadLetterOut>> {
    const pages = await Promise.all(SERVICES.map((service) => this.listOf(service, query, caller, request)));
    const merged = pages.flatMap(({ items }) => items).sort(newestFirst);
    const items = merged.slice(0, query.limit);
    const last = items.at(-1);
    const isMore = merged.length > items.length || pages.some(({ nextCursor }) => nextCursor !== null);
    return {
      items,
      nextCursor: isMore && last !== undefined ? encodeCursor({ deadAt: last.deadAt, id: last.id }) : null,
    };
  }

  private async listOf(
    service: Service,
    { limit, cursor }: ListQuery,
    caller: Identity,
    request: FastifyRequest,
  ): Promise<Page<DeadLetterOut>> {
    const search = new URLSearchParams({ limit: String(limit), ...(cursor === undefined ? {} : { cursor }) });
    const answer = await this.upstreams.send(service, {
      method: 'GET',
      path: `/v1/dead-letters?${search.toString()}`,
      headers: {
        [IDENTITY_HEADER]: signIdentity(caller, this.settings.identitySecret),
        'x-request-id': request.id,
      },
    });
    const body: unknown = await answer.body.json();
    if (answer.statusCode === 200) return page(deadLetterOut).parse(body);
    const { title, detail } = (body ?? {}) as { title?: unknown; detail?: unknown };
    throw new ProblemError(answer.statusCode, String(title ?? 'Error'), `${service}: ${String(detail ?? '')}`);
  }
}

function newestFirst(a: DeadLetterOut, b: DeadLetterOut): number {
  if (a.deadAt !== b.deadAt) return a.deadAt < b.deadAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
