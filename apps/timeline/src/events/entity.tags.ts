import { matchesTag } from '@themeline/http';

/** The strong entity tag of an event: its revision. `etagOf(3)` → `"3"` */
export function etagOf(revision: number): string {
  return `"${String(revision)}"`;
}

/** Does `If-None-Match` name this revision? A list, `*` and weak tags count (RFC 9110, 13.1.2). */
export function matchesNone(header: string | undefined, revision: number): boolean {
  return matchesTag(header, etagOf(revision));
}

/** The revision that `If-Match` names; null for anything but one strong tag of ours. */
export function revisionOf(header: string): number | null {
  const match = /^\s*"(\d{1,9})"\s*$/.exec(header);
  return match === null ? null : Number(match[1]);
}
