import { type Service, SERVICES } from '@themeline/contracts';
import { isLoopback, SettingsError } from '@themeline/http';

export const GATEWAY_SETTINGS = Symbol('gateway:settings');

const MIN_ADMIN_KEY_LENGTH = 32;

export interface GatewaySettings {
  /** Origins of each service's replicas: `http://127.0.0.1:8081` */
  upstreams: Readonly<Record<Service, readonly string[]>>;
  identitySecret: string;
  /** A given admin key, registered at each start. */
  adminKey: string | undefined;
  /** Where the first admin key is written when there is none yet. */
  adminKeyFile: string | undefined;
  /** Of each key: sustained requests a minute, and how many may come at once. */
  ratePerMinute: number;
  burst: number;
  /** Of each address; whoever guesses faster is not even looked up. */
  wrongKeysPerMinute: number;
}

/**
 * Reads INGEST_URL, TIMELINE_URL, ALERTS_URL (each a list of replicas with commas), ADMIN_KEY, ADMIN_KEY_FILE, RATE_LIMIT_PER_MINUTE
 * (default 6000), RATE_LIMIT_BURST (default a minute's worth) and
 * WRONG_KEYS_PER_MINUTE (default 10).
 *
 * @throws SettingsError naming the variable
 */
export function readGatewaySettings(env: NodeJS.ProcessEnv): GatewaySettings {
  const host = env['HOST'] || '127.0.0.1';
  const adminKey = env['ADMIN_KEY'] || undefined;
  if (!isLoopback(host) && (adminKey?.length ?? 0) < MIN_ADMIN_KEY_LENGTH) {
    throw new SettingsError(
      `ADMIN_KEY must have at least ${MIN_ADMIN_KEY_LENGTH} characters, because HOST=${host} is not loopback`,
    );
  }
  const ratePerMinute = readCount(env, 'RATE_LIMIT_PER_MINUTE', 6_000);
  const [ingest, timeline, alerts] = SERVICES.map((service) => readOrigins(env, service));
  return {
    upstreams: { ingest: ingest ?? [], timeline: timeline ?? [], alerts: alerts ?? [] },
    identitySecret: env['IDENTITY_SECRET'] ?? '',
    adminKey,
    adminKeyFile: env['ADMIN_KEY_FILE'] || undefined,
    ratePerMinute,
    burst: readCount(env, 'RATE_LIMIT_BURST', ratePerMinute),
    wrongKeysPerMinute: readCount(env, 'WRONG_KEYS_PER_MINUTE', 10),
  };
}

function readOrigins(env: NodeJS.ProcessEnv, service: Service): string[] {
  const name = `${service.toUpperCase()}_URL`;
  const value = env[name] ?? '';
  const parts = value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) {
    throw new SettingsError(`${name} is not set: give the address of ${service}, such as http://127.0.0.1:8081`);
  }
  return parts.map((part) => {
    const url = URL.canParse(part) ? new URL(part) : null;
    if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') {
      throw new SettingsError(`${name} has '${part}': give http://host:port, several with commas`);
    }
    return url.origin;
  });
}

function readCount(env: NodeJS.ProcessEnv, name: string, byDefault: number): number {
  const value = env[name];
  if (value === undefined || value === '') return byDefault;
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new SettingsError(`${name}='${value}' is not a whole number of at least 1`);
}
