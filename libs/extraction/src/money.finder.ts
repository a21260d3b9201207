import type { Currency } from '@themeline/vocabulary';
import {
  currencyAfter,
  currencyBefore,
  lexiconOf,
  type CountriesNear,
  type CurrencyLexicon,
  type CurrencyWord,
} from './currency.lexicon';
import { findQuantities, type Quantity } from './quantity.reader';

/**
 * An amount in a text; all figures in units of `currency`.
 * `'about 25 billion yuan'` → `{value: 25e9, low: 25e9, high: 25e9, approximate: true, currency: 'CNY', start: 6, end: 21, text: '25 billion yuan'}`
 */
export interface FoundAmount {
  /** The first figure that the text gives: of "$20-25 million" 20e6. */
  readonly value: number;
  readonly currency: string;
  /** The bounds of a range, both `value` where there is none; null for what is open: "at least $5m" has no `high`, "up to $5m" no `low`. */
  readonly low: number | null;
  readonly high: number | null;
  /** "about", "nearly", "some" */
  readonly approximate: boolean;
  /** A price of one share, barrel, hour or the like, and not the size of a deal. */
  readonly perUnit: boolean;
  /** The same sum in another currency, as the text converts it: "60 billion yuan ($8.3 billion)" is one amount. */
  readonly restated: { readonly value: number; readonly currency: string } | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A quantity with the words of money that stand beside it. */
interface Sum {
  readonly quantity: Quantity;
  readonly before: CurrencyWord | null;
  readonly after: CurrencyWord | null;
}

interface Bounds {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly other: number | null;
  readonly currency: string;
  readonly scaled: boolean;
}

/**
 * All amounts of money in order, none overlapping. The first figure of a range takes the scale of the second where it has none
 * (`$1-2 billion` → 1e9). "¥" is yuan where the text speaks of yuan, or of China nearby, and not of yen. Vague sums ("billions of yuan", "a
 * million-dollar question") give nothing.
 * A word that several countries use ("shillings") is the currency of the first of `countriesNear(offset)` (ISO codes, likeliest first) that has
 * one, else what it means by default, else the sum is left out.
 */
export function findAmounts(
  text: string,
  currencies: readonly Currency[],
  countriesNear: CountriesNear = () => [],
): FoundAmount[] {
  const lexicon = lexiconOf(currencies);
  const sums = findQuantities(text).map((quantity) => sumAt(text, quantity, lexicon, countriesNear));
  const yenOrYuan = yenOrYuanIn(text, countriesNear);
  const bounds: Bounds[] = [];
  for (let index = 0; index < sums.length; index += 1) {
    const sum = sums[index];
    const next = sums[index + 1];
    const range = sum && next ? rangeOf(text, sum, next) : null;
    const single = sum && !range ? singleOf(text, sum) : null;
    const found = range ?? single;
    if (!found || found.start < (bounds.at(-1)?.end ?? 0)) continue;
    const cents = single ? centsBehind(text, found, sums[index + 1]) : null;
    if (range || cents) index += 1;
    const whole = cents ?? found;
    const sign = text.slice(whole.start, whole.start + 1);
    bounds.push(sign === '¥' || sign === '￥' ? { ...whole, currency: yenOrYuan(whole.start) } : whole);
  }
  return restatementsFolded(text, bounds).map((found) => described(text, found));
}

function sumAt(text: string, quantity: Quantity, lexicon: CurrencyLexicon, near: CountriesNear): Sum {
  const before = currencyBefore(text, quantity.start, lexicon, near);
  const inWord = before === null && quantity.digits !== null && /[\p{L}\d]/u.test(text[quantity.start - 1] ?? '');
  const after = inWord ? null : currencyAfter(text, quantity.end, lexicon, near);
  const glued = /[\p{L}\d%]/u.test(text[quantity.end] ?? '') && after === null;
  return { quantity, before: glued ? null : before, after };
}

/** What a sign or a name behind makes of a number, or null if the words are no money. */
function singleOf(text: string, sum: Sum): Bounds | null {
  const { quantity, before, after } = sum;
  const behind = after && isMoneyBehind(text, quantity, after) ? after : null;
  if (before && isMoneyBefore(text, quantity, before, behind)) {
    // "$25 million CAD", "$1 billion US dollars": what is behind makes the sign precise.
    const precise = behind && (behind.currency === before.currency || (before.generic && isPrecise(behind, text)));
    return boundsOf(quantity, precise ? behind : before, before.start, precise ? behind.end : quantity.end);
  }
  return behind ? boundsOf(quantity, behind, quantity.start, behind.end) : null;
}

const isPrecise = (word: CurrencyWord, text: string): boolean =>
  word.code || (word.name && text.slice(word.start, word.end).includes(' '));

function boundsOf(quantity: Quantity, word: CurrencyWord, start: number, end: number): Bounds | null {
  const value = quantity.number * quantity.scale * (word.minor ? 0.01 : 1);
  if (word.currency === null || !isSum(value)) return null;
  return { start, end, value: rounded(value), other: null, currency: word.currency, scaled: quantity.scale >= 1e6 };
}

const isSum = (value: number): boolean => Number.isFinite(value) && value > 0 && value < 1e18;

/** Rid of the noise of binary fractions. */
const rounded = (value: number): number => Number(value.toPrecision(12));

/** A grouped number, one of five figures, or one with two decimals looks like money beside a word that is not always money. */
const isTelling = ({ scale, digits }: Quantity): boolean =>
  scale > 1 || (digits !== null && (/\d[,.'’ \u00a0]\d{3}|^\d{5}/.test(digits) || /^\d+[.,]\d\d$/.test(digits)));

/** Words that may follow a sum; another one may be what is counted: "won 2 million customers". */
const FUNCTION_WORD =
  /^(?:\s*$|\s*[^\s\p{L}\d]|[ \u00a0](?:in|for|to|from|on|by|as|at|of|and|or|per|an?|each|with|over|this|last|from|under|into|was|were|is|are|has|had|will|would)(?![\p{L}\d]))/u;

function isMoneyBefore(text: string, quantity: Quantity, word: CurrencyWord, behind: CurrencyWord | null): boolean {
  if (word.minor || quantity.digits === null) return false;
  if (!word.name) return !word.ambiguous || isTelling(quantity);
  if (behind || /^[ \u00a0]?(?:%|per ?cent)/.test(text.slice(quantity.end, quantity.end + 9))) return false;
  if (!word.ambiguous && quantity.scale === 1) {
    // "ringgit 42" is a sum where a phrase begins, and something else in "pushed the ringgit 42 points lower".
    const isPrice = !isYearLike(quantity) && FUNCTION_WORD.test(text.slice(quantity.end, quantity.end + 12));
    return (
      isPrice &&
      /(?:^|[(,:;\n]|\b(?:of|for|at|to|from|worth|costs?|paid|about)) ?$/.test(
        text.slice(Math.max(0, word.start - 8), word.start),
      )
    );
  }
  if (!word.ambiguous) return true;
  return word.local && quantity.scale >= 1e6 && FUNCTION_WORD.test(text.slice(quantity.end, quantity.end + 12));
}

/** "euro zone", "dollar stores", "Brazilian real estate": the word belongs to what follows. */
const COMPOUND =
  /^(?:[ -](?:zone|area|bloc|stores?|index|estates?|menus?|diplomacy|cup)\b|-(?:denominated|backed|pegged|priced|based|linked|zone))/i;
/** Money is counted "of" these; of anything else a pound is a weight. */
const FUNDS =
  /^ of (?:[\p{L}'’-]+ ){0,2}?(?:investments?|funding|funds?|money|savings?|aid|support|cash|debts?|grants?|equity|capital|orders?|contracts?|fines?|revenues?|sales|assets?|tax(?:es)?|loans?|spending|subsid(?:y|ies)|profits?|credit|financing|damages?|costs?|shares?|bonds?|incentives?|backing|turnover|losses)\b/iu;
const WEIGHT_BEHIND = /^(?: of |-force|[- ](?:thrust|payload|per square|weight|bombs?|warheads?|robots?)\b)/i;
const WEIGHT_BEFORE = /\b(?:weigh\w*|lift\w*|payloads?|carry\w*|thrust|heav\w+|los\w+|gain\w*)\b[^.;\n]{0,25}$/i;

function isMoneyBehind(text: string, quantity: Quantity, word: CurrencyWord): boolean {
  const rest = text.slice(word.end, word.end + 60);
  const written = text.slice(word.start, word.end);
  if (COMPOUND.test(rest)) return false;
  if (quantity.article && quantity.scale === 1) {
    const lead = text.slice(Math.max(0, quantity.start - 9), quantity.start);
    return word.name && !word.minor && FUNCTION_WORD.test(rest) && !/(?:\b(?:to|per|against)|=) $/.test(lead);
  }
  // "a million-dollar question", "a billion-yuan company"
  if (quantity.article && text[word.start - 1] === '-' && /^an?\b/i.test(text.slice(quantity.start, quantity.end)))
    return false;
  if (isYear(text, quantity, word)) return false;
  if (/^pounds?$/i.test(written) && isWeight(text, quantity, word, rest)) return false;
  if (!word.ambiguous || isTelling(quantity)) return true;
  return !word.name && !/^[ \u00a0-]?[\p{L}\d]/u.test(rest) && quantity.digits !== null && !isYearLike(quantity);
}

const isYearLike = ({ digits, scale }: Quantity): boolean => scale === 1 && /^(?:19|20)\d\d$/.test(digits ?? '');

/** "in 2024 dollars", "since 2020 RAND said" */
function isYear(text: string, quantity: Quantity, word: CurrencyWord): boolean {
  if (!isYearLike(quantity)) return false;
  const lead = text.slice(Math.max(0, quantity.start - 12), quantity.start);
  return (
    word.ambiguous || /\b(?:in|constant|current|real|since|until|from|to|during|fiscal|early|late|mid)[ -]$/i.test(lead)
  );
}

function isWeight(text: string, quantity: Quantity, word: CurrencyWord, rest: string): boolean {
  if (FUNDS.test(rest)) return false;
  return (
    WEIGHT_BEHIND.test(rest) ||
    (text[word.start - 1] === '-' && quantity.scale === 1) ||
    WEIGHT_BEFORE.test(text.slice(Math.max(0, quantity.start - 40), quantity.start))
  );
}

const DASH = /^[ \u00a0]{0,2}[-–—][ \u00a0]{0,2}$/;
const TO = /^[ \u00a0](?:to|or)[ \u00a0]$/;
const AND = /^[ \u00a0]and[ \u00a0]$/;

/** "$20-25 million", "10 to 20 dollars", "between $1 and $2 billion", "$1.2 million to $1.5 million" */
function rangeOf(text: string, first: Sum, second: Sum): Bounds | null {
  const from = first.after ? first.after.end : first.quantity.end;
  const to = second.before && second.before.start >= from ? second.before.start : second.quantity.start;
  const gap = text.slice(from, Math.max(from, to));
  const dash = DASH.test(gap);
  if (!dash && !TO.test(gap) && !(AND.test(gap) && isBetween(text, first))) return null;
  const left = singleOf(text, first);
  const right = singleOf(text, second);
  if (!left && !right) return null;
  if (left && right && left.currency !== right.currency) return null;
  if (!left && (first.quantity.article || /[\p{L}\d]/u.test(text[first.quantity.start - 1] ?? ''))) return null;
  const [low, high] = [first.quantity, second.quantity];
  // "$5 million to 20 schools"
  if (!right && ((low.scale > 1 && high.scale === 1) || (!dash && high.scale === 1 && TO.test(gap)))) return null;
  if (!left && low.scale > 1 && high.scale === 1) return null;
  const word = left ?? right;
  const top = right ? right.value : high.number * high.scale;
  const shared = low.scale === 1 && low.number >= 100 && high.number < 10 && dash && !(left && right) ? 1e-3 : 1;
  const factor = right && !left ? right.value / (high.number * high.scale) : 1;
  const bottom =
    low.scale === 1 && high.scale > 1 && low.number * high.scale * shared < high.number * high.scale
      ? low.number * high.scale * shared
      : low.number * low.scale * factor;
  if (!word || !isSum(bottom) || !isSum(top) || ((!left || !right) && bottom >= top)) return null;
  return {
    start: left ? left.start : low.start,
    end: right ? right.end : high.end,
    value: rounded(bottom),
    other: rounded(top),
    currency: word.currency,
    scaled: low.scale >= 1e6 || high.scale >= 1e6,
  };
}

const isBetween = (text: string, { quantity, before }: Sum): boolean => {
  const start = before?.start ?? quantity.start;
  return /\b(?:between|from)[ \u00a0](?:about |some |roughly )?$/i.test(text.slice(Math.max(0, start - 18), start));
};

/** "20 dollars and 43 cents" */
function centsBehind(text: string, whole: Bounds, next: Sum | undefined): Bounds | null {
  if (!next?.after?.minor || whole.scaled || next.quantity.scale > 1 || next.quantity.number >= 100) return null;
  if (!/^(?: and)? $/.test(text.slice(whole.end, next.quantity.start))) return null;
  return { ...whole, end: next.after.end, value: rounded(whole.value + next.quantity.number / 100) };
}

/** Which of the two a "¥" at an offset is: by the words of the text, then by the countries around it. */
function yenOrYuanIn(text: string, near: CountriesNear): (offset: number) => string {
  const yuan = /\b(?:yuan|renminbi|RMB)\b/i.test(text);
  const yen = /\byen\b/i.test(text);
  return (offset) => {
    if (yuan !== yen) return yuan ? 'CNY' : 'JPY';
    return near(offset).find((country) => country === 'CN' || country === 'JP') === 'CN' ? 'CNY' : 'JPY';
  };
}

interface Folded extends Bounds {
  readonly restated: FoundAmount['restated'];
  /** Of the first telling alone. */
  readonly tail: number;
}

const CONVERTED =
  /^(?: ?[([]|,? or | ?\/ ?)(?:(?:about|around|approximately|approx\.?|roughly|nearly|some|or|equivalent to|equal to|the equivalent of|worth|circa|ca\.?|c\.|[~≈=])[ \u00a0]?){0,2}$/i;

/** A sum in brackets or behind "or" right after one in another currency says the same sum again. */
function restatementsFolded(text: string, found: readonly Bounds[]): Folded[] {
  const result: Folded[] = [];
  for (const bounds of found) {
    const before = result.at(-1);
    const gap = before ? text.slice(before.end, bounds.start) : '';
    if (
      before &&
      before.currency !== bounds.currency &&
      before.restated === null &&
      gap.length <= 40 &&
      CONVERTED.test(gap)
    ) {
      result[result.length - 1] = {
        ...before,
        end: bounds.end,
        restated: { value: bounds.value, currency: bounds.currency },
      };
    } else result.push({ ...bounds, restated: null, tail: bounds.end });
  }
  return result;
}

const UNITS =
  'share|barrel|tonne|ton|pound|ounce|kilo|kilogram|kg|gram|litre|liter|gallon|unit|piece|hour|day|week|night|month|minute|second|head|person|user|seat|head|licence|license|vehicle|car|copy|bottle|ticket|dollar|euro|go|pop|bushel|watt|kilowatt-hour|kWh|MWh|mile|kilometre|kilometer';
const PER_UNIT = new RegExp(
  String.raw`^(?:[ -]per[ -](?!(?:year|annum|quarter|cent)\b)[\p{L}\d]|/(?!year|yr|annum)\p{L}|(?: an? |-an?-)(?:${UNITS})\b(?! (?:after|before|earlier|later|ago|ahead))| apiece\b| (?:hourly|daily|weekly|monthly)\b)`,
  'iu',
);
/** "Each" is what one thing costs, or what each of several pays: only small sums are surely prices. */
const EACH = /^ each\b/i;

const ABOUT =
  /(?:\b(?:about|around|some|roughly|approximately|approx\.?|nearly|almost|circa|ca\.?|an estimated|estimated(?: at)?|close to|near|close on|in the region of|on the order of|somewhere around)|[~≈]) ?$/i;
const AT_LEAST =
  /\b(?:at least|(?<!\bnot? )more than|over|above|upwards? of|not? less than|a minimum of|minimum|in excess of|north of|exceeding|topping|greater than|higher than|starting at) ?$/i;
const AT_MOST =
  /\b(?:up to|as much as|(?<!\bnot? )less than|under|below|at most|not? more than|a maximum of|maximum|lower than|fewer than|short of|capped at|within) ?$/i;
const OR_MORE = /^(?:\+| or (?:more|above|higher)\b| ?-?plus\b)/i;
const OR_LESS = /^ or (?:less|below|lower)\b/i;

function described(text: string, found: Folded): FoundAmount {
  const { start, end, value, other, currency, restated } = found;
  const lead = text.slice(Math.max(0, start - 24), start);
  const rest = text.slice(end, end + 40).replace(restated ? /^[)\]]/ : '', '');
  const own = text.slice(found.tail, found.tail + 40);
  const isRange = other !== null;
  const least = !isRange && (AT_LEAST.test(lead) || OR_MORE.test(own));
  const most = !isRange && (AT_MOST.test(lead) || OR_LESS.test(own));
  const perUnit = [own, rest].some((behind) => PER_UNIT.test(behind) || (EACH.test(behind) && !found.scaled));
  return {
    value,
    currency,
    low: most ? null : Math.min(value, other ?? value),
    high: least ? null : Math.max(value, other ?? value),
    approximate: ABOUT.test(lead),
    perUnit,
    restated,
    start,
    end,
    text: text.slice(start, end),
  };
}
