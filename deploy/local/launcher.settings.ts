import { resolve } from 'node:path';
import type { Environment } from './binaries.finder';
import { StackError } from './stack.error';

export const SERVICES = ['ingest', 'timeline', 'alerts'] as const;
export type ServiceName = (typeof SERVICES)[number] | 'gateway';

const DEFAULT_PORT = 8080;
const MOST_REPLICAS = 8;
/** Where webhooks and feeds may go beside public addresses: loopback, since its only user is the one at the keyboard. */
const LOCAL_OUTBOUND = '127.0.0.0/8,::1/128';

/** What the environment and the command line ask of the local stack. */
export interface Settings {
  /** Absolute. */
  readonly dataFolder: string;
  /** Of the gateway; 0 for any free one. */
  readonly port: number;
  readonly replicas: Readonly<Record<(typeof SERVICES)[number], number>>;
  /** Given: used as it is, and no mongod is started. */
  readonly mongodbUri: string | undefined;
  readonly natsUrl: string | undefined;
  readonly outboundAllow: string;
  readonly demo: boolean;
}

export const USAGE = `Usage: npm start [-- --demo | --help]

Starts Themeline on this machine: a MongoDB, a NATS server, the three services and the gateway, on loopback only.
Prints \`ready http://127.0.0.1:8080\` when everything is up. Ctrl-C stops it; the data stays.

  --demo   load four sample articles, make a sample subscription and show its alerts as they come
  --help   this text

Environment
  PORT             port of the gateway (default ${DEFAULT_PORT}, 0 for any free one)
  THEMELINE_DATA   data folder: databases, streams, logs, admin-key (default .themeline)
  THEMELINE_CACHE  where obtained servers are kept (default ~/.cache/themeline)
  REPLICAS         more processes of a service, for instance timeline=2,alerts=2
  MONGODB_URI      use this MongoDB replica set, start none
  NATS_URL         use this NATS server with JetStream, start none
  MONGOD_BIN       the mongod to run (6.0 to 8.x) instead of one on PATH, in the cache or downloaded
  NATS_SERVER_BIN  the nats-server to run (2.10 to 2.15), likewise
  NATS_SYNC        when JetStream writes through to the disk: always, or a time (default 10s)
  OUTBOUND_ALLOW   private addresses that webhooks and feeds may reach (default ${LOCAL_OUTBOUND})
  SMTP_URL         the server that sends mail, smtp://user:password@host:587 (none: no e-mail channels)
  SMTP_FROM        the sender, for instance 'Themeline <alerts@example.org>'
  PUBLIC_URL       the gateway's address in mails (default http://127.0.0.1:PORT)
`;

/**
 * Reads the settings; paths are taken from `root`.
 *
 * @throws StackError `invalid-setting` naming the value: `PORT='http' is not a port: …`
 */
export function readSettings(argv: readonly string[], env: Environment, root: string): Settings {
  const unknown = argv.find((argument) => argument !== '--demo');
  if (unknown !== undefined)
    throw new StackError('invalid-setting', `no such option: '${unknown}': see npm start -- --help`);
  return {
    dataFolder: resolve(root, env.THEMELINE_DATA || '.themeline'),
    port: readPort(env.PORT),
    replicas: readReplicas(env.REPLICAS),
    mongodbUri: env.MONGODB_URI || undefined,
    natsUrl: env.NATS_URL || undefined,
    outboundAllow: env.OUTBOUND_ALLOW ?? LOCAL_OUTBOUND,
    demo: argv.includes('--demo'),
  };
}

function readPort(value: string | undefined): number {
  if (value === undefined || value === '') return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new StackError('invalid-setting', `PORT='${value}' is not a port: use 1 to 65535, or 0 for any free one`);
}

/** `timeline=2,alerts=2` → `{ingest: 1, timeline: 2, alerts: 2}` */
function readReplicas(value: string | undefined): Settings['replicas'] {
  const replicas: Record<(typeof SERVICES)[number], number> = { ingest: 1, timeline: 1, alerts: 1 };
  for (const part of (value ?? '').split(',').filter((text) => text.trim() !== '')) {
    const [, name, count] = /^\s*([a-z]+)\s*=\s*(\d{1,2})\s*$/.exec(part) ?? [];
    const service = SERVICES.find((known) => known === name);
    if (service === undefined || Number(count) < 1 || Number(count) > MOST_REPLICAS) {
      throw new StackError(
        'invalid-setting',
        `REPLICAS has '${part.trim()}': use ${SERVICES.join(', ')} with 1 to ${MOST_REPLICAS}, as in timeline=2,alerts=2`,
      );
    }
    replicas[service] = Number(count);
  }
  return replicas;
}
