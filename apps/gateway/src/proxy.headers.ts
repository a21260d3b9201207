import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** RFC 9110, section 7.6.1: these belong to one connection. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Beyond those, what the gateway says itself, and what is nobody else's business: the key. */
const NOT_FORWARDED = new Set([
  'host',
  'expect',
  'authorization',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-themeline-identity',
  'x-request-id',
]);

/** What the gateway vouches for. */
export interface Vouched {
  /** Null: nobody in particular calls. */
  identity: string | null;
  requestId: string;
  /** W3C; undefined where no traces are sent. */
  traceparent?: string | undefined;
  host: string;
  protocol: string;
  address: string;
}

/** The headers of a request as a service gets them. */
export function toUpstream(headers: IncomingHttpHeaders, vouched: Vouched): Record<string, string | string[]> {
  return {
    ...endToEnd(headers, NOT_FORWARDED),
    ...(vouched.identity === null ? {} : { 'x-themeline-identity': vouched.identity }),
    'x-request-id': vouched.requestId,
    ...(vouched.traceparent === undefined ? {} : { traceparent: vouched.traceparent }),
    'x-forwarded-for': vouched.address,
    'x-forwarded-host': vouched.host,
    'x-forwarded-proto': vouched.protocol,
  };
}

/** The headers of a service's answer as the client gets them. */
export const toClient = (headers: IncomingHttpHeaders): OutgoingHttpHeaders => endToEnd(headers, new Set());

function endToEnd(headers: IncomingHttpHeaders, without: ReadonlySet<string>): Record<string, string | string[]> {
  const named = new Set(
    String(headers.connection ?? '')
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  );
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] =>
        entry[1] !== undefined && !HOP_BY_HOP.has(entry[0]) && !named.has(entry[0]) && !without.has(entry[0]),
    ),
  );
}
