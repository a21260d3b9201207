import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answer, Example, Scopes, zodQuery } from '@themeline/http';
import { EventSearch } from '../events/event.search';
import { type HistogramOut, histogramOut, type HistogramQuery, histogramQuery } from './histogram.query';
import { HistogramService } from './histogram.service';

@ApiTags('timeline')
@Controller('v1/histogram')
@Scopes('read')
export class HistogramController {
  constructor(
    private readonly search: EventSearch,
    private readonly histogram: HistogramService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How many events by day, week, month, quarter or year, and by the values of one facet' })
  @Answer(200, histogramOut)
  @Example({ query: { interval: 'month', from: '2024-01-01', to: '2025-12-31', imprecise: 'spread', by: 'kind' } })
  count(@Query(zodQuery(histogramQuery)) query: HistogramQuery): Promise<HistogramOut> {
    const { interval, imprecise, by, ...filter } = query;
    return this.search.selected(filter, (selection) => this.histogram.count(selection, { interval, imprecise, by }));
  }
}
