import type { FastifyRequest } from 'fastify';

/** The parameter that carries a token where no header can be sent. */
const PARAMETER = 'token';

/** What calendars, feed readers and EventSource fetch. */
const FOR_READERS = /^\/v1\/(export[./]|stream$)/;

/** `/v1/export.ics?kind=ban&token=tl_…` → `tl_…`; null for any other call, which a leaked address must not open. */
export function urlToken(
  request: Pick<FastifyRequest, 'method'> & { raw: { url?: string | undefined } },
): string | null {
  const [path = '', query = ''] = splitUrl(request.raw.url ?? '/');
  if ((request.method !== 'GET' && request.method !== 'HEAD') || !FOR_READERS.test(path)) return null;
  const given = new URLSearchParams(query).get(PARAMETER);
  return given !== null && given.length <= 512 ? given : null;
}

/** The address without its token, which is nobody else's business: `/v1/export.ics?kind=ban`. Other addresses stay to the letter. */
export function withoutToken(url: string): string {
  const [path = '', query] = splitUrl(url);
  if (query === undefined || !FOR_READERS.test(path)) return url;
  const rest = query.split('&').filter((part) => part.split('=', 1)[0] !== PARAMETER);
  return rest.length === 0 ? path : `${path}?${rest.join('&')}`;
}

function splitUrl(url: string): [string, string?] {
  const at = url.indexOf('?');
  return at === -1 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}
