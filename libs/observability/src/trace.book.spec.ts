import { beginSpan, startTracing, traceparentOf } from './trace.book';

// That spans arrive at a collector, from every service, is seen in test/e2e/observability.e2e.spec.ts.

test('without a collector nothing is remembered, and messages carry nothing', async () => {
  const stop = await startTracing('ingest', {});
  beginSpan('POST /v1/reports', 'server', 'order-1', undefined, {}).end();
  expect(traceparentOf('order-1')).toBeUndefined();
  await stop();
});

test('what is caused hangs below the last that began under its id, and a header carries it over', async () => {
  const stop = await startTracing('ingest', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  beginSpan('POST', 'server', 'order-2', undefined, {}).end();
  const sent = traceparentOf('order-2') ?? '';
  expect(sent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  const [, trace = 'none'] = sent.split('-');
  beginSpan('process', 'consumer', 'order-3', sent, {}).end({}, 'it broke');
  expect(traceparentOf('order-3')).toContain(trace);
  expect(traceparentOf('order-3')).not.toBe(sent);
  for (const header of ['no such header', '00-0-0-01', `ff-${trace}`, '']) {
    beginSpan('other', 'server', 'order-4', header, {}).end();
    expect(traceparentOf('order-4')).toMatch(/^00-[0-9a-f]{32}-/);
    expect(traceparentOf('order-4')).not.toContain(trace);
  }
  await stop();
  expect(traceparentOf('order-2')).toBeUndefined();
});
