import { Controller, Get, Headers, Param, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Identity } from '@themeline/contracts';
import { badRequest, Caller, matchesTag, Open, Scopes } from '@themeline/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AlertStreams } from './alert.stream';
import { type Fetched, FetchedService } from './fetched.service';

const LAST_EVENT_ID = { name: 'Last-Event-ID', required: false, description: 'the last id that was seen' };

/** Channels that are fetched: with a key under the subscription, or without one under the channel's own secret. */
@ApiTags('subscriptions')
@Controller('v1')
export class FetchedController {
  constructor(
    private readonly fetched: FetchedService,
    private readonly streams: AlertStreams,
  ) {}

  @Get('subscriptions/:id/feed.atom')
  @Scopes('subscribe')
  @ApiOperation({ summary: 'The newest alerts as an Atom feed' })
  @ApiProduces('application/atom+xml')
  async feed(
    @Caller() { owner }: Identity,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendFeed(await this.fetched.ofOwner(owner, id, 'feed'), request, reply);
  }

  @Get('open/feeds/:channelId/:secret/feed.atom')
  @Open()
  @ApiOperation({ summary: 'The same for feed readers, which send no key' })
  @ApiProduces('application/atom+xml')
  async openFeed(
    @Param('channelId') channelId: string,
    @Param('secret') secret: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendFeed(await this.fetched.bySecret(channelId, secret, 'feed'), request, reply);
  }

  @Get('subscriptions/:id/stream')
  @Scopes('subscribe')
  @ApiOperation({ summary: 'Alerts as Server-Sent Events; goes on after `Last-Event-ID`, for 90 days' })
  @ApiProduces('text/event-stream')
  @ApiHeader(LAST_EVENT_ID)
  async stream(
    @Caller() { owner }: Identity,
    @Param('id') id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendStream(() => this.fetched.ofOwner(owner, id, 'stream'), lastEventId, reply);
  }

  @Get('open/streams/:channelId/:secret')
  @Open()
  @ApiOperation({ summary: 'The same for EventSource, which sends no key' })
  @ApiProduces('text/event-stream')
  @ApiHeader(LAST_EVENT_ID)
  async openStream(
    @Param('channelId') channelId: string,
    @Param('secret') secret: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendStream(() => this.fetched.bySecret(channelId, secret, 'stream'), lastEventId, reply);
  }

  private async sendFeed(found: Fetched, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { atom, etag } = await this.fetched.feed(found);
    void reply.headers({ etag, 'cache-control': 'private, no-cache' });
    if (matchesTag(request.headers['if-none-match'], etag)) await reply.status(304).send();
    else await reply.type('application/atom+xml; charset=utf-8').send(atom);
  }

  private async sendStream(
    find: () => Promise<Fetched>,
    lastEventId: string | undefined,
    reply: FastifyReply,
  ): Promise<void> {
    const found = await find();
    const open = () => {
      const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
      reply.hijack();
      // One by one, so that a shutdown, which ends event streams, finds their type.
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.raw.setHeader(name, value);
      reply.raw.flushHeaders();
      return reply.raw;
    };
    await this.streams.serve(found, placeOf(lastEventId), open, find);
  }
}

function placeOf(lastEventId: string | undefined): number | null {
  if (lastEventId === undefined || lastEventId === '') return null;
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  const message = `not an id of this stream: '${lastEventId}'`;
  throw badRequest(message, [{ path: 'Last-Event-ID', message }]);
}
