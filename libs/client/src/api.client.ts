import createFetchClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api.types';

/** Every schema of the API by its name: `Schemas['TimelineEvent']` */
export type Schemas = components['schemas'];
export type ApiClient = Client<paths>;

export interface ApiClientOptions {
  /** Of the gateway: `http://127.0.0.1:8080` */
  url: string;
  /** `tl_…`; a call may bring another in its own headers. */
  key?: string;
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * Calls that are checked against the API's description as they are written: `await client.GET('/v1/events', { params: { query: { kind: ['ban'] } } })`
 * answers `{ data }` or `{ error }`, both with the `response`; `answerOf` makes of them a value or an ApiError.
 */
export function createApiClient({ url, key, fetch }: ApiClientOptions): ApiClient {
  return createFetchClient<paths>({
    baseUrl: url.replace(/\/+$/, ''),
    ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
    ...(fetch === undefined ? {} : { fetch }),
  });
}

/** An answer that is not 2xx, in the words of its problem details. */
export class ApiError extends Error {
  readonly code = 'api';

  constructor(
    readonly status: number,
    /** As they came (RFC 9457), or what stands in for them where the answer was something else. */
    readonly problem: Schemas['Problem'],
    /** To be found in the logs of the services. */
    readonly requestId: string | null,
    /** Seconds after which to try again, where the answer says so. */
    readonly retryAfter: number | null,
  ) {
    super(problem.detail);
    this.name = 'ApiError';
  }
}

type Outcome = { data?: unknown; error?: unknown; response: Response };

/**
 * The body of a 2xx: `const event = await answerOf(client.GET('/v1/events/{id}', { params: { path: { id } } }))`
 *
 * @throws ApiError for every other answer; what fetch throws when there is none
 */
export async function answerOf<O extends Outcome>(call: Promise<O>): Promise<Exclude<O['data'], undefined>> {
  const { data, error, response } = await call;
  // An answer without a body (204) has neither.
  if (response.ok) return data as Exclude<O['data'], undefined>;
  throw toApiError(error, response);
}

function toApiError(error: unknown, response: Response): ApiError {
  const { status, statusText, headers } = response;
  const title = statusText === '' ? String(status) : statusText;
  const problem = isProblem(error) ? error : { type: 'about:blank', title, status, detail: `${status} ${statusText}` };
  const retryAfter = Number(headers.get('retry-after') ?? NaN);
  return new ApiError(
    status,
    problem,
    headers.get('x-request-id'),
    Number.isFinite(retryAfter) ? Math.max(0, retryAfter) : null,
  );
}

function isProblem(error: unknown): error is Schemas['Problem'] {
  return typeof error === 'object' && error !== null && 'detail' in error && 'title' in error;
}

/**
 * Every item of a list, page after page: `for await (const event of itemsOf((cursor) => answerOf(client.GET('/v1/events', …))))`.
 * `cursor` is undefined for the first page.
 */
export async function* itemsOf<T>(
  readPage: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>,
): AsyncGenerator<T, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
