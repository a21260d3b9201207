import helmet from '@fastify/helmet';
import { Logger, Module, type Type, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, ObservabilityModule, Readiness, startTracing } from '@themeline/observability';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { addManners, allowOrigins } from './answer.manners';
import { addBodyParsers, MAX_JSON_BYTES } from './body.parsers';
import { AUTHENTICATE, type Authenticate, byIdentityHeader, IdentityGuard } from './identity.guard';
import { describeApi, type OpenApiDocument } from './open.api';
import { toProblem } from './problem.error';
import { ProblemFilter, sendProblem } from './problem.filter';
import { addRequestHooks, OpenRequests, requestId } from './request.hooks';
import { RouteTable } from './route.table';
import { readServiceSettings, type ServiceSettings } from './service.settings';

/** After SIGTERM: how long requests may take to finish, and how long everything may. */
const DRAIN_MS = 10_000;
const SHUTDOWN_MS = 20_000;
/** sysexits.h, EX_CONFIG: starting again without a change is of no use. */
const EXIT_CONFIG = 78;

export interface ServiceOptions {
  /** `ingest`; names the service in logs, metrics and the OpenAPI document. */
  name: string;
  module: Type | DynamicModule;
  /** Before the modules start: the place for `app.connectMicroservice`. Microservices are started after the modules. */
  configure?: (app: NestFastifyApplication) => Promise<void> | void;
  /** Reads the service's own settings, before anything is started; throws a SettingsError. */
  checkSettings?: (env: NodeJS.ProcessEnv) => unknown;
  /** Token of an `Authenticate` provider exported by a global module, instead of the gateway's signed header. */
  authenticate?: symbol;
  /** Called by scripts on other sites, as far as CORS_ORIGINS says. */
  browsers?: true;
  /** Makes of the service's own OpenAPI document what is served at /openapi.json, for each request. */
  openApi?: (own: OpenApiDocument, app: NestFastifyApplication) => Promise<OpenApiDocument>;
}

@Module({})
class ServiceModule {}

/**
 * The whole application, started but not listening: strict bodies, problem details, identity, health, metrics, OpenAPI. For tests:
 * `const app = await createServiceApp({ name: 'ingest', module: AppModule })`, then `app.getHttpServer()`.
 *
 * @throws SettingsError when the environment lacks something
 */
export async function createServiceApp(options: ServiceOptions): Promise<NestFastifyApplication> {
  return (await create(options)).app;
}

interface Created {
  app: NestFastifyApplication;
  open: OpenRequests;
  settings: ServiceSettings;
}

async function create(options: ServiceOptions): Promise<Created> {
  const settings = readServiceSettings(process.env);
  options.checkSettings?.(process.env);
  const routes = new RouteTable();
  const open = new OpenRequests();
  const adapter = new FastifyAdapter({
    // Nest middleware is not used: hooks, guards and filters do all of it.
    skipMiddie: true,
    logger: false,
    bodyLimit: MAX_JSON_BYTES,
    trustProxy: settings.trustProxy,
    genReqId: requestId,
    requestIdHeader: false,
    return503OnClosing: false,
    // Requests were seen through by then; what is still open are connections that nobody asks anything on.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1_000 },
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
  });
  const app = await NestFactory.create<NestFastifyApplication>(root(options, settings, routes), adapter, {
    bodyParser: false,
    logger: createLogger(options.name),
    abortOnError: false,
  });
  try {
    await prepare(app, adapter, options, settings, routes, open);
  } catch (error) {
    // What the modules have opened by now would keep the process alive.
    await app.close().catch(() => undefined);
    throw error;
  }
  return { app, open, settings };
}

async function prepare(
  app: NestFastifyApplication,
  adapter: FastifyAdapter,
  options: ServiceOptions,
  settings: ServiceSettings,
  routes: RouteTable,
  open: OpenRequests,
): Promise<void> {
  const fastify = adapter.getInstance();
  addRequestHooks(fastify, routes, open);
  addBodyParsers(fastify);
  if (options.browsers === true && settings.corsOrigins.length > 0) await allowOrigins(fastify, settings.corsOrigins);
  await addManners(fastify);
  await fastify.register(helmet, {
    contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
    // Over plain HTTP it is ignored, and whether there is TLS is for the proxy in front to say.
    strictTransportSecurity: false,
  });
  serveDocument(app, adapter, options);
  await options.configure?.(app);
  await app.init();
  if (app.getMicroservices().length > 0) await app.startAllMicroservices();
  await fastify.ready();
}

function root(
  { name, module, authenticate }: ServiceOptions,
  settings: ServiceSettings,
  routes: RouteTable,
): DynamicModule {
  return {
    module: ServiceModule,
    global: true,
    imports: [ObservabilityModule.forRoot({ service: name }), DiscoveryModule, module],
    providers: [
      { provide: RouteTable, useValue: routes },
      authenticate === undefined
        ? { provide: AUTHENTICATE, useValue: byIdentityHeader(settings.identitySecret) }
        : { provide: AUTHENTICATE, useFactory: (own: Authenticate) => own, inject: [authenticate] },
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: APP_GUARD, useClass: IdentityGuard },
    ],
    exports: [RouteTable],
  };
}

function serveDocument(app: NestFastifyApplication, adapter: FastifyAdapter, { name, openApi }: ServiceOptions): void {
  let own: OpenApiDocument | undefined;
  adapter.get('/openapi.json', async (_request: FastifyRequest, reply: FastifyReply) => {
    own ??= describeApi(app, name);
    return reply.send(openApi === undefined ? own : await openApi(own, app));
  });
}

/** For what the router itself refuses, before any hook. */
function refuseAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { problem, headers } = toProblem(error);
  sendProblem(request, reply, problem, { ...headers, 'x-request-id': request.id });
}

/** For what is no HTTP: there is no request to answer, only a socket. */
function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  const title = STATUS_CODES[status] ?? 'Bad Request';
  const body = JSON.stringify({
    type: 'about:blank',
    title,
    status,
    detail: status === 400 ? 'this is not HTTP/1.1' : title,
  });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/**
 * A service's main: reads HOST, PORT and IDENTITY_SECRET, starts, listens, and stops on SIGTERM, SIGINT or when the process that
 * started it (over an IPC channel) is gone. Missing settings end the process with one line and code 78.
 */
export async function runService(options: ServiceOptions): Promise<NestFastifyApplication> {
  try {
    const stopTracing = await startTracing(options.name, process.env);
    const created = await create(options);
    const { app, settings } = created;
    stopWithSignals(created, stopTracing);
    await app.listen({ host: settings.host, port: settings.port });
    new Logger('Service').log(`${options.name} listens on ${await app.getUrl()}`);
    return app;
  } catch (error) {
    process.stderr.write(`${options.name} cannot start: ${describeFailure(error)}\n`);
    process.exit(isOfSettings(error) ? EXIT_CONFIG : 1);
  }
}

/** A SettingsError, or what another lib throws for a setting. */
const isOfSettings = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'settings';

function describeFailure(error: unknown): string {
  if (isOfSettings(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function stopWithSignals({ app, open }: Created, stopTracing: () => Promise<void>): void {
  const logger = new Logger('Service');
  let stopping = false;
  const stop = (why: string): void => {
    if (stopping) return;
    stopping = true;
    logger.log(`${why}: stopping`);
    const hardStop = setTimeout(() => {
      logger.error(`not stopped within ${SHUTDOWN_MS} ms`);
      process.exit(1);
    }, SHUTDOWN_MS);
    hardStop.unref();
    void drain(app, open)
      .then(() => app.close())
      .then(stopTracing)
      .then(
        () => 0,
        (error: unknown) => {
          logger.error({ err: error }, 'stopping failed');
          return 1;
        },
      )
      .then((code) => {
        clearTimeout(hardStop);
        for (const [event, listener] of listeners) process.off(event, listener);
        process.exit(code);
      });
  };
  const listeners = [
    ['SIGTERM', () => stop('SIGTERM')],
    ['SIGINT', () => stop('SIGINT')],
    ['disconnect', () => stop('the parent process is gone')],
  ] as const;
  for (const [event, listener] of listeners) process.once(event, listener);
}

/** Takes no more connections and lets the requests finish, before anything that they need is taken down. */
async function drain(app: NestFastifyApplication, open: OpenRequests): Promise<void> {
  app.get(Readiness, { strict: false }).drain();
  const server = app.getHttpServer();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  open.endEventStreams();
  server.closeIdleConnections();
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
