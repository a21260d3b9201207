import type { Scan } from './phrase.scan';

const ZONE = /^(?:local|eastern|pacific|central|mountain|european|british|time|sharp|standard|daylight)$/;

/** Where the day of a time begins: "5 p.m. ET on ⟨Friday⟩", "17:00 ⟨30 April⟩", "close of business on ⟨Friday⟩"; null where no time stands. */
export function dayOfTime(scan: Scan, at: number): number | null {
  let next = timeEnd(scan, at);
  if (next === null) return null;
  while (isZone(scan, next)) next += 1;
  if (scan.is(next, ',')) next += 1;
  return scan.is(next, 'on') ? next + 1 : next;
}

/** A time of day is more than a number: it has minutes, "a.m." or "o'clock". */
function timeEnd(scan: Scan, at: number): number | null {
  if (scan.is(at, 'noon', 'midnight', 'midday')) return at + 1;
  if (scan.is(at, 'close') && scan.is(at + 1, 'of') && scan.is(at + 2, 'business', 'play', 'trading', 'trade'))
    return at + 3;
  if (!/^\d{1,2}$/.test(scan.word(at))) return null;
  const minutes = scan.is(at + 1, ':', '.') && scan.glued(at + 2) && /^\d\d$/.test(scan.word(at + 2));
  const next = minutes ? at + 3 : at + 1;
  if (scan.is(next, 'am', 'pm')) return next + 1;
  if (scan.is(next, 'a', 'p') && scan.is(next + 1, '.') && scan.is(next + 2, 'm'))
    return scan.is(next + 3, '.') && scan.glued(next + 3) ? next + 4 : next + 3;
  if (scan.is(next, 'o') && scan.isApostrophe(next + 1) && scan.is(next + 2, 'clock')) return next + 3;
  return minutes && scan.is(at + 1, ':') ? next : null;
}

/** "ET", "GMT", "local time" */
function isZone(scan: Scan, at: number): boolean {
  const token = scan.token(at);
  return token?.kind === 'word' && (/^[A-Z]{2,4}$/.test(token.text) || ZONE.test(token.lower));
}
