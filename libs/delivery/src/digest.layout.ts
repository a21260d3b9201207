import type { Alerted, TimelineEvent, Why } from '@themeline/contracts';
import { cleanLine, safeLink } from './clean.text';

/** One alert, as far as it is told. */
export interface Telling {
  development: Alerted;
  event: TimelineEvent;
  why: Why;
}

/** What belongs to one theme, the most important first. `theme` null: to none. */
export interface DigestGroup {
  theme: string | null;
  items: DigestItem[];
}

/** An alert in words that every channel uses. All are single lines without control characters, not escaped. */
export interface DigestItem {
  /** `New`, `Retracted` */
  label: string;
  headline: string;
  /** As precise as it is known and no more: `September 2026`, `planned for the second quarter of 2027`, `undated` */
  date: string;
  summary: string | null;
  /** The earliest first; `url` null where it has none that may be linked. */
  sources: { name: string; url: string | null }[];
  /** Sources beyond those listed. */
  moreSources: number;
  /** `kinds: ban; keywords: chips` */
  why: string;
  retracted: boolean;
}

const LABELS: Readonly<Record<Alerted, string>> = {
  recorded: 'New',
  corroborated: 'Another source',
  date_narrowed: 'Date narrowed',
  amount_changed: 'Amount changed',
  status_changed: 'Status changed',
  disputed: 'Disputed',
  corrected: 'Corrected',
  retracted: 'Retracted',
  merged: 'Merged',
  split: 'Split',
  approaching: 'Approaching',
  overdue: 'Date has passed',
  quiet: 'Quiet since',
  momentum: 'Momentum',
};

const MOST_SOURCES = 3;

/**
 * Groups by theme: first by the one for which the alert matched, else by the event's own first. The group with the most
 * important event leads; within a group the most important event does.
 */
export function layOut(tellings: readonly Telling[]): DigestGroup[] {
  const groups = new Map<string | null, Telling[]>();
  const ranked = tellings.toSorted(
    (a, b) => b.event.importance - a.event.importance || a.event.headline.localeCompare(b.event.headline, 'en'),
  );
  for (const telling of ranked) {
    const theme = themeOf(telling);
    groups.set(theme, [...(groups.get(theme) ?? []), telling]);
  }
  return [...groups].map(([theme, items]) => ({ theme: theme && themeTitle(theme), items: items.map(itemOf) }));
}

function themeOf({ event, why }: Telling): string | null {
  const matched = why.find(({ field }) => field === 'themes')?.values[0];
  return matched ?? event.themes[0] ?? null;
}

/** `export-controls` → `Export controls` */
function themeTitle(theme: string): string {
  const words = cleanLine(theme.replaceAll('-', ' '), 100);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One alert in words. */
export function itemOf({ development, event, why }: Telling): DigestItem {
  const sources = new Map<string, string | null>();
  for (const { source, url } of event.reports) {
    const name = cleanLine(source.name, 80);
    if (name !== '' && !sources.get(name)) sources.set(name, safeLink(url) ?? safeLink(source.url));
  }
  const listed = [...sources].slice(0, MOST_SOURCES).map(([name, url]) => ({ name, url }));
  return {
    label: LABELS[development],
    headline: cleanLine(event.headline, 300) || 'Without a headline',
    date: dateOf(event),
    summary: event.summary === null ? null : cleanLine(event.summary, 500) || null,
    sources: listed,
    moreSources: Math.max(0, event.sourceCount - listed.length),
    why: cleanLine(why.map(({ field, values }) => `${field}: ${values.slice(0, 5).join(', ')}`).join('; '), 200),
    retracted: event.retracted,
  };
}

function dateOf({ date, status }: TimelineEvent): string {
  const shown = cleanLine(date.display, 100);
  if (status === 'occurred') return shown;
  return date.edtf === null ? `${status}, ${shown}` : `${status} for ${shown}`;
}
