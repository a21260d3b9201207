import { absoluteRule } from './absolute.rules';
import { makeApproximateRule } from './approximate.rules';
import { boundAfter, gatheringSpan, makeBoundRule, makeRangeRule } from './bound.rules';
import { clockRule, nextDayPartRule, overnightRule } from './clock.rules';
import { isComparedWith } from './comparison';
import { makeCountRule } from './count.rules';
import { countryOfLocale } from './country.lexicon';
import { dayNumber, isCalendarDay } from './day.math';
import { dayWordRule, makeWeekendOfRule, weekendRule } from './day.rules';
import { centuryRule, decadeRule } from './decade.rules';
import { durationRule } from './duration.rules';
import { type EdtfDate, EdtfError, type Precision, tryParseEdtf } from './edtf.parser';
import { feastRule } from './feast.rules';
import { spanInDays } from './interval.algebra';
import { namedMonthRule } from './named.month';
import { isoWeekRule, makeNthRule, makeWeekOfRule } from './nth.rules';
import { makePartRule, makePartSpanRule, yearEdgeRule } from './part.rules';
import { endingRule } from './period.ends';
import { periodListRule } from './period.list';
import { fiscalRule, periodRule, seasonRule } from './period.rules';
import { type Reading, type Rule, Scan } from './phrase.scan';
import { signRule } from './sign.rules';
import { soFarRule, unitAfterNextRule, unitRule } from './unit.rules';
import { makeWeekdayOfCountRule } from './week.day.rules';
import { countedWeekdayRule, dayOfMonthRule, weekdayRule, weekThenDayRule } from './weekday.rules';

/** A date in a text: `text.slice(start, end) === phrase` (UTF-16 indices). */
export interface DatePhrase {
  phrase: string;
  start: number;
  end: number;
  edtf: string;
  lower: string | null;
  upper: string | null;
  precision: Precision;
  /** id of the rule that made it, `comparison.…` for what a figure is compared with: "the same period last year" */
  rule: string;
}

export interface FindDatesOptions {
  /** the day from which relative phrases count: 'YYYY-MM-DD' or RFC 3339, of which the written day is taken */
  reference: string;
  /** decides 12/03/2025: 'en-US' (default) reads December 3, other locales 12 March */
  locale?: string;
}

/** Rules may nest this deep: by · the end of · the first week of · next month. */
const DEEPEST = 4;

/** A date that carries no bound: what "by", "early" or "between" can stand before. */
const readDate: Rule = (scan, at, depth) => {
  if (depth > DEEPEST) return null;
  const known = scan.recall(at, depth);
  if (known !== undefined) return known;
  const reading = longest(RULES_OF.get(scan.word(at)) ?? dateRules, scan, at, depth);
  scan.keep(at, depth, reading);
  return reading;
};

const countRule = makeCountRule(readDate);
const weekdayOfCountRule = makeWeekdayOfCountRule(countRule);

const dateRules: readonly Rule[] = [
  absoluteRule,
  feastRule,
  periodListRule,
  periodRule,
  seasonRule,
  endingRule,
  fiscalRule,
  decadeRule,
  centuryRule,
  dayWordRule,
  nextDayPartRule,
  overnightRule,
  unitAfterNextRule,
  unitRule,
  countRule,
  clockRule,
  soFarRule,
  weekendRule,
  weekdayRule,
  countedWeekdayRule,
  weekThenDayRule,
  weekdayOfCountRule,
  dayOfMonthRule,
  yearEdgeRule,
  isoWeekRule,
  makePartSpanRule(readDate),
  makeNthRule(readDate),
  makeWeekOfRule(readDate),
  makeWeekendOfRule(readDate),
  makePartRule(readDate),
  leadWord(readDate),
];

/** The rules that can begin with the commonest words of all; with any other word all of them are asked. */
const RULES_OF: ReadonlyMap<string, readonly Rule[]> = new Map([
  ...'the by until till through no not before after since from as between about around up'
    .split(' ')
    .map((word): [string, readonly Rule[]] => [word, []]),
  ['in', [countRule, weekdayOfCountRule, clockRule]],
  ...['a', 'an'].map((word): [string, readonly Rule[]] => [
    word,
    [endingRule, fiscalRule, countRule, weekdayOfCountRule, clockRule, countedWeekdayRule, weekThenDayRule],
  ]),
]);

const phraseRules: readonly Rule[] = [
  makeRangeRule(readDate),
  makeBoundRule(readDate),
  makeApproximateRule(readDate),
  durationRule,
  signRule,
  readDate,
];

/** "last", "next", "this" and hedges belong to the phrase of a weekday, month, season or feast that looks back at them. */
function leadWord(read: Rule): Rule {
  return (scan, at, depth) => {
    if (!scan.is(at, 'last', 'next', 'this', 'past', 'coming', 'upcoming', 'following', 'previous')) return null;
    const target = namedMonthRule(scan, at) ?? read(scan, at + 1, depth + 1);
    if (!target) return null;
    return /^(weekday\.(plain|of-week|numbered)|period\.season|feast|relative\.weekend|relative\.named-month)/.test(
      target.rule,
    )
      ? target
      : null;
  };
}

function longest(rules: readonly Rule[], scan: Scan, at: number, depth: number): Reading | null {
  if (!scan.mayStart(at)) return null;
  let best: Reading | null = null;
  for (const rule of rules) {
    const reading = rule(scan, at, depth);
    if (reading && (!best || reading.end > best.end) && tryParseEdtf(reading.edtf)) best = reading;
  }
  return best;
}

/**
 * The date phrases of a text, resolved against the reference day, in text order and without overlaps. Vague words (recently, now) give nothing.
 * `findDates('It opened last month.', {reference: '2025-04-20'})` → `[{phrase: 'last month', start: 10, end: 20, edtf: '2025-03', …}]`.
 * Throws EdtfError only for a reference that is no day.
 */
export function findDates(text: string, options: FindDatesOptions): DatePhrase[] {
  const scan = newScan(text, options, false);
  const found: DatePhrase[] = [];
  for (let at = 0; at < scan.tokens.length;) {
    const read = readPhrase(scan, at);
    const date = read && tryParseEdtf(read.edtf);
    if (!read || !date) {
      at += 1;
      continue;
    }
    found.push(phraseOf(text, scan, at, read, date));
    remember(scan, at, read, date);
    at = read.end;
  }
  return found;
}

/** A phrase that is one date and nothing else; a preposition before it does no harm: "in March 2024", "last week". Null otherwise. */
export function resolvePhrase(phrase: string, options: FindDatesOptions): DatePhrase | null {
  const scan = newScan(phrase, options, true);
  let last = scan.tokens.length;
  while (last > 0 && scan.is(last - 1, '.', ',', ';', ':', '!', '?', ')')) last -= 1;
  for (const at of scan.is(0, 'in', 'on', 'at', 'during', 'over', 'for', 'the') ? [0, 1, 2] : [0]) {
    const read = at < last ? readPhrase(scan, at) : null;
    const date = read && tryParseEdtf(read.edtf);
    if (read && date && read.end >= last) return phraseOf(phrase, scan, at, read, date);
  }
  return null;
}

function newScan(text: string, { reference, locale = 'en-US' }: FindDatesOptions, alone: boolean): Scan {
  const day = /^(\d{4})-(\d\d)-(\d\d)(?=$|[T ])/.exec(reference);
  if (!day || !tryParseEdtf(day[0]) || !isCalendarDay(Number(day[1]), Number(day[2]), Number(day[3]))) {
    throw new EdtfError(reference, 'the reference must be a day, YYYY-MM-DD, or an RFC 3339 time');
  }
  return new Scan(text, day[0], locale.toLowerCase() !== 'en-us', alone, countryOfLocale(locale));
}

function readPhrase(scan: Scan, at: number): Reading | null {
  const article = scan.is(at, 'the') ? 1 : 0;
  const token = scan.token(at);
  if (!token || token.kind === 'break') return null;
  const plain = longest(phraseRules, scan, at, 0);
  const behind = article ? longest(phraseRules, scan, at + 1, 0) : null;
  const read = behind && behind.end > (plain?.end ?? 0) ? behind : plain;
  if (!read || !closed(scan, read.end) || (article && /^absolute\.(year|month)/.test(read.rule))) return null;
  return compared(scan, at, gatheringSpan(scan, at, boundAfter(scan, read)));
}

/** What a figure is compared with says so in its rule; the "from" before it is then no beginning. */
function compared(scan: Scan, at: number, read: Reading): Reading {
  if (scan.alone || /^(?:comparison|duration)\./.test(read.rule)) return read;
  const bound = /^bound\.from/.test(read.rule);
  return isComparedWith(scan, bound ? at + 1 : at) ? { ...read, rule: 'comparison.figure' } : read;
}

/** A phrase does not end inside a word or number: "2024b", "Monday.com". */
function closed(scan: Scan, end: number): boolean {
  const next = scan.token(end);
  const last = scan.token(end - 1);
  if (!next?.glued || last?.kind === 'mark') return true;
  if (next.kind === 'number') return false;
  return next.kind !== 'word' || next.lower === 't';
}

function phraseOf(text: string, scan: Scan, at: number, read: Reading, date: EdtfDate): DatePhrase {
  const start = scan.token(at)?.start ?? 0;
  const end = scan.token(read.end - 1)?.end ?? start;
  const { edtf, lower, upper, precision } = date;
  return { phrase: text.slice(start, end), start, end, edtf, lower, upper, precision, rule: read.rule };
}

/** Keeps what later phrases count from: "a week later", and the year of "In 2018, … in March". */
function remember(scan: Scan, at: number, read: Reading, date: EdtfDate): void {
  scan.forget();
  if (!read.rule.startsWith('comparison.') && !read.rule.startsWith('duration.')) scan.anchor = date;
  const sentence = scan.token(at)?.sentence ?? 0;
  if (/^relative\.(?:next|this|last)$/.test(read.rule) && date.lower !== null && spanInDays(date) === 7)
    scan.namedWeek = { sentence, monday: dayNumber(date.lower) };
  if (read.rule === 'absolute.year') {
    const opening =
      scan.token(at - 1)?.sentence !== scan.token(at)?.sentence ||
      (scan.is(at - 1, 'in') && scan.token(at - 2)?.sentence !== scan.token(at)?.sentence);
    if (opening) scan.frame = { sentence, year: Number(date.edtf.slice(0, 4)) };
  }
}
