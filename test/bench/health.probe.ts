import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { IDENTITY_HEADER, signIdentity } from '@themeline/http';
import { startTestServers, type TestServers } from '../support/real-servers';
import { repositoryRoot } from '../support/stack';

const IDLE_MS = 10_000;
const SENDERS = 2;
const POLL_MS = 250;
const SECRET = 'a secret of the benchmark, thirty-two characters';
const LONGEST_MS = 300_000;

export interface HealthFigures {
  idleP99Ms: number;
  readingP99Ms: number;
  readingMaxMs: number;
  /** Health calls made while articles were read. */
  calls: number;
  articles: number;
  /** From the first article's POST until the last was read. */
  seconds: number;
  /** Resident memory of the ingest service, idle and at its highest; null where /proc is not there. */
  idleMb: number | null;
  peakMb: number | null;
}

/** Starts the ingest service with servers of its own, sends it `texts` as articles, and calls its health meanwhile. */
export async function probeHealth(texts: readonly string[]): Promise<HealthFigures> {
  const servers = await startTestServers();
  const service = await startIngest(servers);
  try {
    await pause(2_000);
    const idleMb = residentMb(service.pid);
    const idle = await callHealth(service.url, pause(IDLE_MS));

    const began = performance.now();
    let peakMb = idleMb;
    const work = send(service.url, texts).then(async () => {
      while ((await readSoFar(service.url)) < texts.length) {
        if (performance.now() - began > LONGEST_MS) throw new Error('the articles were not read in time');
        peakMb = peakMb === null ? null : Math.max(peakMb, residentMb(service.pid) ?? 0);
        await pause(POLL_MS);
      }
    });
    const reading = await callHealth(service.url, work);
    return {
      idleP99Ms: quantile(idle, 0.99),
      readingP99Ms: quantile(reading, 0.99),
      readingMaxMs: Math.max(...reading),
      calls: reading.length,
      articles: texts.length,
      seconds: (performance.now() - began) / 1_000,
      idleMb,
      peakMb,
    };
  } finally {
    await service.stop();
    await servers.stop();
  }
}

interface Service {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** The compiled service, as the launcher starts it. */
async function startIngest({ mongoUri, natsUrl }: TestServers): Promise<Service> {
  const child = spawn(process.execPath, [join(repositoryRoot, 'dist/apps/ingest/src/main.js')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      PORT: '0',
      HOST: '127.0.0.1',
      IDENTITY_SECRET: SECRET,
      MONGODB_URI: mongoUri,
      NATS_URL: natsUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let printed = '';
  const url = await new Promise<string>((resolveUrl, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed = `${printed}${chunk.toString()}`.slice(-10_000);
      const found = /listens on (http:[^\s"]+)/.exec(printed)?.[1];
      if (found !== undefined) resolveUrl(found);
    });
    void ended.then(() => reject(new Error(`the service ended before it listened:\n${printed}`)));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, pid: child.pid ?? 0, stop };
}

async function send(url: string, texts: readonly string[]): Promise<void> {
  const rest = texts.map((text, n) => ({ title: `Bulletin ${String(n + 1)}`, text, publishedAt: '2025-03-07' }));
  const identity = signIdentity(
    { keyId: 'bench', owner: 'bench', scopes: ['ingest'], expiresAt: Date.now() + LONGEST_MS },
    SECRET,
  );
  const sender = async (): Promise<void> => {
    for (let article = rest.shift(); article !== undefined; article = rest.shift()) {
      const answer = await fetch(`${url}/v1/articles`, {
        method: 'POST',
        headers: { [IDENTITY_HEADER]: identity, 'content-type': 'application/json' },
        body: JSON.stringify(article),
      });
      const body = await answer.text();
      if (answer.status === 503) {
        rest.push(article);
        await pause(Number(answer.headers.get('retry-after')) * 1_000);
      } else if (answer.status !== 202) throw new Error(`POST /v1/articles answered ${String(answer.status)}: ${body}`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function readSoFar(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return [...metrics.matchAll(/^themeline_articles_read_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}

/** Milliseconds that each call took, from now until `until` is over. */
async function callHealth(url: string, until: Promise<unknown>): Promise<number[]> {
  const caller = spawn(process.execPath, [join(__dirname, 'health.caller.mjs'), `${url}/health/live`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  caller.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  try {
    await until;
  } finally {
    caller.stdin.end();
    await once(caller, 'close');
  }
  return JSON.parse(printed) as number[];
}

function residentMb(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
}
