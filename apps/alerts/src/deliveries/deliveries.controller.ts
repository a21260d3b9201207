import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  DELIVERY_STATES,
  type DeliveryOut,
  deliveryOut,
  type Identity,
  type Page,
  page,
  type ReplayIn,
  replayIn,
  type ReplayOut,
  replayOut,
} from '@themeline/contracts';
import { Answer, Caller, Example, Scopes, zodBody, zodQuery } from '@themeline/http';
import { z } from 'zod';
import { listQuery } from '../subscriptions/subscriptions.controller';
import { type ChannelTest, DeliveriesService } from './deliveries.service';

const deliveriesQuery = listQuery.extend({ state: z.array(z.enum(DELIVERY_STATES)).optional() });

const channelTests = z.object({
  channels: z.array(
    z.object({
      channelId: z.string(),
      delivered: z.boolean(),
      status: z.number().int().nullable(),
      error: z.string().nullable(),
      latencyMs: z.number(),
      responseExcerpt: z.string().nullable(),
    }),
  ),
});

@ApiTags('subscriptions')
@Controller('v1/subscriptions/:id')
@Scopes('subscribe')
export class SubscriptionDeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Get('deliveries')
  @ApiOperation({ summary: 'Deliveries with their attempts, the newest first' })
  @Answer(200, page(deliveryOut))
  @Example({ query: { state: ['pending', 'dead'] } })
  list(
    @Caller() { owner }: Identity,
    @Param('id') id: string,
    @Query(zodQuery(deliveriesQuery)) query: z.infer<typeof deliveriesQuery>,
  ): Promise<Page<DeliveryOut>> {
    return this.deliveries.list(owner, id, query);
  }

  @Post('replay')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Deliver again what was made in a span of time, under the same message ids',
    description: 'Deliveries that still wait, and those to channels that are disabled or gone, are left alone.',
  })
  @Answer(202, replayOut)
  @Example({ body: { from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z', state: ['delivered'] } })
  replay(
    @Caller() { owner }: Identity,
    @Param('id') id: string,
    @Body(zodBody(replayIn)) wanted: ReplayIn,
  ): Promise<ReplayOut> {
    return this.deliveries.replay(owner, id, wanted);
  }

  @Post('test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a signed test message through each channel and say what came of it' })
  @Answer(200, channelTests)
  test(@Caller() { owner }: Identity, @Param('id') id: string): Promise<{ channels: ChannelTest[] }> {
    return this.deliveries.test(owner, id);
  }
}

@ApiTags('deliveries')
@Controller('v1/deliveries')
@Scopes('subscribe')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Get(':id')
  @ApiOperation({ summary: 'One delivery with its attempts' })
  @Answer(200, deliveryOut)
  read(@Caller() { owner }: Identity, @Param('id') id: string): Promise<DeliveryOut> {
    return this.deliveries.read(owner, id);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Deliver again now, under the same message id' })
  @Answer(202, deliveryOut)
  retry(@Caller() { owner }: Identity, @Param('id') id: string): Promise<DeliveryOut> {
    return this.deliveries.retry(owner, id);
  }
}
