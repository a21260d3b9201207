import { weekendWith } from './calendar.units';
import { countriesNear } from './country.reader';
import { dayNumber, dayOfNumber } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import { FEAST_STARTS, FEASTS } from './feast.calendar';
import type { Reading, Scan } from './phrase.scan';
import { nearestByTense, nearestYear } from './year.choice';
import { statedYear, yearToken } from './year.reader';

/** "Easter Island", "Christmas tree" */
const NO_FEAST = new Set(
  `island islands egg eggs tree trees party parties shopping sales season seasons gift gifts card cards carol carols bunny agreement accord market markets movie movies
  special present presents song songs costume costumes resolution resolutions rally parade bowl decorations lights jumper music period trading collection`.split(
    /\s+/,
  ),
);
/** Names that mean a feast only behind one of these words, being common ones: "before New Year", not "in the New Year". */
const BEFORE_COMMON = ['before', 'after', 'by', 'since', 'until', 'at', 'over'] as const;
const BEFORE_LOWER_CASE = [...BEFORE_COMMON, 'last', 'next', 'this', 'previous', 'on'] as const;

/** Names that mean nothing else, however they are written. */
const LOWER_CASE = new Set(
  'thanksgiving halloween hanukkah diwali deepavali ramadan juneteenth nowruz chuseok seollal'.split(' '),
);

interface Named {
  name: string;
  end: number;
}

/** "Christmas 2024", "the Lunar New Year", "last Easter", "this year's Two Sessions", "first day of the Lunar New Year", "Labor Day weekend" */
export function feastRule(scan: Scan, at: number): Reading | null {
  const yearBefore =
    possessiveYear(scan, at) ??
    (yearToken(scan, at) && FEAST_STARTS.has(scan.word(at + 1)) ? { value: Number(scan.word(at)), end: at + 1 } : null);
  const counted = yearBefore ? null : countedDay(scan, at);
  const start = yearBefore?.end ?? counted?.end ?? at;
  const named = feastName(scan, start);
  const feast = named && FEASTS.get(named.name);
  if (!named || !feast) return null;
  const dated = yearBefore ?? yearToken(scan, scan.is(named.end, 'of', 'in', ',') ? named.end + 1 : named.end);
  if (!dated && !feastStands(scan, start, named)) return null;
  const countries = countriesNear(scan, at);
  const inYear = (year: number): readonly string[] => feast(year, countries);
  const weekend = counted === null && scan.is(named.end, 'weekend');
  const nameEnd = weekend ? named.end + 1 : named.end;
  const of = scan.is(nameEnd, 'of', 'in', ',') ? nameEnd + 1 : nameEnd;
  const yearAfter = yearBefore ? null : (yearToken(scan, of) ?? statedYear(scan, nameEnd));
  const year = yearBefore ?? yearAfter;
  const base = year ? inYear(year.value)[0] : withoutYear(scan, start, nameEnd, inYear);
  if (!base) return null;
  const edtf = counted ? movedBy(base, counted.days) : weekend ? weekendWith(base) : base;
  if (edtf === null || !tryParseEdtf(edtf)) return null;
  return { end: yearAfter?.end ?? nameEnd, edtf, rule: weekend ? 'feast.weekend' : 'feast' };
}

/** "this year's", "last year's" */
function possessiveYear(scan: Scan, at: number): { value: number; end: number } | null {
  const year = statedYear(scan, at);
  if (!year || !scan.isPossessive(year.end)) return null;
  const end = scan.skipPossessive(year.end);
  return { value: year.value, end: scan.is(end, 'annual') ? end + 1 : end };
}

/** "first day of the", "second day of", "eve of" */
function countedDay(scan: Scan, at: number): { days: number; end: number } | null {
  if (scan.is(at, 'eve') && scan.is(at + 1, 'of')) return { days: -1, end: scan.is(at + 2, 'the') ? at + 3 : at + 2 };
  const ordinal = scan.ordinal(at);
  if (!ordinal || !scan.is(ordinal.end, 'day') || !scan.is(ordinal.end + 1, 'of')) return null;
  const end = ordinal.end + 2;
  return { days: ordinal.value - 1, end: scan.is(end, 'the') ? end + 1 : end };
}

function feastName(scan: Scan, at: number): Named | null {
  const longest = FEAST_STARTS.get(scan.word(at)) ?? numberStart(scan, at);
  if (longest === undefined) return null;
  let name = '';
  let end = at;
  let best: Named | null = null;
  for (let words = 0; words < longest && end < at + 3 * longest;) {
    const token = scan.token(end);
    if (!token || token.kind === 'break') break;
    if (scan.isApostrophe(end) && scan.glued(end)) {
      const possessive = scan.is(end + 1, 's') && scan.glued(end + 1);
      if (!possessive && !name.endsWith('s')) break;
      end += possessive ? 2 : 1;
      if (possessive) name += 's';
      if (FEASTS.has(name)) best = { name, end };
      continue;
    }
    if (scan.isDash(end) || (scan.is(end, '.') && scan.glued(end))) {
      end += 1;
      continue;
    }
    const suffix = token.glued && /^(st|nd|rd|th)$/.test(token.lower);
    name = name === '' || suffix ? name + token.lower : `${name} ${token.lower}`;
    if (!suffix) words += 1;
    end += 1;
    if (FEASTS.has(name)) best = { name, end };
  }
  return best;
}

/** "4th of July" is two tokens where the name has one word. */
const numberStart = (scan: Scan, at: number): number | undefined =>
  scan.is(at, '4') ? FEAST_STARTS.get('4th') : undefined;

function feastStands(scan: Scan, at: number, named: Named): boolean {
  if (scan.alone) return true;
  if (scan.is(at - 1, 'every', 'each')) return false;
  const next = scan.skipPossessive(named.end);
  if (NO_FEAST.has(scan.word(next))) return false;
  const capital = scan.token(at)?.capital === true;
  if (named.name === 'new year') return scan.is(at - 1, ...BEFORE_COMMON);
  if (named.name === 'easter' || named.name === 'christmas' || named.name === 'epiphany')
    return capital || scan.is(at - 1, ...BEFORE_LOWER_CASE);
  return capital || scan.token(at)?.kind === 'number' || named.name.includes(' ') || LOWER_CASE.has(named.name);
}

function withoutYear(scan: Scan, at: number, end: number, inYear: (year: number) => readonly string[]): string | null {
  const reference = dayOfNumber(scan.reference);
  switch (scan.word(at - 1)) {
    case 'last':
    case 'previous':
      return nearestYear(scan, false, (year) =>
        inYear(year).filter((edtf) => (upperOf(edtf) ?? reference) < reference),
      );
    case 'next':
    case 'upcoming':
    case 'coming':
      return nearestYear(scan, true, (year) => inYear(year).filter((edtf) => edtf.slice(0, 10) > reference));
    case 'this':
      return inYear(scan.year)[0] ?? null;
    default:
      return nearestByTense(scan, at, end, inYear);
  }
}

const upperOf = (edtf: string): string | null => tryParseEdtf(edtf)?.upper ?? null;

/** A day, or the first of a span of days, moved; a `~` stays. */
const movedBy = (edtf: string, days: number): string | null =>
  /^\d{4}-\d\d-\d\d/.test(edtf) ? dayOfNumber(dayNumber(edtf) + days) + (edtf.endsWith('~') ? '~' : '') : null;
