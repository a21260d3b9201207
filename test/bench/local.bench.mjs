#!/usr/bin/env node
// Measures the stack that `npm start` runs, in a data folder of its own: start, idle memory, the way from POST to webhook,
// and a load of reports. Loopback only, bounded, ends by itself. Prints one JSON line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const SINGLE = 200;
const LOAD = 5_000;
const PER_POST = 100;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const quantile = (values, q) =>
  values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];

async function start(folder) {
  const began = Date.now();
  const child = spawn(process.execPath, [join(root, 'deploy/local/start.mjs')], {
    env: { ...process.env, PORT: '0', THEMELINE_DATA: folder, LOG_LEVEL: 'warn', RATE_LIMIT_PER_MINUTE: '1000000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    const url = /^ready (\S+)$/m.exec(text)?.[1];
    if (url !== undefined) return { child, url, ms: Date.now() - began };
  }
  throw new Error(`not ready:\n${text}`);
}

async function stop({ child }) {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Resident and proportional set size of the Node processes together, in MB; Linux only. */
function memory(folder) {
  const { processes } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  const sums = { rss: 0, pss: 0 };
  for (const { name, pid } of processes) {
    if (name === 'mongod' || name === 'nats-server') continue;
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    sums.rss += Number(/^Rss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
    sums.pss += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
  }
  return { rss_mb: Math.round(sums.rss), pss_mb: Math.round(sums.pss) };
}

const report = (n, kind) => ({
  kind,
  headline: `Company ${n} and the decision on product ${n}`,
  date: '2025-03-01',
  entities: [`Company ${n}`],
  source: { name: 'Bench' },
  externalId: `${kind}-${n}`,
});

const folder = mkdtempSync(join(tmpdir(), 'themeline-bench-'));
const arrivals = new Map();
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    arrivals.set(JSON.parse(body).data.event.headline, performance.now());
    response.writeHead(204).end();
  });
});
try {
  await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
  const first = await start(folder);
  await stop(first);
  const stack = await start(folder);
  await pause(10_000);
  const idle = process.platform === 'linux' ? memory(folder) : null;

  const key = readFileSync(join(folder, 'admin-key'), 'utf8').trim();
  const call = async (path, body) => {
    const answer = await fetch(stack.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  await call('/v1/subscriptions', {
    name: 'bench',
    match: { kinds: ['ban'] },
    channels: [{ type: 'webhook', url: `http://127.0.0.1:${receiver.address().port}/` }],
  });

  const sent = new Map();
  for (let n = 0; n < SINGLE; n += 1) {
    const body = report(n, 'ban');
    sent.set(body.headline, performance.now());
    await call('/v1/reports', body);
    await pause(20);
  }
  for (let waited = 0; arrivals.size < SINGLE && waited < 30_000; waited += 50) await pause(50);
  if (arrivals.size < SINGLE) throw new Error(`${SINGLE - arrivals.size} webhooks did not come`);
  const latencies = [...sent].map(([headline, at]) => arrivals.get(headline) - at);

  const began = performance.now();
  for (let n = 0; n < LOAD; n += PER_POST) {
    await call(
      '/v1/reports',
      Array.from({ length: PER_POST }, (_, k) => report(n + k, 'policy')),
    );
  }
  const accepted = performance.now();
  const counted = async () =>
    (await call('/v1/events?kind=policy&facets=kind&limit=1')).facets.kind.find(({ value }) => value === 'policy')
      ?.count ?? 0;
  while ((await counted()) < LOAD && performance.now() - began < 120_000) await pause(100);
  const listed = performance.now();
  await stop(stack);
  process.stdout.write(
    `${JSON.stringify({
      first_start_ms: first.ms,
      warm_start_ms: stack.ms,
      idle,
      post_to_webhook_ms: { p50: Math.round(quantile(latencies, 0.5)), p99: Math.round(quantile(latencies, 0.99)) },
      load: {
        reports: LOAD,
        accepted_per_s: Math.round((LOAD * 1_000) / (accepted - began)),
        listed_per_s: Math.round((LOAD * 1_000) / (listed - began)),
      },
    })}\n`,
  );
} finally {
  receiver.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
