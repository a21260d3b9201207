import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import { correlationIdIfAny } from './correlation.context';

/** Fields that never reach a log line, at the top of the logged object or one level down. */
const SECRET_FIELDS = [
  'authorization',
  'Authorization',
  'cookie',
  '["set-cookie"]',
  '["x-themeline-identity"]',
  'secret',
  'password',
  'token',
  'signature',
];

/** The pino logger behind all lines: JSON on standard output, level by `LOG_LEVEL`, the correlation id on each line. */
export function createPino(service: string, level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: (): object => {
      const correlationId = correlationIdIfAny();
      return correlationId === undefined ? {} : { correlationId };
    },
    serializers: { err: (value: unknown): unknown => (value instanceof Error ? describeError(value) : value) },
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, field.startsWith('[') ? `*${field}` : `*.${field}`]),
      censor: '[redacted]',
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/**
 * Nest's logger over pino. `new Logger('Relay').warn({ depth: 12 }, 'outbox grows')`… an object among the arguments is
 * merged into the line, an `Error` becomes `err` with its stack, the last string is Nest's context.
 */
@Injectable()
export class JsonLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const fields: Record<string, unknown> = {};
    const words: string[] = [];
    // Nest appends the context as the last argument.
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    for (const part of [message, ...(context === undefined ? rest : rest.slice(0, -1))]) {
      if (part instanceof Error) fields['err'] = part;
      // `logger.error(message, stack)` is Nest's older form.
      else if (typeof part === 'string' && words.length > 0 && /\n\s+at /.test(part)) fields['stack'] = part;
      else if (typeof part === 'object' && part !== null) Object.assign(fields, part);
      else if (part !== undefined) words.push(String(part));
    }
    if (words.length === 0 && message instanceof Error) words.push(message.message);
    this.pino[level](context === undefined ? fields : { ...fields, context }, words.join(' '));
  }
}

/** Own fields of an error may hold whole requests with their headers: only these are logged. */
function describeError(error: Error): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}
