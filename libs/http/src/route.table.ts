import { notFound, ProblemError } from './problem.error';

/** Which methods a path takes, learned from the routes as they are registered; tells 405 from 404. */
export class RouteTable {
  private readonly routes: { pattern: RegExp; variable: boolean; methods: Set<string> }[] = [];

  /** `add('/v1/events/:id', 'GET')` */
  add(url: string, methods: string | readonly string[]): void {
    // Routes for every path say nothing about which paths there are.
    if (url.endsWith('*')) return;
    this.routes.push({ pattern: toPattern(url), variable: url.includes(':'), methods: new Set([methods].flat()) });
  }

  /** What a request that no handler takes is told: 405 with `Allow` where its path takes other methods, else 404. */
  refusal(method: string, path: string): ProblemError {
    const allowed = this.methodsOf(path);
    if (allowed.length === 0) return notFound(`no such path: ${path}`);
    const detail = `${path} does not take ${method}, only ${allowed.join(', ')}`;
    return new ProblemError(405, 'Method Not Allowed', detail, undefined, { allow: allowed.join(', ') });
  }

  /** `methodsOf('/v1/events/evt_1')` → `['GET', 'HEAD', 'PATCH']`; empty when no route has the path. */
  methodsOf(path: string): string[] {
    const fitting = this.routes.filter(({ pattern }) => pattern.test(path));
    // A path that is spelled out is not one of those that a parameter stands for.
    const spelledOut = fitting.filter(({ variable }) => !variable);
    const methods = (spelledOut.length > 0 ? spelledOut : fitting).flatMap((route) => [...route.methods]);
    return [...new Set(methods)].sort();
  }
}

function toPattern(url: string): RegExp {
  const source = url
    .split('/')
    .map((segment) =>
      segment
        .split(/(:\w+(?:\([^)]*\))?\??)/)
        .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
        .join(''),
    )
    .join('/');
  return new RegExp(`^${source}/?$`);
}
