export { currentCorrelationId, runWithCorrelation } from './correlation.context';
export { CHECK_TIMEOUT_MS, Readiness, type CheckResult, type ReadinessReport } from './readiness.service';
export { JsonLogger } from './json.logger';
export { counter, gauge, histogram, metricsText } from './metrics.registry';
export { beginSpan, startTracing, traceparentOf, type Tracing } from './trace.book';
export { createLogger, ObservabilityModule } from './observability.module';
