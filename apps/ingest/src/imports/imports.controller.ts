import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Identity,
  ImportDryRun,
  ImportError,
  importDryRun,
  importError,
  ImportOut,
  importOut,
  ImportQuery,
  importQuery,
  Page,
  page,
} from '@themeline/contracts';
import { Answer, Caller, discardBody, Example, Reads, Scopes, StreamedBody, zodQuery } from '@themeline/http';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { ImportsService } from './imports.service';

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});
const errorsQuery = listQuery.extend({ limit: z.coerce.number().int().min(1).max(1_000).default(100) });
type ListQuery = z.infer<typeof listQuery>;

interface HttpRequest {
  raw: IncomingMessage;
}
interface HttpReply {
  status(code: number): HttpReply;
  header(name: string, value: string): HttpReply;
}

@ApiTags('ingest')
@Controller('v1/imports')
@Scopes('ingest')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Post()
  @StreamedBody()
  @ApiOperation({
    summary: 'Load a file of reports: CSV with a header, NDJSON, or TimelineJS JSON',
    description:
      'The file is the body. 202 once it is stored whole: it is then read in the background, whatever happens to the service, and `GET /v1/imports/:id` ' +
      'tells how far it is. Bad rows are listed by line and cost nothing else; the same file again changes nothing. Columns are guessed by their headers or ' +
      'named by `map=field:Column`. `dryRun=true` reads everything, stores nothing, and answers 200 with the first errors and rows.',
  })
  @Reads({
    'text/csv': z.string(),
    'application/x-ndjson': z.string(),
    'application/json': z.looseObject({ events: z.array(z.unknown()) }),
  })
  @Answer(200, importDryRun, 'a dry run: nothing is stored')
  @Answer(202, importOut, 'stored; it is read in the background')
  @Example({
    query: { source: 'Archive of the desk', map: ['headline:Title', 'date:When'] },
    body: 'Title,When,kind\nNordlit opens its first plant,2023-05-04,other\n',
  })
  async submit(
    @Caller() caller: Identity,
    @Query(zodQuery(importQuery)) query: ImportQuery,
    @Req() { raw }: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<ImportOut | ImportDryRun> {
    const upload = { contentType: raw.headers['content-type'], bytes: raw as AsyncIterable<Buffer> };
    try {
      if (query.dryRun) {
        reply.status(200);
        return await this.imports.dryRun(caller.owner, upload, query);
      }
      const accepted = await this.imports.submit(caller.owner, upload, query);
      reply.status(202).header('location', `/v1/imports/${accepted.id}`);
      return accepted;
    } catch (error) {
      await discardBody(raw);
      throw error;
    }
  }

  @Get()
  @ApiOperation({ summary: 'Imports, the newest first' })
  @Answer(200, page(importOut))
  @Example({ query: { limit: '20' } })
  list(@Caller() caller: Identity, @Query(zodQuery(listQuery)) query: ListQuery): Promise<Page<ImportOut>> {
    return this.imports.list(caller.owner, query.limit, query.cursor);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far an import is' })
  @Answer(200, importOut)
  read(@Caller() caller: Identity, @Param('id') id: string): Promise<ImportOut> {
    return this.imports.read(caller.owner, id);
  }

  @Get(':id/errors')
  @ApiOperation({ summary: 'The rows that were refused, by line (the first 100,000)' })
  @Answer(200, page(importError))
  errors(
    @Caller() caller: Identity,
    @Param('id') id: string,
    @Query(zodQuery(errorsQuery)) query: ListQuery,
  ): Promise<Page<ImportError>> {
    return this.imports.errors(caller.owner, id, query.limit, query.cursor);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'End an import where it is; what it stored stays' })
  @Answer(200, importOut)
  cancel(@Caller() caller: Identity, @Param('id') id: string): Promise<ImportOut> {
    return this.imports.cancel(caller.owner, id);
  }
}
