import {
  APOSTROPHES,
  CARDINALS,
  DASHES,
  MONTHS,
  ORDINAL_SUFFIXES,
  ORDINALS,
  type Unit,
  UNITS,
} from './calendar.lexicon';
import type { Country } from './country.lexicon';
import { calendarDay, dayNumber } from './day.math';
import type { EdtfDate } from './edtf.parser';
import { phraseStarts } from './phrase.starts';
import { type Token, tokenize } from './phrase.tokens';
import { type Tense, TenseContext } from './tense.context';

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

const SCHEDULED = new Set(
  'closes meets ends resumes reopens votes expires concludes convenes sits begins starts opens'.split(' '),
);

/** More than the depths to which rules nest. */
const DEPTHS = 16;

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
  /** the week that the text has named last, by its Monday: "next week" */
  namedWeek: { sentence: number; monday: number } | null = null;
  private readonly tenses: TenseContext;
  private readonly starts: readonly boolean[];
  private known = new Map<number, Reading | null>();

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
    this.starts = phraseStarts(this.tokens);
  }

  /** Can a phrase begin at the token? */
  mayStart(at: number): boolean {
    return this.starts[at] ?? false;
  }

  /** Is there nothing in the text but these tokens (`to` exclusive) and a stop? */
  isWhole(from: number, to: number): boolean {
    const last = this.tokens.length;
    return from === 0 && (to === last || (to === last - 1 && this.is(to, '.', '!', '?')));
  }

  /** What has been read at a token since the last date was found: null for none, undefined for not yet asked. */
  recall(at: number, depth: number): Reading | null | undefined {
    return this.known.get(at * DEPTHS + depth);
  }

  keep(at: number, depth: number, reading: Reading | null): void {
    this.known.set(at * DEPTHS + depth, reading);
  }

  /** To be called when what readings depend on has changed: the last date, the year or week that the text speaks of. */
  forget(): void {
    this.known.clear();
  }

  token(at: number): Token | undefined {
    return this.tokens[at];
  }

  /** The token in lower case, '' beyond the ends. */
  word(at: number): string {
    return this.tokens[at]?.lower ?? '';
  }

  /** Is the token one of these words? The first ones are parameters of their own to save an array: this is asked more often than anything else. */
  is(at: number, a: string, b?: string, c?: string, d?: string, ...further: string[]): boolean {
    const word = this.tokens[at]?.lower;
    if (word === undefined || word === '') return false;
    return word === a || word === b || word === c || word === d || (further.length > 0 && further.includes(word));
  }

  glued(at: number): boolean {
    return this.tokens[at]?.glued ?? false;
  }

  /** The tense of the verbs around; "by", "until" and "starting" look ahead where no verb says otherwise. */
  tense(from: number, to: number): Tense {
    if (this.is(from - 1, 'and') && this.is(from - 2, 'now')) return 'future';
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

  /** "closes on Friday", "meets again next": a verb of the present right before the date that looks ahead, as timetables do */
  isScheduled(at: number): boolean {
    let before = at - 1;
    while (before > at - 4 && this.is(before, 'on', 'in', 'from', 'again', 'next', 'the')) before -= 1;
    return SCHEDULED.has(this.word(before));
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

  /** "seven", "twenty-one"; 1–99 */
  cardinal(at: number): Measured | null {
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
