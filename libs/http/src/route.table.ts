/** Which methods a path takes, learned from the routes as they are registered; tells 405 from 404. */
export class RouteTable {
  private readonly routes: { pattern: RegExp; methods: Set<string> }[] = [];

  /** `add('/v1/events/:id', 'GET')` */
  add(url: string, methods: string | readonly string[]): void {
    this.routes.push({ pattern: toPattern(url), methods: new Set([methods].flat()) });
  }

  /** `methodsOf('/v1/events/evt_1')` → `['GET', 'HEAD', 'PATCH']`; empty when no route has the path. */
  methodsOf(path: string): string[] {
    const methods = this.routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.methods]);
    return [...new Set(methods)].sort();
  }
}

function toPattern(url: string): RegExp {
  const source = url
    .split('/')
    .map((segment) =>
      segment
        .split(/(:\w+(?:\([^)]*\))?\??|\*)/)
        .map((part) => {
          if (part.startsWith(':')) return '[^/]+';
          return part === '*' ? '.*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
        })
        .join(''),
    )
    .join('/');
  return new RegExp(`^${source}/?$`);
}
