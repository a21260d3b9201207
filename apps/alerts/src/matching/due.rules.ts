import type { Development, EventRevised, OF_THE_PAST } from '@themeline/contracts';

export interface DueDevelopment {
  development: Development;
  /** With the subscription and the lineage it makes an alert one of its kind: `recorded`, `status_changed:4` */
  key: string;
}

/** What decides for one subscription. */
export interface Standing {
  /** Which developments it wants. */
  developments: readonly Development[];
  onBackfill: (typeof OF_THE_PAST)[number];
  /** Whether the event matched before the revision (false for a new one), and whether it does after. */
  matchedBefore: boolean;
  matchesAfter: boolean;
  /** Whether it was told anything of this event or of one that was merged into it. */
  told: boolean;
}

/**
 * What a revision is to one subscription.
 *
 * `recorded` is due when the event matches for the first time, whatever the revision is called: a third source may be
 * what `minSources: 3` waited for. Its key has no revision: once for ever. Every other development is due as often as it
 * happens to an event that matches; `retracted` only to those who were told, whether it matches or not. Loaded history
 * is told only to those who asked for it.
 */
export function dueDevelopments(
  revised: Pick<EventRevised, 'revision' | 'developments' | 'backfill' | 'after'>,
  standing: Standing,
): DueDevelopment[] {
  if (revised.backfill && standing.onBackfill === 'none') return [];
  const happened = new Set<Development>(revised.developments);
  happened.delete('recorded');
  if (standing.matchesAfter && !standing.matchedBefore) happened.add('recorded');
  return [...happened]
    .filter((development) => standing.developments.includes(development))
    .filter((development) =>
      development === 'retracted' ? standing.told : standing.matchesAfter && !revised.after.retracted,
    )
    .map((development) => ({
      development,
      key: development === 'recorded' ? 'recorded' : `${development}:${String(revised.revision)}`,
    }));
}
