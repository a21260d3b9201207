import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answer, Scopes, zodQuery } from '@themeline/http';
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
  count(@Query(zodQuery(histogramQuery)) query: HistogramQuery): Promise<HistogramOut> {
    const { interval, imprecise, by, ...filter } = query;
    return this.search.selected(filter, (selection) => this.histogram.count(selection, { interval, imprecise, by }));
  }
}
