import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../support/seeded-random';
import type { Cluster } from './cluster';
import type { KeptProcess } from './kept.process';
import type { Receivers } from './receivers';

/** From one fault to the next, in milliseconds; they may overlap. */
const GAP_MS = { least: 800, most: 3_500 };

/** What a fault acts on. */
export interface Scene {
  cluster: Cluster;
  receivers: Receivers;
  /** Of the receivers that may fall ill. */
  paths: readonly string[];
}

/** The chance of one fault, drawn when it is planned, so that a seed gives the same. */
export interface Draw {
  pick<T>(items: readonly T[]): T;
  /** Milliseconds. */
  between(least: number, most: number): number;
}

/** Says what it is about to do, and has undone it when it resolves. */
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

export const FAULTS = {
  'kill-service': kill(services),
  'kill-mongod': kill(mongods),
  'kill-nats': kill(natsServers),
  'halt-service': halt(services),
  'halt-mongod': halt(mongods),
  'halt-nats': halt(natsServers),
} as const satisfies Record<string, Fault>;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];

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

/** Answers when the last one is undone. One that cannot be done is an error of the run. */
export async function inject(
  planned: readonly PlannedFault[],
  scene: Scene,
  say: (at: number, what: string) => void,
): Promise<void> {
  const startedAt = performance.now();
  const running: Promise<unknown>[] = [];
  for (const { at, kind, seed } of planned) {
    const wait = at - (performance.now() - startedAt);
    if (wait > 0) await pause(wait);
    const one = FAULTS[kind](scene, drawFrom(seed), (what) => say(performance.now() - startedAt, what));
    one.catch(() => undefined);
    running.push(one);
  }
  await Promise.all(running);
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
