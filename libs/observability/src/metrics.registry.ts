import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const PREFIX = 'themeline_';

/** One registry per process; each service is a process of its own. */
export const registry = new Registry();

let defaultsCollected = false;

/** Adds the process metrics (memory, event loop, garbage collection) once. `service` becomes a label of every metric. */
export function collectProcessMetrics(service: string): void {
  registry.setDefaultLabels({ service });
  if (defaultsCollected) return;
  defaultsCollected = true;
  collectDefaultMetrics({ register: registry });
}

function existing<M>(name: string, kind: new (...args: never[]) => M): M | undefined {
  const metric: unknown = registry.getSingleMetric(name);
  if (metric === undefined) return undefined;
  if (metric instanceof kind) return metric;
  throw new Error(`the metric '${name}' exists already as another kind`);
}

/**
 * A number that only grows. `counter('reports_accepted_total', 'Reports stored', ['kind']).inc({ kind: 'ban' })`
 * is exported as `themeline_reports_accepted_total`. Defining the same name again returns the first.
 */
export function counter<L extends string = never>(
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Counter<L> {
  return (
    existing(PREFIX + name, Counter<L>) ??
    new Counter({ name: PREFIX + name, help, labelNames: [...labelNames], registers: [registry] })
  );
}

/** A number that goes up and down: a depth, a lag, an age in seconds. */
export function gauge<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
  return (
    existing(PREFIX + name, Gauge<L>) ??
    new Gauge({ name: PREFIX + name, help, labelNames: [...labelNames], registers: [registry] })
  );
}

/** A distribution, durations in seconds by default: `histogram('merge_seconds', 'help', ['outcome']).observe({ outcome }, 0.012)` */
export function histogram<L extends string = never>(
  name: string,
  help: string,
  labelNames: readonly L[] = [],
  buckets: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
): Histogram<L> {
  return (
    existing(PREFIX + name, Histogram<L>) ??
    new Histogram({
      name: PREFIX + name,
      help,
      labelNames: [...labelNames],
      buckets: [...buckets],
      registers: [registry],
    })
  );
}

/** Everything in the Prometheus text format, and its content type. */
export async function metricsText(): Promise<{ contentType: string; body: string }> {
  return { contentType: registry.contentType, body: await registry.metrics() };
}
