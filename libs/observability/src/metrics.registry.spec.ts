import { counter, gauge, histogram, metricsText } from './metrics.registry';

test('metrics are prefixed, and defining one twice gives the first', async () => {
  const first = counter('things_total', 'Things', ['kind']);
  expect(counter('things_total', 'Things', ['kind'])).toBe(first);
  first.inc({ kind: 'ban' }, 2);
  gauge('depth', 'Depth').set(7);
  histogram('wait_seconds', 'Wait', ['outcome'], [1, 2]).observe({ outcome: 'done' }, 1.5);
  const { body, contentType } = await metricsText();
  expect(contentType).toMatch(/^text\/plain/);
  expect(body).toMatch(/^themeline_things_total\{kind="ban"\} 2$/m);
  expect(body).toMatch(/^themeline_depth 7$/m);
  expect(body).toMatch(/^themeline_wait_seconds_bucket\{le="2",outcome="done"\} 1$/m);
});

test('a name cannot be two kinds of metric', () => {
  counter('twice', 'x');
  expect(() => gauge('twice', 'x')).toThrow("the metric 'themeline_twice' exists already as another kind");
});
