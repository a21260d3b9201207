import {
  APOSTROPHES,
  CARDINALS,
  DASHES,
  MONTHS,
  ORDINALS,
  ORDINAL_SUFFIXES,
  type Unit,
  UNITS,
} from './calendar.lexicon';
import {
  addMonths,
  calendarDay,
  dayNumber,
  dayOfNumber,
  daysInMonth,
  mondayOf,
  monthText,
  numberOf,
  yearText,
} from './day.math';
import type { Country } from './country.reader';
import { type EdtfDate, tryParseEdtf } from './edtf.parser';
import { type Tense, TenseContext } from './tense.context';
import { type Token, tokenize } from './phrase.tokens';

/** What a rule makes of the tokens from its start up to `end` (exclusive). */
export interface Reading {
  end: number;
  edtf: string;
  rule: string;
}

/** Reads a date at a token; `depth` bounds the nesting of rules ("by the end of the first week of …"). */
export type Rule = (scan: Scan, at: number, depth: number) => Reading | null;

export interface Measured {
  value: number;
  end: number;
}

/** A text in the course of being read: its tokens, the reference day, and the last date that it named. */
export class Scan {
  readonly tokens: readonly Token[];
  readonly reference: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** the last date named before the place that is being read */
  anchor: EdtfDate | null = null;
  /** sentence of the last date that names a year alone ("In 2018, …"), which later months of the sentence belong to */
  frame: { sentence: number; year: number } | null = null;
  private readonly tenses: TenseContext;

  constructor(
    text: string,
    referenceDay: string,
    readonly dayFirst: boolean,
    /** the text is nothing but a date, which then needs no context */
    readonly alone: boolean,
    /** where the text comes from, as far as its locale says so */
    readonly home: Country | null = null,
  ) {
    this.tokens = tokenize(text);
    this.reference = dayNumber(referenceDay);
    const { year, month, day } = calendarDay(this.reference);
    this.year = year;
    this.month = month;
    this.day = day;
    this.tenses = new TenseContext(this.tokens);
  }

  token(at: number): Token | undefined {
    return this.tokens[at];
  }

  /** The token in lower case, '' beyond the ends. */
  word(at: number): string {
    return this.tokens[at]?.lower ?? '';
  }

  is(at: number, ...candidates: string[]): boolean {
    const word = this.word(at);
    return word !== '' && candidates.includes(word);
  }

  glued(at: number): boolean {
    return this.tokens[at]?.glued ?? false;
  }

  /** The tense of the verbs around; "by", "until" and "starting" look ahead where no verb says otherwise. */
  tense(from: number, to: number): Tense {
    const tense = this.tenses.at(from, to);
    if (tense === 'past' || tense === 'future') return tense;
    if (this.is(from - 1, 'effective') && tense === 'present') return tense;
    for (let at = from - 1; at >= from - 4; at -= 1) {
      if (this.is(at, 'by', 'until', 'till', 'through', 'starting', 'effective')) return 'future';
      if (!this.is(at, 'the', 'end', 'of', 'early', 'mid', 'late', '-', 'close', 'middle', 'start', 'next')) break;
    }
    return tense;
  }

  /** past unless the verbs say otherwise */
  looksAhead(from: number, to: number): boolean {
    return this.tense(from, to) === 'future';
  }

  isDash(at: number): boolean {
    return DASHES.has(this.word(at));
  }

  isApostrophe(at: number): boolean {
    return APOSTROPHES.has(this.word(at));
  }

  /** Skips "'s", so that `year's` and `year` read alike. */
  skipPossessive(at: number): number {
    return this.isApostrophe(at) && this.glued(at) && this.word(at + 1) === 's' && this.glued(at + 1) ? at + 2 : at;
  }

  isPossessive(at: number): boolean {
    return this.skipPossessive(at) !== at;
  }

  /** Digits that are a number of their own: no part of 2,000, 1.5, GPT-4, $20 or V3. */
  isPlainNumber(at: number): boolean {
    const token = this.tokens[at];
    if (token?.kind !== 'number') return false;
    const before = this.tokens[at - 1];
    if (before && token.glued) {
      if (before.kind !== 'mark' || '$€£¥₹#_&=@'.includes(before.text)) return false;
      const further = this.tokens[at - 2];
      if ('.,'.includes(before.text) && further?.kind === 'number' && before.glued) return false;
    }
    if (before && !token.glued && '$€£¥₹'.includes(before.text)) return false;
    const after = this.tokens[at + 1];
    if (after?.glued && '.,'.includes(after.text)) {
      const further = this.tokens[at + 2];
      if (further?.kind === 'number' && further.glued) return false;
    }
    return !(after?.glued && '%°_='.includes(after.text));
  }

  /** "three", "12", "a", "a couple of", "twenty-one" */
  count(at: number): Measured | null {
    const word = this.word(at);
    if (word === 'a' || word === 'an' || word === 'one') {
      if (this.is(at + 1, 'couple')) return { value: 2, end: this.is(at + 2, 'of') ? at + 3 : at + 2 };
      if (this.is(at + 1, 'dozen')) return { value: 12, end: at + 2 };
      return { value: 1, end: at + 1 };
    }
    if (word === 'couple') return { value: 2, end: this.is(at + 1, 'of') ? at + 2 : at + 1 };
    if (this.isPlainNumber(at)) {
      const value = Number(word);
      return word.length <= 3 && value > 0 ? { value, end: at + 1 } : null;
    }
    return this.cardinal(at);
  }

  private cardinal(at: number): Measured | null {
    const value = CARDINALS.get(this.word(at));
    if (value === undefined) return null;
    if (value < 20) return { value, end: at + 1 };
    const next = this.isDash(at + 1) ? at + 2 : at + 1;
    const ones = CARDINALS.get(this.word(next));
    return ones !== undefined && ones < 10 ? { value: value + ones, end: next + 1 } : { value, end: at + 1 };
  }

  /** "21st", "first", "twenty-first" */
  ordinal(at: number): Measured | null {
    const token = this.tokens[at];
    if (token?.kind === 'number') {
      const suffixed = ORDINAL_SUFFIXES.has(this.word(at + 1)) && this.glued(at + 1);
      return suffixed && token.text.length <= 2 ? { value: Number(token.text), end: at + 2 } : null;
    }
    const word = this.word(at);
    const value = ORDINALS.get(word);
    if (value !== undefined) return { value, end: at + 1 };
    if (word !== 'twenty' && word !== 'thirty') return null;
    const next = this.isDash(at + 1) ? at + 2 : at + 1;
    const ones = ORDINALS.get(this.word(next));
    return ones !== undefined && ones < 10 ? { value: (word === 'twenty' ? 20 : 30) + ones, end: next + 1 } : null;
  }

  unit(at: number): Unit | null {
    return UNITS.get(this.word(at)) ?? null;
  }

  /** A month's name, its full stop included: "Sept." */
  monthName(at: number): Measured | null {
    const value = MONTHS.get(this.word(at));
    if (value === undefined) return null;
    const abbreviated = this.word(at).length <= 4 && this.word(at + 1) === '.' && this.glued(at + 1);
    return {
      value,
      end:
        abbreviated && this.word(at) !== 'may' && this.word(at) !== 'june' && this.word(at) !== 'july'
          ? at + 2
          : at + 1,
    };
  }
}

/** The calendar unit that holds day `n`, moved by `shift` units, as EDTF: ('month', 2025-04-20, -1) → '2025-03' */
export function calendarUnit(unit: Unit, n: number, shift: number): string {
  const { year, month } = calendarDay(n);
  switch (unit) {
    case 'day':
      return dayOfNumber(n + shift);
    case 'week':
      return daySpan(mondayOf(n) + 7 * shift, mondayOf(n) + 7 * shift + 6);
    case 'fortnight':
      return calendarUnit('week', n, 2 * shift);
    case 'month': {
      const moved = calendarDay(addMonths(numberOf(year, month, 1), shift));
      return monthText(moved.year, moved.month);
    }
    case 'quarter': {
      const index = year * 4 + Math.floor((month - 1) / 3) + shift;
      return groupText(Math.floor(index / 4), 33 + (((index % 4) + 4) % 4));
    }
    case 'half': {
      const index = year * 2 + (month > 6 ? 1 : 0) + shift;
      return groupText(Math.floor(index / 2), 40 + (((index % 2) + 2) % 2));
    }
    case 'year':
      return yearText(year + shift);
    case 'decade':
      return `${yearText(Math.floor(year / 10) * 10 + 10 * shift).slice(0, 3)}X`;
  }
}

/** Moves a day by units without widening it: ('month', 31 January, 1) → 28 February */
export function shiftDay(unit: Unit, n: number, count: number): number {
  switch (unit) {
    case 'day':
      return n + count;
    case 'week':
      return n + 7 * count;
    case 'fortnight':
      return n + 14 * count;
    case 'month':
      return addMonths(n, count);
    case 'quarter':
      return addMonths(n, 3 * count);
    case 'half':
      return addMonths(n, 6 * count);
    case 'year':
      return addMonths(n, 12 * count);
    case 'decade':
      return addMonths(n, 120 * count);
  }
}

export function groupText(year: number, code: number): string {
  return `${yearText(year)}-${code}`;
}

/** The days `lower` to `upper` as EDTF, a single day or a whole month in the short form. */
export function daySpan(lower: number, upper: number): string {
  if (lower === upper) return dayOfNumber(lower);
  const from = calendarDay(lower);
  const to = calendarDay(upper);
  const wholeMonth =
    from.year === to.year && from.month === to.month && from.day === 1 && to.day === daysInMonth(to.year, to.month);
  return wholeMonth ? monthText(from.year, from.month) : `${dayOfNumber(lower)}/${dayOfNumber(upper)}`;
}

/** The months `first` to `last`, counted from January of `year` = 0; a single one in the short form. */
export function monthSpan(year: number, first: number, last: number): string {
  const month = (index: number): string => monthText(year + Math.floor(index / 12), (((index % 12) + 12) % 12) + 1);
  return first === last ? month(first) : `${month(first)}/${month(last)}`;
}

export function fromSide(edtf: string): string {
  return edtf.split('/')[0] ?? edtf;
}

export function toSide(edtf: string): string {
  return edtf.split('/')[1] ?? edtf;
}

/** One interval from the start of the first to the end of the second; null when that is none. */
export function joinDates(first: string, second: string): string | null {
  const left = fromSide(first);
  const right = toSide(second);
  if (left === '..' || right === '..') return null;
  if (first === second) return first;
  const joined = `${left}/${right}`;
  return tryParseEdtf(joined) ? joined : null;
}

/** Years in which a date without a year may fall; wide enough for 29 February. */
const NEIGHBOURS = 8;

/** A date in a year as EDTF, null where it does not exist (29 February); a feast of a lunar calendar can come twice in one year, in order. */
type InYear = (year: number) => string | readonly string[] | null;

/** A date without a year: for the past the latest one that had begun by the reference day, for the future the first that is not over on it. */
export function nearestYear(scan: Scan, ahead: boolean, inYear: InYear): string | null {
  const reference = dayOfNumber(scan.reference);
  for (let distance = -1; distance <= NEIGHBOURS; distance += 1) {
    const found = inYear(ahead ? scan.year + distance : scan.year - distance) ?? [];
    const inOrder = typeof found === 'string' ? [found] : ahead ? found : [...found].reverse();
    for (const edtf of inOrder) {
      const date = tryParseEdtf(edtf);
      if (!date || date.lower === null || date.upper === null) continue;
      if (ahead ? date.upper >= reference : date.lower <= reference) return date.edtf;
    }
  }
  return null;
}

/** {@link nearestYear} with the direction taken from the verbs around the tokens. */
export function nearestByTense(scan: Scan, from: number, to: number, inYear: InYear): string | null {
  const tense = scan.tense(from, to);
  const past = tense === 'future' ? null : nearestYear(scan, false, inYear);
  if (tense === 'past' || tense === 'unknown') return past;
  const future = nearestYear(scan, true, inYear);
  if (tense === 'future' || past === null) return future;
  // "The deadline is June 17" means the nearer of the two
  const startOf = (edtf: string): number => dayNumber(tryParseEdtf(edtf)?.lower ?? edtf);
  return future !== null && startOf(future) - scan.reference < scan.reference - startOf(past) ? future : past;
}
