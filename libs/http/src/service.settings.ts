import { isIP } from 'node:net';

/** What the environment lacks, in one line that names the variable and the mend. */
export class SettingsError extends Error {
  readonly code = 'settings';

  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}

export const MIN_SECRET_LENGTH = 32;

export interface ServiceSettings {
  host: string;
  port: number;
  identitySecret: string;
  /** Proxies whose X-Forwarded-For is believed (TRUST_PROXY: addresses or CIDR ranges with commas); none by default. */
  trustProxy: string | false;
  /** Sites whose scripts may call (CORS_ORIGINS: origins with commas, or `*`); none by default. Only the gateway is called by any. */
  corsOrigins: string[];
}

/**
 * Reads HOST (default 127.0.0.1), PORT (default 8080; 0 picks a free one), IDENTITY_SECRET, TRUST_PROXY and CORS_ORIGINS. On an address that others can
 * reach, a secret of at least 32 characters and credentials in MONGODB_URI and NATS_URL are asked for.
 *
 * @throws SettingsError
 */
export function readServiceSettings(env: NodeJS.ProcessEnv): ServiceSettings {
  const host = env['HOST'] || '127.0.0.1';
  const identitySecret = env['IDENTITY_SECRET'] ?? '';
  if (identitySecret === '') {
    throw new SettingsError(
      'IDENTITY_SECRET is not set: give the gateway and all services the same random 32 characters',
    );
  }
  if (!isLoopback(host)) {
    if (identitySecret.length < MIN_SECRET_LENGTH) {
      throw new SettingsError(
        `IDENTITY_SECRET is too short for HOST=${host}: use at least ${MIN_SECRET_LENGTH} random characters`,
      );
    }
    for (const name of ['MONGODB_URI', 'NATS_URL']) {
      const address = env[name];
      if (address !== undefined && address !== '' && !hasCredentials(address)) {
        throw new SettingsError(
          `${name} has no credentials, and HOST=${host} is not loopback: put user and password into the address`,
        );
      }
    }
  }
  return {
    host,
    port: readPort(env['PORT']),
    identitySecret,
    trustProxy: env['TRUST_PROXY'] || false,
    corsOrigins: readOrigins(env['CORS_ORIGINS']),
  };
}

/** `127.0.0.1`, `::1` and `localhost`: nobody else can reach a service there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** `nats://user:password@…`, `nats://token@…`, `mongodb://user:password@a,b/?…`, or an X.509 certificate instead. */
function hasCredentials(addresses: string): boolean {
  if (/[?&]authMechanism=MONGODB-(X509|AWS|OIDC)/i.test(addresses)) return true;
  const list = /^mongodb/.test(addresses) ? [addresses] : addresses.split(',');
  return list.every((address) => /^[a-z+]+:\/\/[^/@\s]+@/i.test(address.trim()));
}

function readOrigins(value: string | undefined): string[] {
  const origins = (value ?? '').split(',').flatMap((part) => part.trim() || []);
  for (const origin of origins) {
    if (origin !== '*' && (!URL.canParse(origin) || new URL(origin).origin !== origin)) {
      throw new SettingsError(`CORS_ORIGINS has '${origin}': give origins such as https://desk.example.org, or *`);
    }
  }
  return origins;
}

function readPort(value: string | undefined): number {
  if (value === undefined || value === '') return 8080;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new SettingsError(`PORT='${value}' is not a port: use 1 to 65535, or 0 for any free one`);
}
