import type { MatchableEvent } from './event.facts';
import type { Requirements } from './requirements';
import { type Field, NO_TERM, TERM_LIMIT, type TermTable } from './term.table';

/*
 * What of a subscription stands in the lists themselves, so that most are decided without a look elsewhere:
 *
 *   word 0  the subscription's slot
 *   word 1  bits 0–6 minImportance, 8–13 minSources, 15–20 the order of magnitude of minAmountUsd, rounded down; above each
 *           a guard bit that is 0 here; bits 22–24 statuses; ECHO; EXACT
 *   word 2  kinds, a bit each by their code; bit 31 for all kinds that have none
 *   word 3  up to four countries by their codes, a byte each; ANY_COUNTRY alone for none asked, and for what has no room
 *   words 4–7  terms, see `TermTest`; 0 for no more
 *
 * All of it may let through too much, never too little; EXACT says that it lets through nothing too much.
 */

/** Words to an entry. */
export const ENTRY_WORDS = 8;

/**
 * A subscription may be filed under several terms that an event has: the first of them in its record speaks, and its entries
 * under the others test that the event has none before. ECHO: there was no room for these tests.
 */
export const ECHO = 1 << 25;
/** Whoever is let through matches: what the entry cannot say, its list does. */
export const EXACT = 1 << 26;

/** The thresholds of word 1, and the bits that stay set if the event's values less these are not negative. */
const THRESHOLDS = 0x7f | (0x3f << 8) | (0x3f << 15);
const GUARDS = (1 << 7) | (1 << 14) | (1 << 21);

const ANY_COUNTRY = 255;
const COUNTRIES_IN_ENTRY = 4;

const ANY_KIND = -1;
/** Shared by all kinds without a code of their own; the codes begin at 1 and have bit 0 and up. */
const OTHER_KINDS = 1 << 31;

const STATUS_BITS = { occurred: 1 << 22, planned: 1 << 23, forecast: 1 << 24 };
const ANY_STATUS = STATUS_BITS.occurred | STATUS_BITS.planned | STATUS_BITS.forecast;

const MAX_SOURCES = 63;

/** What a term in an entry is there for; in its upper bits. The event must not have it: */
const NOT = 0;
/** must have it or one of the next, up to and with `ONE_OF_LAST`: */
const ONE_OF = 1;
const ONE_OF_LAST = 2;
const TERM_BITS = 26;
const TERM_MASK = TERM_LIMIT - 1;
const TERMS_IN_ENTRY = 4;

export interface EntryFilter {
  /** Words 1 to 3 of the entry, without ECHO and EXACT. */
  words: [number, number, number];
  /** What they say completely. */
  covers: { numbers: boolean; kinds: boolean; countries: boolean };
}

/** `kinds`, `countries`: the terms of the requirements. */
export function filterOf(
  { minImportance, minSources, minAmountUsd, statuses }: Requirements,
  kinds: readonly number[],
  countries: readonly number[],
  terms: TermTable,
): EntryFilter {
  const statusBits =
    statuses.length === 0 ? ANY_STATUS : statuses.reduce((bits, status) => bits | STATUS_BITS[status], 0);
  const countryCodes = countries.map((term) => terms.codeOf(term));
  const coversCountries = countries.length <= COUNTRIES_IN_ENTRY && !countryCodes.includes(0);
  const packed = countryCodes.reduce((word, code, index) => word | (code << (8 * index)), 0);
  return {
    words: [
      thresholdsOf(minImportance ?? 0, minSources ?? 0, minAmountUsd) | statusBits,
      kinds.length === 0 ? ANY_KIND : kinds.reduce((mask, term) => mask | kindBit(terms.codeOf(term)), 0),
      countries.length > 0 && coversCountries ? packed : ANY_COUNTRY,
    ],
    covers: {
      numbers: Number.isInteger(minImportance ?? 0) && (minSources ?? 0) <= MAX_SOURCES && minAmountUsd === undefined,
      kinds: kinds.every((term) => terms.codeOf(term) > 0),
      countries: coversCountries,
    },
  };
}

/** What of an event is compared with entries. */
export class EventFilter {
  private thresholds = 0;
  private status = 0;
  private kind = 0;
  /** By code, 1 for the event's countries and for `ANY_COUNTRY`. */
  private readonly countries = new Uint8Array(256);

  constructor(private readonly terms: TermTable) {}

  take({ importance, sourceCount, amount, status, kind, countries }: MatchableEvent): void {
    const { terms } = this;
    this.thresholds = thresholdsOf(importance, sourceCount, amount?.usd ?? undefined) | GUARDS;
    this.status = STATUS_BITS[status];
    this.kind = kindBit(codeOf(terms, 'kind', kind));
    this.countries.fill(0);
    for (const country of countries) this.countries[codeOf(terms, 'country', country)] = 1;
    // Nobody's.
    this.countries[0] = 0;
    this.countries[ANY_COUNTRY] = 1;
  }

  /** The first place from `at` on where an entry lets the event through; `end` where none does. */
  next(words: Int32Array, at: number, end: number): number {
    const { marks } = this.terms;
    const { thresholds, status, kind, countries } = this;
    const passed = GUARDS | status;
    for (; at < end; at += ENTRY_WORDS) {
      const filter = words[at + 1]!;
      if ((((thresholds - (filter & THRESHOLDS)) & GUARDS) | (filter & status)) !== passed) continue;
      if ((words[at + 2]! & kind) === 0) continue;
      const asked = words[at + 3]!;
      if (asked !== ANY_COUNTRY && !hasOneOf(countries, asked)) continue;
      if (words[at + 4] === 0 || passesTerms(words, at + 4, marks)) return at;
    }
    return end;
  }
}

/** `asked`: up to four codes, a byte each. */
function hasOneOf(codes: Uint8Array, asked: number): boolean {
  return (
    (codes[asked & 255]! | codes[(asked >>> 8) & 255]! | codes[(asked >>> 16) & 255]! | codes[asked >>> 24]!) !== 0
  );
}

function passesTerms(words: Int32Array, first: number, marks: Uint8Array): boolean {
  let hasOne = 0;
  for (let at = first; at < first + TERMS_IN_ENTRY; at += 1) {
    const term = words[at]!;
    if (term === 0) return true;
    const has = marks[term & TERM_MASK]!;
    const purpose = term >>> TERM_BITS;
    if (purpose === NOT) {
      if (has === 1) return false;
    } else {
      hasOne |= has;
      if (purpose === ONE_OF_LAST) {
        if (hasOne === 0) return false;
        hasOne = 0;
      }
    }
  }
  return true;
}

/** Fills the words for terms. What can't be said there is left out and has to be looked up in the record. */
export class TermTests {
  private readonly words: number[] = [];

  /** False where there is no room. */
  addOneOf(terms: readonly number[]): boolean {
    const last = terms.length - 1;
    return this.add(terms.map((term, index) => term | ((index === last ? ONE_OF_LAST : ONE_OF) << TERM_BITS)));
  }

  addNoneOf(terms: readonly number[]): boolean {
    return this.add(terms.map((term) => term | (NOT << TERM_BITS)));
  }

  /** A copy to add to. */
  copy(): TermTests {
    const copy = new TermTests();
    copy.add(this.words);
    return copy;
  }

  toWords(): number[] {
    return Array.from({ length: TERMS_IN_ENTRY }, (_, index) => this.words[index] ?? 0);
  }

  private add(tests: readonly number[]): boolean {
    if (this.words.length + tests.length > TERMS_IN_ENTRY) return false;
    this.words.push(...tests);
    return true;
  }
}

function codeOf(terms: TermTable, field: Field, text: string): number {
  const term = terms.find(field, text);
  return term === NO_TERM ? 0 : terms.codeOf(term);
}

/** One rounding for both sides keeps their order. No amount is less than any. */
function thresholdsOf(importance: number, sources: number, amountUsd: number | undefined): number {
  const magnitude =
    amountUsd === undefined ? 0 : amountUsd < 1 ? 1 : Math.min(63, 2 + Math.floor(Math.log2(amountUsd)));
  return Math.floor(importance) | (Math.min(MAX_SOURCES, sources) << 8) | (magnitude << 15);
}

function kindBit(code: number): number {
  return code === 0 ? OTHER_KINDS : 1 << (code - 1);
}
