import { connect, type NatsConnection } from '@nats-io/transport-node';

/** NATS is not configured. */
export class NatsConfigurationError extends Error {
  readonly code = 'nats-configuration';
}

/**
 * Connects to NATS_URL, one address or several with commas: `nats://user:password@host:4222` or `nats://token@host:4222`.
 * Waits for the server as long as it takes, and reconnects for ever: a service outlives any restart of its broker.
 */
export async function connectToNats(name: string, url = process.env.NATS_URL): Promise<NatsConnection> {
  if (url === undefined || url === '') {
    throw new NatsConfigurationError('NATS_URL is not set; give the address of a nats-server with JetStream');
  }
  const servers = url.split(',').map((part) => {
    if (!URL.canParse(part)) throw new NatsConfigurationError(`NATS_URL is not an address: '${part}'`);
    return new URL(part);
  });
  const [first] = servers;
  const user = decodeURIComponent(first?.username ?? '');
  const pass = decodeURIComponent(first?.password ?? '');
  return connect({
    name,
    servers: servers.map((server) => server.host),
    ...(pass !== '' ? { user, pass } : user !== '' ? { token: user } : {}),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    pingInterval: 20_000,
    timeout: 5_000,
    // An error with its stack for each message that is sent, should it fail: more than the rest of sending it costs.
    noAsyncTraces: true,
  });
}
