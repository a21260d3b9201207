import { type ApiClient as TypedClient, createApiClient } from '@themeline/client';
import request from 'supertest';

/** Calls to a gateway over HTTP, as a client makes them. */
export class ApiClient {
  /** With the admin key; checked against the API's description. `call` is for what the description forbids. */
  readonly client: TypedClient;

  constructor(
    readonly url: string,
    readonly adminKey: string,
  ) {
    this.client = createApiClient({ url, key: adminKey });
  }

  /** One call to the gateway with the admin key (or another), its answer parsed. Redirects are not followed. */
  async call<T = unknown>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    options: { key?: string; headers?: Record<string, string>; raw?: string } = {},
  ): Promise<{ status: number; headers: Record<string, string>; body: T }> {
    const payload = options.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const call = request(this.url)
      [method === 'GET' ? 'get' : method === 'POST' ? 'post' : method === 'PATCH' ? 'patch' : 'delete'](path)
      .redirects(0)
      .ok(() => true)
      .set({ authorization: `Bearer ${options.key ?? this.adminKey}`, ...options.headers });
    if (payload !== undefined && options.headers?.['content-type'] === undefined)
      call.set('content-type', 'application/json');
    const response = await call.send(payload);
    return { status: response.status, headers: response.headers as Record<string, string>, body: response.body as T };
  }

  /** Every item of a list, by its cursors. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const separator = path.includes('?') ? '&' : '?';
      const next: string = cursor === null ? '' : `${separator}cursor=${encodeURIComponent(cursor)}`;
      const page: { body: { items: T[]; nextCursor: string | null } } = await this.call('GET', `${path}${next}`);
      items.push(...page.body.items);
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    return items;
  }
}
