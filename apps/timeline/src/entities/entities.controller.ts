import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { entityType, page, text } from '@themeline/contracts';
import { Answer, Scopes, zodQuery } from '@themeline/http';
import { z } from 'zod';
import { EntitiesService, type EntityPage } from './entities.service';

const entityQuery = z.object({
  q: text(200).optional(),
  limit: z
    .string()
    .regex(/^\d+$/, 'must be a number')
    .transform(Number)
    .pipe(z.number().int().min(1).max(200))
    .default(50),
  cursor: z.string().max(4_096).optional(),
});

const entityOut = z.object({ id: z.string(), name: z.string(), type: entityType, events: z.number().int() });

@ApiTags('timeline')
@Controller('v1/entities')
@Scopes('read')
export class EntitiesController {
  constructor(private readonly entities: EntitiesService) {}

  @Get()
  @ApiOperation({
    summary: 'Companies, products, authorities, persons and places by name or alias, with the number of their events',
  })
  @Answer(200, page(entityOut))
  list(@Query(zodQuery(entityQuery)) { q, limit, cursor }: z.output<typeof entityQuery>): Promise<EntityPage> {
    return this.entities.list(q, limit, cursor);
  }
}
