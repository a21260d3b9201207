import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  eventReport,
  eventRevision,
  type EventRevision,
  instant,
  page,
  type Page,
  timelineEvent,
} from '@themeline/contracts';
import { Answer, Example, Scopes, Uncompressed, zodQuery } from '@themeline/http';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { etagOf, matchesNone } from './entity.tags';
import { histogramOut } from '../histogram/histogram.query';
import { facetsOut } from './event.facets';
import { type EventQuery, eventQuery } from './event.query';
import { EventsService } from './events.service';
import { sendPage } from './page.answer';

const momentQuery = z.object({
  /** What the timeline said then. */
  asOf: instant.optional(),
});
type MomentQuery = z.output<typeof momentQuery>;

const pageQuery = momentQuery.extend({
  limit: z
    .string()
    .regex(/^\d+$/, 'must be a number')
    .transform(Number)
    .pipe(z.number().int().min(1).max(200))
    .default(50),
  cursor: z.string().max(4_096).optional(),
});
type PageQuery = z.output<typeof pageQuery>;

const eventPage = page(timelineEvent).extend({
  facets: facetsOut.optional(),
  /** With facets: how many match, or of how many they are. */
  total: z.number().int().optional(),
  /** With facets: more than 10,000 match, and only the newest of them were counted. */
  capped: z.boolean().optional(),
  histogram: histogramOut.optional(),
});
const explanation = z.object({
  reportId: z.string(),
  source: z.string(),
  headline: z.string(),
  merge: z.object({
    decision: z.enum(['created', 'merged', 'updated', 'revived', 'edited']),
    score: z.number().nullable(),
    closest: z.string().nullable(),
    parts: z.array(z.object({ name: z.string(), value: z.number(), note: z.string() })),
  }),
});

@ApiTags('timeline')
@Controller('v1/events')
@Scopes('read')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Get()
  @ApiOperation({
    summary: 'Events by any combination of filters; a walk by cursor stays at the state in which it began',
  })
  @Answer(200, eventPage)
  @Example({
    query: {
      kind: ['export-control', 'ban'],
      from: '2024-01-01',
      to: '2025-12-31',
      dateMatch: 'certain',
      q: 'lithograph* -rumour',
      facets: 'kind,country',
      sort: '-date',
      limit: '20',
    },
  })
  async list(@Query(zodQuery(eventQuery)) query: EventQuery, @Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, await this.events.list(query));
  }

  @Get(':id')
  @Uncompressed()
  @ApiOperation({ summary: 'One event with its earliest 50 reports; 308 to its heir when it was merged away' })
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'an ETag: 304 while it is the newest' })
  @Answer(200, timelineEvent, 'the event; its ETag is its revision')
  async read(
    @Param('id') id: string,
    @Query(zodQuery(momentQuery)) { asOf }: MomentQuery,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.events.read(id, asOf);
    if ('heir' in found) return redirect(reply, found.heir, '', asOf);
    const { event } = found;
    void reply.headers({ etag: etagOf(event.revision), 'cache-control': 'no-cache' });
    await (matchesNone(ifNoneMatch, event.revision) ? reply.code(304).send() : reply.send(event));
  }

  @Get(':id/revisions')
  @ApiOperation({ summary: 'Its history, the newest first: what changed, and why' })
  @Answer(200, page(eventRevision))
  revisions(
    @Param('id') id: string,
    @Query(zodQuery(pageQuery)) { limit, cursor, asOf }: PageQuery,
  ): Promise<Page<EventRevision>> {
    return this.events.revisions(id, { limit, cursor, asOf });
  }

  @Get(':id/reports')
  @ApiOperation({ summary: 'All its reports side by side, by publication' })
  @Answer(200, page(eventReport))
  async reports(
    @Param('id') id: string,
    @Query(zodQuery(pageQuery)) { limit, cursor, asOf }: PageQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.events.reports(id, { limit, cursor, asOf });
    await ('heir' in found ? redirect(reply, found.heir, '/reports', asOf) : reply.send(found));
  }

  @Get(':id/explain')
  @ApiOperation({ summary: 'Why each of its reports is in it: the scores by which it was merged' })
  @Answer(200, page(explanation))
  async explain(
    @Param('id') id: string,
    @Query(zodQuery(pageQuery)) { limit, cursor, asOf }: PageQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.events.explain(id, { limit, cursor, asOf });
    await ('heir' in found ? redirect(reply, found.heir, '/explain', asOf) : reply.send(found));
  }
}

/** A merge can be undone: nobody may remember it. */
async function redirect(reply: FastifyReply, heir: string, below: string, asOf: string | undefined): Promise<void> {
  const query = asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`;
  await reply
    .code(308)
    .headers({ location: `/v1/events/${heir}${below}${query}`, 'cache-control': 'no-store' })
    .send();
}
