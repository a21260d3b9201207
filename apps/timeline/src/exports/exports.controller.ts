import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Example, matchesTag, originOf, Scopes, Sends, zodQuery } from '@themeline/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FORMATS, type FormatName } from './export.formats';
import { type ExportQuery, exportQuery } from './export.query';
import { ExportsService } from './exports.service';

const query = () => Query(zodQuery(exportQuery));

@ApiTags('exports')
@Controller('v1')
@Scopes('read')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  @Get('export.csv')
  @ApiOperation({ summary: 'CSV (RFC 4180): an event to a row, with its sources, their addresses and their words' })
  @Sends(FORMATS.csv.contentType)
  @Example({ query: { kind: ['export-control'], sort: 'date', limit: '1000' } })
  csv(@query() asked: ExportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send('csv', asked, request, reply);
  }

  @Get('export.ndjson')
  @ApiOperation({ summary: 'NDJSON: an event as the API has it to a line' })
  @Sends(FORMATS.ndjson.contentType)
  ndjson(@query() asked: ExportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send('ndjson', asked, request, reply);
  }

  @Get('export.ics')
  @ApiOperation({ summary: 'A calendar to subscribe to (RFC 5545): imprecise dates take up all their days' })
  @Sends(FORMATS.icalendar.contentType)
  @Example({ query: { status: ['planned'], from: '2025-01-01' } })
  icalendar(@query() asked: ExportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send('icalendar', asked, request, reply);
  }

  @Get('export.atom')
  @ApiOperation({ summary: 'An Atom feed (RFC 4287); feed readers will want a limit' })
  @Sends(FORMATS.atom.contentType)
  @Example({ query: { sort: '-recorded', limit: '50' } })
  atom(@query() asked: ExportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send('atom', asked, request, reply);
  }

  @Get('export.json')
  @ApiOperation({ summary: 'A JSON Feed (1.1) with the whole events in it; feed readers will want a limit' })
  @Sends(FORMATS.jsonFeed.contentType, z.looseObject({ version: z.string(), items: z.array(z.unknown()) }))
  jsonFeed(@query() asked: ExportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send('jsonFeed', asked, request, reply);
  }

  @Get('export/timelinejs')
  @ApiOperation({ summary: 'What TimelineJS draws' })
  @Sends(FORMATS.timelinejs.contentType, z.looseObject({ events: z.array(z.unknown()) }))
  timelinejs(@query() asked: ExportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send('timelinejs', asked, request, reply);
  }

  private async send(
    name: FormatName,
    asked: ExportQuery,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const origin = originOf(request);
    const self = origin + (request.raw.url ?? '');
    const { format, etag, content } = await this.exports.prepare(name, asked, { origin, self, at: new Date() });
    void reply.headers({
      'content-type': format.contentType,
      etag,
      'cache-control': 'private, no-cache',
      ...(format.fileName === null ? {} : { 'content-disposition': `attachment; filename="${format.fileName}"` }),
    });
    if (matchesTag(request.headers['if-none-match'], etag)) await reply.code(304).send();
    // Fastify would read all of it to answer HEAD.
    else await reply.send(request.method === 'HEAD' ? '' : content());
  }
}
