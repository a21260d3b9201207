import { monthNumber } from './month.names';
import { zoneMinutes } from './zone.offsets';

interface Clock {
  hour: number;
  minute: number;
  second: number;
}
interface Day {
  year: number;
  month: number;
  day: number;
}

const MIDNIGHT: Clock = { hour: 0, minute: 0, second: 0 };
const CLOCK = /(?<![\d:])(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?(?![\d:])\s*([ap]\.?m\b\.?)?/i;
const OFFSET = /(?:\b(?:GMT|UTC|UT)\s*)?(?<![\d-])[+-]\d{2}:?\d{2}(?![\d:])|\b(?:GMT|UTC)[+-]\d{1,2}\b/;
/** `19.48.21`: a time where the month is a word. */
const DOTTED_CLOCK = /(?<![\d.])(\d{1,2})\.(\d\d)\.(\d\d)(?![.\d])/;
/** Words between the parts of a date in one language or another. */
const FILLERS = new Set(
  'de del di do of the at on um uhr le a à el las alle den der г г. o klo kl kl. h т о'.split(' '),
);
/** `오전`, `上午` (before noon), `오후`, `下午` (after it) */
const MORNING = /오전|上午|午前/;
const AFTERNOON = /오후|下午|午後/;
const KOREA = 'KST';

/**
 * The instant that a feed's date means, RFC 3339 in UTC to the second, or null. Without a zone it is taken as UTC, a day as its first
 * second, a month or year as its first day. Forms: ISO 8601 and W3C-DTF with the slips that people make, RFC 822/2822/5322, asctime,
 * numbers with slashes and dots, months in words of two dozen languages, Korean and Japanese writing, seconds since 1970.
 */
export function readFeedDate(written: string): string | null {
  const text = written
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    // `Date: Thu, …`
    .replace(/^\p{L}+: (?=.*\d)/u, '');
  if (text === '' || text.length > 100) return null;
  return isoDate(text) ?? epochDate(text) ?? wordDate(fromEastAsia(text));
}

const ISO_DAY =
  /^(?:(?!\d{6}$)(\d{4})(?:-?(\d{2,3})(?:-?(\d{2}))?)?|(\d{2})-?(\d{2})-?(\d{2})|(\d{2})-?(\d{3})|-(\d{2})-?(\d{2})|(\d{4})-(\d)-(\d{1,2})|(\d{4})-(\d{2})-(\d))$/;
const ISO_TIME =
  /^(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Za-z]{2,4})?$/i;

/** `2003-12-31T10:14:55.12-08:00`, `2004-07-08 23:56:58`, `20031231T101455Z`, `2003-335`, `03-12-31` */
function isoDate(text: string): string | null {
  const [, dayText, timeText] =
    /^(\d{8})(\d{4}(?:\d\d)?)$/.exec(text) ??
    /^(-?\d[\d-]*(?:W\d\d(?:-?\d)?)?)(?:(?: ?[Tt] ?|[ _])(.+))?$/.exec(text) ??
    [];
  if (dayText === undefined) return null;
  const day = isoDay(dayText);
  if (day === null) return null;
  if (timeText === undefined) return instantOf(day, MIDNIGHT, 'Z');
  const [, hour, minute = '0', second = '0', zone = 'Z'] = ISO_TIME.exec(timeText) ?? [];
  if (hour === undefined) return null;
  return instantOf(day, { hour: Number(hour), minute: Number(minute), second: Number(second) }, zone);
}

function isoDay(text: string): Day | null {
  // Six digits are a year and a month where they can be.
  const [, early, late] = /^((?:19|20)\d\d)(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (early !== undefined) return { year: Number(early), month: Number(late), day: 1 };
  const [, weekYear, week, weekday = '1'] = /^(\d{4})-?W(\d\d)(?:-?([1-7]))?$/.exec(text) ?? [];
  if (weekYear !== undefined) return weekDay(Number(weekYear), Number(week), Number(weekday));
  const parts = ISO_DAY.exec(text);
  if (parts === null) return null;
  const [, y4, m, d, yy, mm, dd, oy, ordinal, cy, cm, sy, sm, sd, ty, tm, td] = parts;
  if (yy !== undefined) {
    return { year: century(Number(yy)), month: Number(mm), day: Number(dd) };
  }
  if (oy !== undefined) return ordinalDay(century(Number(oy)), Number(ordinal));
  if (cy !== undefined) return { year: century(Number(cy)), month: Number(cm), day: 1 };
  if (sy !== undefined) return { year: Number(sy), month: Number(sm), day: Number(sd) };
  if (ty !== undefined) return { year: Number(ty), month: Number(tm), day: Number(td) };
  const year = Number(y4);
  if (m === undefined) return { year, month: 1, day: 1 };
  if (m.length === 3 && d === undefined) return ordinalDay(year, Number(m));
  return { year, month: Number(m), day: d === undefined ? 1 : Number(d) };
}

function ordinalDay(year: number, ordinal: number): Day | null {
  if (ordinal < 1 || ordinal > 366) return null;
  const date = new Date(Date.UTC(year, 0, ordinal));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The fourth of January lies in the first week (ISO 8601). */
function weekDay(year: number, week: number, weekday: number): Day | null {
  if (week < 1 || week > 53) return null;
  const fourth = (new Date(Date.UTC(year, 0, 4)).getUTCDay() + 6) % 7;
  const date = new Date(Date.UTC(year, 0, 4 - fourth + (week - 1) * 7 + weekday - 1));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** RFC 2822 4.3 */
const century = (year: number): number => year + (year < 50 ? 2000 : year < 100 ? 1900 : 0);

/** Seconds or milliseconds since 1970, from 2001 on: `1072986501`, `@1072986501`, `1072986501000` */
function epochDate(written: string): string | null {
  const text = written.replace(/^@/, '');
  if (!/^\d{10}(?:\d{3})?(?:\.\d+)?$/.test(text)) return null;
  const value = Math.floor(Number(text));
  return asInstant(text.replace(/\..*/, '').length === 10 ? value * 1_000 : value);
}

/** `2004년 05월 28일 01:31:15` → `2004-05-28 01:31:15 KST`, `午後3:05` → `3:05 pm` */
function fromEastAsia(text: string): string {
  if (!/[\p{Script=Hangul}\p{Script=Han}]/u.test(text)) return text;
  const korean = /\p{Script=Hangul}/u.test(text);
  const half = AFTERNOON.test(text) ? ' pm' : MORNING.test(text) ? ' am' : '';
  const plain = text
    .replace(/(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]/u, '$1-$2-$3')
    .replace(
      /(\d{1,2})\s*[시時时]\s*(\d{1,2})\s*[분分](?:\s*(\d{1,2})\s*[초秒])?/u,
      (_, h: string, m: string, s?: string) => {
        return [h, m, s ?? '00'].map((part) => part.padStart(2, '0')).join(':');
      },
    )
    .replace(/[(（]?[\p{Script=Hangul}\p{Script=Han}]+[)）]?/gu, ' ')
    .replace(/(\d{1,2}:\d{2}(?::\d{2})?)/, `$1${half}`)
    .replace(/\s+/g, ' ')
    .trim();
  return korean && !OFFSET.test(plain) ? `${plain} ${KOREA}` : plain;
}

/** `Thu, 01 Jan 2004 19:48:21 GMT`, `Sun Jul 15 01:16:00 +0000 2012`, `2004-július-13T9:15-05:00`, `Fri, 2006/09/15 08:19:53 EDT` */
function wordDate(text: string): string | null {
  let rest = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(/(\d) ?T ?(?=\d{1,2}:)/, '$1 ')
    .replace(/\b(\d{1,2})h(\d\d)\b/i, '$1:$2')
    // `2004. 1. 2.`, `2. 1. 2004`
    .replace(/\b(\d{1,4})\. (\d{1,2})\. (\d{1,4})\b\.?/, (date, a: string, b: string, c: string) =>
      a.length === 4 || c.length === 4 ? `${a}.${b}.${c} ` : date,
    )
    // A zone without its sign can only be none.
    .replace(/(:\d\d) 0000$/, '$1');
  if (/\p{L}{3}/u.test(rest) && !rest.includes(':')) rest = rest.replace(DOTTED_CLOCK, '$1:$2:$3');
  const clockMatch = CLOCK.exec(rest);
  let clock: Clock | null = MIDNIGHT;
  if (clockMatch !== null) {
    clock = clockOf(clockMatch);
    rest = `${rest.slice(0, clockMatch.index)} ${rest.slice(clockMatch.index + clockMatch[0].length)}`;
  }
  const offset = clockMatch === null ? null : OFFSET.exec(rest);
  let zone = offset?.[0].replace(/\s+/g, '') ?? null;
  if (offset !== null) rest = `${rest.slice(0, offset.index)} ${rest.slice(offset.index + offset[0].length)}`;
  const tokens = rest
    .split(/[\s,]+/)
    .flatMap(splitDay)
    .filter((token) => token !== '' && !isFiller(token));
  // The zone stands last, or before the year (`15:16 EDT 2012`).
  const at = tokens.findLastIndex((token, index) => index > 0 && isZoneName(token));
  if (at > 0 && clockMatch !== null) {
    const [named] = tokens.splice(at, 1);
    zone ??= named ?? null;
  } else if (clockMatch !== null && zone === null && tokens.length > 3 && isUnknownZone(tokens.at(-1))) tokens.pop();
  const day = dayOf(tokens);
  return day === null || clock === null ? null : instantOf(day, clock, zone ?? 'Z');
}

/** `AT` is a zone, `at` is not. */
const isFiller = (token: string): boolean => token !== 'AT' && FILLERS.has(token.toLowerCase());

const isZoneName = (token: string): boolean =>
  /^[A-Za-z]/.test(token) && monthNumber(token) === null && zoneMinutes(token, 0) !== null;

/** A name that means nothing is read as none (RFC 2822 4.3). */
const isUnknownZone = (token = ''): boolean => /^[A-Z]{1,5}$/.test(token) && monthNumber(token) === null;

/** `12:30 am` is half past midnight; there is no `13:00 am`. */
function clockOf([, hour, minute, second = '0', half]: RegExpExecArray): Clock | null {
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  if (half === undefined) return clock;
  if (clock.hour < 1 || clock.hour > 12) return clock.hour > 12 && /^p/i.test(half) ? clock : null;
  return { ...clock, hour: (clock.hour % 12) + (/^p/i.test(half) ? 12 : 0) };
}

/** `2004-július-13`, `09-Mar-2012` → three; `5.`, `1st` → `5`, `1` */
function splitDay(token: string): string[] {
  const bare = token.replace(/^(\d{1,2})(?:st|nd|rd|th|er|º|ª)?\.?$/i, '$1');
  return /^\d+[-/.]?\p{L}{3,}\.?[-/.]?\d+$/u.test(bare)
    ? bare.split(/[-/.]|(?<=\d)(?=\p{L})|(?<=\p{L})(?=\d)/u)
    : [bare];
}

const TRIPLE = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})\.?$/;

function dayOf(tokens: string[]): Day | null {
  const words = tokens.filter((token) => !/^\d/.test(token));
  const numbers = tokens.filter((token) => /^\d/.test(token));
  const month = words.findLast((word) => monthNumber(word) !== null);
  // One word more is the day of the week, in any language; it comes first.
  const others = words.filter((word) => word !== month);
  if (others.length > 1 || (others.length === 1 && (others[0] !== tokens[0] || !/^\p{L}/u.test(others[0] ?? ''))))
    return null;
  if (numbers.some((number) => !/^\d+$/.test(number))) {
    const [triple, more] = numbers;
    return triple === undefined || more !== undefined ? null : tripleDay(triple);
  }
  const number = month === undefined ? null : monthNumber(month);
  if (number === null) return null;
  const [first, second, third] = numbers;
  if (first === undefined || third !== undefined) return null;
  if (second === undefined) return first.length === 4 ? { year: Number(first), month: number, day: 1 } : null;
  const [day, year] = first.length === 4 ? [second, first] : [first, second];
  if (year.length !== 4 && year.length !== 2) return null;
  return { year: year.length === 2 ? century(Number(year)) : Number(year), month: number, day: Number(day) };
}

/** Year first; else by what cannot be a month, with slashes as in America, with dots and dashes as in the rest of the world. */
function tripleDay(text: string): Day | null {
  const [, a = '', separator, b = '', c = ''] = TRIPLE.exec(text) ?? [];
  if (a === '') return null;
  const [first, middle, last] = [Number(a), Number(b), Number(c)];
  if (a.length === 4) return { year: first, month: middle, day: last };
  if (a.length > 2 || (c.length !== 4 && c.length !== 2)) return null;
  const year = c.length === 2 ? century(last) : last;
  const monthFirst = middle > 12 || (separator === '/' && first <= 12);
  return monthFirst ? { year, month: first, day: middle } : { year, month: middle, day: first };
}

function instantOf({ year, month, day }: Day, { hour, minute, second }: Clock, zone: string): string | null {
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  if (month < 1 || month > 12 || midnight.getUTCDate() !== day || midnight.getUTCMonth() !== month - 1) return null;
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  // A leap second is the first of the next minute.
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 60) return null;
  const local = midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1_000;
  const offset = zoneMinutes(zone, local);
  return offset === null ? null : asInstant(local - offset * 60_000);
}

function asInstant(ms: number): string | null {
  const date = new Date(ms);
  if (Number.isNaN(ms) || date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9_999) return null;
  return `${date.toISOString().slice(0, 19)}Z`;
}
