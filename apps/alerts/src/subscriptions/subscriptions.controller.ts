import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Identity,
  type Page,
  page,
  type SubscriptionIn,
  type SubscriptionOut,
  subscriptionOut,
  type SubscriptionPatch,
} from '@themeline/contracts';
import { Answer, Caller, Example, Scopes, zodBody, zodQuery } from '@themeline/http';
import { Idempotency, type IdempotentAnswer, idempotencyId, type KeepAnswer } from '@themeline/idempotency';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { subscriptionIn, subscriptionPatch } from './subscription.input';
import { SubscriptionsService } from './subscriptions.service';

export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});
export type ListQuery = z.infer<typeof listQuery>;

@ApiTags('subscriptions')
@Controller('v1/subscriptions')
@Scopes('subscribe')
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Subscribe. The answer shows each channel with its signing secret, once' })
  @Answer(201, subscriptionOut)
  @Example({
    headers: { 'Idempotency-Key': 'chip-controls-desk' },
    body: {
      name: 'Chip controls',
      match: { kinds: ['export-control', 'ban'], keywords: { any: ['chips', 'lithography'] }, minImportance: 20 },
      channels: [{ type: 'feed' }, { type: 'webhook', url: 'https://hooks.example.org/themeline' }],
    },
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'the first answer, with its secrets, is the answer to all, for 24 h',
  })
  async create(
    @Caller() { owner }: Identity,
    @Body(zodBody(subscriptionIn)) wanted: SubscriptionIn,
    @Headers('idempotency-key') key?: string,
  ): Promise<unknown> {
    const id = idempotencyId(owner, '/v1/subscriptions', key);
    if (id === null) return this.subscriptions.create(owner, wanted);
    const work = async (keep: KeepAnswer): Promise<IdempotentAnswer> => ({
      status: 201,
      body: await this.subscriptions.create(owner, wanted, (session, body) => keep(session, { status: 201, body })),
    });
    // What was read by the schema has its fields in the schema's order.
    const bodyHash = createHash('sha256').update(JSON.stringify(wanted)).digest('hex');
    return (await this.idempotency.once(id, bodyHash, work)).body;
  }

  @Get()
  @ApiOperation({ summary: 'Your subscriptions, the newest first' })
  @Answer(200, page(subscriptionOut))
  @Example({ query: { limit: '20' } })
  list(@Caller() { owner }: Identity, @Query(zodQuery(listQuery)) query: ListQuery): Promise<Page<SubscriptionOut>> {
    return this.subscriptions.list(owner, query.limit, query.cursor);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One subscription' })
  @Answer(200, subscriptionOut)
  read(@Caller() { owner }: Identity, @Param('id') id: string): Promise<SubscriptionOut> {
    return this.subscriptions.read(owner, id);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change a subscription',
    description:
      'Fields that are given replace the old ones as a whole. A channel given with its id keeps its secret; one without an id is new and shows its secret in this answer.',
  })
  @Answer(200, subscriptionOut)
  @Example({ body: { developments: ['recorded', 'disputed', 'retracted'], maxAlertsPerHour: 60 } })
  change(
    @Caller() { owner }: Identity,
    @Param('id') id: string,
    @Body(zodBody(subscriptionPatch)) patch: SubscriptionPatch,
  ): Promise<SubscriptionOut> {
    return this.subscriptions.change(owner, id, patch);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Unsubscribe; deliveries that are pending are cancelled' })
  remove(@Caller() { owner }: Identity, @Param('id') id: string): Promise<void> {
    return this.subscriptions.remove(owner, id);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'No more alerts until resumed; pending deliveries wait' })
  @Answer(200, subscriptionOut)
  pause(@Caller() { owner }: Identity, @Param('id') id: string): Promise<SubscriptionOut> {
    return this.subscriptions.pause(owner, id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Alerts again; channels that were disabled are tried again' })
  @Answer(200, subscriptionOut)
  resume(@Caller() { owner }: Identity, @Param('id') id: string): Promise<SubscriptionOut> {
    return this.subscriptions.resume(owner, id);
  }
}
