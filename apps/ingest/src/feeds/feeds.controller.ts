import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type FeedHealthOut,
  feedHealthOut,
  type FeedIn,
  feedIn,
  type FeedOut,
  feedOut,
  type FeedPatch,
  feedPatch,
  type FeedPolled,
  feedPolled,
  type Identity,
  type Page,
  page,
} from '@themeline/contracts';
import { Answer, Caller, Example, Scopes, zodBody, zodQuery } from '@themeline/http';
import { z } from 'zod';
import { FeedsService } from './feeds.service';

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});
type ListQuery = z.infer<typeof listQuery>;

@ApiTags('feeds')
@Controller('v1/feeds')
@Scopes('ingest')
export class FeedsController {
  constructor(private readonly feeds: FeedsService) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Follow a feed',
    description:
      'The address of a feed, or of a page that names one. What the first poll finds is history unless `firstPoll` is `live`.',
  })
  @Answer(201, feedOut)
  @Example({ body: { url: 'https://gazette.example.org/feed.xml', firstPoll: 'history' } })
  add(@Caller() { owner }: Identity, @Body(zodBody(feedIn)) wanted: FeedIn): Promise<FeedOut> {
    return this.feeds.add(owner, wanted);
  }

  @Get()
  @ApiOperation({ summary: 'Your feeds, in the order in which they were added' })
  @Answer(200, page(feedOut))
  @Example({ query: { limit: '20' } })
  list(@Caller() { owner }: Identity, @Query(zodQuery(listQuery)) query: ListQuery): Promise<Page<FeedOut>> {
    return this.feeds.list(owner, query.limit, query.cursor);
  }

  @Get('health')
  @ApiOperation({ summary: 'How your feeds are doing, and which of them want looking after' })
  @Answer(200, feedHealthOut)
  health(@Caller() { owner }: Identity): Promise<FeedHealthOut> {
    return this.feeds.health(owner);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One feed: its state, its last and next poll, its last error, its counts' })
  @Answer(200, feedOut)
  read(@Caller() { owner }: Identity, @Param('id') id: string): Promise<FeedOut> {
    return this.feeds.read(owner, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a feed, pause or resume it' })
  @Answer(200, feedOut)
  @Example({ body: { paused: true } })
  change(
    @Caller() { owner }: Identity,
    @Param('id') id: string,
    @Body(zodBody(feedPatch)) patch: FeedPatch,
  ): Promise<FeedOut> {
    return this.feeds.change(owner, id, patch);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Follow a feed no longer; its articles and reports stay' })
  remove(@Caller() { owner }: Identity, @Param('id') id: string): Promise<void> {
    return this.feeds.remove(owner, id);
  }

  @Post(':id/poll')
  @HttpCode(200)
  @ApiOperation({ summary: 'Poll a feed now, and say what came of it' })
  @Answer(200, feedPolled)
  poll(@Caller() { owner }: Identity, @Param('id') id: string): Promise<FeedPolled> {
    return this.feeds.poll(owner, id);
  }
}
