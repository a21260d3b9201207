import { type Dispatcher, request } from 'undici';

export interface BoundedAnswer {
  status: number;
  headers: Dispatcher.ResponseData['headers'];
  text: string;
}

/**
 * A call that ends, one way or the other, though whoever is called says nothing for `timeoutMs`. Of `fetch` with a signal of
 * `AbortSignal.timeout` that cannot be said: the signal is lost when memory is collected at the wrong moment (nodejs/undici#4984).
 */
export async function boundedCall(
  url: string,
  timeoutMs: number,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<BoundedAnswer> {
  const { statusCode, headers, body } = await request(url, {
    ...options,
    method: (options.method ?? 'GET') as Dispatcher.HttpMethod,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return { status: statusCode, headers, text: await body.text() };
}
