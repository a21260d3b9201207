import { type DynamicModule, Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { createPino, JsonLogger } from './json.logger';
import { collectProcessMetrics } from './metrics.registry';
import { Readiness } from './readiness.service';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
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
        {
          provide: JsonLogger,
          useFactory: () => {
            collectProcessMetrics(service);
            return new JsonLogger(createPino(service, logLevel(process.env)));
          },
        },
      ],
      exports: [Readiness, JsonLogger],
    };
    modules.set(service, made);
    return made;
  }
}

/** @throws Error naming the value: `LOG_LEVEL='loud' is not one of …` */
export function logLevel(env: NodeJS.ProcessEnv): string {
  const level = env['LOG_LEVEL'] || (env['NODE_ENV'] === 'test' ? 'warn' : 'info');
  if (LEVELS.includes(level)) return level;
  throw new Error(`LOG_LEVEL='${level}' is not one of ${LEVELS.join(', ')}`);
}
