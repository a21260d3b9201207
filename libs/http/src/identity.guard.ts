import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Identity, Scope } from '@themeline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IDENTITY_HEADER, verifyIdentity } from './identity.header';
import { ProblemError } from './problem.error';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set by the guard. */
    identity?: Identity;
  }
}

const SCOPES_KEY = 'themeline:scopes';
const OPEN_KEY = 'themeline:open';
/** What monitors and readers of the description ask for, without a key. */
export const OPEN_PATHS = /^\/(health(\/.*)?|metrics|openapi\.json)$/;

/** The scopes that a handler (or all of a controller) asks for, every one of them. Without it a handler asks for `admin`. */
export const Scopes = (...scopes: Scope[]) => SetMetadata(SCOPES_KEY, scopes);

/** Anyone may call: for handlers that check a secret of their own, such as one in the path. */
export const Open = () => SetMetadata(OPEN_KEY, true);

/** The caller: `@Caller() identity: Identity` */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Identity => {
  const { identity } = context.switchToHttp().getRequest<FastifyRequest>();
  if (identity === undefined) throw new Error('@Caller() is used on a route that anyone may call');
  return identity;
});

/** What a route asks of its caller; null: nothing. */
export function scopesOf(reflector: Reflector, handler: object, controller: object): Scope[] | null {
  // Nest's own type asks for functions and classes, which is what both are.
  const targets = [handler, controller] as Parameters<Reflector['getAllAndOverride']>[1];
  if (reflector.getAllAndOverride<boolean | undefined>(OPEN_KEY, targets) === true) return null;
  return reflector.getAllAndOverride<Scope[] | undefined>(SCOPES_KEY, targets) ?? ['admin'];
}

/** @throws ProblemError 403 naming the scope that the caller's key lacks; `admin` includes all */
export function requireScopes(identity: Identity, needed: readonly Scope[]): void {
  const missing = needed.find((scope) => !identity.scopes.includes(scope) && !identity.scopes.includes('admin'));
  if (missing !== undefined) {
    throw new ProblemError(403, 'Forbidden', `this key lacks the scope '${missing}'`);
  }
}

/** DI token of the function that finds a request's caller, or throws a 401. */
export const AUTHENTICATE = Symbol('themeline:authenticate');
export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Identity | Promise<Identity>;

/** The caller as the gateway vouches for it; services believe nothing else. */
export const byIdentityHeader =
  (secret: string): Authenticate =>
  (request) => {
    const header = request.headers[IDENTITY_HEADER];
    const identity = typeof header === 'string' ? verifyIdentity(header, secret, Date.now()) : null;
    if (identity === null) {
      throw new ProblemError(401, 'Unauthorized', 'this service is called through the gateway, with a key');
    }
    return identity;
  };

/** Global: finds the caller of every route that is not open, and checks the route's scopes. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AUTHENTICATE) private readonly authenticate: Authenticate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (OPEN_PATHS.test(request.routeOptions.url ?? '')) return true;
    const scopes = scopesOf(this.reflector, context.getHandler(), context.getClass());
    if (scopes === null) return true;
    request.identity = await this.authenticate(request, context.switchToHttp().getResponse<FastifyReply>());
    requireScopes(request.identity, scopes);
    return true;
  }
}
