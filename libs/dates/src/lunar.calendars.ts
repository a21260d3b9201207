import { numberOf } from './day.math';
import { localDay, newMoonBefore, sunLongitude, whenMoonAhead, whenSunAt } from './sky.motion';

const MONTH = 29.530588861;

/** Hours east of Greenwich by which each country reckons its lunar calendar. */
export const ZONES = { china: 8, korea: 9, vietnam: 7, japan: 9, india: 5.5 } as const;

/** Day number of the day in `year` on which the sun reaches `degrees`, near the given month and day: equinoxes, Qingming (15°). */
export function solarDay(degrees: number, year: number, month: number, hoursEast: number): number {
  return localDay(whenSunAt(degrees, numberOf(year, month, 21)), hoursEast);
}

/**
 * Day number of a day of the Chinese calendar (month 1–12, day 1–30) that falls in or next to the Gregorian `year`: month 1 is the one of the New Year
 * of `year`, months 11 and 12 the two before it. Rules of GB/T 33661-2017: the December solstice lies in month 11; of thirteen months
 * between two solstices the first without a principal solar term repeats the number before it.
 */
export function chineseDay(year: number, month: number, day: number, hoursEast: number = ZONES.china): number {
  const starts = monthStarts(year, hoursEast);
  const leap = starts.length > 13 ? starts.findIndex((_, index) => !holdsTerm(starts, index, hoursEast)) : -1;
  const place = (month + 1) % 12;
  const start = starts[leap >= 0 && place >= leap ? place + 1 : place] ?? NaN;
  return start + day - 1;
}

/** First days of the months from the one of last year's solstice to the one of this year's, both included. */
function monthStarts(year: number, hoursEast: number): number[] {
  const first = solsticeMonth(year - 1, hoursEast);
  const last = solsticeMonth(year, hoursEast);
  const count = Math.round((last - first) / MONTH);
  return Array.from({ length: count + 1 }, (_, index) =>
    localDay(whenMoonAhead(0, first + 0.5 + index * MONTH), hoursEast),
  );
}

function solsticeMonth(year: number, hoursEast: number): number {
  const solstice = localDay(whenSunAt(270, numberOf(year, 12, 21)), hoursEast);
  return localDay(newMoonBefore(solstice + 1 - hoursEast / 24 - 1e-6), hoursEast);
}

/** Does the sun pass a multiple of 30° in the month? */
function holdsTerm(starts: readonly number[], index: number, hoursEast: number): boolean {
  const term = (day: number): number => Math.floor(sunLongitude(day - hoursEast / 24) / 30);
  const next = starts[index + 1];
  return next === undefined || term(starts[index] ?? NaN) !== term(next);
}

/** Months of the Indian calendar that ends its months with the new moon. */
export const INDIAN_MONTHS = {
  chaitra: 0,
  vaishakha: 1,
  shravana: 4,
  bhadrapada: 5,
  ashvina: 6,
  kartika: 7,
  pausha: 9,
  magha: 10,
  phalguna: 11,
} as const;

/**
 * Which day a tithi (a thirtieth of the lunar month, 1–15 waxing, 16–30 waning) belongs to: the last one on which it prevails at `hour` (24 = midnight
 * after it), or, with `startsBefore`, the one on which it has begun by that hour, or, with `endsBefore`, the one by whose hour it has ended.
 */
export type TithiRule = { hour: number } | { startsBefore: number } | { endsBefore: number };

/** Day number in Indian time of a tithi of a month (0 = Chaitra) of the lunar year that begins in the spring of `year`; the true month, not the leap one. */
export function indianDay(year: number, month: number, tithi: number, rule: TithiRule): number {
  const start = indianMonthStart(year, month);
  const from = whenMoonAhead((tithi - 1) * 12, start + ((tithi - 1) * MONTH) / 30);
  const to = whenMoonAhead(tithi * 12, start + (tithi * MONTH) / 30);
  const hours = (moment: number, shift: number): number => localDay(moment + shift / 24, ZONES.india);
  if ('startsBefore' in rule) return hours(from, 24 - rule.startsBefore);
  if ('endsBefore' in rule) return hours(to, 24 - rule.endsBefore);
  const last = hours(to, -rule.hour);
  return last > hours(from, -rule.hour) ? last : hours(to, 0);
}

/**
 * Day number of the day on which the sun enters the sidereal sign (0 = Aries … 9 = Capricorn); `until` is the hour up to which the day counts: 18 leaves
 * what comes after sunset to the next day, 30 lets the day last to the next sunrise.
 */
export function indianSunDay(year: number, sign: number, until = 18): number {
  const guess = numberOf(year, sign >= 9 ? 1 : 4, 14) + (sign >= 9 ? 0 : sign * 30.44);
  return localDay(whenSunAt(30 * sign + precession(year), guess) + (24 - until) / 24, ZONES.india);
}

/** The new moon that begins the month: the last one before the sun leaves the sidereal sign that the month is named after. */
function indianMonthStart(year: number, month: number): number {
  const boundary = 30 * month;
  const guess = numberOf(year, 4, 14) + boundary * 1.0146;
  return newMoonBefore(whenSunAt(boundary + precession(year), guess));
}

/** Lahiri's ayanamsa, the distance of the equinox from the sidereal zero point, in degrees. */
const precession = (year: number): number => 23.853 + 0.013966 * (year - 2000);
