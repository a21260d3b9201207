import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { deadLetterOut, DeadLetterOut, page, Page } from '@themeline/contracts';
import { Answer, Scopes, zodQuery } from '@themeline/http';
import { z } from 'zod';
import { DeadLetters } from './dead-letters.service';

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});

@ApiTags('dead letters')
@Controller('v1/dead-letters')
@Scopes('admin')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @Get()
  @Answer(200, page(deadLetterOut), 'newest first')
  list(@Query(zodQuery(listQuery)) query: z.infer<typeof listQuery>): Promise<Page<DeadLetterOut>> {
    return this.deadLetters.list(query.limit, query.cursor);
  }

  @Get(':id')
  @Answer(200, deadLetterOut)
  read(@Param('id') id: string): Promise<DeadLetterOut> {
    return this.deadLetters.read(id);
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Answer(202, z.object({ id: z.string(), state: z.literal('replayed') }))
  async replay(@Param('id') id: string): Promise<{ id: string; state: 'replayed' }> {
    await this.deadLetters.replay(id);
    return { id, state: 'replayed' };
  }

  @Delete(':id')
  @HttpCode(204)
  discard(@Param('id') id: string): Promise<void> {
    return this.deadLetters.discard(id);
  }
}
