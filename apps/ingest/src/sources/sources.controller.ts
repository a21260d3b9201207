import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Identity, Page, page, SourceOut, sourceOut, SourcePatch, sourcePatch } from '@themeline/contracts';
import { Answer, Caller, Example, Scopes, zodBody, zodQuery } from '@themeline/http';
import { z } from 'zod';
import { SourcesService } from './sources.service';

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});

@ApiTags('ingest')
@Controller('v1/sources')
@Scopes('ingest')
export class SourcesController {
  constructor(private readonly sources: SourcesService) {}

  @Get()
  @ApiOperation({ summary: 'The sources of your reports, by name' })
  @Answer(200, page(sourceOut))
  @Example({ query: { limit: '20' } })
  list(
    @Caller() caller: Identity,
    @Query(zodQuery(listQuery)) query: z.infer<typeof listQuery>,
  ): Promise<Page<SourceOut>> {
    return this.sources.list(caller.owner, query.limit, query.cursor);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A source' })
  @Answer(200, sourceOut)
  read(@Caller() caller: Identity, @Param('id') id: string): Promise<SourceOut> {
    return this.sources.read(caller.owner, id);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Trust a source more or less, mute it, or let it be heard again',
    description:
      'Trust counts for reports that come from now on. Reports of a muted source are taken in and kept, but neither the timeline nor alerts hear ' +
      'of them; those that it told before stay. When it is unmuted they are told as history, which alerts nobody.',
  })
  @Answer(200, sourceOut)
  @Example({ body: { trust: 0.9 } })
  change(
    @Caller() caller: Identity,
    @Param('id') id: string,
    @Body(zodBody(sourcePatch)) patch: SourcePatch,
  ): Promise<SourceOut> {
    return this.sources.change(caller.owner, id, patch);
  }
}
