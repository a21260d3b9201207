import { Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Identity, OpmlTaken, opmlTaken } from '@themeline/contracts';
import {
  Answer,
  badRequest,
  Caller,
  discardBody,
  Example,
  Reads,
  Scopes,
  StreamedBody,
  tooLarge,
} from '@themeline/http';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { OpmlService } from './opml.service';

const MAX_BYTES = 2 * 1024 * 1024;

@ApiTags('feeds')
@Controller('v1/feeds/opml')
@Scopes('ingest')
export class OpmlController {
  constructor(private readonly opml: OpmlService) {}

  @Post()
  @HttpCode(200)
  @StreamedBody()
  @ApiOperation({
    summary: 'Follow every feed of an OPML document',
    description:
      'Those that are followed already stay as they are. Each address that is refused is named with the reason.',
  })
  @Reads({ 'text/x-opml': z.string() })
  @Answer(200, opmlTaken)
  @Example({
    body: '<opml version="2.0"><body><outline text="Delta Wire" type="rss" xmlUrl="https://delta.example.org/rss"/></body></opml>',
  })
  async take(@Caller() { owner }: Identity, @Req() { raw }: { raw: IncomingMessage }): Promise<OpmlTaken> {
    return this.opml.take(owner, await readText(raw));
  }

  @Get()
  @Header('content-type', 'text/x-opml; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="feeds.opml"')
  @ApiOperation({ summary: 'Your feeds as OPML' })
  @ApiProduces('text/x-opml')
  write(@Caller() { owner }: Identity): Promise<string> {
    return this.opml.write(owner);
  }
}

async function readText(raw: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of raw as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BYTES) {
      await discardBody(raw);
      throw tooLarge(`an OPML document holds at most ${String(MAX_BYTES)} bytes`);
    }
    parts.push(part);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw badRequest('the body is not UTF-8', [{ path: '', message: 'is not UTF-8' }]);
  }
}
