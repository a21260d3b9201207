import { allQueries, readDashboard, readQuery, readRules } from './monitoring.files';

test.each(allQueries())('$of is PromQL: $expr', (query) => {
  expect(readQuery(query).metrics.length).toBeGreaterThan(0);
});

test('what is no PromQL is found', () => {
  expect(() => readQuery({ of: 'x', expr: 'sum(rate(a[5m])' })).toThrow('x: no PromQL');
  expect(readQuery({ of: 'x', expr: 'sum by (le, service) (rate(a_bucket{status=~"5.."}[5m])) / b' })).toEqual({
    metrics: [
      { name: 'a_bucket', labels: ['status'] },
      { name: 'b', labels: [] },
    ],
    groupedBy: ['le', 'service'],
  });
});

test('every alert has a name of its own, and its words name labels that the query keeps', () => {
  const alerts = readRules().groups.flatMap(({ rules }) => rules.flatMap((one) => ('alert' in one ? [one] : [])));
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  for (const { alert, expr, annotations } of alerts) {
    const { groupedBy } = readQuery({ of: alert, expr });
    const named = [...JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
    expect(groupedBy).toEqual(expect.arrayContaining(named));
  }
});

test('alerts and dashboard show what matters: lag, dead letters, the oldest undelivered, the error budget', () => {
  const inAlerts = JSON.stringify(readRules());
  const onDashboard = JSON.stringify(readDashboard());
  for (const metric of [
    'themeline_consumer_lag',
    'themeline_outbox_depth',
    'themeline_dead_letters_total',
    'themeline_delivery_overdue_seconds',
    'themeline_http_request_seconds_count',
  ]) {
    expect([metric, inAlerts.includes(metric), onDashboard.includes(metric)]).toEqual([metric, true, true]);
  }
});

test('no panel lies on another', () => {
  const { panels } = readDashboard();
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, n) => `${String(x + (n % w))},${String(y + Math.floor(n / w))}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
});
