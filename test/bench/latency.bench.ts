// How long a report takes to the webhook, and how fast a burst goes out. `npm run bench:latency` starts the stack that `npm start` runs
// in a data folder of its own, on loopback; prints a line for each phase and, last, all of it as JSON. Bounded, ends by itself.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { Agent, request } from 'undici';
import {
  type CounterDocument,
  SUBSCRIPTION_CHANGES,
  type SubscriptionDocument,
} from '../../apps/alerts/src/alerts.collections';
import { shardOf } from '../../apps/alerts/src/subscriptions/subscriptions.repository';
import { inventedName } from '../support/happenings';
import { Stack } from '../support/stack';
import { BareChain } from './bare.chain';

const HELP = `npm run bench:latency [-- options]   From POST to the webhook's arrival, beside a bare chain of the same commits and publishes.

  --rate N           reports a second (50)
  --seconds N        how long they come (60); the bare chain runs a third of it before and after
  --subscriptions N  of which exactly one matches each report (10000)
  --no-burst         leave out the burst of two alerts for each subscription to one endpoint
  --help             this text`;

const options = process.argv.slice(2);
const numberOf = (name: string, otherwise: number): number => {
  const at = options.indexOf(name);
  return at < 0 ? otherwise : Number(options[at + 1]);
};
if (options.includes('--help')) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}

const PER_SECOND = numberOf('--rate', 50);
const SECONDS = numberOf('--seconds', 60);
const SUBSCRIPTIONS = numberOf('--subscriptions', 10_000);
const WARM_UP_SECONDS = 5;
const BURST_REPORTS = 2;
/** In every subscription's match beside its own company. */
const EVERYONE = 'Everyone Holding';
const ARRIVAL_PATIENCE_MS = 120_000;

const agent = new Agent({ connections: 64 });

/** Takes everything, quickly; remembers when each message came and how often. */
class Endpoint {
  readonly arrivals = new Map<string, number>();
  readonly times = new Map<string, number>();
  firstAt = 0;
  lastAt = 0;
  private readonly server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      this.lastAt = performance.now();
      if (this.firstAt === 0) this.firstAt = this.lastAt;
      response.writeHead(204).end();
      const text = Buffer.concat(chunks).toString();
      const id = incoming.headers['webhook-id'];
      const key = typeof id === 'string' ? id : text;
      this.times.set(key, (this.times.get(key) ?? 0) + 1);
      const name = typeof id === 'string' ? headlineOf(text) : text;
      if (!this.arrivals.has(name)) this.arrivals.set(name, this.lastAt);
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/`;
  }

  get repeated(): number {
    return [...this.times.values()].filter((count) => count > 1).length;
  }

  /** Waits for `count` different messages; answers how many did not come. */
  async waitFor(count: number): Promise<number> {
    const deadline = performance.now() + ARRIVAL_PATIENCE_MS;
    while (this.times.size < count && performance.now() < deadline) await pause(20);
    return count - this.times.size;
  }

  reset(): void {
    this.arrivals.clear();
    this.times.clear();
    this.firstAt = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const headlineOf = (text: string): string =>
  (JSON.parse(text) as { data: { event: { headline: string } } }).data.event.headline;

/** Sends at a steady pace whatever the answers take; answers with each one's time on the way in ms. */
async function pace(
  endpoint: Endpoint,
  seconds: number,
  send: (n: number) => Promise<string>,
): Promise<{ latencies: number[]; lost: number; repeated: number }> {
  endpoint.reset();
  const sent = new Map<string, number>();
  const began = performance.now();
  const sending: Promise<void>[] = [];
  for (let n = 0; n < seconds * PER_SECOND; n += 1) {
    const due = began + (n * 1_000) / PER_SECOND;
    await pause(Math.max(0, due - performance.now()));
    const at = performance.now();
    sending.push(
      send(n).then((name) => {
        sent.set(name, at);
      }),
    );
  }
  await Promise.all(sending);
  const lost = await endpoint.waitFor(sent.size);
  const latencies = [...sent].flatMap(([name, at]) => {
    const arrived = endpoint.arrivals.get(name);
    return arrived === undefined ? [] : [arrived - at];
  });
  return { latencies, lost, repeated: endpoint.repeated };
}

const subscription = (n: number) => ({
  name: `subscription ${String(n)}`,
  match: { entities: [inventedName(n), EVERYONE] },
});

/** Files the one subscription that was made by the API another `count - 1` times: one by one they would take minutes. */
async function multiply(mongo: string, count: number): Promise<void> {
  const client = await MongoClient.connect(mongo);
  try {
    const db = client.db('themeline_alerts');
    const subscriptions = db.collection<SubscriptionDocument>('subscriptions');
    const first = await subscriptions.findOne();
    if (first === null) throw new Error('the first subscription is not stored');
    const others = Array.from({ length: count - 1 }, (_, index): SubscriptionDocument => {
      const { name, match } = subscription(index + 1);
      const _id = `sub_bench${String(index + 1)}`;
      const changeNumber = first.changeNumber + index + 1;
      const channels = first.channels.map((channel) => ({ ...channel, id: `chn_bench${String(index + 1)}` }));
      return { ...first, _id, name, channels, match: { ...first.match, ...match }, shard: shardOf(_id), changeNumber };
    });
    if (others.length > 0) await subscriptions.insertMany(others);
    await db
      .collection<CounterDocument>('counters')
      .updateOne({ _id: SUBSCRIPTION_CHANGES }, { $inc: { value: count - 1 } });
  } finally {
    await client.close();
  }
}

const quantile = (values: readonly number[], q: number): number =>
  Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length * q)] ?? NaN);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const endpoint = new Endpoint();
  const url = await endpoint.open();
  const stack = await Stack.start({ timeoutMs: 180_000 });
  try {
    const post = async (path: string, body: object): Promise<void> => {
      const answer = await request(stack.url + path, {
        dispatcher: agent,
        method: 'POST',
        headers: { authorization: `Bearer ${stack.adminKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${path}: ${String(answer.statusCode)} ${text}`);
    };
    const mongo = `mongodb://${new URL(await stack.urlOf('mongod')).host}/?replicaSet=rs0`;
    await post('/v1/subscriptions', { ...subscription(0), channels: [{ type: 'webhook', url }] });
    await multiply(mongo, SUBSCRIPTIONS);

    let reports = 0;
    const report = async (
      entities: string[] = [inventedName(reports % SUBSCRIPTIONS)],
      date = '2025-03-01',
    ): Promise<string> => {
      const n = reports++;
      const headline = `${entities[0] ?? ''} and the ${inventedName(SUBSCRIPTIONS + n)} decision`;
      await post('/v1/reports', {
        kind: 'ban',
        headline,
        date,
        entities,
        source: { name: 'Bench' },
        externalId: `bench-${String(n)}`,
      });
      return headline;
    };
    await pace(endpoint, WARM_UP_SECONDS, () => report());

    const chain = await BareChain.open(mongo, `nats://${new URL(await stack.urlOf('nats-server')).host}`, url);
    let links = 0;
    const link = async (): Promise<string> => {
      const name = `link ${String(links++)}`;
      await chain.send(name);
      return name;
    };
    await pace(endpoint, 1, link);
    const before = await pace(endpoint, SECONDS / 3, link);
    const way = await pace(endpoint, SECONDS, () => report());
    const after = await pace(endpoint, SECONDS / 3, link);
    await chain.close();
    const bare = [...before.latencies, ...after.latencies];
    const figures = {
      bare_chain_ms: { p50: quantile(bare, 0.5), p99: quantile(bare, 0.99) },
      post_to_webhook_ms: { p50: quantile(way.latencies, 0.5), p99: quantile(way.latencies, 0.99) },
      times_the_bare_chain: Number((quantile(way.latencies, 0.5) / quantile(bare, 0.5)).toFixed(2)),
      lost: way.lost,
      repeated: way.repeated,
    };
    say(JSON.stringify(figures));

    let burst = null;
    if (!options.includes('--no-burst')) {
      endpoint.reset();
      // Of different days, lest they be one happening.
      for (let n = 1; n <= BURST_REPORTS; n += 1) await report([EVERYONE], `2025-0${String(n)}-15`);
      const lost = await endpoint.waitFor(SUBSCRIPTIONS * BURST_REPORTS);
      const seconds = (endpoint.lastAt - endpoint.firstAt) / 1_000;
      burst = {
        alerts: SUBSCRIPTIONS * BURST_REPORTS,
        deliveries_per_s: Math.round(endpoint.times.size / seconds),
        lost,
        repeated: endpoint.repeated,
      };
      say(JSON.stringify(burst));
    }
    say(JSON.stringify({ subscriptions: SUBSCRIPTIONS, seconds: SECONDS, ...figures, burst }));
  } finally {
    await stack.stop();
    await endpoint.close();
    await agent.close();
  }
}

void main();
