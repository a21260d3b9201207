import { addMonths, calendarDay, dayNumber, dayOfNumber, mondayOf, numberOf } from '@themeline/dates';

/** First and last day, `..` where open. */
export interface Interval {
  readonly lo: string;
  readonly hi: string;
}

/** An answer of that set in this product's conventions, null for no date; from the answer, the phrase and the reference day alone. */
type Translation = (answer: Interval, phrase: string, reference: string) => Interval | null;

/**
 * Where the conventions of Recognizers-Text and of this product differ. A rule is about the words of a phrase alone, never about one item: it sets
 * aside right answers as well as wrong ones. What it translates stays as precise as the set's answer: any other date is as wrong as before.
 */
interface Difference {
  /** what that set makes of such phrases */
  readonly theirs: string;
  readonly concerns: RegExp;
  readonly except?: RegExp;
  /** absent where the set's answer does not tell what this product's would be */
  readonly translate?: Translation;
}

const COUNT = String.raw`(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)`;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const HOUR = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const WEEKDAY = String.raw`(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b`;
const CLOCK = String.raw`\d\s*(?:[ap]m?)\b|\d:\d\d|\bto date\b|\b(?:today|yesterday|tonight) (?:from|between|at)\b|\b(?:morning|afternoon|evening|night)\b`;
const any = (...parts: string[]): RegExp => new RegExp(parts.join('|'), 'i');
const isOpen = (side: string): boolean => side === '..';

/** What a phrase names last. */
type Named = 'day' | 'month' | 'quarter' | 'year';

const MONTHS_OF: Readonly<Record<Exclude<Named, 'day'>, number>> = { month: 1, quarter: 3, year: 12 };

/** "2018" and "this year" → year, "q3 of 2018" → quarter, "May/2019" → month, "10/7/2018", "seventeenth of april" and "friday" → day */
function namedBy(words: string): Named {
  if (/\bq[1-4]\b/i.test(words)) return 'quarter';
  const named = any(String.raw`\b${MONTH}\b`).test(words);
  const others = words.replace(any(String.raw`\b${MONTH}\b`), '').replace(/\b\d{4}\b/, '');
  if (/\d|\b(?!month)[a-z]+th\b/i.test(others)) return 'day';
  if (named || /\bmonth$/i.test(words)) return 'month';
  return /\byear$/i.test(words) || others !== words ? 'year' : 'day';
}

/** First and last day of the day, month, quarter or year that holds a day */
function unitAround(day: number, unit: Named): { first: number; last: number } {
  if (unit === 'day') return { first: day, last: day };
  const months = MONTHS_OF[unit];
  const { year, month } = calendarDay(day);
  const first = numberOf(year, month - ((month - 1) % months), 1);
  return { first, last: addMonths(first, months) - 1 };
}

/** What follows the last "to", "and" or dash of a span; dates with dashes of their own are parted at the one between them. */
function endOfSpan(phrase: string): string {
  const parted =
    /^.*\b(?:to|till|until|through|thru|and)\b(.*)$/i.exec(phrase) ??
    /^.*\s[-~–]\s(.*)$/.exec(phrase) ??
    /\d-\d+-\d{4}-(.*)$/.exec(phrase) ??
    /^.*[-~–](.*)$/.exec(phrase);
  return (parted?.[1] ?? phrase).trim();
}

/** The set ends a span on the day before what it names last: that day, month, quarter or year is added, if it begins on the very next day. */
const throughTheEnd: Translation = (answer, phrase) => {
  const { lo, hi } = openedByPart(answer, phrase);
  const words = endOfSpan(phrase);
  if (isOpen(hi) || /^(?:the )?end\b/i.test(words)) return { lo, hi };
  if (/^(?:the )?middle\b/i.test(words)) return { lo, hi: dayOfNumber(monthOf(hi).first + 19) };
  const next = dayNumber(hi) + 1;
  const unit = namedBy(words);
  if (unitAround(next, unit).first !== next) return { lo, hi };
  const numbers = words.match(/\d+/g)?.map(Number) ?? [];
  const named = unit === 'year' ? calendarDay(next).year : calendarDay(next).day;
  if ((unit === 'day' || unit === 'year') && numbers.length > 0 && !numbers.includes(named)) return { lo, hi };
  return { lo, hi: dayOfNumber(unitAround(next, unit).last) };
};

const monthOf = (day: string): { first: number; last: number } => unitAround(dayNumber(day), 'month');

/** The set begins "from the end of March" after that month and "from the middle of March" on the 16th, this product on the 21st and the 11th. */
function openedByPart({ lo, hi }: Interval, phrase: string): Interval {
  const part = /^(?:between|from) the (end|middle) of (.*)/i.exec(phrase);
  if (!part) return { lo, hi };
  const [, edge = '', whole = ''] = part;
  if (edge.toLowerCase() === 'middle') return { lo: dayOfNumber(monthOf(lo).first + 10), hi };
  const before = dayNumber(lo) - 1;
  const { first } = unitAround(before, 'month');
  return { lo: dayOfNumber(/^\d{4}/.test(whole) ? first : first + 20), hi };
}

/** The calendar unit that holds the day which the set counted: weeks from Monday to Sunday, months, years */
const unitCounted: Translation = (answer, phrase) => {
  if (answer.lo !== answer.hi || any(WEEKDAY).test(phrase)) return answer;
  const day = dayNumber(answer.lo);
  if (/\b(?:weeks?|fortnights?)\b/i.test(phrase))
    return { lo: dayOfNumber(mondayOf(day)), hi: dayOfNumber(mondayOf(day) + 6) };
  const { first, last } = unitAround(day, /\bmonths?\b/i.test(phrase) ? 'month' : 'year');
  return { lo: dayOfNumber(first), hi: dayOfNumber(last) };
};

/** The start alone: the day, month or year that "since" names; the middle of a year is its May to August. */
const startAlone: Translation = ({ lo, hi }, phrase) => {
  if (!isOpen(hi) || isOpen(lo)) return { lo, hi };
  const first = dayNumber(lo);
  const last = /\bmid\b/i.test(phrase) ? addMonths(first, 4) - 1 : unitAround(first, namedBy(phrase)).last;
  return { lo, hi: dayOfNumber(last) };
};

/** Up to the last day of the month or year on whose first day, or the day after whose end, the set stops */
const throughTheBound: Translation = ({ lo, hi }, phrase) => {
  if (isOpen(hi)) return { lo, hi };
  const stop = dayNumber(hi);
  const last = /\bend\b/i.test(phrase) ? stop - 1 : unitAround(stop, namedBy(phrase)).last;
  return { lo, hi: dayOfNumber(last) };
};

/** The 11th to the 20th are the middle of a month, December the end of a year. */
const ownPart: Translation = ({ lo, hi }, phrase) => {
  if (isOpen(lo) || isOpen(hi)) return { lo, hi };
  const { first, last } = monthOf(hi);
  if (/\bmid(?:dle)?\b/i.test(phrase) && namedBy(phrase) === 'month')
    return { lo: dayOfNumber(first + 10), hi: dayOfNumber(first + 19) };
  return /\bend\b/i.test(phrase) && namedBy(phrase) === 'year'
    ? { lo: dayOfNumber(first), hi: dayOfNumber(last) }
    : { lo, hi };
};

/** The nearest such weekday strictly after or before the reference day */
const nearestWeekday: Translation = ({ lo, hi }, phrase, reference) => {
  if (lo !== hi) return { lo, hi };
  const today = dayNumber(reference);
  const ahead = (((dayNumber(lo) - today) % 7) + 7) % 7;
  const day = dayOfNumber(/\b(?:last|previous)\b/i.test(phrase) ? today - (7 - ahead) : today + (ahead || 7));
  return { lo: day, hi: day };
};

/** The latest one that had begun */
const weekendBefore: Translation = ({ lo, hi }, _, reference) =>
  lo > reference ? { lo: dayOfNumber(dayNumber(lo) - 7), hi: dayOfNumber(dayNumber(hi) - 7) } : { lo, hi };

const fromTheReference: Translation = ({ lo, hi }, phrase, reference) =>
  /^later/i.test(phrase) ? { lo: reference, hi } : { lo, hi: reference };

/** The day to which the time belongs */
const dayOfTheTime: Translation = ({ lo, hi }) =>
  isOpen(hi) ? { lo, hi: lo } : isOpen(lo) ? { lo: hi, hi } : { lo, hi };

const noDate: Translation = () => null;

const DIFFERENCES: readonly Difference[] = [
  {
    theirs: 'a span ends before the last day, month or year that it names',
    concerns: any(
      String.raw`\b(?:between|from)\b.*(?:\b(?:to|till|until|through|thru|and)\b|[-~–])`,
      String.raw`\b(?:to|till|through|thru)\b`,
      String.raw`\b(?:${MONTH}|\d{1,4})\s*[-~–]\s*(?:${MONTH}|\d{1,4})\b`,
    ),
    except: any(
      CLOCK,
      String.raw`^\w+-\w+-\w+$`,
      String.raw`^\d{4}-?[qh][1-4]$|^[qh][1-4]-\d{4}$`,
      `^${HOUR} to ${HOUR}\\b`,
    ),
    translate: throughTheEnd,
  },
  {
    theirs: 'weeks, months and years are counted to the day',
    concerns: any(
      String.raw`\b${COUNT} (?:weeks?|fortnights?|months?|years?)\b.*\b(?:ago|later|earlier|before|after|from)\b`,
      String.raw`^in ${COUNT} (?:weeks?|fortnights?|months?|years?)\b`,
    ),
    except: any(String.raw`\band \d+ days? ago`, 'starting', String.raw`\bfrom (?!now|today|tomorrow)`),
    translate: unitCounted,
  },
  {
    theirs: 'now is a date',
    concerns: any('^(?:right )?now$', '^at (?:present|the moment|the minute)$', '^to date$'),
    translate: noDate,
  },
  {
    theirs: 'the same week, month or year, my day and the fortnight are the current ones where the text names none',
    concerns: any('^(?:(?:the )?same|my) (?:day|week|fortnight|month|year)$', '^the fortnight$'),
    translate: noDate,
  },
  {
    theirs: 'since and from leave the end open',
    concerns: any('^(?:since|from|starting|beginning)'),
    except: any(CLOCK),
    translate: startAlone,
  },
  {
    theirs: 'before and by a month or year end with its first day',
    concerns: any(String.raw`^(?:before|by)\b.*(?:\b\d{4}|month|year)$`),
    except: any(String.raw`\bday\b`, `${MONTH} \\d`),
    translate: throughTheBound,
  },
  {
    theirs: 'the middle and the ends of months and years are cut otherwise',
    concerns: any(String.raw`\b(?:mid|middle|early|late|end|start|beginning)\b.*(?:month|quarter|year|${MONTH}|\d{4})`),
    except: any(String.raw`\bweek\b`),
    translate: ownPart,
  },
  {
    theirs: 'next and previous weekdays are those of the next and the previous week',
    concerns: any(String.raw`\b(?:next|last|previous|following|coming) ${WEEKDAY}`),
    translate: nearestWeekday,
  },
  { theirs: 'the weekend is the coming one', concerns: any('^the weekend$'), translate: weekendBefore },
  {
    theirs: 'later this week begins in its middle',
    concerns: any('^(?:earlier|later) this (?:week|month|year)$'),
    translate: fromTheReference,
  },
  {
    theirs: 'before and after a time of day reach beyond the day',
    concerns: any(
      String.raw`\b(?:after|before)\b.*(?:\d\s*[ap]m|\d:\d\d)`,
      String.raw`\d\s*[ap]m or (?:later|earlier)\b`,
    ),
    except: any('^before'),
    translate: dayOfTheTime,
  },
];

const differenceFor = (phrase: string): Difference | undefined =>
  DIFFERENCES.find(({ concerns, except }) => concerns.test(phrase) && !except?.test(phrase));

/** What the set makes of such a phrase that this product's conventions do not; null where they agree. */
export const differenceOf = (phrase: string): string | null => differenceFor(phrase)?.theirs ?? null;

/** The set's answer in this product's conventions; the answer itself where these agree, or where it does not tell. */
export function translated(answer: Interval, phrase: string, reference: string): Interval | null {
  const translate = differenceFor(phrase)?.translate;
  return translate ? translate(answer, phrase, reference) : answer;
}
