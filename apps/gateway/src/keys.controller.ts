import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { keyIn, type KeyIn, keyOut, type KeyOut, page, type Page } from '@themeline/contracts';
import { Answer, BodyLimit, Example, Scopes, zodBody, zodQuery } from '@themeline/http';
import { z } from 'zod';
import { KeysService } from './keys.service';

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});
type ListQuery = z.infer<typeof listQuery>;

@ApiTags('keys')
@Controller('v1/keys')
@Scopes('admin')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @BodyLimit(16 * 1024)
  @Answer(201, keyOut, 'the key, with its secret, which is shown this once')
  @Example({ body: { name: 'Desk reader', owner: 'newsroom', scopes: ['read', 'subscribe'] } })
  make(@Body(zodBody(keyIn)) key: KeyIn): Promise<KeyOut> {
    return this.keys.make(key);
  }

  @Get()
  @Answer(200, page(keyOut), 'newest first')
  @Example({ query: { limit: '20' } })
  list(@Query(zodQuery(listQuery)) { limit, cursor }: ListQuery): Promise<Page<KeyOut>> {
    return this.keys.list(limit, cursor);
  }

  @Get(':id')
  @Answer(200, keyOut, 'the key')
  read(@Param('id') id: string): Promise<KeyOut> {
    return this.keys.read(id);
  }

  @Delete(':id')
  @HttpCode(204)
  revoke(@Param('id') id: string): Promise<void> {
    return this.keys.revoke(id);
  }
}
