import type { Cadence, QuietHours } from '@themeline/contracts';
import { DateTime } from 'luxon';

/** No place's clock is further off UTC, or is changed by more, than in steps of these. */
const OFFSET_STEP_MS = 15 * 60_000;
/** Two weeks: a place may skip a whole day, as Samoa did with a Friday in 2011. */
const DAYS_AHEAD = 15;

/**
 * When what has been waiting for a channel since `since` is to be sent, as its cadence has it: the first of its times
 * after `since`, by the clocks of its zone. A time that the clocks leave out that day (02:30 when they go from 02:00 to
 * 03:00) comes as much after the change as it would be after midnight's clock; one that comes twice counts once, the
 * first time. `nextRelease({ mode: 'daily', at: '08:00', timeZone: 'Europe/Berlin' }, 2026-03-28T08:00Z)` → 2026-03-29T06:00Z
 */
export function nextRelease(cadence: Cadence, since: Date): Date {
  switch (cadence.mode) {
    case 'immediate':
      return since;
    case 'hourly':
      return nextHour(since, cadence.timeZone);
    case 'daily':
      return nextAt(cadence.at, cadence.timeZone, since, () => true);
    case 'weekly': {
      const weekday = WEEKDAY_NUMBERS[cadence.weekday];
      return nextAt(cadence.at, cadence.timeZone, since, (day) => day.weekday === weekday);
    }
  }
}

/** ISO 8601 */
const WEEKDAY_NUMBERS = {
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
} as const;

/** The end of the quiet hours that `now` lies in; null when it lies in none. */
export function quietUntil({ from, to, timeZone }: QuietHours, now: Date): Date | null {
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  // Those that began yesterday may go on; each begins and ends by the clock of its day.
  for (const offset of [-1, 0]) {
    const day = today.plus({ days: offset });
    const begins = atClock(day, from);
    const ends = atClock(from < to ? day : day.plus({ days: 1 }), to);
    if (begins <= now.getTime() && now.getTime() < ends) return new Date(ends);
  }
  return null;
}

/** What decides when a channel may be sent what waits for it. */
export interface Timing {
  cadence: Cadence;
  quietHours: QuietHours | null;
  /** Since when the longest waiting has waited. */
  waitingSince: Date;
  /** When the limit of messages an hour allows the next; null: at any time. */
  limitedUntil: Date | null;
}

/** When what waits is to be sent: its cadence's time, put off by a limit and by quiet hours. Not before `now`'s own hour allows it. */
export function releaseAt({ cadence, quietHours, waitingSince, limitedUntil }: Timing, now: Date): Date {
  const wanted = Math.max(nextRelease(cadence, waitingSince).getTime(), limitedUntil?.getTime() ?? 0);
  // What should have gone out while nobody was there to send it is subject to the quiet hours of now.
  const earliest = new Date(Math.max(wanted, now.getTime()));
  const quiet = quietHours === null ? null : quietUntil(quietHours, earliest);
  return quiet ?? new Date(wanted);
}

/** The next instant at which the zone's clock shows a full hour. Some zones are half or quarter hours off. */
function nextHour(since: Date, timeZone: string): Date {
  let at = Math.floor(since.getTime() / OFFSET_STEP_MS) * OFFSET_STEP_MS;
  do at += OFFSET_STEP_MS;
  while (DateTime.fromMillis(at, { zone: timeZone }).minute !== 0);
  return new Date(at);
}

function nextAt(at: string, timeZone: string, since: Date, onThe: (day: DateTime) => boolean): Date {
  const today = DateTime.fromJSDate(since, { zone: timeZone }).startOf('day');
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = today.plus({ days: ahead });
    if (!onThe(day)) continue;
    const time = atClock(day, at);
    if (time > since.getTime()) return new Date(time);
  }
  throw new RangeError(`no ${at} after ${since.toISOString()} in ${timeZone}`);
}

/** The instant of a day at which the zone's clock shows `HH:MM` for the first time, or would. Milliseconds. */
function atClock(day: DateTime, clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const { year, month, day: date } = day;
  const time = DateTime.fromObject({ year, month, day: date, hour, minute }, { zone: day.zone });
  // Luxon takes either of two; the earlier has the greater offset from UTC, by at most a few hours.
  const [first = time] = time.getPossibleOffsets().toSorted((a, b) => a.toMillis() - b.toMillis());
  return first.toMillis();
}
