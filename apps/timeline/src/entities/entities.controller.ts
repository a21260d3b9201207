import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { entityMergeIn, type EntityMergeIn, entityType, page, text, timelineEvent } from '@themeline/contracts';
import { Answer, Example, Scopes, zodBody, zodQuery } from '@themeline/http';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { sendPage } from '../events/page.answer';
import { EntitiesService, type EntityBeside, type EntityDetails, type EntityPage } from './entities.service';
import { EntityMergeService } from './entity-merge.service';

const limit = z
  .string()
  .regex(/^\d+$/, 'must be a number')
  .transform(Number)
  .pipe(z.number().int().min(1).max(200))
  .default(50);
const pageQuery = z.object({ limit, cursor: z.string().max(4_096).optional() });
const entityQuery = pageQuery.extend({ q: text(200).optional() });

const entityOut = z.object({ id: z.string(), name: z.string(), type: entityType, events: z.number().int() });
const entityDetails = entityOut.extend({
  /** Names of what was merged into it. */
  aliases: z.array(z.string()),
});
const entityBeside = entityOut.extend({
  /** Events that both are in. */
  together: z.number().int(),
});

@ApiTags('timeline')
@Controller('v1/entities')
@Scopes('read')
export class EntitiesController {
  constructor(
    private readonly entities: EntitiesService,
    private readonly merges: EntityMergeService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Companies, products, authorities, persons and places by name or alias, with the number of their events',
  })
  @Answer(200, page(entityOut))
  @Example({ query: { q: 'nord', limit: '10' } })
  list(@Query(zodQuery(entityQuery)) { q, limit, cursor }: z.output<typeof entityQuery>): Promise<EntityPage> {
    return this.entities.list(q, limit, cursor);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One entity, by its id or that of one that was merged into it' })
  @Answer(200, entityDetails)
  read(@Param('id') id: string): Promise<EntityDetails> {
    return this.entities.read(id);
  }

  @Get(':id/timeline')
  @ApiOperation({ summary: 'Its events by date, the newest first' })
  @Answer(200, page(timelineEvent))
  @Example({ query: { limit: '20' } })
  async timeline(
    @Param('id') id: string,
    @Query(zodQuery(pageQuery)) { limit, cursor }: z.output<typeof pageQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, await this.entities.timeline(id, limit, cursor));
  }

  @Get(':id/co-occurring')
  @ApiOperation({ summary: 'Who is in its events too, the most frequent 50 first' })
  @Answer(200, page(entityBeside))
  async beside(@Param('id') id: string): Promise<{ items: EntityBeside[]; nextCursor: null }> {
    return { items: await this.entities.beside(id), nextCursor: null };
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Scopes('edit')
  @ApiOperation({
    summary: 'Two entities are one: the other becomes an alias of this one, and its events follow in the background',
  })
  @Answer(200, entityDetails)
  @Example({ body: { with: 'government-of-the-netherlands' } })
  async merge(
    @Param('id') id: string,
    @Body(zodBody(entityMergeIn)) { with: other }: EntityMergeIn,
  ): Promise<EntityDetails> {
    await this.merges.merge(id, other);
    return this.entities.read(id);
  }
}
