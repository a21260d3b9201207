import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Identity } from '@themeline/contracts';
import { Caller, Scopes } from '@themeline/http';
import { TakedownService } from './takedown.service';

const DESCRIPTION =
  'Text and evidence go here at once, and from events, their history and alerts within seconds; the event follows what other sources say. ' +
  'What was taken down does not come back when it is sent again.';

@ApiTags('ingest')
@Controller('v1')
@Scopes('ingest')
export class TakedownController {
  constructor(private readonly takedowns: TakedownService) {}

  @Delete('articles/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take an article down, with every report that was read from it', description: DESCRIPTION })
  removeArticle(@Caller() caller: Identity, @Param('id') id: string): Promise<void> {
    return this.takedowns.removeArticle(caller, id);
  }

  @Delete('reports/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a report down', description: DESCRIPTION })
  removeReport(@Caller() caller: Identity, @Param('id') id: string): Promise<void> {
    return this.takedowns.removeReport(caller, id);
  }
}
