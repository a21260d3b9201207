import { connect } from '@nats-io/transport-node';
import { STREAMS, type StreamName } from '@themeline/contracts';
import { IDENTITY_HEADER, signIdentity } from '@themeline/http';
import { Topology, topologyOptionsFromEnv } from '@themeline/messaging';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'undici';
import { freePort } from '../../deploy/local/servers';
import type { TestServers } from '../support/real-servers';
import { repositoryRoot } from '../support/stack';

const SECRET = 'a secret of the benchmark, thirty-two characters';
const READY_MS = 120_000;
const HOUR_MS = 3_600_000;

/** The timeline service in a process of its own, as it is built. */
export interface TimelineProcess {
  /** The whole answer read, on a connection that is kept, and not parsed. Throws for anything but 200. */
  get(path: string, params: Record<string, string>): Promise<{ took: number; text: string }>;
  /** Bytes as they come, none of them kept. Throws for anything but 200. */
  stream(path: string, params: Record<string, string>): AsyncIterable<Buffer>;
  /** Resident memory; NaN where /proc is not there. */
  residentMb(): number;
  stop(): Promise<void>;
}

export async function startTimeline(servers: TestServers, prefix: string): Promise<TimelineProcess> {
  const script = join(repositoryRoot, 'dist/apps/timeline/src/main.js');
  if (!existsSync(script)) throw new Error('the service is not built: npx nest build timeline');
  await makeStreams(servers.natsUrl, prefix);
  const port = await freePort();
  const child = spawn(process.execPath, [script], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      MONGODB_URI: servers.mongoUri,
      NATS_URL: servers.natsUrl,
      NATS_NAMESPACE: prefix,
      DB_PREFIX: prefix,
      IDENTITY_SECRET: SECRET,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const client = new Client(`http://127.0.0.1:${String(port)}`);
  const identity = signIdentity(
    { keyId: 'bench', owner: 'bench', scopes: ['read'], expiresAt: Date.now() + 6 * HOUR_MS },
    SECRET,
  );
  const get: TimelineProcess['get'] = async (path, params) => {
    const query = new URLSearchParams(params).toString();
    const began = performance.now();
    const answer = await client.request({
      method: 'GET',
      path: `${path}?${query}`,
      headers: { [IDENTITY_HEADER]: identity },
    });
    const text = await answer.body.text();
    const took = performance.now() - began;
    if (answer.statusCode !== 200) throw new Error(`${path}?${query}: ${String(answer.statusCode)} ${text}`);
    return { took, text };
  };
  async function* stream(path: string, params: Record<string, string>): AsyncGenerator<Buffer, void, undefined> {
    const query = new URLSearchParams(params).toString();
    const answer = await client.request({
      method: 'GET',
      path: `${path}?${query}`,
      headers: { [IDENTITY_HEADER]: identity },
      bodyTimeout: READY_MS,
    });
    if (answer.statusCode !== 200) throw new Error(`${path}?${query}: ${String(answer.statusCode)}`);
    yield* answer.body as AsyncIterable<Buffer>;
  }
  for (const until = Date.now() + READY_MS; ;) {
    try {
      await get('/v1/events', { limit: '1' });
      break;
    } catch (error) {
      if (Date.now() > until || child.exitCode !== null) throw error;
      await pause(200);
    }
  }
  return {
    get,
    stream,
    residentMb: () => {
      try {
        const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
        return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? NaN) / 1024);
      } catch {
        return NaN;
      }
    },
    stop: async () => {
      await client.close();
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** As the services that own them make them: without them the service would look for them, under leases, twice a second. */
async function makeStreams(natsUrl: string, namespace: string): Promise<void> {
  const connection = await connect({ servers: natsUrl });
  try {
    const topology = new Topology(connection, topologyOptionsFromEnv({ NATS_NAMESPACE: namespace }));
    for (const stream of Object.keys(STREAMS) as StreamName[]) await topology.ensureStream(stream);
  } finally {
    await connection.close();
  }
}
