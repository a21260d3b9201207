import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { consumerNames, type Durable, DURABLES } from '@themeline/contracts';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const FOLDER = resolve(__dirname, '../../deploy');
const ROOT = resolve(__dirname, '../..');

const kustomization = z
  .looseObject({
    apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
    kind: z.literal('Kustomization'),
    resources: z.array(z.string()),
    configMapGenerator: z.array(z.strictObject({ name: z.string(), files: z.array(z.string()) })),
    images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })),
  })
  .parse(parse(readFileSync(join(FOLDER, 'kustomization.yaml'), 'utf8')));

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  resources: z.looseObject({
    requests: z.record(z.string(), z.string()),
    limits: z.looseObject({ memory: z.string() }),
  }),
  securityContext: z.looseObject({ allowPrivilegeEscalation: z.boolean() }),
  startupProbe: z.object().optional(),
  readinessProbe: z.object().optional(),
  livenessProbe: z.object().optional(),
});
const template = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
  spec: z.looseObject({
    containers: z.array(container),
    securityContext: z.looseObject({ runAsNonRoot: z.boolean() }),
    automountServiceAccountToken: z.boolean(),
    terminationGracePeriodSeconds: z.number().optional(),
  }),
});
const resource = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({}).optional(),
  data: z.record(z.string(), z.string()).optional(),
});

const resources = kustomization.resources.flatMap((file) =>
  parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map((document) => {
    expect(document.errors).toEqual([]);
    return { file, ...resource.parse(document.toJS()) };
  }),
);
const of = (kind: string) => resources.filter((one) => one.kind === kind);
const workloads = resources.flatMap(({ kind, metadata: { name }, spec }) => {
  const found = template.safeParse(spec?.template);
  return found.success ? [{ kind, name, replicas: spec?.replicas, ...found.data }] : [];
});
const NAME = 'app.kubernetes.io/name';
const SERVICES = ['ingest', 'timeline', 'alerts', 'gateway'];
const LASTING = [...SERVICES, 'mongo', 'nats'];

/** What the schemas of Kubernetes have against each. */
function schemaFaults(checked: readonly object[]): (string | null)[] {
  const input = JSON.stringify(checked);
  const output = execFileSync(process.execPath, [join(__dirname, 'schemas.main.mjs')], { input, cwd: ROOT });
  return z.array(z.string().nullable()).parse(JSON.parse(output.toString('utf8')));
}

test('they keep to the schemas of Kubernetes', () => {
  const checked = resources.map(({ file: _file, ...one }) => one);
  const faults = schemaFaults(checked).map((fault, index) => ({ of: checked[index]?.metadata.name, fault }));
  expect(faults.filter(({ fault }) => fault !== null)).toEqual([]);
  // What is wrong would be found.
  const wrong = checked
    .filter(({ spec }) => spec !== undefined)
    .map((one) => ({ ...one, spec: { ...one.spec, selector: 7, podSelector: 7, minReplicas: 'two' } }));
  expect(schemaFaults(wrong)).not.toContain(null);
  expect(schemaFaults([{ apiVersion: 'apps/v1', kind: 'Deploiment' }])).not.toContain(null);
});

test('whatever a name, a label or a file points to is there', () => {
  for (const file of kustomization.configMapGenerator.flatMap(({ files }) => files)) {
    expect(existsSync(join(FOLDER, file.split('=')[1] ?? file))).toBe(true);
  }
  const made = [
    ...of('ConfigMap').map(({ metadata }) => metadata.name),
    ...kustomization.configMapGenerator.map(({ name }) => name),
  ];
  const text = JSON.stringify(resources);
  for (const [, name = ''] of text.matchAll(/"configMap(?:Ref)?":\{"name":"([^"]+)"/g)) expect(made).toContain(name);
  const labelled = workloads.map(({ metadata }) => metadata.labels[NAME]);
  expect(labelled).toEqual(expect.arrayContaining([...LASTING, 'mongo-setup']));
  for (const { spec, metadata } of [...of('Service'), ...of('PodDisruptionBudget')]) {
    expect([
      metadata.name,
      labelled.some((label) => JSON.stringify(spec?.selector).includes(`"${NAME}":"${String(label)}"`)),
    ]).toEqual([metadata.name, true]);
  }
  for (const { image } of workloads.flatMap(({ spec }) => spec.containers)) {
    expect(image).toMatch(/^themeline$|^(mongo|nats):\d+\.\d+\.\d+(-alpine)?$/);
  }
  expect(kustomization.images.map(({ name }) => name)).toEqual(['themeline']);
});

test.each(LASTING)('%s is probed, bounded, unprivileged, and not taken down all at once', (name) => {
  const workload = workloads.find((one) => one.name === name);
  const [first] = workload?.spec.containers ?? [];
  expect(first?.startupProbe).toBeDefined();
  expect(first?.readinessProbe).toBeDefined();
  expect(first?.livenessProbe).toBeDefined();
  expect(first?.securityContext.allowPrivilegeEscalation).toBe(false);
  expect(workload?.spec.securityContext.runAsNonRoot).toBe(true);
  expect(workload?.spec.automountServiceAccountToken).toBe(false);
  // Longer than SIGTERM may take.
  expect(workload?.spec.terminationGracePeriodSeconds).toBeGreaterThan(20);
  const budgets = of('PodDisruptionBudget').filter(({ spec }) => JSON.stringify(spec?.selector).includes(`"${name}"`));
  expect(budgets.map(({ spec }) => spec?.maxUnavailable)).toEqual([1]);
});

test('no secret is written in them', () => {
  for (const { spec } of workloads) {
    for (const { name, value } of spec.containers.flatMap(({ env }) => env)) {
      if (value === undefined || !/PASSWORD|SECRET|KEY|MONGODB_URI|NATS_URL/.test(name)) continue;
      expect(value).toMatch(/\$\((MONGO|NATS|ROUTE)_PASSWORD\)/);
    }
  }
});

test.each(['ingest', 'timeline', 'alerts'])('%s scales by the lag of a consumer of its own', (name) => {
  const [scaler] = of('HorizontalPodAutoscaler').filter(({ metadata }) => metadata.name === name);
  const spec = z
    .looseObject({
      minReplicas: z.literal(2),
      scaleTargetRef: z.strictObject({
        apiVersion: z.literal('apps/v1'),
        kind: z.literal('Deployment'),
        name: z.literal(name),
      }),
      metrics: z.array(
        z.looseObject({
          external: z
            .looseObject({
              metric: z.looseObject({
                name: z.literal('themeline_consumer_lag'),
                selector: z.looseObject({ matchLabels: z.strictObject({ consumer: z.string() }) }),
              }),
            })
            .optional(),
        }),
      ),
    })
    .parse(scaler?.spec);
  const consumers = spec.metrics.flatMap(({ external }) => external?.metric.selector.matchLabels.consumer ?? []);
  const own = (Object.keys(DURABLES) as Durable[])
    .filter((durable) => DURABLES[durable].service === name)
    .flatMap(consumerNames);
  expect(consumers).toHaveLength(1);
  expect(own).toEqual(expect.arrayContaining(consumers));
});

test('nothing reaches anything that is not named: databases only their services, the outside only from where it is called', () => {
  const policies = of('NetworkPolicy').map(({ metadata, spec }) => ({
    name: metadata.name,
    spec: JSON.stringify(spec),
  }));
  expect(policies.find(({ name }) => name === 'nothing-else')?.spec).toBe(
    '{"podSelector":{},"policyTypes":["Ingress","Egress"]}',
  );
  const outside = policies.filter(({ spec }) => spec.includes('ipBlock'));
  expect(outside.map(({ name }) => name)).toEqual(['outside']);
  expect(outside[0]?.spec).toContain('"values":["ingest","alerts"]');
  for (const range of [
    '10.0.0.0/8',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
  ]) {
    expect(outside[0]?.spec).toContain(range);
  }
});
