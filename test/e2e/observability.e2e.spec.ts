import type { SubscriptionOut } from '@themeline/contracts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';
import { happening, kindOf } from '../support/happenings';
import { eventually } from '../support/message-bus';
import { Stack } from '../support/stack';
import { WebhookReceiver } from '../support/webhook-receiver';

jest.setTimeout(120_000);

describe('what an operator sees', () => {
  let stack: Stack;
  const receiver = new WebhookReceiver();
  beforeAll(async () => {
    await receiver.start();
    stack = await Stack.start({ env: { LOG_LEVEL: 'info' } });
    const { body } = await stack.call<SubscriptionOut>('POST', '/v1/subscriptions', {
      name: 'one',
      match: { kinds: [kindOf(7)] },
      channels: [{ type: 'webhook', url: receiver.url('/one') }],
    });
    receiver.trust('/one', body.channels[0]?.secret ?? '');
    await stack.call('POST', '/v1/reports', happening(7), { headers: { 'x-request-id': 'order-4711' } });
    await eventually('the webhook', () => receiver.at('/one').length === 1);
  });
  afterAll(async () => {
    await stack.stop();
    await receiver.stop();
  });

  const linesOf = async (service: string): Promise<Record<string, unknown>[]> =>
    (await readFile(join(stack.folder, 'logs', `${service}.log`), 'utf8'))
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test.each(['gateway', 'ingest', 'timeline', 'alerts'])(
    'the correlation id follows a report from HTTP to delivery: %s',
    async (service) => {
      const lines = await eventually('a line with the id', async () => {
        const found = (await linesOf(service)).filter((line) => line.correlationId === 'order-4711');
        return found.length > 0 ? found : null;
      });
      expect(lines.every((line) => typeof line.time === 'string' && line.service === service)).toBe(true);
    },
  );

  test('the delivery itself carries it', async () => {
    await eventually('the line of the delivery', async () =>
      (await linesOf('alerts')).some(
        (line) => line.correlationId === 'order-4711' && /deliver/i.test(JSON.stringify(line)),
      ),
    );
  });

  test.each([
    ['ingest', 'themeline_reports_accepted_total'],
    ['ingest', 'themeline_outbox_published_total'],
    ['timeline', 'themeline_events_created_total'],
    ['timeline', 'themeline_batch_seconds_count'],
    ['alerts', 'themeline_alerts_matched_total'],
    ['alerts', 'themeline_alerts_told_total'],
    ['alerts', 'themeline_delivery_attempts_total'],
    ['alerts', 'themeline_delivery_seconds_count'],
  ])('%s counts: %s', async (service, metric) => {
    await eventually(`${metric} above zero`, async () => {
      const { text } = await request(await stack.urlOf(service)).get('/metrics');
      return new RegExp(`^${metric}(\\{.*\\})? [1-9]`, 'm').test(text);
    });
  });

  test.each([
    ['ingest', ['mongodb', 'jetstream', 'consumers', 'backlog']],
    ['timeline', ['mongodb', 'jetstream', 'consumers', 'backlog']],
    ['alerts', ['mongodb', 'jetstream', 'consumers', 'themes']],
  ])('%s is alive, ready, and says what it looked at', async (service, checks) => {
    const url = await stack.urlOf(service);
    expect((await request(url).get('/health/live')).status).toBe(200);
    const ready = await request(url).get('/health/ready');
    expect(ready.status).toBe(200);
    expect((ready.body as { checks: { name: string }[] }).checks.map((check) => check.name)).toEqual(
      expect.arrayContaining(checks),
    );
  });

  test('the gateway is ready when all services are', async () => {
    expect((await request(stack.url).get('/health/ready')).status).toBe(200);
  });

  test('the document of the API names the calls of all services', async () => {
    const { body } = await request(stack.url).get('/openapi.json');
    const document = body as { openapi: string; paths: Record<string, unknown> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/v1/reports',
        '/v1/articles',
        '/v1/extract',
        '/v1/dates',
        '/v1/events',
        '/v1/themes',
        '/v1/subscriptions',
        '/v1/dead-letters',
        '/v1/keys',
      ]),
    );
  });
});
