import { jetstream } from '@nats-io/jetstream';
import { consumersOf, type StreamName, STREAMS } from '@themeline/contracts';
import { ALERT_FAULT_POINTS, type FaultPoint, MESSAGE_FAULT_POINTS } from '@themeline/messaging';
import { existsSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/message-bus';
import { seededRandom } from '../support/seeded-random';
import { type Cluster, onMember, onNats, SERVICES, wipe } from './cluster';
import { faultOfStop, type KeptProcess } from './kept.process';
import { MOODS, type Receivers } from './receivers';
import type { Disturbance, TcpProxy } from './tcp.proxy';

/** From one fault to the next, in milliseconds; they may overlap. */
const GAP_MS = { least: 800, most: 3_500 };
/** Who waits on a connection that has fallen silent for ever has noticed by then. */
const SILENCE_NOTICED_MS = 45_000;

/** What a fault acts on. */
export interface Scene {
  cluster: Cluster;
  receivers: Receivers;
  /** Of the receivers that may fall ill. */
  paths: readonly string[];
  /** What there is to be found afterwards. */
  traces: Traces;
}

export class Traces {
  /** Dead letters that unreadable messages must leave. */
  deadLetters = 0;
  /** A store that was wiped may have held some that nobody had read. */
  mayLackDeadLetters = false;
  /** What went otherwise than is promised. */
  readonly broken: string[] = [];
}

/** The chance of one fault, drawn when it is planned, so that a seed gives the same. */
export interface Draw {
  pick<T>(items: readonly T[]): T;
  /** Milliseconds. */
  between(least: number, most: number): number;
}

/** Says what it is about to do, and has undone it when it resolves: with false where it could not be done. */
type Fault = (scene: Scene, draw: Draw, say: (what: string) => void) => Promise<unknown>;

const kill =
  (of: (cluster: Cluster) => readonly KeptProcess[]): Fault =>
  async ({ cluster }, draw, say) => {
    const victim = draw.pick(of(cluster));
    const downMs = draw.between(0, 4_000);
    say(`kill -9 ${victim.name}, ${seconds(downMs)} down`);
    await victim.crash(downMs);
  };

const halt =
  (of: (cluster: Cluster) => readonly KeptProcess[]): Fault =>
  async ({ cluster }, draw, say) => {
    const victim = draw.pick(of(cluster));
    const ms = draw.between(500, 12_000);
    say(`SIGSTOP ${victim.name}, ${seconds(ms)}`);
    await victim.halt(ms);
  };

const services = ({ services: all }: Cluster): KeptProcess[] => all;
const mongods = ({ mongods: all }: Cluster): KeptProcess[] => all.map(({ process }) => process);
const natsServers = ({ nats }: Cluster): KeptProcess[] => nats.map(({ process }) => process);

/** Both replicas at once: what they would read piles up. */
const haltBoth: Fault = async ({ cluster }, draw, say) => {
  const service = draw.pick(['ingest', 'timeline', 'alerts'] as const);
  const ms = draw.between(3_000, 15_000);
  say(`SIGSTOP all of ${service}, ${seconds(ms)}`);
  await Promise.all(cluster.servicesOf(service).map((one) => one.halt(ms)));
};

const dieAtPoint: Fault = async ({ cluster }, draw, say) => {
  const victim = draw.pick(cluster.services.filter(({ name }) => !name.startsWith('gateway')));
  const steps = victim.name.startsWith('alerts')
    ? [...MESSAGE_FAULT_POINTS, ...ALERT_FAULT_POINTS]
    : victim.name.startsWith('ingest')
      ? (['after-commit', 'after-publish'] as const)
      : MESSAGE_FAULT_POINTS;
  const step = draw.pick<FaultPoint>(steps);
  const file = cluster.pointFile(victim.name, step);
  await writeFile(file, '');
  const isMet = await eventually('the step to be reached', () => !existsSync(file), 8_000).catch(() => false);
  if (!isMet) await rm(file, { force: true });
  say(`kill -9 ${victim.name} ${step}${isMet ? '' : ': the step was not reached'}`);
  return isMet;
};

const stepDown: Fault = async ({ cluster }, draw, say) => {
  const primary = await cluster.primary();
  const stayAway = draw.between(4, 12);
  say(`${primary.process.name} steps down for ${String(stayAway)} s`);
  const over = cluster.troubles.begin(primary.process.name);
  await onMember(primary, (admin) =>
    admin.command({ replSetStepDown: stayAway, secondaryCatchUpPeriodSecs: 3, force: true }),
  ).catch((error: Error) => {
    // It may have lost its place to another fault at this moment, or hang up as it goes.
    say(`${primary.process.name} did not step down by itself: ${error.message}`);
  });
  over();
};

const killLeader: Fault = async ({ cluster }, draw, say) => {
  const stream = draw.pick(Object.keys(STREAMS) as StreamName[]);
  const downMs = draw.between(0, 5_000);
  const leader = await eventually('a leader', () => cluster.leaderOf(`themeline_${stream}`), 60_000);
  say(`kill -9 ${leader.process.name}, which leads ${stream}, ${seconds(downMs)} down`);
  await leader.process.crash(downMs);
};

const wipeStreams: Fault = async ({ cluster, traces }, _draw, say) => {
  say('the store of all nats-servers is lost');
  traces.mayLackDeadLetters = true;
  let down = 0;
  await Promise.all(
    cluster.nats.map(({ process, storeDir }) =>
      process.whileDown('SIGKILL', async () => {
        down += 1;
        // One that came back sooner would bring the old streams to the others.
        await eventually('all to be down', () => down === cluster.nats.length, 30_000);
        await wipe(storeDir);
      }),
    ),
  );
};

/** Whoever the proxies before the servers can tell apart. */
const anybody = (): boolean => true;
/** The services' driver says that it is Node's; the members' own does not. */
const isService = (introduction: string): boolean => introduction.includes('nodejs');
const isMember = (introduction: string): boolean => introduction !== '' && !isService(introduction);

async function disturbFor(
  { troubles }: Cluster,
  name: string,
  proxies: readonly TcpProxy[],
  disturbance: Disturbance,
  ms: number,
): Promise<void> {
  const ends = [troubles.begin(name), ...proxies.map((proxy) => proxy.disturb(disturbance))];
  await pause(ms);
  for (const end of ends) end();
}

const cutMongo: Fault = async ({ cluster }, draw, say) => {
  const member = draw.pick(cluster.mongods);
  const [of, whom] = draw.pick([
    [anybody, 'everybody'],
    [isMember, 'the other members'],
    [isService, 'the services'],
  ] as const);
  const ms = draw.between(1_000, 12_000);
  say(`${member.process.name} is cut off from ${whom}, ${seconds(ms)}`);
  await disturbFor(cluster, member.process.name, [member.proxy], { of, cut: true }, ms);
};

const cutNats: Fault = async ({ cluster }, draw, say) => {
  const member = draw.pick(cluster.nats);
  const others = cluster.nats.flatMap(({ routes }) => routes.get(member.process.name) ?? []);
  const routes = [...member.routes.values(), ...others];
  const [proxies, whom] = draw.pick([
    [[member.proxy], 'the services'],
    [routes, 'the other servers'],
    [[member.proxy, ...routes], 'everybody'],
  ] as [TcpProxy[], string][]);
  const ms = draw.between(1_000, 12_000);
  say(`${member.process.name} is cut off from ${whom}, ${seconds(ms)}`);
  await disturbFor(cluster, member.process.name, proxies, { of: anybody, cut: true }, ms);
};

const cutService: Fault = async ({ cluster }, draw, say) => {
  const { name } = draw.pick(cluster.services);
  const ms = draw.between(1_000, 12_000);
  say(`${name} is cut off from every mongod, ${seconds(ms)}`);
  await disturbFor(
    cluster,
    name,
    cluster.mongods.map(({ proxy }) => proxy),
    { of: (introduction) => introduction.includes(name), cut: true },
    ms,
  );
};

const slow: Fault = async ({ cluster }, draw, say) => {
  const { process, proxy } = draw.pick([...cluster.mongods, ...cluster.nats]);
  const delayMs = draw.between(20, 400);
  const ms = draw.between(2_000, 12_000);
  say(`${process.name} is ${String(delayMs)} ms away in each direction, ${seconds(ms)}`);
  await disturbFor(cluster, process.name, [proxy], { of: anybody, delayMs }, ms);
};

const reset: Fault = async ({ cluster }, draw, say) => {
  const { process, proxy } = draw.pick([...cluster.mongods, ...cluster.nats]);
  say(`every connection to ${process.name} is reset`);
  cluster.troubles.begin(process.name)();
  proxy.reset();
  return Promise.resolve();
};

const forget: Fault = async ({ cluster }, draw, say) => {
  const { process, proxy } = draw.pick([...cluster.mongods, ...cluster.nats]);
  say(`every connection to ${process.name} falls silent for ever`);
  const noticed = cluster.troubles.begin(process.name);
  proxy.forget();
  setTimeout(noticed, SILENCE_NOTICED_MS).unref();
  return Promise.resolve();
};

const sickenReceiver: Fault = async ({ receivers, paths }, draw, say) => {
  const path = draw.pick(paths);
  const mood = draw.pick(MOODS.filter((one) => one !== 'well'));
  const ms = draw.between(2_000, 15_000);
  say(`the receiver ${path} ${mood}, ${seconds(ms)}`);
  receivers.feel(path, mood);
  await pause(ms);
  receivers.feel(path, 'well');
};

/** What was never written by a service, or by a broken one. */
const poison: Fault = async ({ cluster, traces }, draw, say) => {
  const subject = draw.pick(['report.accepted', 'report.withdrawn', 'event.revised', 'article.submitted'] as const);
  const body = draw.pick(['{"poison":', '{"poison":true}', '\u0000\uffff']);
  const msgID = `poison-${String(draw.between(0, 2 ** 31))}`;
  await insist(cluster, `themeline.${subject}`, body, msgID);
  const readers = consumersOf(subject);
  traces.deadLetters += readers.length;
  say(`an unreadable ${subject} for ${readers.join(', ')}`);
};

/** Junk until no more is taken: of the sort that is read and changes nothing. */
const fillStream: Fault = async ({ cluster }, draw, say) => {
  const filler = (n: number): string =>
    JSON.stringify({
      reportId: `rep_filler_${String(n)}`,
      version: 1,
      reason: 'x'.repeat(FILLER_BYTES),
      at: new Date().toISOString(),
    });
  const run = draw.between(0, 2 ** 31);
  let sent = 0;
  // While no server is there to connect to, there is nothing to fill.
  const refusal = await onNats(cluster, async (connection) => {
    const client = jetstream(connection, { timeout: 5_000 });
    for (; sent < MOST_FILLERS; sent += 1) {
      const id = run + sent;
      const refused = await client
        .publish('themeline.report.withdrawn', filler(id), { msgID: `filler-${String(id)}` })
        .then(
          () => null,
          (error: Error) => error.message,
        );
      if (refused !== null && /maximum bytes/.test(refused)) return refused;
    }
    return null;
  }).catch((error: Error) => error);
  if (refusal instanceof Error) {
    say(`REPORTS was not filled: ${refusal.message}`);
    return false;
  }
  say(`REPORTS was filled with ${String(sent)} messages: ${refusal ?? 'it took them all'}`);
  return true;
};

const FILLER_BYTES = 200_000;
const MOST_FILLERS = 400;

/** Until a leader is there to take it. */
async function insist(cluster: Cluster, subject: string, body: string, msgID: string): Promise<void> {
  await eventually(
    `${msgID} to be taken`,
    () =>
      onNats(cluster, async (connection) => {
        await jetstream(connection, { timeout: 5_000 }).publish(subject, body, { msgID });
        return true;
      }),
    120_000,
  );
}

/** As an upgrade does it: one after another, each after the last is back. */
const rollingRestart: Fault = async ({ cluster, traces }, draw, say) => {
  const service = draw.pick(SERVICES);
  say(`all of ${service} are restarted in turn`);
  await restartInTurn(cluster.servicesOf(service), { cluster, traces }, draw);
};

const upgrade: Fault = async ({ cluster, traces }, draw, say) => {
  say('each service is restarted in turn');
  // Of each the first, and then of each the second, as two rollouts side by side would meet.
  await Promise.all(SERVICES.map((service) => restartInTurn(cluster.servicesOf(service), { cluster, traces }, draw)));
};

async function restartInTurn(
  replicas: readonly KeptProcess[],
  { cluster, traces }: Pick<Scene, 'cluster' | 'traces'>,
  draw: Draw,
): Promise<void> {
  for (const one of replicas) {
    await cluster.live(one.name);
    const fault = faultOfStop(await one.whileDown('SIGTERM', () => Promise.resolve()));
    if (fault !== null) traces.broken.push(fault);
    await cluster.live(one.name);
    await pause(draw.between(1_000, 3_000));
  }
}

const jumpClock: Fault = async ({ cluster }, draw, say) => {
  const { name } = draw.pick(cluster.services);
  // Beyond that nobody would accept its signatures.
  const offset = draw.between(10_000, 240_000) * draw.pick([-1, 1]);
  const ms = draw.between(2_000, 12_000);
  say(`the clock of ${name} jumps by ${seconds(offset)}, and back after ${seconds(ms)}`);
  const over = cluster.troubles.begin(name);
  await writeFile(cluster.clockFile(name), String(offset));
  await pause(ms);
  await rm(cluster.clockFile(name), { force: true });
  over();
};

const jumpServerClock: Fault = async ({ cluster }, draw, say) => {
  if (cluster.noServerClocks !== null) {
    say(`server-clock is not run: ${cluster.noServerClocks}`);
    return false;
  }
  const { name } = draw.pick(cluster.mongods).process;
  const offset = Math.round(draw.between(10, 240)) * draw.pick([-1, 1]);
  const ms = draw.between(4_000, 12_000);
  say(`the clock of ${name} jumps by ${seconds(offset * 1_000)}, and back after ${seconds(ms)}`);
  const over = cluster.troubles.begin(name);
  await writeFile(cluster.clockFile(name), `${offset < 0 ? '' : '+'}${String(offset)}\n`);
  await pause(ms);
  await writeFile(cluster.clockFile(name), '+0\n');
  over();
  return true;
};

const fillDisk: Fault = async ({ cluster }, draw, say) => {
  if (cluster.disks.length === 0) {
    say('disk-full is not run: this user may not mount a file system');
    return false;
  }
  const { process, path, isWell } = draw.pick(cluster.disks);
  const ms = draw.between(1_000, 8_000);
  say(`the disk of ${process.name} is full, ${seconds(ms)}`);
  const over = cluster.troubles.begin(process.name);
  const filler = join(path, 'filler');
  const fillUp = setInterval(() => void fill(filler), 200);
  await pause(ms);
  clearInterval(fillUp);
  await rm(filler, { force: true });
  // What its operator would do.
  if (!(await eventually('it to recover', isWell, 5_000).catch(() => false))) await process.crash(0);
  over();
  return true;
};

/** To the last byte. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'a').catch(() => null);
  for (let size = 1024 * 1024; file !== null && size >= 512;) {
    const isWritten = await file.write(Buffer.alloc(size)).then(
      ({ bytesWritten }) => bytesWritten === size,
      () => false,
    );
    if (!isWritten) size /= 2;
  }
  await file?.close();
}

export const FAULTS = {
  'kill-service': kill(services),
  'kill-mongod': kill(mongods),
  'kill-nats': kill(natsServers),
  'kill-at-step': dieAtPoint,
  'halt-service': halt(services),
  'halt-mongod': halt(mongods),
  'halt-nats': halt(natsServers),
  'slow-consumer': haltBoth,
  'mongo-step-down': stepDown,
  'nats-leader': killLeader,
  'nats-wipe': wipeStreams,
  'cut-mongod': cutMongo,
  'cut-nats': cutNats,
  'cut-service': cutService,
  latency: slow,
  reset,
  'silent-links': forget,
  receiver: sickenReceiver,
  poison,
  'stream-full': fillStream,
  'rolling-restart': rollingRestart,
  upgrade,
  clock: jumpClock,
  'server-clock': jumpServerClock,
  'disk-full': fillDisk,
} as const satisfies Record<string, Fault>;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];
/** All but the one that makes the database slow from the start of a run to its end. */
export const USUAL_KINDS = FAULT_KINDS.filter((kind) => kind !== 'server-clock');

export interface PlannedFault {
  /** Milliseconds after the begin of the load. */
  at: number;
  kind: FaultKind;
  seed: number;
}

/** The same faults for the same seed: each kind once in a random order, and again until the time is filled. */
export function planFaults(seed: number, forSeconds: number, kinds: readonly FaultKind[]): PlannedFault[] {
  const random = seededRandom(seed ^ 0x5eed);
  const planned: PlannedFault[] = [];
  let bag: FaultKind[] = [];
  for (let at = GAP_MS.least; at < forSeconds * 1_000; at += GAP_MS.least + random() * (GAP_MS.most - GAP_MS.least)) {
    if (bag.length === 0) bag = [...kinds];
    const [kind] = bag.splice(Math.floor(random() * bag.length), 1);
    if (kind !== undefined) planned.push({ at, kind, seed: Math.floor(random() * 2 ** 31) });
  }
  return planned;
}

/** Answers when the last one is undone, with those that could be done. */
export async function inject(
  planned: readonly PlannedFault[],
  scene: Scene,
  say: (what: string) => void,
): Promise<FaultKind[]> {
  const startedAt = performance.now();
  const running: Promise<FaultKind | null>[] = [];
  for (const { at, kind, seed } of planned) {
    const wait = at - (performance.now() - startedAt);
    if (wait > 0) await pause(wait);
    const fault: Fault = FAULTS[kind];
    const one = fault(scene, drawFrom(seed), say).then((done) => (done === false ? null : kind));
    one.catch(() => undefined);
    running.push(one);
  }
  return (await Promise.all(running)).filter((kind) => kind !== null);
}

function drawFrom(seed: number): Draw {
  const random = seededRandom(seed);
  return {
    pick(items) {
      const item = items[Math.floor(random() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    between: (least, most) => Math.round(least + random() * (most - least)),
  };
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
