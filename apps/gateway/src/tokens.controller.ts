import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Identity, page, type Page, tokenIn, type TokenIn, tokenOut, type TokenOut } from '@themeline/contracts';
import { Answer, BodyLimit, Caller, Example, Scopes, zodBody } from '@themeline/http';
import { TokensService } from './tokens.service';

@ApiTags('keys')
@Controller('v1/tokens')
@Scopes('read')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @BodyLimit(16 * 1024)
  @ApiOperation({
    summary: 'A token for the address of an export or of the stream (`?token=…`), for what cannot send a header',
  })
  @Answer(201, tokenOut, 'the token, which is shown this once')
  @Example({ body: { name: 'Calendar of the newsroom', expiresAt: '2199-12-31T00:00:00Z' } })
  make(@Caller() { owner }: Identity, @Body(zodBody(tokenIn)) token: TokenIn): Promise<TokenOut> {
    return this.tokens.make(owner, token);
  }

  @Get()
  @ApiOperation({ summary: 'The tokens of the caller’s owner' })
  @Answer(200, page(tokenOut), 'newest first, all on one page')
  list(@Caller() { owner }: Identity): Promise<Page<TokenOut>> {
    return this.tokens.list(owner);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a token: the addresses that have it are closed' })
  revoke(@Caller() { owner }: Identity, @Param('id') id: string): Promise<void> {
    return this.tokens.revoke(owner, id);
  }
}
