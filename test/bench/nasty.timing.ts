// Run by itself it prints, as JSON, what `nastyTimings` returns: the fuzz test measures so, outside its own runner's slow sandbox.
import { extractReports } from '@themeline/extraction';
import { loadVocabulary } from '@themeline/vocabulary';
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

/** For each nasty text in each layout, and once in sentences at eight times the length; the slowest first. */
export function nastyTimings(read: (text: string) => unknown): NastyTiming[] {
  return Object.entries(NASTY_TEXTS)
    .flatMap(([name, make]) => [
      ...Object.entries(LAYOUTS).map(([layout, lay]) => ({ name: `${name}, ${layout}`, text: lay(make(SHORT)) })),
      { name: `${name}, long`, text: LAYOUTS['in sentences']?.(make(LONG)) ?? '' },
    ])
    .map(({ name, text }) => ({ name, ms: msPer10kB(text, read) }))
    .sort((a, b) => b.ms - a.ms);
}

function msPer10kB(text: string, read: (text: string) => unknown): number {
  let least = Infinity;
  for (let tried = 0; tried < TRIES && least > SLOW_MS; tried += 1) {
    const before = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, ((user + system) * 10) / Math.max(SHORT, Buffer.byteLength(text)));
  }
  return least;
}

if (require.main === module) {
  const vocabulary = loadVocabulary();
  const timings = nastyTimings((text) =>
    extractReports({ title: null, text, publishedAt: '2025-03-07T00:00:00Z' }, vocabulary),
  );
  process.stdout.write(JSON.stringify(timings));
}
