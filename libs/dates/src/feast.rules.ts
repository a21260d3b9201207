import { dayNumber, dayOfNumber } from './day.math';
import { tryParseEdtf } from './edtf.parser';
import { FEAST_STARTS, FEASTS } from './feast.calendar';
import { nearestByTense, nearestYear, type Reading, type Scan } from './phrase.scan';
import { statedYear, yearToken } from './year.reader';

/** "Easter Island", "Christmas tree" */
const NO_FEAST = new Set(
  `island islands egg eggs tree trees party parties shopping sales season seasons gift gifts card cards carol carols bunny agreement accord market markets movie movies
  special present presents song songs costume costumes resolution resolutions rally parade bowl decorations lights jumper music period trading collection`.split(
    /\s+/,
  ),
);

interface Named {
  name: string;
  end: number;
}

/** "Christmas 2024", "the Lunar New Year", "last Easter", "this year's Two Sessions", "Thanksgiving of next year", "first day of the Lunar New Year" */
export function feastRule(scan: Scan, at: number): Reading | null {
  const yearBefore =
    possessiveYear(scan, at) ??
    (yearToken(scan, at) && FEAST_STARTS.has(scan.word(at + 1)) ? { value: Number(scan.word(at)), end: at + 1 } : null);
  const counted = yearBefore ? null : countedDay(scan, at);
  const start = yearBefore?.end ?? counted?.end ?? at;
  const named = feastName(scan, start);
  if (!named) return null;
  const inYear = FEASTS.get(named.name);
  if (!inYear || !feastStands(scan, start, named)) return null;
  const of = scan.is(named.end, 'of', 'in', ',') ? named.end + 1 : named.end;
  const yearAfter = yearBefore ? null : (yearToken(scan, of) ?? statedYear(scan, named.end));
  const year = yearBefore ?? yearAfter;
  const base = year ? inYear(year.value) : withoutYear(scan, start, named.end, inYear);
  if (base === null) return null;
  const edtf = counted ? shifted(base, counted.days) : base;
  return edtf === null || !tryParseEdtf(edtf) ? null : { end: yearAfter?.end ?? named.end, edtf, rule: 'feast' };
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
  const longest = FEAST_STARTS.get(scan.word(at)) ?? ordinalStart(scan, at);
  if (longest === undefined) return null;
  let name = '';
  let end = at;
  let best: Named | null = null;
  for (let words = 0; words < longest && end < at + 3 * longest;) {
    const token = scan.token(end);
    if (!token || token.kind === 'break') break;
    if (scan.isApostrophe(end) && scan.glued(end)) {
      end += 1;
      if (scan.is(end, 's') && scan.glued(end)) {
        name += 's';
        end += 1;
        best = FEASTS.has(name) ? { name, end } : best;
      }
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

const ordinalStart = (scan: Scan, at: number): number | undefined =>
  scan.is(at, '4') ? FEAST_STARTS.get('4th') : undefined;

function feastStands(scan: Scan, at: number, named: Named): boolean {
  if (scan.alone) return true;
  const next = scan.skipPossessive(named.end);
  if (NO_FEAST.has(scan.word(next))) return false;
  if (named.name === 'easter' || named.name === 'christmas' || named.name === 'epiphany')
    return (
      scan.token(at)?.capital === true ||
      scan.is(at - 1, 'last', 'next', 'this', 'previous', 'before', 'after', 'by', 'since', 'on', 'at')
    );
  return scan.token(at)?.capital === true || scan.token(at)?.kind === 'number' || named.name.includes(' ');
}

function withoutYear(scan: Scan, at: number, end: number, inYear: (year: number) => string | null): string | null {
  const reference = dayOfNumber(scan.reference);
  switch (scan.word(at - 1)) {
    case 'last':
    case 'previous':
      return nearestYear(scan, false, (year) => only(inYear(year), (upper) => upper < reference));
    case 'next':
    case 'upcoming':
    case 'coming':
      return nearestYear(scan, true, (year) => only(inYear(year), (_, lower) => lower > reference));
    case 'this':
      return inYear(scan.year);
    default:
      return nearestByTense(scan, at, end, inYear);
  }
}

function only(edtf: string | null, test: (upper: string, lower: string) => boolean): string | null {
  const date = edtf === null ? null : tryParseEdtf(edtf);
  return date?.lower && date.upper && test(date.upper, date.lower) ? date.edtf : null;
}

function shifted(edtf: string, days: number): string | null {
  return edtf.length === 10 ? dayOfNumber(dayNumber(edtf) + days) : null;
}
