import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type AlertOut, alertOut, type Identity, type Page, page } from '@themeline/contracts';
import { Answer, Caller, Scopes, zodQuery } from '@themeline/http';
import { type ListQuery, listQuery } from '../subscriptions/subscriptions.controller';
import { LedgerService } from './ledger.service';

@ApiTags('subscriptions')
@Controller('v1/subscriptions/:id/alerts')
@Scopes('subscribe')
export class LedgerController {
  constructor(private readonly ledger: LedgerService) {}

  @Get()
  @ApiOperation({ summary: 'What was told, the newest first, with why' })
  @Answer(200, page(alertOut))
  list(
    @Caller() { owner }: Identity,
    @Param('id') id: string,
    @Query(zodQuery(listQuery)) query: ListQuery,
  ): Promise<Page<AlertOut>> {
    return this.ledger.list(owner, id, query.limit, query.cursor);
  }
}
