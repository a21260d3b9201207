import type { SubscriptionOut } from '@themeline/contracts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';
import { happening, kindOf } from '../support/happenings';
import { eventually } from '../support/message-bus';
import { allQueries, readQuery, readRules } from '../monitoring/monitoring.files';
import { Stack } from '../support/stack';
import { type CollectedSpan, TraceCollector } from '../support/trace-collector';
import { WebhookReceiver } from '../support/webhook-receiver';

jest.setTimeout(120_000);

describe('what an operator sees', () => {
  let stack: Stack;
  const receiver = new WebhookReceiver();
  const collector = new TraceCollector();
  beforeAll(async () => {
    await receiver.start();
    await collector.start();
    const env = { LOG_LEVEL: 'info', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' };
    stack = await Stack.start({ env });
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
    await collector.stop();
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

  test('one trace leads from the POST through every service and stream to the delivery', async () => {
    const steps = [
      'gateway POST /v1/*',
      'ingest POST /v1/reports',
      'timeline process timeline-reports',
      'alerts process alerts-match',
      'alerts deliver',
    ];
    const described = ({ service, name }: CollectedSpan): string => `${service.replace('themeline-', '')} ${name}`;
    /** From the delivery up to what has no parent. */
    const wayTo = (last: CollectedSpan): CollectedSpan[] => {
      const above = collector.spans.find(({ spanId }) => spanId === last.parentSpanId);
      return above === undefined ? [last] : [...wayTo(above), last];
    };
    const way = await eventually('the spans of the report', () => {
      const ours = collector.spans.filter(({ attributes }) => attributes['themeline.correlation_id'] === 'order-4711');
      const delivery = ours.find(({ name }) => name === 'deliver');
      const found = delivery === undefined ? [] : wayTo(delivery);
      return found.length >= steps.length ? found : null;
    });
    expect(way.map(described).map((step) => step.replace(/-match-\d$/, '-match'))).toEqual(steps);
    expect(new Set(way.map(({ traceId }) => traceId)).size).toBe(1);
    expect(way[0]?.parentSpanId).toBe('');
    expect(JSON.stringify(collector.spans)).not.toContain(stack.adminKey);
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

  test('every metric that alert rules and dashboard name is exported, with the labels that they select and group by', async () => {
    const exported = new Map<string, Set<string>>();
    for (const service of ['gateway', 'ingest', 'timeline', 'alerts']) {
      const { text } = await request(await stack.urlOf(service)).get('/metrics');
      for (const [, name = ''] of text.matchAll(/^# TYPE (\S+)/gm))
        if (!exported.has(name)) exported.set(name, new Set());
      for (const [, name = '', labels = ''] of text.matchAll(/^([\w:]+)\{(.*)\} \S+$/gm)) {
        const known = exported.get(name) ?? new Set<string>();
        exported.set(name, known);
        for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
      }
    }
    const recorded = readRules().groups.flatMap(({ rules }) =>
      rules.flatMap((rule) => ('record' in rule ? rule.record : [])),
    );
    const missing: string[] = [];
    for (const query of allQueries()) {
      const { metrics, groupedBy } = readQuery(query);
      // Prometheus adds whom it asked.
      const labels = new Set(['instance', 'job']);
      for (const { name, labels: selected } of metrics) {
        if (recorded.includes(name)) continue;
        const of = exported.get(name);
        if (of === undefined) missing.push(`${query.of}: ${name}`);
        for (const label of of ?? []) labels.add(label);
        // What has not happened yet is exported without a sample, and its labels are not seen.
        if (of !== undefined && of.size > 0)
          missing.push(...selected.filter((label) => !of.has(label)).map((label) => `${query.of}: ${name}{${label}}`));
        if (of?.size === 0) groupedBy.length = 0;
      }
      missing.push(...groupedBy.filter((label) => !labels.has(label)).map((label) => `${query.of}: by ${label}`));
    }
    expect(missing).toEqual([]);
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
