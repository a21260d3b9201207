import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answer, Example, Scopes, zodQuery } from '@themeline/http';
import { z } from 'zod';
import { facetList, facetsOut } from '../events/event.facets';
import { checkFilter, filterShape } from '../events/event.filter';
import { EventSearch } from '../events/event.search';
import { type FacetCounts, FacetsService } from './facets.service';

const facetQuery = z.object({ ...filterShape, facets: facetList }).superRefine(checkFilter);
type FacetQuery = z.output<typeof facetQuery>;

const facetCounts = z.object({
  facets: facetsOut,
  total: z.number().int(),
  /** Only the newest 10,000 were counted. */
  capped: z.boolean(),
});

@ApiTags('timeline')
@Controller('v1/facets')
@Scopes('read')
export class FacetsController {
  constructor(
    private readonly search: EventSearch,
    private readonly facets: FacetsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How many events by the most frequent values of facets' })
  @Answer(200, facetCounts)
  @Example({ query: { facets: 'kind,entity', country: 'NL' } })
  count(@Query(zodQuery(facetQuery)) { facets, ...filter }: FacetQuery): Promise<FacetCounts> {
    return this.search.selected(filter, (selection) => this.facets.count(selection, facets));
  }
}
