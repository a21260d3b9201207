/** Every way in which a request to an address that a user gave can fail. `code` is stable. */
export abstract class OutboundError extends Error {
  abstract readonly code: string;
  /** The HTTP status, where the head of the answer had arrived before it failed. */
  readonly status: number | null;

  constructor(message: string, options: { status?: number | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.status = options.status ?? null;
  }
}

/** The address must not be reached from here. `127.0.0.1 is refused: loopback` */
export class OutboundRefused extends OutboundError {
  override readonly code = 'outbound-refused';

  constructor(
    /** The host, address or port as given or resolved: `hooks.example (10.0.0.8)` */
    readonly address: string,
    readonly reason: string,
  ) {
    super(`${address} is refused: ${reason}`);
  }
}

/** No complete answer within the time allowed, which covers resolution, connection, head and body. */
export class OutboundTimeout extends OutboundError {
  override readonly code = 'outbound-timeout';

  constructor(
    readonly timeoutMs: number,
    status?: number,
  ) {
    super(`no complete answer within ${String(timeoutMs)} ms`, { status });
  }
}

/** The host name has no address. */
export class OutboundUnresolved extends OutboundError {
  override readonly code = 'outbound-unresolved';

  constructor(
    readonly host: string,
    cause?: unknown,
  ) {
    super(`no address for the host '${host}'`, { cause });
  }
}

/** The connection could not be made, or broke. `reason` is the system's or undici's code: `ECONNREFUSED` */
export class OutboundFailed extends OutboundError {
  override readonly code = 'outbound-failed';

  constructor(
    readonly reason: string,
    options: { status?: number | undefined; cause?: unknown } = {},
  ) {
    super(`the connection failed: ${reason}`, options);
  }
}

/** More redirects than allowed. */
export class OutboundTooManyRedirects extends OutboundError {
  override readonly code = 'outbound-redirects';

  constructor(
    readonly url: string,
    readonly maxRedirects: number,
  ) {
    super(`more than ${String(maxRedirects)} redirects, the last from ${url}`);
  }
}
