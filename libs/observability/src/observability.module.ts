import { type DynamicModule, Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { createPino, JsonLogger } from './json.logger';
import { collectProcessMetrics } from './metrics.registry';
import { Readiness } from './readiness.service';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const PROCESS_METRICS = Symbol('observability:process-metrics');
const modules = new Map<string, DynamicModule>();

/**
 * Logs, metrics and health of one service: `GET /metrics`, `GET /health/live`, `GET /health/ready`, an injectable
 * `Readiness` and `JsonLogger`. Global. Env `LOG_LEVEL` (default `info`; `warn` under NODE_ENV=test).
 */
@Module({})
export class ObservabilityModule {
  /** The same object for the same service, because Nest tells dynamic modules apart by reference. */
  static forRoot({ service }: { service: string }): DynamicModule {
    const known = modules.get(service);
    if (known !== undefined) return known;
    const made: DynamicModule = {
      module: ObservabilityModule,
      global: true,
      controllers: [HealthController],
      providers: [
        Readiness,
        { provide: JsonLogger, useFactory: () => createLogger(service) },
        { provide: PROCESS_METRICS, useFactory: () => collectProcessMetrics(service) },
      ],
      exports: [Readiness, JsonLogger],
    };
    modules.set(service, made);
    return made;
  }
}

/** The logger of a service, also for what happens before its modules are there. */
export const createLogger = (service: string): JsonLogger =>
  new JsonLogger(createPino(service, readLogLevel(process.env)));

/** @throws Error with the code `settings`, naming the value: `LOG_LEVEL='loud' is not one of …` */
function readLogLevel(env: NodeJS.ProcessEnv): string {
  const level = env['LOG_LEVEL'] || (env['NODE_ENV'] === 'test' ? 'warn' : 'info');
  if (LEVELS.includes(level)) return level;
  const message = `LOG_LEVEL='${level}' is not one of ${LEVELS.join(', ')}`;
  throw Object.assign(new Error(message), { code: 'settings' });
}
