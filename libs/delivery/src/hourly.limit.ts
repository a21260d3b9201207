const HOUR_MS = 3_600_000;

/** An hour that began with a message, and how many were sent in it. */
export interface SendingHour {
  startedAt: Date;
  sent: number;
}

/** How many messages more the hour allows, and when the next one begins. `limit` null: any number, at any time. */
export interface Allowance {
  left: number;
  opensAt: Date | null;
}

/** `allowance(30, { startedAt: 10:00, sent: 30 }, 10:20)` → `{ left: 0, opensAt: 11:00 }` */
export function allowance(limit: number | null, hour: SendingHour | null, now: Date): Allowance {
  if (limit === null) return { left: Infinity, opensAt: null };
  const current = running(hour, now);
  if (current === null) return { left: limit, opensAt: null };
  const left = Math.max(0, limit - current.sent);
  return { left, opensAt: left > 0 ? null : new Date(current.startedAt.getTime() + HOUR_MS) };
}

/** The hour after so many messages more. */
export function spend(hour: SendingHour | null, now: Date, messages: number): SendingHour {
  const current = running(hour, now) ?? { startedAt: now, sent: 0 };
  return { startedAt: current.startedAt, sent: current.sent + messages };
}

function running(hour: SendingHour | null, now: Date): SendingHour | null {
  if (hour === null || now.getTime() >= hour.startedAt.getTime() + HOUR_MS) return null;
  // A clock that was put back must not make an hour last longer than one.
  return hour.startedAt.getTime() > now.getTime() ? null : hour;
}
