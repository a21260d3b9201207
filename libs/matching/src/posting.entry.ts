import type { MatchableEvent } from './event.facts';
import type { Requirements } from './requirements';
import { NO_TERM, type TermTable } from './term.table';

/*
 * What of a subscription stands in the lists themselves, so that most are decided without a look elsewhere:
 *
 *   word 0  the subscription's slot
 *   word 1  bits 0–6 minImportance, 8–13 minSources, 15–20 the order of magnitude of minAmountUsd, rounded down; above each
 *           a guard bit that is 0 here; bits 22–24 statuses; MANY; EXACT
 *   word 2  kinds, a bit each by their code; bit 31 for all kinds that have none
 *   word 3  up to four countries by their codes, a byte each; ANY_COUNTRY alone for none asked, and for what has no room
 *
 * All of it may let through too much, never too little; EXACT says that it lets through nothing too much.
 */

/** Filed under more than one term. */
export const MANY = 1 << 25;
/** Whoever is let through matches: what the entry cannot say, its list does. */
export const EXACT = 1 << 26;

/** The thresholds of word 1, and the bits that stay set if the event's values less these are not negative. */
export const THRESHOLDS = 0x7f | (0x3f << 8) | (0x3f << 15);
export const GUARDS = (1 << 7) | (1 << 14) | (1 << 21);

export const ANY_COUNTRY = 255;
const COUNTRIES_IN_ENTRY = 4;

const ANY_KIND = -1;
/** Shared by all kinds without a code of their own; the codes begin at 1 and have bit 0 and up. */
const OTHER_KINDS = 1 << 31;

const STATUS_BITS = { occurred: 1 << 22, planned: 1 << 23, forecast: 1 << 24 };
const ANY_STATUS = STATUS_BITS.occurred | STATUS_BITS.planned | STATUS_BITS.forecast;

const MAX_SOURCES = 63;

/** The values of an event that are compared with word 1 and word 2. */
export interface EventLanes {
  thresholds: number;
  status: number;
  kind: number;
}

export interface EntryFilter {
  /** Words 1 to 3 of the entry, without MANY and EXACT. */
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

export function lanesOf(
  { importance, sourceCount, amount, status, kind }: MatchableEvent,
  terms: TermTable,
): EventLanes {
  const kindTerm = terms.find('kind', kind);
  return {
    thresholds: thresholdsOf(importance, sourceCount, amount?.usd ?? undefined) | GUARDS,
    status: STATUS_BITS[status],
    kind: kindBit(kindTerm === NO_TERM ? 0 : terms.codeOf(kindTerm)),
  };
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
