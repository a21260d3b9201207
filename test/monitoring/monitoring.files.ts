import { parser } from '@prometheus-io/lezer-promql';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = resolve(__dirname, '../../deploy/monitoring');

const rule = z.union([
  z.strictObject({ record: z.string().regex(/^[a-z_]+(:[a-z0-9_]+)+$/), expr: z.string() }),
  z.strictObject({
    alert: z.string().regex(/^Themeline[A-Z]\w+$/),
    expr: z.string(),
    for: z
      .string()
      .regex(/^\d+[mh]$/)
      .optional(),
    labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
    annotations: z.strictObject({ summary: z.string(), description: z.string().optional() }),
  }),
]);
/** As Prometheus reads rules. */
const ruleFile = z.strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule).min(1) })) });

/** What matters here of Grafana's model of a dashboard. */
const dashboard = z.looseObject({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.number().int(),
  panels: z.array(
    z.looseObject({
      id: z.number().int(),
      type: z.enum(['row', 'timeseries', 'stat']),
      title: z.string(),
      gridPos: z.strictObject({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.looseObject({ refId: z.string(), expr: z.string() })).default([]),
    }),
  ),
});

export const readRules = (): z.infer<typeof ruleFile> =>
  ruleFile.parse(parse(readFileSync(join(FOLDER, 'alerts.yml'), 'utf8')));

export const readDashboard = (): z.infer<typeof dashboard> =>
  dashboard.parse(JSON.parse(readFileSync(join(FOLDER, 'dashboard.json'), 'utf8')));

export interface Query {
  /** The alert, record or panel that it is of. */
  of: string;
  /** PromQL, with a time for Grafana's own variables. */
  expr: string;
}

export const allQueries = (): Query[] => [
  ...readRules().groups.flatMap(({ rules }) =>
    rules.map((one) => ({ of: 'alert' in one ? one.alert : one.record, expr: one.expr })),
  ),
  ...readDashboard().panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({ of: title, expr: expr.replaceAll('$__rate_interval', '5m') })),
  ),
];

/** What a query asks for: metrics by name, each with the labels by which it is selected, and labels that results are kept apart by. */
export interface Asked {
  metrics: { name: string; labels: string[] }[];
  groupedBy: string[];
}

/** @throws Error naming the place where it is no PromQL */
export function readQuery({ of, expr }: Query): Asked {
  const asked: Asked = { metrics: [], groupedBy: [] };
  parser.parse(expr).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError)
        throw new Error(`${of}: no PromQL at ${String(from)}: '${expr.slice(from, from + 20)}' in ${expr}`);
      const text = expr.slice(from, to);
      if (type.name === 'VectorSelector') {
        const labels = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
        const names = labels.map((label) => label.getChild('LabelName')).filter((name) => name !== null);
        asked.metrics.push({
          name: /^[\w:]+/.exec(text)?.[0] ?? '',
          labels: names.map((name) => expr.slice(name.from, name.to)),
        });
      }
      if (type.name === 'GroupingLabels') asked.groupedBy.push(...text.replace(/[()\s]/g, '').split(','));
    },
  });
  return asked;
}
