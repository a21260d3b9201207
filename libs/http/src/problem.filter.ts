import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError, toProblem } from './problem.error';
import { RouteTable } from './route.table';

/** Turns everything thrown on the way of a request into problem details (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(@Inject(RouteTable) private readonly routes: RouteTable) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = request.is404 ? this.routes.refusal(request.method, pathOf(request)) : thrown;
    const { problem, headers } = toProblem(error);
    if (problem.status >= 500 && !(error instanceof ProblemError)) {
      this.logger.error({ err: error, method: request.method, route: request.routeOptions.url }, 'request failed');
    }
    if (reply.sent || reply.raw.headersSent) {
      // Half an answer went out already: a broken connection tells the client that the rest is missing.
      reply.raw.destroy();
      return;
    }
    sendProblem(request, reply, problem, headers);
  }
}

/** Without the query, which may hold a token. */
export const pathOf = (request: FastifyRequest): string => (request.raw.url ?? '/').split('?', 1)[0] ?? '/';

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: object & { status: number },
  headers: Record<string, string>,
): void {
  void reply
    .status(problem.status)
    .headers({ 'cache-control': 'no-store', ...headers })
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...problem, instance: pathOf(request) }));
}
