/**
 * Where the conventions of Recognizers-Text and of this product differ. A rule is about the words of a phrase alone, never about one item: it sets
 * aside right answers as well as wrong ones.
 */
interface Difference {
  /** what that set makes of such phrases */
  readonly theirs: string;
  readonly concerns: RegExp;
  readonly except?: RegExp;
}

const COUNT = String.raw`(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)`;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const WEEKDAY = String.raw`(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b`;
const CLOCK = String.raw`\d\s*(?:[ap]m?)\b|\d:\d\d|\bto date\b|\b(?:today|yesterday|tonight) (?:from|between|at)\b|\b(?:morning|afternoon|evening|night)\b`;
const any = (...parts: string[]): RegExp => new RegExp(parts.join('|'), 'i');

const DIFFERENCES: readonly Difference[] = [
  {
    theirs: 'a span ends before the last day, month or year that it names',
    concerns: any(
      String.raw`\b(?:between|from)\b.*(?:\b(?:to|till|until|through|thru|and)\b|[-~–])`,
      String.raw`\b(?:to|till|through|thru)\b`,
      String.raw`\b(?:${MONTH}|\d{1,4})\s*[-~–]\s*(?:${MONTH}|\d{1,4})\b`,
    ),
    except: any(CLOCK, String.raw`^\w+-\w+-\w+$`, String.raw`^\d{4}-?[qh][1-4]$|^[qh][1-4]-\d{4}$`),
  },
  {
    theirs: 'weeks, months and years are counted to the day',
    concerns: any(
      String.raw`\b${COUNT} (?:weeks?|fortnights?|months?|years?)\b.*\b(?:ago|later|earlier|before|after|from)\b`,
      String.raw`^in ${COUNT} (?:weeks?|fortnights?|months?|years?)\b`,
    ),
    except: any(String.raw`\band \d+ days? ago`, 'starting'),
  },
  { theirs: 'now is a date', concerns: any('^(?:right )?now$', '^at (?:present|the moment|the minute)$') },
  {
    theirs: 'since and from leave the end open',
    concerns: any('^(?:since|from|starting|beginning)'),
    except: any(CLOCK),
  },
  {
    theirs: 'before and by a month or year end with its first day',
    concerns: any(String.raw`^(?:before|by)\b.*(?:\b\d{4}|month|year)$`),
    except: any(String.raw`\bday\b`, `${MONTH} \\d`),
  },
  {
    theirs: 'the middle and the ends of months and years are cut otherwise',
    concerns: any(String.raw`\b(?:mid|middle|early|late|end|start|beginning)\b.*(?:month|quarter|year|${MONTH}|\d{4})`),
    except: any(String.raw`\bweek\b`),
  },
  {
    theirs: 'next and previous weekdays are those of the next and the previous week',
    concerns: any(String.raw`\b(?:next|last|previous|following|coming) ${WEEKDAY}`),
  },
  { theirs: 'the weekend is the coming one', concerns: any('^the weekend$') },
  { theirs: 'later this week begins in its middle', concerns: any('^(?:earlier|later) this (?:week|month|year)$') },
  {
    theirs: 'before and after a time of day reach beyond the day',
    concerns: any(
      String.raw`\b(?:after|before)\b.*(?:\d\s*[ap]m|\d:\d\d)`,
      String.raw`\d\s*[ap]m or (?:later|earlier)\b`,
    ),
  },
];

/** What the set makes of such a phrase that this product's conventions do not; null where they agree. */
export function differenceOf(phrase: string): string | null {
  const found = DIFFERENCES.find(({ concerns, except }) => concerns.test(phrase) && !except?.test(phrase));
  return found?.theirs ?? null;
}
