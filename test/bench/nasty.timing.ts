import { LAYOUTS, NASTY_TEXTS } from '../support/nasty-texts';

const SHORT = 10_000;
const LONG = 80_000;
/** A slow reading is tried again: the machine makes a reading slower, never faster, so that the least counts. */
const TRIES = 5;
const SLOW_MS = 50;

export interface NastyTiming {
  name: string;
  /** Milliseconds of processor time for 10 kB of UTF-8: what other processes do only adds waiting. */
  ms: number;
}

/** Each nasty text in each layout, and once in sentences at a greater length. */
export function nastyTexts(short: number, long: number): { name: string; text: string }[] {
  return Object.entries(NASTY_TEXTS).flatMap(([name, make]) => [
    ...Object.entries(LAYOUTS).map(([layout, lay]) => ({ name: `${name}, ${layout}`, text: lay(make(short)) })),
    { name: `${name}, long`, text: LAYOUTS['in sentences']?.(make(long)) ?? '' },
  ]);
}

/** What reading them takes, the slowest first. */
export function nastyTimings(read: (text: string) => unknown): NastyTiming[] {
  return nastyTexts(SHORT, LONG)
    .map(({ name, text }) => ({ name, ms: leastMs(text, read) }))
    .sort((a, b) => b.ms - a.ms);
}

function leastMs(text: string, read: (text: string) => unknown): number {
  let least = Infinity;
  for (let tried = 0; tried < TRIES && least > SLOW_MS; tried += 1) least = Math.min(least, cpuMsPer10kB(text, read));
  return least;
}

/** Milliseconds of processor time that one reading takes for 10 kB of UTF-8. */
export function cpuMsPer10kB(text: string, read: (text: string) => unknown): number {
  const before = process.cpuUsage();
  read(text);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 10) / Buffer.byteLength(text);
}
