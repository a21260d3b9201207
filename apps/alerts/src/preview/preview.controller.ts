import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type PreviewIn, type PreviewOut, previewOut } from '@themeline/contracts';
import { Answer, Example, Scopes, zodBody } from '@themeline/http';
import { previewIn } from '../subscriptions/subscription.input';
import { PreviewService } from './preview.service';

@ApiTags('subscriptions')
@Controller('v1/subscriptions/preview')
@Scopes('subscribe')
export class PreviewController {
  constructor(private readonly previews: PreviewService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'What a subscription would have sent over the past days',
    description:
      'By the matcher and the rules of live alerts, over what the timeline told in the past 90 days at most.',
  })
  @Answer(200, previewOut)
  @Example({ body: { match: { kinds: ['export-control'], countries: ['NL'] }, days: 30 } })
  preview(@Body(zodBody(previewIn)) wanted: PreviewIn): Promise<PreviewOut> {
    return this.previews.preview(wanted, new Date());
  }
}
