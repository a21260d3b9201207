import * as dns from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import { AddressRules, DENIED_PORTS } from './address.rules';
import {
  OutboundError,
  OutboundFailed,
  OutboundRefused,
  OutboundTimeout,
  OutboundTooManyRedirects,
  OutboundUnresolved,
} from './outbound.errors';

interface ResolvedAddress {
  address: string;
  family: number;
}

export interface OutboundGuardOptions {
  /** CIDR ranges that may be reached although they are not public. `['127.0.0.0/8', '::1/128']` */
  allow: readonly string[];
  /** All addresses of a host name; the system's resolver by default. */
  resolve?: (host: string) => Promise<ResolvedAddress[]>;
}

export interface OutboundRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** For the whole exchange: resolution, connection, head, body and redirects. */
  timeoutMs: number;
  /** Reading stops after so many bytes and the answer is marked as truncated. */
  maxResponseBytes: number;
  /** 0, the default, hands a redirect back as it is. Each hop is checked like the first address. */
  maxRedirects?: number;
}

export interface OutboundResponse {
  status: number;
  /** Names in lower case, repeated ones joined by `, `. */
  headers: Record<string, string>;
  body: Buffer;
  /** The answer was longer than `maxResponseBytes`. */
  truncated: boolean;
  /** Where the answer came from, after redirects. */
  url: string;
}

/** Longer than this a check at subscription time does not wait for a resolver. */
const CHECK_RESOLUTION_MS = 3_000;
const CONNECT_TIMEOUT_MS = 10_000;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Belong to one origin and are not shown to another (Fetch standard, HTTP-redirect fetch). */
const CREDENTIAL_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * The HTTP client for addresses that users gave. It reaches public addresses and allowed ranges only, whatever way
 * they are spelled, and connects to the very addresses that it checked, so that a name that resolves differently the
 * second time changes nothing.
 */
export class OutboundGuard {
  private readonly rules: AddressRules;
  private readonly agent: Agent;
  private readonly resolve: (host: string) => Promise<ResolvedAddress[]>;

  constructor(options: OutboundGuardOptions) {
    this.rules = new AddressRules(options.allow);
    this.resolve = options.resolve ?? ((host) => dns.lookup(host, { all: true, verbatim: true }));
    this.agent = new Agent({ connect: { lookup: this.lookup, timeout: CONNECT_TIMEOUT_MS }, allowH2: false });
  }

  /**
   * Whether an address may be given to `request`, as far as can be seen now: syntax, scheme, port, and the addresses
   * behind it. A host that does not resolve at the moment passes; the check is made again at every request.
   * Throws OutboundRefused.
   */
  async checkUrl(url: string): Promise<void> {
    const { hostname } = this.checkedUrl(url);
    if (isIP(bare(hostname)) !== 0) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, CHECK_RESOLUTION_MS, null);
    });
    try {
      await Promise.race([this.checkedAddresses(hostname), patience]);
    } catch (error) {
      if (!(error instanceof OutboundUnresolved)) throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * One exchange. Throws OutboundRefused, OutboundUnresolved, OutboundTimeout, OutboundFailed or
   * OutboundTooManyRedirects; every answer with a status is returned, errors too.
   */
  async request(outbound: OutboundRequest): Promise<OutboundResponse> {
    const deadline = AbortSignal.timeout(outbound.timeoutMs);
    const maxRedirects = outbound.maxRedirects ?? 0;
    let { method, body } = outbound;
    let headers = lowerCased(outbound.headers ?? {});
    let url = this.checkedUrl(outbound.url);
    for (let hop = 0; ; hop += 1) {
      const response = await this.exchange({ ...outbound, method, headers, body }, url, deadline);
      const location = response.headers.location;
      if (maxRedirects === 0 || !REDIRECTS.has(response.status) || location === undefined) return response;
      if (hop === maxRedirects) throw new OutboundTooManyRedirects(url.href, maxRedirects);
      const next = this.checkedUrl(location, url);
      if (response.status === 303 || (response.status < 303 && method === 'POST')) {
        method = method === 'HEAD' ? 'HEAD' : 'GET';
        body = undefined;
        headers = without(headers, (name) => name.startsWith('content-'));
      }
      if (next.origin !== url.origin) headers = without(headers, (name) => CREDENTIAL_HEADERS.has(name));
      url = next;
    }
  }

  /** Lets go of open connections. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async exchange(
    outbound: Omit<OutboundRequest, 'body'> & { body: string | Buffer | undefined },
    url: URL,
    deadline: AbortSignal,
  ): Promise<OutboundResponse> {
    let status: number | undefined;
    const exchanged = async (): Promise<OutboundResponse> => {
      const response = await request(url, {
        dispatcher: this.agent,
        method: outbound.method,
        headers: outbound.headers ?? {},
        body: outbound.body ?? null,
        signal: deadline,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      status = response.statusCode;
      const { body, truncated } = await readUpTo(response.body, outbound.maxResponseBytes);
      return { status, headers: joined(response.headers), body, truncated, url: url.href };
    };
    try {
      return await beforeAbort(deadline, exchanged());
    } catch (error) {
      if (deadline.aborted) throw new OutboundTimeout(outbound.timeoutMs, status);
      if (error instanceof OutboundError) throw error;
      throw new OutboundFailed(reasonOf(error), { status, cause: error });
    }
  }

  /** Syntax, scheme, port and IP literals. The URL parser has turned `0x7f.1`, `2130706433` and the like into dotted form. */
  private checkedUrl(given: string, base?: URL): URL {
    if (!URL.canParse(given, base?.href)) throw new OutboundRefused(given, 'not an absolute address');
    const url = new URL(given, base?.href);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new OutboundRefused(given, `the scheme is '${url.protocol}', only http and https are allowed`);
    }
    if (url.username !== '' || url.password !== '') {
      throw new OutboundRefused(url.host, 'user name and password are not allowed in an address');
    }
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
    if (port === 0 || DENIED_PORTS.has(port))
      throw new OutboundRefused(url.host, `port ${String(port)} is not allowed`);
    const literal = bare(url.hostname);
    if (isIP(literal) !== 0) {
      const reason = this.rules.refusal(literal);
      if (reason !== null) throw new OutboundRefused(literal, reason);
    }
    return url;
  }

  /** All of a host's addresses; one that is refused condemns the host, for the connection may try any of them. */
  private async checkedAddresses(host: string): Promise<ResolvedAddress[]> {
    let addresses: ResolvedAddress[];
    try {
      addresses = await this.resolve(host);
    } catch (error) {
      throw new OutboundUnresolved(host, error);
    }
    if (addresses.length === 0) throw new OutboundUnresolved(host);
    for (const { address } of addresses) {
      const reason = this.rules.refusal(address);
      if (reason !== null) throw new OutboundRefused(`${host} (${address})`, reason);
    }
    return addresses;
  }

  // Called by net.connect and tls.connect for host names only, never for IP literals: checkedUrl sees to those.
  private readonly lookup: LookupFunction = (host, options, callback) => {
    this.checkedAddresses(host).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, addresses);
        else if (first !== undefined) callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, [], 0),
    );
  };
}

/**
 * The guard of a service. `OUTBOUND_ALLOW`: CIDR ranges separated by commas or spaces, none by default. `OUTBOUND_DNS`: the name
 * servers to ask (`10.0.0.2,10.0.0.3:5353`) instead of the system's resolver. Throws an Error that names what cannot be read.
 */
export function guardFromEnv(env: NodeJS.ProcessEnv): OutboundGuard {
  const named = (name: string, make: (parts: string[]) => OutboundGuardOptions): OutboundGuardOptions => {
    try {
      return make((env[name] ?? '').split(/[\s,]+/).filter((part) => part !== ''));
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  };
  const { allow } = named('OUTBOUND_ALLOW', (ranges) => {
    void new AddressRules(ranges);
    return { allow: ranges };
  });
  return new OutboundGuard(
    named('OUTBOUND_DNS', (servers) => (servers.length === 0 ? { allow } : { allow, resolve: askingOf(servers) })),
  );
}

/** Both families of addresses of a name, from these servers; a family that it has none of is no failure. */
function askingOf(servers: readonly string[]): (host: string) => Promise<ResolvedAddress[]> {
  const resolver = new dns.Resolver({ timeout: CHECK_RESOLUTION_MS, tries: 2 });
  resolver.setServers(servers);
  return async (host) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
    return [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
  };
}

/** `[::1]` → `::1` */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function without(headers: Record<string, string>, dropped: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped(name)));
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

async function readUpTo(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
): Promise<{ body: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection: the rest is not read.
    if (length > maxBytes) break;
  }
  const whole = Buffer.concat(chunks);
  return { body: whole.subarray(0, maxBytes), truncated: length > maxBytes };
}

/**
 * Rejects when the signal aborts, whatever the work does: undici looks at the signal of a request that waits for its
 * connection only when that has been made or given up.
 */
async function beforeAbort<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let aborted: () => void = () => undefined;
  const abort = new Promise<never>((_, reject) => {
    aborted = () => reject(new Error('aborted'));
    if (signal.aborted) aborted();
    else signal.addEventListener('abort', aborted, { once: true });
  });
  try {
    return await Promise.race([work, abort]);
  } finally {
    signal.removeEventListener('abort', aborted);
  }
}

/** The most telling code in an error or the errors that it gathers. `ECONNREFUSED` */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return reasonOf(error.errors[0]);
  return 'message' in error ? String(error.message) : String(error);
}
