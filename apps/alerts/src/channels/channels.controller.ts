import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChannelOut, channelOut, type Identity } from '@themeline/contracts';
import { Answer, Caller, Scopes } from '@themeline/http';
import { ChannelsService } from './channels.service';

@ApiTags('subscriptions')
@Controller('v1/subscriptions/:id/channels/:channelId')
@Scopes('subscribe')
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Post('rotate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a channel a new secret, shown in this answer only',
    description:
      'A webhook is signed with the new and the old secret for 24 hours, then with the new one alone. The address of a feed or stream is another at once.',
  })
  @Answer(200, channelOut)
  rotate(
    @Caller() { owner }: Identity,
    @Param('id') id: string,
    @Param('channelId') channelId: string,
  ): Promise<ChannelOut> {
    return this.channels.rotate(owner, id, channelId);
  }

  @Post('confirmation')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask an e-mail address again whether it agrees' })
  @Answer(202, channelOut)
  confirm(
    @Caller() { owner }: Identity,
    @Param('id') id: string,
    @Param('channelId') channelId: string,
  ): Promise<ChannelOut> {
    return this.channels.askAgain(owner, id, channelId);
  }
}
