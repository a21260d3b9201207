import type * as Api from '@opentelemetry/api';
import type { Attributes, Span, Tracer } from '@opentelemetry/api';
import type { parseTraceParent } from '@opentelemetry/core';

/** OpenTelemetry's span kinds, as far as there are such spans here. */
type Doing = 'server' | 'client' | 'consumer';

/** What is loaded only where traces are sent. */
interface Telemetry {
  api: typeof Api;
  parse: typeof parseTraceParent;
  tracer: Tracer;
}

/** Correlation ids whose last span is remembered; what is older starts a trace of its own. */
const MOST_KNOWN = 20_000;

/** Work that is traced, until `end`. */
export interface Tracing {
  end(attributes?: Attributes, failure?: string): void;
}
const UNTRACED: Tracing = { end: () => undefined };

/**
 * Spans by correlation id. Work of a request is done in batches with that of others and goes on in other processes, so that no
 * asynchronous context could carry its trace; the correlation id does that already. What is caused under an id hangs below the last
 * span that began under it here.
 */
class TraceBook {
  private telemetry: Telemetry | null = null;
  /** Correlation id → W3C `traceparent`, the oldest first. */
  private readonly last = new Map<string, string>();

  open(telemetry: Telemetry): void {
    this.telemetry = telemetry;
  }

  close(): void {
    this.telemetry = null;
    this.last.clear();
  }

  /** `parent`: the `traceparent` that came with the work; without one that fits it begins a trace. */
  begin(
    name: string,
    doing: Doing,
    correlationId: string,
    parent: string | undefined,
    attributes: Attributes,
  ): Tracing {
    if (this.telemetry === null) return UNTRACED;
    const { api, parse, tracer } = this.telemetry;
    const kinds = { server: api.SpanKind.SERVER, client: api.SpanKind.CLIENT, consumer: api.SpanKind.CONSUMER };
    const above = parent === undefined ? null : parse(parent);
    const nobody = api.ROOT_CONTEXT;
    const within = above === null ? nobody : api.trace.setSpanContext(nobody, { ...above, isRemote: true });
    const options = { kind: kinds[doing], attributes: { ...attributes, 'themeline.correlation_id': correlationId } };
    const span = tracer.startSpan(name, options, within);
    this.remember(correlationId, span);
    return {
      end: (more = {}, failure) => {
        span.setAttributes(more);
        if (failure !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, message: failure });
        span.end();
      },
    };
  }

  parentOf(correlationId: string): string | undefined {
    return this.last.get(correlationId);
  }

  private remember(correlationId: string, span: Span): void {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.last.delete(correlationId);
    this.last.set(correlationId, `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`);
    const [oldest] = this.last.keys();
    if (this.last.size > MOST_KNOWN && oldest !== undefined) this.last.delete(oldest);
  }
}

const book = new TraceBook();

/**
 * Begins a span of work that is done under a correlation id. `beginSpan('POST /v1/reports', 'server', id, headers.traceparent, {})`.
 * Costs nothing where nobody is told of traces.
 */
export const beginSpan = book.begin.bind(book);

/** The W3C `traceparent` of what was caused under a correlation id; undefined where nobody is told of traces. */
export const traceparentOf = book.parentOf.bind(book);

/**
 * Sends spans to the OTLP/HTTP collector at OTEL_EXPORTER_OTLP_ENDPOINT (`http://collector:4318`), if that is set; OpenTelemetry's
 * other variables count too (OTEL_TRACES_SAMPLER, OTEL_BSP_SCHEDULE_DELAY, OTEL_EXPORTER_OTLP_HEADERS …). The answer sends what is
 * left and ends it.
 */
export async function startTracing(service: string, env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  if (!env['OTEL_EXPORTER_OTLP_ENDPOINT']) return () => Promise.resolve();
  // Read only where it is used: it is a large part of what a process would load.
  const api = await import('@opentelemetry/api');
  const { parseTraceParent: parse } = await import('@opentelemetry/core');
  const { BasicTracerProvider, BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-base');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `themeline-${service}`, 'service.namespace': 'themeline' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  book.open({ api, parse, tracer: provider.getTracer('themeline') });
  return async () => {
    book.close();
    // A collector that is gone must not keep a process from stopping.
    await provider.shutdown().catch(() => undefined);
  };
}
