import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { badRequest, Scopes, Sends, zodQuery } from '@themeline/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { place, type StreamQuery, streamQuery } from './stream.query';
import { StreamService } from './stream.service';

const TYPE = 'text/event-stream; charset=utf-8';

@ApiTags('stream')
@Controller('v1/stream')
@Scopes('read')
export class StreamController {
  constructor(private readonly streams: StreamService) {}

  @Get()
  @ApiOperation({
    summary: 'Developments as they come, as server-sent events; with Last-Event-ID from where the reader was',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'the last id that was seen' })
  @Sends(TYPE)
  async stream(
    @Query(zodQuery(streamQuery)) query: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = lastEventId === undefined ? query.lastEventId : readPlace(lastEventId);
    const pieces = await this.streams.follow(query, after);
    // Proxies must pass on each piece as it comes.
    void reply.headers({ 'content-type': TYPE, 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    await reply.send(request.method === 'HEAD' ? '' : Readable.from(pieces, { highWaterMark: 1 }));
  }
}

function readPlace(header: string): number {
  const read = place.safeParse(header);
  if (read.success) return read.data;
  const message = 'must be an id that the stream gave out';
  throw badRequest(`Last-Event-ID ${message}: '${header}'`, [{ path: 'Last-Event-ID', message }]);
}
