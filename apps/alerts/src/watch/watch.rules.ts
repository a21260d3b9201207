import type { EventDate, Status, Watch } from '@themeline/contracts';
import { momentumOf, USUAL_WEEKS } from '@themeline/matching';

const DAY_MS = 86_400_000;

/** How long after a date has passed it is still news that it has. */
const OVERDUE_DAYS = 7;
/** Of the weeks from which the usual is taken so many must be known. */
const FEWEST_WEEKS = 4;

/** A week with fewer events than this is no momentum, however quiet the theme usually is. */
const LEAST_EVENTS = 5;
/** Standard deviations above the usual: so far up chance alone goes in one week of a thousand. */
const MOMENTUM_Z = 3.09;
/** How unlikely none at all must be where events come as usual (a Poisson process). */
const QUIET_P = 0.05;

/** What is expected of an event that has not happened. */
interface Expected {
  status: Status;
  date: Pick<EventDate, 'edtf' | 'lower' | 'upper' | 'precision'>;
}

export interface Occurrence {
  telling: 'approaching' | 'overdue' | 'quiet' | 'momentum';
  /** Names the occurrence among those of the event or the theme: once told, it is told for ever. */
  key: string;
  /** What is to be said about it, in values. */
  values: string[];
}

/** Days as a calendar has them in UTC: 0 today, negative before. */
function daysUntil(day: string, now: Date): number {
  return Math.round((Date.parse(day) - Date.parse(now.toISOString().slice(0, 10))) / DAY_MS);
}

/**
 * What is to be said of an event that is planned or forecast. `approaching`: its first possible day is at most so many days
 * ahead, told once for each of the days asked for, and anew if the date changes; where several apply at once, by the
 * smallest. `overdue`: its last possible day has passed, within a week.
 */
export function expectations({ status, date }: Expected, watch: Omit<Watch, 'feeds'>, now: Date): Occurrence[] {
  if (status === 'occurred' || date.lower === null || date.edtf === null) return [];
  const found: Occurrence[] = [];
  const ahead = daysUntil(date.lower, now);
  const isTooVague = date.precision === 'year' || date.precision === 'decade' || date.precision === 'none';
  const asked = isTooVague || ahead < 0 ? [] : watch.approaching.filter((days) => ahead <= days);
  if (asked.length > 0) {
    const days = Math.min(...asked);
    found.push({
      telling: 'approaching',
      key: `approaching:${String(days)}:${date.edtf}`,
      values: [date.edtf, `${String(ahead)} days ahead`],
    });
  }
  const past = date.upper === null ? 0 : -daysUntil(date.upper, now);
  if (watch.overdue && past > 0 && past <= OVERDUE_DAYS) {
    found.push({ telling: 'overdue', key: `overdue:${date.edtf}`, values: [date.edtf, `${String(past)} days ago`] });
  }
  return found;
}

/** A theme's events of late: when each became known, the latest last. */
export interface ThemeCourse {
  theme: string;
  times: readonly Date[];
  /** The last of them. */
  lastEventId: string;
  /** Since when anything was heard at all. */
  knownSince: Date;
}

/**
 * What is to be said of a theme.
 *
 * `quiet`: nothing in the last N days, where by the weekly mean of up to eight weeks before them none at all has a chance
 * under 5 % (Poisson: at least three events are usual in N days). Told once for each silence.
 *
 * `momentum`: in the last seven days at least five events, and by the statistic of the theme's page (`momentumOf`) more than
 * three standard deviations above the weeks before. Told once in a calendar week (ISO 8601).
 */
export function courses(course: ThemeCourse, watch: Omit<Watch, 'feeds'>, now: Date): Occurrence[] {
  const { theme } = course;
  const found: Occurrence[] = [];
  const { silenceDays } = watch;
  if (silenceDays !== null && countIn(course, now, silenceDays, 0) === 0) {
    const usual = usualPerWeek(course, new Date(now.getTime() - silenceDays * DAY_MS));
    if (usual !== null && Math.exp((-usual * silenceDays) / 7) < QUIET_P) {
      const values = [theme, `none in ${String(silenceDays)} days`, `usually ${usual.toFixed(1)} a week`];
      found.push({ telling: 'quiet', key: `quiet:${course.lastEventId}`, values });
    }
  }
  const count = countIn(course, now, 7, 0);
  const before = weeksBefore(course, new Date(now.getTime() - 7 * DAY_MS));
  if (watch.momentum && before !== null && count >= LEAST_EVENTS) {
    const { usual, z } = momentumOf(count, before);
    if (z > MOMENTUM_Z) {
      const values = [theme, `${String(count)} in 7 days`, `usually ${usual.toFixed(1)} a week`];
      found.push({ telling: 'momentum', key: `momentum:${isoWeek(now)}`, values });
    }
  }
  return found;
}

/** Events in the `days` days before `before` days ago. */
function countIn({ times }: ThemeCourse, now: Date, days: number, before: number): number {
  const end = now.getTime() - before * DAY_MS;
  return times.filter((at) => at.getTime() > end - days * DAY_MS && at.getTime() <= end).length;
}

/** How many there were in each of up to eight weeks before `end`; null where fewer than four are known. */
function weeksBefore(course: ThemeCourse, end: Date): number[] | null {
  const known = Math.floor((end.getTime() - course.knownSince.getTime()) / (7 * DAY_MS));
  const weeks = Math.min(USUAL_WEEKS, known);
  return weeks < FEWEST_WEEKS ? null : Array.from({ length: weeks }, (_, week) => countIn(course, end, 7, week * 7));
}

/** Their mean. */
function usualPerWeek(course: ThemeCourse, end: Date): number | null {
  const weeks = weeksBefore(course, end);
  return weeks === null ? null : weeks.reduce((sum, count) => sum + count, 0) / weeks.length;
}

/** `2026-W10`: weeks begin on Monday and belong to the year of their Thursday. */
export function isoWeek(now: Date): string {
  const thursday = new Date(Date.parse(now.toISOString().slice(0, 10)));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const year = thursday.getUTCFullYear();
  const week = Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS + 1) / 7);
  return `${String(year)}-W${String(week).padStart(2, '0')}`;
}
