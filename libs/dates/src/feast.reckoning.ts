import type { Country } from './country.lexicon';
import { dayNumber, dayOfNumber, daysInMonth, dayText, monthText, numberOf, weekdayOf } from './day.math';
import { chineseDay, INDIAN_MONTHS, indianDay, solarDay, type TithiRule, ZONES } from './lunar.calendars';

/**
 * A feast in a Gregorian year as EDTF: mostly one day, two where a short lunar year brings it round again, none where it is not kept; `countries` are
 * those that the text may speak of, the likeliest first.
 */
export type Feast = (year: number, countries: readonly Country[]) => readonly string[];

export const singleDay = (n: number): readonly string[] => [dayOfNumber(n)];
export const fixed =
  (month: number, day: number): Feast =>
  (year) => [dayText(year, month, day)];
export const inMonth =
  (month: number): Feast =>
  (year) => [monthText(year, month)];
export const yearlySpan =
  (first: readonly [month: number, day: number], last: readonly [month: number, day: number]): Feast =>
  (year) => [`${dayText(year, ...first)}/${dayText(year, ...last)}`];
/** nth weekday of a month, -1 = the last */
export const nthDay =
  (month: number, weekday: number, n: number): Feast =>
  (year) =>
    singleDay(nthWeekday(year, month, weekday, n));
export const fromEaster =
  (offset: number): Feast =>
  (year) =>
    singleDay(easter(year) + offset);
export const daysAfter =
  (feast: Feast, days: number): Feast =>
  (year, countries) =>
    feast(year, countries).map((day) => dayOfNumber(dayNumber(day) + days));
/** The days from one feast to another, each the first of its year. */
export const fromTo =
  (first: Feast, last: Feast): Feast =>
  (year, countries) => [`${first(year, countries)[0] ?? ''}/${last(year, countries)[0] ?? ''}`];
export const chinese = (month: number, day: number, hoursEast: number = ZONES.china): Feast =>
  remembered((year) => singleDay(chineseDay(year, month, day, hoursEast)));
export const solar = (degrees: number, month: number, hoursEast: number): Feast =>
  remembered((year) => singleDay(solarDay(degrees, year, month, hoursEast)));
/** A feast of the Indian calendar; the months from Pausha on belong to the lunar year that began in the spring before. */
export const indian = (month: number, tithi: number, rule: TithiRule): Feast =>
  remembered((year) => singleDay(indianDay(month >= INDIAN_MONTHS.pausha ? year - 1 : year, month, tithi, rule)));
/** A feast that all countries keep, some of them on a day of their own: the likeliest country decides. */
export const byCountry =
  (own: Partial<Record<Country, Feast>>, elsewhere: Feast): Feast =>
  (year, countries) =>
    ((countries[0] && own[countries[0]]) ?? elsewhere)(year, countries);
/** A name that these countries have for days of their own: the likeliest of them decides. */
export const onlyIn =
  (own: Partial<Record<Country, Feast>>, unnamed: Feast = () => []): Feast =>
  (year, countries) => {
    const country = countries.find((candidate) => own[candidate] !== undefined);
    return ((country && own[country]) ?? unnamed)(year, countries);
  };

/** A feast that a law has moved. */
export const since =
  (first: number, feast: Feast, before: Feast): Feast =>
  (year, countries) =>
    (year < first ? before : feast)(year, countries);
/** A feast that was moved in single years. */
export const byYear =
  (moved: Readonly<Record<number, Feast>>, otherwise: Feast): Feast =>
  (year, countries) =>
    (moved[year] ?? otherwise)(year, countries);

const DAY_LATER: ReadonlySet<Country> = new Set(['india', 'pakistan', 'bangladesh', 'srilanka']);
const SIGHTED: ReadonlySet<Country> = new Set([
  'indonesia',
  'malaysia',
  'morocco',
  'iran',
  'kenya',
  'nigeria',
  'southafrica',
  'egypt',
]);

/**
 * A feast of the moon as a country keeps it that waits for the new moon to be seen: in South Asia mostly a day after Mecca, elsewhere on the same day or
 * the next; both approximate.
 */
export const byMoonSighting =
  (feast: Feast): Feast =>
  (year, countries) => {
    const country = countries[0];
    const days = feast(year, countries);
    if (country && DAY_LATER.has(country)) return days.map((day) => `${dayOfNumber(dayNumber(day) + 1)}~`);
    return country && SIGHTED.has(country) ? days.map((day) => `${day}~`) : days;
  };

type Calendar = 'islamic-umalqura' | 'hebrew' | 'persian';

/** A day of a calendar whose rules the platform knows: the Umm al-Qura calendar of Saudi Arabia (elsewhere sighting can move a feast by a day) and others. */
export function foreign(calendar: Calendar, monthAndDay: string): Feast {
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}`, { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
  return remembered((year) => {
    const first = numberOf(year, 1, 1);
    const days = Array.from({ length: numberOf(year + 1, 1, 1) - first }, (_, index) => first + index);
    return days.filter((day) => format.format(day * 86_400_000) === monthAndDay).map(dayOfNumber);
  });
}

export function remembered(feast: (year: number) => readonly string[]): Feast {
  const known = new Map<number, readonly string[]>();
  return (year) => {
    const found = known.get(year) ?? feast(year);
    known.set(year, found);
    return found;
  };
}

function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  if (n > 0) {
    const first = numberOf(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1);
  }
  const last = numberOf(year, month, daysInMonth(year, month));
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}

/** Easter Sunday by the anonymous Gregorian computus (Meeus/Jones/Butcher). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return numberOf(year, Math.floor(n / 31), (n % 31) + 1);
}

/** Easter of the eastern churches: Meeus's Julian algorithm, moved to the Gregorian calendar. */
export function orthodoxEaster(year: number): number {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const n = d + e + 114;
  const gregorian = Math.floor(year / 100) - Math.floor(year / 400) - 2;
  return numberOf(year, Math.floor(n / 31), (n % 31) + 1) + gregorian;
}
